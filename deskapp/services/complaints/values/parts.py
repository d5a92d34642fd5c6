"""Rows of a ticket as the lines that several papers share; on paper everything is in Chinese (rule 10).

What is thought of a person, and how heated he was, is in none of them (C4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.i18n import on_paper
from deskapp.db.tables.complaints import Contact, Promise, Ticket, TicketClock
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.tables.record import Attachment, AttachmentLink, History
from deskapp.domain import documents as paper
from deskapp.domain.complaints.callback import ASKED
from deskapp.domain.complaints.classes import Classification, Grounds, Kind, Named, Nature, Target, for_paper
from deskapp.domain.complaints.clocks import ClockRule, ClockState, Wait
from deskapp.domain.complaints.promises import PromiseState
from deskapp.services.attachments import PICTURES
from deskapp.services.complaints.rows import label_of
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import (
    call_backs_of,
    contacts_of,
    dispatches_of,
    promises_of,
)
from deskapp.services.complaints.timing import as_waits, clock_row, clocks_of, waits_of
from deskapp.services.desk import Desk

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "complaints.dispatched": "dispatch",
        "complaints.dispatch_taken": "take",
        "complaints.deferred": "defer",
        "complaints.refused": "refuse",
        "complaints.reported": "report",
        "complaints.report_signed": "sign",
        "complaints.sent_back": "send_back",
        "complaints.settled": "settle",
        "complaints.joined": "merge",
        "complaints.left": "split",
        "complaints.fault_found": "fault_found",
        "complaints.closed": "close",
        "complaints.reopened": "reopen",
        "complaints.withdrawn": "withdraw",
    }
)
"""Acts of the history that a paper tells. Talks, replies and call backs are told whole from their own rows;
looks at masked data, judgements and the talk's mood are told on no paper."""

_SAYS = ("text", "result", "reason", "order", "fault")
_DISPATCH_STATES: Mapping[str, str] = MappingProxyType(
    {"dispatched": "sent", "done": "signed", "recalled": "redirected"}
)
_WITH_REASON = frozenset({"dispatched", "deferred", "refused"})
_HISTORY = (
    select(History)
    .where(
        History.estate_id == bindparam("estate_id"),
        History.kind == "ticket",
        History.subject_id == bindparam("ticket_id"),
        History.act.in_(sorted(ACTS)),
    )
    .order_by(History.at, History.id)
)
_PHOTOS = (
    select(AttachmentLink.sha256, AttachmentLink.added_at)
    .join(
        Attachment,
        and_(
            Attachment.estate_id == AttachmentLink.estate_id,
            Attachment.sha256 == AttachmentLink.sha256,
        ),
    )
    .where(
        AttachmentLink.estate_id == bindparam("estate_id"),
        AttachmentLink.kind == "ticket",
        AttachmentLink.subject_id == bindparam("ticket_id"),
        Attachment.media_type.in_(sorted(PICTURES)),
    )
    .order_by(AttachmentLink.id)
)


def named(entries: Iterable[Named], code: str) -> str:
    """The Chinese name of a code of a list; the code itself where it left the list, "" for ""."""
    return next((entry.label.zh for entry in entries if entry.code == code), code)


def department_name(desk: Desk, code: str) -> str:
    """A department as it is called; its code where it left the list."""
    found = rules(desk).department(code)
    return found.label.zh if found else code


def topic_name(desk: Desk, code: str) -> str:
    """A topic as it is called; its code where it left the list."""
    found = rules(desk).topic(code)
    return found.label.zh if found else code


def sorted_as(row: Ticket) -> Classification:
    """The classification without a word that judges the person (C4)."""
    return for_paper(
        Classification(
            kind=Kind(row.kind),
            topic=row.topic,
            cause=row.cause,
            target=Target(row.target) if row.target else None,
            nature=Nature(row.nature) if row.nature else None,
            grounds=Grounds(row.grounds) if row.grounds else None,
        )
    )


def place_text(desk: Desk, row: Ticket) -> str:
    """Where it happened: the place and its words."""
    return " ".join(filter(None, (named(rules(desk).classes.places, row.place), row.place_text)))


