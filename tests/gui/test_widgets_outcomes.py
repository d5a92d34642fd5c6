"""The outcome bar: real clicks and keys, and what cannot be done says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.gui.widgets.outcomes import AFTER_A_LETTER, Outcome, OutcomeBar

PASS = Outcome("pass", "通过并打印", "Return", role="primary")
DEFECT = Outcome("defect", "缺陷 & 照片", "D")
DISPUTE = Outcome("dispute", "转争议处理", "Ctrl+D", enabled=False, reason="争议处理区 <没人> 值班。")
CALL = Outcome("call", "叫号", "F5")
HOLD = Outcome("hold", "暂存", "Esc")


class Desk(QWidget):
    """A panel with fields, a button and the bar."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.line, self.story, self.photo = QLineEdit(), QPlainTextEdit(), QPushButton("照片")
        self.bar = OutcomeBar("movein.station", [PASS, DEFECT, DISPUTE, CALL, HOLD], panel=self)
        for widget in (self.line, self.story, self.photo, self.bar):
            column.addWidget(widget)
        self.chosen: list[str] = []
        self.explained: list[str] = []
        self.bar.chosen.connect(self.chosen.append)
        self.bar.explained.connect(self.explained.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_a_click_chooses(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.bar.button("call"), Qt.MouseButton.LeftButton)
    assert desk.chosen == ["call"]


def test_the_second_click_of_a_double_click_does_nothing(desk: Desk, qtbot: QtBot) -> None:
    button = desk.bar.button("call")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)  # what Qt makes of the second press
    assert desk.chosen == ["call"]


def test_buttons_are_named_and_big_enough_for_a_finger(desk: Desk) -> None:
    button = desk.bar.button("defect")
    assert button.objectName() == "movein.station.defect"
    assert button.accessibleName() == "缺陷 & 照片"
    assert min(b.height() for b in desk.bar.findChildren(QPushButton)) >= 48


@pytest.mark.parametrize("focus", ["line", "photo_free", "story"])
def test_modified_and_function_keys_work_wherever_the_focus_is(desk: Desk, qtbot: QtBot, focus: str) -> None:
    target: QWidget = {"line": desk.line, "photo_free": desk.photo, "story": desk.story}[focus]
    target.setFocus()
    qtbot.keyClick(target, Qt.Key.Key_F5)
    qtbot.keyClick(target, Qt.Key.Key_Escape)
    assert desk.chosen == ["call", "hold"]


def test_enter_in_a_line_passes_but_in_a_story_begins_a_line(desk: Desk, qtbot: QtBot) -> None:
    desk.line.setFocus()
    qtbot.keyClick(desk.line, Qt.Key.Key_Return)
    qtbot.keyClick(desk.line, Qt.Key.Key_Enter)
    desk.story.setFocus()
    qtbot.keyClick(desk.story, Qt.Key.Key_Return)
    assert desk.chosen == ["pass", "pass"]
    assert desk.story.toPlainText() == "\n"


def test_enter_on_a_button_presses_that_button(desk: Desk, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    desk.photo.clicked.connect(lambda: pressed.append(True))
    desk.photo.setFocus()
    qtbot.keyClick(desk.photo, Qt.Key.Key_Return)
    hold = desk.bar.button("hold")
    hold.setFocus()
    qtbot.keyClick(hold, Qt.Key.Key_Return)
    assert pressed == [True]
    assert desk.chosen == ["hold"]


def test_a_letter_alone_chooses_and_typed_into_a_field_stays_there(desk: Desk, qtbot: QtBot) -> None:
    desk.line.setFocus()
    qtbot.keyClick(desk.line, "d")
    assert desk.line.text() == "d"
    desk.photo.setFocus()
    with qtbot.waitSignal(desk.bar.chosen, timeout=20 * AFTER_A_LETTER):
        qtbot.keyClick(desk.photo, "d")
    assert desk.chosen == ["defect"]


def test_the_letters_of_a_scan_choose_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.photo.setFocus()
    qtbot.keyClicks(desk.photo, "D1")
    with qtbot.assertNotEmitted(desk.bar.chosen, wait=3 * AFTER_A_LETTER):
        pass
    assert desk.chosen == []


def test_what_cannot_be_done_says_why_by_mouse_key_and_focus(desk: Desk, qtbot: QtBot) -> None:
    button = desk.bar.button("dispute")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.chosen == []
    assert desk.explained[-1] == DISPUTE.reason
    assert "&lt;没人>" in button.toolTip()
    assert button.accessibleDescription() == DISPUTE.reason
    desk.line.setFocus()
    assert desk.explained[-1] == ""
    qtbot.keyClick(desk.line, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.explained[-1] == DISPUTE.reason
    assert desk.chosen == []
    desk.line.setFocus()
    button.setFocus()
    assert desk.explained[-1] == DISPUTE.reason


def test_other_outcomes_keep_the_focus_and_forget_old_keys(desk: Desk, qtbot: QtBot) -> None:
    desk.bar.button("hold").setFocus()
    desk.bar.set_outcomes([HOLD, Outcome("later", "稍后", "F5")])
    assert desk.bar.button("hold").hasFocus()
    qtbot.keyClick(desk.line, Qt.Key.Key_F5)
    qtbot.keyClick(desk.bar.button("hold"), Qt.Key.Key_F5)
    assert desk.chosen == ["later", "later"]
    with pytest.raises(KeyError):
        desk.bar.button("pass")


def test_the_same_outcomes_again_keep_their_buttons(desk: Desk) -> None:
    before = desk.bar.button("pass")
    desk.bar.set_outcomes([PASS, DEFECT, Outcome("dispute", "转争议处理"), CALL, HOLD])
    assert desk.bar.button("pass") is before
    assert desk.bar.button("dispute").toolTip() == ""


def test_while_a_command_runs_nothing_can_be_chosen(desk: Desk, qtbot: QtBot) -> None:
    desk.bar.setEnabled(False)
    qtbot.keyClick(desk.line, Qt.Key.Key_F5)
    qtbot.keyClick(desk.line, Qt.Key.Key_Return)
    qtbot.mouseClick(desk.bar.button("call"), Qt.MouseButton.LeftButton)
    assert desk.chosen == []


def test_narrow_it_goes_on_in_further_rows_and_nothing_is_cut_off(desk: Desk) -> None:
    for width in (280, 520, 1300):
        desk.resize(width, 500)
        QApplication.processEvents()
        bar = desk.bar.rect()
        buttons = [desk.bar.button(o.key) for o in desk.bar.outcomes()]
        assert all(bar.contains(button.geometry()) for button in buttons)
        places = [button.geometry() for button in buttons]
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :])
    first, second = desk.bar.button("pass").pos(), desk.bar.button("defect").pos()
    assert first.y() == second.y()
    assert desk.bar.childAt(first + QPoint(5, 5)) is desk.bar.button("pass")
