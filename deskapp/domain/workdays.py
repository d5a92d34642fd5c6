"""Which days are working days, and the hours of the desk (C6, D1; law.md).

A year's official calendar is data (``resources/calendars/<year>.toml``, a site's own file goes before the
shipped one). A year without one is provisional: weekends and the thirteen days that the regulation on
public holidays fixes rest, nothing is moved and nothing made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType

from deskapp.base import tomlfile
from deskapp.base.assets import Assets
from deskapp.base.clock import CHINA
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.festivals import FIRST_YEAR, LAST_YEAR, statutory_days
from deskapp.domain.settings import Hours, SiteSettings

FOLDER = "resources/calendars"

_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    """A Saturday or Sunday worked in exchange for a holiday."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar.

    Attributes:
        holiday: its holiday, or the one it makes up for; None for ordinary days.
        provisional: its year has no official calendar yet.
    """

    date: date
    kind: DayKind
    holiday: Label | None = None
    provisional: bool = False

    @property
    def works(self) -> bool:
        """Whether it counts as a working day."""
        return self.kind in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The days of one year that differ from an ordinary week.

    Attributes:
        source: the notice it was taken from, "" if provisional.
        rest: the days off and the holiday of each.
        work: weekend days that are worked, and the holiday they make up for.
    """

    year: int
    source: str
    rest: Mapping[date, Label]
    work: Mapping[date, Label]

    @property
    def provisional(self) -> bool:
        """Whether it was computed for want of an official one."""
        return not self.source

    def day(self, when: date) -> Day:
        """One of its days."""
        if when in self.rest:
            return Day(when, DayKind.HOLIDAY, self.rest[when], self.provisional)
        if when in self.work:
            return Day(when, DayKind.MAKE_UP, self.work[when], self.provisional)
        ordinary = DayKind.WEEKEND if when.weekday() >= _SATURDAY else DayKind.WORKDAY
        return Day(when, ordinary, None, self.provisional)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The official calendars at hand; every other year is computed and provisional."""

    years: Mapping[int, YearCalendar] = field(default_factory=dict)

    def day(self, when: date) -> Day:
        """What a day is."""
        return (self.years.get(when.year) or provisional_year(when.year)).day(when)

    def is_workday(self, when: date) -> bool:
        """Whether a day is worked."""
        return self.day(when).works

    def days_from(self, first: date) -> Iterator[Day]:
        """The day and all that follow."""
        for number in range((date.max - first).days + 1):
            yield self.day(first + timedelta(days=number))


@dataclass(frozen=True, slots=True)
class DeskHours:
    """When the desk is open (D1 ⚙)."""

    workdays: Hours
    rest_days: Hours

    @classmethod
    def of_site(cls, site: SiteSettings) -> DeskHours:
        """As the site has set them."""
        return cls(site.weekdays, site.weekends)

    def on(self, day: Day) -> Hours:
        """The hours of a day."""
        return self.workdays if day.works else self.rest_days

    def opening(self, day: Day) -> datetime:
        """When the desk opens that day."""
        return datetime.combine(day.date, self.on(day).opens, CHINA)

    def closing(self, day: Day) -> datetime:
        """When the desk closes that day."""
        return datetime.combine(day.date, self.on(day).closes, CHINA)

    def open_at(self, moment: datetime, calendar: WorkCalendar) -> bool:
        """Whether the desk is open at a moment."""
        local = moment.astimezone(CHINA)
        day = calendar.day(local.date())
        return self.opening(day) <= local < self.closing(day)


SHIPPED_HOURS = DeskHours(Hours(time(8, 30), time(18)), Hours(time(9), time(17)))
"""D1 as shipped, for tests and drills; a desk uses `DeskHours.of_site`."""


@lru_cache(maxsize=128)
def provisional_year(year: int) -> YearCalendar:
    """A year without an official calendar."""
    return YearCalendar(year, "", statutory_days(year), MappingProxyType({}))


def parse_calendar(source: Source) -> YearCalendar:
    """The calendar of a year, as ``resources/calendars/2026.toml`` or one to be imported.

    Raises:
        BadDataFile: with every fault by line and key: no day, a day of another year, a day named twice, a
            make-up day that is no weekend day, a day that is off by regulation and left out.
    """
    root = source.root
    year = root.whole("year", FIRST_YEAR, LAST_YEAR)
    notice = root.text("source", limit=200)
    rest: dict[date, Label] = {}
    work: dict[date, Label] = {}
    blocks = [(entry, entry.code()) for entry in root.entries("rest")]
    report_twice(blocks)
    for entry, _ in blocks:
        label = entry.label()
        for day in _days_off(entry, year):
            _put(entry, "from", rest, day, label)
        for written in entry.texts("work", ()):
            made_up = _day(entry, "work", written, year)
            if made_up is not None and made_up.weekday() < _SATURDAY:
                entry.fault("work", "not_weekend", value=written)
            elif made_up is not None:
                _put(entry, "work", work, made_up, label)
    for day in sorted(set(rest) & set(work)):
        root.fault("rest", "rest_and_work", value=day.isoformat())
    for day, label in statutory_days(year).items():
        if day not in rest and not source.problems:
            root.fault("rest", "statutory_missing", value=day.isoformat(), name=label.zh)
    named = PurePath(source.file).stem
    if named.isdecimal() and int(named) != year:
        root.fault("year", "not_years_file", value=year)
    source.finish()
    return YearCalendar(year, notice, MappingProxyType(rest), MappingProxyType(work))


def load_calendar(assets: Assets) -> WorkCalendar:
    """Every official calendar in force.

    Raises:
        BadDataFile: with the faults of the first file that has any.
    """
    years = {}
    for path in assets.folder(FOLDER):
        data, text = tomlfile.read(path)
        read = parse_calendar(Source(str(path), data, text))
        years[read.year] = read
    return WorkCalendar(MappingProxyType(years))


def provisional_between(calendar: WorkCalendar, first: date, last: date) -> bool:
    """Whether a stretch of days touches a year without an official calendar."""
    years: Iterable[int] = range(first.year, last.year + 1)
    return any(year not in calendar.years or calendar.years[year].provisional for year in years)


def _days_off(entry: Entry, year: int) -> tuple[date, ...]:
    first = _day(entry, "from", entry.text("from"), year)
    last = _day(entry, "to", entry.text("to"), year)
    if first is None or last is None:
        return ()
    if last < first:
        entry.fault("to", "before_start", value=last.isoformat())
    return tuple(first + n * _DAY for n in range((last - first).days + 1))


def _day(entry: Entry, key: str, written: str, year: int) -> date | None:
    """A day written as ``2026-01-31``, with its fault noted if it is none of the year."""
    if not written:
        return None  # already noted as missing or empty
    try:
        day = date.fromisoformat(written) if _ISO.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None:
        entry.fault(key, "not_day", written=written, value=written)
    elif day.year != year:
        entry.fault(key, "other_year", written=written, value=written)
        return None
    return day


_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _put(entry: Entry, key: str, days: dict[date, Label], day: date, label: Label) -> None:
    if day in days:
        entry.fault(key, "twice", value=day.isoformat())
    days[day] = label
