"""A clerk at the archive: clicks and keys on the real panel, waiting as a person does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from deskapp.gui.residents.panel import ResidentsPanel
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk
from tests.gui.person import Person
from tests.services.estates import house_id


class Archivist(Person[ResidentsPanel]):
    """One person at one panel.

    Attributes:
        changes: what the commands given here changed.
    """

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        super().__init__(qtbot, desk, lambda runner: ResidentsPanel(desk, runner), (1366, 650))
        self.changes: list[Changes] = []
        self.runner.changed.connect(self.changes.append)
        self.panel.shown()
        self.wait()

    def wait(self) -> None:
        """Until every answer has arrived and led to no more questions."""
        self.qtbot.waitUntil(lambda: self.runner.idle)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.runner.idle)

    def open(self, label: str, leaf: int = 0) -> None:
        """Opens the file of a house as the search box does, and one of its leaves."""
        self.panel.show_household(house_id(self.desk, label))
        self.until(lambda: self.text("residents.head.label") == label)
        self.find("residents.tabs", QTabWidget).setCurrentIndex(leaf)
        self.wait()

    # -- seeing

    def shows(self, name: str) -> bool:
        """Whether a widget of the name is there to be seen."""
        return any(widget.isVisible() for widget in self.panel.findChildren(QWidget, name))

    def table(self, name: str) -> RowTable:
        """A table."""
        return self.find(name, RowTable)

    def cells(self, name: str) -> list[list[str]]:
        """What a table shows, row by row."""
        model = self.table(name).model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def column(self, name: str, at: int) -> list[str]:
        """One column of a table."""
        return [row[at] for row in self.cells(name)]

    def messages(self, name: str) -> str:
        """All that a message bar says."""
        labels = self.find(name).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible() and label.text())

    def leaves(self) -> list[str]:
        """The titles of the leaves."""
        tabs = self.find("residents.tabs", QTabWidget)
        return [tabs.tabText(at) for at in range(tabs.count())]

    # -- doing

    def click(self, name: str) -> None:
        """Clicks a button where a person would."""
        button = self.find(name, QPushButton)
        assert button.isVisible(), f"{name} is hidden"
        assert button.isEnabled(), f"{name} is greyed"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def click_words(self, words: str) -> None:
        """Clicks the button that says these words."""
        found = [each for each in self.panel.findChildren(QPushButton) if each.text() == words]
        shown = [each for each in found if each.isVisible()]
        assert shown, f"no button says {words}"
        self.qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
        self.wait()

    def key(self, key: Qt.Key) -> None:
        """Presses a key where the focus is."""
        target = self.panel.focusWidget() or self.panel
        self.qtbot.keyClick(target, key)
        self.wait()

    def type(self, name: str, text: str) -> None:
        """Types into a field in place of what stands there."""
        edit = self.find(name, QLineEdit)
        assert edit.isVisible(), f"{name} is hidden"
        edit.setFocus()
        edit.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(edit, text) if text else self.qtbot.keyClick(edit, Qt.Key.Key_Delete)
        else:
            edit.insert(text)  # as an input method does
            edit.textEdited.emit(edit.text())
        self.wait()

    def mark(self, name: str, row: int) -> None:
        """Clicks into a row."""
        table = self.table(name)
        where = table.visualRect(table.model().index(row, 0)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.wait()

    def drop(self, *files: Path) -> bool:
        """Drops files on the panel; False where it does not take them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        actions, mouse = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(self.panel.rect().center(), actions, data, mouse, none)
        entering.ignore()
        QApplication.sendEvent(self.panel, entering)
        if not entering.isAccepted():
            return False
        QApplication.sendEvent(self.panel, QDropEvent(QPointF(5, 5), actions, data, mouse, none))
        self.wait()
        return True
