"""The questions of a step with the fields for their answers, as they stand in the form too (C8, C10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.complaints.phrases import Phrases
from deskapp.domain.complaints.script import Ask, Field
from deskapp.gui.complaints.momentedit import MomentEdit
from deskapp.gui.complaints.phraseedit import PhraseEdit, plain_text
from deskapp.gui.widgets.naming import named, text_label

SPOKEN = frozenset({Field.REPLY, Field.ACTION})
"""Said or promised to the person: phrases to avoid are marked here as in the form (C10)."""
AHEAD = frozenset({Field.DUE, Field.NEXT_CONTACT})
SHORT = frozenset({Field.EVENT_AT, Field.PLACE, Field.AGAINST, Field.OWNER, Field.CALLER, *AHEAD})
"""Two of them stand side by side."""
STORY_LINES = 3
OFFERS = (
    "complaints.panel.moment.half_hour",
    "complaints.panel.moment.two_hours",
    "complaints.panel.moment.today_six",
    "complaints.panel.moment.tomorrow_ten",
)

Input = QLineEdit | QPlainTextEdit | PhraseEdit | MomentEdit


class AskedField(QWidget):
    """One question in the words it is asked with, and the field for the answer.

    Signals:
        typed: the text as typed here; what is shown from elsewhere is not told back.
    """

    typed = Signal(str)

    def __init__(self, object_name: str, ask: Ask, phrases: Phrases, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.field = ask.field
        self._showing = False
        self.line: QLabel = text_label(wrap=True, role="asked")
        self.input = self._input(phrases, now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.input)
        self.line.setBuddy(self.input)
        self.setFocusProxy(self.input)
        named(self.input, f"{object_name}.{ask.field.value}", ask.line)
        self.ask(ask)

    def _input(self, phrases: Phrases, now: Callable[[], datetime]) -> Input:
        hint = say(f"complaints.code.field.{self.field.value}")
        if self.field is Field.STORY:
            story = plain_text("", "", STORY_LINES)
            story.setPlaceholderText(hint)
            story.textChanged.connect(self._tell)
            return story
        if self.field in SPOKEN:
            spoken = PhraseEdit(phrases=phrases, lines=1)
            spoken.edit.setPlaceholderText(hint)
            spoken.changed.connect(self._tell)
            return spoken
        if self.field is Field.EVENT_AT or self.field in AHEAD:
            past = self.field is Field.EVENT_AT
            moment = MomentEdit(now=now, past=past, offers=() if past else [say(key) for key in OFFERS])
            moment.changed.connect(self._tell)
            return moment
        line = QLineEdit()
        line.setPlaceholderText(hint)
        line.textChanged.connect(self._tell)
        line.returnPressed.connect(lambda: self.focusNextChild())
        return line

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit(self.text())

    def text(self) -> str:
        """The answer as it stands."""
        match self.input:
            case QPlainTextEdit():
                return self.input.toPlainText()
            case PhraseEdit():
                return self.input.value()
        return self.input.text()

    def ask(self, ask: Ask) -> None:
        """The question, which may name an answer that has come meanwhile."""
        self.line.setText(f"“{ask.line}”")
        self.input.setAccessibleName(ask.line)

    def show_answer(self, text: str) -> None:
        """Shows what was answered elsewhere; a field that is being typed into is left alone."""
        focus = QApplication.focusWidget()
        if text == self.text() or (focus is not None and self.isAncestorOf(focus)):
            return
        self._showing = True
        match self.input:
            case QPlainTextEdit():
                self.input.setPlainText(text)
            case PhraseEdit():
                self.input.set_value(text)
            case MomentEdit():
                self.input.set_text(text)
            case _:
                self.input.setText(text)
        self._showing = False


class AskedFields(QWidget):
    """The questions of one step.

    Signals:
        typed: (field, text).
    """

    typed = Signal(object, str)

    def __init__(
        self, object_name: str, asks: Sequence[Ask], phrases: Phrases, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        named(self, object_name)
        self.fields = {ask.field: AskedField(object_name, ask, phrases, now) for ask in asks}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        at, beside = 0, False
        for field, asked in self.fields.items():
            short = field in SHORT
            if beside and not short:
                at, beside = at + 1, False
            grid.addWidget(asked, at, int(beside), 1, 1 if short else 2, Qt.AlignmentFlag.AlignTop)
            at, beside = (at, True) if short and not beside else (at + 1, False)
            asked.typed.connect(lambda text, field=field: self.typed.emit(field, text))

    def ask_again(self, asks: Sequence[Ask]) -> None:
        """The same questions, with what was answered meanwhile in them."""
        for ask in asks:
            self.fields[ask.field].ask(ask)

    def show_answer(self, field: Field, text: str) -> None:
        """What stands in the form stands here too."""
        if field in self.fields:
            self.fields[field].show_answer(text)

    def focus_open(self) -> bool:
        """Goes to the first question that has no answer yet; False where every one has."""
        for asked in self.fields.values():
            if not asked.text().strip():
                asked.input.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
