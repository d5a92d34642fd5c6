"""Makes rosters as sales departments do: xlsx, xls, csv, of made-up people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt

TODAY = date(2026, 11, 20)
HEADINGS = (
    *("序号", "楼栋", "单元", "房号", "户型", "建筑面积", "业主姓名", "身份证号", "联系电话"),
    *("合同编号", "签约日期", "付款方式", "房款情况", "通知办理日期", "备注"),
)
NUMBERS = ("210102196410230007", "350203199805100000", "330106195206210007", "43010419830121000X")
"""Valid checksums; the order code 000 is never issued."""


def row(at: int, **changed: Any) -> list[Any]:
    """One usual row; `changed` by heading."""
    cells = {
        "序号": at,
        "楼栋": "1#",
        "单元": "1单元",
        "房号": f"{at}01",
        "户型": "三室一厅一卫",
        "建筑面积": 89.5,
        "业主姓名": "曹红玉",
        "身份证号": NUMBERS[at % len(NUMBERS)],
        "联系电话": f"1990000{at:04d}",
        "合同编号": f"WH2025-{at:05d}",
        "签约日期": date(2025, 5, 11),
        "付款方式": "按揭",
        "房款情况": "已结清",
        "通知办理日期": date(2026, 12, 4),
        "备注": None,
    }
    return list((cells | changed).values())


def table(*rows: Sequence[Any]) -> list[Sequence[Any]]:
    """Title, headings and rows."""
    return [["望湖花园首批入住名单"], HEADINGS, *rows]


def xlsx(
    rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), sheets: dict[str, Any] | None = None
) -> bytes:
    """A workbook; `sheets` adds others as name -> (rows, state)."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "名单"
    _fill(page, rows)
    for area in merge:
        page.merge_cells(area)
    for name, (others, state) in (sheets or {}).items():
        other = book.create_sheet(name)
        other.sheet_state = state
        _fill(other, others)
    return _saved(book)


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("名单")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                page.write(at, column, cell, *([day] if isinstance(cell, date) else []))
    return _saved(book)


def text(rows: Sequence[Sequence[Any]], encoding: str, delimiter: str = ",") -> bytes:
    """A csv; days as a spreadsheet writes them in China."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for cells in rows:
        writer.writerow([f"{c.year}/{c.month}/{c.day}" if isinstance(c, date) else c for c in cells])
    return out.getvalue().encode(encoding)


def _fill(page: Any, rows: Sequence[Sequence[Any]]) -> None:
    for at, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                made = page.cell(at, column)
                made.value = cell
                if isinstance(cell, str):
                    made.data_type = "s"  # "=1+1" is a name here


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
