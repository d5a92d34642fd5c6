"""月度投诉情况分析: the month's figures on paper, with what the supervisor makes of them (C17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from deskapp.base.i18n import on_paper
from deskapp.db.tables.record import Document
from deskapp.domain import documents as paper
from deskapp.domain.complaints.month import Indicator, Share
from deskapp.domain.staff import Action
from deskapp.services import documents
from deskapp.services.changes import Done
from deskapp.services.complaints.month import UNSORTED, Count, Method, MonthFigures, Point, Rate, figures_of
from deskapp.services.complaints.rows import payable_text
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.views import DocumentRef

FORM = "monthly-analysis"


def issue_month(
    desk: Desk,
    command_id: str,
    month: date,
    *,
    summary: str = "",
    measures: tuple[str, ...] = (),
    methods: tuple[paper.MethodLine, ...] | None = None,
) -> Done[DocumentRef]:
    """Issues the analysis of a month; issued again it is a new one with its own number.

    Args:
        summary: the supervisor's words; a sentence of the figures by itself.
        methods: as the supervisor judges them, begun from the proposal (`method_lines`). Without them
            the ways are printed and the judgement is left to his pen: a proposal is never taken as it is.

    Raises:
        Refused: ``complaints.month_not_yet``, ``complaints.text_long``, ``staff.no_right``.
    """
    said = payable_text(summary)
    wanted = tuple(text for text in map(payable_text, measures) if text)
    with desk.unit(Action.COMPLAINTS_APPROVE, command_id) as unit:
        if unit.answered is None:
            found = figures_of(unit.session, desk, month)
            unjudged = tuple(replace(line, judged="") for line in method_lines(found))
            lines = unjudged if methods is None else _checked(methods)
            values = replace(month_values(found), methods=lines, measures=wanted)
            values = replace(values, summary=said or values.summary)
            subject = f"month:{found.month:%Y-%m}"
            document = documents.issue(unit, desk, FORM, values, subject=subject)
            data = {"number": document.number, "form": FORM}
            unit.record("document.issued", "document", document.id, data=data)
            unit.answer(document=document.id)
            unit.session.flush()
        else:
            document = unit.session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        return Done(documents.ref(document), changes_of(unit))


def _checked(lines: Iterable[paper.MethodLine]) -> tuple[paper.MethodLine, ...]:
    return tuple(
        replace(line, method=payable_text(line.method), better=payable_text(line.better)) for line in lines
    )


def month_values(found: MonthFigures) -> paper.MonthlyAnalysis:
    """The figures as the form holds them."""
    total = found.counted
    return paper.MonthlyAnalysis(
        month=found.month,
        as_of=found.as_of,
        received=total.received,
        complaints=found.complaints,
        closed=total.closed,
        still_open=found.still_open,
        overdue=found.overdue,
        serious=total.serious,
        incidents=found.incidents,
        reopened=total.reopened,
        repeated=total.repeated,
        kinds=_counts(found.kinds),
        causes=_counts(found.causes),
        buildings=_counts(found.buildings, total.received),
        parties=_counts(found.parties),
        rates=tuple(_rate(rate) for rate in found.rates),
        trend=tuple(_month(point) for point in found.trend),
        repeats=tuple(
            paper.RepeatLine(
                matter=one.matter,
                place=one.place,
                count=one.count,
                households=one.households,
                state=one.state.zh,
            )
            for one in found.repeats
        ),
        methods=method_lines(found),
        summary=proposed_summary(found),
    )


def _counts(lines: tuple[Count, ...], total: int | None = None) -> tuple[paper.CountLine, ...]:
    whole = sum(line.count for line in lines) if total is None else total
    return tuple(
        paper.CountLine(
            name=line.label.zh,
            count=line.count,
            before=line.before,
            share=Share(line.count, whole).percent,
        )
        for line in lines
    )


def _rate(rate: Rate) -> paper.RateLine:
    return paper.RateLine(
        name=on_paper(f"complaints.paper.rate.{rate.code}"),
        hits=rate.share.hits,
        total=rate.share.total,
        percent=rate.share.percent,
        before=rate.before.percent,
        target=rate.target,
    )


def _month(point: Point) -> paper.MonthLine:
    return paper.MonthLine(
        month=point.month,
        received=point.counted.received,
        closed=point.counted.closed,
        on_time=point.shares[Indicator.SETTLED].percent,
        called_back=point.shares[Indicator.CALLED_BACK].percent,
        satisfied=point.shares[Indicator.SATISFIED].percent,
    )


def method_lines(found: MonthFigures) -> tuple[paper.MethodLine, ...]:
    """How each topic was handled, as the figures tell it; for the supervisor to judge and to better."""
    return tuple(
        paper.MethodLine(
            matter=one.label.zh,
            cases=one.cases,
            method=_ways(one),
            judged=one.judged.value if one.judged else "",
        )
        for one in found.methods
    )


def _ways(method: Method) -> str:
    ways = [on_paper("complaints.paper.way", who=label.zh, count=count) for label, count in method.ways]
    percent = method.good.percent
    ends = [] if percent is None else [on_paper("complaints.paper.good_ends", percent=percent)]
    return "；".join(["、".join(ways), *ends])


def proposed_summary(found: MonthFigures) -> str:
    """What the figures say in a sentence or two, for the supervisor to go on from."""
    now, before = found.trend[-1].counted.received, found.trend[-2].counted.received
    change = "same" if now == before else "more" if now > before else "fewer"
    said = [on_paper(f"complaints.paper.month.{change}", received=now, difference=abs(now - before))]
    sorted_ones = (one for one in found.causes if one.count and one.label != UNSORTED)
    causes = sorted(sorted_ones, key=lambda one: -one.count)
    if causes:
        share = Share(causes[0].count, found.complaints).percent or Decimal(0)
        said.append(on_paper("complaints.paper.month.cause", cause=causes[0].label.zh, percent=share))
    if found.overdue:
        said.append(on_paper("complaints.paper.month.overdue", count=found.overdue))
    return "".join(said)
