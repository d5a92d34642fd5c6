"""A talk beside the file: with the other party, kept with the ticket, its end a promise (C7-C9, C16)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton

from deskapp.base.i18n import say
from deskapp.domain.complaints.script import Field, Side
from deskapp.services.complaints.disputes import dispute
from tests.gui.complaints.clerk import ALT, CTRL, Clerk
from tests.gui.complaints.conftest import Seat


def noise(clerk: Clerk) -> None:
    """A complaint about the neighbour's noise, told by an angry person."""
    clerk.receive()
    clerk.click("complaints.script.mood.angry")
    clerk.type("complaints.intake.matter", "楼上半夜打麻将太吵")
    clerk.type("complaints.intake.against", "楼上403")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())


def to_agreement(clerk: Clerk) -> None:
    """Takes the first way on until the agreement is asked for."""
    talk = clerk.panel.ticket.talk.talk
    for _ in range(12):
        shown = talk.shown()
        assert shown is not None
        if any(ask.field is Field.ACTION for ask in shown.lines.ask):
            return
        clerk.key(Qt.Key.Key_1, ALT)
    raise AssertionError("no agreement")


def test_the_other_party_is_talked_to_beside_the_file(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("talk_other")
    script = clerk.panel.ticket.talk.talk.script()
    assert script is not None
    assert (script.playbook, script.side) == ("noise", Side.OTHER_PARTY)
    assert clerk.find("complaints.ticket.promises").isHidden()
    clerk.pass_time(minutes=4)
    clerk.type("complaints.talk.note", "答应十点后不打")
    to_agreement(clerk)
    clerk.type("complaints.talk.ask.action.edit", "十点收牌局")
    clerk.type("complaints.talk.ask.due.edit", "22:00")
    clerk.key(Qt.Key.Key_Return, CTRL)
    clerk.until(lambda: len(clerk.view.talks) == 2)
    kept = clerk.view.talks[-1].talk
    assert kept.answers[Field.STORY] == "答应十点后不打"
    assert sum(kept.seconds.values()) == 240
    assert clerk.view.mood_before == "angry"
    told = "\n".join(label.text() for label in clerk.find("complaints.ticket.talks").findChildren(QLabel))
    assert "答应十点后不打" in told
    assert "04:00" in told


def test_what_was_agreed_waits_to_become_a_promise(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("talk_other")
    to_agreement(clerk)
    clerk.type("complaints.talk.ask.action.edit", "十点收牌局")
    clerk.type("complaints.talk.ask.due.edit", "22:00")
    clerk.click("complaints.talk.save")
    clerk.until(lambda: clerk.panel.ticket.deeds.form is not None)
    assert clerk.find("complaints.deed.promised.edit", QPlainTextEdit).toPlainText() == "十点收牌局"
    assert clerk.find("complaints.deed.due.edit", QComboBox).currentText().endswith("22:00")
    clerk.confirm()
    clerk.until(lambda: len(clerk.view.promises) == 1)
    assert clerk.view.promises[0].who == "楼上403"


def test_a_talk_can_be_left_for_the_file_and_taken_up(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("talk_other")
    clerk.key(Qt.Key.Key_1, ALT)
    clerk.type("complaints.talk.note", "家里来客人")
    clerk.key(Qt.Key.Key_Escape)
    assert clerk.find("complaints.deed.talk_other").isVisible()
    clerk.do("talk_other")
    session = clerk.panel.ticket.talk.talk.session
    assert session is not None
    assert len(session.path) == 2
    assert clerk.find("complaints.talk.note", QPlainTextEdit).toPlainText() == "家里来客人"


def test_a_talk_survives_a_crash(clerk: Clerk, seat: Seat) -> None:
    noise(clerk)
    clerk.do("talk_other")
    clerk.type("complaints.talk.note", "家里来客人")
    clerk.panel.keep_draft()
    other = seat()
    other.panel.open_ticket(clerk.view.ticket_id)
    other.until(lambda: other.panel.ticket.isVisible())
    other.press(say("widgets.draft.put_back"))
    assert other.find("complaints.talk.note", QPlainTextEdit).isVisible()
    assert other.find("complaints.talk.note", QPlainTextEdit).toPlainText() == "家里来客人"
    other.click("complaints.talk.way.begin")
    other.click("complaints.talk.save")
    other.until(lambda: len(other.view.talks) == 2)


def test_a_topic_without_another_party_says_so(clerk: Clerk) -> None:
    clerk.take("物业费太贵")
    button = clerk.find("complaints.deed.talk_other", QPushButton)
    assert button.property("blocked") == "true"
    assert button.toolTip() == say("complaints.panel.talk.no_other_side")
    clerk.do("talk_other")
    assert clerk.said[-1] == ("info", say("complaints.panel.talk.no_other_side"))


def test_who_complained_is_not_asked_again_what_is_on_file(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("talk_again")
    script = clerk.panel.ticket.talk.script
    spoken = [label.text() for label in script.findChildren(QLabel) if label.property("role") == "spoken"]
    assert any("楼上半夜打麻将太吵" in line for line in spoken)


def test_what_the_other_party_says_stands_in_the_file_of_the_dispute(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("dispute")
    clerk.type("complaints.deed.complainant", "王䶮")
    clerk.type("complaints.deed.other_party", "李&王")
    clerk.confirm()
    clerk.until(lambda: clerk.find("complaints.deed.dispute_talk").property("blocked") == "false")
    clerk.do("talk_other")
    clerk.type("complaints.talk.note", "答应十点后不打")
    clerk.click("complaints.talk.save")
    clerk.until(lambda: len(clerk.view.talks) == 2)
    file = dispute(clerk.desk, clerk.view.ticket_id)
    assert file is not None
    assert [(talk.whom, talk.text) for talk in file.talks] == [("李&王", "答应十点后不打")]


def test_the_second_click_keeps_one_talk(clerk: Clerk) -> None:
    noise(clerk)
    clerk.do("talk_other")
    clerk.type("complaints.talk.note", "没人开门")
    save = clerk.find("complaints.talk.save", QPushButton)
    save.click()
    save.click()
    clerk.until(lambda: len(clerk.view.talks) == 2)
    clerk.wait()
    assert len(clerk.view.talks) == 2
