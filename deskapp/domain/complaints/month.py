"""A month's figures put into shares and judgements (C17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

WORKS_FROM = Decimal(85)
"""Per cent of cases settled in time, and not opened again, from which a way of handling works."""
PARTLY_FROM = Decimal(60)
_TENTH = Decimal("0.1")


class Judged(StrEnum):
    """What is thought of a way of handling; the supervisor may think otherwise."""

    WORKS = "works"
    PARTLY = "partly"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one place; None of nothing, which is neither good nor bad."""
        if not self.total:
            return None
        return (Decimal(100 * self.hits) / self.total).quantize(_TENTH, ROUND_HALF_UP)

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.total + other.total)


def judged(share: Share) -> Judged | None:
    """A way of handling by its share of good ends; None while there was none."""
    percent = share.percent
    if percent is None:
        return None
    if percent >= WORKS_FROM:
        return Judged.WORKS
    return Judged.PARTLY if percent >= PARTLY_FROM else Judged.FAILS


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def months_back(month: date, count: int) -> date:
    """The first day of the month so many months before; a negative count goes forward.

    Raises:
        ValueError: before the first or after the last year a date may have.
    """
    year, at = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, at + 1, 1)
