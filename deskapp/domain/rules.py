"""All the rules that are data, each file read once and checked (design rule 5).

The files are read by `base.tomlfile`; what a file means is known to the module of its rules, which is
imported with the first reading: a window that is opening wants none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from deskapp.base import tomlfile
from deskapp.base.assets import Assets, shipped
from deskapp.base.later import later
from deskapp.base.tomlfile import BadDataFile, Problem

if TYPE_CHECKING:
    from deskapp.domain import datatable, errands, fees, inspection, keys, papers, settings
    from deskapp.domain.errands import ErrandMatter
    from deskapp.domain.fees import FeeItem
    from deskapp.domain.inspection import Checklist
    from deskapp.domain.keys import KeyKind
    from deskapp.domain.papers import OwnerPaper, PackItem
else:
    datatable, errands, fees, inspection, keys, papers, settings = later(
        "deskapp.domain", "datatable", "errands", "fees", "inspection", "keys", "papers", "settings"
    )

Meaning = TypeVar("Meaning")

FEES = "resources/rules/fees.toml"
CHECKLIST = "resources/checklists/inspection.toml"
PAPERS = "resources/rules/papers.toml"
DOCUMENTS = "resources/rules/documents.toml"
KEYS = "resources/rules/keys.toml"
ERRANDS = "resources/rules/errands.toml"
SITE = "resources/rules/site.toml"


class Rules:
    """The rules in force at a site; each file is read when its rules are first asked for."""

    def __init__(self, assets: Assets, over: Mapping[str, Any] | None = None) -> None:
        self._assets, self._over = assets, over

    @cached_property
    def fees(self) -> tuple[FeeItem, ...]:
        """What is charged, and how it is computed."""
        return _read(self._assets, FEES, fees.parse_fees)

    @cached_property
    def checklist(self) -> Checklist:
        """What is looked at when a house is inspected."""
        return _read(self._assets, CHECKLIST, inspection.parse_checklist)

    @cached_property
    def papers(self) -> tuple[PackItem, ...]:
        """What a household signs for."""
        return _read(self._assets, PAPERS, papers.parse_papers)

    @cached_property
    def documents(self) -> tuple[OwnerPaper, ...]:
        """What a household shows."""
        return _read(self._assets, DOCUMENTS, papers.parse_documents)

    @cached_property
    def keys(self) -> tuple[KeyKind, ...]:
        """Which keys a house has."""
        return _read(self._assets, KEYS, keys.parse_keys)

    @cached_property
    def errands(self) -> tuple[ErrandMatter, ...]:
        """What the desk takes over for a household."""
        return _read(self._assets, ERRANDS, errands.parse_errands)

    @cached_property
    def site(self) -> settings.SiteSettings:
        """What the site sets for itself."""
        return load_site(self._assets, self._over)


FILES = {
    "fees": FEES,
    "checklist": CHECKLIST,
    "papers": PAPERS,
    "documents": DOCUMENTS,
    "keys": KEYS,
    "errands": ERRANDS,
    "site": SITE,
}
"""Attribute of `Rules` -> its file."""


def load_rules(assets: Assets, site: Mapping[str, Any] | None = None) -> Rules:
    """The rules in force.

    What a site wrote itself is read at once, so that a fault in it is said before the window stands; the
    shipped files, which our tests have read, wait until they are wanted.

    Args:
        site: what was set in the window, over the files; see `settings.merged`.

    Raises:
        BadDataFile: with the faults of the first of the site's own files that has any.
    """
    rules = Rules(assets, site)
    for name, relative in FILES.items():
        if assets.path(relative) != shipped(relative) or (name == "site" and site):
            getattr(rules, name)
    return rules


def load_site(assets: Assets, over: Mapping[str, Any] | None = None) -> settings.SiteSettings:
    """The site's settings: the shipped ones, the site's own file over them, then ``over``.

    Raises:
        BadDataFile: a fault of the site's own file, or of ``over``.
    """
    path = assets.path(SITE)
    data, text = tomlfile.read(path)
    if path != shipped(SITE):
        data = settings.merged(tomlfile.read(shipped(SITE))[0], data)
    return settings.parse_site(datatable.Source(str(path), settings.merged(data, over or {}), text))


def check_rules(assets: Assets) -> list[Problem]:
    """Every fault of every rule file in force; for ``deskapp forms check``."""
    rules = Rules(assets)
    problems: list[Problem] = []
    for name in FILES:
        try:
            getattr(rules, name)
        except BadDataFile as fault:
            problems.extend(fault.problems)
    return problems


def _read(assets: Assets, relative: str, meaning: Callable[[datatable.Source], Meaning]) -> Meaning:
    path: Path = assets.path(relative)
    data, text = tomlfile.read(path)
    return meaning(datatable.Source(str(path), data, text))
