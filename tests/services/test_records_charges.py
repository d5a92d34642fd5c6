"""A charge that is not simply paid: deferred, disputed, declined, the developer's (M6 ⑤)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.base.errors import Conflict, Refused
from deskapp.domain.fees import ChargeState, PaymentMethod
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.services.desk import Desk
from deskapp.services.movein import fees, payments
from deskapp.services.movein.payments import Part
from deskapp.services.movein.views import Answer, Approval
from tests.services.estates import SUPERVISOR, on_day
from tests.services.records import UNTIL, arrived, at, charge, close, missing, money, new, pay

WORD = Approval(*SUPERVISOR, reason="经理同意")


def test_deferring_needs_a_supervisors_word_and_a_day(small_estate: Desk) -> None:
    view = at(small_estate, Station.FEES)
    bill = pay(small_estate, view, money("4446.58")).fees
    rest = charge(bill, "fitout_deposit")
    with pytest.raises(Refused) as told:
        fees.defer(small_estate, new(), rest.charge_id, rest.version, UNTIL, "月底发工资")
    assert told.value.code == "staff.approval_needed"
    yesterday = small_estate.now().date() - timedelta(days=1)
    with pytest.raises(Refused) as told:
        fees.defer(small_estate, new(), rest.charge_id, rest.version, yesterday, "月底发工资", WORD)
    assert told.value.code == "fees.day_past"
    bill = fees.defer(small_estate, new(), rest.charge_id, rest.version, UNTIL, "月底发工资", WORD).value
    later = charge(bill, "fitout_deposit")
    assert (later.state, later.until, bill.deferred) == (ChargeState.DEFERRED, UNTIL, money("2000.00"))
    assert missing(small_estate, view, "deferred") == ()
    assert missing(small_estate, view, "paid") == (Need.PAID,)
    with pytest.raises(Conflict):
        fees.mark_disputed(small_estate, new(), rest.charge_id, rest.version, "不该收")
    bill = pay(small_estate, view, money("2000")).fees
    assert charge(bill, "fitout_deposit").until is None
    assert bill.open == 0


def test_a_supervisor_at_the_desk_needs_no_second_word(small_estate: Desk) -> None:
    view = arrived(small_estate)
    desk = on_day(small_estate, number="3001")
    rest = charge(fees.fees_view(desk, view.house_id), "service_fee")
    done = fees.defer(desk, new(), rest.charge_id, rest.version, UNTIL, "与业主约定").value
    assert done.deferred == money("3973.54")


def test_disputes_and_the_developers_share(small_estate: Desk) -> None:
    view = at(small_estate, Station.FEES)
    bill = fees.fees_view(small_estate, view.house_id)
    known = charge(bill, "service_fee")
    bill = fees.mark_disputed(small_estate, new(), known.charge_id, known.version, "面积与合同不符").value
    assert missing(small_estate, view, "disputed") == ()
    known = charge(bill, "service_fee")
    with pytest.raises(Refused) as told:
        payments.take_payment(
            small_estate,
            new(),
            view.house_id,
            [Part(known.charge_id, known.version, money("1"))],
            method=PaymentMethod.CASH,
            payer="王䶮",
        )
    assert told.value.code == "fees.not_now"
    bill = fees.settle_dispute(small_estate, new(), known.charge_id, known.version, "已复核面积").value
    known = charge(bill, "service_fee")
    reason = "开发商承诺首年物业费"
    bill = fees.charge_to_developer(small_estate, new(), known.charge_id, known.version, reason, WORD).value
    assert (bill.on_developer, bill.open) == (money("3973.54"), money("2473.04"))
    assert missing(small_estate, view, "charged_to_developer") == (Need.ON_DEVELOPER,)
    pay(small_estate, view, money("2473.04"))
    assert missing(small_estate, view, "charged_to_developer") == ()
    known = charge(fees.fees_view(small_estate, view.house_id), "service_fee")
    back = fees.back_from_developer(small_estate, new(), known.charge_id, known.version, "不予承担").value
    assert back.open == money("3973.54")


def test_what_is_declined_is_not_owed_and_may_come_back(small_estate: Desk) -> None:
    view = arrived(small_estate)
    bill = fees.fees_view(small_estate, view.house_id)
    service, waste = charge(bill, "service_fee"), charge(bill, "fitout_waste")
    with pytest.raises(Refused) as told:
        fees.decline(small_estate, new(), service.charge_id, service.version)
    assert told.value.code == "fees.not_declinable"
    bill = fees.decline(small_estate, new(), waste.charge_id, waste.version).value
    assert bill.total == money("5973.54")
    assert "fitout_waste" in {offer.item for offer in bill.offers}
    bill = fees.add_charge(small_estate, new(), view.house_id, "fitout_waste").value
    assert bill.total == money("6446.58")
    with pytest.raises(Refused) as told:
        fees.add_charge(small_estate, new(), view.house_id, "fitout_waste")
    assert told.value.code == "fees.on_bill"
    bill = fees.add_charge(small_estate, new(), view.house_id, "extra_door_card", 3).value
    assert charge(bill, "extra_door_card").amount == money("60.00")
    for item, pieces, code in (
        ("service_fee_shop", 1, "fees.no_item"),
        ("nothing", 1, "fees.no_item"),
        ("fitout_pass", 0, "fees.pieces"),
        ("fitout_pass", 10**9, "fees.pieces"),
    ):
        with pytest.raises(Refused) as told:
            fees.add_charge(small_estate, new(), view.house_id, item, pieces)
        assert told.value.code == code


def test_a_charge_with_money_on_it_is_not_voided(small_estate: Desk) -> None:
    view = arrived(small_estate)
    bill = pay(small_estate, view, money("1.00")).fees
    known = charge(bill, "service_fee")
    with pytest.raises(Refused) as told:
        fees.void_charge(small_estate, new(), known.charge_id, known.version, "算错", WORD)
    assert told.value.code == "fees.paid_already"
    other = charge(bill, "fitout_deposit")
    bill = fees.void_charge(small_estate, new(), other.charge_id, other.version, "重复", WORD).value
    assert bill.total == money("4446.58")


def test_the_deferred_outcome_is_printed_with_who_allowed_it(small_estate: Desk) -> None:
    view = at(small_estate, Station.FEES)
    bill = fees.fees_view(small_estate, view.house_id)
    for known in bill.charges:
        fees.defer(small_estate, new(), known.charge_id, known.version, UNTIL, "约定月底付", WORD)
    answer = Answer(reason="约定月底付", approval=WORD)
    closed = close(small_estate, view, "deferred", answer)
    mark = next(mark for mark in closed.view.stations if mark.station is Station.FEES)
    assert (mark.closed, mark.overruled) == (True, "经理同意")
