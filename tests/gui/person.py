"""A person at one panel: clicks and keys on the real widgets, waiting as a person does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.services.desk import Desk

P = TypeVar("P", bound=Panel)
W = TypeVar("W", bound=QWidget)


class Person(Generic[P]):
    """What every capability's person does in the same way.

    Attributes:
        said: (kind, sentence) as the message bar got them.
    """

    def __init__(self, qtbot: QtBot, desk: Desk, panel: Callable[[Runner], P], size: tuple[int, int]) -> None:
        self.qtbot, self.desk, self.runner = qtbot, desk, Runner()
        self.panel = panel(self.runner)
        self.runner.setParent(self.panel)  # goes with it; what is connected holds the desk
        qtbot.addWidget(self.panel, before_close_func=lambda _: self.leave())
        self.said: list[tuple[str, str]] = []
        self.runner.changed.connect(self.panel.changed)
        self.runner.trouble.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        self.panel.said.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        self.panel.resize(*size)
        self.panel.show()

    def leave(self) -> None:
        """Goes, as the window does: drafts first."""
        self.wait()
        self.panel.keep_draft()
        self.runner.close()

    def wait(self) -> None:
        """Until every answer has arrived."""
        self.qtbot.waitUntil(lambda: self.runner.idle)

    def until(self, true: Callable[[], bool]) -> None:
        """Until something is so."""
        self.qtbot.waitUntil(true)
        self.wait()

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The widget of a name that is there now."""
        found = [w for w in self.panel.findChildren(kind, name) if w.objectName() == name]
        assert found, f"no {name}"
        return found[-1]

    def text(self, name: str) -> str:
        """What a label says."""
        return self.find(name, QLabel).text()

    def click(self, name: str) -> None:
        """Clicks where a person would."""
        self.qtbot.waitUntil(lambda: self.find(name).isVisible())
        QApplication.processEvents()  # what has just appeared may not be in its place yet
        widget = self.find(name)
        where = QPoint(12, widget.height() // 2) if isinstance(widget, QAbstractButton) else QPoint()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.wait()

    def choose(self, name: str, data: object) -> None:
        """Chooses from a list."""
        box = self.find(name, QComboBox)
        at = box.findData(data)
        assert at >= 0, f"{name} does not offer {data}"
        box.setCurrentIndex(at)
        box.activated.emit(at)
        self.wait()
