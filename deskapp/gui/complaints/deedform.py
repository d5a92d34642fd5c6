"""The form of a deed, opened in its place; Enter in a line does it, Esc leaves and keeps the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.domain.complaints.phrases import Phrases
from deskapp.gui.complaints.asked import Asked, Deed, Sort
from deskapp.gui.complaints.cardform import CardForm
from deskapp.gui.complaints.intakemore import CountEdit
from deskapp.gui.complaints.momentedit import MomentEdit
from deskapp.gui.complaints.phraseedit import PhraseEdit, plain_text
from deskapp.gui.complaints.promiserows import OFFERS
from deskapp.gui.widgets.money import MoneyEdit
from deskapp.gui.widgets.signature import SignaturePad

WIDE = (Sort.TEXT, Sort.SPOKEN, Sort.MOMENT, Sort.PAST, Sort.TICK, Sort.SIGNATURE)
COLUMNS = 2
SIGNED_HEIGHT = 180
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DeedForm(CardForm):
    """Asks what a deed needs.

    Signals:
        given: the answers by key.
    """

    given = Signal(object)

    def __init__(self, deed: Deed, phrases: Phrases, now: Callable[[], datetime]) -> None:
        super().__init__(deed.title, COLUMNS)
        self.confirm.clicked.connect(self.submit)
        self.deed = deed
        self._inputs: dict[str, QWidget] = {}
        for ask in deed.asks:
            widget = _made(ask, phrases, now)
            self._inputs[ask.key] = widget
            span = COLUMNS if ask.sort in WIDE else 1
            field = self.form.add(ask.key, ask.label, widget, required=ask.required, span=span)
            field.label.setHidden(ask.sort is Sort.TICK)  # a tick says it beside its box

    def focus_first(self) -> None:
        """The first field has the focus."""
        first = next(iter(self._inputs.values()), self.confirm)
        first.setFocus()

    def submit(self) -> None:
        """Gives what was filled in; a required field that is empty is said at its place."""
        if self.confirm.isEnabled() and self.form.check():
            self.given.emit(self.form.answers())

    def refuse(self, error: DeskError) -> None:
        """Says why it was not done; what was typed stays, but for a secret (S1)."""
        for widget in self._inputs.values():
            if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password:
                widget.clear()
        super().refuse(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and isinstance(self.focusWidget(), QLineEdit):
            self.submit()
        else:
            super().keyPressEvent(event)


def _made(ask: Asked, phrases: Phrases, now: Callable[[], datetime]) -> QWidget:
    makers: dict[Sort, Callable[[], QWidget]] = {
        Sort.LINE: lambda: _line(ask),
        Sort.TEXT: lambda: _text(ask),
        Sort.SPOKEN: lambda: _spoken(ask, phrases),
        Sort.MOMENT: lambda: _moment(ask, now, past=False),
        Sort.PAST: lambda: _moment(ask, now, past=True),
        Sort.CHOICE: lambda: _choice(ask),
        Sort.TICK: lambda: _tick(ask),
        Sort.MONEY: lambda: _money(ask),
        Sort.COUNT: CountEdit,
        Sort.SECRET: _secret,
        Sort.SIGNATURE: _signature,
    }
    return makers[ask.sort]()


def _line(ask: Asked) -> QWidget:
    edit = QLineEdit(str(ask.given or ""))
    edit.setCursorPosition(0)  # a long text is read from its beginning
    return edit


def _text(ask: Asked) -> QWidget:
    edit = plain_text("", "", 3)
    edit.setPlainText(str(ask.given or ""))
    return edit


def _spoken(ask: Asked, phrases: Phrases) -> QWidget:
    edit = PhraseEdit(phrases=phrases, lines=3)
    edit.set_value(str(ask.given or ""))
    return edit


def _moment(ask: Asked, now: Callable[[], datetime], *, past: bool) -> QWidget:
    edit = MomentEdit(now=now, past=past, offers=() if past else [say(key) for key in OFFERS])
    if isinstance(ask.given, datetime):
        edit.set_value(ask.given)
    return edit


def _choice(ask: Asked) -> QWidget:
    box = QComboBox()
    if not ask.required or ask.given is None:
        box.addItem(say("complaints.panel.intake.open_choice"), "")
    for code, word in ask.options:
        box.addItem(word, code)
    if ask.given is not None:
        box.setCurrentIndex(max(box.findData(ask.given), 0))
    return box


def _tick(ask: Asked) -> QWidget:
    tick = QCheckBox(ask.label)
    tick.setChecked(bool(ask.given))
    return tick


def _secret() -> QWidget:
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


def _signature() -> QWidget:
    pad = SignaturePad()
    pad.setFixedHeight(SIGNED_HEIGHT)
    return pad


def _money(ask: Asked) -> QWidget:
    edit = MoneyEdit()
    edit.set_value(ask.given)
    return edit
