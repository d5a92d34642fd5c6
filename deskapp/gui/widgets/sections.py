"""Sections of a page: a title in weight, not a box (wireframes: look)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.gui import theme
from deskapp.gui.widgets.naming import named, text_label


class Section(QWidget):
    """A title, what can be done about the whole at its right, and below it the body.

    Attributes:
        body: the layout that takes what belongs to the section.
    """

    def __init__(self, object_name: str, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, title)
        unit = theme.tokens().unit
        self.title = named(text_label(title, role="section"), f"{object_name}.title")
        self._head = QHBoxLayout()
        self._head.setSpacing(unit // 2)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(unit // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit // 2)
        column.addLayout(self._head)
        column.addLayout(self.body)

    def set_title(self, title: str) -> None:
        """Another title, as when it counts what is below it."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def add_action(self, button: QWidget) -> None:
        """Puts a button at the right of the title."""
        self._head.addWidget(button)
