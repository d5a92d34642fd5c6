"""The list by urgency, right at any moment, and clocks that explain themselves (C6, L10, L11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from deskapp.base.assets import Assets
from deskapp.base.clock import CHINA, SetClock
from deskapp.base.i18n import say
from deskapp.domain.complaints.clocks import ClockState
from deskapp.gui.complaints import clocklist
from deskapp.gui.complaints.spans import day_text
from deskapp.services.complaints.clocks import wait
from deskapp.services.complaints.duelist import Only
from deskapp.services.complaints.intake import take, ticket
from deskapp.services.complaints.views import ClockRow, TicketIn
from deskapp.services.desk import Desk
from deskapp.services.opening import seat as seated
from tests.gui.complaints.clerk import Clerk
from tests.gui.complaints.conftest import Seat
from tests.services.complaints.test_calendars import NOTICE


def lefts(clerk: Clerk) -> list[str]:
    """The column of what is left."""
    model = clerk.panel.list.model
    return [model.left(row) for row in model.rows()]


def clocks(clerk: Clerk) -> list[ClockRow]:
    """The clocks among what falls due: a ticket may be with a department as well."""
    return [row for row in clerk.panel.list.model.rows() if row.what == "clock"]


def show(clerk: Clerk) -> None:
    clerk.click("complaints.page.list")


def test_an_empty_list_says_what_to_do_next(clerk: Clerk) -> None:
    show(clerk)
    assert clerk.find("complaints.list.empty.text").isVisible()
    clerk.click("complaints.list.empty.next")
    assert clerk.panel.intake.isVisible()


def test_the_most_urgent_is_first(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    clerk.pass_time(hours=2)
    clerk.take("楼上半夜打麻将太吵", "complaint", "1#1单元202")
    show(clerk)
    rows = clerk.panel.list.model.rows()
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert rows[0].matter == "楼道灯不亮"
    assert lefts(clerk)[0] == say("time.left.hour", hours=22)


def test_it_is_counted_anew_from_now(clerk: Clerk) -> None:
    """After midnight, sleep or a changed clock nothing is wrong for longer than a minute."""
    clerk.take("楼道灯不亮", "repair")
    show(clerk)
    assert clerk.panel.list.model.rows()[0].state is ClockState.RUNNING
    clerk.pass_time(hours=24, minutes=5)
    clerk.panel.list.reload()
    clerk.wait()
    (row,) = clocks(clerk)
    assert row.state is ClockState.LATE
    assert clerk.panel.list.model.left(row) == say("time.over.min", minutes=5)
    assert clerk.panel.list.model.colour(row) == "danger"


def test_the_exact_time_stands_behind_the_spoken_one(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    show(clerk)
    (row,) = clocks(clerk)
    assert clerk.panel.list.model.tip(row) == "2026-12-05 09:00:00"


def test_mine_and_serious_are_filters(clerk: Clerk, seat: Seat) -> None:
    clerk.take("楼道灯不亮", "repair")
    clerk.receive("1#1单元202")
    clerk.type("complaints.intake.matter", "电梯困人")
    clerk.panel.intake.form.more.facts.set_value(("danger",))
    clerk.click("complaints.intake.save")
    clerk.until(lambda: clerk.panel.ticket.isVisible() and clerk.view.form.matter == "电梯困人")
    show(clerk)
    everything = len(clerk.panel.list.model.rows())
    clerk.click("complaints.list.which.serious")
    serious = clerk.panel.list.model.rows()
    assert serious
    assert len(serious) < everything
    assert all(row.serious for row in serious)
    clerk.click("complaints.list.which.mine")
    assert len(clerk.panel.list.model.rows()) == everything


def test_a_click_on_a_clock_explains_it_in_place(clerk: Clerk) -> None:
    """Received on a Friday: the day itself and the weekend do not count."""
    clerk.take("楼上半夜打麻将太吵")
    show(clerk)
    rows = clerk.panel.list.model.rows()
    at = next(n for n, row in enumerate(rows) if row.rule == "settle_residents")
    clerk.panel.list.table.selectRow(at)
    clerk.until(lambda: clerk.panel.list.explained.isVisible())
    spans = clerk.panel.list.spans
    told = [(line.span.counted, spans.reason(line.span)) for line in spans.model.rows()]
    assert told[0] == (False, say("complaints.code.span.receipt_day"))
    assert told[1] == (False, say("complaints.code.span.weekend"))
    assert [counted for counted, _ in told].count(True) == 3
    day = day_text(rows[at].due_at)
    assert day.startswith("2026-12-09 ")
    assert day.endswith(" 18:00")
    assert day in spans.headline.text()
    assert spans.model.data(spans.model.index(len(told) - 1, 3)) == "3 / 3"


def test_a_clock_that_stands_still_says_so_and_for_whom(clerk: Clerk) -> None:
    clerk.take("楼上半夜打麻将太吵")
    clerk.pass_time(hours=1)
    other_party = "other_party"
    wait(clerk.desk, str(uuid4()), clerk.view.ticket_id, other_party)
    show(clerk)
    clerk.click("complaints.list.which.waiting")
    (row,) = clerk.panel.list.model.rows()
    assert lefts(clerk) == [say("complaints.panel.list.stands_still_with", left=say("time.left.day", n=5))]
    clerk.pass_time(hours=2)
    clerk.panel.list.table.selectRow(0)
    clerk.until(lambda: clerk.panel.list.explained.isVisible())
    headline = clerk.panel.list.spans.headline.text()
    assert clerk.panel.controller.causes()[other_party] in headline
    assert say("time.wait.hour", hours=2) in headline
    assert row.waiting_for is not None


def test_the_list_is_read_a_window_at_a_time(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is open, so much is read; the rest when its end comes in sight."""
    for number in range(6):
        take(clerk.desk, str(uuid4()), TicketIn(matter=f"路灯{number}"))
    monkeypatch.setattr(clocklist, "WINDOW", 2)
    page = clerk.panel.list
    page.show_only(Only.ALL)
    clerk.wait()
    page.table.setFixedHeight(70)  # one row in sight
    assert len(page.model.rows()) == 2
    assert page.count.text() == say("complaints.panel.list.count", n=6, late=0)
    bar = page.table.verticalScrollBar()
    for read in (4, 6, 6):
        bar.setValue(bar.minimum())
        bar.setValue(bar.maximum())
        bar.setValue(bar.maximum() - 1)  # asked again before it came: no second reading
        clerk.wait()
        assert len(page.model.rows()) == read
    assert [row.matter for row in page.model.rows()] == [f"路灯{number}" for number in range(6)]


