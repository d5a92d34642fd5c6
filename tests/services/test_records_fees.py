"""Station ⑤ on both databases: charges, money against receipts to the fen, voids, no card data (F, Z9)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import Charge, Receipt, ReceiptLine
from deskapp.domain.documents import from_json
from deskapp.domain.fees import ChargeState, PaymentMethod
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Action
from deskapp.services import documents
from deskapp.services.desk import Desk
from deskapp.services.movein import area, arrivals, fees, payments
from deskapp.services.movein.payments import Part
from deskapp.services.movein.views import Approval
from tests.services.estates import SUPERVISOR, house_id, on_day
from tests.services.records import arrived, at, charge, close, missing, money, new, pay

WORD = Approval(*SUPERVISOR, reason="经理同意")


def test_a_household_is_charged_by_area_and_kind_once(small_estate: Desk) -> None:
    view = arrived(small_estate)
    bill = fees.fees_view(small_estate, view.house_id)
    service = charge(bill, "service_fee")
    assert service.amount == money("3973.54")  # 118.26 m² × 2.80 × 12 months = 3973.536
    assert (service.quantity, service.unit_price, service.months) == ("118.26", "2.80", 12)
    assert charge(bill, "fitout_waste").amount == money("473.04")
    assert charge(bill, "fitout_deposit").amount == money("2000.00")
    assert bill.total == bill.open == money("6446.58")
    assert {offer.item for offer in bill.offers} == {"extra_door_card", "fitout_pass"}
    arrivals.withdraw(small_estate, new(), view.pass_id, view.version, "改天再来")
    again = arrived(small_estate)
    assert fees.fees_view(small_estate, again.house_id).total == money("6446.58")
    town = arrived(small_estate, "TC201", attendee="李经理", role="agent")
    own = charge(fees.fees_view(small_estate, town.house_id), "service_fee_townhouse")
    assert own.amount == money("9443.52")  # 218.6 m² × 3.60 × 12


def test_a_house_of_unknown_area_waits_for_it_and_is_not_free(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元101")
    with small_estate.unit(Action.RESIDENTS_EDIT) as unit:
        unit.session.get_one(House, (small_estate.estate_id, house)).area = Decimal(0)
        unit.touch("house", house)
    view = at(small_estate, Station.FEES)
    bill = fees.fees_view(small_estate, house)
    assert [c.item for c in bill.charges] == ["fitout_deposit"]
    assert len(bill.uncounted) == 2
    assert {offer.item for offer in bill.offers} == {"extra_door_card", "fitout_pass"}
    pay(small_estate, view, money("2000.00"))
    assert missing(small_estate, view, "paid") == (Need.COUNTED,)
    with pytest.raises(Refused) as refusal:
        fees.add_charge(small_estate, new(), house, "service_fee")
    assert refusal.value.code == "movein.need.counted"
    for wrong in ("0", "-1", "100000", "1.00001", "NaN", "Infinity"):
        with pytest.raises(Refused) as refusal:
            area.count_by_area(small_estate, new(), house, Decimal(wrong))
        assert refusal.value.code == "fees.area"
    command = new()
    counted = area.count_by_area(small_estate, command, house, Decimal("118.26")).value
    assert area.count_by_area(small_estate, command, house, Decimal("118.26")).value == counted
    assert (charge(counted, "service_fee").amount, counted.uncounted) == (money("3973.54"), ())
    assert missing(small_estate, view, "paid") == (Need.PAID,)
    with pytest.raises(Refused) as refusal:
        area.count_by_area(small_estate, new(), house, Decimal(99))
    assert refusal.value.code == "fees.area_known"


def test_part_payments_fill_charges_in_order_and_add_up(small_estate: Desk) -> None:
    view = at(small_estate, Station.FEES)
    first = pay(small_estate, view, money("4000.00"))
    assert first.document.number == "SJ-2026-000001"
    assert charge(first.fees, "service_fee").state is ChargeState.PAID
    part = charge(first.fees, "fitout_waste")
    assert (part.state, part.paid, part.open) == (ChargeState.DUE, money("26.46"), money("446.58"))
    assert first.fees.open == money("2446.58")
    assert missing(small_estate, view, "paid") == (Need.PAID,)
    last = pay(small_estate, view, money("2446.58"), PaymentMethod.WECHAT, reference="尾号 8801")
    assert (last.fees.open, last.fees.paid) == (Decimal(0), money("6446.58"))
    with small_estate.reading() as session:
        assert sum(session.scalars(select(Receipt.amount))) == sum(session.scalars(select(Charge.paid)))
        assert sum(session.scalars(select(ReceiptLine.amount))) == money("6446.58")
        papers = session.scalars(select(Document).where(Document.form == "fee-receipt").order_by(Document.id))
        values = [from_json("fee-receipt", paper.values["values"]) for paper in papers]
    assert [sum(line.amount for line in value.lines) == value.total for value in values] == [True, True]
    assert "尚余 446.58 元" in values[0].lines[1].note
    assert values[0].lines[0].period == "2026-12-04 至 2027-12-03"
    assert (values[1].method, values[1].method_note, values[1].payee) == ("wechat", "尾号 8801", "林晓")
    mark = close(small_estate, view, "paid").view.stations[4]
    assert (mark.station, mark.outcome, mark.closed) == (Station.FEES, "paid", True)


def test_the_same_command_takes_money_once(small_estate: Desk) -> None:
    view, command = arrived(small_estate), new()
    bill = fees.fees_view(small_estate, view.house_id)
    parts = payments.spread(bill, money("100.01"))
    taken = [
        payments.take_payment(
            small_estate, command, view.house_id, parts, method=PaymentMethod.CASH, payer="王䶮"
        ).value.document.number
        for _ in range(3)
    ]
    assert taken == ["SJ-2026-000001"] * 3
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1
    assert fees.fees_view(small_estate, view.house_id).paid == money("100.01")


def test_of_two_cashiers_the_second_is_told(small_estate: Desk) -> None:
    view = arrived(small_estate)
    seen = payments.spread(fees.fees_view(small_estate, view.house_id), money("500"))
    other = on_day(small_estate, desk_name="收费 2 号台", number="1002")
    payments.take_payment(other, new(), view.house_id, seen, method=PaymentMethod.CARD, payer="王䶮")
    with pytest.raises(Conflict) as told:
        payments.take_payment(
            small_estate, new(), view.house_id, seen, method=PaymentMethod.CASH, payer="王䶮"
        )
    assert "收费 2 号台" in told.value.sentence()
    assert fees.fees_view(small_estate, view.house_id).paid == money("500")


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "fees.amount_not_positive"),
        ("-5", "fees.amount_not_positive"),
        ("10.005", "fees.amount_not_in_fen"),
        ("6446.59", "fees.more_than_owed"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(small_estate: Desk, amount: str, code: str) -> None:
    view = arrived(small_estate)
    with pytest.raises(Refused) as told:
        pay(small_estate, view, money(amount))
    assert told.value.code == code
    bill = fees.fees_view(small_estate, view.house_id)
    known = charge(bill, "service_fee")
    forged = [Part(known.charge_id, known.version, money(amount))]
    with pytest.raises(Refused) as told:
        payments.take_payment(
            small_estate, new(), view.house_id, forged, method=PaymentMethod.CASH, payer="王䶮"
        )
    assert told.value.code == code
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 0
        assert session.scalar(select(func.count()).where(Document.form == "fee-receipt")) == 0


def test_charges_of_another_house_are_not_paid_here(small_estate: Desk) -> None:
    own, other = arrived(small_estate), arrived(small_estate, "1#1单元102", "龙强文")
    foreign = payments.spread(fees.fees_view(small_estate, other.house_id), money("1"))
    for parts, code in ((foreign, "records.gone"), ((), "fees.nothing_chosen")):
        with pytest.raises(Refused) as told:
            payments.take_payment(
                small_estate, new(), own.house_id, parts, method=PaymentMethod.CASH, payer="王䶮"
            )
        assert told.value.code == code
    known = charge(fees.fees_view(small_estate, own.house_id), "service_fee")
    twice = [Part(known.charge_id, known.version, money("1"))] * 2
    with pytest.raises(Refused) as told:
        payments.take_payment(
            small_estate, new(), own.house_id, twice, method=PaymentMethod.CASH, payer="王䶮"
        )
    assert told.value.code == "fees.chosen_twice"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("6222 0200 0000 0000 008", "fees.reference_card"),
        ("卡密码 135790", "fees.reference_pin"),
        ("x" * 61, "fees.reference_long"),
    ],
)
def test_a_card_or_its_pin_has_no_place(small_estate: Desk, reference: str, code: str) -> None:
    view = arrived(small_estate)
    if code == "fees.reference_card":
        reference = _card()
    with pytest.raises(Refused) as told:
        pay(small_estate, view, money("1"), PaymentMethod.CARD, reference=reference)
    assert told.value.code == code
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 0


def _card() -> str:
    """A made-up number that passes for a card's: right beginning, length and check digit."""
    body = "622202000000000000"
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def test_a_void_gives_the_money_back_and_its_number_is_gone(small_estate: Desk) -> None:
    view = at(small_estate, Station.FEES)
    taken = pay(small_estate, view, money("6446.58"))
    with pytest.raises(Refused) as told:
        payments.void_receipt(small_estate, new(), taken.document.number, "收错户")
    assert told.value.code == "staff.approval_needed"
    with pytest.raises(Refused) as told:
        payments.void_receipt(small_estate, new(), taken.document.number, "  ", WORD)
    assert told.value.code == "records.reason_missing"
    command = new()
    for _ in range(2):
        bill = payments.void_receipt(small_estate, command, taken.document.number, "收错户", WORD).value
    assert (bill.paid, bill.open) == (Decimal(0), money("6446.58"))
    assert {c.state for c in bill.charges} == {ChargeState.DUE}
    assert missing(small_estate, view, "paid") == (Need.PAID,)
    with pytest.raises(Refused) as told:
        payments.void_receipt(small_estate, new(), taken.document.number, "再来", WORD)
    assert told.value.code == "fees.voided_already"
    parts = payments.spread(bill, money("6446.58"))
    again = payments.take_payment(
        small_estate,
        new(),
        view.house_id,
        parts,
        method=PaymentMethod.ALIPAY,
        payer="王䶮",
        replaces=taken.document.number,
    ).value
    assert again.document.number == "SJ-2026-000002"
    with small_estate.reading() as session:
        paper = session.scalars(select(Document).where(Document.number == "SJ-2026-000002")).one()
        assert from_json("fee-receipt", paper.values["values"]).replaces == "SJ-2026-000001"
    with pytest.raises(Refused) as told:
        documents.void(small_estate, new(), again.document.number, WORD)
    assert told.value.code == "document.void_by_fees"
    with pytest.raises(Refused) as told:
        payments.take_payment(
            small_estate,
            new(),
            view.house_id,
            parts,
            method=PaymentMethod.CASH,
            payer="王䶮",
            replaces=again.document.number,
        )
    assert told.value.code == "fees.replaces"


def test_money_per_method_stands_against_its_receipts(small_estate: Desk) -> None:
    view = arrived(small_estate)
    for amount, method in (
        ("0.01", PaymentMethod.CASH),
        ("1000.10", PaymentMethod.CASH),
        ("333.33", PaymentMethod.TRANSFER),
    ):
        pay(small_estate, view, money(amount), method)
    payments.void_receipt(small_estate, new(), "SJ-2026-000002", "重复收款", WORD)
    day = small_estate.now().date()
    by_method = {line.method: line for line in payments.money_of_day(small_estate, day)}
    cash = by_method["cash"]
    assert (cash.receipts, cash.voided, cash.booked) == (2, 1, money("0.01"))
    assert (cash.first_number, cash.last_number) == ("SJ-2026-000001", "SJ-2026-000002")
    assert by_method["transfer"].booked == money("333.33")
    assert set(by_method) == {method.value for method in PaymentMethod}
    assert sum(line.booked for line in by_method.values()) == money("333.34")
    assert all(line.receipts == 0 for line in payments.money_of_day(small_estate, day + timedelta(days=1)))
