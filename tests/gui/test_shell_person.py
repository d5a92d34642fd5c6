"""Handing the desk over: the one who sits there stays until the secret was right (S1)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.shells import Shell, open_shell, shell

__all__ = ["open_shell", "shell"]


class TestHandingTheDeskOver:
    """Who sits down is asked for number and secret; the one who sits there stays until it was right (S1)."""

    @pytest.fixture
    def dialog(self, shell: Shell, qtbot: QtBot) -> QWidget:
        qtbot.mouseClick(shell.find(QPushButton, "shell.status.person"), Qt.MouseButton.LeftButton)
        found: QWidget = shell.find(QDialog, "shell.person")
        qtbot.waitUntil(found.isVisible)
        return found

    def type(self, dialog: QWidget, qtbot: QtBot, number: str, secret: str) -> None:
        for name, text in (("number", number), ("secret", secret)):
            field = dialog.findChild(QLineEdit, f"shell.person.{name}")
            assert field is not None
            field.clear()
            qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    def test_the_right_secret(self, shell: Shell, dialog: QWidget, qtbot: QtBot) -> None:
        came: list[str] = []
        shell.window.person_wanted.connect(lambda member: came.append(member.name))
        self.type(dialog, qtbot, "1002", "5937")
        qtbot.waitUntil(lambda: came == ["何敏"])

    def test_a_wrong_secret_is_said_in_place(self, shell: Shell, dialog: QWidget, qtbot: QtBot) -> None:
        self.type(dialog, qtbot, "1002", "0000")
        problem = dialog.findChild(QLabel, "shell.person.problem")
        assert problem is not None
        qtbot.waitUntil(lambda: bool(problem.text()))
        assert dialog.isVisible()
        assert shell.sentences() == []

    def test_staying(self, shell: Shell, dialog: QWidget, qtbot: QtBot) -> None:
        stay = dialog.findChild(QPushButton, "shell.person.stay")
        qtbot.mouseClick(stay, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: shell.window.findChild(QDialog, "shell.person") is None)
