"""A form opened in its place as a card: its fields, what was wrong, do it or go back and keep the text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.naming import in_role, named, push_button, text_label


class CardForm(QFrame):
    """The card; who derives from it fills `form` and says what `confirm` gives.

    Signals:
        left: the clerk goes back; what was typed is kept.
        typed: something changed.

    Attributes:
        touched: whether anything was typed.
    """

    left = Signal()
    typed = Signal()

    def __init__(self, title: str, columns: int) -> None:
        super().__init__()
        named(self, "complaints.deed", title)
        in_role(self, "card")
        self.form = FieldForm("complaints.deed", columns=columns)
        self.problem = named(text_label(wrap=True, role="danger"), "complaints.deed.problem")
        self.problem.hide()
        self.confirm = push_button("complaints.deed.confirm", title, role="primary")
        self.back = push_button("complaints.deed.back", say("complaints.panel.deed_back"))
        self.back.clicked.connect(self.left)
        self.form.changed.connect(self._touched)
        self.touched = False
        row = QHBoxLayout()
        row.addWidget(self.confirm)
        row.addWidget(self.back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(text_label(title, role="section"))
        column.addWidget(self.form)
        column.addWidget(self.problem)
        column.addLayout(row)

    def _touched(self) -> None:
        self.touched = True
        self.problem.hide()
        self.typed.emit()

    def refuse(self, error: DeskError) -> None:
        """Says why it was not done; what was typed stays."""
        self.problem.setText(error.sentence())
        self.problem.show()

    def values(self) -> dict[str, Any]:
        """What a draft keeps; empty while nothing was typed."""
        return self.form.values() if self.touched else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows what a draft kept."""
        self.form.restore(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
