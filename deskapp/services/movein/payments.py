"""Money taken at station ⑤ and its numbered receipts; voids with a reason (F2, M6 ⑤, M14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.record import Document
from deskapp.db.tables.stations import Charge, Receipt, ReceiptLine
from deskapp.db.unit import Unit
from deskapp.domain.fees import ChargeAct, ChargeState, Owed, PaymentMethod, charge_after, shares
from deskapp.domain.people import checked_name
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref, void_row
from deskapp.services.movein.fees import checked_text, fees_of, word_of
from deskapp.services.movein.record_rows import open_amount, receipt_lines, seen, touch_pass
from deskapp.services.movein.record_views import FeesView, MethodMoney, PaymentTaken
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.values import receipt_values
from deskapp.services.movein.views import Approval

LONGEST_REFERENCE = 60
PAYABLE = frozenset({ChargeState.DUE, ChargeState.DEFERRED})


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a payment goes to one charge.

    Attributes:
        version: of the charge as the cashier saw it.
        amount: yuan.
    """

    charge_id: int
    version: int
    amount: Decimal


def spread(view: FeesView, amount: Decimal) -> tuple[Part, ...]:
    """How an amount is spread over the charges shown, each filled before the next; nothing is written.

    Raises:
        Refused: ``fees.amount_not_positive``, ``fees.amount_not_in_fen``, ``fees.more_than_owed``.
    """
    owed = {c.charge_id: c for c in view.charges if c.state in PAYABLE and c.open > 0}
    found = shares(amount, (Owed(c.charge_id, c.open) for c in owed.values()))
    return tuple(Part(share.charge, owed[share.charge].version, share.amount) for share in found)


