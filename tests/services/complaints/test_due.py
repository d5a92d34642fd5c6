"""The list by urgency, clocks that explain themselves and stand still for a cause (C6, L10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from deskapp.base.clock import CHINA
from deskapp.base.errors import Refused
from deskapp.domain.complaints.clocks import ClockState, Why
from deskapp.services.complaints import clocks, handling, intake
from deskapp.services.desk import Desk
from tests.services.complaints.desks import again, at, cmd, later, promise, replied, take


def test_the_most_urgent_comes_first_and_promises_stand_among_the_clocks(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "没电", topic="power", promises=(promise(desk, "师傅十点前到", hours=1),))
    take(desk, "102", "楼上吵", topic="noise")
    rows = clocks.clock_list(desk)
    assert [row.what for row in rows][:1] == ["promise"]
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    late = clocks.clock_list(later(desk, hours=2))[0]
    assert (late.state, late.remaining) == (ClockState.LATE, -3600)
    assert clocks.urgent(later(desk, hours=2)).late == 1
    assert clocks.urgent(desk).open == 2
    assert {row.what for row in clocks.clock_list(desk, clocks_only=True)} == {"clock"}


def test_the_list_is_right_after_midnight_and_a_clock_set_back(small_estate: Desk) -> None:
    take(at(small_estate, "12-04 23:50"), "101", "没电", topic="power")
    after = clocks.clock_list(at(small_estate, "12-05 00:10"), clocks_only=True)[0]
    assert after.remaining == 23 * 3600 + 40 * 60
    back = clocks.clock_list(at(small_estate, "12-04 23:00"), clocks_only=True)[0]
    assert back.state is ClockState.RUNNING
    assert back.due_at == after.due_at


def test_a_clock_explains_itself_over_a_make_up_saturday(small_estate: Desk) -> None:
    desk = at(small_estate, datetime(2026, 10, 8, 15, 0, tzinfo=CHINA))
    view = take(desk, "101", "楼上吵", topic="noise")
    row = next(clock for clock in view.clocks if clock.rule == "settle_residents")
    told = clocks.explain(desk, row.clock_id)
    assert (told.amount, told.unit) == (3, "workdays")
    spans = {(span.began.date(), span.why) for span in told.due.counted}
    assert (date(2026, 10, 10), Why.MAKE_UP) in spans  # a Saturday, worked for the holiday
    assert told.due.at == datetime(2026, 10, 12, 18, 0, tzinfo=CHINA)
    assert all(one.ended == two.began for one, two in pairwise(told.due.counted))
    assert not told.due.provisional


def test_a_clock_over_new_year_says_that_its_calendar_is_provisional(small_estate: Desk) -> None:
    desk = at(small_estate, datetime(2026, 12, 30, 10, 0, tzinfo=CHINA))
    view = take(desk, "101", "石材不一样", topic="dev_promise")
    row = next(clock for clock in view.clocks if clock.rule == "settle_third_party")
    assert row.provisional
    told = clocks.explain(desk, row.clock_id)
    assert told.due.provisional
    new_year = [span for span in told.due.counted if span.why is Why.HOLIDAY]
    assert new_year[0].holiday is not None
    assert new_year[0].holiday.zh == "元旦"
    assert new_year[0].provisional


def test_waiting_stops_the_clocks_that_may_and_says_for_whom(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "收费不明白", topic="fees")
    waiting = clocks.wait(later(desk, hours=1), cmd(), view.ticket_id, "resident_papers", "补合同").value
    settle = next(clock for clock in waiting.clocks if clock.rule == "settle_management")
    assert settle.state is ClockState.WAITING
    assert settle.waiting_for is not None
    assert settle.waiting_for.zh == "等住户补资料"
    first = next(clock for clock in waiting.clocks if clock.rule == "first_response")
    assert first.state is ClockState.RUNNING  # the first response waits for nobody
    much_later = later(desk, hours=40)
    listed = next(row for row in clocks.clock_list(much_later) if row.clock_id == settle.clock_id)
    assert listed.state is ClockState.WAITING
    assert listed.due_at == desk.now() + timedelta(hours=24 + 39)
    on = clocks.resume(much_later, cmd(), view.ticket_id).value
    after = next(clock for clock in on.clocks if clock.rule == "settle_management")
    assert (after.state, after.due_at) == (ClockState.RUNNING, desk.now() + timedelta(hours=63))
    told = clocks.explain(much_later, settle.clock_id)
    assert [(span.why, span.cause) for span in told.due.counted if not span.counted] == [
        (Why.WAITING, "resident_papers")
    ]


@pytest.mark.parametrize("cause", ["lunch", "", "resident_away' --"])
def test_a_wait_needs_a_cause_of_the_list(small_estate: Desk, cause: str) -> None:
    view = take(small_estate, "101", "漏水", topic="leak")
    with pytest.raises(Refused) as told:
        clocks.wait(small_estate, cmd(), view.ticket_id, cause)
    assert told.value.code == "complaints.unknown_cause_of_wait"


def test_it_waits_once_and_goes_on_once(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水", topic="leak")
    with pytest.raises(Refused) as told:
        clocks.resume(small_estate, cmd(), view.ticket_id)
    assert told.value.code == "complaints.waits_not"
    command = cmd()
    clocks.wait(small_estate, command, view.ticket_id, "parts")
    clocks.wait(small_estate, command, view.ticket_id, "parts")
    with pytest.raises(Refused) as told:
        clocks.wait(small_estate, cmd(), view.ticket_id, "weather")
    assert told.value.code == "complaints.waits_already"


def test_the_reply_meets_the_clocks_and_they_leave_the_list(small_estate: Desk) -> None:
    view = replied(later(small_estate, hours=2), take(small_estate, "101", "没电", topic="power"))
    assert {clock.state for clock in view.clocks} == {ClockState.MET}
    assert {clock.remaining > 0 for clock in view.clocks} == {True}
    assert clocks.clock_list(small_estate, clocks_only=True) == ()
    assert [row.what for row in clocks.clock_list(small_estate)] == ["call_back"]


def test_an_unknown_clock_and_a_reading_at_another_moment(small_estate: Desk) -> None:
    with pytest.raises(Refused):
        clocks.explain(small_estate, 5)
    take(small_estate, "101", "漏水", topic="leak")
    row = clocks.clock_list(small_estate, small_estate.now() + timedelta(days=30))[0]
    assert row.state is ClockState.LATE


def test_defer_and_dispatch_stand_in_the_list(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    soon = desk.now() + timedelta(hours=1)
    sent = handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", soon).value
    row = clocks.clock_list(desk)[0]
    assert (row.what, row.department, row.due_at) == ("dispatch", "engineering", soon)
    until = desk.now() + timedelta(hours=6)
    off = handling.defer(desk, cmd(), sent.ticket_id, sent.version, "先抢修爆管", until).value
    assert clocks.clock_list(desk)[0].what == "contact"  # the resident is told first
    intake.contact(desk, cmd(), off.ticket_id, "call_out", "师傅晚上到", until)
    assert [row.what for row in clocks.clock_list(desk)][:2] == ["contact", "dispatch"]
    assert again(desk, off).dispatches[0].until == until