def why_serious(desk: Desk, row: Ticket) -> str:
    """The criteria that hold and what a person added."""
    labels = {criterion.code: criterion.label.zh for criterion in rules(desk).criteria}
    return "；".join(
        [*(labels.get(code, code) for code in row.serious_why), *filter(None, [row.serious_reason])]
    )


def clock_lines(session: Session, desk: Desk, row: Ticket, now: datetime) -> tuple[paper.ClockLine, ...]:
    """The clocks that applied, in the order they began; one that was dropped unmet applied to nothing."""
    waits = as_waits(waits_of(session, row.estate_id, [row.id])[row.id])
    kept = [clock for clock in clocks_of(session, row) if clock.dropped_at is None or clock.met_at]
    return tuple(_clock_line(desk, clock, row, waits, now) for clock in kept)


def _clock_line(
    desk: Desk, clock: TicketClock, row: Ticket, waits: Sequence[Wait], now: datetime
) -> paper.ClockLine:
    shown = clock_row(desk, clock, row, waits, now, label="")
    rule = rules(desk).clock(clock.rule)
    late = shown.state is ClockState.MET and shown.remaining < 0
    ended = clock.met_at or now
    return paper.ClockLine(
        name=shown.rule_label.zh,
        limit=limit_text(rule) if rule else "",
        started_at=clock.began_at,
        due_at=shown.due_at,
        met_at=clock.met_at,
        state="met_late" if late else shown.state.value,
        waited=_waited(desk, waits, clock.began_at, ended) if rule and rule.may_wait else "",
        provisional=clock.provisional,
    )


def limit_text(rule: ClockRule) -> str:
    """A clock's length in words, such as 3 个工作日."""
    return on_paper(f"complaints.paper.limit.{rule.unit.value}", amount=rule.amount)


def _waited(desk: Desk, waits: Sequence[Wait], began: datetime, ended: datetime) -> str:
    """What was waited for, and how long in all, cause by cause."""
    causes = {named.code: named.label.zh for named in rules(desk).clocks.causes}
    total: dict[str, timedelta] = {}
    for wait in waits:
        stretch = min(wait.ended or ended, ended) - max(wait.began, began)
        if stretch > timedelta():
            total[wait.cause] = total.get(wait.cause, timedelta()) + stretch
    return "、".join(f"{causes.get(cause, cause)} {span_text(stretch)}" for cause, stretch in total.items())


