"""Sentences said in place instead of in a dialog (wireframes: look)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6 import QtGui
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.naming import ICON, discard, named, push_button, text_label, with_property

Kind = Literal["info", "warning", "error", "done"]
Action = tuple[str, Callable[[], object]]
"""What a button says and what it does."""

MOST = 3
ICONS: dict[str, tuple[str, str]] = {
    "info": ("fa6s.circle-info", "accent"),
    "warning": ("fa6s.triangle-exclamation", "warning"),
    "error": ("fa6s.circle-xmark", "danger"),
    "done": ("fa6s.circle-check", "good"),
}
"""Kind -> icon and its colour; the kind is also said in words to a screen reader."""


class Message(QFrame):
    """One sentence with its buttons.

    Signals:
        closed: the clerk is done with it, or one of its buttons was pressed.
    """

    closed = Signal()

    def __init__(
        self,
        object_name: str,
        kind: Kind,
        text: str,
        actions: Sequence[Action] = (),
        *,
        dismissible: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: Kind = kind
        named(self, object_name, f"{_kind_word(kind)} {text}")
        with_property(self, "role", "message")
        with_property(self, "kind", kind)
        unit = theme.tokens().unit
        row = QHBoxLayout(self)
        row.setContentsMargins(unit + 4, unit // 2, unit // 2, unit // 2)
        row.setSpacing(unit)
        icon = QLabel()
        name, colour = ICONS[kind]
        icon.setPixmap(theme.icon(name, colour).pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
        row.addWidget(icon)
        self.label = text_label(text, wrap=True)
        named(self.label, f"{object_name}.text", text)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.label, 1)
        self._actions = tuple(actions)
        self.buttons = [self._action(f"{object_name}.action{at}", at) for at in range(len(actions))]
        for button in self.buttons:
            row.addWidget(button)
        if dismissible:
            row.addWidget(self._close_button(f"{object_name}.close"))

    def captions(self) -> list[str]:
        """What its buttons say."""
        return [text for text, _callback in self._actions]

    def put(self, text: str, actions: Sequence[Action]) -> None:
        """Says something else with the same buttons: one that is being pressed is not taken away."""
        self._actions = tuple(actions)
        self.label.setText(text)
        self.label.setAccessibleName(text)
        self.setAccessibleName(f"{_kind_word(self.kind)} {text}")

    def _action(self, object_name: str, at: int) -> QPushButton:
        button = push_button(object_name, self._actions[at][0])

        def act() -> None:
            _text, callback = self._actions[at]
            self.closed.emit()
            callback()

        button.clicked.connect(act)
        return button

    def _close_button(self, object_name: str) -> QToolButton:
        words = say("widgets.message.close")
        close = named(QToolButton(), object_name, words)
        close.setText(words)
        close.setProperty("role", "quiet")
        close.clicked.connect(self.closed)
        return close


class MessageBar(QWidget):
    """Up to three sentences, the newest on top; takes no room while there is none.

    A new sentence takes the place of an earlier one with its ``key``, and of those that only inform
    (info, done): what was done for one household must not stand above the next. Warnings and errors stay
    until they are closed, replaced or cleared; the oldest gives way to a fourth.

    Signals:
        shown: (kind, sentence).
    """

    shown = Signal(str, str)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, say("widgets.message.bar"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().unit // 2)
        self._messages: list[tuple[str, Message]] = []
        self.hide()

    def show_message(
        self,
        kind: Kind,
        text: str,
        actions: Sequence[Action] = (),
        *,
        key: str = "",
        dismissible: bool = True,
    ) -> Message:
        """Says a sentence, here and to a screen reader.

        Args:
            text: plain text.
            actions: buttons; pressing one closes the message first.
            key: names what it is about, so that a later sentence on it replaces this one, without being
                read out again where only the words change; "" is its own text.
        """
        standing = self._standing(kind, key, [caption for caption, _callback in actions])
        if standing is not None:
            standing.put(text, actions)
            return standing
        self._make_room(kind, key or text)
        name = f"{self.objectName()}.{key or kind}"
        message = Message(name, kind, text, actions, dismissible=dismissible, parent=self)
        message.closed.connect(lambda: self._drop(message))
        self._messages.insert(0, (key or text, message))
        self._column.insertWidget(0, message)
        self.show()
        message.show()
        announce(message, kind, text)
        self.shown.emit(kind, text)
        return message

    def show_error(self, error: DeskError, actions: Sequence[Action] = (), *, key: str = "") -> Message:
        """Says an error's sentence."""
        return self.show_message("error", error.sentence(), actions, key=key)

    def messages(self) -> tuple[tuple[Kind, str], ...]:
        """What is said now, the newest first."""
        return tuple((message.kind, message.label.text()) for _, message in self._messages)

    def clear(self, key: str = "") -> None:
        """Takes away the sentence of a key, or all."""
        for each, message in list(self._messages):
            if not key or each == key:
                self._drop(message)

    def _standing(self, kind: Kind, key: str, captions: list[str]) -> Message | None:
        """The message of this key that says the same sort of thing with the same buttons."""
        for each, message in self._messages:
            if key and each == key and message.kind == kind and message.captions() == captions:
                return message
        return None

    def _make_room(self, kind: Kind, key: str) -> None:
        for each, message in list(self._messages):
            if each == key or message.kind in ("info", "done"):
                self._drop(message)
        while len(self._messages) >= MOST:
            self._drop(self._messages[-1][1])

    def _drop(self, message: Message) -> None:
        self._messages = [pair for pair in self._messages if pair[1] is not message]
        self._column.removeWidget(message)
        discard(message)
        self.setVisible(bool(self._messages))


def _kind_word(kind: Kind) -> str:
    words = {
        "info": "widgets.message.info",
        "warning": "widgets.message.warning",
        "error": "widgets.message.error",
        "done": "widgets.message.done",
    }
    return say(words[kind])


def announce(widget: QWidget, kind: Kind, text: str) -> None:
    """Has a sentence read out that came to stand in a widget."""
    event = QtGui.QAccessibleAnnouncementEvent(widget, f"{_kind_word(kind)} {text}")
    urgent = kind in ("warning", "error")
    politeness = QtGui.QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QtGui.QAccessible.updateAccessibility(event)
