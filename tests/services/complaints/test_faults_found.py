"""A fault found at the call back goes back in writing within 24 h (C13); what is taken back is called off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.base.errors import Refused
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.complaints import alarms, closing, handling, papers
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.duelist import Only, clock_list, counted
from deskapp.services.complaints.month import figures
from deskapp.services.complaints.views import ClockRow, PromiseIn, TicketView
from deskapp.services.desk import Desk
from tests.services.complaints.desks import again, cmd, later, replied, take


def found_faulty(desk: Desk, view: TicketView) -> TicketView:
    said = CallBackIn(Grade.DISSATISFIED, opinion="还滴", fault="角阀仍滴水")
    return closing.call_back(desk, cmd(), view.ticket_id, view.version, said).value


def faults(desk: Desk, now: Desk | None = None) -> list[ClockRow]:
    return [row for row in clock_list(desk, (now or desk).now()) if row.what == "fault"]


def test_a_fault_has_a_day_to_go_back_in_writing_and_the_list_says_so(small_estate: Desk) -> None:
    desk = small_estate
    faulty = found_faulty(later(desk, hours=1), replied(desk, take(desk, "101", "漏水", topic="leak")))
    [row] = faults(desk, later(desk, hours=2))
    assert (row.matter, row.due_at) == ("角阀仍滴水", later(desk, hours=25).now())
    assert row.rule_label.zh == "缺陷书面退回"
    assert faulty.call_backs[0].fault_sent_at is None
    assert faults(desk, later(desk, hours=26))[0].state is ClockState.LATE
    alarms.raise_due(later(desk, hours=26))
    told = [one for one in again(desk, faulty).alarms if one.reason == "fault_overdue"]
    assert [one.post for one in told] == ["desk_head"]
    assert told[0].data["what"] == "角阀仍滴水"
    alarms.raise_due(later(desk, hours=27))  # told once
    assert len([one for one in again(desk, faulty).alarms if one.reason == "fault_overdue"]) == 1


def test_the_paper_of_the_call_back_hands_it_back(small_estate: Desk) -> None:
    desk = small_estate
    faulty = found_faulty(desk, replied(desk, take(desk, "101", "漏水", topic="leak")))
    then = later(desk, hours=3)
    papers.issue(then, cmd(), faulty.ticket_id, "call-back")
    assert faults(then) == []
    assert again(then, faulty).call_backs[0].fault_sent_at == then.now()
    assert figures(then, then.now().date()).rates[3].share.hits == 1  # it was called back all the same


def test_an_order_to_a_department_hands_it_back_too_and_the_count_of_reopened_goes_up(
    small_estate: Desk,
) -> None:
    desk = small_estate
    faulty = found_faulty(desk, replied(desk, take(desk, "101", "漏水", topic="leak")))
    assert (faulty.reopened, faulty.state) == (1, TicketState.DISPATCHED)
    then = later(desk, hours=2)
    due = then.now() + timedelta(hours=4)
    sent = handling.dispatch(
        then, cmd(), faulty.ticket_id, faulty.version, "engineering", due, order="角阀仍滴水，请换新"
    ).value
    assert sent.call_backs[0].fault_sent_at == then.now()
    assert faults(then) == []
    assert "fault" in sent.missing  # handed back is not mended
    with pytest.raises(Refused):
        closing.close(then, cmd(), sent.ticket_id, sent.version)


def test_what_the_desk_mends_itself_goes_nowhere(small_estate: Desk) -> None:
    desk = small_estate
    faulty = found_faulty(desk, replied(desk, take(desk, "101", "灯不亮", topic="power")))
    done = handling.settle(desk, cmd(), faulty.ticket_id, faulty.version, "换了灯泡").value
    assert faults(desk) == []
    assert done.call_backs[0].fault_sent_at is None
    assert "fault" not in done.missing or done.state is TicketState.DONE


def test_a_matter_taken_back_leaves_no_order_no_promise_and_no_fault_behind(small_estate: Desk) -> None:
    desk = small_estate
    due = desk.now() + timedelta(hours=2)
    promised = (PromiseIn("两点前到", "张师傅", due, ""),)
    view = take(desk, "101", "漏水", topic="leak", promises=promised)
    sent = handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", due).value
    gone = closing.withdraw(desk, cmd(), sent.ticket_id, sent.version, "自己修好了").value
    assert gone.state is TicketState.WITHDRAWN
    assert [one.state for one in gone.dispatches] == ["recalled"]
    assert [(one.state, one.reason) for one in gone.promises] == [(PromiseState.RELEASED, "自己修好了")]
    assert clock_list(desk, later(desk, hours=30).now()) == ()
    assert not alarms.raise_due(later(desk, hours=30))


def test_the_list_of_a_department_holds_what_lies_with_it(small_estate: Desk) -> None:
    desk = small_estate
    due = desk.now() + timedelta(hours=2)
    first, second = (take(desk, room, "漏水", topic="leak") for room in ("101", "202"))
    handling.dispatch(desk, cmd(), first.ticket_id, first.version, "engineering", due)
    handling.dispatch(desk, cmd(), second.ticket_id, second.version, "order", due)
    mine = clock_list(desk, department="engineering")
    assert {row.ticket_id for row in mine} == {first.ticket_id}
    assert counted(desk, department="engineering").due == len(mine)
    assert clock_list(desk, department="cleaning") == ()
    late = later(desk, hours=3).now()
    whose = clock_list(desk, late, only=Only.LATE, department="order")
    assert [(row.what, row.ticket_id) for row in whose] == [("dispatch", second.ticket_id)]
    assert counted(desk, late, Only.LATE, "order").late == 1


def test_a_signed_report_is_told_at_once_and_a_refusal_comes_back_to_the_desk(small_estate: Desk) -> None:
    desk = small_estate
    due = desk.now() + timedelta(hours=2)
    view = take(desk, "101", "漏水", topic="leak")
    sent = handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", due).value
    back = handling.refuse(later(desk, minutes=5), cmd(), sent.ticket_id, sent.version, "开发商保修").value
    assert back.receiver == "林晓"
    first = clock_list(later(desk, minutes=6))[0]
    assert (first.what, first.department, first.holder) == ("contact", "", "林晓")
    sent = handling.dispatch(desk, cmd(), back.ticket_id, back.version, "developer", due).value
    said = handling.report(desk, cmd(), sent.ticket_id, sent.version, "换了管件", "王工").value
    done = handling.sign_report(
        later(desk, hours=1), cmd(), said.ticket_id, said.version, "开发商客服负责人"
    ).value
    assert done.next_contact == later(desk, hours=1).now()
    assert clock_list(later(desk, hours=1, minutes=1))[0].what == "contact"


def test_a_second_round_is_an_order_of_its_own_and_the_first_report_stays(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    due = desk.now() + timedelta(hours=2)
    sent = handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", due).value
    said = handling.report(desk, cmd(), sent.ticket_id, sent.version, "换了角阀", "张工").value
    done = handling.sign_report(desk, cmd(), said.ticket_id, said.version, "工程主管").value
    then = later(desk, hours=3)
    back = handling.send_back(then, cmd(), done.ticket_id, done.version, "没有拍照").value
    assert [(one.state, one.report, one.signed_by) for one in back.dispatches] == [
        ("done", "换了角阀", "工程主管"),
        ("dispatched", "", ""),
    ]
    assert back.dispatches[1].due_at == then.now() + timedelta(hours=2)
    with pytest.raises(Refused) as told:
        handling.sign_report(then, cmd(), back.ticket_id, back.version, "工程主管")
    assert told.value.code == "complaints.report_empty"  # the old report is not signed for the new round
