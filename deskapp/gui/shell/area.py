"""Where a panel can be reached whole on a screen smaller than it was made for, as at 150 %."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class _Holder(QWidget):
    """Gives its one widget all the room there is, and asks for no more than that widget's least.

    A layout would not do: to one whose texts wrap, a scroll area gives the height it wishes, not its least.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        held.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return self._held.minimumSizeHint().expandedTo(self._held.minimumSize())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._held.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """What the widget needs has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class PanelArea(QScrollArea):
    """The place of one panel: it fills it, and scrolls only where its least size does not fit."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"shell.area.{key}")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)

    def hold(self, panel: QWidget) -> None:
        """Shows a panel here."""
        self.setWidget(_Holder(panel))
        panel.show()
