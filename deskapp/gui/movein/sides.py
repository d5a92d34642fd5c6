"""Queue and household side by side; where the window is too narrow for both, one of them (150 %)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.widgets.naming import push_button

LEFT_WIDTH = 484
WHOLE_WIDTH = 1366
LEAST_FOR_BOTH = 1000
"""Pixels below which the acts beside the queue would stand in more rows than the window is high."""


class Sides(QWidget):
    """Two sides, and in a narrow window the button that leads from the one shown to the other.

    Attributes:
        left, right: the sides, to be filled.
        narrow: whether only one side is shown.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wants_right = self._filled = self.narrow = False
        self._title = ""
        words = say("movein.panel.to_queue")
        self.button = push_button("movein.sides.other", words, role="quiet", parent=self)
        self.button.clicked.connect(self._change_over)
        self.button.hide()
        self._both = QSplitter(Qt.Orientation.Horizontal, self)
        self._both.setObjectName("movein.middle")
        self.left = self._left = QWidget(self._both)
        self.right = self._right = QStackedWidget(self._both)
        for side in (self.left, self.right):
            self._both.addWidget(side)
        self._both.setStretchFactor(0, 1)  # a wide window shows whole names in the queue
        self._both.setStretchFactor(1, 3)
        self._both.setSizes([LEFT_WIDTH, WHOLE_WIDTH - LEFT_WIDTH])
        self._both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._both, 1)

    def show_right(self, title: str, *, looked_at: bool = True) -> None:
        """Something stands on the right: it is what is looked at, unless it stood there before.

        Args:
            title: what the way back to it is called; "" when nothing stands there any more.
            looked_at: whether the work is there; else it is begun with on the left.
        """
        if title != self._title:
            self._filled = bool(title)
            self._wants_right = self._filled and looked_at
        self._title = title
        self._fit()

    def look_right(self) -> None:
        """What stands on the right is wanted again."""
        self._wants_right = self._filled
        self._fit()

    def minimumSizeHint(self) -> QSize:
        left, right = self._left.minimumSizeHint(), self._right.minimumSizeHint()
        extra = self.button.sizeHint().height() if self.narrow else 0
        return QSize(max(left.width(), right.width()), max(left.height(), right.height()) + extra)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A side needs another width."""
        if event.type() == QEvent.Type.LayoutRequest and self.narrow != self._is_narrow():
            self._fit()
        return super().event(event)

    def _is_narrow(self) -> bool:
        needed = self._left.minimumSizeHint().width() + self._right.minimumSizeHint().width()
        return self.width() < max(needed + self._both.handleWidth(), LEAST_FOR_BOTH)

    def _change_over(self) -> None:
        self._wants_right = not self._wants_right
        self._fit()
        (self._right if self._wants_right else self._left).setFocus()

    def _fit(self) -> None:
        self.narrow = self._is_narrow()
        self._left.setVisible(not (self.narrow and self._wants_right))
        self._right.setVisible(not self.narrow or self._wants_right)
        self.button.setVisible(self.narrow and self._filled)
        key = "movein.panel.to_queue" if self._wants_right else "movein.panel.to_household"
        text = say(key, title=self._title) if key.endswith("household") else say(key)
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.updateGeometry()
