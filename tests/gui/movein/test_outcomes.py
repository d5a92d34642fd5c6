"""Every outcome of every station once, through the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QSpinBox

from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.outcomes import OUTCOMES, Effect, Outcome
from deskapp.domain.movein.stations import Station
from deskapp.services.desk import Desk
from deskapp.services.movein import passes
from tests.gui.movein.clerk import Clerk
from tests.services.estates import on_day


def tick(clerk: Clerk, *names: str) -> None:
    for name in names:
        clerk.find(name, QCheckBox).setChecked(True)


def shown_as(clerk: Clerk, attending: str) -> None:
    clerk.choose("movein.documents.attending", attending)
    clerk.show_papers()
    clerk.sign("documents")


def agent(clerk: Clerk) -> None:
    shown_as(clerk, "agent")
    clerk.outcome("agent_authorised")
    clerk.type("movein.form.agent.name", "孙强")
    clerk.type("movein.form.agent.id_number", "420111199003070009")
    clerk.type("movein.form.agent.scope", "代为验房、签字、领取钥匙")


def reason(text: str) -> Callable[[Clerk], None]:
    return lambda clerk: clerk.type("movein.form.reason", text)


def identity_accepted(clerk: Clerk) -> None:
    clerk.show_papers()
    clerk.sign("documents")
    clerk.outcome("identity_accepted")
    clerk.type("movein.form.reason", "身份证已换新号")
    clerk.approve()


def with_defects(clerk: Clerk) -> None:
    clerk.read_meters()
    clerk.all_rooms_in_order()
    clerk.add_defect()
    clerk.sign("inspection")


def not_inspected(clerk: Clerk) -> None:
    clerk.read_meters()
    clerk.sign("waiver")


def reservations(clerk: Clerk) -> None:
    clerk.click("movein.papers.all")
    clerk.click("movein.papers.convention.refused")
    clerk.sign("papers")
    clerk.outcome("convention_refused")
    clerk.find("movein.form.reservations", QPlainTextEdit).setPlainText("第三条不认可\n第五条要改")


def item_short(clerk: Clerk) -> None:
    clerk.click("movein.papers.gas_guide.short")
    clerk.click("movein.papers.all")
    clerk.sign("papers")


def deferred(clerk: Clerk) -> None:
    for at in range(3):
        clerk.select_charge(at)
        clerk.click("movein.fees.defer")
        clerk.type("movein.form.reason", "月底发工资")
        clerk.approve()
        clerk.confirm()


def disputed(clerk: Clerk) -> None:
    clerk.select_charge(0)
    clerk.click("movein.fees.dispute")
    clerk.type("movein.form.reason", "面积不对")
    clerk.confirm()
    clerk.outcome("disputed")
    clerk.type("movein.form.reason", "面积不对")


def on_developer(clerk: Clerk) -> None:
    for at in range(3):
        clerk.select_charge(at)
        clerk.click("movein.fees.to_developer")
        clerk.type("movein.form.reason", "开发商赠送")
        clerk.approve()
        clerk.confirm()
    clerk.outcome("charged_to_developer")
    clerk.type("movein.form.reason", "开发商赠送")


def some_kept(clerk: Clerk) -> None:
    clerk.type("movein.keys.keeper", "维修班张工")
    clerk.type("movein.keys.why", "客厅地面返修")
    clerk.find("movein.keys.entrance_door.kept", QSpinBox).setValue(1)
    clerk.click("movein.keys.save")
    clerk.click("movein.keys.all")
    clerk.sign("keys")


def all_keys(clerk: Clerk) -> None:
    clerk.click("movein.keys.all")
    clerk.sign("keys")


def not_for_fee(clerk: Clerk) -> None:
    clerk.outcome("not_handed_over")
    clerk.choose("movein.form.reason_code", "fee_unpaid")
    clerk.approve("业主同意明天一并领")


def form(clerk: Clerk) -> None:
    """The form of an outcome that asks nothing but what is filled in already."""


BEFORE: dict[str, Callable[[Clerk], None]] = {
    "documents.in_order": lambda c: shown_as(c, "owner"),
    "documents.co_owner_absent": lambda c: shown_as(c, "co_owner_absent"),
    "documents.company_papers": lambda c: shown_as(c, "company"),
    "inspection.accepted": lambda c: (c.read_meters(), c.all_rooms_in_order(), c.sign("inspection"))[-1],
    "inspection.accepted_with_defects": with_defects,
    "inspection.refused": with_defects,
    "inspection.not_inspected": not_inspected,
    "papers.all_signed": lambda c: (c.click("movein.papers.all"), c.sign("papers"))[-1],
    "papers.item_short": item_short,
    "fees.paid": lambda c: c.click("movein.fees.take"),
    "fees.deferred": deferred,
    "keys.all_keys": all_keys,
    "keys.some_kept": some_kept,
}
"""What is written down first."""

OPENS: dict[str, Callable[[Clerk], None]] = {
    "documents.agent_authorised": agent,
    "documents.identity_accepted": identity_accepted,
    "papers.convention_refused": reservations,
    "fees.disputed": disputed,
    "fees.charged_to_developer": on_developer,
    "keys.not_handed_over": not_for_fee,
}
"""What leads to the open form and fills it in."""

FILLS: dict[str, Callable[[Clerk], None]] = {
    "notice.notice_reprinted": lambda c: tick(c, "movein.form.identity_proven"),
    "notice.rebooked": form,
    "notice.not_owner": reason("是楼上住户的亲戚"),
    "documents.papers_missing": form,
    "documents.agent_insufficient": reason("委托书没有签名"),
    "documents.co_owner_absent": lambda c: tick(c, "movein.form.letter", "movein.form.letter_copy"),
    "documents.identity_mismatch": reason("合同上是另一个人"),
    "documents.company_papers": lambda c: tick(c, "movein.form.company_papers"),
    "inspection.refused": form,
}
"""What is filled in after the form has opened."""


@pytest.mark.parametrize("chosen", OUTCOMES, ids=lambda outcome: outcome.key)
def test_each_outcome_is_reached_by_clicks(clerk: Clerk, chosen: Outcome) -> None:
    clerk.receive("1#1单元102")
    clerk.panel.goes_on.setChecked(True)
    clerk.walk_to(chosen.station)
    clerk.panel.goes_on.setChecked(False)
    BEFORE.get(chosen.key, lambda _: None)(clerk)
    if chosen.key in OPENS:
        OPENS[chosen.key](clerk)
        clerk.confirm()
    else:
        clerk.outcome(chosen.code)
        if chosen.key in FILLS:
            FILLS[chosen.key](clerk)
            clerk.confirm()
    expected = {
        Effect.ADVANCE: {PassState.WAITING, PassState.DONE},
        Effect.HOLD: {PassState.HELD},
        Effect.WAIT: {PassState.AWAITING},
        Effect.REBOOK: {PassState.REBOOKED},
        Effect.DISPUTE: {PassState.DISPUTE},
        Effect.END: {PassState.ENDED},
    }
    clerk.until(lambda: clerk.view.state is not PassState.SERVING)
    view = passes.pass_view(clerk.desk, clerk.view.pass_id)
    mark = next(m for m in view.stations if m.station is chosen.station)
    assert (view.state in expected[chosen.effect], mark.outcome) == (True, chosen.code)
    assert mark.closed is (chosen.effect is Effect.ADVANCE)
    assert set(chosen.issues) <= {paper.form for paper in view.documents}
    assert clerk.panel.foot.asking is None


def test_another_day_is_taken_now(seat, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    clerk = seat(at=on_day(desk, days=-1))
    clerk.receive()
    button = clerk.find("movein.outcome.in_order")
    assert "今天不是" in button.toolTip()
    clerk.outcome("in_order")
    assert clerk.view.at is Station.NOTICE
    clerk.outcome("other_day_taken")
    assert clerk.view.at is Station.DOCUMENTS


def test_open_gate_asks_the_supervisor_and_says_what_is_open(clerk: Clerk) -> None:
    clerk.receive()
    clerk.click("movein.station.send")
    clerk.choose("movein.form.station", "keys")
    clerk.confirm()
    clerk.until(lambda: clerk.view.at is Station.KEYS)
    clerk.serve()
    all_keys(clerk)
    clerk.outcome("all_keys")
    assert clerk.panel.foot.asking is not None
    clerk.approve("出差,先领钥匙", secret="wrong-secret")
    clerk.confirm()
    assert clerk.view.state is PassState.SERVING
    assert clerk.panel.foot.asking is not None  # what was typed stays, but for the secret
    assert clerk.find("movein.form.approval.number", QComboBox).currentText() == "3001"
    clerk.approve("出差,先领钥匙")
    clerk.confirm()
    assert clerk.view.state is PassState.DONE
    assert clerk.view.stations[-1].overruled == "出差,先领钥匙"
