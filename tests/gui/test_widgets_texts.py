"""Times as people say them, numbers masked, sections."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.base import i18n
from deskapp.base.clock import CHINA, SetClock
from deskapp.gui.widgets.masked import MaskedText
from deskapp.gui.widgets.sections import Section
from deskapp.gui.widgets.spoken_time import KEYS, Sense, spoken
from deskapp.gui.widgets.time_text import TimeText

NOW = datetime(2026, 12, 9, 17, 2, 11, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("seconds", "sense", "zh", "en"),
    [
        (12 * 60 + 59, Sense.DUE, "还剩 12 分钟", "12 min left"),
        (59, Sense.DUE, "还剩不到 1 分钟", "less than 1 min left"),
        (0, Sense.DUE, "还剩不到 1 分钟", "less than 1 min left"),
        (-1, Sense.DUE, "刚超时", "just overdue"),
        (-5 * 60, Sense.DUE, "超时 5 分", "5 min overdue"),
        (80 * 60, Sense.DUE, "还剩 1 小时 20 分", "1 h 20 min left"),
        (2 * 3600, Sense.DUE, "还剩 2 小时", "2 h left"),
        (5 * 3600 + 1800, Sense.DUE, "还剩 5 小时", "5 h left"),
        (-30 * 3600, Sense.DUE, "超时 1 天", "1 day overdue"),
        (50 * 3600, Sense.DUE, "还剩 2 天", "2 days left"),
        (3 * 60, Sense.AGO, "3 分钟前", "3 min ago"),
        (10, Sense.AGO, "刚刚", "just now"),
        (-600, Sense.AGO, "刚刚", "just now"),
        (26 * 60, Sense.WAITING, "等候 26 分", "waiting 26 min"),
        (90 * 60, Sense.WAITING, "等候 1 小时 30 分", "waiting 1 h 30 min"),
    ],
)
def test_times_are_said_as_people_say_them(seconds: int, sense: Sense, zh: str, en: str) -> None:
    said = spoken(timedelta(seconds=seconds), sense)
    assert said.text() == zh
    i18n.use_language("en")
    assert said.text() == en


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_nobody_is_told_more_time_than_there_is(left: timedelta) -> None:
    said = spoken(left)
    values = said.values
    told = timedelta(days=values.get("n", 0), hours=values.get("hours", 0), minutes=values.get("minutes", 0))
    assert told <= left
    assert said.key in KEYS["left"]


def test_a_time_goes_on_while_it_is_shown(qtbot: QtBot) -> None:
    clock = SetClock(NOW)
    label = TimeText("desk.due", now=clock, interval=1)
    qtbot.addWidget(label)
    label.set_moment(NOW + timedelta(minutes=2))
    label.show()
    assert label.text() == "还剩 2 分钟"
    assert label.toolTip() == "2026-12-09 17:04:11"
    clock.forward(minutes=7)
    qtbot.waitUntil(lambda: label.text() == "超时 5 分")
    assert label.property("role") == "danger"
    label.hide()
    assert not label._timer.isActive()
    label.set_moment(None)
    assert (label.text(), label.toolTip()) == ("", "")


def test_waiting_is_never_overdue(qtbot: QtBot) -> None:
    label = TimeText("movein.waiting", now=SetClock(NOW))
    qtbot.addWidget(label)
    label.set_moment(NOW - timedelta(minutes=26), Sense.WAITING)
    assert label.text() == "等候 26 分"
    assert label.property("role") != "danger"


class Reveals:
    """Answers a number and counts the looks, as the audit trail does."""

    def __init__(self, answer: str | None = "19900000007") -> None:
        self.answer, self.looks = answer, 0

    def __call__(self) -> str | None:
        self.looks += 1
        return self.answer


def masked(qtbot: QtBot, reveals: Reveals, shown_for: int = 30_000) -> MaskedText:
    made = MaskedText("residents.phone", reveals, shown_for=shown_for)
    qtbot.addWidget(made)
    made.set_masked("电话", "199****0007")
    made.show()
    return made


def press(qtbot: QtBot, widget: MaskedText) -> None:
    button = widget.findChild(QPushButton, "residents.phone.show")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_number_is_masked_until_it_is_asked_for(qtbot: QtBot) -> None:
    reveals = Reveals()
    widget = masked(qtbot, reveals)
    assert widget.text.text() == "199****0007"
    assert (widget.button.text(), widget.button.accessibleName()) == ("显示", "显示 电话")
    press(qtbot, widget)
    assert (widget.text.text(), reveals.looks, widget.is_open()) == ("19900000007", 1, True)
    press(qtbot, widget)  # now it hides
    assert (widget.text.text(), reveals.looks) == ("199****0007", 1)


def test_it_is_masked_again_by_itself(qtbot: QtBot) -> None:
    widget = masked(qtbot, Reveals(), shown_for=1)
    with qtbot.waitSignal(widget.masked_again):
        press(qtbot, widget)
    assert widget.text.text() == "199****0007"


def test_out_of_sight_and_for_another_person_it_is_masked(qtbot: QtBot) -> None:
    widget = masked(qtbot, Reveals())
    press(qtbot, widget)
    widget.hide()
    assert not widget.is_open()
    widget.show()
    press(qtbot, widget)
    widget.set_masked("电话", "199****0008")
    assert widget.text.text() == "199****0008"
    assert not widget._timer.isActive()


def test_an_answer_may_come_later_or_never(qtbot: QtBot) -> None:
    widget = masked(qtbot, Reveals(None))
    press(qtbot, widget)
    assert widget.text.text() == "199****0007"
    widget.show_value("19900000007")
    assert widget.text.text() == "19900000007"


def test_without_the_right_or_the_number_there_is_no_button(qtbot: QtBot) -> None:
    widget = masked(qtbot, Reveals())
    widget.set_masked("电话", "199****0007", may_reveal=False)
    assert not widget.button.isVisible()
    widget.set_masked("电话", "")
    assert not widget.button.isVisible()


def test_a_section_has_a_title_and_what_is_done_about_it(qtbot: QtBot) -> None:
    section = Section("residents.people", "人员 <3>")
    qtbot.addWidget(section)
    section.add_action(QPushButton("登记"))
    section.body.addWidget(QLabel("王䶮"))
    section.show()
    title = section.findChild(QLabel, "residents.people.title")
    assert title is not None
    assert title.textFormat() == Qt.TextFormat.PlainText
    section.set_title("人员 <4>")
    assert (title.text(), section.accessibleName()) == ("人员 <4>", "人员 <4>")
