"""How the complaint panel says times, spans and codes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskapp.base.clock import CHINA
from deskapp.base.i18n import language
from deskapp.gui.widgets.spoken_time import Sense, moment_text, spoken

if TYPE_CHECKING:
    from deskapp.domain.datatable import Label


def word(label: Label) -> str:
    """A name of the data files in the language shown."""
    return label.in_language(language())


def short_moment(moment: datetime, now: datetime) -> str:
    """A moment beside a row: the time alone for today, the day before it for others."""
    here, today = moment.astimezone(CHINA), now.astimezone(CHINA)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    return f"{here:%m-%d %H:%M}" if here.year == today.year else moment_text(moment)


def left_text(due: datetime, now: datetime) -> str:
    """还剩 12 分钟, 超时 5 分钟."""
    return spoken(due - now, Sense.DUE).text()


def is_late(due: datetime, now: datetime) -> bool:
    """Whether it is overdue."""
    return due - now < timedelta()