def span_text(stretch: timedelta) -> str:
    """A length of time as papers say it: 1 天 2 小时, 35 分钟; two units at most."""
    minutes = int(stretch.total_seconds()) // 60
    amounts = (("days", minutes // 1440), ("hours", minutes // 60 % 24), ("minutes", minutes % 60))
    said = [on_paper(f"complaints.paper.limit.{unit}", amount=n) for unit, n in amounts if n]
    return " ".join(said[:2]) or on_paper("complaints.paper.limit.minutes", amount=0)


def promise_lines(session: Session, row: Ticket) -> tuple[paper.PromiseLine, ...]:
    """The promises; only one that was kept has a time of keeping."""
    return tuple(_promise_line(one) for one in promises_of(session, row))


def _promise_line(found: Promise) -> paper.PromiseLine:
    kept = found.state == PromiseState.KEPT
    ended = found.state not in (PromiseState.OPEN, PromiseState.KEPT)
    state = on_paper(f"complaints.paper.promise.{found.state}") if ended else ""
    note = f"（{state}{_because(found.reason)}）" if ended else ""
    return paper.PromiseLine(
        text=f"{found.text}{note}",
        who=found.who,
        due_at=found.due_at,
        kept_at=found.ended_at if kept else None,
    )


def _because(reason: str) -> str:
    return f"：{reason}" if reason else ""


def dispatch_lines(session: Session, desk: Desk, row: Ticket) -> tuple[paper.DispatchLine, ...]:
    """The case at each department."""
    return tuple(_dispatch_line(desk, sent) for sent in dispatches_of(session, row))


def _dispatch_line(desk: Desk, sent: Dispatch) -> paper.DispatchLine:
    reported = sent.open and sent.reported_at is not None and sent.signed_at is None
    told = sent.state in _WITH_REASON  # of what came to its end the course tells what was in between
    return paper.DispatchLine(
        department=department_name(desk, sent.department),
        person=sent.person,
        sent_at=sent.sent_at,
        state="reported" if reported else _DISPATCH_STATES.get(sent.state, sent.state),
        reason=sent.reason if told else "",
        until=sent.until if told else None,
        report=sent.report,
        signed_by=sent.signed_by,
    )


def course_lines(session: Session, desk: Desk, row: Ticket) -> tuple[paper.CourseLine, ...]:
    """The way of the case in the order of time."""
    lines = [_received(desk, row)]
    called = [one for one in call_backs_of(session, row) if one.at is not None]
    # A call back is a contact too, and stands here once.
    told = {(one.at, text) for one in called for text in (one.opinion, one.fault, one.grade)}
    lines += [
        _contact(one, row)
        for one in contacts_of(session, row)
        if one.kind != "received" and (one.at, one.text) not in told
    ]
    values = {"estate_id": row.estate_id, "ticket_id": row.id}
    lines += [_act(one) for one in session.scalars(_HISTORY, values)]
    lines += [_called(one) for one in called]
    return tuple(sorted(lines, key=lambda line: line.at))


def _received(desk: Desk, row: Ticket) -> paper.CourseLine:
    channel = named(rules(desk).classes.channels, row.channel)
    return paper.CourseLine(
        at=row.received_at, act="received", text=f"{channel}：{row.matter}", who=row.receiver
    )


def _contact(one: Contact, row: Ticket) -> paper.CourseLine:
    kind = on_paper(f"complaints.paper.contact.{one.kind}")
    act = "reply" if one.at == row.replied_at else "contact"
    return paper.CourseLine(at=one.at, act=act, text=f"{kind}：{one.text}", who=one.staff)


def _act(one: History) -> paper.CourseLine:
    return paper.CourseLine(at=one.at, act=ACTS[one.act], text=act_text(one.data), who=one.staff)


def act_text(data: Mapping[str, Any]) -> str:
    """What an act of the history says beside its name: to whom, until when, why, with what result."""
    whom = [str(data[key]) for key in ("to", "who", "incident") if data.get(key)]
    times = [on_paper("complaints.paper.until", time=data[key]) for key in ("due", "until") if data.get(key)]
    says = [str(data[key]) for key in _SAYS if data.get(key)]
    return "，".join([*whom, *times, *says])


def _called(one: CallBack) -> paper.CourseLine:
    assert one.at is not None
    grade = on_paper(f"complaints.code.grade.{one.grade}") if one.grade else ""
    text = "；".join(filter(None, (one.asked, grade, one.opinion, one.wants_more, one.fault)))
    return paper.CourseLine(at=one.at, act="call_back", text=text, who=one.staff)


def call_back_lines(session: Session, row: Ticket) -> tuple[paper.CallBackLine, ...]:
    """The call backs that took place."""
    label = label_of(session, row.estate_id, row.house_id)
    done = [one for one in call_backs_of(session, row) if one.at is not None and one.state in ASKED]
    return tuple(_call_back_line(one, row, label) for one in done)


def _call_back_line(one: CallBack, row: Ticket, label: str) -> paper.CallBackLine:
    assert one.at is not None
    fault = ""
    if one.fault and one.fault_due is not None:
        fault = on_paper("complaints.paper.fault", fault=one.fault, due=f"{one.fault_due:%m-%d %H:%M}")
    return paper.CallBackLine(
        at=one.at,
        ticket=row.number,
        house=label,
        matter=row.matter,
        asked=one.asked,
        asked_by=one.staff,
        grade=one.grade,
        opinion=one.opinion,
        next_step="；".join(filter(None, (fault, one.wants_more))),
    )


def photo_parts(session: Session, row: Ticket) -> tuple[paper.Photo, ...]:
    """The pictures of a ticket; scanned papers are kept beside them, not printed again."""
    found = session.execute(_PHOTOS, {"estate_id": row.estate_id, "ticket_id": row.id})
    return tuple(
        paper.Photo(sha256=sha256, caption=str(number), taken_at=added_at)
        for number, (sha256, added_at) in enumerate(found, 1)
    )