def test_late_is_a_filter_and_where_a_digest_leads(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    clerk.pass_time(hours=23)
    take(clerk.desk, str(uuid4()), TicketIn(matter="路灯不亮"))
    clerk.pass_time(hours=2)
    clerk.panel.show_due(late=True)
    clerk.wait()
    rows = clerk.panel.list.model.rows()
    assert {row.matter for row in rows} == {"楼道灯不亮"}
    assert all(row.state is ClockState.LATE for row in rows)
    clerk.panel.show_due()
    clerk.wait()
    assert {row.matter for row in clerk.panel.list.model.rows()} == {"楼道灯不亮", "路灯不亮"}
    clerk.key(Qt.Key.Key_Down)
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.panel.ticket.isVisible())


def test_enter_opens_the_ticket(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    show(clerk)
    clerk.panel.list.table.selectRow(0)
    clerk.click("complaints.list.open")
    clerk.until(lambda: clerk.panel.ticket.isVisible())


def test_another_desk_sees_it_without_asking(clerk: Clerk, seat: Seat) -> None:
    other = seat()
    other.click("complaints.page.list")
    clerk.runner.changed.connect(other.panel.changed)
    clerk.take("楼道灯不亮", "repair")
    other.until(lambda: len(clocks(other)) == 1)


def test_rows_that_stay_keep_the_place(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    clerk.pass_time(hours=1)
    clerk.take("大门关不上", "repair", "1#1单元202")
    show(clerk)
    clerk.panel.list.table.selectRow(1)
    clerk.pass_time(minutes=1)
    clerk.panel.list.reload()
    clerk.wait()
    assert clerk.panel.list.table.currentIndex().row() == 1


def test_the_holidays_of_a_new_year_are_taken_in_where_they_are_missed(
    seat: Seat, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock over New Year says that its calendar is provisional, until the notice is chosen there."""
    clock = SetClock(datetime(2026, 12, 30, 10, 0, tzinfo=CHINA))
    manager = replace(seated(desk, "4001"), clock=clock, assets=Assets(tmp_path / "site"))
    clerk = seat(manager)
    view = take(manager, str(uuid4()), TicketIn(matter="石材不一样", topic="dev_promise")).value
    clerk.panel.show_due()
    clerk.wait()
    rows = clerk.panel.list.model.rows()
    at = next(n for n, row in enumerate(rows) if row.provisional)
    clerk.panel.list.table.selectRow(at)
    clerk.until(lambda: clerk.panel.list.spans.take_calendar.isVisible())
    assert "2027" in clerk.text("complaints.list.why.provisional")
    wrong, notice = tmp_path / "wrong.txt", tmp_path / "notice.txt"
    wrong.write_text("放假通知", encoding="utf-8")
    notice.write_text(NOTICE, encoding="utf-8")
    for file, kind in ((wrong, "warning"), (notice, "done")):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (str(file), ""))
        clerk.click("complaints.list.why.calendar")
        clerk.until(lambda kind=kind: [one for one, _ in clerk.said][-1:] == [kind])  # type: ignore[misc]
    shown = clerk.panel.list
    shown.reload()
    clerk.until(lambda: not any(row.provisional for row in shown.model.rows()))
    clerk.until(shown.spans.take_calendar.isHidden)
    assert not any(one.provisional for one in ticket(manager, view.ticket_id).clocks)
