"""How the archive's tables look and are walked: whole rows, no lines, Enter opens (wireframes: look)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from deskapp.gui.residents.models import RowsModel
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named

NARROWEST = 60


class RowTable(QTableView):
    """A table of `RowsModel`.

    Signals:
        opened: a row was entered or double-clicked (the row itself).
        marked: another row is the current one (the row itself, None for none).
    """

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, object_name: str, spoken: str, model: RowsModel[Any]) -> None:
        super().__init__()
        named(self, object_name, spoken)
        self._rows = model
        model.setParent(self)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(tokens().row)
        self._size_columns()
        self.doubleClicked.connect(self._open)
        moved = self.selectionModel().currentRowChanged
        moved.connect(lambda now, _before: self.marked.emit(model.row_at(now)))
        model.modelReset.connect(lambda: self.marked.emit(None))

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        scale = self.fontMetrics().height() / 20
        for at, column in enumerate(self._rows.columns):
            stretched = column.width == 0
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(at, mode)
            if not stretched:
                header.resizeSection(at, round(column.width * max(1.0, scale)))

    def _open(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def current(self) -> Any:
        """The current row, None for none."""
        return self._rows.row_at(self.currentIndex())

    def mark(self, row: Any) -> bool:
        """Makes a row the current one; False where it is not shown."""
        shown = self._rows.rows()
        if row not in shown:
            return False
        self.selectRow(shown.index(row))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
