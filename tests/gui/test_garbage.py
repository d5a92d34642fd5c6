"""Nothing of Qt is freed on a background thread, where Qt cannot bear it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from deskapp.gui.garbage import GarbageCollector


class Ring(QTimer):
    """Refers to itself, as a panel does by the callbacks it gave away."""

    def __init__(self, freed_on: list[bool]) -> None:
        super().__init__()
        self.me = self
        window = QThread.currentThread()
        self.destroyed.connect(lambda: freed_on.append(QThread.currentThread() is window))
        self.start(60_000)


@pytest.fixture
def collector(qapp: QObject) -> Iterator[GarbageCollector]:
    made = GarbageCollector(qapp)
    yield made
    made._timer.stop()
    made.deleteLater()


def allocate_much() -> None:
    for _ in range(20):
        kept = [[number] for number in range(5_000)]
        del kept


def test_a_background_thread_that_allocates_much_frees_no_timer(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    gc.collect()
    freed_on: list[bool] = []
    Ring(freed_on)
    worker = threading.Thread(target=allocate_much)
    worker.start()
    worker.join()
    assert not freed_on
    gc.collect()
    assert freed_on == [True]


def test_what_is_due_is_collected_by_the_clock_of_the_window(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    freed_on: list[bool] = []
    Ring(freed_on)
    kept = [[number] for number in range(gc.get_threshold()[0] + 1)]
    qtbot.waitUntil(lambda: freed_on == [True])
    assert len(kept) > gc.get_threshold()[0]


def test_a_look_without_garbage_collects_nothing(collector: GarbageCollector) -> None:
    gc.collect()
    before = [each["collections"] for each in gc.get_stats()]
    collector.look()
    assert [each["collections"] for each in gc.get_stats()] == before
