"""Text that is said to a resident: phrases to avoid are underlined while it is typed, never blocked (C10)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import language, say
from deskapp.domain.complaints.phrases import Mark, Phrases
from deskapp.gui import theme
from deskapp.gui.widgets.naming import named, text_label

AROUND = 8
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


class PhraseEdit(QWidget):
    """A field for what is said to a resident, with the better wording below it.

    Args:
        lines: how many lines it shows.

    Signals:
        changed: the text changed.
    """

    changed = Signal()

    def __init__(self, object_name: str = "", spoken: str = "", *, phrases: Phrases, lines: int = 2) -> None:
        super().__init__()
        self._phrases, self._lines = phrases, lines
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        if lines == 1:
            self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.marker = PhraseMarker(self.edit.document(), phrases)
        self.better = text_label(wrap=True, role="warning")
        self.better.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.edit)
        column.addWidget(self.better)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._typed)
        self.edit.cursorPositionChanged.connect(self._advise)
        named(self, object_name, spoken)
        self._fit()

    def setObjectName(self, name: str | Any) -> None:
        """The parts are named after the whole: ``….edit``, ``….better``."""
        super().setObjectName(name)
        self.edit.setObjectName(f"{name}.edit")
        self.better.setObjectName(f"{name}.better")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.edit.setAccessibleDescription(description)

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
        """The better wording of the phrase at the cursor, else of the last one before it, else the first."""
        marks = self.marks()
        self.better.setVisible(bool(marks))
        if not marks:
            return
        cursor = self.edit.textCursor().position()
        before = [mark for mark in marks if utf16_length(self.value()[: mark.start]) <= cursor]
        mark = before[-1] if before else marks[0]
        word = self.value()[mark.start : mark.end]
        better = mark.better.in_language(language())
        self.better.setText(say("complaints.panel.phrase.better", word=word, better=better))
        self.edit.setAccessibleDescription(self.better.text())

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
