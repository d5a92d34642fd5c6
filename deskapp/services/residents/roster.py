"""A roster into the archive: previewed row by row, then written whole or not at all (A6).

seen = preview(desk, data, "roster.xlsx")
done = apply(desk, command_id, seen)      # refuses while a row is rejected, unless good_rows=True
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.unit import Unit
from deskapp.domain.roster import Roster, RosterRow, RowIssue, Severity
from deskapp.domain.staff import Action
from deskapp.exchange import workbook
from deskapp.exchange.roster import RosterFile, issue_sentence, look_at, note_sentence, read_roster
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.residents.roster_known import Known, known_of
from deskapp.services.residents.roster_plan import (
    FieldChange,
    RowKind,
    RowPlan,
    changes_shown,
    label_of,
    planned,
)
from deskapp.services.residents.roster_write import Progress, RosterWriter

_UNNAMED = re.compile(r"(?:sheet|工作表|table)\s*\d*", re.IGNORECASE)
"""What spreadsheets call a sheet that nobody named."""

MANY = 400
"""More changed houses than this are announced as "all": windows then read anew what they show."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row that can be taken.

    Attributes:
        row: number as a spreadsheet counts.
        names: the owners, ``、`` between them.
        changes: what would be written over what the archive has; empty for a new house.
    """

    row: int
    label: str
    names: str
    kind: RowKind
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class IssueShown:
    """One thing wrong in one row, with its sentence in the language shown.

    Attributes:
        value: what stands there; numbers of people masked.
        code: stable code of `domain.roster.RowIssue`.
    """

    row: int
    column: str
    value: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What a roster holds and what taking it would do; nothing is written yet.

    Attributes:
        rows: the rows that can be taken, in the order of the file.
        rejected: why rows are left out; a row may stand here more than once.
        warnings: what is left open in rows that are taken.
        notes: sentences about the file as a whole: hidden sheets, skipped rows.
        columns: heading -> field.
        rows_read: rows with data, taken and rejected.
        sha256: of the file's bytes.
    """

    filename: str
    sheet: str
    rows: tuple[PreviewRow, ...]
    rejected: tuple[IssueShown, ...]
    warnings: tuple[IssueShown, ...]
    notes: tuple[str, ...]
    columns: Mapping[str, str]
    rows_read: int
    rejected_rows: int
    sha256: str
    roster: Roster

    def count(self, kind: RowKind) -> int:
        """How many rows are new, change something, or change nothing."""
        return sum(row.kind is kind for row in self.rows)


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What taking a roster did: rows by what they did, and the batch that their days belong to."""

    accepted: int
    updated: int
    unchanged: int
    rejected: int
    batch: str


def outline(desk: Desk, data: bytes, filename: str, *, sheet: str | None = None) -> RosterFile:
    """The sheets and headings of a file, so that a clerk can say which column is what.

    Raises:
        Refused: ``staff.no_right``; the file is no sheet of cells at all, see `exchange.roster.look_at`.
    """
    desk.require(Action.ROSTER_IMPORT)
    return look_at(data, filename, sheet=sheet)


def preview(
    desk: Desk,
    data: bytes,
    filename: str,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> RosterPreview:
    """Reads a roster and says what taking it would do, and everything wrong by row.

    Args:
        mapping: heading -> field, for headings that are not recognised; "" leaves the column out.

    Raises:
        Refused: ``staff.no_right``; the file is no roster, see `exchange.roster.read_roster`.
    """
    desk.require(Action.ROSTER_IMPORT)
    roster = read_roster(data, filename, sheet=sheet, mapping=mapping, today=day_of(desk.now()))
    return previewed(desk, roster, filename, hashlib.sha256(data).hexdigest())


def previewed(desk: Desk, roster: Roster, filename: str, sha256: str) -> RosterPreview:
    """The same for a roster that was read already, such as the sample estate's."""
    with desk.reading() as session:
        known = known_of(session, desk.estate_id, roster.rows)
    shown = tuple(
        PreviewRow(
            plan.row.row,
            label_of(plan),
            "、".join(owner.name for owner in plan.row.owners),
            plan.kind,
            changes_shown(plan) if plan.kind is RowKind.UPDATED else (),
        )
        for plan in planned(roster.rows, known)
    )
    return RosterPreview(
        filename=PurePath(filename).name,
        sheet=roster.sheet,
        rows=shown,
        rejected=tuple(map(_shown, roster.rejected)),
        warnings=tuple(map(_shown, (*roster.warnings, *_other_names(roster.rows, known)))),
        notes=tuple(map(note_sentence, roster.notes)),
        columns=roster.columns,
        rows_read=roster.rows_read,
        rejected_rows=len(roster.rejected_rows),
        sha256=sha256,
        roster=roster,
    )


