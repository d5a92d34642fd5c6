"""A whole roster (A6): where its rows are, what is no house, the same house twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from deskapp.base.errors import Refused
from deskapp.domain.places import label, parse_label, place_key
from deskapp.domain.roster import MOST_ROWS, Roster, RosterNote, RosterRow, Sheet
from deskapp.domain.roster_cells import Cell, cell_text, plain_text
from deskapp.domain.roster_columns import Columns, RosterField, find_columns, missing_columns
from deskapp.domain.roster_places import dashes_repeat_building
from deskapp.domain.roster_rows import RowReader

_TOTAL = re.compile(
    r"(?:本?[页栋幢楼期]|全部|以上|\d+[栋幢#]|\d+号楼)?(?:小计|合计|总计|共计|累计|总数|总户数)"
    r"|(?:(?:sub|grand )?total|sum):?$",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?:制表|审核|填表|复核|经办|注意|说明|备注|注|编制|签字|日期|打印)[^,]{0,12}[:\uff1a]|第\d+页|page \d+",
    re.IGNORECASE,
)


def read_sheet(sheet: Sheet, *, today: date, mapping: Mapping[str, str] | None = None) -> Roster:
    """Reads a roster (A6).

    Args:
        sheet: the cells.
        today: nobody is born after it.
        mapping: heading -> field, for headings that are not recognised (``--map``).

    Raises:
        Refused: ``roster.not_a_roster`` without a column of houses, ``roster.columns_missing`` without
            owners, ``roster.empty`` without a row of data, ``roster.too_many_rows``, ``roster.unknown_field``
            and ``roster.unknown_heading`` for a mapping that cannot be followed.
    """
    columns = find_columns(sheet.rows, mapping)
    if columns is None:
        filled = any(cell not in ("", None) for row in sheet.rows for cell in row)
        raise Refused("roster.not_a_roster" if filled else "roster.empty")
    if missing_columns(columns):
        raise Refused("roster.columns_missing")
    table = _Table(sheet, columns)
    rows = table.rows()
    if not rows:
        raise Refused("roster.empty")
    if len(rows) > MOST_ROWS:
        raise Refused("roster.too_many_rows", most=MOST_ROWS)
    return _read(table, rows, today)


def _read(table: _Table, rows: list[tuple[int, str, list[Cell]]], today: date) -> Roster:
    columns = table.columns
    written = [
        (section or table.text(row, RosterField.BUILDING), table.text(row, RosterField.ROOM))
        for _, section, row in rows
    ]
    reader = RowReader(columns, today, dashes_begin_with_building=dashes_repeat_building(written))
    first: dict[str, int] = {}
    taken: list[RosterRow] = []
    left_out = []
    for number, section, cells in rows:
        row = reader.read(number, section, cells)
        if row and (before := first.setdefault(place_key(row.place), number)) != number:
            said = label(row.place)
            reader.reject(RosterField.ROOM, row.label_received, "duplicate_house", first=before, label=said)
            row = None
        if row:
            taken.append(row)
        else:
            left_out.append((number, tuple(plain_text(cell) for cell in cells)))
    return Roster(
        rows=tuple(taken),
        issues=tuple(reader.issues),
        columns={
            columns.headings[at]: field.value for field, several in columns.of.items() for at in several
        },
        rows_read=len(rows),
        sheet=table.name,
        notes=tuple(table.notes()),
        headings=columns.headings,
        rejected_rows=tuple(left_out),
    )


class _Table:
    """The rows of a sheet under its headings."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.columns = columns
        self.name = sheet.name
        self._sheet = sheet
        self._headings = [cell_text(heading) for heading in columns.headings]
        self._skipped: list[int] = []

    def text(self, row: Sequence[Cell], field: RosterField) -> str:
        """The texts of all columns of a field."""
        return "".join(cell_text(row[at]) for at in self.columns.of.get(field, ()))

    def rows(self) -> list[tuple[int, str, list[Cell]]]:
        """Number as a spreadsheet counts, building of the section, and cells of each row of a house."""
        section, width = "", len(self.columns.headings)
        found: list[tuple[int, str, list[Cell]]] = []
        for index, cells, continued in self._unmerged():
            row = [*cells[:width], *[None] * (width - len(cells))]
            texts = [cell_text(cell) for cell in row]
            filled = [text for text in texts if text]
            if not filled:
                continue
            if continued and found:
                self._join(found[-1][2], row)
            elif heading := self._section_of(filled):
                section = heading
            elif self._is_no_house(texts, filled):
                self._skipped.append(index + 1)
            else:
                found.append((index + 1, section, row))
        return found

    def notes(self) -> Iterator[RosterNote]:
        """What was left alone, once `rows` has run."""
        if self.columns.ignored:
            yield RosterNote("ignored_columns", {"columns": "、".join(self.columns.ignored)})
        if self._skipped:
            yield RosterNote("skipped_rows", {"rows": "、".join(map(str, self._skipped))})

    def _unmerged(self) -> Iterator[tuple[int, list[Cell], bool]]:
        """The rows under the headings, with the value of a merged range in each of its rows.

        A row whose room is merged with the one above goes on with that house; it comes as it stands.
        """
        top, rows, room = self.columns.heading_row, self._sheet.rows, self.columns.of[RosterField.ROOM][0]
        fill: dict[int, dict[int, Cell]] = {}
        continued: set[int] = set()
        for (first, column), (last, last_column) in self._sheet.merged:
            if not top < first <= last or first >= len(rows) or column >= len(rows[first]):
                continue
            below = range(first + 1, min(last + 1, len(rows)))
            if column <= room <= last_column:
                continued.update(below)
            for row in below:
                fill.setdefault(row, {})[column] = rows[first][column]
        for index in range(top + 1, len(rows)):
            cells = list(rows[index])
            if index not in continued:
                for column, value in fill.get(index, {}).items():
                    cells.extend([None] * (column + 1 - len(cells)))
                    cells[column] = value
            yield index, cells, index in continued

    def _join(self, row: list[Cell], more: Sequence[Cell]) -> None:
        """Adds the owners of a row that goes on with the same house, each with his number."""
        fields = (RosterField.OWNERS, RosterField.ID_NUMBER, RosterField.PHONE)
        columns = {at: field for field in fields for at in self.columns.of.get(field, ())}
        if not any(cell_text(more[at]) for at in self.columns.of[RosterField.OWNERS]):
            return
        for at, field in columns.items():
            blank = "无" if field is RosterField.ID_NUMBER else ""
            row[at] = f"{plain_text(row[at]) or blank}\n{plain_text(more[at]) or blank}".strip()

    def _section_of(self, filled: list[str]) -> str:
        """``3号楼`` alone in a row stands over the rows of that building, where no column names it."""
        if len(filled) != 1 or self.columns.has(RosterField.BUILDING):
            return ""
        query = parse_label(filled[0])
        return filled[0] if query.building and query.room is None else ""

    def _is_no_house(self, row: list[str], filled: list[str]) -> bool:
        """Total rows, headings repeated on each page, lines signed at the foot."""
        if row == self._headings:
            return True
        if self.text(row, RosterField.ID_NUMBER) or self.text(row, RosterField.PHONE):
            return False
        if any(_TOTAL.match(text) for text in filled[:3]) or _FOOT.match(filled[0]):
            return True
        return not (self.text(row, RosterField.ROOM) or self.text(row, RosterField.OWNERS))
