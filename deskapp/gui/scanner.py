"""A scanner types fast and ends with Enter, wherever the focus is (L7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from deskapp.base.later import later

if TYPE_CHECKING:
    from deskapp.gui import typed
else:
    (typed,) = later("deskapp.gui", "typed")

FASTEST_FINGERS = 0.035
"""Seconds between two keys below which no person types a whole number."""
SHORTEST = 6
"""Characters of the shortest code that is scanned."""
SURE_AFTER = 2
"""Characters so fast after which keys are kept from buttons and lists: a space in a code presses nothing."""
PAPER = re.compile(r"[A-Z]{2}-\d{4}-\d{6}[^0-9A-Za-z]+[0-9a-f]{12}$", re.IGNORECASE)
"""What the code of one of our papers ends a text with: its number and its check digits."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Scanner(QObject):
    """Recognises what a scanner typed, and takes it out of the field it fell into.

    Two things are a scan when Enter ends them: at least `SHORTEST` characters, each within
    `FASTEST_FINGERS` of the one before; and the whole code of one of our papers, however slowly it came
    (a scanner on the radio, or one whose letters went through a Chinese input method).
    In a field the keys go where they would go until that Enter, so a person's typing is never held back.

    Args:
        clock: seconds, asked for every key; None for the time the key itself bears. That time counts, not
            that of its handling: after the window was held up, a person's keys arrive all at once.

    Signals:
        scanned: the text of the code.
    """

    scanned = Signal(str)

    def __init__(self, app: QApplication, clock: Callable[[], float] | None = None) -> None:
        super().__init__(app)
        self._clock = clock
        self._burst = ""
        self._last = 0.0
        self._before: typed.Before | None = None
        self._window: QWindow | None = None
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def _follow(self, window: QWindow | None) -> None:
        """Watches the window that the keyboard types into: few events pass it, and every key."""
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the keys before any widget does; swallows only what belongs to a scan."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        widget = target()
        if not isinstance(event, QKeyEvent) or widget is None:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._before_shortcuts(event)
        return self._key(widget, event)

    def _moment(self, event: QKeyEvent) -> float:
        return self._clock() if self._clock else event.timestamp() / 1000

    def _is_fast(self, event: QKeyEvent) -> bool:
        return 0 <= self._moment(event) - self._last <= FASTEST_FINGERS

    def _before_shortcuts(self, event: QKeyEvent) -> bool:
        """A key of a scan is no shortcut: it goes on as a plain key, and `_key` deals with it."""
        if len(self._burst) >= SURE_AFTER and self._is_fast(event):
            event.accept()
            return True
        return False

    def _key(self, watched: QWidget, event: QKeyEvent) -> bool:
        fast = self._is_fast(event)
        self._last = self._moment(event)
        if event.key() in _ENTER:
            return self._enter(watched, fast)
        if event.key() in _SHIFTS:
            return False
        text = event.text()
        if event.isAutoRepeat() or event.modifiers() & _COMMANDS or not _is_of_a_code(text):
            self._burst = ""
            return False
        if not fast or not self._burst:
            self._burst = ""
            self._before = typed.state_of(watched)
        self._burst += text
        return len(self._burst) > SURE_AFTER and not typed.takes_text(watched)

    def _enter(self, watched: QWidget, fast: bool) -> bool:
        burst, self._burst = self._burst, ""
        before, self._before = self._before, None
        if fast and len(burst) >= SHORTEST:
            if before is not None:
                before.restore()
        else:
            burst = unicodedata.normalize("NFKC", typed.take_before_cursor(watched, paper_code))
        if not burst:
            return False
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self.scanned.emit(burst)
        return True


def target() -> QWidget | None:
    """The widget the keys go to; a key event passes several objects on its way there."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def paper_code(text: str) -> str:
    """The code of one of our papers at the end of a text, as it stands there, be it in full width; or ""."""
    plain = unicodedata.normalize("NFKC", text)
    found = PAPER.search(plain)
    if found is None or len(plain) != len(text):
        return ""
    return text[found.start() :]


def _is_of_a_code(text: str) -> bool:
    return len(text) == 1 and text.isprintable() and text.isascii()
