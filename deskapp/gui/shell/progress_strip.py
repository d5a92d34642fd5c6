"""How far long work is, and a way to stop it (design rule 7)."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from deskapp.base.i18n import say
from deskapp.gui.runner import LONG_AFTER, Progress


class ProgressStrip(QFrame):
    """Below the tabs while work takes longer than `LONG_AFTER` and reports; takes no room otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell.progress")
        self.setProperty("role", "message")
        self._progress: Progress | None = None
        self._words = QLabel(self)
        self._words.setObjectName("shell.progress.words")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("shell.progress.bar")
        self._bar.setAccessibleName(say("shell.progress"))
        self._stop = QPushButton(say("shell.progress.stop"), self)
        self._stop.setObjectName("shell.progress.stop")
        self._stop.setAccessibleName(say("shell.progress.stop"))
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Takes a report of work; short work is not shown at all."""
        if time.monotonic() - progress.began < LONG_AFTER / 1000 or progress.done >= progress.total:
            if progress is self._progress:
                self.end()
            return
        if progress is not self._progress:
            self._progress = progress
            self._stop.setEnabled(True)
        key = "shell.progress.stopping" if progress.cancelled else "shell.progress.at"
        self._words.setText(say(key, done=progress.done, total=progress.total))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self.show()

    def end(self) -> None:
        """The work is over, however it ended."""
        self._progress = None
        self.hide()

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self._stop.setEnabled(False)
            self._words.setText(
                say("shell.progress.stopping", done=self._progress.done, total=self._progress.total)
            )
