"""Meter readings at hand-over: water, electricity and gas, always with a photo (M6 ③)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum


class Meter(StrEnum):
    """The meters read at hand-over, always with a photo (M6 ③)."""

    WATER = "water"
    ELECTRICITY = "electricity"
    GAS = "gas"


_READING = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)


def reading_text(text: str) -> str:
    """A reading as it is kept: the digits as they stand on the meter, leading zeros too, half-width."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("。", ".")
    return re.sub(r"\s+", "", plain)


def reading_problem(text: str, previous: str = "", *, photo: bool = True) -> str:
    """Why a reading cannot stand, or "" (M6 ③).

    Args:
        previous: the reading before, "" for a new meter.
        photo: whether a picture of the meter is there; it always must be.

    Returns:
        ``reading_missing``, ``reading_not_number``, ``reading_backwards`` or ``reading_no_photo``; the
        sentence's key stands under ``error.inspection.``.
    """
    reading = reading_text(text)
    if not reading:
        return "reading_missing"
    if not _READING.fullmatch(reading):
        return "reading_not_number"
    before = reading_text(previous)
    if before and Decimal(reading) < Decimal(before):
        return "reading_backwards"
    return "" if photo else "reading_no_photo"
