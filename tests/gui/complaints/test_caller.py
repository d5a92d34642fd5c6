"""Who stands at the desk, by which way he reached it, and what a complaint about staff asks more (C1-C3)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.services.attachments import load
from deskapp.services.complaints.browse import phone_of, tickets
from deskapp.services.complaints.papers import issue
from deskapp.services.documents import preview
from tests.gui.complaints.clerk import Clerk
from tests.services.estates import house_id


def save(clerk: Clerk) -> None:
    before = len(tickets(clerk.desk))
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible() and len(tickets(clerk.desk)) == before + 1)


def test_the_one_person_of_a_household_is_named_and_can_be_called(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    phone = clerk.find("complaints.intake.phone", QLineEdit)
    assert clerk.panel.intake.form.who.caller.currentText() == "王䶮"
    assert "199****0000" in phone.placeholderText()
    clerk.type("complaints.intake.matter", "厨房漏水")
    save(clerk)
    assert (clerk.view.form.caller, clerk.view.phone_masked) == ("王䶮", "199****0000")
    assert phone_of(clerk.desk, clerk.view.ticket_id) == "19900000000"


def test_of_several_people_nobody_is_guessed(clerk: Clerk) -> None:
    clerk.receive("1#1单元102")
    who = clerk.panel.intake.form.who
    assert who.caller.currentText() == ""
    clerk.type("complaints.intake.caller", "沈熙")
    person = who.person()
    assert person is not None
    clerk.type("complaints.intake.matter", "厨房漏水")
    save(clerk)
    assert clerk.view.form.person_id == person.person_id
    assert clerk.view.phone_masked == person.phones[0].masked


def test_somebody_else_calls_for_the_household(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    clerk.type("complaints.intake.caller", "保姆 小𬱖 <i>")
    clerk.type("complaints.intake.phone", "19900000099")
    clerk.choose("complaints.intake.channel", "phone")
    clerk.type("complaints.intake.matter", "厨房漏水")
    save(clerk)
    form = clerk.view.form
    assert (form.caller, form.person_id, form.channel) == ("保姆 小𬱖 <i>", None, Channel.PHONE)
    assert phone_of(clerk.desk, clerk.view.ticket_id) == "19900000099"


def test_a_number_that_is_none_is_said_before_anything_is_saved(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.type("complaints.intake.phone", "12")
    clerk.click("complaints.intake.save")
    phone = clerk.find("complaints.intake.phone", QLineEdit)
    assert clerk.said[-1] == ("warning", Refused("complaints.phone_form", phone="12").sentence())
    assert phone.property("fault")
    assert phone.hasFocus()
    assert tickets(clerk.desk) == ()


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_and_every_kind_get_a_number(clerk: Clerk, channel: Channel) -> None:
    kinds = list(Kind)
    for kind in kinds[list(Channel).index(channel) % 2 :: 2]:
        clerk.receive("1#1单元202")
        clerk.choose("complaints.intake.channel", channel.value)
        clerk.click(f"complaints.intake.kind.{kind.value}")
        clerk.type("complaints.intake.matter", f"{kind.value} 由 {channel.value}")
        save(clerk)
        assert (clerk.view.form.kind, clerk.view.form.channel) == (kind, channel)
        assert clerk.view.number.startswith("TS-")


def test_the_lines_follow_the_channel(clerk: Clerk) -> None:
    clerk.receive()
    shown = clerk.panel.intake.talk.shown()
    clerk.choose("complaints.intake.channel", "phone")
    after = clerk.panel.intake.talk.shown()
    assert shown is not None
    assert after is not None
    assert shown.lines.say != after.lines.say


def test_a_complaint_about_staff_has_course_witnesses_evidence_and_signature(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    more = clerk.panel.intake.form.more
    assert more.form.field("signature").isHidden()
    clerk.type("complaints.intake.matter", "前台态度差")
    assert clerk.panel.intake.form.topic.currentData() == "staff"
    assert more.conduct.isChecked()
    assert more.form.field("signature").isVisible()
    clerk.type("complaints.intake.course", "问了三遍没人抬头")
    clerk.type("complaints.intake.witnesses", "李阿姨")
    clerk.type("complaints.intake.evidence", "大厅监控")
    pad = more.signature.pad
    points = [QPoint(40 + 6 * i, 60 + (i % 5) * 12) for i in range(20)]
    clerk.qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        clerk.qtbot.mouseMove(pad, point)
    clerk.qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
    save(clerk)
    view = clerk.view
    assert dict(view.form.details) == {
        "course": "问了三遍没人抬头",
        "witnesses": "李阿姨",
        "evidence": "大厅监控",
    }
    assert load(clerk.desk, view.signature).startswith(b"\x89PNG")
    assert view.attachments == ()
    number = issue(clerk.desk, "paper", view.ticket_id, "complaint").value.number
    assert preview(clerk.desk, number).pdf.startswith(b"%PDF")


def test_an_unsigned_sheet_is_no_signature(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    clerk.type("complaints.intake.matter", "保洁在电梯口拦人")
    clerk.click("complaints.intake.more")
    clerk.choose("complaints.intake.cause", "service_attitude")
    clerk.type("complaints.intake.course", "不让过")
    save(clerk)
    assert clerk.view.signature == ""
    assert clerk.view.form.house_id == house_id(clerk.desk, "1#1单元101")


def test_nobody_is_taken_for_granted(clerk: Clerk) -> None:
    """First comes who (C2): a ticket of nobody is one only when the clerk says so."""
    clerk.click("complaints.page.intake")
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.click("complaints.intake.save")
    assert clerk.said[-1] == ("warning", say("complaints.panel.intake.nobody_yet"))
    assert tickets(clerk.desk) == ()
    clerk.key(Qt.Key.Key_Return)
    save(clerk)
    assert clerk.view.form.house_id is None


def test_words_that_are_not_about_staff_after_all_ask_no_signature(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "态度差")
    assert clerk.panel.intake.form.more.conduct.isChecked()
    clerk.type("complaints.intake.matter", "楼上太吵")
    assert not clerk.panel.intake.form.more.conduct.isChecked()
