"""A clock that never runs back (faults: clock set back)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.clock import CHINA, NeverBack, SetClock, as_text, day_of

START = datetime(2026, 12, 4, 23, 59, 30, tzinfo=CHINA)


@given(st.lists(st.integers(-100_000, 100_000), max_size=30))
def test_moments_only_ever_grow(steps: list[int]) -> None:
    machine = SetClock(START)
    clock = NeverBack(machine, START)
    last = clock()
    for step in steps:
        machine.forward(seconds=step)
        now = clock()
        assert now > last or (now == last == machine.now)
        assert clock.behind == max(timedelta(), last - machine.now if now != machine.now else timedelta())
        last = now


def test_a_clock_set_right_again_is_believed_at_once() -> None:
    machine = SetClock(START - timedelta(hours=3))
    clock = NeverBack(machine, START)
    assert clock() > START
    assert clock.behind == timedelta(hours=3)
    machine.forward(hours=4)
    assert clock() == START + timedelta(hours=1)
    assert clock.behind == timedelta()


def test_a_day_and_a_moment_are_the_estates() -> None:
    london = START.astimezone(tz=None)
    assert day_of(london).isoformat() == "2026-12-04"
    assert as_text(london) == "2026-12-04T23:59:30+08:00"
