"""All the rules that are data, read once and checked (design rule 5).

The files are read by `base.tomlfile`; what a file means is known to the module of its rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from deskapp.base import tomlfile
from deskapp.base.assets import Assets, shipped
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.domain.datatable import Source
from deskapp.domain.errands import ErrandMatter, parse_errands
from deskapp.domain.fees import FeeItem, parse_fees
from deskapp.domain.inspection import Checklist, parse_checklist
from deskapp.domain.keys import KeyKind, parse_keys
from deskapp.domain.papers import OwnerPaper, PackItem, parse_documents, parse_papers
from deskapp.domain.settings import SiteSettings, merged, parse_site

Meaning = TypeVar("Meaning")

FEES = "resources/rules/fees.toml"
CHECKLIST = "resources/checklists/inspection.toml"
PAPERS = "resources/rules/papers.toml"
DOCUMENTS = "resources/rules/documents.toml"
KEYS = "resources/rules/keys.toml"
ERRANDS = "resources/rules/errands.toml"
SITE = "resources/rules/site.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force at a site."""

    fees: tuple[FeeItem, ...]
    checklist: Checklist
    papers: tuple[PackItem, ...]
    documents: tuple[OwnerPaper, ...]
    keys: tuple[KeyKind, ...]
    errands: tuple[ErrandMatter, ...]
    site: SiteSettings


def load_rules(assets: Assets, site: Mapping[str, Any] | None = None) -> Rules:
    """The rules in force.

    Args:
        site: what was set in the window, over the files; see `settings.merged`.

    Raises:
        BadDataFile: with the faults of the first file that has any.
    """
    return Rules(
        fees=_read(assets, FEES, parse_fees),
        checklist=_read(assets, CHECKLIST, parse_checklist),
        papers=_read(assets, PAPERS, parse_papers),
        documents=_read(assets, DOCUMENTS, parse_documents),
        keys=_read(assets, KEYS, parse_keys),
        errands=_read(assets, ERRANDS, parse_errands),
        site=load_site(assets, site),
    )


def load_site(assets: Assets, over: Mapping[str, Any] | None = None) -> SiteSettings:
    """The site's settings: the shipped ones, the site's own file over them, then ``over``.

    Raises:
        BadDataFile: a fault of the site's own file, or of ``over``.
    """
    path = assets.path(SITE)
    data, text = tomlfile.read(path)
    if path != shipped(SITE):
        data = merged(tomlfile.read(shipped(SITE))[0], data)
    return parse_site(Source(str(path), merged(data, over or {}), text))


def check_rules(assets: Assets) -> list[Problem]:
    """Every fault of every rule file in force; for ``deskapp forms check``."""
    readings: tuple[Callable[[], object], ...] = (
        lambda: _read(assets, FEES, parse_fees),
        lambda: _read(assets, CHECKLIST, parse_checklist),
        lambda: _read(assets, PAPERS, parse_papers),
        lambda: _read(assets, DOCUMENTS, parse_documents),
        lambda: _read(assets, KEYS, parse_keys),
        lambda: _read(assets, ERRANDS, parse_errands),
        lambda: load_site(assets),
    )
    problems: list[Problem] = []
    for reading in readings:
        try:
            reading()
        except BadDataFile as fault:
            problems.extend(fault.problems)
    return problems


def _read(assets: Assets, relative: str, meaning: Callable[[Source], Meaning]) -> Meaning:
    path: Path = assets.path(relative)
    data, text = tomlfile.read(path)
    return meaning(Source(str(path), data, text))
