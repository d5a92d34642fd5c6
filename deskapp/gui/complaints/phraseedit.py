"""Text that is said to a resident: phrases to avoid are underlined while it is typed, never blocked (C10)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import language, say
from deskapp.domain.complaints.phrases import BLANK, Mark, Phrases, swap
from deskapp.gui import theme
from deskapp.gui.widgets.around import FieldAround
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.outcomes import key_text

ACCEPT = "Alt+Return"
"""Puts the better wording in place of what was typed."""
AROUND = 4
"""Pixels of frame above and below the lines, together."""


def utf16_length(text: str) -> int:
    """How many units a text has for Qt: a character of the supplementary planes counts two (P3)."""
    return len(text) + sum(ord(each) > 0xFFFF for each in text)


class PhraseMarker(QSyntaxHighlighter):
    """Underlines the phrases to avoid, paragraph by paragraph."""

    def __init__(self, document: QTextDocument, phrases: Phrases) -> None:
        super().__init__(document)
        self._phrases = phrases

    def highlightBlock(self, text: str) -> None:
        for mark in self._phrases.marks(text):
            start = utf16_length(text[: mark.start])
            self.setFormat(start, utf16_length(text[mark.start : mark.end]), _underlined())


def _underlined() -> QTextCharFormat:
    """Colour and a wavy line: the sign does not rest on colour alone."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made.setUnderlineColor(QColor(theme.tokens().warning))
    made.setForeground(QColor(theme.tokens().warning))
    return made


class PhraseEdit(FieldAround):
    """A field for what is said to a resident, with the better wording below it.

    Args:
        lines: how many lines it shows.

    Attributes:
        advice: the better wording; whoever holds the field may give it a wider place.

    Signals:
        changed: the text changed.
    """

    changed = Signal()

    def __init__(self, object_name: str = "", spoken: str = "", *, phrases: Phrases, lines: int = 2) -> None:
        self.edit = QPlainTextEdit()
        self.better = text_label(wrap=True, role="warning")
        self.accept = push_button(
            "", f"{say('complaints.panel.phrase.accept')}  {key_text(ACCEPT)}", role="quiet"
        )
        super().__init__(edit=self.edit, better=self.better, accept=self.accept)
        self._phrases, self._lines = phrases, lines
        self.edit.setTabChangesFocus(True)
        if lines == 1:
            self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.marker = PhraseMarker(self.edit.document(), phrases)
        self.accept.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is there; Tab goes on to the next field
        self.accept.clicked.connect(self.accept_better)
        self.advice = QWidget()
        advice = QHBoxLayout(self.advice)
        advice.setContentsMargins(0, 0, 0, 0)
        advice.addWidget(self.better, 1)
        advice.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        self.advice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.edit)
        column.addWidget(self.advice)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._typed)
        self.edit.cursorPositionChanged.connect(self._advise)
        named(self, object_name, spoken)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.marker.rehighlight()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        fit_lines(self.edit, self._lines)

    # -- what is typed

    def marks(self) -> tuple[Mark, ...]:
        """The phrases in the text as it stands."""
        return self._phrases.marks(self.value())

    def _typed(self) -> None:
        self._advise()
        self.changed.emit()

    def _advise(self) -> None:
        mark = self._mark()
        self.advice.setVisible(mark is not None)
        if mark is None:
            self.edit.setAccessibleDescription("")
            return
        word = self.value()[mark.start : mark.end]
        better = mark.better.zh if language() == "zh_CN" else f"{mark.better.zh} {mark.better.en}"
        self.better.setText(say("complaints.panel.phrase.better", word=word, better=better))
        self.edit.setAccessibleDescription(self.better.text())

    def _mark(self) -> Mark | None:
        """The phrase at the cursor, else the last one before it, else the first."""
        marks, text = self.marks(), self.value()
        cursor = self.edit.textCursor().position()
        before = [mark for mark in marks if utf16_length(text[: mark.start]) <= cursor]
        return before[-1] if before else marks[0] if marks else None

    def accept_better(self) -> None:
        """Puts the better wording in its place, as one step that can be undone; a blank is selected."""
        mark, text = self._mark(), self.value()
        if mark is None:
            return
        found = swap(text, mark)
        start = utf16_length(text[: found.start])
        cursor = self.edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(utf16_length(text[: found.end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(found.text)
        if found.blank >= 0:
            cursor.setPosition(start + found.blank)
            cursor.setPosition(start + found.blank + len(BLANK), QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._mark() is not None:
                self.accept_better()
                return True
        return super().eventFilter(watched, event)

    # -- as an input of a form

    def value(self) -> str:
        """The text, stripped of blanks around it only where it is read by a service."""
        return self.edit.toPlainText()

    def set_value(self, text: str) -> None:
        """Shows a text."""
        if text != self.value():
            self.edit.setPlainText(text)

    def problem(self) -> str:
        """Nothing is ever wrong with it: phrases are pointed out, not blocked."""
        return ""

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.value().strip()

    def draft(self) -> Any:
        """What a draft keeps."""
        return self.value()

    def restore(self, kept: Any) -> None:
        """Shows what a draft kept."""
        if isinstance(kept, str):
            self.set_value(kept)


def plain_text(object_name: str, spoken: str, lines: int) -> QPlainTextEdit:
    """A plain field of some lines in which Tab goes on to the next field."""
    edit = QPlainTextEdit()
    named(edit, object_name, spoken)
    edit.setTabChangesFocus(True)
    edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    fit_lines(edit, lines)
    return edit


def fit_lines(edit: QPlainTextEdit, lines: int) -> None:
    """As high as so many lines, one line as high as a line field."""
    margin = int(2 * edit.document().documentMargin()) + AROUND
    edit.setFixedHeight(lines * edit.fontMetrics().lineSpacing() + margin)
