"""Times as people say them (voice: on the screen)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from deskapp.base.clock import CHINA
from deskapp.base.i18n import say


class Sense(Enum):
    """What a span of time is."""

    DUE = "due"
    """Until it is due; negative, for how long it has been overdue."""
    AGO = "ago"
    """Since it happened."""
    WAITING = "waiting"
    """For how long somebody has been waiting."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence by its key, to be said in any language."""

    key: str
    values: dict[str, Any]

    def text(self) -> str:
        """In the language shown."""
        return say(self.key, **self.values)


KEYS: dict[str, tuple[str, str, str, str, str]] = {
    "left": ("time.left.now", "time.left.min", "time.left.hour", "time.left.hour_min", "time.left.day"),
    "over": ("time.over.now", "time.over.min", "time.over.hour", "time.over.hour_min", "time.over.day"),
    "ago": ("time.ago.now", "time.ago.min", "time.ago.hour", "time.ago.hour_min", "time.ago.day"),
    "wait": ("time.wait.now", "time.wait.min", "time.wait.hour", "time.wait.hour_min", "time.wait.day"),
}
"""Under a minute, minutes, whole hours, hours and minutes, days."""
MINUTES_MATTER = 5
"""Hours up to which the minutes beside them are said."""


def spoken(delta: timedelta, sense: Sense = Sense.DUE) -> Spoken:
    """How a span is said.

    What is left is rounded down, so that nobody is told more time than there is; an overdue span is
    rounded down as well. A negative span of another sense, as after the clock was set back, is none.
    """
    word = {Sense.AGO: "ago", Sense.WAITING: "wait"}.get(sense, "left" if delta >= timedelta() else "over")
    span = abs(delta) if sense is Sense.DUE else max(delta, timedelta())
    now, minute, hour, hour_minute, day = KEYS[word]
    minutes = int(span.total_seconds() // 60)
    hours = minutes // 60
    if minutes == 0:
        return Spoken(now, {})
    if hours == 0:
        return Spoken(minute, {"minutes": minutes})
    if hours >= 24:
        return Spoken(day, {"n": hours // 24})
    if minutes % 60 and hours < MINUTES_MATTER:
        return Spoken(hour_minute, {"hours": hours, "minutes": minutes % 60})
    return Spoken(hour, {"hours": hours})


def exact(moment: datetime) -> str:
    """The exact time behind a spoken one, at the estate."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def moment_text(moment: datetime) -> str:
    """Day, hours and minutes at the estate; it can be typed so, too."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
