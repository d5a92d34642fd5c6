"""Writes workbooks: registers, and the rows of a roster that were left out, to be corrected and brought back.

Everything that is text stays text: ``=1+1`` is a name, no formula, and nothing becomes a link.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from deskapp.base.i18n import say
from deskapp.domain.roster import Roster
from deskapp.exchange.roster import issue_sentence

Value = str | int | Decimal | date | datetime | bool | None
"""What a cell of a register may hold; money and areas are decimals."""

_CELL_LIMIT = 32_767
_WIDEST = 48
_OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_SAME_MOMENT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written as the time of making, so that the same rows give the same bytes."""


def write_workbook(
    headings: Sequence[str], rows: Sequence[Sequence[Value]], *, sheet: str = "", title: str = ""
) -> bytes:
    """A workbook of one sheet: headings in bold, frozen, with a filter.

    Args:
        headings: names of the columns.
        rows: the cells; numbers and days stay such, everything else is text.
        sheet: name of the sheet; characters it cannot have are left out.
        title: a line above the headings, if not empty.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _SAME_MOMENT})
        page = book.add_worksheet(_sheet_name(sheet) or None)
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "text": book.add_format({"num_format": "@"}),
        }
        top = 0
        if title:
            page.write_string(0, 0, title, formats["head"])
            top = 1
        for column, heading in enumerate(headings):
            page.write_string(top, column, heading, formats["head"])
        for at, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                _write(page, at, column, value, formats)
        page.freeze_panes(top + 1, 0)
        if headings:
            page.autofilter(top, 0, max(top + len(rows), top + 1), len(headings) - 1)
        for column, heading in enumerate(headings):
            shown = [heading, *(_text(row[column]) for row in rows[:200] if column < len(row))]
            page.set_column(column, column, min(max(map(_width, shown)) + 2, _WIDEST))
    return out.getvalue()


def rejected_workbook(roster: Roster) -> bytes:
    """The rows that were left out, as they came, with what is wrong in a last column (A6).

    `read_roster` reads it again; the added column is known and ignored.
    """
    problems: dict[int, list[str]] = {}
    for issue in roster.issues:
        problems.setdefault(issue.row, []).append(issue_sentence(issue))
    kept = [at for at, heading in enumerate(roster.headings) if heading not in _PROBLEM_HEADINGS]
    headings = [*(roster.headings[at] for at in kept), say("roster.problem_column")]
    rows = [
        [*(cells[at] for at in kept), "\n".join(problems.get(number, ()))]
        for number, cells in roster.rejected_rows
    ]
    return write_workbook(headings, rows, sheet=say("roster.rejected_sheet"))


_PROBLEM_HEADINGS = ("问题", "Problem")


def _write(page: Worksheet, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | Decimal) and -(10**15) < value < 10**15:
        page.write_number(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats["day"])
    else:
        page.write_string(row, column, str(value)[:_CELL_LIMIT], formats["text"])


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _width(text: str) -> int:
    """Columns of the longest line; a Chinese character takes two."""
    return max(sum(2 if ord(mark) > 0x2E7F else 1 for mark in line) for line in text.split("\n"))


def _sheet_name(name: str) -> str:
    return "".join(mark for mark in name if mark not in "[]:*?/\\" and mark.isprintable()).strip("' ")[:31]
