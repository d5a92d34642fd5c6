"""The file of a ticket from dispatch to the close, by clicks (C7, C12, C13, L12)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from deskapp.base.i18n import say
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.opening import named
from deskapp.services.opening import seat as seated
from tests.gui.complaints.clerk import Clerk
from tests.gui.complaints.conftest import Seat


def reached(clerk: Clerk, state: TicketState) -> None:
    clerk.until(lambda: clerk.view.state is state)


def dispatch(clerk: Clerk) -> None:
    clerk.do("dispatch")
    clerk.choose("complaints.deed.department", "engineering")
    clerk.type("complaints.deed.due.edit", "17:30")
    clerk.confirm()
    reached(clerk, TicketState.DISPATCHED)


def report(clerk: Clerk) -> None:
    clerk.do("report")
    clerk.type("complaints.deed.result", "换了角阀,不漏了")
    clerk.type("complaints.deed.by", "张工")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.view.dispatches[-1].report))
    clerk.do("sign_report")
    clerk.confirm()
    reached(clerk, TicketState.DONE)


def reply(clerk: Clerk) -> None:
    clerk.do("reply")
    clerk.type("complaints.deed.reply.edit", "角阀换好了,您看还滴不滴。")
    clerk.choose("complaints.deed.position", "upheld")
    clerk.confirm()
    reached(clerk, TicketState.REPLIED)


def test_from_the_counter_to_the_close(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    dispatch(clerk)
    clerk.do("taken")
    clerk.type("complaints.deed.person", "张工")
    clerk.confirm()
    reached(clerk, TicketState.TAKEN)
    report(clerk)
    reply(clerk)
    clerk.pass_time(hours=20)
    clerk.do("call_back")
    clerk.choose("complaints.deed.grade", "satisfied")
    clerk.type("complaints.deed.opinion", "好了,谢谢")
    clerk.confirm()
    reached(clerk, TicketState.CALLED_BACK)
    assert clerk.view.missing == ()
    clerk.do("close")
    reached(clerk, TicketState.CLOSED)
    assert clerk.find("complaints.deed.close", QPushButton).property("blocked") == "true"


def test_closing_says_what_is_missing(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    assert say("complaints.code.close_need.reply") in clerk.text("complaints.ticket.deeds.note")
    clerk.do("close")
    assert clerk.said[-1][0] == "info"
    assert say("complaints.code.close_need.result") in clerk.said[-1][1]
    assert clerk.view.state is TicketState.RECEIVED


def test_deferred_with_reason_and_time(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    dispatch(clerk)
    clerk.do("defer")
    clerk.confirm()
    assert clerk.text("complaints.deed.reason.fault")
    assert clerk.text("complaints.deed.until.fault")
    clerk.type("complaints.deed.reason", "都去抢修爆管了")
    clerk.type("complaints.deed.until.edit", "20:00")
    clerk.confirm()
    reached(clerk, TicketState.DEFERRED)
    assert "都去抢修爆管了" in clerk.text("complaints.ticket.dispatches.1")


def test_refused_and_given_to_another(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    dispatch(clerk)
    clerk.do("refuse")
    clerk.type("complaints.deed.reason", "是开发商保修")
    clerk.confirm()
    reached(clerk, TicketState.REFUSED)
    clerk.do("dispatch")
    clerk.choose("complaints.deed.department", "developer")
    clerk.confirm()
    reached(clerk, TicketState.DISPATCHED)
    assert [each.department for each in clerk.view.dispatches] == ["engineering", "developer"]


def test_a_promise_is_made_and_kept(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("promise")
    clerk.type("complaints.deed.promised.edit", "师傅上门看")
    clerk.type("complaints.deed.who", "张工")
    clerk.type("complaints.deed.due.edit", "17:30")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.view.promises))
    clerk.click("complaints.ticket.promises.1.keep")
    clerk.until(lambda: clerk.view.promises[0].state is PromiseState.KEPT)


def test_a_promise_that_cannot_be_kept_needs_a_reason(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("promise")
    clerk.type("complaints.deed.promised.edit", "师傅上门看")
    clerk.type("complaints.deed.who", "张工")
    clerk.type("complaints.deed.due.edit", "17:30")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.view.promises))
    clerk.click("complaints.ticket.promises.1.break")
    clerk.confirm()
    assert clerk.view.promises[0].state is PromiseState.OPEN
    clerk.type("complaints.deed.reason", "师傅受伤了")
    clerk.confirm()
    clerk.until(lambda: clerk.view.promises[0].state is PromiseState.BROKEN)


def test_a_wait_stands_still_and_says_so(clerk: Clerk) -> None:
    clerk.take("物业费太贵")
    clerk.do("wait")
    clerk.choose("complaints.deed.cause", "resident_away")
    clerk.confirm()
    clerk.until(lambda: any(clock.waiting_for for clock in clerk.view.clocks))
    clerk.pass_time(hours=3)
    clerk.do("resume")
    clerk.until(lambda: not any(clock.waiting_for for clock in clerk.view.clocks))
    at = next(n for n, clock in enumerate(clerk.view.clocks, 1) if clock.rule.startswith("settle"))
    clerk.click(f"complaints.ticket.clocks.{at}.why")
    spans = clerk.panel.ticket.spans
    clerk.until(spans.isVisible)
    cause = clerk.panel.controller.causes()["resident_away"]
    assert any(cause in spans.reason(line.span) for line in spans.model.rows())


def test_a_conflict_tells_who_and_keeps_what_was_typed(clerk: Clerk, seat: Seat, desk: object) -> None:
    view = clerk.take("厨房漏水")
    clerk.do("dispatch")
    clerk.choose("complaints.deed.department", "engineering")
    clerk.type("complaints.deed.order", "带角阀去")
    other = seat(replace(named(seated(clerk.desk, "1002"), "前台2"), clock=clerk.desk.clock))
    other.panel.open_ticket(view.ticket_id)
    other.until(lambda: other.panel.ticket.isVisible())
    other.do("settle")
    other.type("complaints.deed.result", "业主说修好了")
    other.confirm()
    reached(other, TicketState.DONE)
    clerk.confirm()
    assert "何敏" in clerk.text("complaints.deed.problem")
    assert clerk.find("complaints.deed.order").toPlainText() == "带角阀去"  # type: ignore[attr-defined]


def test_esc_keeps_what_was_typed(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("dispatch")
    clerk.type("complaints.deed.order", "带角阀去")
    clerk.key(Qt.Key.Key_Escape)
    assert clerk.find("complaints.deed.dispatch").isVisible()
    clerk.do("dispatch")
    assert clerk.find("complaints.deed.order").toPlainText() == "带角阀去"  # type: ignore[attr-defined]


def test_a_form_half_filled_in_is_offered_after_a_crash(clerk: Clerk, seat: Seat) -> None:
    view = clerk.take("厨房漏水")
    clerk.do("dispatch")
    clerk.type("complaints.deed.order", "带角阀去")
    clerk.panel.keep_draft()
    other = seat()
    other.press(say("widgets.draft.open"))
    other.until(lambda: other.panel.ticket.isVisible() and other.view.number == view.number)
    other.press(say("widgets.draft.put_back"))
    assert other.find("complaints.deed.order").toPlainText() == "带角阀去"  # type: ignore[attr-defined]


def test_who_else_has_it_open_is_shown(clerk: Clerk, seat: Seat) -> None:
    view = clerk.take("厨房漏水")
    other = seat(replace(clerk.desk, name="前台2"))
    other.panel.open_ticket(view.ticket_id)
    other.until(lambda: "前台1" in other.text("complaints.ticket.readers"))


def test_serious_on_a_persons_word_tells_the_heads(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("set_severity")
    clerk.type("complaints.deed.reason", "老人独居,怕出事")
    clerk.confirm()
    clerk.until(lambda: clerk.view.severity.serious)
    assert "老人独居" in clerk.text("complaints.ticket.serious")
    assert clerk.view.alarms
    clerk.click("complaints.ticket.alarms.1.tell")
    clerk.type("complaints.deed.whom", "顾远")
    clerk.type("complaints.deed.told_how", "电话")
    clerk.confirm()
    clerk.until(lambda: any(alarm.told_at for alarm in clerk.view.alarms))


def test_reopened_under_its_number(clerk: Clerk) -> None:
    number = clerk.take("物业好评", "praise").number
    clerk.do("settle")
    clerk.type("complaints.deed.result", "已转告")
    clerk.confirm()
    reached(clerk, TicketState.DONE)
    clerk.do("close")
    reached(clerk, TicketState.CLOSED)
    clerk.do("reopen")
    clerk.type("complaints.deed.reason", "又来电话")
    clerk.confirm()
    reached(clerk, TicketState.RECEIVED)
    assert (clerk.view.number, clerk.view.reopened) == (number, 1)


def test_a_ticket_is_found_by_its_scanned_number(clerk: Clerk) -> None:
    number = clerk.take("厨房漏水").number
    clerk.click("complaints.page.list")
    assert clerk.panel.scan(number)
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    assert not clerk.panel.scan("SJ-2026-000123")


def test_a_phone_is_shown_whole_only_when_asked_for(clerk: Clerk) -> None:
    clerk.receive()
    clerk.panel.intake.form.more.fold.setChecked(True)
    clerk.type("complaints.intake.phone", "19900001234")
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    masked = [label.text() for label in clerk.find("complaints.ticket.form").findChildren(QLabel)]
    assert not any("19900001234" in text for text in masked)
    button = next(b for b in clerk.find("complaints.ticket.form").findChildren(QPushButton))
    clerk.click(button.objectName())
    clerk.until(lambda: "19900001234" in clerk.text("complaints.ticket.phone"))
    clerk.click("complaints.page.list")
    assert clerk.text("complaints.ticket.phone") == ""


def test_photos_of_the_counter_stand_in_the_file(clerk: Clerk, tmp_path: Path) -> None:
    picture = tmp_path / "leak.png"
    Image.new("RGB", (40, 30), "white").save(picture)
    clerk.receive()
    clerk.type("complaints.intake.matter", "厨房漏水")
    clerk.panel.intake.form.more.photos.take_files([picture])
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible())
    clerk.until(lambda: clerk.panel.ticket.photos.isVisible())
    clerk.click("complaints.ticket.photos.1")
    assert clerk.panel.ticket.photos.large.isVisible()
    clerk.click("complaints.ticket.photos.1")
    assert not clerk.panel.ticket.photos.large.isVisible()
