"""Sentences in place: messages, empty states, fields with their faults and drafts."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from deskapp.base.errors import Refused
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.messages import MOST, MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar("desk.messages")
    qtbot.addWidget(made)
    return made


def test_a_message_shows_its_text_as_it_is(bar: MessageBar) -> None:
    message = bar.show_message("warning", "陈<b>强</b> & 李")
    assert bar.isVisible()
    assert message.label.textFormat() == Qt.TextFormat.PlainText
    assert bar.messages() == (("warning", "陈<b>强</b> & 李"),)


def test_it_takes_no_room_when_empty(bar: MessageBar, qtbot: QtBot) -> None:
    message = bar.show_message("error", "打印机没有应答。")
    close = message.findChild(QToolButton, "desk.messages.error.close")
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.messages() == ()
    assert not bar.isVisible()


def test_what_only_informs_gives_way_and_errors_stay(bar: MessageBar) -> None:
    bar.show_message("done", "A023 已通过。")
    bar.show_message("error", "甲")
    bar.show_message("info", "乙")
    bar.show_message("warning", "丙")
    assert [text for _, text in bar.messages()] == ["丙", "甲"]


def test_at_most_three_and_one_of_a_key(bar: MessageBar) -> None:
    for text in "甲乙丙丁":
        bar.show_message("error", text)
    assert [text for _, text in bar.messages()] == ["丁", "丙", "乙"]
    assert len(bar.messages()) == MOST
    bar.show_message("warning", "旧", key="printer")
    bar.show_message("warning", "新", key="printer")
    assert [text for _, text in bar.messages()] == ["新", "丁", "丙"]
    bar.clear("printer")
    assert [text for _, text in bar.messages()] == ["丁", "丙"]
    bar.clear()
    assert bar.messages() == ()


def test_a_button_of_a_message_closes_it_and_acts(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    message = bar.show_message("error", "没打出来。", [("补打", lambda: done.append("again"))])
    assert message.buttons[0].text() == "补打"
    qtbot.mouseClick(message.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert bar.messages() == ()


def test_an_error_says_its_sentence(bar: MessageBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.shown) as shown:
        bar.show_error(Refused("fees.amount_not_in_fen"))
    assert shown.args == ["error", "金额最小到分，请重新填写。"]


def test_an_empty_state_offers_its_next_step(qtbot: QtBot) -> None:
    empty = EmptyState("movein.queue.empty", "还没有人。", next_step="取号")
    qtbot.addWidget(empty)
    empty.show()
    button = empty.findChild(QPushButton, "movein.queue.empty.next")
    assert button is not None
    with qtbot.waitSignal(empty.wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    empty.set_sentence("今天都办完了。")
    assert empty.accessibleName() == "今天都办完了。"


def test_an_empty_state_without_a_step_has_no_button(qtbot: QtBot) -> None:
    empty = EmptyState("x", "没有。")
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.button.isVisible()


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    made = FieldForm("residents.card", columns=2)
    kinds = QComboBox()
    kinds.addItem("业主", "owner")
    kinds.addItem("租户", "tenant")
    secret = QLineEdit()
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    made.add("name", "姓名", QLineEdit(), required=True)
    made.add("phone", "电话", QLineEdit(), hint="手机或座机")
    made.add("kind", "身份", kinds)
    made.add("told", "已告知用途", QCheckBox())
    made.add("story", "经过", QPlainTextEdit(), span=2)
    made.add("pin", "口令", secret)
    qtbot.addWidget(made)
    made.show()
    return made


def label(form: FieldForm, name: str) -> QLabel:
    found = form.findChild(QLabel, name)
    assert found is not None
    return found


def test_fields_are_named_labelled_and_marked(form: FieldForm) -> None:
    name = form.field("name").input
    assert name.objectName() == "residents.card.name"
    assert name.accessibleName() == "姓名"
    assert label(form, "residents.card.name.label").text() == "姓名 *"
    assert label(form, "residents.card.phone.fault").text() == "手机或座机"


def test_a_missing_field_is_said_below_it_and_gets_the_focus(form: FieldForm, qtbot: QtBot) -> None:
    assert not form.check()
    name = form.field("name")
    assert name.fault() == "还没填“姓名”。"
    assert name.input.accessibleDescription() == "还没填“姓名”。"
    assert form.focusWidget() is name.input
    qtbot.keyClicks(name.input, "Wang")
    assert name.fault() == ""
    assert form.check()


def test_a_fault_from_the_services_stands_below_its_field(form: FieldForm) -> None:
    form.set_fault("phone", "号码少一位。")
    assert label(form, "residents.card.phone.fault").text() == "号码少一位。"
    form.clear_faults()
    assert label(form, "residents.card.phone.fault").text() == "手机或座机"


def test_hidden_fields_are_neither_asked_nor_answered(form: FieldForm) -> None:
    form.field("name").hide()
    assert form.check()
    assert "name" not in form.answers()


def test_a_draft_comes_back_and_holds_no_secret(form: FieldForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.field("name").input, "  =1+1 ")
    qtbot.keyClicks(form.field("pin").input, "123456")
    form.restore({"kind": "tenant", "told": True, "story": "一\n二", "gone": 1, "phone": 7})
    kept = json.loads(json.dumps(form.values()))
    assert kept == {
        "name": "  =1+1 ", "phone": "", "kind": "tenant", "told": True, "story": "一\n二",
    }  # fmt: skip
    assert form.answers() == {
        "name": "=1+1", "phone": "", "kind": "tenant", "told": True, "story": "一\n二", "pin": "123456",
    }  # fmt: skip
    form.restore({"kind": "nobody", "name": "李"})
    assert (form.value("kind"), form.value("name")) == ("tenant", "李")


def test_a_pause_in_typing_is_told_once(form: FieldForm, qtbot: QtBot) -> None:
    changes: list[None] = []
    form.changed.connect(lambda: changes.append(None))
    with qtbot.waitSignal(form.paused, timeout=5000):
        qtbot.keyClicks(form.field("name").input, "abc")
    assert len(changes) == 3


def test_a_key_is_taken_once_and_a_label_is_no_input(form: FieldForm) -> None:
    with pytest.raises(ValueError, match="name"):
        form.add("name", "又", QLineEdit())
    with pytest.raises(TypeError):
        form.add("label", "字", QLabel("x"))


def test_only_new_words_leave_the_buttons_where_they_are(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    first = bar.show_message("info", "第 1 页", [("停止", lambda: done.append("first"))], key="printing")
    button = first.buttons[0]
    second = bar.show_message("info", "第 2 页", [("停止", lambda: done.append("second"))], key="printing")
    assert second is first
    assert bar.messages() == (("info", "第 2 页"),)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["second"]