def apply(
    desk: Desk,
    command_id: str,
    seen: RosterPreview,
    *,
    good_rows: bool = False,
    progress: Progress | None = None,
) -> Done[RosterResult]:
    """Takes a previewed roster in one transaction; what would change is worked out anew in it.

    Args:
        good_rows: take the good rows although others are rejected.
        progress: told rows written and rows in all; what it raises undoes everything.

    Raises:
        Refused: ``roster.rejected_rows`` unless ``good_rows``, ``staff.no_right``.
    """
    if seen.rejected_rows and not good_rows:
        raise Refused("roster.rejected_rows", rows=seen.rejected_rows)
    with desk.unit(Action.ROSTER_IMPORT, command_id) as unit:
        if unit.answered is None:
            result = _written(desk, unit, seen, progress)
            unit.answer(**{name: getattr(result, name) for name in RosterResult.__slots__})
        else:
            result = RosterResult(**unit.answered)
        return Done(result, changes_of(unit))


def rejected_workbook(seen: RosterPreview) -> bytes:
    """The rows left out, as they came, with what is wrong beside each: to correct and bring back."""
    return workbook.rejected_workbook(seen.roster)


def batch_name_of(seen: RosterPreview) -> str:
    """The name of the batch: the sheet's where it has one of its own, else the file's."""
    sheet = seen.sheet.strip()
    named = sheet and not _UNNAMED.fullmatch(sheet)
    return (sheet if named else PurePath(seen.filename).stem)[:100] or "入住"


def _written(desk: Desk, unit: Unit, seen: RosterPreview, progress: Progress | None) -> RosterResult:
    roster = seen.roster
    known = known_of(unit.session, unit.estate_id, roster.rows)
    plans = list(planned(roster.rows, known))
    writer = RosterWriter(desk, unit, known, seen.filename, batch_name_of(seen))
    writer.write(plans, progress)
    counts = {kind: _count(plans, kind) for kind in RowKind}
    result = RosterResult(
        accepted=counts[RowKind.NEW],
        updated=counts[RowKind.UPDATED],
        unchanged=counts[RowKind.UNCHANGED],
        rejected=seen.rejected_rows,
        batch=writer.batch,
    )
    if writer.houses:
        _record(unit, seen, writer, result)
    return result


def _record(unit: Unit, seen: RosterPreview, writer: RosterWriter, result: RosterResult) -> None:
    data: dict[str, Any] = {
        "file": seen.filename,
        "sha256": seen.sha256,
        "accepted": result.accepted,
        "updated": result.updated,
        "rejected": result.rejected,
    }
    unit.record("roster.imported", "estate", unit.estate_id, data=data)
    if len(writer.houses) > MANY:
        unit.changes.clear()
        unit.touch("all", 0)
    else:
        for house_id in writer.houses:
            unit.touch("house", house_id)


def _count(plans: list[RowPlan], kind: RowKind) -> int:
    return sum(plan.kind is kind for plan in plans)


def _shown(issue: RowIssue) -> IssueShown:
    return IssueShown(issue.row, issue.column, issue.value, issue.code, issue_sentence(issue))


def _other_names(rows: tuple[RosterRow, ...], known: Known) -> list[RowIssue]:
    """An identity number that the archive or the file has under another name is said, not believed (P5)."""
    names = {number: name for number, (_, name) in known.by_id.items()}
    found = []
    for row in rows:
        for owner in row.owners:
            if not owner.id_number:
                continue
            other = names.setdefault(owner.id_number, owner.name)
            if other != owner.name:
                values: dict[str, str | int] = {"row": row.row, "name": owner.name, "other": other}
                found.append(RowIssue(row.row, "", owner.name, "id_of_another", Severity.WARNING, values))
    return found
