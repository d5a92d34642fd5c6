"""Phrases to avoid are underlined while typing, with a better wording below, and never block (C10)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from deskapp.base.assets import Assets
from deskapp.domain.complaints.rules import load_complaint_rules
from deskapp.gui.complaints.phraseedit import PhraseEdit


@pytest.fixture(scope="module")
def phrases() -> object:
    return load_complaint_rules(Assets(None)).phrases


@pytest.fixture
def edit(qtbot: QtBot, phrases: object) -> PhraseEdit:
    made = PhraseEdit("test.reply", "答复", phrases=phrases)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    return made


def underlined(edit: PhraseEdit) -> list[str]:
    """The texts with a wavy line, as Qt laid them out."""
    block = edit.edit.document().firstBlock()
    text = block.text().encode("utf-16-le")
    wavy = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        text[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
        for part in block.layout().formats()
        if part.format.underlineStyle() == wavy
    ]


def test_a_refusal_is_underlined_with_better_words(edit: PhraseEdit) -> None:
    edit.edit.insertPlainText("这个不行,您再等等")
    assert underlined(edit) == ["不行"]
    assert edit.better.isVisible()
    assert "不行" in edit.better.text()


@pytest.mark.parametrize("text", ["不锈钢水槽今天装", "您看行不行", "知不知道都先记下"])
def test_no_alarm_inside_other_words(edit: PhraseEdit, text: str) -> None:
    edit.edit.insertPlainText(text)
    assert underlined(edit) == []
    assert not edit.better.isVisible()


def test_the_longest_match_wins(edit: PhraseEdit) -> None:
    edit.edit.insertPlainText("这不归我们管")
    assert underlined(edit) == ["不归我们管"]


def test_rare_characters_before_it_do_not_shift_the_line(edit: PhraseEdit) -> None:
    edit.edit.insertPlainText("𬱖𠅤先生,这个不行")
    assert underlined(edit) == ["不行"]


def test_the_text_stays_as_it_was_typed(edit: PhraseEdit) -> None:
    edit.edit.insertPlainText("不可能")
    assert (edit.value(), edit.problem()) == ("不可能", "")


def test_the_advice_is_for_the_phrase_at_the_cursor(edit: PhraseEdit) -> None:
    edit.edit.insertPlainText("不行。这不归我们管")
    cursor = edit.edit.textCursor()
    cursor.setPosition(1)
    edit.edit.setTextCursor(cursor)
    assert "“不行”" in edit.better.text()
    cursor.setPosition(len(edit.value()))
    edit.edit.setTextCursor(cursor)
    assert "不归我们管" in edit.better.text()


def test_the_better_wording_is_taken_by_a_key_and_can_be_taken_back(edit: PhraseEdit, qtbot: QtBot) -> None:
    edit.edit.insertPlainText("𬱖先生，这个不行，您再等等")
    qtbot.keyClick(edit.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert edit.value() == "𬱖先生，这一点我先请示，……点前回您，您再等等"
    assert not edit.better.isVisible()
    edit.edit.undo()
    assert edit.value() == "𬱖先生，这个不行，您再等等"


def test_what_only_the_clerk_knows_is_left_to_be_filled_in(edit: PhraseEdit, qtbot: QtBot) -> None:
    edit.edit.insertPlainText("我们尽快修好")
    qtbot.mouseClick(edit.accept, Qt.MouseButton.LeftButton)
    assert edit.edit.textCursor().selectedText() == "……"
    edit.edit.insertPlainText("张工")
    assert edit.value().startswith("张工在……前办好")


def test_the_key_does_nothing_where_nothing_is_marked(edit: PhraseEdit, qtbot: QtBot) -> None:
    edit.edit.insertPlainText("五点半前师傅到")
    qtbot.keyClick(edit.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert "五点半前师傅到" in edit.value()