def take_payment(
    desk: Desk,
    command_id: str,
    house_id: int,
    parts: Sequence[Part],
    *,
    method: PaymentMethod,
    payer: str,
    reference: str = "",
    replaces: str = "",
) -> Done[PaymentTaken]:
    """Takes money for charges of a house and issues its receipt, in one transaction (F2).

    Args:
        reference: what the cashier notes of the payment, such as the number of the slip; never card data.
        replaces: number of a voided receipt of the house that this one stands for.

    Raises:
        Refused: ``fees.nothing_chosen``, ``fees.amount_…``, ``fees.more_than_owed``, ``fees.not_now``,
            ``fees.reference_card`` and ``fees.reference_pin`` (Z9), ``fees.reference_long``,
            ``fees.replaces``, a payer's name that cannot stand.
        Conflict: ``records.changed_meanwhile``: another cashier was first.
    """
    reference, payer = checked_text(reference), checked_name(checked_text(payer))
    if len(reference) > LONGEST_REFERENCE:
        raise Refused("fees.reference_long", limit=LONGEST_REFERENCE)
    with desk.unit(Action.FEES_TAKE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            house_row(session, desk.estate_id, house_id)
            _check_replaced(session, desk, house_id, replaces)
            paid = _pay(unit, desk, house_id, parts)
            document = _receipt(unit, desk, house_id, paid, method, payer, reference, replaces)
            unit.answer(number=document.number)
        else:
            document = _document(session, desk, str(unit.answered["number"]))
        value = PaymentTaken(ref(document), fees_of(session, desk, house_id))
    return Done(value, changes_of(unit))


def void_receipt(
    desk: Desk, command_id: str, number: str, reason: str, approval: Approval | None = None
) -> Done[FeesView]:
    """Voids a receipt: its money goes back, what it paid is owed again, its number is never used again.

    Args:
        approval: a supervisor's word; a member who has the right himself may leave it out.

    Raises:
        Refused: ``fees.no_receipt``, ``fees.voided_already``, ``records.reason_missing``, or the word does
            not stand.
    """
    supervisor = word_of(desk, approval, Action.FEES_VOID, reason)
    with desk.unit(Action.FEES_TAKE, command_id) as unit:
        session = unit.session
        row = session.scalars(
            select(Receipt).where(Receipt.estate_id == desk.estate_id, Receipt.number == number.strip())
        ).one_or_none()
        if row is None:
            raise Refused("fees.no_receipt", number=number)
        if unit.answered is None:
            if row.voided_at is not None:
                raise Refused("fees.voided_already", number=row.number)
            _give_back(unit, row)
            row.voided_at, row.voided_by, row.void_reason = unit.now, supervisor, checked_text(reason)
            void_row(unit, _document(session, desk, row.number), row.void_reason, supervisor)
            data = {
                "number": row.number,
                "amount": f"{row.amount}",
                "reason": row.void_reason,
                "supervisor": supervisor,
            }
            unit.record("receipt.voided", "receipt", row.id, house_id=row.house_id, data=data)
            touch_pass(unit, row.house_id)
        view = fees_of(session, desk, row.house_id)
    return Done(view, changes_of(unit))


def money_of_day(desk: Desk, day: date) -> tuple[MethodMoney, ...]:
    """Money of each method on a day against its receipts, every method named (M14)."""
    with desk.reading() as session:
        return money_on(session, desk, day)


def money_on(session: Session, desk: Desk, day: date) -> tuple[MethodMoney, ...]:
    """As `money_of_day`, within a session."""
    statement = (
        select(Receipt)
        .where(Receipt.estate_id == desk.estate_id, Receipt.day == day)
        .order_by(Receipt.number)
    )
    by_method: dict[str, list[Receipt]] = {method.value: [] for method in PaymentMethod}
    for row in session.scalars(statement):
        by_method[row.method].append(row)
    return tuple(
        MethodMoney(
            method=method,
            receipts=len(rows),
            voided=sum(row.voided_at is not None for row in rows),
            booked=sum((row.amount for row in rows if row.voided_at is None), Decimal("0.00")),
            first_number=rows[0].number if rows else "",
            last_number=rows[-1].number if rows else "",
        )
        for method, rows in by_method.items()
    )


def _pay(unit: Unit, desk: Desk, house_id: int, parts: Sequence[Part]) -> list[tuple[Charge, Decimal]]:
    if not parts:
        raise Refused("fees.nothing_chosen")
    if len({part.charge_id for part in parts}) < len(parts):
        raise Refused("fees.chosen_twice")
    paid = []
    for part in parts:
        row = unit.session.get(Charge, (desk.estate_id, part.charge_id))
        if row is None or row.house_id != house_id:
            raise Refused("records.gone")
        seen(unit.session, row, part.version, "charge", "receipt")
        (share,) = shares(part.amount, [Owed(row.id, open_amount(row))])
        act = ChargeAct.PAY if share.whole else ChargeAct.PAY_PART
        row.state = charge_after(ChargeState(row.state), act).value
        row.paid += share.amount
        if share.whole:
            row.until = None
        unit.touch("charge", row.id)
        paid.append((row, share.amount))
    return paid


def _receipt(
    unit: Unit,
    desk: Desk,
    house_id: int,
    paid: list[tuple[Charge, Decimal]],
    method: PaymentMethod,
    payer: str,
    reference: str,
    replaces: str,
) -> Document:
    receipt = Receipt(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=house_id,
        number="",
        day=day_of(unit.now),
        payer=payer,
        amount=sum((amount for _, amount in paid), Decimal("0.00")),
        method=method.value,
        reference=reference,
        cashier_id=unit.who.staff_id,
        taken_at=unit.now,
    )
    lines = [
        ReceiptLine(estate_id=unit.estate_id, receipt_id=receipt.id, charge_id=charge.id, amount=amount)
        for charge, amount in paid
    ]
    charges = [charge for charge, _ in paid]
    values = receipt_values(unit.session, receipt, zip(charges, lines, strict=True), replaces)
    subject = f"receipt:{receipt.id}"
    document = issue(unit, desk, "fee-receipt", values, house_id=house_id, subject=subject)
    receipt.number = document.number
    unit.session.add(receipt)
    unit.session.flush()
    unit.session.add_all(lines)
    data = {"number": receipt.number, "amount": f"{receipt.amount}", "payer": payer, "method": method.value}
    unit.record("payment.taken", "receipt", receipt.id, house_id=house_id, data=data)
    touch_pass(unit, house_id)
    return document


def _give_back(unit: Unit, receipt: Receipt) -> None:
    for line in receipt_lines(unit.session, receipt):
        row = unit.session.get_one(Charge, (receipt.estate_id, line.charge_id))
        row.paid -= line.amount
        row.state = charge_after(ChargeState(row.state), ChargeAct.UNDO_PAYMENT).value
        unit.touch("charge", row.id)


def _check_replaced(session: Session, desk: Desk, house_id: int, number: str) -> None:
    if not number:
        return
    row = session.scalars(
        select(Receipt).where(Receipt.estate_id == desk.estate_id, Receipt.number == number)
    ).one_or_none()
    if row is None or row.house_id != house_id or row.voided_at is None:
        raise Refused("fees.replaces", number=number)


def _document(session: Session, desk: Desk, number: str) -> Document:
    statement = select(Document).where(Document.estate_id == desk.estate_id, Document.number == number)
    return session.scalars(statement).one()
