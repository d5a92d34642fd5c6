"""A part of a page that scrolls; where the focus goes is seen: the keyboard reaches everything."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from deskapp.gui.widgets.naming import named

AROUND = 24
"""Pixels that are shown around what has the focus, so that its label is seen too."""


class ScrollingPart(QScrollArea):
    """As wide as there is room, and scrolled up and down only; it takes no focus of its own."""

    def __init__(self, object_name: str, inside: QWidget) -> None:
        super().__init__()
        named(self, object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._show_focus)  # once what was just built has its place

    def _show_focus(self) -> None:
        now, inside = QApplication.focusWidget(), self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, AROUND)
