"""What the papers say of the way of a case: each step under its name, nothing that is over as if it held."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.base.errors import Refused
from deskapp.domain import documents as paper
from deskapp.domain.complaints.callback import Grade
from deskapp.services.complaints import alarms, closing, handling, papers
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.month import figures
from deskapp.services.complaints.monthpaper import proposed_summary
from deskapp.services.desk import Desk
from deskapp.services.documents import preview
from tests.pdf.reading_back import text_of
from tests.services.complaints.desks import again, cmd, later, replied, take
from tests.services.test_complaint_papers import values_of


def test_a_deferral_that_is_over_stands_in_the_course_and_not_in_the_order(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    due = desk.now() + timedelta(hours=2)
    sent = handling.dispatch(
        desk, cmd(), view.ticket_id, view.version, "engineering", due, person="张工"
    ).value
    until = desk.now() + timedelta(hours=5)
    off = handling.defer(desk, cmd(), sent.ticket_id, sent.version, "全员抢修爆管", until).value
    number = papers.issue(desk, cmd(), view.ticket_id, "complaint").value.number
    now = values_of(desk, number)
    assert isinstance(now, paper.Complaint)
    assert (now.dispatches[0].state, now.dispatches[0].reason) == ("deferred", "全员抢修爆管")
    said = handling.report(desk, cmd(), off.ticket_id, off.version, "换了角阀", "张工").value
    handling.sign_report(desk, cmd(), said.ticket_id, said.version, "工程主管")
    number = papers.issue(desk, cmd(), view.ticket_id, "complaint").value.number
    end = values_of(desk, number)
    assert isinstance(end, paper.Complaint)
    line = end.dispatches[0]
    assert (line.state, line.reason, line.until) == ("signed", "", None)
    course = {step.act: step.text for step in end.course}
    assert "全员抢修爆管" in course["defer"]
    assert course["dispatch"].startswith("工程维修部 张工")
    assert course["sign"] == "工程主管"
    assert "负责人签认" in text_of(preview(desk, number).pdf)


def test_the_report_names_each_post_by_its_own_name_and_each_step(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    due = desk.now() + timedelta(hours=1)
    sent = handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", due).value
    late = later(desk, hours=2)
    alarms.raise_due(late)
    grave = closing.set_severity(late, cmd(), sent.ticket_id, sent.version, "有老人受伤").value
    for alarm in again(late, grave).alarms:
        alarms.tell(late, cmd(), alarm.alarm_id, "某人", "电话")
    number = papers.issue(late, cmd(), view.ticket_id, "incident-report").value.number
    found = values_of(late, number)
    assert isinstance(found, paper.IncidentReport)
    told = {line.whom for line in found.told}
    assert "客服主管 某人" in told
    assert "工程维修部 负责人 某人" in told
    printed = text_of(preview(late, number).pdf)
    assert "派单工程维修部" in printed
    assert again(late, grave).missing.count("incident_report") == 0


def test_what_is_not_sorted_is_no_cause(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "漏水", topic="leak")
    assert "未分类" not in proposed_summary(figures(desk, desk.now().date()))


def test_a_result_that_did_not_hold_is_no_result_any_more(small_estate: Desk) -> None:
    desk = small_estate
    done = replied(desk, take(desk, "101", "漏水", topic="leak"))
    fault = CallBackIn(Grade.DISSATISFIED, fault="角阀仍滴水")
    faulty = closing.call_back(desk, cmd(), done.ticket_id, done.version, fault).value
    assert {"result", "fault"} <= set(faulty.missing)
    draft = papers.bulletin_draft(desk, faulty.ticket_id)
    assert draft.result == ""
    with pytest.raises(Refused) as told:
        papers.issue(desk, cmd(), faulty.ticket_id, "complaint-bulletin")
    assert told.value.code == "complaints.bulletin_empty"
    number = papers.issue(desk, cmd(), faulty.ticket_id, "call-back").value.number
    due = later(desk, hours=24).now()
    assert f"角阀仍滴水，{due:%m-%d%H:%M}前书面退回" in text_of(preview(desk, number).pdf)
