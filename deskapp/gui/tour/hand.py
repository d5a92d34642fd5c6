"""A hand on the window: finds things by their names, clicks, types, waits, takes pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from deskapp.gui.app import Workplace

W = TypeVar("W", bound=QWidget)
PATIENCE = 30.0
"""Seconds that something may take to appear before the tour gives up and says what it waited for."""


class NotThereError(Exception):
    """Something the tour needs did not appear; names it."""


class Hand:
    """Works in a workplace's window as a person would.

    Attributes:
        pictures: the screenshots taken so far.
    """

    def __init__(self, workplace: Workplace, folder: Path) -> None:
        self.workplace = workplace
        self.pictures: list[Path] = []
        self._folder = folder

    @property
    def window(self) -> QWidget:
        """The window in front."""
        return self.workplace.window

    def settle(self) -> None:
        """Until every answer has arrived and been painted."""
        runner = self.workplace.window.runner
        self.until(lambda: runner.idle, "answers")
        for _ in range(3):
            QApplication.processEvents()

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Until something is so.

        Raises:
            NotThereError: it did not become so in time.
        """
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                raise NotThereError(what)
            QTest.qWait(10)

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The visible widget of a name, once it is there."""
        self.until(lambda: self._visible(name, kind) is not None, name)
        found = self._visible(name, kind)
        assert found is not None
        return found

    def _visible(self, name: str, kind: type[W]) -> W | None:
        return next((w for w in self.window.findChildren(kind, name) if w.isVisible()), None)

    def is_there(self, name: str) -> bool:
        """Whether a widget is to be seen now."""
        return self._visible(name, QWidget) is not None

    def click(self, name: str) -> None:
        """Clicks a widget when it can be clicked."""
        self.until(lambda: (found := self._visible(name, QWidget)) is not None and found.isEnabled(), name)
        widget: QWidget = self.find(name)
        where = QPoint(12, widget.height() // 2) if isinstance(widget, QAbstractButton) else QPoint()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Types into a field in place of what stands there."""
        field = self._field(name)
        field.setFocus()
        field.selectAll()
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)
        elif text.isascii():
            QTest.keyClicks(field, text, delay=40)  # a person, not a scanner
        else:
            field.insert(text)  # as an input method does
        self.settle()

    def text(self, name: str) -> str:
        """What stands in a field."""
        field = self._field(name)
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def _field(self, name: str) -> QLineEdit | QPlainTextEdit:
        """The part of a widget that is typed into."""
        found: QWidget = self.find(name)
        if isinstance(found, QComboBox):
            found = found.lineEdit() or found
        if not isinstance(found, QLineEdit | QPlainTextEdit):
            raise NotThereError(f"{name} is typed into nowhere")
        return found

    def drop(self, name: str, file: Path) -> None:
        """Drops a file onto a widget, or onto what around it takes files."""
        widget: QWidget = self.find(name)
        held = QMimeData()
        while not widget.acceptDrops() or isinstance(widget, QLineEdit):
            around = widget.parentWidget()
            if around is None:
                raise NotThereError(f"{name} takes no files")
            widget = around
        held.setUrls([QUrl.fromLocalFile(str(file))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        # Qt drops only where something was carried in before.
        QApplication.sendEvent(widget, QDragEnterEvent(QPoint(4, 4), copy, held, buttons, keys))
        QApplication.sendEvent(widget, QDropEvent(QPointF(4, 4), copy, held, buttons, keys))
        self.settle()

    def draw(self, name: str) -> None:
        """Draws something like a signature."""
        around: QWidget = self.find(name)
        pad = around.childAt(around.rect().center()) or around
        width, height = pad.width(), pad.height()
        for left, bend in ((0.2, 1), (0.4, -1), (0.6, 1)):
            start = QPoint(int(width * left), height // 2)
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=start)
            for step in range(1, 9):
                along = QPoint(step * width // 60, bend * (step % 4 - 1) * height // 12)
                QTest.mouseMove(pad, start + along)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=start + QPoint(width // 7, 0))
        self.settle()

    def picture(self, name: str) -> None:
        """Takes a screenshot of the window."""
        self.settle()
        QTest.qWait(60)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self.window.grab().save(str(path))
        self.pictures.append(path)
