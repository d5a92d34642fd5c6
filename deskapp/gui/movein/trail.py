"""The way through the stations as a row of buttons; in a narrow window a button is its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from deskapp.gui.movein.wording import bubble
from deskapp.gui.widgets.naming import named

SPACING = 3


class StepButton(QPushButton):
    """One step, in words or in short."""

    def __init__(self) -> None:
        super().__init__()
        self._words = self._short = ""
        self.setCheckable(True)

    def put(self, words: str, short: str) -> None:
        """What it says, and what of it is left where there is no room."""
        self._words, self._short = words, short

    def wide(self) -> int:
        """Pixels it needs for its words."""
        return self._around() + self.fontMetrics().horizontalAdvance(self._words)

    def narrow(self) -> int:
        """Pixels it needs for the short of them."""
        return self._around() + self.fontMetrics().horizontalAdvance(self._short)

    def speak(self, *, in_words: bool) -> None:
        """Shows its words, or the short of them."""
        self.setText(self._words if in_words else self._short)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.narrow(), super().minimumSizeHint().height())

    def _around(self) -> int:
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())


class Trail(QWidget):
    """The buttons of one household's way.

    Args:
        chosen: told the code of a button that was pressed.
    """

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = chosen
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._group = QButtonGroup(self)
        self._steps: dict[str, StepButton] = {}
        self._spoken = ""

    def lay(self, codes: Sequence[str]) -> None:
        """One button for each code, in this order; those that stand already stay."""
        if list(self._steps) == list(codes):
            return
        for old in self._steps.values():
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._steps = {}
        for code in codes:
            button = StepButton()
            button.setObjectName(f"movein.way.{code}")
            button.clicked.connect(lambda _on=False, code=code: self._tell(code))
            self._group.addButton(button)
            self._row.addWidget(button, 1)
            self._steps[code] = button

    def put(self, code: str, words: str, short: str, told: str) -> None:
        """What a button says, in short, and to whoever asks for more."""
        button = self._steps[code]
        button.put(words, short)
        named(button, button.objectName(), told)
        button.setToolTip(bubble(told))

    def choose(self, code: str) -> None:
        """Marks a button; it keeps its words when there is no room for all."""
        self._spoken = code
        self._steps[code].setChecked(True)
        self.fit()

    def fit(self) -> None:
        """The words of the chosen one, and of as many others from the first on as there is room for."""
        buttons = list(self._steps.values())
        chosen = self._steps.get(self._spoken)
        room = self.width() - SPACING * (len(buttons) - 1) - sum(button.narrow() for button in buttons)
        for button in sorted(buttons, key=lambda button: button is not chosen):
            more = button.wide() - button.narrow()
            in_words = more <= room or button is chosen
            room -= more if in_words else 0
            button.speak(in_words=in_words)
            self._row.setStretchFactor(button, button.wide() if in_words else button.narrow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
