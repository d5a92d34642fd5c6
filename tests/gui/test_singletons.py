"""The window outlives its signals: PySide gives back references to None and True that it never took."""

from __future__ import annotations

import sys

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal

import deskapp.gui  # noqa: F401 - what is tested happens when it is imported


class _Sender(QObject):
    sent = Signal(object)


class _Model(QSortFilterProxyModel):
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> None:  # type: ignore[override]
        return None


def test_thousands_of_signals_and_empty_answers_leave_the_interpreter_alive() -> None:
    sender, model = _Sender(), _Model()
    for _ in range(20_000):
        sender.sent.emit(None)
        model.index(0, 0).data()
        model.fetchMore(QModelIndex())
    assert sys.getrefcount(True) > 20_000
    assert sys.getrefcount(None) > 20_000
