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


class NeverBack:
    """A clock that never runs back, whatever is done to the machine's: order in queues rests on it.

    While the machine's clock is behind, the last moment stands still, a microsecond further each time.

    Args:
        clock: the clock to believe while it runs forward.
        newest: the newest moment on record, from an earlier run or another desk.
    """

    def __init__(self, clock: Clock, newest: datetime | None = None) -> None:
        self._clock = clock
        self._last = newest
        self.behind = timedelta()
        """How far the machine's clock was behind the records when it was last asked."""

    def __call__(self) -> datetime:
        now = self._clock()
        if self._last is not None and now < self._last:
            self.behind = self._last - now
            self._last += timedelta(microseconds=1)
            return self._last
        self.behind = timedelta()
        self._last = now
        return now


def as_text(moment: datetime) -> str:
    """ISO 8601 with offset, to the second, as outside programs get it (cli.md)."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def day_of(moment: datetime) -> date:
    """The calendar day at the estate."""
    return moment.astimezone(CHINA).date()
