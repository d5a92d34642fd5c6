"""A scan is taken out of whatever has the focus; a person's typing is never touched (L7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskapp.gui.scanner import FASTEST_FINGERS, Scanner, paper_code

PASS = "LZ-2026-000123 0a1b2c3d4e5f"
SCAN, HAND = 0.004, 0.12


class Fingers:
    """Presses keys at a given pace; the scanner's clock is theirs."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def press(self, key: str | Qt.Key, pace: float) -> None:
        self.now += pace
        QTest.keyClick(QGuiApplication.focusWindow(), key)

    def type(self, text: str, pace: float) -> None:
        self.now += 1
        for letter in text:
            self.press(letter, pace)

    def scan(self, text: str = PASS, pace: float = SCAN) -> None:
        self.type(text, pace)
        self.press(Qt.Key.Key_Return, pace)


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.line, self.page = QLineEdit(), QPlainTextEdit()
        self.button, self.day, self.count = (
            QPushButton("通过并打印"),
            QDateEdit(QDate(2026, 12, 4)),
            QSpinBox(),
        )
        self.choice, self.words, self.list = QComboBox(), QComboBox(), QListWidget()
        self.words.setEditable(True)
        for box in (self.choice, self.words):
            box.addItems(["现金", "0 元", "Later"])
        self.list.addItems(["A001", "L002", "0003"])
        for widget in (self.line, self.page, self.button, self.day, self.count, self.choice, self.words):
            column.addWidget(widget)
        column.addWidget(self.list)
        self.pressed: list[str] = []
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        self.line.returnPressed.connect(lambda: self.pressed.append("return"))


@pytest.fixture
def fingers() -> Fingers:
    return Fingers()


@pytest.fixture
def scanned(qapp: QApplication, fingers: Fingers) -> Iterator[list[str]]:
    scanner, texts = Scanner(qapp, fingers), []
    scanner.scanned.connect(texts.append)
    yield texts
    scanner.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize("text", [PASS, "A00123", "6901234567892"])
