"""A month's figures put into shares and judgements (C17); ``resources/rules/month.toml`` ⚙."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from deskapp.domain.datatable import Source

_TENTH = Decimal("0.1")
_NONE, _ALL = Decimal(0), Decimal(100)


class Indicator(StrEnum):
    """What a month is measured by."""

    FIRST_REPLY = "first_reply"
    SETTLED = "settled"
    SERIOUS_TOLD = "serious_told"
    CALLED_BACK = "called_back"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class MonthRules:
    """What the company asks of a month.

    Attributes:
        targets: per cent wanted; an indicator without a target is missing.
        works_from: per cent of cases settled in time, and not opened again, from which a way of handling is
            proposed as one that works; partly_from: as one that works in part.
    """

    targets: Mapping[Indicator, Decimal]
    works_from: Decimal
    partly_from: Decimal


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


def judged(rules: MonthRules, share: Share) -> Judged | None:
    """What is proposed of a way of handling by its share of good ends; None while there was none."""
    percent = share.percent
    if percent is None:
        return None
    if percent >= rules.works_from:
        return Judged.WORKS
    return Judged.PARTLY if percent >= rules.partly_from else Judged.FAILS


def parse_month(source: Source) -> MonthRules:
    """The rules of ``resources/rules/month.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    root, table = source.root, source.root.table("targets")
    works = root.decimal("works_from", _NONE, _ALL)
    rules = MonthRules(
        targets=MappingProxyType({one: table.decimal(one, _NONE, _ALL) for one in Indicator if one in table}),
        works_from=works,
        partly_from=root.decimal("partly_from", _NONE, works),
    )
    source.finish()
    return rules


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
