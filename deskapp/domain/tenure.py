"""How long a household has lived here, as the service centre speaks of it (A3)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Tenure(StrEnum):
    """The stages of living here."""

    NEW = "new"
    SETTLING = "settling"
    STABLE = "stable"
    OLD = "old"


_ENDS = ((6, Tenure.NEW), (12, Tenure.SETTLING), (24, Tenure.STABLE))
"""Full months with which a stage is over (A3)."""


def tenure(since: date, today: date) -> Tenure:
    """The stage of a household that has lived here since a day: <6 months, 6–12, 1–2 years, more."""
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    return next((stage for end, stage in _ENDS if months < end), Tenure.OLD)
