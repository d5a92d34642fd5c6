"""The shared models as the tests make them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.models.windowed import WindowModel
from tests.harness.models import model

COLUMNS = (
    Column[tuple[int, str]]("号", lambda row: f"A{row[0]:03}", 72, number=True),
    Column[tuple[int, str]]("姓名", lambda row: row[1], colour=lambda row: "danger" if row[0] > 2 else ""),
)
ROWS = [(1, "王䶮"), (2, "陈<b>强</b>"), (3, "=1+1")]


@model(RowsModel)
def rows_of_three() -> RowsModel[tuple[int, str]]:
    made: RowsModel[tuple[int, str]] = RowsModel(COLUMNS, key=lambda row: row[0])
    made.show_rows(ROWS)
    return made


@model(RowsModel)
def no_rows() -> RowsModel[tuple[int, str]]:
    return RowsModel(COLUMNS)


@model(WindowModel)
def two_windows() -> WindowModel[tuple[int, str]]:
    made: WindowModel[tuple[int, str]] = WindowModel(COLUMNS, 2)
    made.begin(ROWS[:2])
    made.add(ROWS[2:])
    return made


@model(WindowModel)
def a_window_that_answers_at_once() -> WindowModel[tuple[int, str]]:
    def ask(last: tuple[int, str] | None, limit: int, deliver: object) -> None:
        start = last[0] if last else 0
        assert callable(deliver)
        deliver([(at, f"名 {at}") for at in range(start + 1, min(start + limit, 25) + 1)])

    made: WindowModel[tuple[int, str]] = WindowModel(COLUMNS, 10, ask=ask)
    made.begin()
    made.fetchMore(QModelIndex())
    return made
