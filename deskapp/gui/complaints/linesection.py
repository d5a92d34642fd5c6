"""A section of a ticket's file: lines, each with exact times on hover and small buttons at its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.gui.complaints.ticketlines import Line
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import clear, named, push_button, text_label
from deskapp.gui.widgets.sections import Section

BESIDE = 2
"""Buttons that find room at the end of a line."""


class LineSection(Section):
    """Shown only where it has a line.

    Signals:
        acted: (code, subject) of a small button.
    """

    acted = Signal(str, object)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these lines in place of the last ones."""
        clear(self.body)
        for number, line in enumerate(lines, 1):
            self.body.addWidget(self._row(f"{self.objectName()}.{number}", line))
        self.setVisible(bool(lines))

    def _row(self, name: str, line: Line) -> QWidget:
        """The line with its buttons at its end; many of them stand below it and wrap on a narrow window."""
        row = QWidget()
        text = named(text_label(line.text, wrap=True, role=line.role), name, line.text)
        text.setToolTip(line.tip)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = [self._button(name, line, code, words) for code, words in line.acts]
        if len(buttons) > BESIDE:
            below = QWidget()
            flow = FlowLayout(below, gap=4)
            for button in buttons:
                flow.addWidget(button)
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(text)
            column.addWidget(below)
            return row
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(text, 1)
        for button in buttons:
            across.addWidget(button)
        return row

    def _button(self, name: str, line: Line, code: str, words: str) -> QPushButton:
        button = push_button(f"{name}.{code}", words, role="quiet")
        button.clicked.connect(lambda: self.acted.emit(code, line.subject))
        return button
