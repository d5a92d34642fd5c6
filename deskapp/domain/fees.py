"""What a house is charged at move-in, and what becomes of each charge (F1, F2; station ⑤).

Money and areas are exact decimals in yuan and square metres. Fees are data (``resources/rules/fees.toml``).
An unpaid fee never holds back the keys (M6, 民法典 944): nothing here asks about keys.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.money import yuan
from deskapp.domain.places import PlaceKind

NOTHING: Mapping[str, int] = MappingProxyType({})


class Basis(StrEnum):
    """How an amount comes about."""

    AMOUNT = "amount"
    """A fixed amount, times the number of pieces."""
    PER_SQM = "per_sqm"
    PER_SQM_MONTH = "per_sqm_month"
    PER_MONTH = "per_month"
    DEPOSIT = "deposit"
    """A fixed amount that is given back."""


class Offered(StrEnum):
    """Whether a fee is on the bill by itself."""

    ALWAYS = "always"
    UNLESS_DECLINED = "unless_declined"
    """On the bill until the owner says that he does not want it; nothing is owed then."""
    ON_REQUEST = "on_request"


@dataclass(frozen=True, slots=True)
class FeeItem:
    """A fee as the company sets it ⚙.

    Attributes:
        code: stable code.
        title: as printed.
        why: the reason, as told to the owner and printed (M2).
        basis: how the amount comes about.
        unit_price: yuan per piece, m², month or m² and month.
        months: how many months are charged ahead; 0 for what is charged once.
        kinds: the kinds of house it concerns.
        offered: whether it is on the bill by itself.
    """

    code: str
    title: Label
    why: Label
    basis: Basis
    unit_price: Decimal
    months: int
    kinds: frozenset[PlaceKind]
    offered: Offered

    @property
    def prepaid(self) -> bool:
        """Whether it is paid for months to come; such a fee is never a reason to keep keys back."""
        return self.months > 0

    @property
    def by_area(self) -> bool:
        """Whether it cannot be computed before the area of the house is known."""
        return self.basis in (Basis.PER_SQM, Basis.PER_SQM_MONTH)

    @property
    def refundable(self) -> bool:
        """Whether it is given back."""
        return self.basis is Basis.DEPOSIT


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charge of one house, computed.

    Attributes:
        quantity: pieces, or m² for what goes by area, or 1.
        months: months charged, 0 if charged once.
        period_from: first day covered, None if charged once.
        period_to: last day covered.
        amount: yuan, two places.
    """

    code: str
    title: Label
    why: Label
    basis: Basis
    quantity: Decimal
    unit_price: Decimal
    months: int
    period_from: date | None
    period_to: date | None
    amount: Decimal


