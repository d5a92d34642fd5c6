"""Reference cycles are collected on the window's thread alone.

Python collects on whichever thread happens to allocate. A timer, a model or a widget that is freed so by a
background read is destroyed by Qt on the wrong thread: at best Qt complains, at worst the program ends later,
somewhere else. So the automatic collection is switched off, and a timer of the window's thread does it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
"""Milliseconds between two looks; a look without enough garbage costs a microsecond."""


class GarbageCollector(QObject):
    """Takes over from Python's automatic collection for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collects the oldest generation that is due, by Python's own thresholds."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return

    @staticmethod
    def settle() -> None:
        """Leaves what the start has loaded out of every later collection: it stays until the end anyway."""
        gc.freeze()
