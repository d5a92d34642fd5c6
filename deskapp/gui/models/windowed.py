"""A window on rows held elsewhere: lists of a hundred thousand stay smooth (design: scale)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from deskapp.gui.models.rows import Column, Index, RowsModel

R = TypeVar("R")
Deliver = Callable[[Sequence[R]], None]
Ask = Callable[[R | None, int, Deliver[R]], object]
"""(row after which to read, None for the beginning; how many; what takes them). It may answer later."""


class WindowModel(RowsModel[R]):
    """Rows that are read window by window as the view comes near their end.

    A window is asked for by the row before it, not by a count: with an index the thousandth window costs the
    database as much as the first. Only what was looked at is in memory.

    Args:
        columns: from left to right.
        window: how many rows are asked for at once; fewer in an answer mean that there are no more.
        ask: reads a window; left out, `more_wanted` tells who then calls `add`.

    Signals:
        more_wanted: what stands after the last row (the row, None for the beginning) is to be read.
    """

    more_wanted = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        window: int,
        parent: QObject | None = None,
        *,
        ask: Ask[R] | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._window, self._ask = window, ask
        self._asked = False
        # Not at once: several lists may begin in one turn, as when the choice above the list is read anew.
        self._first = QTimer(self, singleShot=True, interval=0)
        self._first.timeout.connect(lambda: self.fetchMore(QModelIndex()))
        self._list = 0  # counts the lists begun, to know an answer that is meant for an earlier one
        self.complete = True

    def begin(self, rows: Sequence[R] | None = None) -> None:
        """Shows a new list from its first window; None where that is yet to be read: it is asked for."""
        self._list += 1
        self._asked, self.complete = False, rows is not None and len(rows) < self._window
        self.show_rows(rows or ())
        if rows is None:
            self._first.start()

    def add(self, rows: Sequence[R]) -> None:
        """Adds the window that was wanted."""
        self._asked, self.complete = False, len(rows) < self._window
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def failed(self) -> None:
        """The window could not be read; it may be asked for again."""
        self._asked = False

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.complete and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        self._asked = True
        last, wanted = (self._rows[-1] if self._rows else None), self._list
        self.more_wanted.emit(last)
        if self._ask is not None:
            self._ask(last, self._window, lambda rows: self._take(wanted, rows))

    def _take(self, wanted: int, rows: Sequence[R]) -> None:
        if wanted == self._list:
            self.add(rows)
