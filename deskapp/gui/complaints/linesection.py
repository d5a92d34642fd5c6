"""A section of a ticket's file: lines, each with exact times on hover and small buttons at its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.gui.complaints.ticketlines import Line
from deskapp.gui.widgets.naming import discard, named, push_button, text_label
from deskapp.gui.widgets.sections import Section


class LineSection(Section):
    """Shown only where it has a line.

    Signals:
        acted: (code, subject) of a small button.
    """

    acted = Signal(str, object)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these lines in place of the last ones."""
        while self.body.count():
            item = self.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        for number, line in enumerate(lines, 1):
            self.body.addWidget(self._row(f"{self.objectName()}.{number}", line))
        self.setVisible(bool(lines))

    def _row(self, name: str, line: Line) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        text = named(text_label(line.text, wrap=True, role=line.role), name, line.text)
        text.setToolTip(line.tip)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        across.addWidget(text, 1)
        for code, words in line.acts:
            button = push_button(f"{name}.{code}", words, role="quiet")
            button.clicked.connect(lambda _=False, code=code: self.acted.emit(code, line.subject))
            across.addWidget(button)
        return row
