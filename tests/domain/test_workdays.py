"""Working days: the official year against two other sources, computed years, faults of a file (C6)."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.assets import Assets, shipped
from deskapp.base.clock import CHINA
from deskapp.base.tomlfile import BadDataFile
from deskapp.domain.datatable import Source
from deskapp.domain.festivals import FIRST_YEAR, LAST_YEAR, statutory_days
from deskapp.domain.workdays import (
    SHIPPED_HOURS,
    DayKind,
    WorkCalendar,
    YearCalendar,
    load_calendar,
    parse_calendar,
    provisional_between,
    provisional_year,
)

TEXT = shipped("resources/calendars/2026.toml").read_text(encoding="utf-8")
CALENDAR = load_calendar(Assets())


def days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


def parsed(text: str, file: str = "2026.toml") -> YearCalendar:
    return parse_calendar(Source(file, tomllib.loads(text), text))


def span(month: int, first: int, last: int) -> set[date]:
    return {date(2026, month, day) for day in range(first, last + 1)}


def test_2026_is_the_calendar_of_the_package_and_of_the_notice() -> None:
    assert [d for d in days(2026) if CALENDAR.is_workday(d) != chinese_calendar.is_workday(d)] == []
    rest = (
        span(1, 1, 3) | span(2, 15, 23) | span(4, 4, 6) | span(5, 1, 5)
        | span(6, 19, 21) | span(9, 25, 27) | span(10, 1, 7)
    )  # fmt: skip
    work = {date(2026, m, d) for m, d in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
    year = CALENDAR.years[2026]
    assert set(year.rest) == rest
    assert set(year.work) == work
    assert not year.provisional
    assert CALENDAR.day(date(2026, 10, 10)).kind is DayKind.MAKE_UP
    assert CALENDAR.day(date(2026, 10, 10)).holiday.zh == "国庆节"  # type: ignore[union-attr]
    assert CALENDAR.day(date(2026, 12, 12)).kind is DayKind.WEEKEND


def test_2027_rests_on_thirteen_days_and_says_that_it_is_provisional() -> None:
    fixed = ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15"]
    fixed += ["10-01", "10-02", "10-03"]
    assert [d.isoformat()[5:] for d in statutory_days(2027)] == fixed
    for day in days(2027):
        found = CALENDAR.day(day)
        assert found.provisional
        assert found.works == (day.weekday() < 5 and day not in statutory_days(2027))


def test_festivals_on_one_day_are_one_day_off_and_substitutes_are_none() -> None:
    assert len(statutory_days(2028)) == 12
    assert statutory_days(2028)[date(2028, 10, 3)].zh == "中秋节"
    assert date(2026, 1, 2) not in statutory_days(2026)
    assert len(statutory_days(2026)) == 13


def test_the_table_of_festivals_is_that_of_the_package_in_every_year() -> None:
    named = ("New Year's Day", "Chinese New Year", "Tomb-Sweeping", "Labor Day", "Dragon Boat", "Mid-Autumn")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        known = country_holidays("CN", years=year, observed=False, language="en_US")
        fixed = {
            day
            for day, name in known.items()
            if day.year == year and any(each in name for each in (*named, "National Day"))
        }
        assert set(statutory_days(year)) == fixed, year


def test_a_year_beyond_the_tables_has_weekends_and_stops_nobody() -> None:
    for year in (1, 1970, FIRST_YEAR - 1, LAST_YEAR + 1, 9999):
        assert statutory_days(year) == {}
        assert provisional_year(year).day(date(year, 5, 1)).provisional


@given(st.dates(date(2025, 1, 1), date(2099, 12, 17)))
def test_every_fortnight_has_a_working_day(day: date) -> None:
    assert any(CALENDAR.is_workday(day + timedelta(days=n)) for n in range(14))
    assert CALENDAR.day(day).works == CALENDAR.is_workday(day)


def test_days_from_goes_on_over_the_year() -> None:
    found = CALENDAR.days_from(date(2026, 12, 31))
    assert [(d.date.isoformat(), d.provisional) for d, _ in zip(found, range(2), strict=False)] == [
        ("2026-12-31", False),
        ("2027-01-01", True),
    ]
    assert [d.date for d in CALENDAR.days_from(date.max)] == [date.max]
    assert provisional_between(CALENDAR, date(2026, 12, 30), date(2027, 1, 1))
    assert not provisional_between(CALENDAR, date(2026, 1, 1), date(2026, 12, 31))


def test_the_desk_opens_by_the_kind_of_day() -> None:
    def at(text: str) -> bool:
        return SHIPPED_HOURS.open_at(datetime.fromisoformat(text).replace(tzinfo=CHINA), CALENDAR)

    assert at("2026-10-10T17:59")  # a make-up Saturday keeps weekday hours
    assert not at("2026-10-10T18:00")
    assert not at("2026-12-12T17:00")
    assert at("2026-12-12T09:00")
    assert not at("2026-12-11T08:29")
    assert not at("2026-10-05T08:45")  # a holiday on a Monday keeps those of a weekend


def test_a_new_year_is_read_from_the_sites_folder(tmp_path: Path) -> None:
    folder = tmp_path / "resources/calendars"
    folder.mkdir(parents=True)
    blocks = [
        f'[[rest]]\ncode = "d{n}"\nzh = "{label.zh}"\nfrom = "{day}"\nto = "{day}"\n'
        for n, (day, label) in enumerate(statutory_days(2027).items())
    ]
    (folder / "2027.toml").write_text('year = 2027\nsource = "通知"\n' + "\n".join(blocks), encoding="utf-8")
    calendar = load_calendar(Assets(tmp_path))
    assert set(calendar.years) == {2026, 2027}
    assert not calendar.day(date(2027, 3, 1)).provisional
    assert calendar.day(date(2028, 3, 1)).provisional
    assert WorkCalendar().day(date(2026, 10, 10)).kind is DayKind.WEEKEND


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('to = "2026-01-03"', 'to = "2026-1-3"', (12, "rest.0.to", "value.not_day")),
        ('to = "2026-01-03"', 'to = "2026-02-30"', (12, "rest.0.to", "value.not_day")),
        ('to = "2026-01-03"', 'to = "2025-01-03"', (12, "rest.0.to", "value.other_year")),
        ('to = "2026-04-06"', 'to = "2026-04-03"', (28, "rest.2.to", "value.before_start")),
        ('"2026-01-04"]', '"2026-01-05"]', (13, "rest.0.work", "value.not_weekend")),
        ('"2026-01-04"]', '"2026-01-03"]', (1, "rest", "value.rest_and_work")),
        ('code = "qingming"', 'code = "new_year"', (24, "rest.2.code", "value.twice")),
        ('from = "2026-04-04"', 'from = "2026-02-20"', (27, "rest.2.from", "value.twice")),
        ('from = "2026-04-04"', 'from = "2026-04-06"', (1, "rest", "value.statutory_missing")),
        ("year = 2026", "year = 2126", (4, "year", "value.out_of_range")),
        ("[[rest]]\ncode", "[[rest]]\nextra = 1\ncode", (8, "rest.0.extra", "value.unknown_key")),
    ],
)
def test_a_fault_of_a_calendar_is_named(old: str, new: str, wanted: tuple[int, str, str]) -> None:
    with pytest.raises(BadDataFile) as caught:
        parsed(TEXT.replace(old, new, 1))
    assert wanted in [(p.line, p.key, p.code) for p in caught.value.problems]


def test_a_file_named_after_another_year_is_told() -> None:
    assert parsed(TEXT, "neu.toml").year == 2026
    with pytest.raises(BadDataFile) as caught:
        parsed(TEXT, "/site/2027.toml")
    assert [p.code for p in caught.value.problems] == ["value.not_years_file"]
