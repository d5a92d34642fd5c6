"""The data files in force, looked through for faults before a clerk meets them (design rule 5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deskapp.base.assets import Assets
from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.base.tomlfile import Problem
from deskapp.domain.complaints.rules import check_complaint_rules
from deskapp.domain.rules import check_rules

MM = 25.4 / 72
"""Millimetres in a point."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One printed form.

    Attributes:
        series: letters of its number series, "" for none.
        width, height: of its paper, millimetres.
        parts: names of its parts 联.
    """

    code: str
    title: str
    series: str
    version: int
    width: int
    height: int
    parts: tuple[str, ...]


def forms_in_force(assets: Assets) -> tuple[FormLine, ...]:
    """The forms there are, by code."""
    from deskapp.pdf import load_forms

    return tuple(
        FormLine(
            code,
            form.title,
            form.series,
            form.version,
            round(form.width * MM),
            round(form.height * MM),
            tuple(part.name for part in form.parts),
        )
        for code, form in sorted(load_forms(assets).items())
    )


def problems(assets: Assets, folder: Path | None = None) -> tuple[Problem, ...]:
    """Every fault of the forms and rule files in force.

    Args:
        folder: a folder of form files alone, or a site's folder (with ``forms`` or ``resources`` in it),
            to look through in place of what is in force.

    Raises:
        Refused: ``data.no_folder``.
    """
    from deskapp.pdf import check_forms

    if folder is None:
        return (*check_forms(assets), *check_rules(assets), *check_complaint_rules(assets))
    if not folder.is_dir():
        raise Refused("data.no_folder", folder=str(folder))
    if (folder / "forms").is_dir() or (folder / "resources").is_dir():
        site = Assets(folder)
        return (*check_forms(site), *check_rules(site), *check_complaint_rules(site))
    return tuple(check_forms(folder))


def sentence_of(problem: Problem) -> str:
    """What is wrong, in the language shown."""
    return say(f"data.{problem.code}", **dict(problem.values))
