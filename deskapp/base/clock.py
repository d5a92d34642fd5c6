"""Time enters here and nowhere else: services hand it down as an argument (design rule 1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
"""Every estate lies in the one time zone of China, which has no summer time."""

Clock = Callable[[], datetime]
"""Answers the present moment, aware, in `CHINA`."""


def system_clock() -> datetime:
    """The machine's clock, in China's zone."""
    return datetime.now(UTC).astimezone(CHINA)


class SetClock:
    """A clock that stands until it is moved: for drills, tests and the tour."""

    def __init__(self, now: datetime) -> None:
        self.now = now if now.tzinfo else now.replace(tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> datetime:
        """Moves the clock by a `timedelta` given in keywords; returns the new moment."""
        self.now += timedelta(**step)
        return self.now


def as_text(moment: datetime) -> str:
    """ISO 8601 with offset, to the second, as outside programs get it (cli.md)."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def day_of(moment: datetime) -> date:
    """The calendar day at the estate."""
    return moment.astimezone(CHINA).date()
