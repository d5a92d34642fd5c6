"""Charges, their ways, payments, and what may not be written beside them (F1, F2, Z9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.errors import Refused
from deskapp.domain.carddata import reference_problem
from deskapp.domain.datatable import Label
from deskapp.domain.fees import (
    CHARGE_TRANSITIONS,
    SUPERVISED_ACTS,
    Basis,
    ChargeAct,
    ChargeState,
    FeeItem,
    Offered,
    Owed,
    Payment,
    PaymentMethod,
    can_charge,
    charge_after,
    charge_for,
    charges_for,
    months_between,
    months_later,
    shares,
    total,
    totals_per_method,
)
from deskapp.domain.places import PlaceKind
from deskapp.domain.rules import load_rules

DAY = date(2026, 12, 4)
NAME = Label("费", "Fee")
FEN = st.decimals("0.01", "100000", places=2)


def item(basis: Basis, price: str, months: int = 0, offered: Offered = Offered.ALWAYS) -> FeeItem:
    return FeeItem("x", NAME, NAME, basis, Decimal(price), months, frozenset({PlaceKind.APARTMENT}), offered)


@pytest.mark.parametrize(
    ("fee", "area", "amount"),
    [
        (item(Basis.PER_SQM_MONTH, "2.80", 12), "118.26", "3973.54"),
        (item(Basis.PER_SQM_MONTH, "2.35", 1), "89.50", "210.33"),  # 210.325: half a fen goes up
        (item(Basis.PER_SQM, "4.00"), "118.26", "473.04"),
        (item(Basis.PER_MONTH, "80.00", 12), "118.26", "960.00"),
        (item(Basis.AMOUNT, "20.00"), "118.26", "20.00"),
        (item(Basis.DEPOSIT, "2000.00"), "0", "2000.00"),
    ],
)
def test_an_amount_follows_its_basis_exactly(fee: FeeItem, area: str, amount: str) -> None:
    line = charge_for(fee, Decimal(area), DAY)
    assert str(line.amount) == amount
    assert (line.period_from is None) == (line.months == 0) == (line.period_to is None)


def test_pieces_multiply_fixed_amounts_only() -> None:
    assert charge_for(item(Basis.AMOUNT, "20.00"), Decimal(90), DAY, 3).amount == 60
    assert charge_for(item(Basis.PER_SQM, "4.00"), Decimal(90), DAY, 3).amount == 360


@pytest.mark.parametrize(("area", "pieces"), [("-1", 1), ("90", 0)])
def test_impossible_quantities_are_our_own_fault(area: str, pieces: int) -> None:
    with pytest.raises(ValueError):
        charge_for(item(Basis.AMOUNT, "20.00"), Decimal(area), DAY, pieces)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 12, 4), 12, date(2027, 12, 4)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_a_day_that_exists(start: date, months: int, end: date) -> None:
    assert months_later(start, months) == end


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_a_period_lasts_its_months_and_the_next_begins_the_day_after(start: date, months: int) -> None:
    line = charge_for(item(Basis.PER_MONTH, "1.00", months), Decimal(0), start)
    assert line.period_from == start
    assert line.period_to is not None
    assert line.period_to + timedelta(days=1) == months_later(start, months)
    assert months_between(line.period_from, line.period_to) == months
    assert 27 * months <= (line.period_to - start).days + 1 <= 31 * months


@given(st.decimals("0", "999", places=2), st.decimals("0", "99", places=2), st.integers(1, 12))
def test_an_amount_is_within_half_a_fen_of_the_exact_one(area: Decimal, price: Decimal, months: int) -> None:
    line = charge_for(item(Basis.PER_SQM_MONTH, str(price), months), area, DAY)
    assert abs(line.amount - area * price * months) <= Decimal("0.005")
    assert line.amount.as_tuple().exponent == -2


def test_the_shipped_fees_of_a_flat_can_be_declined_or_asked_for() -> None:
    fees = load_rules(Assets()).fees
    usual = charges_for(Decimal("118.26"), PlaceKind.APARTMENT, fees, DAY)
    assert [line.code for line in usual] == ["service_fee", "fitout_waste", "fitout_deposit"]
    assert total(usual) == Decimal("6446.58")
    wished = charges_for(
        Decimal("118.26"),
        PlaceKind.APARTMENT,
        fees,
        DAY,
        declined=frozenset({"fitout_deposit", "fitout_waste", "service_fee"}),
        asked={"extra_door_card": 2, "fitout_pass": 0},
    )
    assert [(line.code, line.amount) for line in wished] == [
        ("service_fee", Decimal("3973.54")),  # cannot be declined
        ("extra_door_card", Decimal("40.00")),
    ]


def test_what_goes_by_an_unknown_area_is_left_out_not_charged_as_nothing() -> None:
    fees = load_rules(Assets()).fees
    lines = charges_for(Decimal(0), PlaceKind.APARTMENT, fees, DAY)
    assert [line.code for line in lines] == ["fitout_deposit"]
    assert all(not fee.by_area for fee in fees if fee.code == "fitout_deposit")


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_every_kind_of_house_has_exactly_one_service_fee(kind: PlaceKind) -> None:
    always = [f for f in load_rules(Assets()).fees if kind in f.kinds and f.offered is Offered.ALWAYS]
    assert len(always) == 1
    assert always[0].prepaid
    assert not always[0].refundable


def test_a_charge_moves_by_its_table_and_no_other_way() -> None:
    for state in ChargeState:
        for act in ChargeAct:
            if can_charge(state, act):
                assert charge_after(state, act) is CHARGE_TRANSITIONS[state, act]
            else:
                with pytest.raises(Refused) as refused:
                    charge_after(state, act)
                assert refused.value.code == "fees.not_now"
                assert refused.value.sentence() != "error.fees.not_now"


def test_paid_money_must_be_undone_before_a_charge_is_voided_and_a_void_one_is_at_rest() -> None:
    assert not can_charge(ChargeState.PAID, ChargeAct.VOID)
    assert can_charge(charge_after(ChargeState.PAID, ChargeAct.UNDO_PAYMENT), ChargeAct.VOID)
    assert not any(can_charge(ChargeState.VOID, act) for act in ChargeAct)
    assert {ChargeAct.DEFER, ChargeAct.VOID} <= SUPERVISED_ACTS
    assert ChargeAct.PAY not in SUPERVISED_ACTS


@given(st.lists(FEN, min_size=1, max_size=6), st.data())
def test_a_payment_is_spread_in_order_to_the_last_fen(debts: list[Decimal], data: st.DataObject) -> None:
    owed = [Owed(n, amount) for n, amount in enumerate(debts)]
    amount = data.draw(st.decimals("0.01", str(sum(debts)), places=2))
    parts = shares(amount, owed)
    assert sum(p.amount for p in parts) == amount
    assert [p.charge for p in parts] == list(range(len(parts)))
    assert all(p.whole for p in parts[:-1])
    for part in parts:
        assert 0 < part.amount <= debts[part.charge]
        assert part.whole == (part.amount == debts[part.charge])


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "fees.amount_not_positive"),
        ("-5", "fees.amount_not_positive"),
        ("1.005", "fees.amount_not_in_fen"),
        ("100.01", "fees.more_than_owed"),
    ],
)
def test_a_wrong_amount_is_refused_in_a_sentence(amount: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        shares(Decimal(amount), [Owed(1, Decimal("60.00")), Owed(2, Decimal("40.00"))])
    assert refused.value.code == code
    assert "{" not in refused.value.sentence()


def test_charges_already_filled_take_no_share() -> None:
    owed = [Owed(1, Decimal("0.00")), Owed(2, Decimal("5.00"))]
    assert [part.charge for part in shares(Decimal("5.00"), owed)] == [2]


def test_totals_name_every_method_and_leave_voided_receipts_out() -> None:
    paid = Payment(PaymentMethod.CASH, Decimal("10.50"))
    sums = totals_per_method(
        [paid, paid, replace(paid, voided=True), Payment(PaymentMethod.WECHAT, Decimal("1.00"))]
    )
    assert set(sums) == set(PaymentMethod)
    assert sums[PaymentMethod.CASH] == Decimal("21.00")
    assert sums[PaymentMethod.WECHAT] == Decimal("1.00")
    assert str(sums[PaymentMethod.CARD]) == "0.00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4200002345202612041234567890",  # a WeChat transaction
        "2026120422001412345678901234",  # an Alipay transaction
        "单据号 000123 末四位 1111",
        "POS 104512 批次 000045",
        "19900000012",
        "转账 20261204",
        "spinning, pinyin, 尾号4242",
    ],
)
def test_references_that_banks_and_clerks_write_are_let_through(text: str) -> None:
    assert reference_problem(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "卡号4111-1111-1111-1111",
        "\uff14" + "\uff11" * 15,  # full-width
        "单据 12 4111 1111 1111 1111",
        "6222020000000000000",
        "378282246310005",
    ],
)
def test_a_whole_card_number_is_refused(text: str) -> None:
    assert reference_problem(text) == "reference_card"


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111 123456",
        "123456 / 4111 1111 1111 1111",
        "4111111111111111123456",
        "123456 4111 1111 1111 1111",
        "4111 1111 1111 1111 654321",
        "密码123456",
        "密 码 是生日",
        "PIN:1234",
        "cvv 123",
        "验证码 8812",
    ],
)
def test_a_pin_or_its_like_is_refused(text: str) -> None:
    assert reference_problem(text) == "reference_pin"


def luhn_complete(body: str) -> str:
    doubled = [int(d) * 2 if at % 2 == 0 else int(d) for at, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


@given(st.text("0123456789", min_size=10, max_size=16), st.sampled_from([" ", "-", ""]))
def test_any_bank_card_is_known_however_it_is_grouped(body: str, gap: str) -> None:
    card = luhn_complete("62" + body)
    grouped = gap.join(card[at : at + 4] for at in range(0, len(card), 4))
    assert reference_problem(f"卡 {grouped}") in ("reference_card", "reference_pin")
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assume(len(wrong) < 22)
    assert reference_problem(f"卡 {wrong}") == ""


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    for prefix, codes in (
        ("fees.state", ChargeState),
        ("fees.act", ChargeAct),
        ("fees.method", PaymentMethod),
        ("fees.basis", Basis),
        ("fees.offered", Offered),
        ("error.fees", ("reference_pin", "reference_card", "not_now")),
    ):
        assert [code for code in codes if not i18n.has_text(f"{prefix}.{code}")] == []
