"""The list by urgency, a window at a time: filters, how much there is, what a digest tells (C6, L11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.domain.complaints.clocks import ClockState
from deskapp.services.complaints import alarms, clocks, handling
from deskapp.services.complaints.duelist import Counted, Only, clock_list, counted
from deskapp.services.complaints.views import FactsIn
from deskapp.services.desk import Desk
from tests.services.complaints.desks import MANAGER, SECOND, cmd, later, promise, staffed, take


def test_a_window_is_the_most_urgent_and_the_count_is_of_all(small_estate: Desk) -> None:
    desk = small_estate
    for number in range(6):
        take(later(desk, minutes=number), "101", f"灯{number}", topic="power")
    whole = clock_list(desk)
    assert clock_list(desk, limit=3) == whole[:3]
    assert counted(desk) == Counted(len(whole), 0)
    late = later(desk, hours=24, minutes=3)
    assert counted(late).late == counted(late, only=Only.LATE).due == len(clock_list(late, only=Only.LATE))
    assert counted(late).late == sum(row.state is ClockState.LATE for row in clock_list(late))
    assert clock_list(late, only=Only.LATE, limit=1)[0].matter == "灯0"


def test_filters_look_at_all_and_not_at_the_window(small_estate: Desk) -> None:
    """A serious case and a colleague's stand behind many more urgent ones."""
    desk, other = small_estate, staffed(small_estate, SECOND)
    take(desk, "101", "没电", topic="power", promises=(promise(desk, "师傅上门", hours=1),))
    theirs = take(later(other, hours=3), "102", "楼上吵", topic="noise")
    danger = take(later(desk, hours=4), "202", "吊灯要掉", facts=FactsIn(danger=True))
    for only, tickets in (
        (Only.SERIOUS, {danger.ticket_id}),
        (Only.MINE, {theirs.ticket_id}),
    ):
        seat = later(other if only is Only.MINE else desk, hours=5)
        found = clock_list(seat, only=only, limit=50)
        assert {row.ticket_id for row in found} == tickets
        assert counted(seat, only=only).due == len(found)
    assert {row.holder for row in clock_list(desk)} == {"林晓", "何敏", "维修张师傅"}


def test_what_stands_still_is_a_filter_of_its_own(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "没电", topic="power")
    view = take(desk, "102", "收费不明白", topic="fees")
    clocks.wait(desk, cmd(), view.ticket_id, "resident_papers")
    much_later = later(desk, days=4)
    (row,) = clock_list(much_later, only=Only.WAITING)
    assert (row.rule, row.state) == ("settle_management", ClockState.WAITING)
    assert counted(much_later, only=Only.WAITING) == Counted(1, 0)
    assert row not in clock_list(much_later, only=Only.LATE)
    assert clock_list(much_later)[-1] == row


def test_a_contact_is_one_with_the_promise_of_that_moment(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "没电", topic="power", promises=(promise(desk, "师傅上门", hours=1),))
    at = desk.now() + timedelta(hours=5)
    take(desk, "102", "没电", topic="power", next_contact=at)
    whats = [row.what for row in clock_list(desk)]
    assert (whats.count("promise"), whats.count("contact")) == (1, 1)
    assert counted(desk).due == len(whats)


def test_only_a_stretch_of_time(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "没电", topic="power", promises=(promise(desk, "师傅上门", hours=1),))
    handling.dispatch(
        desk, cmd(), view.ticket_id, view.version, "engineering", desk.now() + timedelta(hours=2)
    )
    hour = timedelta(hours=1)
    between = (desk.now() + 2 * hour, desk.now() + 3 * hour)
    assert [row.what for row in clock_list(desk, between=between)] == ["dispatch"]


@pytest.mark.parametrize("back", [timedelta(hours=5), timedelta(days=2)])
def test_a_digest_tells_what_is_new_however_much_is_late_already(small_estate: Desk, back: timedelta) -> None:
    """A list full of old things hides neither what fell due now nor what falls due soon."""
    desk = small_estate
    for number in range(4):
        take(later(desk, minutes=number), "101", f"灯{number}")
    now = later(desk, hours=24, minutes=2, seconds=30)
    told = alarms.digest(now, now.now() - timedelta(seconds=40))
    assert [row.matter for row in told.late] == ["灯2"]
    assert [row.matter for row in told.soon] == ["灯3"]
    set_back = alarms.digest(now, now.now() + back)  # the last look lies ahead
    assert (set_back.late, len(set_back.soon)) == ((), 1)


def test_an_alarm_names_what_it_is_about(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "灯")
    late = later(desk, hours=25)
    alarms.raise_due(late)
    head = staffed(late, MANAGER)
    found = alarms.digest(head, head.now())
    rows = {(row.clock_id, row.due_at) for row in clock_list(late)}
    assert {(one.subject_id, one.due_at) for one in found.alarms} <= rows
