"""Complaints in the window of the desk: the one search box and the keyboard alone (design: look and feel)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from deskapp.domain.complaints.classes import Kind
from deskapp.gui.complaints.panel import ComplaintsPanel
from deskapp.gui.runner import Runner
from deskapp.gui.scanner import Scanner
from deskapp.gui.shell.panels import panels_of
from deskapp.gui.shell.taste import Taste
from deskapp.gui.shell.window import MainWindow
from deskapp.services.complaints.browse import tickets
from deskapp.services.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[MainWindow]:
    runner, scanner = Runner(), Scanner(qapp)
    places = [tab for tab in panels_of(desk, runner, None) if tab.key == "complaints"]
    made = MainWindow(desk, runner, places, Taste(), scanner)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: panel_of(made).built)
    yield made
    qtbot.waitUntil(lambda: runner.idle)


def panel_of(window: MainWindow) -> ComplaintsPanel:
    found = window.findChild(ComplaintsPanel)
    assert found is not None
    return found


def test_ctrl_n_asks_who_and_the_keyboard_does_the_rest(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    panel = panel_of(window)
    panel.list.which.setFocus()
    QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_N, CTRL)
    assert panel.intake.isVisible()
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    box.insert("1#1单元402")
    qtbot.wait(200)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.intake.label == "1#1单元402")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    matter = QApplication.focusWidget()
    assert isinstance(matter, QLineEdit)
    matter.insert("水龙头关不上")
    QTest.keyClick(matter, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: panel.ticket.isVisible())
    (line,) = tickets(desk)
    assert (line.kind, line.matter, line.label) == (Kind.REPAIR, "水龙头关不上", "1#1单元402")
