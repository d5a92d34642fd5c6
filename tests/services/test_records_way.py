"""A household's whole way leaves its records on paper, and the day's end adds them up (M8, M14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from deskapp.base.errors import Refused
from deskapp.base.i18n import LANGUAGES, has_text, say, use_language
from deskapp.db.audit import broken_links
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import Document, History
from deskapp.domain.documents import Handover, from_json
from deskapp.domain.fees import PaymentMethod
from deskapp.domain.inspection import Severity
from deskapp.domain.keys import Custody
from deskapp.domain.movein.flow import PassState
from deskapp.domain.papers import Attending
from deskapp.domain.staff import Action
from deskapp.services import documents, printing
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    day_end,
    defects,
    errands,
    escorts,
    fees,
    inspection,
    keys,
    owner_card,
    owner_papers,
    papers,
    payments,
)
from deskapp.services.movein.defects import DefectIn
from deskapp.services.movein.errands import ErrandIn
from deskapp.services.movein.owner_card import CardIn
from deskapp.services.movein.owner_card_data import Contact, HouseholdCard
from deskapp.services.movein.views import Answer, Approval, PassView
from tests.services.estates import SUPERVISOR, house_id, on_day
from tests.services.records import HOUSE, UNTIL, arrived, close, money, new, picture, read_all, signed

WORD = Approval(*SUPERVISOR, reason="业主出差,先交钥匙")
RESERVATION = "不同意第七条 <b>&amp;</b> =1+1"


def values_of(desk: Desk, number: str) -> Any:
    with desk.reading() as session:
        row = session.scalars(select(Document).where(Document.number == number)).one()
        return from_json(row.form, row.values["values"])


def walk(desk: Desk, label: str = HOUSE, attendee: str = "王䶮") -> PassView:
    """The whole way, with a defect, the convention refused, a deferred charge and a key kept."""
    view = close(desk, arrived(desk, label, attendee), "in_order").view
    card = owner_card.owner_card_view(desk, view.house_id)
    household = HouseholdCard(contacts=(Contact("李娜", "19900007001", "妻"),), declined=("pets",))
    owner_card.save_owner_card(desk, new(), view.house_id, card.version, CardIn((), household))
    shown = owner_papers.owner_papers_view(desk, view.pass_id).needed(Attending.OWNER)
    owner_papers.show_papers(desk, new(), view.pass_id, {each.code: True for each in shown})
    signed(desk, view, "documents", name=attendee)
    view = close(desk, view, "in_order").view
    _inspect(desk, view, attendee)
    view = close(desk, view, "accepted_with_defects").view
    for line in papers.papers_view(desk, view.pass_id).lines:
        if line.code != "convention":
            papers.set_paper(desk, new(), view.pass_id, line.code, papers.PaperState.HANDED)
    signed(desk, view, "papers", name=attendee)
    view = close(desk, view, "convention_refused", Answer(reservations=(RESERVATION,))).view
    errand = ErrandIn("代办燃气开户", (), UNTIL, attendee, fee=Decimal("30.00"))
    errands.take_errand(desk, new(), view.house_id, errand)
    view = _pay(desk, view, attendee)
    door = keys.keys_view(desk, view.house_id).lines[0]
    custody = Custody("返修组 陈工", "空鼓返修", UNTIL)
    keys.set_keys(desk, new(), view.pass_id, door.kind, door.version, door.total - 1, 1, custody)
    keys.hand_all_keys(desk, new(), view.pass_id)
    signed(desk, view, "keys", name=attendee)
    signed(desk, view, "handover", name=attendee)
    return close(desk, view, "some_kept").view


def _inspect(desk: Desk, view: PassView, attendee: str) -> None:
    escorts.assign_escort(desk, new(), view.pass_id, escorts.escorts(desk)[0].staff_id)
    sheet = inspection.inspection_view(desk, view.pass_id)
    for room, _ in sheet.rooms:
        inspection.room_in_order(desk, new(), view.pass_id, room)
    wall = DefectIn("空鼓 0.2 ㎡", Severity.MAJOR, item=sheet.lines[3].key)
    defects.add_defect(desk, new(), view.pass_id, wall, (picture(5),))
    read_all(desk, view)
    signed(desk, view, "inspection", name=attendee)
    signed(desk, view, "inspection", "escort", "周敏")


def _pay(desk: Desk, view: PassView, attendee: str) -> PassView:
    bill = fees.fees_view(desk, view.house_id)
    deposit = next(c for c in bill.charges if c.item == "fitout_deposit")
    bill = fees.defer(desk, new(), deposit.charge_id, deposit.version, UNTIL, "装修时再交", WORD).value
    parts = payments.spread(bill, money("4476.58"))
    parts = tuple(part for part in parts if part.charge_id != deposit.charge_id)
    rest = {c.charge_id: c for c in bill.charges if c.item == "errand"}
    parts = (
        *(p for p in parts if p.charge_id not in rest),
        *(payments.Part(c.charge_id, c.version, c.open) for c in rest.values()),
    )
    payments.take_payment(desk, new(), view.house_id, parts, method=PaymentMethod.CARD, payer=attendee)
    return close(desk, view, "deferred", Answer(reason="装修时再交", approval=WORD)).view


def test_the_handover_receipt_holds_the_whole(small_estate: Desk) -> None:
    view = walk(small_estate)
    assert view.state is PassState.DONE
    numbers = {paper.form: paper.number for paper in view.documents}
    assert set(numbers) == {
        "pass", "owner-card", "inspection", "defect-order", "papers-receipt", "errand", "fee-receipt",
        "keys-receipt", "handover",
    }  # fmt: skip
    receipt: Handover = values_of(small_estate, numbers["handover"])
    assert [(each.number, each.outcome) for each in receipt.records] == [
        ("", "in_order"),
        (numbers["inspection"], "accepted_with_defects"),
        (numbers["papers-receipt"], "convention_refused"),
        (numbers["fee-receipt"], "deferred"),
        (numbers["keys-receipt"], "some_kept"),
        (numbers["errand"], ""),
    ]
    assert receipt.records[0].title == "业主登记表"
    assert receipt.pass_number == view.number
    assert [(each.kind, each.reading) for each in receipt.meters] == [
        ("water", "00012.3"),
        ("electricity", "00012.3"),
        ("gas", "00012.3"),
    ]
    assert (receipt.total, receipt.deferred) == (money("4476.58"), money("2000.00"))
    assert receipt.open_defects[0].due_on == small_estate.now().date() + timedelta(days=7)
    assert receipt.reservations[0].text == RESERVATION
    assert [(each.reason, each.by) for each in receipt.overrides] == [("业主出差,先交钥匙", "沈岚")]
    assert receipt.keys[0].kept_until == UNTIL
    assert receipt.signatures[0].picture
    assert receipt.receiver.phone == "199****0000"


def test_every_paper_of_the_way_prints_and_prints_the_same_again(small_estate: Desk) -> None:
    view = walk(small_estate)
    for paper in view.documents:
        job = documents.preview(small_estate, paper.number)
        assert job.missing == (), paper.form
        assert job.pdf == documents.preview(small_estate, paper.number).pdf
    notice = close(
        small_estate,
        arrived(small_estate, "1#1单元202", "陈<b>强</b>"),
        "notice_reprinted",
        Answer(identity_proven=True),
    )
    values = values_of(small_estate, notice.documents[0].number)
    assert (values.owners, values.total) == (("陈<b>强</b>",), money("6446.58"))
    assert documents.preview(small_estate, notice.documents[0].number).missing == ()


def test_every_act_of_the_way_is_told_in_both_languages(small_estate: Desk) -> None:
    walk(small_estate)
    with small_estate.reading() as session:
        acts = [(row.act, row.data) for row in session.scalars(select(History))]
        assert list(broken_links(session, small_estate.estate_id)) == []
    for language in LANGUAGES:
        use_language(language)
        for act, data in acts:
            assert has_text(f"history.{act}"), act
            assert "{" not in say(f"history.{act}", **data)


def test_the_day_adds_up_money_keys_houses_and_defects(small_estate: Desk) -> None:
    walk(small_estate)
    second = arrived(small_estate, "1#1单元102", "龙强文")
    bill = fees.fees_view(small_estate, second.house_id)
    paid = payments.take_payment(
        small_estate,
        new(),
        second.house_id,
        payments.spread(bill, money("100.05")),
        method=PaymentMethod.CASH,
        payer="龙强文",
    ).value
    payments.void_receipt(small_estate, new(), paid.document.number, "收错", WORD)
    day = small_estate.now().date()
    counted = {PaymentMethod.CARD: money("4476.50"), PaymentMethod.CASH: Decimal(0)}
    figures = day_end.day_end(small_estate, day, counted)
    assert (figures.notified, figures.arrived, figures.handed_over) == (12, 2, 1)
    assert (figures.still_open, figures.no_shows, figures.defects_found) == (1, 10, 1)
    by_method = {line.method: line for line in figures.money}
    assert (by_method["card"].booked, by_method["card"].difference) == (money("4476.58"), money("-0.08"))
    assert (by_method["cash"].receipts, by_method["cash"].voided, by_method["cash"].booked) == (1, 1, 0)
    assert (figures.booked, figures.counted) == (money("4476.58"), money("4476.50"))
    door = figures.keys_left[0]
    assert (door.count, door.handed, door.kept) == (12 * 5 - 4, 4, 1)
    assert [(t.found, t.open, t.houses) for t in figures.trades] == [(1, 1, 1)]
    assert {h.state for h in figures.houses} == {"handed_over", "open", "no_show"}
    assert {s.name: s.served for s in figures.stations}["验房"] == 1
    assert figures.overrides[0].by == "沈岚"

    command = new()
    issued = {
        day_end.issue_day_end(small_estate, command, day, counted, "刷卡机差 8 分").value.number
        for _ in range(2)
    }
    assert issued == {"RB-2026-000001"}
    values = values_of(small_estate, "RB-2026-000001")
    assert values == replace(figures, note="刷卡机差 8 分")
    assert documents.preview(small_estate, "RB-2026-000001").missing == ()


def test_the_days_houses_stand_as_people_count_with_all_their_owners(small_estate: Desk) -> None:
    arrived(small_estate, "1#1单元102", "孙强", "agent")
    with small_estate.unit(Action.RESIDENTS_EDIT) as unit:
        house = unit.session.get_one(House, (small_estate.estate_id, house_id(small_estate, "1#1单元202")))
        house.room, house.label, house.place_key = "1002", "1#1单元1002", "1|1|1002"
        unit.touch("house", house.id)
    lines = day_end.day_end(small_estate, small_estate.now().date()).houses
    assert (lines[0].house, lines[0].owner) == ("1#1单元102", "龙强文、沈熙")
    absent = [line.house for line in lines if line.state == "no_show"]
    assert absent[-2:] == ["1#1单元601", "1#1单元1002"]


def test_a_receipt_voided_later_is_told_on_that_day(small_estate: Desk) -> None:
    view = arrived(small_estate)
    bill = fees.fees_view(small_estate, view.house_id)
    parts = payments.spread(bill, money("88.00"))
    payments.take_payment(small_estate, new(), view.house_id, parts, method=PaymentMethod.CASH, payer="王䶮")
    tomorrow = on_day(small_estate, days=1)
    payments.void_receipt(tomorrow, new(), "SJ-2026-000001", "收错户", WORD)
    figures = day_end.day_end(tomorrow, tomorrow.now().date())
    assert "SJ-2026-000001(¥88.00)" in figures.note
    assert all(line.receipts == 0 for line in figures.money)
    assert figures.counted == 0  # there was nothing to count


def test_a_notice_is_issued_again_before_the_household_comes(small_estate: Desk) -> None:
    house, command = house_id(small_estate, "1#1单元101"), new()
    issued = {
        printing.paper(small_estate, command, "movein-notice", house_id=house).value.number for _ in range(2)
    }
    assert issued == {"RT-2026-000001"}
    early = values_of(small_estate, "RT-2026-000001")
    assert (early.total, early.day, early.batch) == (money("6446.58"), date(2026, 12, 4), "首批")
    assert documents.preview(small_estate, "RT-2026-000001").missing == ()
    arrived(small_estate)
    again = printing.paper(small_estate, new(), "movein-notice", house_id=house).value.number
    later = values_of(small_estate, again)
    assert replace(later, reissued_because=early.reissued_because) == early
    for form in ("pass", "owner-card"):
        with pytest.raises(Refused) as told:
            printing.paper(small_estate, new(), form, house_id=house_id(small_estate, "1#1单元102"))
        assert told.value.code == "print.no_pass"


def test_a_day_end_that_cannot_be_is_refused(small_estate: Desk) -> None:
    today = small_estate.now().date()
    for day, counted, code in (
        (today + timedelta(days=1), {}, "day_end.not_yet"),
        (today, {PaymentMethod.CASH: Decimal("-1")}, "day_end.counted"),
        (today, {PaymentMethod.CASH: Decimal("0.005")}, "day_end.counted"),
        (today, {PaymentMethod.CASH: Decimal("NaN")}, "day_end.counted"),
    ):
        with pytest.raises(Refused) as told:
            day_end.day_end(small_estate, day, counted)
        assert told.value.code == code
    station = on_day(small_estate, number="2001")
    with pytest.raises(Refused) as told:
        day_end.day_end(station, date(2026, 12, 4))
    assert told.value.code == "staff.no_right"
