"""Nothing typed is lost, nothing is typed twice: drafts, another household, the open ticket (rule 4)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from deskapp.base.i18n import say
from deskapp.domain.complaints.script import Mood
from deskapp.services.complaints.browse import tickets
from tests.gui.complaints.clerk import ALT, CTRL, Clerk
from tests.gui.complaints.conftest import Seat
from tests.services.estates import house_id


def matter(clerk: Clerk) -> str:
    """What stands in the form."""
    return clerk.panel.intake.form.matter.text()


def drafts(clerk: Clerk) -> set[str]:
    """The keys of the drafts on the workstation."""
    clerk.panel.keep_draft()
    return {draft.key for draft in clerk.desk.drafts.all()}


def key_of(clerk: Clerk, label: str) -> str:
    return f"complaints.intake.{house_id(clerk.desk, label)}"


def test_after_a_crash_the_ticket_of_the_household_stands_there_again(clerk: Clerk, seat: Seat) -> None:
    clerk.receive()
    clerk.click("complaints.script.mood.angry")
    clerk.key(Qt.Key.Key_1, ALT)
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.type("complaints.intake.story", "昨晚开始\n滴水")
    clerk.type("complaints.intake.phone", "19900000077")
    clerk.choose("complaints.intake.channel", "phone")
    clerk.panel.keep_draft()
    other = seat()
    other.receive()
    other.until(lambda: matter(other) == "厨房漏水")
    form = other.panel.intake.form
    assert form.story.toPlainText() == "昨晚开始\n滴水"
    assert (form.who.phone.text(), form.who.chosen_channel().value) == ("19900000077", "phone")
    session = other.panel.intake.talk.session
    assert session is not None
    assert (session.mood_before, len(session.path)) == (Mood.ANGRY, 2)
    other.press(say("complaints.panel.draft.begin_anew"))
    assert matter(other) == ""
    other.until(lambda: drafts(other) == set())


def test_a_draft_that_stands_there_again_is_not_thrown_away_by_looking(clerk: Clerk, seat: Seat) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.panel.keep_draft()
    other = seat()
    other.receive()
    other.until(lambda: matter(other) == "厨房漏水")
    other.click("complaints.page.list")
    assert drafts(other) == {key_of(other, "1#1单元101")}


def test_photos_survive_a_crash(clerk: Clerk, seat: Seat, tmp_path: Path) -> None:
    Image.new("RGB", (90, 60), (9, 9, 200)).save(tmp_path / "a.png")
    clerk.receive()
    clerk.type("complaints.intake.matter", "墙面渗水")
    clerk.panel.intake.form.more.photos.take_files([tmp_path / "a.png"])
    before = clerk.panel.intake.form.more.photos.photos()
    clerk.panel.keep_draft()
    other = seat()
    other.receive()
    other.until(lambda: matter(other) == "墙面渗水")
    assert other.panel.intake.form.more.photos.photos() == before
    other.click("complaints.intake.save")
    other.until(lambda: other.panel.ticket.isVisible())
    assert len(other.view.attachments) == 1
    other.until(lambda: drafts(other) == set())
    assert not list((clerk.desk.folder / "drafts" / "pictures").glob("*"))


def test_another_household_in_the_middle_of_typing_gets_an_empty_form(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.receive("1#1单元202")
    assert matter(clerk) == ""
    assert key_of(clerk, "1#1单元101") in drafts(clerk)
    clerk.type("complaints.intake.matter", "楼道灯不亮")
    clerk.press(say("complaints.panel.aside.back", whose="1#1单元101"))
    clerk.until(lambda: clerk.panel.intake.label == "1#1单元101")
    assert matter(clerk) == "厨房漏水"
    clerk.press(say("complaints.panel.aside.back", whose="1#1单元202"))
    clerk.until(lambda: clerk.panel.intake.label == "1#1单元202")
    assert matter(clerk) == "楼道灯不亮"


def test_the_wrong_household_was_looked_up_first(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.receive("1#1单元202")
    clerk.press(say("complaints.panel.aside.bring"))
    assert matter(clerk) == "厨房漏水"
    assert clerk.panel.intake.form.who.caller.currentText() == "陈<b>强</b>"
    assert drafts(clerk) == {key_of(clerk, "1#1单元202")}


def test_what_is_typed_before_anybody_is_found_goes_with_him(clerk: Clerk) -> None:
    clerk.click("complaints.page.intake")
    clerk.type("complaints.intake.matter", "厨房漏水")
    assert drafts(clerk) == {"complaints.intake.0"}
    clerk.receive("1#1单元101")
    assert matter(clerk) == "厨房漏水"
    assert drafts(clerk) == {key_of(clerk, "1#1单元101")}


def test_an_anonymous_case_waits_for_its_clerk(clerk: Clerk) -> None:
    clerk.click("complaints.page.intake")
    clerk.click("complaints.intake.nobody")
    clerk.type("complaints.intake.matter", "门口有人摔倒")
    clerk.receive("1#1单元101")
    assert matter(clerk) == ""
    clerk.press(say("complaints.panel.aside.back", whose=say("complaints.panel.intake.anonymous")))
    assert (matter(clerk), clerk.panel.intake.house_id) == ("门口有人摔倒", 0)


def test_who_would_rather_not_be_named_keeps_his_words(clerk: Clerk) -> None:
    clerk.receive("1#1单元101")
    clerk.type("complaints.intake.matter", "楼上高空抛物")
    clerk.click("complaints.intake.nobody")
    assert matter(clerk) == "楼上高空抛物"
    assert clerk.panel.intake.form.who.caller.currentText() == ""
    assert drafts(clerk) == {"complaints.intake.0"}


def test_what_was_told_goes_to_the_open_ticket_and_is_not_typed_again(clerk: Clerk) -> None:
    first = clerk.take("家里停电", "repair")
    clerk.receive()
    clerk.key(Qt.Key.Key_N, ALT)
    clerk.click("complaints.script.mood.angry")
    clerk.type("complaints.intake.matter", "还没来电")
    clerk.type("complaints.intake.story", "冰箱里的菜坏了")
    clerk.key(Qt.Key.Key_1, ALT)
    clerk.click(f"complaints.open_here.{first.number}")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert clerk.panel.ticket.deeds.form is not None
    clerk.type("complaints.deed.next_at.edit", "18:30")
    clerk.confirm()
    clerk.until(lambda: len(clerk.view.contacts) == 2)
    assert clerk.view.contacts[-1].text == "还没来电\n冰箱里的菜坏了"
    assert clerk.view.mood_before == "angry"
    assert len(tickets(clerk.desk)) == 1
    clerk.until(lambda: drafts(clerk) == set())
    assert matter(clerk) == ""


def test_looking_at_the_open_ticket_and_coming_back_loses_nothing(clerk: Clerk) -> None:
    first = clerk.take("家里停电", "repair")
    clerk.receive()
    clerk.type("complaints.intake.matter", "另一件事")
    clerk.click(f"complaints.open_here.{first.number}")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    clerk.key(Qt.Key.Key_Escape)
    clerk.key(Qt.Key.Key_Up, ALT)
    assert clerk.panel.intake.isVisible()
    assert matter(clerk) == "另一件事"
    clerk.key(Qt.Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.panel.ticket.isVisible() and clerk.view.number != first.number)


def test_an_offered_form_of_a_ticket_stays_offered_after_a_look_elsewhere(clerk: Clerk, seat: Seat) -> None:
    number = clerk.take("厨房漏水").number
    clerk.do("contact")
    clerk.type("complaints.deed.said.edit", "师傅说配件没到")
    clerk.panel.keep_draft()
    other = seat()
    other.panel.open_ticket(clerk.view.ticket_id)
    other.until(lambda: other.panel.ticket.isVisible() and other.view.number == number)
    other.click("complaints.page.list")
    assert drafts(other) == {f"complaints.ticket.{clerk.view.ticket_id}"}
    other.press(say("widgets.draft.put_back"))
    assert other.panel.ticket.isVisible()
    assert other.find("complaints.deed.said.edit", QPlainTextEdit).toPlainText() == "师傅说配件没到"
