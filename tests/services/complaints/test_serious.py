"""Serious by its facts, told at once, nobody keeps it from the manager (C5, C6, L11, Z8, Z10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.base.errors import Refused
from deskapp.domain.complaints.clocks import ClockState
from deskapp.services.complaints import alarms, closing, handling, intake
from deskapp.services.complaints.views import FactsIn
from deskapp.services.desk import Desk
from tests.services.complaints.desks import (
    MANAGER,
    SUPER,
    again,
    cmd,
    later,
    promise,
    staffed,
    take,
)
from tests.services.estates import ROOMS


def test_facts_make_it_serious_and_start_its_clocks_at_once(small_estate: Desk) -> None:
    view = take(small_estate, "101", "电梯夹伤了人", topic="lift", facts=FactsIn(injury=True))
    assert view.severity.serious
    assert [label.zh for label in view.severity.why] == ["有人受伤或就医"]
    due = {clock.rule: clock.due_at - small_estate.now() for clock in view.clocks}
    assert due["serious_head"] == timedelta(minutes=15)
    assert due["serious_quality"] == timedelta(hours=1)
    assert {alarm.post for alarm in view.alarms} == {"manager", "quality", "desk_head"}


def test_facts_found_later_count_from_then(small_estate: Desk) -> None:
    view = take(small_estate, "101", "电梯夹人", topic="lift")
    after = later(small_estate, hours=2)
    form = replace(view.form, facts=FactsIn(injury=True, press=True))
    changed = intake.change(after, cmd(), view.ticket_id, view.version, form).value
    assert changed.severity.at == after.now()
    assert len(changed.severity.why) == 2


def test_the_tenth_household_makes_it_serious_and_a_ninth_coming_twice_does_not(small_estate: Desk) -> None:
    desk = small_estate
    rooms = [room for room in ROOMS if room != "601"]
    views = [
        take(later(desk, minutes=n), room, "墙面空鼓", topic="dev_quality")
        for n, room in enumerate(rooms[:9])
    ]
    ninth = take(later(desk, minutes=20), rooms[8], "空鼓什么时候修", topic="dev_quality")
    assert ninth.incident is not None
    assert (ninth.incident.households, ninth.severity.serious) == (9, False)
    tenth = take(later(desk, minutes=30), rooms[9], "墙面空鼓", topic="dev_quality")
    assert tenth.severity.serious
    master = again(desk, views[0])
    assert master.severity.at == later(desk, minutes=30).now()
    clocks = {clock.rule: clock for clock in master.clocks}
    assert clocks["serious_head"].began_at == later(desk, minutes=30).now()
    assert clocks["serious_head"].due_at == later(desk, minutes=45).now()
    assert clocks["serious_quality"].due_at == later(desk, minutes=90).now()
    assert len(master.alarms) == 3  # one of each, not one a household
    take(later(desk, minutes=40), "601", "墙面空鼓", topic="dev_quality")
    assert len(again(desk, master).alarms) == 3


def test_a_deputy_cannot_keep_it_from_the_manager(small_estate: Desk) -> None:
    view = take(small_estate, "101", "有人受伤", facts=FactsIn(injury=True))
    deputy, manager = staffed(small_estate, SUPER), staffed(small_estate, MANAGER)
    with pytest.raises(Refused) as told:
        closing.calm_severity(deputy, cmd(), view.ticket_id, view.version, "小事")
    assert told.value.code == "complaints.severity_by_facts"
    form = replace(view.form, facts=FactsIn())
    intake.change(deputy, cmd(), view.ticket_id, again(deputy, view).version, form)
    assert again(deputy, view).severity.serious  # facts taken back do not take it back
    [alarm] = [one for one in view.alarms if one.post == "manager"]
    with pytest.raises(Refused) as told:
        alarms.seen(deputy, cmd(), alarm.alarm_id)
    assert told.value.code == "complaints.not_your_alarm"
    alarms.tell(deputy, cmd(), alarm.alarm_id, "顾远", "电话")
    digest = alarms.digest(manager, small_estate.now())
    assert [one.alarm_id for one in digest.at_once] == [alarm.alarm_id]
    assert digest.at_once[0].told_whom == "顾远"
    alarms.seen(manager, cmd(), alarm.alarm_id)
    assert alarms.digest(manager, small_estate.now()).at_once == ()


def test_telling_ends_the_clock_of_who_must_be_told(small_estate: Desk) -> None:
    view = take(small_estate, "101", "有人受伤", facts=FactsIn(injury=True))
    after = later(small_estate, minutes=10)
    by_post = {one.post: one.alarm_id for one in view.alarms}
    alarms.seen(staffed(after, MANAGER), cmd(), by_post["manager"])
    alarms.tell(later(small_estate, minutes=70), cmd(), by_post["quality"], "品质部值班", "电话")
    clocks = {clock.rule: clock for clock in again(after, view).clocks}
    assert clocks["serious_head"].state is ClockState.MET
    assert clocks["serious_head"].remaining == 300
    assert clocks["serious_quality"].remaining == -600  # told, but late: that stays


def test_a_persons_word_can_be_taken_back_by_a_supervisor_with_a_reason(small_estate: Desk) -> None:
    view = take(small_estate, "101", "对方要找媒体")
    with pytest.raises(Refused) as told:
        closing.set_severity(small_estate, cmd(), view.ticket_id, view.version, " ")
    assert told.value.code == "complaints.severity_needs_reason"
    set_by = closing.set_severity(small_estate, cmd(), view.ticket_id, view.version, "影响名声").value
    assert (set_by.severity.by_person, set_by.severity.reason) == (True, "影响名声")
    with pytest.raises(Refused) as told:
        closing.calm_severity(small_estate, cmd(), view.ticket_id, set_by.version, "误会")
    assert told.value.code == "staff.no_right"
    boss = staffed(small_estate, SUPER)
    calm = closing.calm_severity(boss, cmd(), view.ticket_id, set_by.version, "误会").value
    assert not calm.severity.serious
    assert {clock.rule for clock in calm.clocks} == {"first_response"}
    assert len(calm.alarms) == 3  # what was said stays said


def test_overdue_is_told_to_both_heads_once_for_each_time(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    sent = handling.dispatch(
        desk, cmd(), view.ticket_id, view.version, "engineering", later(desk, hours=1).now()
    ).value
    assert not alarms.raise_due(desk)
    late = later(desk, hours=2)
    assert alarms.raise_due(late)
    assert not alarms.raise_due(late)  # told already
    told = [(one.post, one.whom) for one in again(desk, sent).alarms]
    assert told == [("desk_head", ""), ("department_head", "工程主管")]
    until = later(desk, hours=4).now()
    now = again(late, sent)
    handling.defer(late, cmd(), now.ticket_id, now.version, "等配件", until)
    assert not alarms.raise_due(later(desk, hours=3))
    assert alarms.raise_due(later(desk, hours=5))  # late again, told again
    assert len(again(desk, sent).alarms) == 4


def test_a_digest_gathers_what_fell_due_since_the_last_look(small_estate: Desk) -> None:
    desk = small_estate
    for room in ("101", "102", "201"):
        take(desk, room, "灯不亮", promises=(promise(desk, "来修", minutes=20),))
    boss = staffed(later(desk, minutes=25), SUPER)
    alarms.raise_due(boss)
    digest = alarms.digest(boss, desk.now())
    assert len(digest.alarms) == 3
    assert digest.at_once == ()
    assert [row.what for row in digest.late] == ["promise"] * 3
    assert not alarms.digest(staffed(boss, "1001"), boss.now())  # nothing new for the clerk
    soon = alarms.digest(later(desk, minutes=5), desk.now())
    assert len(soon.soon) == 3
