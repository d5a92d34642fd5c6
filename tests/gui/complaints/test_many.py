"""Matters of many households, special files, papers and the month, by clicks (C11, C14-C18, Z4, Z21, Z22)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from deskapp.base.i18n import say
from deskapp.domain.complaints.ticket import TicketState
from deskapp.gui.widgets.signature import SignaturePad
from deskapp.services import attachments
from deskapp.services.complaints.incidents import IncidentView
from deskapp.services.desk import Desk
from deskapp.services.opening import named
from deskapp.services.opening import seat as seated
from tests.gui.complaints.clerk import Clerk
from tests.gui.complaints.conftest import Seat
from tests.services.estates import SUPERVISOR


@pytest.fixture
def supervisor(seat: Seat, desk: Desk) -> Clerk:
    """沈岚 at the desk: she agrees answers and issues the month."""
    return seat(replace(named(seated(desk, SUPERVISOR[0]), "前台1"), clock=desk.clock))


def outage(clerk: Clerk) -> IncidentView:
    """Two households call about one blackout; the incident is open."""
    clerk.take("整栋楼停电了", label="1#1单元101")
    clerk.take("我们整栋楼停电了", label="1#1单元202")
    clerk.click("complaints.ticket.to_incident")
    clerk.until(lambda: clerk.panel.incident.view is not None)
    assert clerk.panel.incident.view is not None
    return clerk.panel.incident.view


def incident(clerk: Clerk) -> IncidentView:
    view = clerk.panel.incident.view
    assert view is not None
    return view


def test_distinct_households_are_counted(clerk: Clerk) -> None:
    view = outage(clerk)
    assert view.brief.households == 2
    clerk.take("还是停电", label="1#1单元202")
    clerk.click("complaints.page.incident")
    clerk.until(lambda: len(incident(clerk).tickets) == 3)
    assert incident(clerk).brief.households == 2


def test_the_agreed_answer_is_shown_to_the_next_caller(supervisor: Clerk) -> None:
    outage(supervisor)
    supervisor.do("agree_answer")
    supervisor.type("complaints.deed.answer.edit", "供电局在抢修,预计八点来电。")
    supervisor.confirm()
    supervisor.until(lambda: bool(incident(supervisor).brief.agreed_answer))
    supervisor.receive("1#1单元301")
    supervisor.type("complaints.intake.matter", "整栋楼停电了")
    supervisor.panel.intake.form.paused.emit()
    supervisor.until(lambda: supervisor.panel.intake.similar.isVisible())
    assert "预计八点来电" in supervisor.text("complaints.similar.answer")


def test_a_clerk_may_not_agree_the_answer(clerk: Clerk) -> None:
    outage(clerk)
    clerk.do("agree_answer")
    assert clerk.said[-1] == ("info", say("complaints.panel.supervisor_decides"))
    assert clerk.find("complaints.deed.agree_answer", QPushButton).property("blocked") == "true"


def test_who_never_came_is_told_like_the_others(clerk: Clerk) -> None:
    outage(clerk)
    clerk.do("add_affected")
    clerk.type("complaints.deed.houses", "1#1单元301\n1#1单元302")
    clerk.confirm()
    clerk.until(lambda: len(incident(clerk).affected) == 4)
    clerk.do("send_message")
    clerk.type("complaints.deed.message.edit", "今晚八点来电,给您添麻烦了。")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.panel.incident.told))
    (message,) = clerk.panel.incident.told
    assert len(message.recipients) == 4
    clerk.click(f"complaints.incident.message.{message.message_id}.list")
    clerk.until(lambda: clerk.panel.papers.isVisible())  # on paper, to be called through
    clerk.click("complaints.page.incident")
    first = message.recipients[0]
    clerk.click(f"complaints.incident.message.{message.message_id}.{first.house_id}.told")
    clerk.confirm()
    clerk.until(lambda: any(one.told_at for one in clerk.panel.incident.told[0].recipients))


def test_a_house_that_is_none_is_refused_with_its_text(clerk: Clerk) -> None:
    outage(clerk)
    clerk.do("add_affected")
    clerk.type("complaints.deed.houses", "1#1单元301\n99#9单元999")
    clerk.confirm()
    assert "99#9单元999" in clerk.text("complaints.deed.problem")
    assert len(incident(clerk).affected) == 2


def test_loss_and_claim_of_a_household(clerk: Clerk) -> None:
    outage(clerk)
    clerk.panel.incident.register.selectRow(0)
    clerk.do("set_loss")
    clerk.type("complaints.deed.loss_what", "冰箱里的海鲜")
    clerk.type("complaints.deed.loss_money", "380.50")
    clerk.type("complaints.deed.claim_money", "380.50")
    clerk.confirm()
    clerk.until(lambda: incident(clerk).affected[0].loss == Decimal("380.50"))


def test_a_loss_is_paid_against_a_signature_on_the_screen(clerk: Clerk) -> None:
    outage(clerk)
    clerk.panel.incident.register.selectRow(0)
    clerk.do("pay_loss")
    clerk.type("complaints.deed.paid_money", "300")
    clerk.type("complaints.deed.signed_by", "龙强文")
    clerk.confirm()
    assert clerk.text("complaints.deed.problem") == say("error.complaints.not_signed")
    assert incident(clerk).affected[0].paid_at is None
    pad = clerk.find("complaints.deed.signature", SignaturePad).pad
    clerk.qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 90))
    for x in range(70, 240, 10):
        clerk.qtbot.mouseMove(pad, QPoint(x, 60 + x % 40))
    clerk.qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(240, 100))
    clerk.confirm()
    clerk.until(lambda: incident(clerk).affected[0].paid == Decimal(300))
    paid = incident(clerk).affected[0]
    assert paid.signature
    body = attachments.load(clerk.desk, paid.signature)
    assert body.startswith(b"\x89PNG")
    model = clerk.panel.incident.affected
    column = [column.title for column in model.columns].index(say("complaints.panel.incident.signed"))
    assert model.index(0, column).data() == say("complaints.panel.incident.signed_here", who="龙强文")
    clerk.panel.incident.register.selectRow(0)
    clerk.wait()
    again = clerk.find("complaints.deed.pay_loss")
    assert again.property("blocked") == "true"  # what was signed is not changed
    assert again.toolTip() == say("error.complaints.paid_already")


def test_a_loss_signed_on_paper_is_said_to_be(clerk: Clerk) -> None:
    outage(clerk)
    clerk.panel.incident.register.selectRow(1)
    clerk.do("pay_loss")
    clerk.type("complaints.deed.paid_money", "300")
    clerk.type("complaints.deed.signed_by", "龙强文")
    clerk.find("complaints.deed.signed_on_paper", QCheckBox).setChecked(True)
    clerk.confirm()
    clerk.until(lambda: incident(clerk).affected[1].paid == Decimal(300))
    assert incident(clerk).affected[1].signature == ""


def test_all_children_are_answered_and_closed_together(supervisor: Clerk) -> None:
    outage(supervisor)
    supervisor.do("answer_family")
    supervisor.type("complaints.deed.result", "变压器已换")
    supervisor.type("complaints.deed.reply.edit", "电来了,变压器换了新的。")
    supervisor.choose("complaints.deed.position", "explained")
    supervisor.confirm()
    supervisor.until(lambda: any(line.state is TicketState.MERGED for line in incident(supervisor).tickets))
    supervisor.do("close_family")
    assert supervisor.said[-1][0] == "warning"
    assert incident(supervisor).brief.open


def test_a_dispute_has_parties_talks_and_signatures(clerk: Clerk) -> None:
    clerk.take("楼上半夜打麻将太吵")
    assert clerk.find("complaints.deed.dispute_talk", QPushButton).property("blocked") == "true"
    clerk.do("dispute")
    clerk.type("complaints.deed.complainant", "王䶮")
    clerk.type("complaints.deed.other_party", "李&王")
    clerk.type("complaints.deed.other_house", "1#1单元301")
    clerk.confirm()
    clerk.until(lambda: clerk.find("complaints.deed.dispute_talk").property("blocked") == "false")
    clerk.do("dispute_talk")
    clerk.type("complaints.deed.whom", "李&王")
    clerk.type("complaints.deed.said", "答应十点后不打")
    clerk.confirm()
    clerk.until(lambda: "答应十点后不打" in _section(clerk, "dispute"))
    assert "李&王" in _section(clerk, "dispute")
    clerk.do("paper.neighbour-dispute")
    clerk.until(lambda: clerk.panel.papers.preview.page_count > 0)


def _section(clerk: Clerk, code: str) -> str:
    labels = clerk.find(f"complaints.ticket.{code}").findChildren(QLabel)
    return "\n".join(label.text() for label in labels)


def test_nobody_acts_before_everything_is_on_file(clerk: Clerk) -> None:
    """Z4: the owner of 205 wants in through a window; it is 204's."""
    clerk.take("忘带钥匙,想从窗户进", "help")
    clerk.do("risk")
    clerk.choose("complaints.deed.help", "open_home")
    clerk.type("complaints.deed.identity", "身份证原件")
    clerk.confirm()
    clerk.until(lambda: clerk.find("complaints.deed.risk_tried").property("blocked") == "false")
    clerk.do("risk_given")
    assert say("complaints.code.risk_need.decider") in clerk.said[-1][1]
    clerk.do("risk")
    clerk.type("complaints.deed.house_proof", "档案登记、产权证")
    clerk.type("complaints.deed.risks_told", "门锁会损坏,费用自理")
    clerk.confirm()
    clerk.do("risk_tried")
    clerk.type("complaints.deed.tried", "给家人打电话")
    clerk.type("complaints.deed.tried_result", "没人接")
    clerk.type("complaints.deed.at.edit", "8:50")
    clerk.confirm()
    clerk.until(lambda: "没人接" in _section(clerk, "risk"))
    clerk.do("risk_decide")
    clerk.type("complaints.deed.number", SUPERVISOR[0])
    clerk.type("complaints.deed.secret", "wrong")
    clerk.type("complaints.deed.reason", "证件齐全")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.text("complaints.deed.problem")))
    assert clerk.find("complaints.deed.secret").text() == ""  # type: ignore[attr-defined]
    clerk.type("complaints.deed.secret", SUPERVISOR[1])
    clerk.confirm()
    clerk.until(lambda: clerk.find("complaints.deed.risk_given").property("blocked") == "false")
    clerk.do("risk_given")
    clerk.until(
        lambda: say("complaints.panel.risk_done") in clerk.find("complaints.deed.risk_given").toolTip()
    )


