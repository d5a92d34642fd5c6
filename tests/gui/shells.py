"""A window with panels that note what is done with them, for the tests of the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.gui.scanner import Scanner
from deskapp.gui.shell.panels import Tab
from deskapp.gui.shell.search_box import SearchBox
from deskapp.gui.shell.taste import Taste
from deskapp.gui.shell.window import MainWindow
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk


class Sheet(Panel):
    """A panel that notes what the window does with it."""

    icon_name = "fa6s.house"

    def __init__(self, key: str, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.noted = key, []
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(QLabel(key))
        self.setMinimumSize(width, 600)

    def show_household(self, house: int) -> None:
        self.noted.append(("household", house))

    def scan(self, text: str) -> bool:
        self.noted.append(("scan", text))
        return text.startswith(self.key)

    def changed(self, changes: Changes) -> None:
        self.noted.append(("changed", changes))

    def shown(self) -> None:
        self.noted.append(("shown", None))

    def keep_draft(self) -> None:
        self.noted.append(("draft", self.field.text()))


class Shell:
    """A window with two such panels on the small estate."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, desk: Desk) -> None:
        self.qtbot, self.runner, self.panels = qtbot, Runner(), {}
        self.scanner = Scanner(qapp)
        tabs = [
            Tab(
                "movein", "movein.panel.title", "fa6s.key", lambda parent: self._build("movein", 900, parent)
            ),
            Tab(
                "residents",
                "residents.title",
                "fa6s.folder-open",
                lambda parent: self._build("residents", 1200, parent),
            ),
        ]
        self.window = MainWindow(desk, self.runner, tabs, Taste(), self.scanner)
        self.runner.setParent(self.window)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        qtbot.waitUntil(lambda: self.find(SearchBox, "shell.search").hasFocus())

    def _build(self, key: str, width: int, parent: QWidget) -> Panel:
        self.panels[key] = Sheet(key, width, parent)
        return self.panels[key]

    def find(self, kind: type, name: str):  # type: ignore[no-untyped-def]
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QGuiApplication.focusWindow(), key, modifier)

    def label(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def sentences(self) -> list[str]:
        return [sentence for _, sentence in self.window._messages.messages()]

    def close(self) -> None:
        self.window.close()
        self.scanner.deleteLater()


@pytest.fixture
def open_shell(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Desk], Shell]]:
    opened: list[Shell] = []

    def show(at: Desk) -> Shell:
        opened.append(Shell(qtbot, qapp, at))
        return opened[-1]

    yield show
    for each in opened:
        each.close()


@pytest.fixture
def shell(open_shell: Callable[[Desk], Shell], desk: Desk) -> Shell:
    return open_shell(desk)
