"""What a roster of a batch holds once it is read (A6): houses, their owners, and everything wrong by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from deskapp.domain.identity import IdKind
from deskapp.domain.people import PartyRole
from deskapp.domain.places import Place
from deskapp.domain.roster_cells import Cell

MOST_ROWS = 50_000
"""Rows with data in one file; an estate has up to 10,000 households."""


class Severity(StrEnum):
    """Whether a row is left out, or taken with one field open."""

    REJECTED = "rejected"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowIssue:
    """One thing wrong in one row; its sentence is ``roster.issue.<code>`` with `values`.

    Attributes:
        row: number as a spreadsheet counts, from 1.
        column: heading of the column, "" if it is no single one.
        value: what stands there; numbers of persons masked (design rule 6).
        values: placeholders of the sentence, with row, column and value.
    """

    row: int
    column: str
    value: str
    code: str
    severity: Severity
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterNote:
    """Something about the file as a whole to be said; its sentence is ``roster.note.<code>``."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnerIn:
    """An owner as the roster gives him.

    Attributes:
        share: as written, ``50%`` or ``1/3``; "" if it is not said.
        id_kind: None where no number was given, or it was refused; then `id_number` is "".
    """

    name: str
    role: PartyRole
    share: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One house that can be taken.

    Attributes:
        label_received: the house as the file writes it (P1).
        area: square metres.
        balance: yuan still owed to the developer; None if the file does not say.
        balance_received: how the file says it.
    """

    row: int
    place: Place
    label_received: str
    layout: str = ""
    area: Decimal | None = None
    owners: tuple[OwnerIn, ...] = ()
    phones: tuple[str, ...] = ()
    contract_number: str = ""
    contract_date: date | None = None
    payment: str = ""
    balance: Decimal | None = None
    balance_received: str = ""
    notified_day: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that was read.

    Attributes:
        rows: houses to take, in the order of the file.
        issues: everything wrong, in the order of the file.
        columns: heading -> field of the columns that were understood.
        rows_read: rows with data, taken and rejected.
        headings: all headings of the sheet.
        rejected_rows: number and texts of the rows left out, to be corrected and brought back.
    """

    rows: tuple[RosterRow, ...]
    issues: tuple[RowIssue, ...]
    columns: Mapping[str, str]
    rows_read: int
    sheet: str = ""
    notes: tuple[RosterNote, ...] = ()
    headings: tuple[str, ...] = ()
    rejected_rows: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def rejected(self) -> tuple[RowIssue, ...]:
        """The issues for which rows were left out."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.REJECTED)

    @property
    def warnings(self) -> tuple[RowIssue, ...]:
        """The issues of rows that are taken all the same."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands in a file.

    Attributes:
        rows: cells from the first row and column on, rows may be of different lengths.
        merged: merged ranges as ((row, column), (row, column)), both ends within, counted from 0.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
