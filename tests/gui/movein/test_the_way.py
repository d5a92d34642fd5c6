"""A household through all six stations to the printed receipt, by clicks and by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QTableView, QVBoxLayout, QWidget

from deskapp.base import i18n
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui import theme
from deskapp.gui.movein.models import Column
from deskapp.services import documents
from deskapp.services.movein.arrivals import arrive
from tests.gui.movein.clerk import Clerk
from tests.services.estates import house_id

Seat = Callable[..., Clerk]


def test_a_household_walks_from_the_reception_to_its_printed_receipt(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.KEYS)
    clerk.click("movein.keys.all")
    clerk.sign("keys")
    clerk.outcome("all_keys")
    clerk.until(lambda: clerk.view.state is PassState.DONE)
    series = [number.split("-")[0] for number in clerk.issued if not number.startswith("owner-card")]
    assert series == ["LZ", "YF", "ZL", "SJ", "YS", "JF"]
    receipt = clerk.issued[-1]
    clerk.click(f"movein.issued.{receipt}.preview")
    assert clerk.panel.papers.number == receipt
    assert documents.preview(clerk.desk, receipt).pdf.startswith(b"%PDF")
    assert [said for said in clerk.said if said[0] != "done"] == []


def test_it_is_given_its_number_by_enter(clerk: Clerk) -> None:
    clerk.panel.show_household(house_id(clerk.desk, "1#1单元601"))
    clerk.until(lambda: clerk.panel.controller.reception is not None)
    assert "1#1单元601" in clerk.find("movein.reception.title", QLabel).text()
    assert "40000" in clerk.find("movein.reception.attention", QLabel).text()
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.panel.controller.view is not None)
    assert clerk.view.label == "1#1单元601"


def test_another_house_of_the_same_owner_is_told(clerk: Clerk) -> None:
    clerk.panel.show_household(house_id(clerk.desk, "1#1单元101"))
    clerk.until(lambda: clerk.panel.controller.reception is not None)
    assert "1#1单元201" in clerk.find("movein.reception.attention", QLabel).text()


def test_enter_does_the_next_natural_thing_and_never_an_unusual_one(clerk: Clerk) -> None:
    clerk.receive()
    assert clerk.view.at is Station.NOTICE
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS and clerk.view.state is PassState.SERVING)
    clerk.show_papers()
    clerk.panel.setFocus()
    clerk.key(Qt.Key.Key_Return)  # not signed yet: nothing natural can be done
    assert clerk.view.at is Station.DOCUMENTS
    assert clerk.view.state is PassState.SERVING


def test_a_second_click_does_nothing_more(clerk: Clerk) -> None:
    clerk.receive()
    button = clerk.find("movein.outcome.in_order")
    for _ in range(3):
        clerk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS)
    assert clerk.said == []


def test_a_station_serves_its_own_queue_only(seat, clerk: Clerk) -> None:  # type: ignore[no-untyped-def]
    clerk.panel.goes_on.setChecked(False)
    for label in ("1#1单元101", "1#1单元102"):
        clerk.receive(label)
    station = seat(Station.NOTICE)
    assert station.panel.queue.model.rowCount() == 2
    station.key(Qt.Key.Key_F5)
    assert station.view.state is PassState.CALLED
    station.key(Qt.Key.Key_F6)
    assert station.view.state is PassState.CALLED
    station.key(Qt.Key.Key_F7)
    assert (station.view.state, station.view.misses) == (PassState.HELD, 1)
    station.key(Qt.Key.Key_F12)
    assert station.view.state is PassState.WAITING
    station.key(Qt.Key.Key_F5)
    station.key(Qt.Key.Key_F8)
    assert station.view.state is PassState.SERVING
    station.key(Qt.Key.Key_Return)
    assert station.view.at is Station.DOCUMENTS
    assert station.find("movein.outcome").isHidden()
    station.key(Qt.Key.Key_F5)
    assert station.view.label == "1#1单元102"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_names_of_a_queue_can_be_read_whole(
    seat: Seat, clerk: Clerk, qapp: QApplication, language: str
) -> None:
    theme.apply(qapp)
    for label in ("1#1单元101", "1#1单元102"):
        house = house_id(clerk.desk, label)
        arrive(clerk.desk, "", house, attendee="欧阳明德", role="owner", priority="elderly")
    i18n.use_language(language)
    station = seat(Station.NOTICE)
    table = station.find("movein.queue", QTableView)
    station.key(Qt.Key.Key_F5)
    station.key(Qt.Key.Key_F8)
    assert table.model().rowCount() == 2
    shown = table.columnWidth(Column.NAMES)
    assert shown >= table.fontMetrics().horizontalAdvance("欧阳明德")
    assert shown + table.columnViewportPosition(Column.NAMES) <= table.viewport().width()


def test_nobody_waiting_is_said(seat) -> None:  # type: ignore[no-untyped-def]
    station = seat(Station.FEES)
    station.click("movein.station.next")
    assert len(station.said) == 1
    assert station.panel.queue.model.rowCount() == 0


def test_a_scan_opens_the_household_at_any_station(seat, clerk: Clerk) -> None:  # type: ignore[no-untyped-def]
    clerk.receive()
    view = clerk.view
    station = seat(Station.KEYS)
    for text in (f"{view.number} 0123456789ab", view.queue_number):
        station.panel.controller.leave()
        assert station.panel.scan(text)
        station.until(lambda: station.panel.controller.view is not None)
        assert station.view.pass_id == view.pass_id
    assert not station.panel.scan("6901234567892")
    assert station.panel.scan("LZ-2026-999999")
    station.wait()
    assert "LZ-2026-999999" in station.said[-1][1]


def test_the_file_of_the_household_is_one_click_away(clerk: Clerk) -> None:
    wanted: list[int] = []
    clerk.panel.household_wanted.connect(wanted.append)
    clerk.receive()
    clerk.click("movein.household.file")
    assert wanted == [clerk.view.house_id]


def test_why_a_fee_is_charged_stands_below_the_bill(clerk: Clerk) -> None:
    clerk.receive()
    clerk.walk_to(Station.FEES)
    clerk.select_charge(0)
    assert "前期物业服务合同" in clerk.find("movein.fees.why", QLabel).text()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_at_150_percent_one_side_is_shown_whole_and_leads_to_the_other(
    seat: Seat, qapp: QApplication, language: str
) -> None:
    theme.apply(qapp)
    i18n.use_language(language)
    clerk = seat()
    clerk.panel.resize(910, 428)  # what is left of 1366x768
    clerk.receive()
    sides = clerk.panel.sides
    assert sides.narrow
    assert clerk.panel.household.isVisible()
    assert not clerk.panel.queue.isVisible()
    for code in ("notice", "documents", "inspection", "papers", "fees", "keys", "errands", "issued"):
        clerk.click(f"movein.way.{code}")
        assert clerk.panel.minimumSizeHint().width() <= 910, code
        area = clerk.find("movein.household.page", QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0, code
    clerk.click("movein.sides.other")
    assert clerk.panel.queue.isVisible()
    assert not clerk.panel.household.isVisible()
    buttons = [clerk.find(f"movein.station.{code}") for code in ("serve", "hold", "withdraw")]
    inside = clerk.panel.rect().contains
    clerk.until(lambda: all(inside(b.mapTo(clerk.panel, b.rect().bottomRight())) for b in buttons))
    clerk.click("movein.sides.other")
    assert clerk.panel.household.isVisible()
    clerk.panel.resize(1366, 660)
    assert clerk.panel.queue.isVisible()
    assert clerk.panel.household.isVisible()


@pytest.mark.parametrize("width", [1366, 910])
def test_a_helper_calls_and_begins_with_the_keyboard_from_wherever_the_focus_is(
    seat: Seat, width: int
) -> None:
    desk_clerk = seat()
    desk_clerk.panel.goes_on.setChecked(False)
    desk_clerk.receive("1#1单元102")
    helper = seat(Station.NOTICE)
    window = QWidget()
    helper.qtbot.addWidget(window)
    column, search = QVBoxLayout(window), QLineEdit()
    column.addWidget(search)
    column.addWidget(helper.panel)
    window.resize(width, 640)
    with helper.qtbot.waitActive(window):
        window.show()
        window.activateWindow()
        search.setFocus()
    assert helper.panel.take_focus()
    assert helper.find("movein.station.next").hasFocus()
    search.setFocus()
    helper.qtbot.keyClick(search, Qt.Key.Key_F5)
    helper.until(lambda: helper.panel.controller.view is not None)
    helper.until(lambda: helper.view.state is PassState.CALLED)
    helper.until(lambda: window.focusWidget() is helper.find("movein.station.serve"))
    helper.key(Qt.Key.Key_Return)
    helper.until(lambda: helper.view.state is PassState.SERVING)
    helper.outcome("in_order")
    helper.until(lambda: helper.view.at is Station.DOCUMENTS)
    assert window.focusWidget() is helper.find("movein.station.next")
    helper.panel.setParent(None)  # type: ignore[call-overload]


def test_who_did_not_come_is_not_begun_with_by_enter(seat: Seat) -> None:
    reception = seat()
    reception.panel.goes_on.setChecked(False)
    reception.receive("1#1单元102")
    helper = seat(Station.NOTICE)
    helper.find("movein.queue").setFocus()
    helper.wait()
    assert helper.panel.controller.view is None  # the focus alone opens nobody
    helper.click("movein.station.next")
    helper.until(lambda: helper.panel.controller.view is not None)
    helper.click("movein.station.no_show")
    helper.until(lambda: helper.view.state is PassState.HELD)
    primary = [o.key for o in helper.panel.queue.bar.outcomes() if o.role == "primary"]
    assert primary == ["next"]
    assert helper.find("movein.station.next").hasFocus()


def test_when_a_household_is_done_with_the_next_one_is_searched(clerk: Clerk) -> None:
    wanted: list[str] = []
    clerk.panel.search_wanted.connect(lambda: wanted.append("search"))
    clerk.receive()
    clerk.outcome("in_order")
    clerk.until(lambda: clerk.view.at is Station.DOCUMENTS)
    assert wanted == []  # it goes on at the next station
    clerk.outcome("agent_insufficient")
    clerk.type("movein.form.reason", "委托书没有签名")
    clerk.confirm()
    clerk.until(lambda: clerk.view.state is PassState.HELD)
    assert wanted == ["search"]
