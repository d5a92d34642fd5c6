"""A moment from what a person types; nothing is ever guessed in silence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.clock import CHINA
from deskapp.gui.complaints.moment_reading import read_moment
from deskapp.gui.widgets.spoken_time import moment_text

NOW = datetime(2026, 12, 4, 17, 5, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:30", "2026-12-04 18:30"),
        ("1830", "2026-12-04 18:30"),
        ("六点前", "2026-12-04 18:00"),
        ("6:00", "2026-12-05 06:00"),
        ("下午6点半", "2026-12-04 18:30"),
        ("晚上十点", "2026-12-04 22:00"),
        ("明早九点", "2026-12-05 09:00"),
        ("明天 10:00", "2026-12-05 10:00"),
        ("12-8 9:00", "2026-12-08 09:00"),
        ("12月8日9点", "2026-12-08 09:00"),
        ("后天", "2026-12-06 18:00"),
        ("30分钟后", "2026-12-04 17:35"),
        ("in 2 hours", "2026-12-04 19:05"),
        ("tomorrow 9am", "2026-12-05 09:00"),
        ("中午12点", "2026-12-05 12:00"),
        ("夜里2点", "2026-12-05 02:00"),
        ("１８：３０", "2026-12-04 18:30"),
    ],
)
def test_as_people_write_it(typed: str, meant: str) -> None:
    moment = read_moment(typed, NOW)
    assert moment is not None
    assert moment_text(moment) == meant


def test_of_an_event_it_lies_behind() -> None:
    moment = read_moment("22:10", NOW, past=True)
    assert moment == datetime(2026, 12, 3, 22, 10, tzinfo=CHINA)


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_is_no_moment(typed: str) -> None:
    assert read_moment(typed, NOW) is None


@pytest.mark.parametrize(
    "typed", ["25:00", "12:60", "尽快", "soon", "13点70", "32日", "<b>", "99999999999999小时后"]
)
def test_what_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_moment(typed, NOW)


@given(st.integers(-200_000, 200_000), st.booleans())
def test_what_is_shown_can_be_typed(minutes: int, past: bool) -> None:
    moment = NOW + timedelta(minutes=minutes)
    assert read_moment(moment_text(moment), NOW, past=past) == moment


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        moment = read_moment(text, NOW)
    except ValueError:
        return
    assert moment is None or moment.tzinfo is not None
