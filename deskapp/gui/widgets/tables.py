"""How tables look and are walked: whole rows, no vertical lines, Enter opens (wireframes: look)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from deskapp.gui.models.rows import RowsModel
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named

NARROWEST = 60
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _RowDelegate(QStyledItemDelegate):
    """Draws a thin line below each row, and figures of one width."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            font: QFont = option.font
            font.setFeature(QFont.Tag("tnum"), 1)
            option.font = font

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect
        painter.save()
        painter.setPen(QColor(tokens().line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class RowTable(QTableView):
    """A table of `RowsModel`.

    Args:
        empty: sentence in the middle while there is no row; with a next step, an `EmptyState` in the place
            of the table says more.

    Signals:
        opened: a row was entered or double-clicked (the row itself).
        marked: another row is the current one (the row itself, None for none).
    """

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, object_name: str, spoken: str, model: RowsModel[Any], *, empty: str = "") -> None:
        super().__init__()
        named(self, object_name, spoken)
        self._rows, self._empty = model, empty
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
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
        self._size_rows_and_columns()
        self.doubleClicked.connect(self._open)
        moved = self.selectionModel().currentRowChanged
        moved.connect(lambda now, _before: self.marked.emit(model.row_at(now)))
        model.modelReset.connect(lambda: self.marked.emit(None))
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(lambda *_: self._say_empty())
        self._say_empty()

    def _size_rows_and_columns(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 20)
        self.verticalHeader().setDefaultSectionSize(round(tokens().row * scale))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, column in enumerate(self._rows.columns):
            stretched = column.width == 0
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(at, mode)
            if not stretched:
                header.resizeSection(at, round(column.width * scale))

    def set_empty(self, sentence: str) -> None:
        """What is said while there is no row."""
        self._empty = sentence
        self._say_empty()

    def _say_empty(self) -> None:
        self.setAccessibleDescription("" if self._rows.rowCount() else self._empty)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(tokens().muted))
            room = self.viewport().rect().adjusted(24, 8, -24, -8)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
            painter.end()

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
        """Enter opens the current row; the arrows begin with the first."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._size_rows_and_columns()
