"""Conflicts, refused needs, drafts, signatures, receipts: what goes otherwise than planned."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
)

from deskapp.base import i18n
from deskapp.db.tables.estate import House
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.movein import fees, line, passes, signatures
from tests.gui.movein.clerk import Clerk
from tests.gui.slowdisk import on_slow_disk
from tests.services.estates import house_id, on_day

Seat = Callable[..., Clerk]


def test_the_second_of_two_clerks_is_told_who_was_first_and_keeps_the_text(clerk: Clerk, desk: Desk) -> None:
    clerk.receive()
    clerk.outcome("not_owner")
    clerk.type("movein.form.reason", "说是业主的弟弟")
    other = on_day(desk, desk_name="验房 2 号台", number="2001")
    line.hold(other, "0b6f6f2e-6d65-4d53-8a3b-5f8c6d2b7a01", clerk.view.pass_id, clerk.view.version, "")
    clerk.confirm()
    clerk.until(lambda: clerk.view.state is PassState.HELD)
    kind, sentence = clerk.said[-1]
    assert kind == "warning"
    assert "验房 2 号台" in sentence
    assert "周敏" in sentence
    clerk.click("movein.station.serve")
    clerk.outcome("not_owner")
    assert clerk.find("movein.form.reason", QLineEdit).text() == "说是业主的弟弟"


def test_what_cannot_be_done_is_greyed_and_says_why(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.DOCUMENTS)
    hints: list[str] = []
    clerk.panel.hinted.connect(hints.append)
    button = clerk.find("movein.outcome.in_order")
    assert button.property("blocked")
    assert "签字" in button.toolTip()
    button.setFocus()
    clerk.click("movein.outcome.in_order")
    assert clerk.view.at is Station.DOCUMENTS
    assert any("签字" in hint for hint in hints)


def test_a_refused_answer_is_said_and_what_was_typed_stays(clerk: Clerk) -> None:
    clerk.receive()
    clerk.outcome("not_owner")
    clerk.confirm()
    assert clerk.said == []
    assert "原因" in clerk.fault
    assert clerk.find("movein.form.reason").hasFocus()
    assert clerk.panel.foot.asking is not None
    clerk.type("movein.form.reason", "走错了")
    assert clerk.fault == ""
    clerk.key(Qt.Key.Key_Escape)
    clerk.outcome("rebooked")
    clerk.type("movein.form.new_day.edit", "2020-01-01")
    clerk.confirm()
    assert clerk.view.state is PassState.SERVING
    assert clerk.find("movein.form.new_day.edit", QLineEdit).text() == "2020-01-01"


def test_half_filled_forms_are_offered_again_after_a_crash(seat: Seat) -> None:
    first = seat()
    first.receive()
    first.outcome("not_owner")
    first.type("movein.form.reason", "写到一半")
    first.qtbot.waitUntil(lambda: list(first.desk.drafts.all()) != [])
    first.wait()
    pass_id = first.view.pass_id
    second = seat()
    second.until(lambda: second.panel.messages.messages() != ())
    assert "1#1单元101" in second.panel.messages.messages()[0][1]
    second.click("movein.messages.left_over.action0")
    second.until(lambda: second.panel.controller.view is not None)
    assert second.view.pass_id == pass_id
    second.until(lambda: any("没填完" in text for _, text in second.panel.messages.messages()))
    second.click("movein.messages.draft.action0")
    assert second.panel.foot.asking is not None
    assert second.find("movein.form.reason", QLineEdit).text() == "写到一半"
    second.confirm()
    second.until(lambda: second.view.state is PassState.ENDED)
    second.qtbot.waitUntil(lambda: list(second.desk.drafts.all()) == [])


def test_a_draft_thrown_away_is_not_offered_again(seat: Seat) -> None:
    first = seat()
    first.receive()
    first.outcome("not_owner")
    first.type("movein.form.reason", "不要的话")
    first.panel.keep_draft()
    second = seat()
    second.panel.controller.open_pass(first.view.pass_id)
    second.until(lambda: any("没填完" in text for _, text in second.panel.messages.messages()))
    second.click("movein.messages.draft.action1")
    second.qtbot.waitUntil(lambda: list(second.desk.drafts.all()) == [])


def test_a_draft_on_its_way_to_the_disk_does_not_outlive_its_outcome(seat: Seat, desk: Desk) -> None:
    slow, disk = on_slow_disk(desk)
    clerk = seat(at=slow)
    clerk.receive()
    clerk.outcome("not_owner")
    clerk.type("movein.form.reason", "写到一半")
    disk.hold()
    clerk.panel.drafts.keep()
    clerk.qtbot.waitUntil(disk.writes.is_set)
    clerk.find("movein.form.confirm", QPushButton).click()
    clerk.qtbot.waitUntil(lambda: clerk.view.state is PassState.ENDED)
    disk.go_on()
    clerk.panel.keep_draft()  # the window goes at once
    assert disk.keys() == []


def test_pages_keep_what_is_typed_and_put_it_back(seat: Seat) -> None:
    first = seat()
    first.receive()
    first.walk_to(Station.KEYS)
    first.find("movein.keys.entrance_door.kept", QSpinBox).setValue(2)
    first.type("movein.keys.keeper", "维修班张工")
    first.panel.keep_draft()
    second = seat()
    second.panel.controller.open_pass(first.view.pass_id)
    second.until(lambda: any("没填完" in text for _, text in second.panel.messages.messages()))
    second.click("movein.messages.draft.action0")
    assert second.find("movein.keys.entrance_door.kept", QSpinBox).value() == 2
    assert second.find("movein.keys.keeper", QLineEdit).text() == "维修班张工"


def test_no_secret_is_ever_kept(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.DOCUMENTS)
    clerk.show_papers()
    clerk.sign("documents")
    clerk.outcome("identity_accepted")
    clerk.approve("身份已核", secret="lake-side-9071")
    clerk.panel.keep_draft()
    (draft,) = clerk.desk.drafts.all()
    assert "身份已核" in str(draft.values)
    assert "lake-side" not in str(draft.values)
    clerk.key(Qt.Key.Key_Escape)
    clerk.outcome("identity_accepted")
    assert clerk.find("movein.form.approval.secret", QLineEdit).text() == ""


def test_a_signature_is_drawn_on_the_screen(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.DOCUMENTS)
    clerk.show_papers()
    clerk.click("movein.sign.documents.screen")
    clerk.click("movein.sign.take")  # nothing is written: the pad stays
    pad = clerk.find("movein.sign.pad.pad")
    clerk.qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(50, 260, 15):
        clerk.qtbot.mouseMove(pad, QPoint(x, 60 + x % 40))
    clerk.qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(260, 80))
    clerk.click("movein.sign.take")
    (signed,) = signatures.signatures_of(clerk.desk, clerk.view.house_id)
    assert (signed.method, signed.name) == ("screen", "王䶮")
    assert signed.picture
    clerk.outcome("in_order")
    clerk.until(lambda: clerk.view.at is Station.INSPECTION)


def test_a_paper_signed_by_pen_is_scanned_back(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.DOCUMENTS)
    clerk.show_papers()
    clerk.sign("documents")
    page = clerk.panel.household.page("documents")
    strip = page.signing  # type: ignore[attr-defined]
    clerk.until(lambda: not strip.add_scan.isHidden())
    strip.scanned(clerk.photo())
    clerk.wait()
    (signed,) = signatures.signatures_of(clerk.desk, clerk.view.house_id)
    assert signed.method == "scan"
    strip.scanned(clerk.photo().with_name("gone.png"))
    clerk.wait()
    assert clerk.said[-1][0] == "error"
    assert "gone.png" in clerk.said[-1][1]


def test_a_receipt_is_voided_and_charged_again(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.FEES)
    clerk.choose("movein.fees.pay.method", "wechat")
    clerk.click("movein.fees.take")
    clerk.click("movein.fees.receipt.void")
    clerk.type("movein.form.reason", "交款人写错了")
    clerk.approve()
    clerk.confirm()
    clerk.find("movein.fees.pay.payer", QComboBox).setEditText("沈熙")
    clerk.click("movein.fees.take")
    receipts = fees.fees_view(clerk.desk, clerk.view.house_id).receipts
    standing = {receipt.payer: receipt.voided_at is None for receipt in receipts}
    assert standing == {"王䶮": False, "沈熙": True}
    assert clerk.find("movein.fees.receipt", QComboBox).currentData() == receipts[-1].number
    clerk.choose("movein.fees.receipt", receipts[0].number)
    assert "作废" in clerk.find("movein.fees.receipt.void").toolTip()
    assert [said for said in clerk.said if said[0] != "done"] == []


def test_each_deed_that_a_charge_does_not_allow_says_why(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.FEES)
    clerk.select_charge(0)
    settle, decline = (clerk.find(f"movein.fees.{code}", QPushButton) for code in ("settle", "decline"))
    assert not settle.isEnabled()
    assert "待收" in settle.toolTip()
    assert "必交" in decline.toolTip()
    clerk.click("movein.fees.take")
    clerk.select_charge(0)
    void = clerk.find("movein.fees.void", QPushButton)
    assert not void.isEnabled()
    assert "作废收据" in void.toolTip()


def test_the_area_that_the_roster_did_not_say_is_asked_for_at_the_fees(clerk: Clerk, desk: Desk) -> None:
    with desk.unit(Action.RESIDENTS_EDIT) as unit:
        house = unit.session.get_one(House, (desk.estate_id, house_id(desk, "1#1单元101")))
        house.area = Decimal(0)
        unit.touch("house", house.id)
    clerk.receive("1#1单元101")
    clerk.walk_to(Station.FEES)
    assert "面积未知" in clerk.find("movein.household.state", QLabel).text()
    assert "物业服务费" in clerk.find("movein.fees.uncounted", QLabel).text()
    assert "面积" in clerk.find("movein.outcome.paid").toolTip()
    clerk.type("movein.fees.area", "abc")
    clerk.click("movein.fees.count")
    assert "平方米" in clerk.said[-1][1]
    clerk.type("movein.fees.area", "１１８.26")
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: not clerk.find("movein.fees.uncounted").isVisible())
    assert "3,973.54" in clerk.find("movein.fees.charges", QTableWidget).item(1, 3).text()


def test_after_a_wrong_secret_it_alone_is_typed_again(clerk: Clerk) -> None:
    clerk.receive()
    clerk.outcome("in_order")
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS)
    clerk.click("movein.station.reopen")
    clerk.approve("认错人了", secret="wrong-secret")
    clerk.confirm()
    assert "密码" in clerk.fault
    secret = clerk.find("movein.form.approval.secret", QLineEdit)
    assert secret.text() == ""
    assert clerk.panel.focusWidget() is secret
    assert clerk.find("movein.form.approval.reason", QLineEdit).text() == "认错人了"


def test_a_card_number_has_no_place_at_the_fees(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.FEES)
    clerk.type("movein.fees.pay.reference", "4111 1111 1111 1111")
    clerk.click("movein.fees.take")
    assert "卡号" in clerk.said[-1][1]
    assert fees.fees_view(clerk.desk, clerk.view.house_id).receipts == ()
    assert clerk.find("movein.fees.pay.reference", QLineEdit).text() == "4111 1111 1111 1111"


def test_the_law_is_shown_where_keys_are_kept_back_for_a_fee(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.KEYS)
    clerk.outcome("not_handed_over")
    assert not clerk.find("movein.form.approval.number").isVisible()
    clerk.choose("movein.form.reason_code", "fee_unpaid")
    assert clerk.find("movein.form.approval.number").isVisible()
    clerk.confirm()
    assert "九百四十四" in clerk.fault
    assert clerk.view.state is PassState.SERVING


def test_an_errand_is_taken_at_any_station(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("movein.way.errands")
    clerk.click("movein.errand.take")
    assert clerk.issued[-1].startswith("WT-")
    assert clerk.view.at is Station.NOTICE
    clerk.outcome("in_order")
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS)


def test_a_station_closed_by_mistake_is_opened_again(clerk: Clerk) -> None:
    clerk.receive()
    clerk.outcome("in_order")
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS)
    clerk.click("movein.station.reopen")
    clerk.confirm()
    assert "主管" in clerk.fault
    clerk.approve("认错人了")
    clerk.confirm()
    clerk.until(lambda: clerk.view.at is Station.NOTICE)
    assert not passes.pass_view(clerk.desk, clerk.view.pass_id).stations[0].closed


def test_reservations_stand_on_the_house_for_every_later_desk(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.PAPERS)
    clerk.click("movein.papers.all")
    clerk.click("movein.papers.convention.refused")
    clerk.sign("papers")
    clerk.outcome("convention_refused")
    clerk.find("movein.form.reservations", QPlainTextEdit).setPlainText("第三条<b>不认可</b>")
    clerk.confirm()
    clerk.until(lambda: clerk.view.at is Station.FEES)
    attention = clerk.find("movein.household.attention", QLabel)
    assert "第三条<b>不认可</b>" in attention.text()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_stations_window_fits_a_small_screen(seat: Seat, language: str) -> None:
    i18n.use_language(language)
    for station in Station:
        hint = seat(station).panel.minimumSizeHint()
        assert (hint.width() <= 1366, hint.height() <= 640) == (True, True), f"{station}: {hint}"
