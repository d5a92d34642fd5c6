"""Papers of the complaints: what each must hold, and what none may (C3, C4, C6, C15–C18)."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from deskapp.domain import documents as d
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import SUPERVISORS_ONLY
from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.risk import RiskyHelp
from deskapp.domain.complaints.ticket import DispatchState, TicketAct
from deskapp.pdf import render
from tests.pdf import complaint_samples as c
from tests.pdf import incident_samples as i
from tests.pdf import sample_parts as p
from tests.pdf import samples as s
from tests.pdf.reading_back import pages_of, picture_of, squeezed, text_of

SAMPLES = c.SAMPLES | i.SAMPLES
LAW = ("民法典", "条例", "法律规定", "依法", "法定")


def text(form: str, values: Any) -> str:
    return text_of(render(s.FORMS[form], s.record(form, values), None, p.PICTURES).pdf)


def told(value: Any) -> list[str]:
    """Every text a document holds, its rows included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [found for item in value for found in told(item)]
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, (d.Photo, d.Signature)):
        skipped = {
            "act",
            "asked",
            "state",
            "grade",
            "position",
            "signature",
            "side",
            "satisfaction",
            "judged",
        }
        shown = (field.name for field in fields(value) if field.name not in skipped)
        return [found for name in shown for found in told(getattr(value, name))]
    return []


@pytest.mark.parametrize("form", SAMPLES)
def test_everything_a_paper_holds_is_printed(form: str) -> None:
    values = c.serious() if form == "complaint" else SAMPLES[form]()
    printed = text(form, values)
    for line in told(values):
        assert squeezed(line) in printed, line


@pytest.mark.parametrize("name", p.HOSTILE)
def test_names_of_a_complaint_print_as_they_are(name: str) -> None:
    assert squeezed(name) in text("complaint", c.complaint(caller=name, against=name, promises=()))
    party = d.DisputeParty(side="other", name=name)
    assert squeezed(name) in text("neighbour-dispute", c.dispute(parties=(party,)))
    assert squeezed(name) in text("loss-register", i.losses(0, houses=(d.LossLine(house="1", person=name),)))


def test_a_very_long_story_loses_nothing() -> None:
    story = "".join(f"第{n}句。" for n in range(2000))
    printed = text("complaint", c.serious(story=story))
    assert all(f"第{n}句" in printed for n in (0, 999, 1999))


def test_no_paper_has_room_for_a_judgement_of_a_person() -> None:
    names = {field.name for form in SAMPLES for field in fields(d.FORMS[form])}
    assert not names & {*SUPERVISORS_ONLY, "judgement", "judgements", "mood", "mood_before", "mood_after"}


@pytest.mark.parametrize("form", SAMPLES)
def test_service_times_are_never_printed_as_law(form: str) -> None:
    printed = text(form, SAMPLES[form]()).replace("不是法律规定的期限", "")
    assert not [word for word in LAW if word in printed]


@pytest.mark.parametrize("form", ["complaint", "incident-report"])
def test_a_paper_with_clocks_says_whose_promise_they_are(form: str) -> None:
    printed = text(form, SAMPLES[form]())
    assert "服务承诺，不是法律规定" in printed
    assert "已办，超时" in printed


def test_clocks_say_when_they_were_due_and_met() -> None:
    line = c.clock("首次答复", "24 小时", 24, met_at=p.NOW + timedelta(minutes=61))
    printed = text("complaint", c.complaint(clocks=(line,)))
    assert "首次答复（24小时）" in printed
    assert "2026-11-0410:22" in printed
    assert "2026-11-0311:23" in printed
    assert "按时" in printed


def test_blocks_without_anything_to_say_are_left_out() -> None:
    plain = text("complaint", c.complaint(promises=(), dispatches=(), call_backs=(), photos=()))
    for title in ("涉及员工行为", "有风险的求助", "并入事件", "重大的依据", "承诺内容", "处理报告", "受访人"):
        assert title not in plain
    full = text("complaint", c.serious())
    for title in (
        "涉及员工行为",
        "有风险的求助",
        "并入事件",
        "重大的依据",
        "承诺内容",
        "处理报告",
        "受访人",
        "证人签字",
    ):
        assert title in full


