"""Clocks run out when C6 says, stand still while a case waits (L10), and explain every stretch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.assets import Assets
from deskapp.base.clock import CHINA
from deskapp.domain.complaints.classes import Kind, Target, parse_topics
from deskapp.domain.complaints.clocks import (
    ClockRule,
    ClockState,
    Due,
    Span,
    Unit,
    Wait,
    Why,
    begin_wait,
    due,
    end_wait,
    parse_clocks,
    read,
    rules_for,
    so_far,
    urgency,
)
from deskapp.domain.workdays import SHIPPED_HOURS, WorkCalendar, load_calendar
from tests.domain.complaints.files import faults, parsed, text_of

CALENDAR = load_calendar(Assets())
RULES = parsed("resources/rules/clocks.toml", parse_clocks)
CLOCKS = {rule.code: rule for rule in RULES.clocks}
TOPICS = {topic.code: topic for topic in parsed("resources/rules/topics.toml", parse_topics)}
THREE_DAYS, ONE_DAY, SEVEN_DAYS = (
    CLOCKS["settle_residents"],
    CLOCKS["settle_management"],
    CLOCKS["settle_third_party"],
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def run(
    rule: ClockRule,
    started: str,
    *waits: tuple[str, str | None],
    now: str | None = None,
    calendar: WorkCalendar = CALENDAR,
) -> Due:
    kept = [Wait(at(a), at(b) if b else None, "parts") for a, b in waits]
    moment = at(now) if now else None
    return due(rule, at(started), kept, calendar=calendar, hours=SHIPPED_HOURS, now=moment)


def told(found: Due) -> list[tuple[str, str, bool, str]]:
    return [(f"{s.began:%m-%d %H:%M}", f"{s.ended:%m-%d %H:%M}", s.counted, s.why) for s in found.counted]


def test_hours_run_through_night_and_holiday_to_the_minute() -> None:
    found = run(ONE_DAY, "2026-10-01T17:02")
    assert found.at == at("2026-10-02T17:02")
    assert told(found) == [("10-01 17:02", "10-02 17:02", True, "runs_through")]
    assert run(CLOCKS["serious_head"], "2026-12-31T23:50").at == at("2027-01-01T00:05")
    assert not run(CLOCKS["serious_quality"], "2026-12-31T23:50").provisional  # no calendar is asked


def test_working_days_leave_out_the_day_of_receipt_and_end_at_closing() -> None:
    for hour in ("00:00", "09:12", "17:59", "23:59"):
        assert run(THREE_DAYS, f"2026-12-07T{hour}").at == at("2026-12-10T18:00")
    assert run(THREE_DAYS, "2026-12-11T09:00").at == at("2026-12-16T18:00")
    assert run(THREE_DAYS, "2026-12-12T09:00").at == at("2026-12-16T18:00")  # received on a Saturday


def test_a_make_up_saturday_counts_and_says_so() -> None:
    found = run(THREE_DAYS, "2026-09-30T10:00")
    assert found.at == at("2026-10-10T18:00")
    assert told(found) == [
        ("09-30 10:00", "10-01 00:00", False, "receipt_day"),
        ("10-01 00:00", "10-08 00:00", False, "holiday"),
        ("10-08 00:00", "10-09 00:00", True, "workday"),
        ("10-09 00:00", "10-10 00:00", True, "workday"),
        ("10-10 00:00", "10-10 18:00", True, "make_up"),
    ]
    assert [s.holiday.zh for s in found.counted if s.holiday] == ["国庆节", "国庆节"]
    assert not found.provisional


def test_the_new_year_of_2027_rests_and_the_clock_says_that_it_is_provisional() -> None:
    found = run(THREE_DAYS, "2026-12-30T16:00")
    assert found.at == at("2027-01-05T18:00")
    assert told(found) == [
        ("12-30 16:00", "12-31 00:00", False, "receipt_day"),
        ("12-31 00:00", "01-01 00:00", True, "workday"),
        ("01-01 00:00", "01-02 00:00", False, "holiday"),
        ("01-02 00:00", "01-04 00:00", False, "weekend"),
        ("01-04 00:00", "01-05 00:00", True, "workday"),
        ("01-05 00:00", "01-05 18:00", True, "workday"),
    ]
    assert found.provisional
    assert [s.provisional for s in found.counted] == [False, False, True, True, True, True]
    assert not run(THREE_DAYS, "2026-12-28T16:00").provisional  # ends on the 31st
    assert run(SEVEN_DAYS, "2027-02-03T10:00").at == at("2027-02-16T18:00")


def test_a_clock_in_hours_stands_still_to_the_second_while_it_waits() -> None:
    found = run(ONE_DAY, "2026-12-07T17:00", ("2026-12-07T18:00", "2026-12-08T09:00"))
    assert found.at == at("2026-12-09T08:00")
    assert told(found) == [
        ("12-07 17:00", "12-07 18:00", True, "runs_through"),
        ("12-07 18:00", "12-08 09:00", False, "waiting"),
        ("12-08 09:00", "12-09 08:00", True, "runs_through"),
    ]
    assert found.counted[1].cause == "parts"


def test_overlapping_waits_count_once_and_early_ones_from_the_start() -> None:
    found = run(
        ONE_DAY,
        "2026-12-07T12:00",
        ("2026-12-07T14:00", "2026-12-07T16:00"),
        ("2026-12-07T15:00", "2026-12-07T17:00"),
        ("2026-12-07T10:00", "2026-12-07T13:00"),
        ("2026-12-07T15:10", "2026-12-07T15:20"),
    )
    assert found.at == at("2026-12-08T16:00")


def test_a_wait_after_the_clock_ran_out_rescues_nothing() -> None:
    waits = ("2026-12-09T09:00", "2026-12-10T09:00")
    assert run(ONE_DAY, "2026-12-07T17:00", waits).at == at("2026-12-08T17:00")
    late = run(ONE_DAY, "2026-12-07T17:00", ("2026-12-09T09:00", None), now="2026-12-09T10:00")
    assert late.waiting is None
    assert read(late, at("2026-12-09T10:00")).state is ClockState.LATE


def test_what_was_waited_in_desk_hours_is_given_back_up_to_a_closing_time() -> None:
    day_off = run(THREE_DAYS, "2026-12-07T09:00", ("2026-12-08T08:00", "2026-12-08T19:00"))
    assert day_off.at == at("2026-12-11T18:00")
    half = run(THREE_DAYS, "2026-12-07T09:00", ("2026-12-08T10:00", "2026-12-08T15:00"))
    assert half.at == at("2026-12-11T18:00")
    two_halves = run(
        THREE_DAYS,
        "2026-12-07T09:00",
        ("2026-12-08T08:30", "2026-12-08T13:15"),
        ("2026-12-09T08:30", "2026-12-09T13:15"),
    )
    assert two_halves.at == at("2026-12-11T18:00")
    assert ("12-08 08:30", "12-08 13:15", False, "waiting") in told(two_halves)
    night = run(THREE_DAYS, "2026-12-07T09:00", ("2026-12-08T18:00", "2026-12-09T08:30"))
    assert night.at == at("2026-12-10T18:00")
    weekend = run(THREE_DAYS, "2026-12-11T09:00", ("2026-12-12T00:00", "2026-12-14T00:00"))
    assert weekend.at == at("2026-12-16T18:00")


def test_some_clocks_never_wait() -> None:
    waits = ("2026-12-07T18:00", None)
    found = run(CLOCKS["first_response"], "2026-12-07T17:00", waits)
    assert found.at == at("2026-12-08T17:00")
    assert found.waiting is None


def test_a_wait_that_lasts_shows_what_would_be_left_and_needs_the_time() -> None:
    waits = ("2026-12-07T18:00", None)
    with pytest.raises(ValueError, match="lasts"):
        run(ONE_DAY, "2026-12-07T17:00", waits)
    for now in ("2026-12-07T20:00", "2026-12-20T03:00"):
        found = run(ONE_DAY, "2026-12-07T17:00", waits, now=now)
        reading = read(found, at(now))
        assert reading.state is ClockState.WAITING
        assert reading.remaining == timedelta(hours=23)
        assert found.waiting is not None


def test_calendar_days_end_at_closing_even_on_a_sunday() -> None:
    rule = replace(THREE_DAYS, unit=Unit.DAYS, amount=2)
    found = run(rule, "2026-12-11T20:00")
    assert found.at == at("2026-12-13T17:00")
    assert {s.why for s in found.counted} == {Why.RECEIPT_DAY, Why.CALENDAR_DAY}


def test_reading_at_the_very_second() -> None:
    found = run(ONE_DAY, "2026-12-07T17:00")
    assert read(found, found.at).state is ClockState.RUNNING
    late = read(found, found.at + timedelta(seconds=1))
    assert (late.state, late.in_time, late.remaining) == (ClockState.LATE, False, timedelta(seconds=-1))
    met = read(found, found.at + timedelta(days=9), met=found.at - timedelta(hours=1))
    assert (met.state, met.in_time) == (ClockState.MET, True)
    assert not read(found, found.at, met=found.at + timedelta(minutes=5)).in_time


def test_waits_begin_and_end_in_a_row() -> None:
    waits = begin_wait(begin_wait((), "parts", at("2026-12-07T10:00")), "weather", at("2026-12-07T12:00"))
    assert waits[0].ended == at("2026-12-07T12:00")
    assert waits[1].ended is None
    assert end_wait(waits, at("2026-12-07T11:00"))[1].ended == at("2026-12-07T12:00")  # clock set back
    assert end_wait((), at("2026-12-07T11:00")) == ()


def test_urgency_puts_what_waits_behind_what_runs() -> None:
    early, late = at("2026-12-07T10:00"), at("2026-12-08T10:00")
    order = [
        (ClockState.LATE, early),
        (ClockState.RUNNING, late),
        (ClockState.WAITING, early),
        (ClockState.MET, early),
    ]
    assert sorted([*order[2:], *order[:2]], key=lambda pair: urgency(*pair)) == order


def codes(**facts: object) -> list[str]:
    return [rule.code for rule in rules_for(RULES.clocks, **facts)]  # type: ignore[arg-type]


def test_each_ticket_has_the_clocks_of_its_kind_target_and_topic() -> None:
    assert codes(kind=Kind.COMPLAINT) == ["first_response"]
    assert codes(kind=Kind.COMPLAINT, target=Target.MANAGEMENT) == ["first_response", "settle_management"]
    assert codes(kind=Kind.COMPLAINT, target=Target.RESIDENTS) == ["first_response", "settle_residents"]
    for target in (Target.DEVELOPER, Target.AUTHORITY):
        assert codes(kind=Kind.COMPLAINT, target=target) == ["first_response", "settle_third_party"]
    assert codes(kind=Kind.REPAIR, topic=TOPICS["power"]) == ["first_response", "water_power"]
    assert codes(kind=Kind.REPAIR, topic=TOPICS["leak"]) == ["first_response"]
    assert codes(kind=Kind.PRAISE, target=Target.MANAGEMENT) == []
    serious = codes(kind=Kind.COMPLAINT, target=Target.MANAGEMENT, serious=True)
    assert serious[-2:] == ["serious_head", "serious_quality"]


def test_the_shipped_times_are_those_of_the_requirement() -> None:
    times = {code: (rule.amount, rule.unit.value) for code, rule in CLOCKS.items()}
    assert times == {
        "first_response": (24, "hours"),
        "settle_management": (24, "hours"),
        "settle_residents": (3, "workdays"),
        "settle_third_party": (7, "workdays"),
        "water_power": (24, "hours"),
        "serious_head": (15, "minutes"),
        "serious_quality": (1, "hours"),
    }
    assert len(RULES.causes) >= 6


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('unit = "hours"', 'unit = "weeks"', (9, "clocks.0.unit", "value.not_one_of")),
        ("amount = 24", "amount = 0", (10, "clocks.0.amount", "value.out_of_range")),
        ('met_by = "first_reply"', 'meet_by = "x"', (11, "clocks.0.meet_by", "value.unknown_key")),
        ('code = "water_power"', 'code = "first_response"', (46, "clocks.4.code", "value.twice")),
    ],
)
def test_a_fault_of_the_clocks_is_named(old: str, new: str, wanted: tuple[int, str, str]) -> None:
    assert wanted in faults(text_of("resources/rules/clocks.toml").replace(old, new, 1), parse_clocks)


MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(CHINA),
).map(lambda m: m.replace(microsecond=0))
WAITS = st.lists(
    st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=6))).map(
        lambda pair: Wait(pair[0], pair[0] + pair[1], "weather")
    ),
    max_size=4,
)
ANY_RULE = st.builds(
    lambda unit, amount: replace(THREE_DAYS, unit=unit, amount=amount),
    st.sampled_from(Unit),
    st.integers(1, 12),
)


def computed(rule: ClockRule, started: datetime, waits: list[Wait]) -> Due:
    return due(rule, started, waits, calendar=CALENDAR, hours=SHIPPED_HOURS)


@given(ANY_RULE, MOMENTS, WAITS)
def test_the_explanation_has_no_gap_and_adds_up(
    rule: ClockRule, started: datetime, waits: list[Wait]
) -> None:
    found = computed(rule, started, waits)
    spans: tuple[Span, ...] = found.counted
    assert spans[0].began == started
    assert spans[-1].ended == found.at
    assert all(a.ended == b.began for a, b in pairwise(spans))
    assert all(span.began < span.ended for span in spans)
    assert spans[-1].counted
    counted = sum((s.ended - s.began for s in spans if s.counted), timedelta())
    if rule.unit is Unit.HOURS:
        assert counted == timedelta(hours=rule.amount)
    if rule.unit is Unit.MINUTES:
        assert counted == timedelta(minutes=rule.amount)
    if rule.unit is Unit.WORKDAYS:
        day = CALENDAR.day(found.at.date())
        assert day.works
        assert found.at == SHIPPED_HOURS.closing(day)
        if not waits:
            worked = {s.began.date() for s in spans if s.counted}
            assert len(worked) == rule.amount


@given(ANY_RULE, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=5)), WAITS)
def test_starting_later_never_ends_earlier(
    rule: ClockRule, started: datetime, later: timedelta, waits: list[Wait]
) -> None:
    # Without a wait in between: what was waited before a later start is not given back to it.
    kept = [wait for wait in waits if wait.began >= started + later]
    assert computed(rule, started, kept).at <= computed(rule, started + later, kept).at


@given(ANY_RULE, MOMENTS, WAITS, WAITS)
def test_waiting_more_never_ends_earlier(
    rule: ClockRule, started: datetime, waits: list[Wait], more: list[Wait]
) -> None:
    assert computed(rule, started, waits).at <= computed(rule, started, waits + more).at


@given(ANY_RULE, MOMENTS, WAITS)
def test_a_longer_clock_never_ends_earlier(rule: ClockRule, started: datetime, waits: list[Wait]) -> None:
    longer = replace(rule, amount=rule.amount + 1)
    assert computed(rule, started, waits).at < computed(longer, started, waits).at


@given(MOMENTS, WAITS)
def test_the_calendar_moves_no_clock_in_hours(started: datetime, waits: list[Wait]) -> None:
    bare = due(ONE_DAY, started, waits, calendar=WorkCalendar(), hours=SHIPPED_HOURS)
    assert bare.at == computed(ONE_DAY, started, waits).at


@given(MOMENTS)
def test_another_zone_changes_nothing(started: datetime) -> None:
    assert computed(THREE_DAYS, started.astimezone(UTC), []) == computed(THREE_DAYS, started, [])


@given(ANY_RULE, MOMENTS, WAITS)
def test_what_had_counted_grows_to_the_whole(rule: ClockRule, started: datetime, waits: list[Wait]) -> None:
    """Where the clock ends, as much has counted as its rule says; what does not count adds nothing."""
    found = computed(rule, started, waits)
    reached = so_far(found, rule.unit, calendar=CALENDAR, hours=SHIPPED_HOURS)
    before = (Fraction(0), *reached)
    for span, earlier, now in zip(found.counted, before, reached, strict=False):
        assert now >= earlier
        assert span.counted or now == earlier
    if rule.unit in (Unit.MINUTES, Unit.HOURS):
        assert reached[-1] == rule.amount
    else:
        assert rule.amount <= reached[-1] < rule.amount + 1  # the last day runs to closing time
