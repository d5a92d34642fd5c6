"""Reads the file of a roster (A6): xlsx, xls, csv in UTF-8 or GB18030, told by its bytes and not its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from deskapp.base.clock import day_of, system_clock
from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.roster import OwnerIn, Roster, RosterNote, RosterRow, RowIssue, Severity, Sheet
from deskapp.domain.roster_columns import LEFT_OUT, RosterField, find_columns, likely_headings
from deskapp.domain.roster_reading import read_sheet
from deskapp.exchange.sheets import SheetFile, open_sheets

__all__ = [
    "OwnerIn",
    "Roster",
    "RosterField",
    "RosterFile",
    "RosterNote",
    "RosterRow",
    "RowIssue",
    "Severity",
    "issue_sentence",
    "look_at",
    "note_sentence",
    "read_roster",
]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file offers, before it is known whether it is a roster.

    Attributes:
        sheets: the visible ones, in order; one without a name for a text of rows.
        sheet: the one that is read when nobody says another.
        headings: of that sheet, as well as they can be told; the clerk may say which is what.
    """

    sheets: tuple[str, ...]
    sheet: str
    headings: tuple[str, ...]


def look_at(data: bytes, filename: str, *, sheet: str | None = None) -> RosterFile:
    """The sheets of a file and the headings of the one to be read.

    Raises:
        Refused: ``roster.empty``, ``roster.not_a_sheet``, ``roster.damaged``, ``roster.password``,
            ``roster.too_large``, ``roster.no_such_sheet``.
    """
    with open_sheets(data, filename) as file:
        chosen = _first_roster(file, _candidates(file, sheet), None)
        columns = find_columns(chosen.rows)
        headings = columns.headings if columns else likely_headings(chosen.rows)
        return RosterFile(file.visible, chosen.name, headings)


def read_roster(
    data: bytes,
    filename: str,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Roster:
    """Reads a roster from the bytes of a file.

    Args:
        data: the whole file.
        filename: named in sentences only.
        sheet: sheet to read; else the first visible one that is a roster.
        mapping: heading -> field (`RosterField`), for headings that are not recognised; "" leaves it out.
        today: day of reading; the machine's, if None.

    Raises:
        Refused: ``roster.empty``, ``roster.not_a_sheet``, ``roster.damaged``, ``roster.password``,
            ``roster.too_large``, ``roster.no_such_sheet``, ``roster.not_a_roster``,
            ``roster.columns_missing``, ``roster.unknown_heading``, ``roster.unknown_field``.
    """
    if unknown := [field for field in (mapping or {}).values() if field not in {*RosterField, LEFT_OUT}]:
        raise Refused("roster.unknown_field", field=unknown[0], fields="、".join(RosterField))
    with open_sheets(data, filename) as file:
        names = _candidates(file, sheet)
        chosen = _first_roster(file, names, mapping)
        roster = read_sheet(chosen, today=today or day_of(system_clock()), mapping=mapping)
        others = [name for name in names if name != chosen.name and _is_roster(file.sheet(name), mapping)]
    said = []
    if sheet is None and file.hidden:
        said.append(RosterNote("hidden_sheets", {"sheets": "、".join(file.hidden)}))
    if others:
        said.append(RosterNote("other_sheets", {"sheet": chosen.name, "sheets": "、".join(others)}))
    return replace(roster, notes=(*said, *roster.notes))


def issue_sentence(issue: RowIssue) -> str:
    """What is wrong in a row and what to do, in the language shown."""
    return say(f"roster.issue.{issue.code}", **issue.values)


def note_sentence(note: RosterNote) -> str:
    """What is to be said about the file, in the language shown."""
    return say(f"roster.note.{note.code}", **note.values)


def _candidates(file: SheetFile, wanted: str | None) -> tuple[str, ...]:
    if wanted is None:
        if not file.visible:
            raise Refused("roster.not_a_roster")
        return file.visible
    if wanted not in (*file.visible, *file.hidden):
        raise Refused("roster.no_such_sheet", sheet=wanted, sheets="、".join(file.visible))
    return (wanted,)


def _first_roster(file: SheetFile, names: tuple[str, ...], mapping: Mapping[str, str] | None) -> Sheet:
    """The first sheet that is a roster, else the first with anything in it, whose refusal tells most."""
    filled: Sheet | None = None
    for name in names:
        sheet = file.sheet(name)
        if _is_roster(sheet, mapping):
            return sheet
        if filled is None and any(any(cell not in ("", None) for cell in row) for row in sheet.rows):
            filled = sheet
    return filled or file.sheet(names[0])


def _is_roster(sheet: Sheet, mapping: Mapping[str, str] | None) -> bool:
    try:
        columns = find_columns(sheet.rows, mapping)
    except Refused:
        return False
    return columns is not None and columns.has(RosterField.OWNERS)