def test_no_draft_holds_a_secret(clerk: Clerk) -> None:
    clerk.take("忘带钥匙", "help")
    clerk.do("risk")
    clerk.choose("complaints.deed.help", "open_home")
    clerk.confirm()
    clerk.until(lambda: clerk.find("complaints.deed.risk_decide").property("blocked") == "false")
    clerk.do("risk_decide")
    clerk.type("complaints.deed.secret", SUPERVISOR[1])
    clerk.type("complaints.deed.reason", "证件齐全")
    clerk.panel.keep_draft()
    kept = "".join(str(draft.values) for draft in clerk.desk.drafts.all())
    assert "证件齐全" in kept
    assert SUPERVISOR[1] not in kept


def test_the_record_bears_the_number_of_the_ticket(clerk: Clerk) -> None:
    number = clerk.take("厨房漏水").number
    clerk.do("paper.complaint")
    clerk.until(lambda: clerk.panel.papers.isVisible() and clerk.panel.papers.preview.page_count > 0)
    assert clerk.text("complaints.paper.number").endswith(number)
    clerk.click("complaints.paper.back")
    assert clerk.panel.ticket.isVisible()
    clerk.until(lambda: bool(clerk.view.documents))


def test_the_bulletin_shows_nobody(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.click("complaints.ticket.bulletin")
    clerk.until(lambda: clerk.panel.ticket.deeds.form is not None)
    clerk.type("complaints.deed.bulletin_area", "1栋1单元101")
    clerk.type("complaints.deed.bulletin_handling", "已派维修")
    clerk.type("complaints.deed.bulletin_result", "换了角阀")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.text("complaints.deed.problem")))
    clerk.type("complaints.deed.bulletin_area", "1栋1单元")
    clerk.confirm()
    clerk.until(lambda: clerk.panel.papers.isVisible())


