"""A scanner types fast and ends with Enter, wherever the focus is (L7)."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

FASTEST_FINGERS = 0.035
"""Seconds between two keys below which no person types a whole number."""
SHORTEST = 6
"""Characters of the shortest code that is scanned."""


class Scanner(QObject):
    """Recognises a burst of keys that ends with Enter, and takes it out of the field it fell into.

    A burst is at least `SHORTEST` printable characters, each within `FASTEST_FINGERS` of the one before.
    Until the Enter comes the keys go where they would go, so a person's typing is never held back.

    Signals:
        scanned: the text of the code.
    """

    scanned = Signal(str)

    def __init__(self, app: QApplication, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._clock = clock
        self._burst = ""
        self._last = 0.0
        self._before: tuple[QWidget, str, int] | None = None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watches the keys of every widget; swallows only the Enter of a scan."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_target(watched):
            return self._key(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        now = self._clock()
        fast = now - self._last <= FASTEST_FINGERS
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            burst, self._burst = self._burst, ""
            if fast and len(burst) >= SHORTEST:
                self._restore()
                self.scanned.emit(burst)
                return True
            return False
        text = event.text()
        plain = len(text) == 1 and text.isprintable() and text.isascii()
        if not plain:
            if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
                self._burst = ""
            return False
        if not fast or not self._burst:
            self._burst = ""
            self._before = _state_of(watched)
        self._burst += text
        return False

    def _restore(self) -> None:
        if self._before is None:
            return
        widget, text, cursor = self._before
        if isinstance(widget, QLineEdit):
            widget.setText(text)
            widget.setCursorPosition(cursor)
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            widget.setPlainText(text)
            at = widget.textCursor()
            at.setPosition(cursor)
            widget.setTextCursor(at)


def _is_target(watched: QObject) -> bool:
    """A key event passes several objects; only the widget that has the focus counts."""
    focus = QApplication.focusWidget()
    return isinstance(watched, QWidget) and (watched is focus or (focus is None and watched.isWindow()))


def _state_of(watched: QObject) -> tuple[QWidget, str, int] | None:
    if isinstance(watched, QLineEdit):
        return watched, watched.text(), watched.cursorPosition()
    if isinstance(watched, QPlainTextEdit | QTextEdit):
        return watched, watched.toPlainText(), watched.textCursor().position()
    return None