def test_a_scan_is_taken_out_of_a_line(
    text: str, window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    window.line.setText("赵𬱖的表号")
    window.line.setSelection(1, 2)
    fingers.scan(text)
    assert scanned == [text]
    assert window.line.text() == "赵𬱖的表号"
    assert window.line.selectedText() == "𬱖"
    assert window.pressed == []


def test_a_scan_is_taken_out_of_a_page_and_typing_can_still_be_undone(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.page.setFocus()
    fingers.type("kitchen ", HAND)
    before = window.page.toPlainText()
    fingers.scan()
    assert scanned == [PASS]
    assert window.page.toPlainText() == before
    assert window.page.textCursor().position() == len(before)
    window.page.setPlainText("张𠅤家厨房")
    cursor = window.page.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    window.page.setTextCursor(cursor)
    fingers.scan()
    assert window.page.toPlainText() == "张𠅤家厨房"
    assert window.page.textCursor().selectedText() == "𠅤"


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("day", lambda w: w.day.date() == QDate(2026, 12, 4)),
        ("count", lambda w: w.count.value() == 0),
        ("choice", lambda w: w.choice.currentIndex() == 0),
        ("words", lambda w: w.words.currentText() == "现金"),
        ("list", lambda w: w.list.currentRow() == 1),
    ],
)
def test_a_scan_changes_no_other_field(
    field: str, shown: Callable[[Window], bool], window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.list.setCurrentRow(1)
    getattr(window, field).setFocus()
    fingers.scan()
    assert scanned == [PASS]
    assert shown(window)


def test_the_space_in_a_code_presses_no_button(window: Window, fingers: Fingers, scanned: list[str]) -> None:
    window.button.setFocus()
    fingers.scan()
    assert scanned == [PASS]
    assert window.pressed == []
    fingers.type(" ", HAND)
    assert window.pressed == ["button"]


def test_the_letters_and_the_enter_of_a_scan_are_no_shortcuts(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    hits = []
    for keys in ("2", "Return", "E"):
        QShortcut(QKeySequence(keys), window).activated.connect(lambda k=keys: hits.append(k))
    window.button.setFocus()
    fingers.scan()
    assert scanned == [PASS]
    assert hits == []
    fingers.press("e", HAND)
    fingers.press(Qt.Key.Key_Return, HAND)
    assert hits == ["E", "Return"]


def test_a_scan_over_an_open_menu_closes_it(
    window: Window, fingers: Fingers, scanned: list[str], qtbot: QtBot
) -> None:
    menu, chosen = QMenu(window), []
    menu.addAction("稍后").triggered.connect(lambda: chosen.append(1))
    menu.popup(window.pos())
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is menu.windowHandle())
    fingers.scan()
    assert scanned == [PASS]
    assert not menu.isVisible()
    assert chosen == []


def test_a_person_s_typing_stays_and_her_enter_arrives(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    fingers.scan("lixiaolin0304", pace=HAND)
    assert scanned == []
    assert window.line.text() == "lixiaolin0304"
    assert window.pressed == ["return"]


def test_quick_fingers_and_a_slow_enter_are_no_scan(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    fingers.type("wangyan", SCAN)
    fingers.press(Qt.Key.Key_Return, HAND)
    assert scanned == []
    assert window.line.text() == "wangyan"


def test_too_few_characters_are_no_scan(window: Window, fingers: Fingers, scanned: list[str]) -> None:
    window.line.setFocus()
    fingers.scan("A0012")
    assert scanned == []
    assert window.line.text() == "A0012"


def test_what_was_typed_before_the_scan_stays(window: Window, fingers: Fingers, scanned: list[str]) -> None:
    window.line.setFocus()
    fingers.type("wang", HAND)
    fingers.scan()
    assert scanned == [PASS]
    assert window.line.text() == "wang"
    assert window.line.isModified()


def test_our_own_code_is_known_from_a_slow_scanner_too(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    window.line.setText("王䶮")
    fingers.scan(pace=HAND)
    assert scanned == [PASS]
    assert window.line.text() == "王䶮"
    window.page.setFocus()
    fingers.scan(pace=HAND)
    assert scanned == [PASS, PASS]
    assert window.page.toPlainText() == ""


def test_our_own_code_is_known_after_it_went_through_an_input_method(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    composed = QInputMethodEvent()
    composed.setCommitString("LZ－2026－000123　0a1b2c3d4e5f")
    QApplication.sendEvent(window.line, composed)
    fingers.press(Qt.Key.Key_Return, HAND)
    assert scanned == [PASS]
    assert window.line.text() == ""


def test_what_is_being_composed_is_left_alone(window: Window, fingers: Fingers, scanned: list[str]) -> None:
    window.line.setFocus()
    QApplication.sendEvent(window.line, QInputMethodEvent("wangyan", []))
    commit = QInputMethodEvent()
    commit.setCommitString("王䶮")
    QApplication.sendEvent(window.line, commit)
    fingers.press(Qt.Key.Key_Return, SCAN)
    assert scanned == []
    assert window.line.text() == "王䶮"
    assert window.pressed == ["return"]


def test_a_key_held_down_is_no_scan(window: Window, fingers: Fingers, scanned: list[str]) -> None:
    window.line.setFocus()
    for _ in range(12):
        fingers.now += FASTEST_FINGERS - 0.005
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0", True)
        QApplication.sendEvent(window.windowHandle(), held)
    fingers.press(Qt.Key.Key_Return, SCAN)
    assert scanned == []
    assert window.line.text() == "0" * 12


def test_the_time_of_the_keys_counts_when_the_window_was_held_up(window: Window, qapp: QApplication) -> None:
    scanner, scanned = Scanner(qapp), []
    scanner.scanned.connect(scanned.append)
    window.line.setFocus()
    for at, letter in enumerate("wangyan\r"):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(50_000 + 110 * at)  # typed at leisure, delivered all at once
        QApplication.sendEvent(window.windowHandle(), event)
    scanner.deleteLater()
    assert scanned == []
    assert window.line.text() == "wangyan"


def test_a_field_that_is_gone_before_the_enter_does_no_harm(
    window: Window, fingers: Fingers, scanned: list[str]
) -> None:
    window.line.setFocus()
    fingers.type(PASS, SCAN)
    window.layout().removeWidget(window.line)
    window.line.deleteLater()
    QApplication.sendPostedEvents(window.line, QEvent.Type.DeferredDelete)
    window.page.setFocus()
    fingers.press(Qt.Key.Key_Return, SCAN)
    assert scanned == [PASS]


@given(st.text(max_size=80))
def test_no_text_without_the_whole_code_is_taken_for_one(text: str) -> None:
    assert paper_code(text) == "" or text.endswith(paper_code(text))
    assert paper_code(text + PASS[:-1] + "g") == ""


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("Lo", "Nd")), max_size=20))
def test_the_code_is_found_at_the_end_of_any_text(text: str) -> None:
    found = paper_code(f"{text} {PASS}")
    assert found in (PASS, "")