def months_later(start: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day where that day does not exist."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date | None, last: date | None) -> int:
    """The whole months of a period from its first to its last day; 0 for what is charged once."""
    if first is None or last is None:
        return 0
    end = last + timedelta(days=1)
    months = (end.year - first.year) * 12 + end.month - first.month
    return months if months_later(first, months) <= end else months - 1


def charge_for(item: FeeItem, area: Decimal, start: date, pieces: int = 1) -> ChargeLine:
    """The charge of one fee.

    Args:
        area: built-up area in m².
        start: first day of the period, the day of hand-over.
        pieces: how many, for fixed amounts and deposits.

    Raises:
        ValueError: a negative area or fewer than one piece.
    """
    if area < 0 or pieces < 1:
        raise ValueError("area is not negative, pieces are at least one")
    monthly = item.basis in (Basis.PER_SQM_MONTH, Basis.PER_MONTH)
    quantity = area if item.by_area else Decimal(pieces if item.basis in (Basis.AMOUNT, Basis.DEPOSIT) else 1)
    amount = quantity * item.unit_price * (item.months if monthly else 1)
    return ChargeLine(
        code=item.code,
        title=item.title,
        why=item.why,
        basis=item.basis,
        quantity=quantity,
        unit_price=item.unit_price,
        months=item.months if monthly else 0,
        period_from=start if monthly else None,
        period_to=months_later(start, item.months) - timedelta(days=1) if monthly else None,
        amount=yuan(amount),
    )


def charges_for(
    area: Decimal,
    kind: PlaceKind,
    items: Iterable[FeeItem],
    start: date,
    *,
    declined: frozenset[str] = frozenset(),
    asked: Mapping[str, int] = NOTHING,
) -> tuple[ChargeLine, ...]:
    """Every charge of a house in the order of the items (F1).

    Args:
        area: built-up area in m²; 0 while it is unknown: what goes by area is left out then.
        declined: codes of fees that the owner does not want; only those that may be declined count.
        asked: pieces by code, for fees on request; 0 is not asked.
    """
    lines = []
    for item in items:
        if kind not in item.kinds:
            continue
        if item.offered is Offered.UNLESS_DECLINED and item.code in declined:
            continue
        if item.offered is Offered.ON_REQUEST and asked.get(item.code, 0) < 1:
            continue
        if item.by_area and not area:
            continue
        lines.append(charge_for(item, area, start, max(asked.get(item.code, 1), 1)))
    return tuple(lines)


def total(lines: Iterable[ChargeLine]) -> Decimal:
    """The sum in yuan."""
    return sum((line.amount for line in lines), Decimal("0.00"))


class ChargeState(StrEnum):
    """What has become of a charge."""

    DUE = "due"
    """Owed, in whole or for the part that is not paid yet."""
    PAID = "paid"
    DEFERRED = "deferred"
    """The open part is owed on a later day, on a supervisor's word."""
    DISPUTED = "disputed"
    TO_DEVELOPER = "to_developer"
    """The developer bears it."""
    VOID = "void"
    """Charged by mistake; a right one may be charged again. Stays on record."""


class ChargeAct(StrEnum):
    """What can be done with a charge."""

    PAY = "pay"
    """The whole open part."""
    PAY_PART = "pay_part"
    DEFER = "defer"
    DISPUTE = "dispute"
    SETTLE = "settle"
    """The dispute is over: owed as charged."""
    TO_DEVELOPER = "to_developer"
    FROM_DEVELOPER = "from_developer"
    """The developer does not bear it after all."""
    UNDO_PAYMENT = "undo_payment"
    """The receipt was voided: owed again."""
    VOID = "void"


_S, _A = ChargeState, ChargeAct

# fmt: off
CHARGE_TRANSITIONS: Mapping[tuple[ChargeState, ChargeAct], ChargeState] = MappingProxyType({
    (_S.DUE, _A.PAY): _S.PAID,
    (_S.DUE, _A.PAY_PART): _S.DUE,
    (_S.DUE, _A.DEFER): _S.DEFERRED,
    (_S.DUE, _A.DISPUTE): _S.DISPUTED,
    (_S.DUE, _A.TO_DEVELOPER): _S.TO_DEVELOPER,
    (_S.DUE, _A.UNDO_PAYMENT): _S.DUE,          # a part payment was voided
    (_S.DUE, _A.VOID): _S.VOID,

    (_S.DEFERRED, _A.PAY): _S.PAID,
    (_S.DEFERRED, _A.PAY_PART): _S.DEFERRED,
    (_S.DEFERRED, _A.DEFER): _S.DEFERRED,       # another day
    (_S.DEFERRED, _A.DISPUTE): _S.DISPUTED,
    (_S.DEFERRED, _A.TO_DEVELOPER): _S.TO_DEVELOPER,
    (_S.DEFERRED, _A.UNDO_PAYMENT): _S.DEFERRED,
    (_S.DEFERRED, _A.VOID): _S.VOID,

    (_S.DISPUTED, _A.SETTLE): _S.DUE,
    (_S.DISPUTED, _A.TO_DEVELOPER): _S.TO_DEVELOPER,
    (_S.DISPUTED, _A.UNDO_PAYMENT): _S.DISPUTED,
    (_S.DISPUTED, _A.VOID): _S.VOID,

    (_S.TO_DEVELOPER, _A.FROM_DEVELOPER): _S.DUE,
    (_S.TO_DEVELOPER, _A.UNDO_PAYMENT): _S.TO_DEVELOPER,
    (_S.TO_DEVELOPER, _A.VOID): _S.VOID,

    (_S.PAID, _A.UNDO_PAYMENT): _S.DUE,
})
# fmt: on
"""The only ways of a charge. A paid one is voided by voiding its receipt first, so that money and
charges never part company."""

SUPERVISED_ACTS = frozenset({ChargeAct.DEFER, ChargeAct.TO_DEVELOPER, ChargeAct.VOID})
"""What only happens on a supervisor's word (M6 ⑤)."""


def can_charge(state: ChargeState, act: ChargeAct) -> bool:
    """Whether the act is possible in the state."""
    return (state, act) in CHARGE_TRANSITIONS


def charge_after(state: ChargeState, act: ChargeAct) -> ChargeState:
    """The state that the act leads to.

    Raises:
        Refused: ``fees.not_now``, with the state and the act.
    """
    try:
        return CHARGE_TRANSITIONS[state, act]
    except KeyError:
        raise Refused("fees.not_now", state=state.value, act=act.value) from None


class PaymentMethod(StrEnum):
    """How money came in; recorded, never processed (F2)."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    WECHAT = "wechat"
    ALIPAY = "alipay"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken: method, yuan, and whether its receipt was voided since."""

    method: PaymentMethod
    amount: Decimal
    voided: bool = False


def totals_per_method(payments: Iterable[Payment]) -> dict[PaymentMethod, Decimal]:
    """The sum of each method, every method named, voided receipts left out (M14)."""
    sums = dict.fromkeys(PaymentMethod, Decimal("0.00"))
    for payment in payments:
        if not payment.voided:
            sums[payment.method] += payment.amount
    return sums


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open of one charge: an id of the caller's, and yuan still owed."""

    charge: int
    open_amount: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a payment that goes to one charge; ``whole`` if nothing of it stays open."""

    charge: int
    amount: Decimal
    whole: bool


def shares(amount: Decimal, owed: Iterable[Owed]) -> tuple[Share, ...]:
    """How a payment is spread over charges, in their order, each filled before the next.

    Raises:
        Refused: ``fees.amount_not_positive``, ``fees.amount_not_in_fen``, ``fees.more_than_owed``.
    """
    if amount <= 0:
        raise Refused("fees.amount_not_positive", amount=amount)
    if amount != yuan(amount):
        raise Refused("fees.amount_not_in_fen", amount=amount)
    left, found = amount, []
    whole_debt = Decimal(0)
    for debt in owed:
        whole_debt += debt.open_amount
        part = min(left, debt.open_amount)
        if part > 0:
            found.append(Share(debt.charge, part, part == debt.open_amount))
            left -= part
    if left > 0:
        raise Refused("fees.more_than_owed", amount=amount, owed=whole_debt)
    return tuple(found)


def parse_fees(source: Source) -> tuple[FeeItem, ...]:
    """The fees of ``resources/rules/fees.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _fee(entry)) for entry in source.root.entries("fees")]
    report_twice((entry, item.code) for entry, item in read)
    source.finish()
    return tuple(item for _, item in read)


def _fee(entry: Entry) -> FeeItem:
    basis = entry.choice("basis", Basis)
    monthly = basis in (Basis.PER_SQM_MONTH, Basis.PER_MONTH)
    return FeeItem(
        code=entry.code(),
        title=entry.label(),
        why=entry.label("why_zh", "why_en"),
        basis=basis,
        unit_price=entry.decimal("unit_price", Decimal(0), Decimal(1_000_000)),
        months=entry.whole("months", 1, 12) if monthly else 0,
        kinds=frozenset(entry.choices("kinds", PlaceKind)),
        offered=entry.choice("offered", Offered, Offered.ALWAYS),
    )
