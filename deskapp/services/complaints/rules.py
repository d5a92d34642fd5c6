"""The complaint desk's rules, read once for each workstation."""

from __future__ import annotations

from functools import lru_cache

from deskapp.base.assets import Assets
from deskapp.domain.complaints.rules import ComplaintRules, load_complaint_rules
from deskapp.domain.workdays import DeskHours
from deskapp.services.desk import Desk


@lru_cache(maxsize=4)
def _rules_of(assets: Assets) -> ComplaintRules:
    return load_complaint_rules(assets)


def rules(desk: Desk) -> ComplaintRules:
    """The rules in force at this desk.

    Raises:
        BadDataFile: a data file cannot be used; ``deskapp forms check`` names every fault.
    """
    return _rules_of(desk.assets)


def forget_rules() -> None:
    """A file of the site was changed by this program: the rules are read again when next asked for."""
    _rules_of.cache_clear()


def hours(desk: Desk) -> DeskHours:
    """The desk's hours as the site has set them (D1)."""
    return DeskHours.of_site(desk.rules.site)
