"""Item models of the archive: rows of frozen data under columns, whole or in windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from deskapp.gui.theme import tokens

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        title: its heading, in the language shown.
        text: what stands in a row.
        width: pixels at 100 %; 0 takes what is left.
        number: right-aligned.
        colour: name of a colour token for a row, "" for the usual; a word must say the same.
        tip: more about a row, on hover; "" for the text itself.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    number: bool = False
    colour: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows that were read whole.

    Attributes:
        ROW: role that answers the row itself.
    """

    ROW = Role.UserRole

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Takes the place of what was shown."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> tuple[R, ...]:
        """What is shown."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> R | None:
        """The row an index points to."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            return _aligned(self.columns[section])
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or index.column() >= len(self.columns):
            return None
        column = self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.text(row).replace("\n", " ")
        if role == self.ROW:
            return row
        if role == Role.ToolTipRole:
            text = column.tip(row) if column.tip else column.text(row)
            return f"<qt>{escape(text)}</qt>" if text else None  # names may look like markup (P3)
        if role == Role.TextAlignmentRole:
            return _aligned(column)
        if role == Role.ForegroundRole and column.colour and (colour := column.colour(row)):
            return QColor(getattr(tokens(), colour))
        return None


def _aligned(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class WindowModel(RowsModel[R]):
    """Rows that are read window by window as the view comes near their end.

    Signals:
        more_wanted: what stands after the last row (the row, None for the beginning) is to be read.
    """

    more_wanted = Signal(object)

    def __init__(self, columns: Sequence[Column[R]], window: int, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._window = window
        self._asked = False
        self.complete = True

    def begin(self, rows: Sequence[R] | None = None) -> None:
        """Shows a new list from its first window; None where that is yet to be read."""
        self._asked, self.complete = False, rows is not None and len(rows) < self._window
        self.show_rows(rows or ())

    def add(self, rows: Sequence[R]) -> None:
        """Adds the window that was wanted."""
        self._asked, self.complete = False, len(rows) < self._window
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def put(self, at: int, row: R) -> None:
        """Shows a row that was read anew in its place."""
        self._rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def failed(self) -> None:
        """The window could not be read; it may be asked for again."""
        self._asked = False

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.complete and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(self._rows[-1] if self._rows else None)
