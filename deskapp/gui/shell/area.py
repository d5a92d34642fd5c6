"""Where a panel can be reached whole on a screen smaller than it was made for, as at 150 %."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from deskapp.gui.panel import Panel


class _Holder(QWidget):
    """Gives its one widget all the room there is, and asks for no more than that widget's least.

    A layout would not do: to one whose texts wrap, a scroll area gives the height it wishes, not its least.
    """

    held: QWidget | None = None

    def minimumSizeHint(self) -> QSize:
        if self.held is None:
            return QSize(0, 0)
        return self.held.minimumSizeHint().expandedTo(self.held.minimumSize())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.held is not None:
            self.held.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """What the widget needs has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class PanelArea(QScrollArea):
    """The place of one panel: it fills it, and scrolls only where its least size does not fit."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"shell.area.{key}")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._holder = _Holder(self)
        self.setWidget(self._holder)

    def hold(self, build: Callable[[QWidget], Panel]) -> Panel:
        """Builds a panel here."""
        panel = build(self._holder)
        self._holder.held = panel
        panel.setGeometry(self._holder.rect())
        self._holder.updateGeometry()
        panel.show()
        return panel
