"""A day from what a person types: 12-8, 2026/12/8, 12月8日, 明天, +3."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

WORDS = {
    "昨天": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WITH_YEAR = re.compile(r"(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_IN_THE_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_IN_THE_MONTH = re.compile(r"(\d{1,2})[日号]")
_LATER = re.compile(r"\+(\d{1,3})天?")


def read_day(
    typed: str, today: date, earliest: date | None = None, latest: date | None = None
) -> date | None:
    """The day that is meant.

    Without a year it is the day nearest to today among those between ``earliest`` and ``latest``; a day
    alone (``8日``) is the next one. A year of two digits lies in this century.

    Returns:
        None where nothing is typed.

    Raises:
        ValueError: no day is written so, or the calendar has no such day.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).lower()
    if not text:
        return None
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if found := _LATER.fullmatch(text):
        return today + timedelta(days=int(found[1]))
    if found := _COMPACT.fullmatch(text) or _WITH_YEAR.fullmatch(text):
        year = int(found[1])
        return date(year if year > 99 else 2000 + year, int(found[2]), int(found[3]))
    if found := _IN_THE_YEAR.fullmatch(text):
        return _nearest(int(found[1]), int(found[2]), today, earliest, latest)
    if found := _IN_THE_MONTH.fullmatch(text):
        return _next_of_a_month(int(found[1]), today)
    raise ValueError(typed)


def _nearest(month: int, day: int, today: date, earliest: date | None, latest: date | None) -> date:
    years = range(today.year - 8, today.year + 9) if (month, day) == (2, 29) else _about(today)
    every = [found for year in years if (found := _day(year, month, day))]
    if not every:
        raise ValueError(f"{month}-{day}")
    allowed = [
        found for found in every if (earliest or date.min) <= found <= (latest or date.max)
    ]  # none of them: still the day that was typed, so that it can be said what is wrong with it
    return min(allowed or every, key=lambda found: (abs(found - today), found < today))


def _about(today: date) -> range:
    return range(today.year - 1, today.year + 2)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_of_a_month(day: int, today: date) -> date:
    for ahead in range(3):  # of two months in a row one has 31 days, or the third has
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        found = _day(year, month + 1, day)
        if found and found >= today:
            return found
    raise ValueError(str(day))