def test_the_bulletin_has_its_eleven_items_in_order() -> None:
    printed = text("complaint-bulletin", c.bulletin())
    first = ("受理日期", "住户区域", "反映事项", "处理经过", "处理结果", "回访情况")
    items = (*first, "提示建议", "办理时限", "受理人", "跟进人", "责任人")
    places = [printed.index(f"{number}.{item}") for number, item in enumerate(items, 1)]
    assert len(places) == 11
    assert places == sorted(places)
    assert "12." not in printed
    assert "盖章处" in printed


def test_feedback_leaves_boxes_to_tick_until_somebody_has_spoken() -> None:
    assert "□不满意" in text("complaint-feedback", c.feedback(satisfaction=""))
    spoken = text("complaint-feedback", c.feedback(satisfaction="dissatisfied"))
    assert "□" not in spoken
    assert "不满意" in spoken


def test_the_report_says_who_was_told_in_time_and_who_was_not() -> None:
    report = i.incident_report()
    assert [line.in_time for line in report.told] == [True, False, None]
    printed = text("incident-report", report)
    assert "电话2026-11-0311:37是" in printed
    assert "电话2026-11-0312:22否" in printed


def test_forty_three_losses_have_a_line_each_and_their_sums() -> None:
    pages = pages_of(
        render(s.FORMS["loss-register"], s.record("loss-register", i.losses()), None, p.PICTURES).pdf
    )
    assert sum(page.count("199****0001") for page in pages) == 43
    assert all("住户签字" in page for page in pages)
    assert "申报合计¥117,420.00" in pages[-1]
    assert "赔付合计¥34,500.00" in pages[-1]


def test_a_loss_of_nothing_differs_from_a_loss_unknown() -> None:
    rows = (d.LossLine(house="1", claim=Decimal(0)), d.LossLine(house="2"))
    assert text("loss-register", i.losses(0, houses=rows)).count("0.00") == 1 + 2  # and the two sums


def test_a_household_signs_on_its_line_by_screen_or_by_pen() -> None:
    def ink(signature: str) -> int:
        rows = (d.LossLine(house="1", signature=signature),)
        record = s.record("loss-register", i.losses(0, houses=rows))
        return sum(
            pixel < 128
            for pixel in picture_of(render(s.FORMS["loss-register"], record, None, p.PICTURES).pdf)[2]
        )

    assert ink(p.SIGNED) > ink("") + 30
    lost = s.record("loss-register", i.losses(0, houses=(d.LossLine(house="1", signature="ab" * 32),)))
    assert render(s.FORMS["loss-register"], lost, None, p.PICTURES).damaged == ("ab" * 32,)


@pytest.mark.parametrize("act", TicketAct)
def test_a_step_has_its_word(act: TicketAct) -> None:
    line = d.CourseLine(at=p.NOW, text="一步", act=act.value)
    assert act.value not in text("complaint", c.complaint(course=(line,)))


@pytest.mark.parametrize("code", [*DispatchState, *Position, *Grade, *ClockState, "met_late", *RiskyHelp])
def test_a_code_has_its_word(code: str) -> None:
    values = c.serious(
        dispatches=(
            d.DispatchLine(department="工程部", state=code if code in list(DispatchState) else "sent"),
        ),
        position=code if code in list(Position) else "",
        call_backs=(d.CallBackLine(at=p.NOW, grade=code if code in list(Grade) else "satisfied"),),
        clocks=(c.clock("首次答复", "24 小时", 24, code if code in [*ClockState, "met_late"] else "met"),),
        help=d.HelpRecord(asked=code if code in list(RiskyHelp) else "open_home"),
    )
    assert str(code) not in text("complaint", values)
