"""A masked number with the button that shows it, for half a minute (design rule 6)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.widgets.naming import named, push_button, text_label

SHOWN_FOR = 30_000
"""Milliseconds a whole number stays on the screen: long enough to dial it."""


class MaskedText(QWidget):
    """Shows a value masked; whole only while it was asked for.

    Args:
        reveal: writes the look down and answers the whole value, or None when it will be given later
            by `show_value`, or not at all.
        shown_for: milliseconds until it is masked again.

    Signals:
        masked_again: the whole value left the screen.
    """

    masked_again = Signal()

    def __init__(
        self,
        object_name: str,
        reveal: Callable[[], str | None],
        *,
        shown_for: int = SHOWN_FOR,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, object_name)
        self._reveal = reveal
        self._caption = self._masked = ""
        self._may, self._open = True, False
        self.text = named(text_label(), f"{object_name}.text")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = push_button(f"{object_name}.show", say("widgets.masked.show"), role="quiet")
        self.button.clicked.connect(self._pressed)
        self._timer = QTimer(self, singleShot=True, interval=shown_for)
        self._timer.timeout.connect(self.hide_value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)

    def set_masked(self, caption: str, masked: str, *, may_reveal: bool = True) -> None:
        """Puts a value here; whatever was shown whole is gone.

        Args:
            caption: whose or what it is, for a screen reader.
            masked: "" shows nothing at all.
            may_reveal: whether the person at the desk has the right to see it.
        """
        self._caption, self._masked, self._may = caption, masked, may_reveal
        self.hide_value()

    def show_value(self, value: str) -> None:
        """Shows the whole value for a while."""
        self._open = True
        self._say(value, say("widgets.masked.hide"))
        self._timer.start()

    def hide_value(self) -> None:
        """Masks it now."""
        was_open, self._open = self._open, False
        self._timer.stop()
        self._say(self._masked, say("widgets.masked.show"))
        if was_open:
            self.masked_again.emit()

    def is_open(self) -> bool:
        """Whether the whole value is on the screen."""
        return self._open

    def _say(self, text: str, verb: str) -> None:
        self.text.setText(text)
        self.text.setAccessibleName(f"{self._caption} {text}".strip())
        self.button.setText(verb)
        self.button.setAccessibleName(f"{verb} {self._caption}".strip())
        self.button.setVisible(self._may and bool(self._masked))

    def _pressed(self) -> None:
        if self._open:
            self.hide_value()
            return
        value = self._reveal()
        if value:
            self.show_value(value)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it is masked, so that nobody finds it open who comes back to the page."""
        self.hide_value()
        super().hideEvent(event)
