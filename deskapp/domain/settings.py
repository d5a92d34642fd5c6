"""What a site sets for itself (⚙): company, hours, order of the stations, day's capacity, sizes, printing.

The shipped values stand in ``resources/rules/site.toml``; a site's own file and what is set in the
window go over them key by key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from deskapp.domain.datatable import Entry, Source


class StationOrder(StrEnum):
    """The shipped orders of the stations (M4)."""

    DEFAULT = "default"
    FEES_FIRST = "fees_first"


class Paper(StrEnum):
    """Paper of the slips and receipts (forms.md)."""

    A4 = "a4"
    A5 = "a5"
    CONTINUOUS = "continuous"
    """241 × 140 mm, three-part."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a day, from–to."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Company:
    """Who runs the service centre, as printed (forms.md)."""

    name: str
    legal_person: str
    phone: str
    address: str
    logo: str
    """File name of the logo in the site's folder, "" for none."""


@dataclass(frozen=True, slots=True)
class MoveIn:
    """How a move-in is run.

    Attributes:
        ordinary_between: ordinary calls between two priority calls (L3).
        daily_capacity: households a day by notice (M3).
        walk_in: households of another day taken in beyond that, at most (M6 ①).
        misses: calls without answer until the household steps aside.
        notice_text: closing text of the move-in notice.
        place: where it takes place.
        hours: as printed on the notice.
    """

    station_order: StationOrder
    ordinary_between: int
    daily_capacity: int
    walk_in: int
    misses: int
    notice_text: str
    place: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Attachments:
    """Limits of photos and scans (A8), in megabytes, and how many hang on one thing."""

    photo_mb: int
    scan_mb: int
    per_subject: int


@dataclass(frozen=True, slots=True)
class Printing:
    """Paper of receipts and slips and its printable margins in millimetres; names of printers by form."""

    receipt_paper: Paper
    margin_mm: int
    preview_first: bool


@dataclass(frozen=True, slots=True)
class Security:
    """Automatic lock after so many minutes without a hand on the keyboard (S1)."""

    lock_minutes: int


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """All that a site sets."""

    estate: str
    company: Company
    weekdays: Hours
    weekends: Hours
    movein: MoveIn
    attachments: Attachments
    printing: Printing
    security: Security


_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of ``base`` with those of ``over`` put over them, key by key in every table."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = (
            merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
        )
    return result


def parse_site(source: Source) -> SiteSettings:
    """The settings of a site.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    root = source.root
    company, hours, movein = root.table("company"), root.table("hours"), root.table("movein")
    attachments, printing = root.table("attachments"), root.table("printing")
    settings = SiteSettings(
        estate=root.text("estate", limit=60),
        company=Company(
            name=company.text("name", limit=60),
            legal_person=company.text("legal_person", "", limit=60),
            phone=company.text("phone", "", limit=60),
            address=company.text("address", "", limit=120),
            logo=company.text("logo", "", limit=120),
        ),
        weekdays=_hours(hours, "weekdays"),
        weekends=_hours(hours, "weekends"),
        movein=_movein(movein),
        attachments=Attachments(
            photo_mb=attachments.whole("photo_mb", 1, 100),
            scan_mb=attachments.whole("scan_mb", 1, 200),
            per_subject=attachments.whole("per_subject", 1, 200),
        ),
        printing=Printing(
            receipt_paper=printing.choice("receipt_paper", Paper),
            margin_mm=printing.whole("margin_mm", 0, 40),
            preview_first=printing.flag("preview_first"),
        ),
        security=Security(root.table("security").whole("lock_minutes", 1, 240)),
    )
    source.finish()
    return settings


def _movein(table: Entry) -> MoveIn:
    return MoveIn(
        station_order=table.choice("station_order", StationOrder),
        ordinary_between=table.whole("ordinary_between", 0, 20),
        daily_capacity=table.whole("daily_capacity", 1, 2000),
        walk_in=table.whole("walk_in", 0, 2000),
        misses=table.whole("misses", 1, 10),
        notice_text=table.text("notice_text", ""),
        place=table.text("place", ""),
        hours=_hours(table, "hours"),
    )


def _hours(table: Entry, key: str) -> Hours:
    """Hours written as ``"8:30-18:00"``."""
    written = table.text(key)
    parts = [_TIME.fullmatch(part.strip()) for part in re.split(r"[-–~]", written)]
    if len(parts) == 2 and parts[0] and parts[1]:
        opens, closes = (time(int(part[1]), int(part[2])) for part in parts if part)
        if opens < closes:
            return Hours(opens, closes)
    if written:
        table.fault(key, "not_hours", value=written)
    return Hours(time(0), time(23, 59))
