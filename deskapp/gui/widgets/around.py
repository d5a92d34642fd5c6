"""What stands around a part that is typed or drawn into, such as a calendar or advice: it is one field."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget


class FieldAround(QWidget):
    """The part inside has the focus and is said by the name of the whole; all parts are named after it.

    Attributes:
        parts: how the name of a part ends -> the part, such as ``edit``; the first is the one inside.
    """

    def __init__(self, parent: QWidget | None = None, **parts: QWidget) -> None:
        super().__init__(parent)
        self.parts = parts
        self._inside = next(iter(parts.values()))
        self.setFocusProxy(self._inside)

    def setObjectName(self, name: str | Any) -> None:
        """The parts are named after the whole: its name, a dot, their ending."""
        super().setObjectName(name)
        for ending, part in self.parts.items():
            part.setObjectName(f"{name}.{ending}")

    def setAccessibleName(self, name: str) -> None:
        """A screen reader says the name where the focus is."""
        super().setAccessibleName(name)
        self._inside.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """What is wrong is said there, too."""
        super().setAccessibleDescription(description)
        self._inside.setAccessibleDescription(description)
