"""Tables and the models below them: what is selected stays so, and a hundred thousand rows stay a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.models.windowed import WindowModel
from deskapp.gui.widgets.tables import RowTable

Row = tuple[int, str]
COLUMNS = (
    Column[Row]("号", lambda row: str(row[0]), 80, number=True, tip=lambda _row: ""),
    Column[Row]("姓名", lambda row: row[1], colour=lambda row: "danger" if row[1] == "超时" else ""),
)


def keyed() -> RowsModel[Row]:
    return RowsModel(COLUMNS, key=lambda row: row[0])


def shown(model: RowsModel[Row]) -> list[tuple[str, str]]:
    return [
        (str(model.index(at, 0).data()), str(model.index(at, 1).data())) for at in range(model.rowCount())
    ]


lists = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from("甲乙丙")), max_size=10, unique_by=lambda row: row[0]
)


@given(lists, lists)
def test_rows_shown_anew_are_the_new_ones_and_those_that_stay_are_the_same(
    before: list[Row], after: list[Row]
) -> None:
    model = keyed()
    model.show_rows(before)
    held = {row[0]: QPersistentModelIndex(model.index(at, 0)) for at, row in enumerate(before)}
    model.show_rows(after)
    assert model.rows() == tuple(after)
    assert shown(model) == [(str(number), name) for number, name in after]
    stay = {row[0]: at for at, row in enumerate(after)}
    for number, index in held.items():
        assert index.isValid() == (number in stay)
        assert not index.isValid() or index.row() == stay[number]


def test_changes_keep_the_rules_of_a_model(qtmodeltester: ModelTester) -> None:
    model = keyed()
    qtmodeltester.check(model)  # stays watching while the rows change
    model.show_rows([(1, "甲"), (2, "乙"), (3, "丙")])
    model.show_rows([(3, "丙"), (4, "丁"), (1, "己")])
    model.show_rows([])
    assert model.rowCount() == 0


def test_two_rows_of_one_key_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError):
        keyed().show_rows([(1, "甲"), (1, "乙")])


def test_a_cell_shows_its_text_as_it_is() -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    model.show_rows([(1, "陈<b>强</b>\n二"), (2, "超时")])
    name = model.index(0, 1)
    assert name.data() == "陈<b>强</b> 二"
    assert name.data(Qt.ItemDataRole.ToolTipRole) == "<qt>陈&lt;b&gt;强&lt;/b&gt;\n二</qt>"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert name.data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(1, 1).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.index(1, 0).data(RowsModel.ROW) == (2, "超时")
    assert model.index(1, 0).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "姓名"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None


@pytest.fixture
def table(qtbot: QtBot) -> RowTable:
    model = keyed()
    model.show_rows([(1, "甲"), (2, "乙"), (3, "丙")])
    made = RowTable("movein.queue", "等候队列", model, empty="还没有人等候。")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def test_enter_and_a_double_click_open_a_row(table: RowTable, qtbot: QtBot) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    third = table.visualRect(table.model().index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=third)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert opened == [(2, "乙"), (2, "乙"), (3, "丙")]


def test_tab_leaves_the_table(table: RowTable, qtbot: QtBot) -> None:
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert table.current() == (1, "甲")


def test_the_row_marked_stays_marked_when_the_list_is_read_anew(table: RowTable, qtbot: QtBot) -> None:
    assert table.mark((2, "乙"))
    assert not table.mark((9, "无"))
    model = table.model()
    assert isinstance(model, RowsModel)
    model.show_rows([(3, "丙"), (5, "戊"), (2, "乙改")])
    assert table.current() == (2, "乙改")
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    marked: list[Row | None] = []
    table.marked.connect(marked.append)
    model.show_rows([(3, "丙")])
    assert marked[-1] == table.current() == (3, "丙")
    model.show_rows([])
    assert marked[-1] is table.current() is None


def test_an_empty_table_says_so(table: RowTable) -> None:
    assert table.accessibleDescription() == ""
    model = table.model()
    assert isinstance(model, RowsModel)
    model.show_rows([])
    assert table.accessibleDescription() == "还没有人等候。"
    before = table.viewport().grab().toImage()
    table.set_empty("")
    assert before != table.viewport().grab().toImage()  # the sentence was drawn


def test_rows_are_high_enough_and_the_name_takes_what_is_left(table: RowTable) -> None:
    assert table.rowHeight(0) >= 32
    assert table.columnWidth(0) + table.columnWidth(1) >= table.viewport().width() - 2


class Store:
    """A hundred thousand rows, handed out window by window, later than asked."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.asked: list[int] = []
        self.waiting: list[Callable[[], None]] = []

    def ask(self, last: Row | None, limit: int, deliver: Callable[[Sequence[Row]], None]) -> None:
        start = last[0] + 1 if last else 0
        self.asked.append(start)
        window = [(at, f"名 {at}") for at in range(start, min(start + limit, self.rows))]
        self.waiting.append(lambda: deliver(window))

    def answer(self) -> None:
        self.waiting.pop(0)()


def test_only_what_is_looked_at_is_read(qtbot: QtBot) -> None:
    store = Store(100_000)
    model: WindowModel[Row] = WindowModel(COLUMNS, 200, ask=store.ask)
    table = RowTable("residents.browse", "房屋", model)
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    model.begin()
    QApplication.processEvents()
    store.answer()
    QApplication.processEvents()
    assert (model.rowCount(), store.asked) == (200, [0])
    table.scrollToBottom()
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())  # asked for once while it is on its way
    assert store.asked == [0, 200]
    store.answer()
    assert model.rowCount() == 400
    assert not model.complete
    assert model.index(399, 1).data() == "名 399"


def test_the_last_window_ends_the_list(qapp: QApplication) -> None:
    store = Store(250)
    model: WindowModel[Row] = WindowModel(COLUMNS, 200, ask=store.ask)
    model.begin()
    QApplication.processEvents()
    store.answer()
    model.fetchMore(QModelIndex())
    store.answer()
    assert model.complete
    assert not model.canFetchMore(QModelIndex())
    assert model.rowCount() == 250


def test_an_answer_meant_for_an_earlier_list_is_passed_over(qapp: QApplication) -> None:
    store = Store(1000)
    model: WindowModel[Row] = WindowModel(COLUMNS, 200, ask=store.ask)
    model.begin()
    model.begin()
    QApplication.processEvents()
    assert store.asked == [0]
    model.begin()
    QApplication.processEvents()
    store.answer()
    assert model.rowCount() == 0
    store.answer()
    assert model.rowCount() == 200


def test_a_window_that_failed_is_asked_for_again(qapp: QApplication) -> None:
    store = Store(1000)
    model: WindowModel[Row] = WindowModel(COLUMNS, 200, ask=store.ask)
    model.begin()
    QApplication.processEvents()
    assert not model.canFetchMore(QModelIndex())
    model.failed()
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert store.asked == [0, 0]


def test_without_a_reader_the_owner_is_told(qtbot: QtBot) -> None:
    model: WindowModel[Row] = WindowModel(COLUMNS, 2)
    model.begin([(1, "甲"), (2, "乙")])
    with qtbot.waitSignal(model.more_wanted) as wanted:
        model.fetchMore(QModelIndex())
    assert wanted.args == [(2, "乙")]
    model.add([(3, "丙")])
    model.put(0, (1, "改"))
    assert shown(model) == [("1", "改"), ("2", "乙"), ("3", "丙")]
    assert model.complete
