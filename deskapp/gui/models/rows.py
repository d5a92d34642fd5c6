"""Rows of frozen data under columns, held in memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from deskapp.gui.theme import tokens

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True)  # with slots, Column[Row](…) fails on Python 3.11
class Column(Generic[R]):
    """One column.

    Attributes:
        title: its heading, in the language shown.
        text: what stands in a row.
        width: pixels at 100 %; 0 takes what is left.
        number: right-aligned, with figures of one width.
        colour: name of a colour token for a row, "" for the usual; a word must say the same.
        tip: more about a row, on hover; "" for nothing; left out for the text itself.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    number: bool = False
    colour: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """A table of rows that were read whole.

    Args:
        columns: from left to right.
        key: what makes a row the same when it is shown anew; with it, rows that stay keep their selection
            and the view its place. Without it every list is a new one.

    Attributes:
        ROW: role that answers the row itself.
    """

    ROW = Role.UserRole

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        key: Callable[[R], Hashable] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[R] = []

    def show_rows(self, rows: Sequence[R]) -> None:
        """Takes the place of what was shown.

        Raises:
            ValueError: two rows have one key.
        """
        if self._key is None:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        keys = [self._key(row) for row in rows]
        if len(set(keys)) != len(keys):
            raise ValueError("two rows have one key")
        self._drop_all_but(set(keys))
        self._put_in_order(keys)
        self._insert_missing(rows, keys)
        self._renew(rows)

    def _drop_all_but(self, keys: set[Hashable]) -> None:
        assert self._key is not None
        for at in range(len(self._rows) - 1, -1, -1):
            if self._key(self._rows[at]) not in keys:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()

    def _put_in_order(self, keys: list[Hashable]) -> None:
        assert self._key is not None
        place = {key: at for at, key in enumerate(keys)}
        before = [self._key(row) for row in self._rows]
        after = sorted(before, key=lambda key: place[key])
        if before == after:
            return
        self.layoutAboutToBeChanged.emit()
        by_key = dict(zip(before, self._rows, strict=True))
        moved = {key: at for at, key in enumerate(after)}
        self._rows = [by_key[key] for key in after]
        for old in self.persistentIndexList():
            self.changePersistentIndex(old, self.index(moved[before[old.row()]], old.column()))
        self.layoutChanged.emit()

    def _insert_missing(self, rows: Sequence[R], keys: list[Hashable]) -> None:
        assert self._key is not None
        for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
            if at >= len(self._rows) or self._key(self._rows[at]) != key:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()

    def _renew(self, rows: Sequence[R]) -> None:
        for at, row in enumerate(rows):
            if self._rows[at] != row:
                self.put(at, row)

    def put(self, at: int, row: R) -> None:
        """Shows a row that was read anew in its place."""
        self._rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

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
