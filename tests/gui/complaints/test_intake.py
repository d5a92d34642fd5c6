"""Taking a ticket by keys and clicks: who, what is open, the form, saving (C1-C4, C7, C11, L9, L12)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Kind, Target
from deskapp.domain.complaints.ticket import TicketState
from deskapp.gui.complaints.taking import DESK_ITSELF
from deskapp.services.complaints.browse import tickets
from deskapp.services.desk import Desk
from tests.gui.clipboards import copy_file, copy_picture, copy_words, saved
from tests.gui.complaints.clerk import ALT, CTRL, Clerk
from tests.gui.complaints.conftest import Seat
from tests.gui.slowdisk import on_slow_disk
from tests.services.estates import house_id


def test_a_repair_call_is_on_record_by_keyboard_alone(clerk: Clerk) -> None:
    clerk.receive()
    assert QApplication.focusWidget() is clerk.find("complaints.intake.kind.complaint")
    clerk.key(Qt.Key.Key_Right)
    clerk.key(Qt.Key.Key_Tab)
    clerk.write("厨房水龙头关不上")
    clerk.key(Qt.Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert (clerk.view.form.kind, clerk.view.form.matter) == (Kind.REPAIR, "厨房水龙头关不上")
    assert clerk.view.form.house_id == house_id(clerk.desk, "1#1单元101")
    assert clerk.view.clocks
    assert ("done", say("complaints.panel.taken", number=clerk.view.number)) in clerk.said


def test_a_matter_that_is_missing_is_said_at_its_field(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("complaints.intake.save")
    assert clerk.text("complaints.intake.matter.fault")
    assert tickets(clerk.desk) == ()


def test_what_is_open_is_shown_before_anything_is_asked(clerk: Clerk) -> None:
    first = clerk.take("家里停电", "repair")
    clerk.receive()
    clerk.until(lambda: clerk.panel.intake.open_here.isVisible())
    assert first.number in clerk.text(f"complaints.open_here.{first.number}.line")
    assert QApplication.focusWidget() is clerk.find(f"complaints.open_here.{first.number}")
    clerk.click(f"complaints.open_here.{first.number}")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert clerk.view.number == first.number


def test_that_nothing_is_open_is_said_too(clerk: Clerk) -> None:
    clerk.take("家里停电", "repair")
    clerk.receive("1#1单元202")
    assert not clerk.panel.intake.open_here.isVisible()
    assert clerk.find("complaints.open_here.none").isVisible()
    clerk.receive("1#1单元101")
    clerk.until(lambda: clerk.panel.intake.open_here.isVisible())
    assert not clerk.find("complaints.open_here.none").isVisible()


def test_a_broken_promise_stands_out_before_anything_is_asked(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "家里停电")
    clerk.click("complaints.intake.promise.add")
    clerk.type("complaints.intake.promise.1.text.edit", "师傅上门")
    clerk.type("complaints.intake.promise.1.who", "张工")
    clerk.type("complaints.intake.promise.1.due.edit", "10:00")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    clerk.pass_time(hours=1, minutes=12)
    clerk.receive()
    clerk.until(lambda: clerk.panel.intake.open_here.isVisible())
    due = clerk.find(f"complaints.open_here.{clerk.view.number}.due", QLabel)
    assert due.property("role") == "danger"
    assert "张工" in due.text()
    assert say("time.over.min", minutes=12) in due.text()
    clerk.key(Qt.Key.Key_N, ALT)
    assert QApplication.focusWidget() is clerk.find("complaints.intake.kind.complaint")


def test_clocks_are_told_as_soon_as_somebody_stands_there(clerk: Clerk) -> None:
    clerk.receive()
    assert [each.rule.code for each in clerk.panel.intake.clocks.ahead] == ["first_response"]
    assert clerk.text("complaints.intake.clocks")


def test_a_repair_goes_to_who_repairs_unless_the_clerk_says_otherwise(clerk: Clerk) -> None:
    clerk.receive()
    department = clerk.panel.intake.form.department
    clerk.click("complaints.intake.kind.repair")
    assert department.currentData() == "engineering"
    clerk.click("complaints.intake.kind.enquiry")
    assert department.currentData() == DESK_ITSELF
    clerk.choose("complaints.intake.department", "order")
    clerk.click("complaints.intake.kind.repair")
    assert department.currentData() == "order"


def test_saved_and_printed_in_one_go(clerk: Clerk, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "record.pdf"))
    clerk.panel.papers.preview.printer = lambda _parent: printer
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼道灯不亮")
    with clerk.qtbot.waitSignal(clerk.panel.papers.preview.printed):
        clerk.key(Qt.Key.Key_P, CTRL)
        clerk.key(Qt.Key.Key_P, CTRL)
    (line,) = tickets(clerk.desk)
    assert clerk.panel.papers.number == line.number
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    clerk.key(Qt.Key.Key_Escape)
    assert clerk.panel.ticket.isVisible()
    assert [paper.number for paper in clerk.view.documents] == [line.number]


def test_without_a_printer_the_ticket_and_its_record_stand(clerk: Clerk) -> None:
    def none(_parent: object) -> None:
        raise LookupError

    clerk.panel.papers.preview.printer = none
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼道灯不亮")
    clerk.click("complaints.intake.save_print")
    clerk.until(lambda: any(kind == "error" for kind, _ in clerk.said))
    (line,) = tickets(clerk.desk)
    assert any(line.number in sentence for kind, sentence in clerk.said if kind == "error")


def test_the_keys_to_save_and_to_print_make_one_ticket(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼道灯不亮")
    clerk.find("complaints.intake.save", QPushButton).click()
    clerk.find("complaints.intake.save_print", QPushButton).click()
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert len(tickets(clerk.desk)) == 1


def test_the_second_click_does_nothing(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼道灯不亮")
    save = clerk.find("complaints.intake.save", QPushButton)
    save.click()
    save.click()
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert len(tickets(clerk.desk)) == 1


def test_words_choose_the_topic_until_the_clerk_does(clerk: Clerk) -> None:
    clerk.receive()
    form = clerk.panel.intake.form
    clerk.type("complaints.intake.matter", "楼上半夜打麻将太吵")
    assert form.topic.currentData() == "noise"
    assert form.chosen_target() is Target.RESIDENTS
    clerk.choose("complaints.intake.topic", "fees")
    clerk.type("complaints.intake.matter", "厨房漏水")
    assert form.topic.currentData() == "fees"
    assert form.chosen_target() is Target.MANAGEMENT


def test_promise_order_and_reply_go_with_the_ticket(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.choose("complaints.intake.department", "engineering")
    clerk.click("complaints.intake.promise.add")
    clerk.type("complaints.intake.promise.1.text.edit", "师傅上门看")
    clerk.type("complaints.intake.promise.1.who", "张工")
    clerk.type("complaints.intake.promise.1.due.edit", "下午5点半")
    clerk.type("complaints.intake.reply.edit", "五点半前师傅到,到不到我都给您回电话。")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    (promise,) = clerk.view.promises
    assert (promise.text, promise.who, f"{promise.due_at:%H:%M}") == ("师傅上门看", "张工", "17:30")
    assert clerk.view.state is TicketState.DISPATCHED
    (order,) = clerk.view.dispatches
    assert (order.department, order.due_at) == ("engineering", promise.due_at)
    assert "回电话" in clerk.view.contacts[-1].text


def test_a_promise_without_a_time_is_not_taken(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.click("complaints.intake.promise.add")
    clerk.type("complaints.intake.promise.1.text.edit", "师傅上门看")
    clerk.click("complaints.intake.save")
    assert clerk.panel.intake.form.promises.rows[0].fault.text()
    assert tickets(clerk.desk) == ()


def test_a_reply_asks_when_he_hears_from_us_next(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.type("complaints.intake.reply.edit", "我去问清楚。")
    clerk.click("complaints.intake.save")
    assert tickets(clerk.desk) == ()
    clerk.type("complaints.intake.next_contact.edit", "16:00")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert f"{clerk.view.next_contact:%H:%M}" == "16:00"


def test_nobody_need_have_a_house(clerk: Clerk) -> None:
    clerk.click("complaints.page.intake")
    clerk.click("complaints.intake.nobody")
    clerk.type("complaints.intake.caller", "=1+1 <b>路人</b>")
    clerk.type("complaints.intake.matter", "门口有人摔倒")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert clerk.view.form.house_id is None
    assert clerk.view.form.caller == "=1+1 <b>路人</b>"


def test_the_same_matter_is_offered_while_typing_and_joined(clerk: Clerk) -> None:
    first = clerk.take("整栋楼停电了", "complaint", "1#1单元101")
    clerk.receive("1#1单元202")
    clerk.type("complaints.intake.matter", "我们楼停电了")
    clerk.panel.intake.form.main.paused.emit()
    clerk.panel.intake.form.paused.emit()
    clerk.until(lambda: clerk.panel.intake.similar.isVisible())
    clerk.click(f"complaints.similar.{first.number}.join")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible() and clerk.view.number != first.number)
    assert clerk.view.incident is not None
    assert clerk.view.incident.households == 2


def test_the_likest_is_joined_by_one_key(clerk: Clerk) -> None:
    first = clerk.take("整栋楼停电了", "complaint", "1#1单元101")
    clerk.receive("1#1单元202")
    clerk.type("complaints.intake.matter", "我们楼停电了")
    clerk.panel.intake.form.main.paused.emit()
    strip = clerk.panel.intake.similar
    clerk.until(strip.isVisible)
    for wanted in (first.ticket_id, None, first.ticket_id):  # the key again takes it back
        clerk.key(Qt.Key.Key_J, ALT)
        assert (strip.joined.ticket_id if strip.joined else None) == wanted
    clerk.key(Qt.Key.Key_Return, CTRL)
    clerk.until(lambda: clerk.panel.ticket.isVisible() and clerk.view.number != first.number)
    assert clerk.view.incident is not None
    assert clerk.view.incident.households == 2


def test_clocks_are_told_before_saving_and_say_why(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "楼上半夜打麻将太吵")
    ahead = clerk.panel.intake.clocks
    assert [each.rule.code for each in ahead.ahead] == ["first_response", "settle_residents"]
    clerk.click("complaints.intake.clocks.why")
    ahead.which.setCurrentIndex(1)
    reasons = [ahead.spans.reason(line.span) for line in ahead.spans.model.rows()]
    assert any(say("complaints.code.span.weekend") in reason for reason in reasons)
    assert clerk.find("complaints.intake.why").isVisible()


def test_words_of_danger_ask_for_the_fact(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "电梯里有人")
    clerk.type("complaints.intake.story", "有人被困了,还有老人晕倒")
    assert clerk.panel.intake.form.more.hint.isVisible()
    clerk.click("complaints.intake.facts.danger")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert clerk.view.severity.serious


def test_what_was_saved_leaves_no_draft(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.panel.keep_draft()
    assert list(clerk.desk.drafts.all())
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    clerk.until(lambda: not list(clerk.desk.drafts.all()))


def test_evidence_is_pasted_while_the_story_is_typed(clerk: Clerk, tmp_path: Path) -> None:
    clerk.receive()
    photos = clerk.panel.intake.form.more.photos
    copy_words("渗水")
    clerk.find("complaints.intake.matter").setFocus()
    clerk.key(Qt.Key.Key_V, CTRL)
    assert photos.is_blank()
    assert not photos.isVisible()
    copy_picture()
    clerk.find("complaints.intake.story").setFocus()
    clerk.key(Qt.Key.Key_V, CTRL)
    clerk.until(photos.isVisible)
    copy_file(saved(tmp_path / "leak.png"))
    clerk.find("complaints.intake.where").setFocus()
    clerk.key(Qt.Key.Key_V, CTRL)
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert (clerk.view.form.matter, len(clerk.view.attachments)) == ("渗水", 2)


def test_pasted_evidence_that_is_no_photo_gets_a_sentence(clerk: Clerk, tmp_path: Path) -> None:
    clerk.receive()
    path = tmp_path / "录音.mp3"
    path.write_bytes(b"ID3 no photo")
    copy_file(path)
    clerk.find("complaints.intake.matter").setFocus()
    clerk.key(Qt.Key.Key_V, CTRL)
    clerk.until(lambda: clerk.find("complaints.intake.photos.refused").isVisible())
    sentence = say("widgets.photos.no_picture", name="录音.mp3")
    assert clerk.text("complaints.intake.photos.refused") == sentence
    assert clerk.panel.intake.form.matter.text() == ""


def test_a_draft_on_its_way_to_the_disk_does_not_outlive_its_ticket(seat: Seat, desk: Desk) -> None:
    slow, disk = on_slow_disk(desk)
    clerk = seat(slow)
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    disk.hold()
    clerk.panel.drafts.keep()
    clerk.qtbot.waitUntil(disk.writes.is_set)
    clerk.find("complaints.intake.save", QPushButton).click()
    clerk.qtbot.waitUntil(clerk.panel.ticket.isVisible)
    disk.go_on()
    clerk.panel.keep_draft()  # the window goes at once
    assert disk.keys() == []


def test_a_refused_ticket_keeps_what_was_typed(clerk: Clerk) -> None:
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.type("complaints.intake.phone", "12")
    clerk.click("complaints.intake.save")
    assert clerk.said[-1][0] == "warning"
    assert clerk.panel.intake.form.matter.text() == "厨房漏水"
    assert tickets(clerk.desk) == ()


def test_two_desks_take_for_two_houses(clerk: Clerk, seat: Seat) -> None:
    other = seat(replace(clerk.desk, name="前台2"))
    clerk.take("厨房漏水")
    other.take("楼道灯不亮", "repair", "1#1单元202")
    assert len({line.number for line in tickets(clerk.desk)}) == 2
