"""The models of the archive, for the model tester."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from deskapp.base.clock import CHINA
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.models.windowed import WindowModel
from deskapp.gui.residents.records import timeline_columns
from deskapp.services.residents.views import TimelineRow
from tests.harness.models import model

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=CHINA)


def happened(number: int) -> TimelineRow:
    """One line of a time line."""
    return TimelineRow(number, NOW, "batch.made", "batch", 1, {"name": "<b>首批</b>"}, "林晓", "前台1")


@model(RowsModel)
def rows_of_texts() -> RowsModel[str]:
    columns = (Column("一", str), Column("二", str.upper, 80, number=True, colour=lambda _: "danger"))
    made: RowsModel[str] = RowsModel(columns)
    made.show_rows(("a", "<b>", "=1+1"))
    return made


@model(RowsModel)
def no_rows() -> RowsModel[str]:
    return RowsModel((Column("一", str),))


@model(WindowModel)
def first_window_of_a_time_line() -> WindowModel[TimelineRow]:
    made: WindowModel[TimelineRow] = WindowModel(timeline_columns(lambda: NOW), 3)
    made.begin(tuple(map(happened, (3, 2, 1))))
    return made


@model(WindowModel)
def list_that_grows_as_it_is_asked() -> WindowModel[str]:
    made: WindowModel[str] = WindowModel((Column("一", str),), 2)
    made.more_wanted.connect(partial(_add, made))
    made.begin(("a", "b"))
    return made


def _add(made: WindowModel[str], last: str) -> None:
    made.add(("c", "d") if last == "b" else ())
