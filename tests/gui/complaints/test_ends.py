"""The end of a ticket on the screen: what a close lacks leads to it, a fault goes back, whose list it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from deskapp.domain.complaints.ticket import TicketState
from deskapp.gui.complaints.closeneeds import WAYS
from deskapp.gui.complaints.deedlist import Beside, deed_groups
from deskapp.services.complaints.duelist import Only
from tests.gui.complaints.clerk import Clerk

NOTE = "complaints.ticket.deeds.note"


def follow(clerk: Clerk, number: int = 1) -> None:
    """The way to the so-manieth thing that is missing, by keyboard."""
    note = clerk.find(NOTE, QLabel)
    note.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(number):
        QTest.keyClick(note, Qt.Key.Key_Tab)
    QTest.keyClick(note, Qt.Key.Key_Return)
    clerk.wait()


def settled(clerk: Clerk) -> None:
    clerk.do("settle")
    clerk.type("complaints.deed.result", "换了软管")
    clerk.confirm()
    clerk.until(lambda: clerk.view.state is TicketState.DONE)
    clerk.do("reply")
    clerk.choose("complaints.deed.position", "upheld")
    clerk.confirm()
    clerk.until(lambda: clerk.view.state is TicketState.REPLIED)


def test_each_thing_that_a_close_lacks_leads_to_its_deed(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    note = clerk.find(NOTE, QLabel)
    assert note.text().count("<a href=") == len(clerk.view.missing)
    assert "<a" not in note.accessibleName()
    assert note.accessibleName().startswith("结案还缺")
    follow(clerk)
    assert clerk.panel.ticket.deeds.form is not None
    assert clerk.panel.ticket.deeds.form.deed.code == "settle"


def test_a_need_that_cannot_be_met_yet_says_why(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    needs = list(clerk.view.missing)
    follow(clerk, needs.index("call_back") + 1)
    assert clerk.panel.ticket.deeds.form is None
    assert clerk.said[-1][0] == "info"


def test_an_open_promise_is_gone_to_in_the_file(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("promise")
    clerk.type("complaints.deed.promised.edit", "师傅上门看")
    clerk.type("complaints.deed.who", "张工")
    clerk.type("complaints.deed.due.edit", "17:30")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.view.promises))
    follow(clerk, list(clerk.view.missing).index("promises") + 1)
    assert clerk.find("complaints.ticket.promises.1.keep", QPushButton).hasFocus()


@pytest.mark.parametrize("need", WAYS)
def test_every_need_has_a_way_that_is_there(clerk: Clerk, need: str) -> None:
    clerk.take("电梯困人")
    clerk.do("set_severity")
    clerk.type("complaints.deed.reason", "有老人")
    clerk.confirm()
    clerk.until(lambda: clerk.view.severity.serious)
    groups = deed_groups(clerk.panel.controller, clerk.view, Beside())
    codes = {deed.code for group in groups for deed in group.deeds} | {"promises", "approve_reply"}
    assert set(WAYS[need]) & codes


def test_a_fault_goes_back_on_paper_from_its_line(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    settled(clerk)
    clerk.do("call_back")
    clerk.choose("complaints.deed.grade", "dissatisfied")
    clerk.type("complaints.deed.fault", "角阀仍滴水")
    clerk.confirm()
    clerk.until(lambda: clerk.view.reopened == 1)
    assert "前书面退回" in clerk.text("complaints.ticket.call_backs.1")
    clerk.click("complaints.ticket.call_backs.1.hand_back")
    clerk.until(lambda: clerk.panel.papers.isVisible())
    clerk.click("complaints.page.ticket")
    clerk.until(lambda: "已书面退回" in clerk.text("complaints.ticket.call_backs.1"))


def test_the_list_of_one_department_and_whom_to_call(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("dispatch")
    clerk.choose("complaints.deed.department", "engineering")
    clerk.confirm()
    clerk.until(lambda: clerk.view.state is TicketState.DISPATCHED)
    clerk.click("complaints.page.list")
    clerk.until(lambda: clerk.panel.list.model.rowCount() > 0)
    whole = clerk.panel.list.model.rowCount()
    box = clerk.find("complaints.list.department", QComboBox)
    box.setCurrentIndex(box.findData("cleaning"))
    clerk.wait()
    assert clerk.panel.list.model.rowCount() == 0
    assert "环境主管" in clerk.text("complaints.list.head")
    box.setCurrentIndex(box.findData("engineering"))
    clerk.wait()
    assert clerk.panel.list.model.rowCount() == whole
    clerk.panel.list.show_only(Only.LATE)
    clerk.wait()
    assert box.currentData() == ""