def test_a_ticket_is_sorted_anew(clerk: Clerk) -> None:
    clerk.take("厨房漏水")
    clerk.do("change")
    clerk.choose("complaints.deed.cause_class", "house_quality")
    clerk.choose("complaints.deed.nature", "valid")
    clerk.confirm()
    clerk.until(lambda: clerk.view.form.cause == "house_quality")
    assert clerk.find("complaints.deeds.matter").findChildren(QPushButton, "complaints.deed.judge") == []


def test_the_month_has_its_bars_and_its_paper(supervisor: Clerk) -> None:
    supervisor.take("厨房漏水")
    supervisor.take("楼道灯不亮", "repair", "1#1单元202")
    supervisor.click("complaints.page.month")
    supervisor.until(lambda: supervisor.panel.month.found is not None)
    kinds = {bar.name: bar.value for bar in supervisor.panel.month.charts["kinds"].bars}
    assert [count for count in kinds.values() if count] == [1, 1]
    assert supervisor.panel.month.trend.points[-1].came == 2
    supervisor.click("complaints.month.issue")
    supervisor.type("complaints.deed.summary", "漏水要回头看")
    supervisor.confirm()
    supervisor.until(lambda: supervisor.panel.papers.isVisible())
    supervisor.until(lambda: supervisor.panel.papers.preview.page_count > 0)


def test_a_clerk_sees_the_month_but_issues_none(clerk: Clerk) -> None:
    clerk.click("complaints.page.month")
    clerk.until(lambda: clerk.panel.month.found is not None)
    clerk.click("complaints.month.issue")
    assert clerk.panel.month.form is None
    assert clerk.said[-1] == ("info", say("complaints.panel.only_supervisor_issues"))
    assert not clerk.find("complaints.month.later", QPushButton).isEnabled()


def test_what_the_manager_must_see_only_he_puts_aside(clerk: Clerk, seat: Seat, desk: Desk) -> None:
    """Z8: the deputy cannot keep it from the manager."""
    view = clerk.take("电梯困人")
    clerk.do("set_severity")
    clerk.type("complaints.deed.reason", "有老人")
    clerk.confirm()
    clerk.until(lambda: bool(clerk.view.alarms))
    at = 1 + next(n for n, alarm in enumerate(clerk.view.alarms) if alarm.post == "manager")
    assert not clerk.panel.findChildren(QPushButton, f"complaints.ticket.alarms.{at}.seen")
    manager = seat(replace(named(seated(desk, "4001"), "经理室"), clock=desk.clock))
    manager.panel.open_ticket(view.ticket_id)
    manager.until(lambda: manager.panel.ticket.isVisible())
    manager.click(f"complaints.ticket.alarms.{at}.seen")
    manager.until(lambda: manager.view.alarms[at - 1].seen_at is not None)
