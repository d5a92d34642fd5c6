"""The month on the screen: bars from nought, targets, and the supervisor's own judgement (C17)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from sqlalchemy import select

from deskapp.db.tables.record import Document
from deskapp.services.desk import Desk
from deskapp.services.opening import named
from deskapp.services.opening import seat as seated
from tests.gui.complaints.clerk import Clerk
from tests.gui.complaints.conftest import Seat
from tests.services.estates import SUPERVISOR


@pytest.fixture
def supervisor(seat: Seat, desk: Desk) -> Clerk:
    return seat(replace(named(seated(desk, SUPERVISOR[0]), "前台1"), clock=desk.clock))


def test_the_supervisor_judges_and_what_is_proposed_is_no_judgement(supervisor: Clerk, desk: Desk) -> None:
    supervisor.take("厨房漏水")
    supervisor.click("complaints.page.month")
    supervisor.until(lambda: supervisor.panel.month.found is not None)
    supervisor.click("complaints.month.issue")
    form = supervisor.panel.month.form
    assert form is not None
    assert form.form.value("summary").startswith("本月受理 1 件")
    found = supervisor.panel.month.found
    assert found is not None
    [method] = found.methods
    box = supervisor.find(f"complaints.deed.judged_{method.topic}", QComboBox)
    assert box.currentData() == ""
    box.setCurrentIndex(box.findData("partly"))
    supervisor.type(f"complaints.deed.better_{method.topic}", "当天回看")
    supervisor.type("complaints.deed.measures", "每周排查\n备足管件")
    kept = supervisor.panel.month.values()
    supervisor.click("complaints.deed.back")
    assert supervisor.panel.month.form is None
    supervisor.panel.month.restore(kept)
    supervisor.confirm()
    supervisor.until(lambda: supervisor.panel.papers.isVisible())
    supervisor.until(lambda: supervisor.panel.papers.preview.page_count > 0)
    with desk.reading() as session:
        row = session.scalars(select(Document).where(Document.form == "monthly-analysis")).one()
    [line] = row.values["values"]["methods"]
    assert (line["judged"], line["better"]) == ("partly", "当天回看")
    assert row.values["values"]["measures"] == ["每周排查", "备足管件"]


def test_rates_are_drawn_against_a_hundred_and_their_target(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.click("complaints.page.month")
    clerk.until(lambda: clerk.panel.month.found is not None)
    month = clerk.panel.month
    rates = {bar.name: bar for bar in month.charts["rates"].bars}
    assert rates["回访率"].target == 100
    assert "目标 100 %" in rates["回访率"].text
    assert "—" in rates["满意率"].text
    assert len(month.trend.points) == 12
    assert month.trend.points[-1].below == ("—", "—", "—")
    assert "（至今）" in clerk.find("complaints.month.head", QLabel).text()
    clerk.click("complaints.month.earlier")
    clerk.until(lambda: month.found is not None and month.found.month == month.month)
    assert "（至今）" not in clerk.find("complaints.month.head", QLabel).text()
    assert [bar.value for bar in month.charts["kinds"].bars] == [0] * len(month.charts["kinds"].bars)
