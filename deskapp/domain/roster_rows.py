"""One row of a roster (A6): its house, its owners and what was agreed; what cannot be read stays open."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain import people
from deskapp.domain.identity import IdKind, check_identity, compact, guess_kind, split_phones
from deskapp.domain.places import Place
from deskapp.domain.roster import OwnerIn, RosterRow, RowIssue, Severity
from deskapp.domain.roster_cells import (
    Cell,
    cell_text,
    plain_text,
    read_area,
    read_balance,
    read_date,
    rounded_number,
)
from deskapp.domain.roster_columns import Columns, RosterField
from deskapp.domain.roster_places import HouseCells, Unplaced, read_place

NOBODY = frozenset({"-", "--", "—", "——", "/", "无", "暂无", "待定", "未定", "未售", "空置", "空房", "N/A"})
"""What stands for an owner where there is none yet."""
_SHOWN = 60
"""Characters of a cell that a message repeats."""


class RowReader:
    """Reads rows one by one, collecting what is wrong in `issues`.

    Args:
        columns: which column holds what.
        today: nobody is born after it.
        dashes_begin_with_building: see `roster_places.read_place`.
    """

    def __init__(self, columns: Columns, today: date, *, dashes_begin_with_building: bool) -> None:
        self.issues: list[RowIssue] = []
        self._columns = columns
        self._today = today
        self._dashes = dashes_begin_with_building
        self._number = 0

    def read(self, number: int, section: str, row: Sequence[Cell]) -> RosterRow | None:
        """The house of a row, or None if the row must be left out.

        Args:
            number: of the row, as a spreadsheet counts.
            section: building that stands over the row, "" if none.
            row: its cells, one for each heading.
        """
        self._number = number
        house = self._house(section, row)
        place = self._place(house, row)
        owners = self._owners(row)
        taken = RosterRow(
            row=number,
            place=place or Place("", "", "", ""),
            label_received=house.received,
            layout=self._text(row, RosterField.LAYOUT),
            area=self._area(row),
            owners=owners or (),
            phones=self._phones(row),
            contract_number=self._text(row, RosterField.CONTRACT_NUMBER),
            contract_date=self._date(row, RosterField.CONTRACT_DATE),
            payment=self._text(row, RosterField.PAYMENT),
            balance=self._balance(row),
            balance_received=self._text(row, RosterField.BALANCE),
            notified_day=self._date(row, RosterField.NOTIFIED_DAY),
            remark=self._text(row, RosterField.REMARK),
        )
        return taken if place is not None and owners is not None else None

    def reject(self, field: RosterField, value: str, code: str, **values: str | int) -> None:
        """Notes why the row is left out."""
        self._note(Severity.REJECTED, field, value, code, values)

    # --- cells ------------------------------------------------------------------------------------------

    def _cell(self, row: Sequence[Cell], field: RosterField) -> Cell:
        at = self._columns.of.get(field)
        return row[at[0]] if at else None

    def _text(self, row: Sequence[Cell], field: RosterField) -> str:
        return cell_text(self._cell(row, field))

    def _warn(self, field: RosterField, value: str, code: str, *, at: int = 0, **values: str | int) -> None:
        self._note(Severity.WARNING, field, value, code, values, at)

    def _note(
        self,
        severity: Severity,
        field: RosterField,
        value: str,
        code: str,
        values: dict[str, str | int],
        at: int = 0,
    ) -> None:
        several = self._columns.of.get(field)
        column = self._columns.headings[several[min(at, len(several) - 1)]] if several else ""
        shown = people.mask_digits(value)[:_SHOWN]
        filled = {"row": self._number, "column": column, "value": shown, **values}
        self.issues.append(RowIssue(self._number, column, shown, code, severity, filled))

    # --- the house --------------------------------------------------------------------------------------

    def _house(self, section: str, row: Sequence[Cell]) -> HouseCells:
        return HouseCells(
            phase=self._text(row, RosterField.PHASE),
            building=self._text(row, RosterField.BUILDING) or section,
            entrance=self._text(row, RosterField.ENTRANCE),
            room=self._text(row, RosterField.ROOM),
            kind=self._text(row, RosterField.KIND),
            layout=self._text(row, RosterField.LAYOUT),
            has_building=self._columns.has(RosterField.BUILDING),
        )

    def _place(self, house: HouseCells, row: Sequence[Cell]) -> Place | None:
        for field in (RosterField.ROOM, RosterField.BUILDING, RosterField.ENTRANCE):
            if isinstance(self._cell(row, field), date | datetime):
                self.reject(field, self._text(row, field), "house_date")  # 3-2-1906 typed into a spreadsheet
                return None
        try:
            return read_place(house, dashes_begin_with_building=self._dashes)
        except Unplaced as unplaced:
            self.reject(RosterField.ROOM, house.received, unplaced.code)
            return None

    # --- the owners -------------------------------------------------------------------------------------

    def _owners(self, row: Sequence[Cell]) -> tuple[OwnerIn, ...] | None:
        """The owners with their numbers; None if a name cannot stand."""
        columns = self._columns.of[RosterField.OWNERS]
        cells = [_somebody(plain_text(row[at]).replace("\t", " ")) for at in columns]
        if problems := [(at, name) for at, cell in enumerate(cells) for name in _bad_names(cell)]:
            for at, name in problems:
                code = (people.name_problem(name) or "").replace("name.", "name_")
                heading = self._columns.headings[columns[at]]
                shown = cell_text(name)
                self.reject(RosterField.OWNERS, shown, code, column=heading, limit=people.NAME_LIMIT)
            return None
        named = [list(zip(people.split_owners(cell), people.shares_of(cell), strict=True)) for cell in cells]
        if not any(named):
            self._warn(RosterField.OWNERS, "", "owner_missing")
        numbers = self._numbers(row, [len(names) for names in named])
        owners = []
        for position, (name, share) in enumerate(pair for names in named for pair in names):
            kind, number = numbers[position] if position < len(numbers) else (None, "")
            owners.append(OwnerIn(name, people.role_of(name, position), share, kind, number))
        return tuple(owners)

    def _numbers(self, row: Sequence[Cell], counts: list[int]) -> list[tuple[IdKind | None, str]]:
        """One number for each owner in order: of his own column where each has one, else of the one cell."""
        columns = self._columns.of.get(RosterField.ID_NUMBER, ())
        found = [self._numbers_of(row[at], nth) for nth, at in enumerate(columns)]
        if len(found) == len(counts) and len(counts) > 1:
            slots = [
                (numbers + [(None, "")] * count)[: max(count, len(numbers))]
                for numbers, count in zip(found, counts, strict=True)
            ]
        else:
            slots = found
        numbers = [number for slot in slots for number in slot]
        for _, extra in numbers[sum(counts) :]:
            if extra:
                self._warn(RosterField.ID_NUMBER, people.mask_id(extra), "id_extra")
        return numbers[: sum(counts)]

    def _numbers_of(self, cell: Cell, nth: int) -> list[tuple[IdKind | None, str]]:
        if rounded_number(cell):
            self._warn(RosterField.ID_NUMBER, cell_text(cell), "id_rounded", at=nth)
            return [(None, "")]
        return [self._number_of(compact(piece), nth) for piece in people.split_numbers(plain_text(cell))]

    def _number_of(self, number: str, nth: int) -> tuple[IdKind | None, str]:
        if not number.strip("-—/无"):
            return None, ""
        if rounded_number(number):
            self._warn(RosterField.ID_NUMBER, number, "id_rounded", at=nth)
            return None, ""
        kind = guess_kind(number)
        check = check_identity(kind, number, today=self._today, look_up_region=False)
        if check.ok:
            return kind, check.number
        code = (check.code or "").replace("identity.", "id_")
        if code == "id_checksum" and number.endswith("000") and number.isdigit():
            code = "id_rounded"  # a spreadsheet wrote zeros for the digits it had lost, then a csv was made
        self._warn(RosterField.ID_NUMBER, people.mask_id(number), code, at=nth)
        return None, ""

    def _phones(self, row: Sequence[Cell]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for nth, at in enumerate(self._columns.of.get(RosterField.PHONE, ())):
            text = plain_text(row[at])
            for check in split_phones(text) if text.strip("-—/无 ") else ():
                if check.ok:
                    found[check.number] = None
                else:
                    self._warn(RosterField.PHONE, check.number, "phone_format", at=nth)
        return tuple(found)

    # --- what was agreed --------------------------------------------------------------------------------

    def _area(self, row: Sequence[Cell]) -> Decimal | None:
        try:
            return read_area(self._cell(row, RosterField.AREA))
        except ValueError:
            self._warn(RosterField.AREA, self._text(row, RosterField.AREA), "area_unreadable")
            return None

    def _date(self, row: Sequence[Cell], field: RosterField) -> date | None:
        try:
            return read_date(self._cell(row, field))
        except ValueError:
            self._warn(field, self._text(row, field), "date_unreadable")
            return None

    def _balance(self, row: Sequence[Cell]) -> Decimal | None:
        try:
            return read_balance(self._cell(row, RosterField.BALANCE), self._columns.balance_unit)
        except ValueError:
            self._warn(RosterField.BALANCE, self._text(row, RosterField.BALANCE), "balance_unreadable")
            return None


def _somebody(cell: str) -> str:
    """A cell of names; "" for one that says in words or strokes that there is no owner yet."""
    return "" if unicodedata.normalize("NFKC", cell).strip().upper() in NOBODY else cell


def _bad_names(cell: str) -> list[str]:
    """The names of a cell that cannot stand; line breaks part names and are no part of one."""
    return [name for name in people.split_owners(cell) if people.name_problem(name)]
