"""A day of the estate as the database compares it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from deskapp.base.clock import CHINA


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day at the estate, and that of the next."""
    start = datetime.combine(day, time(), CHINA)
    return start, start + timedelta(days=1)
