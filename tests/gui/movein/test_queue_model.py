"""The queue as a table: what it says, and that it keeps its rows while the same households stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from deskapp.gui.movein.models import PASS_ID, Column
from tests.gui.models_of_movein import queue_of_every_state
from tests.services.estates import NOW


def test_each_row_says_who_how_long_and_how_it_stands() -> None:
    queue = queue_of_every_state()
    texts = [[queue.data(queue.index(at, c)) for c in Column] for at in range(queue.rowCount())]
    assert [row[Column.NUMBER] for row in texts] == ["A001", "A002", "A003", "A004"]
    assert [row[Column.WAITED] for row in texts] == ["1 分", "2 分", "3 分", "2026-12-09"]
    assert "验房 1 号台" in texts[0][Column.STANDING]
    assert "老人" in texts[1][Column.STANDING]
    assert "未到 2 次" in texts[2][Column.STANDING]
    assert texts[0][Column.STATION] == "③"


def test_markup_in_names_stays_text_in_the_bubble() -> None:
    queue = queue_of_every_state()
    bubble = queue.data(queue.index(0, Column.NAMES), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in bubble
    assert "&amp;" in bubble


def test_the_waiting_is_counted_again_without_losing_the_row() -> None:
    queue = queue_of_every_state()
    resets: list[int] = []
    queue.modelReset.connect(lambda: resets.append(1))
    queue.tick(NOW + timedelta(hours=1))
    assert queue.data(queue.index(1, Column.WAITED)) == "1 小时 2 分"
    lines = [line for at in range(queue.rowCount()) if (line := queue.line(at)) is not None]
    again = [replace(line, row=replace(line.row, desk="前台2")) for line in lines]
    queue.show_lines(again, NOW)
    assert resets == []
    assert "前台2" in queue.data(queue.index(3, Column.STANDING))
    queue.show_lines(again[1:], NOW)
    assert resets == [1]
    assert queue.position_of(4) == 2
    assert queue.position_of(1) == -1
    assert queue.data(queue.index(0, 0), PASS_ID) == 2
    assert queue.line(9) is None
