"""The list by urgency, right at any moment, and clocks that explain themselves (C6, L10, L11)."""

from __future__ import annotations

from deskapp.base.i18n import say
from deskapp.domain.complaints.clocks import ClockState
from tests.gui.complaints.clerk import Clerk
from tests.gui.complaints.conftest import Seat


def lefts(clerk: Clerk) -> list[str]:
    """The column of what is left."""
    model = clerk.panel.list.model
    return [model.left(row) for row in model.rows()]


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
    (row,) = clerk.panel.list.model.rows()
    assert row.state is ClockState.LATE
    assert lefts(clerk) == [say("time.over.min", minutes=5)]
    assert clerk.panel.list.model.colour(row) == "danger"


def test_the_exact_time_stands_behind_the_spoken_one(clerk: Clerk) -> None:
    clerk.take("楼道灯不亮", "repair")
    show(clerk)
    (row,) = clerk.panel.list.model.rows()
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
    told = [(span.counted, spans.reason(span)) for span in spans.model.rows()]
    assert told[0] == (False, say("complaints.code.span.receipt_day"))
    assert told[1] == (False, say("complaints.code.span.weekend"))
    assert [counted for counted, _ in told].count(True) == 3
    assert "2026-12-09 18:00" in spans.headline.text()


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
    other.until(lambda: len(other.panel.list.model.rows()) == 1)


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
