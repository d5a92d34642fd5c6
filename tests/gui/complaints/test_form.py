"""The form of intake under the keyboard, and under texts that are long or strange (look and feel, P3)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from deskapp.services.complaints.browse import tickets
from tests.gui.complaints.clerk import ALT, Clerk

STOPS = [
    "caller",
    "phone",
    "channel",
    "nobody",
    "kind.complaint",
    "matter",
    "story",
    "target",
    "topic",
    "place",
    "against",
    "where",
    "event_at.edit",
    "wish",
    "reply.edit",
    "department",
    "person",
    "next_contact.edit",
    "promise.1.text.edit",
    "promise.1.who",
    "promise.1.due.edit",
    "promise.1.drop",
    "promise.add",
    "more",
    "clocks.why",
    "save_print",
    "save",
]
"""Where Tab stops, as one reads: who, the form with a promise, saving."""


def test_tab_goes_as_one_reads_and_then_to_the_script(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("complaints.intake.promise.add")
    clerk.find("complaints.intake.caller").setFocus()
    for stop in STOPS:
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.objectName() == f"complaints.intake.{stop}"
        clerk.key(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "complaints.script.mood.calm"


def test_questions_of_a_step_come_before_its_ways(clerk: Clerk) -> None:
    clerk.receive()
    clerk.key(Qt.Key.Key_1, ALT)
    clerk.find("complaints.script.mood.calm").setFocus()
    names = []
    for _ in range(4):
        clerk.key(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.objectName().removeprefix("complaints.script."))
    assert names == ["ask.matter", "ask.story", "ask.event_at.edit", "way.1"]


LONG = "𬱖<b>&amp;\u202e一二三四五" * 60
"""Rare characters, markup, an entity, a mark that turns text round: text everywhere (P3)."""


def test_very_long_and_strange_texts_are_text(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", LONG)
    clerk.type("complaints.intake.story", LONG * 3)
    clerk.type("complaints.intake.against", "=HYPERLINK(1)")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    form = clerk.view.form
    assert LONG.startswith(form.matter)
    assert len(form.matter) > 50
    assert form.story == LONG * 3
    labels = clerk.find("complaints.ticket.form").findChildren(QLabel)
    assert any(form.story in label.text() for label in labels)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert clerk.panel.width() <= 1400


def test_a_story_beyond_all_measure_is_said_and_kept(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "长话")
    clerk.type("complaints.intake.story", "说来话长" * 2000)
    clerk.click("complaints.intake.save")
    assert clerk.said[-1][0] == "warning"
    assert len(clerk.panel.intake.form.story.toPlainText()) == 8000
    assert tickets(clerk.desk) == ()


def test_similar_tickets_come_after_the_story_and_move_nothing_above(clerk: Clerk) -> None:
    first = clerk.take("整栋楼停电了", "complaint", "1#1单元101")
    clerk.receive("1#1单元202")
    story = clerk.panel.intake.form.story
    before = story.mapTo(clerk.panel, QPoint()).y()
    clerk.type("complaints.intake.matter", "我们楼停电了")
    clerk.panel.intake.form.paused.emit()
    clerk.until(lambda: clerk.panel.intake.similar.isVisible())
    assert story.mapTo(clerk.panel, QPoint()).y() == before
    story.setFocus()
    clerk.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is clerk.find(f"complaints.similar.{first.number}.look")
    clerk.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is clerk.find(f"complaints.similar.{first.number}.join")
    clerk.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is clerk.find("complaints.intake.target")
