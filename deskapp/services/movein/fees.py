"""Station ⑤: what a house is charged, and what becomes of each charge (F1, M6 ⑤).

Money taken and receipts are `services.movein.payments`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.base.i18n import language
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import History
from deskapp.db.tables.stations import Charge, Receipt
from deskapp.db.unit import Unit
from deskapp.domain.carddata import reference_problem
from deskapp.domain.fees import (
    Basis,
    ChargeAct,
    ChargeState,
    FeeItem,
    Offered,
    can_charge,
    charge_after,
    charge_for,
    months_between,
)
from deskapp.domain.places import PlaceKind
from deskapp.domain.staff import Action, may
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.preparing import charge_row, uncounted
from deskapp.services.movein.record_rows import charges_of, open_amount, receipts_of, seen, touch_pass
from deskapp.services.movein.record_views import ChargeView, FeeOffer, FeesView, ReceiptView
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.values.parts import staff_name
from deskapp.services.movein.views import Approval
from deskapp.services.staff import approve

MOST_PIECES = 50
"""Pieces of one fee on request; more is taken for a slip of the hand."""


def fees_view(desk: Desk, house_id: int) -> FeesView:
    """What a house is charged and what it paid.

    Raises:
        Refused: ``movein.no_house``.
    """
    with desk.reading() as session:
        return fees_of(session, desk, house_id)


def defer(
    desk: Desk,
    command_id: str,
    charge_id: int,
    version: int,
    until: date,
    reason: str,
    approval: Approval | None = None,
) -> Done[FeesView]:
    """The open part is owed on a later day, on a supervisor's word (M6 ⑤).

    Args:
        approval: may be left out by a member who has the right himself; so in all supervised acts here.

    Raises:
        Refused: ``fees.day_past``, ``fees.not_now``, ``records.reason_missing``, or the word does not stand.
        Conflict: ``records.changed_meanwhile``; so in all acts here.
    """
    if until < day_of(desk.now()):
        raise Refused("fees.day_past", day=until.isoformat())
    supervisor = word_of(desk, approval, Action.FEES_DEFER, reason)

    def put(row: Charge) -> None:
        row.until = until

    data = {"until": until.isoformat(), "supervisor": supervisor}
    return _act(desk, command_id, charge_id, version, ChargeAct.DEFER, "deferred", reason, data, put)


def deferral_word(session: Session, estate_id: int, house_id: int) -> tuple[str, int]:
    """The reason and the supervisor of the newest deferral of a house; "" and 0 for none."""
    statement = (
        select(History)
        .where(
            History.estate_id == estate_id,
            History.house_id == house_id,
            History.act == "charge.deferred",
        )
        .order_by(History.id.desc())
        .limit(1)
    )
    last = session.scalars(statement).first()
    return (last.data.get("reason", ""), int(last.data.get("supervisor", 0))) if last else ("", 0)


def mark_disputed(desk: Desk, command_id: str, charge_id: int, version: int, reason: str) -> Done[FeesView]:
    """The owner does not agree to a charge; the dispute area deals with it (M6 ⑤).

    Raises:
        Refused: ``fees.not_now``, ``records.reason_missing``.
    """
    return _act(desk, command_id, charge_id, version, ChargeAct.DISPUTE, "disputed", reason)


def settle_dispute(desk: Desk, command_id: str, charge_id: int, version: int, reason: str) -> Done[FeesView]:
    """The dispute is over, the charge is owed as it stands; errors as `mark_disputed`."""
    return _act(desk, command_id, charge_id, version, ChargeAct.SETTLE, "settled", reason)


def charge_to_developer(
    desk: Desk, command_id: str, charge_id: int, version: int, reason: str, approval: Approval | None = None
) -> Done[FeesView]:
    """The developer bears what is open, on a supervisor's word (M6 ⑤); errors as `defer`."""
    supervisor = word_of(desk, approval, Action.FEES_DEFER, reason)
    data = {"supervisor": supervisor}
    return _act(desk, command_id, charge_id, version, ChargeAct.TO_DEVELOPER, "to_developer", reason, data)


def back_from_developer(
    desk: Desk, command_id: str, charge_id: int, version: int, reason: str
) -> Done[FeesView]:
    """The developer does not bear it after all; errors as `mark_disputed`."""
    return _act(desk, command_id, charge_id, version, ChargeAct.FROM_DEVELOPER, "from_developer", reason)


def void_charge(
    desk: Desk, command_id: str, charge_id: int, version: int, reason: str, approval: Approval | None = None
) -> Done[FeesView]:
    """Takes back a charge raised by mistake; nothing may have been paid on it.

    Raises:
        Refused: ``fees.paid_already`` (void its receipt first), and as `defer`.
    """
    supervisor = word_of(desk, approval, Action.FEES_VOID, reason)
    data = {"supervisor": supervisor}
    return _act(desk, command_id, charge_id, version, ChargeAct.VOID, "voided", reason, data, _unpaid)


def decline(desk: Desk, command_id: str, charge_id: int, version: int) -> Done[FeesView]:
    """The owner does not want what need not be taken, such as the waste removal; nothing is owed then.

    Raises:
        Refused: ``fees.not_declinable``, ``fees.paid_already``, ``fees.not_now``.
    """

    def put(row: Charge) -> None:
        item = _item(desk, row.item)
        if item is None or item.offered is Offered.ALWAYS:
            raise Refused("fees.not_declinable", title=row.title)
        _unpaid(row)
        row.reason = ""

    return _act(desk, command_id, charge_id, version, ChargeAct.VOID, "declined", "-", None, put)


def add_charge(desk: Desk, command_id: str, house_id: int, item: str, pieces: int = 1) -> Done[FeesView]:
    """Puts a fee on the bill: one on request, or one that was voided or declined before.

    Raises:
        Refused: ``fees.no_item`` for a house of this kind, ``fees.on_bill`` when it stands there already,
            ``fees.pieces``, ``movein.need.counted`` while it goes by an area that is unknown.
    """
    with desk.unit(Action.FEES_TAKE, command_id) as unit:
        if unit.answered is None:
            house = house_row(unit.session, desk.estate_id, house_id)
            fee = _item(desk, item)
            if fee is None or PlaceKind(house.kind) not in fee.kinds:
                raise Refused("fees.no_item", item=item)
            if not 1 <= pieces <= MOST_PIECES:
                raise Refused("fees.pieces", limit=MOST_PIECES)
            if fee.by_area and not house.area:
                raise Refused("movein.need.counted")
            if fee.offered is not Offered.ON_REQUEST and item in _on_bill(unit.session, house):
                raise Refused("fees.on_bill", title=fee.title.in_language(language()))
            row = charge_row(unit, house_id, charge_for(fee, house.area, day_of(unit.now), pieces))
            unit.session.add(row)
            data = {"title": row.title, "amount": f"{row.amount}"}
            unit.record("charge.added", "charge", row.id, house_id=house_id, data=data)
            touch_pass(unit, house_id)
        view = fees_of(unit.session, desk, house_id)
    return Done(view, changes_of(unit))


def word_of(desk: Desk, approval: Approval | None, action: Action, reason: str) -> int:
    """Who answers for a supervised act: the supervisor called over, or the member who has the right.

    Called before the unit of work begins, so that a wrong secret is counted.

    Raises:
        Refused: ``records.reason_missing``, or as `services.staff.approve`.
    """
    if not reason.strip():
        raise Refused("records.reason_missing")
    if (approval is None or not approval.number) and may(desk.member.role, action):
        return desk.member.id
    given = replace(approval, reason=approval.reason or reason) if approval else None
    return approve(desk, given, action)


def checked_text(text: str) -> str:
    """A text at the fee station: no card number, no PIN (F2, Z9).

    Raises:
        Refused: ``fees.reference_card``, ``fees.reference_pin``.
    """
    if problem := reference_problem(text):
        raise Refused(f"fees.{problem}")
    return text.strip()


def fees_of(session: Session, desk: Desk, house_id: int) -> FeesView:
    """The view of a house's fees within a session; errors as `fees_view`."""
    session.flush()
    house = house_row(session, desk.estate_id, house_id)
    rows = charges_of(session, desk.estate_id, house_id)
    receipts = receipts_of(session, desk.estate_id, house_id)
    live = [row for row in rows if row.state != ChargeState.VOID]

    def rest(*states: ChargeState) -> Decimal:
        return sum((open_amount(r) for r in live if r.state in states), Decimal("0.00"))

    return FeesView(
        house_id=house_id,
        label=house.label,
        charges=tuple(_charge(desk, row) for row in rows),
        offers=_offers(desk, session, house),
        receipts=tuple(receipt_view(session, row) for row in receipts),
        total=sum((r.amount for r in live), Decimal("0.00")) - rest(ChargeState.TO_DEVELOPER),
        paid=sum((r.amount for r in receipts if r.voided_at is None), Decimal("0.00")),
        open=rest(ChargeState.DUE, ChargeState.DEFERRED, ChargeState.DISPUTED),
        deferred=rest(ChargeState.DEFERRED),
        disputed=rest(ChargeState.DISPUTED),
        on_developer=rest(ChargeState.TO_DEVELOPER),
        area=house.area,
        uncounted=tuple(item.title.in_language(language()) for item in uncounted(session, desk, house)),
    )


def receipt_view(session: Session, row: Receipt) -> ReceiptView:
    """One receipt as panels show it."""
    return ReceiptView(
        number=row.number,
        day=row.day,
        payer=row.payer,
        amount=row.amount,
        method=row.method,
        reference=row.reference,
        cashier=staff_name(session, row.estate_id, row.cashier_id),
        taken_at=row.taken_at,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _act(
    desk: Desk,
    command_id: str,
    charge_id: int,
    version: int,
    act: ChargeAct,
    word: str,
    reason: str,
    data: Mapping[str, object] | None = None,
    put: Callable[[Charge], None] | None = None,
) -> Done[FeesView]:
    if not reason.strip():
        raise Refused("records.reason_missing")
    reason = checked_text(reason)
    with desk.unit(Action.FEES_TAKE, command_id) as unit:
        if unit.answered is None:
            house_id = _change(unit, desk, charge_id, version, act, word, reason, data or {}, put)
            unit.answer(house=house_id)
        else:
            house_id = int(unit.answered["house"])
        view = fees_of(unit.session, desk, house_id)
    return Done(view, changes_of(unit))


def _change(
    unit: Unit,
    desk: Desk,
    charge_id: int,
    version: int,
    act: ChargeAct,
    word: str,
    reason: str,
    data: Mapping[str, object],
    put: Callable[[Charge], None] | None,
) -> int:
    session = unit.session
    row = seen(session, session.get(Charge, (desk.estate_id, charge_id)), version, "charge", "receipt")
    before = {"state": row.state, "until": row.until.isoformat() if row.until else ""}
    row.state = charge_after(ChargeState(row.state), act).value
    row.reason, row.until = reason, None
    if put is not None:
        put(row)
    values = {"title": row.title, "amount": f"{open_amount(row)}", "reason": reason, **data}
    unit.record(f"charge.{word}", "charge", row.id, house_id=row.house_id, data=values, before=before)
    touch_pass(unit, row.house_id)
    return row.house_id


def _unpaid(row: Charge) -> None:
    if row.paid:
        raise Refused("fees.paid_already", title=row.title)


def _item(desk: Desk, code: str) -> FeeItem | None:
    return next((item for item in desk.rules.fees if item.code == code), None)


def _on_bill(session: Session, house: House) -> set[str]:
    rows = charges_of(session, house.estate_id, house.id)
    return {row.item for row in rows if row.state != ChargeState.VOID}


def _offers(desk: Desk, session: Session, house: House) -> tuple[FeeOffer, ...]:
    present, spoken = _on_bill(session, house), language()
    return tuple(
        FeeOffer(
            item.code,
            item.title.in_language(spoken),
            item.why.in_language(spoken),
            item.basis,
            item.unit_price,
        )
        for item in desk.rules.fees
        if PlaceKind(house.kind) in item.kinds
        and (item.offered is Offered.ON_REQUEST or item.code not in present)
        and (house.area or not item.by_area)
    )


def _charge(desk: Desk, row: Charge) -> ChargeView:
    item, state = _item(desk, row.item), ChargeState(row.state)
    acts = {act for act in ChargeAct if can_charge(state, act)} - {ChargeAct.UNDO_PAYMENT}
    if row.paid:
        acts.discard(ChargeAct.VOID)
    return ChargeView(
        charge_id=row.id,
        version=row.version,
        item=row.item,
        title=item.title.in_language(language()) if item else row.title,
        why=item.why.in_language(language()) if item else "",
        basis=Basis(row.basis),
        quantity=row.quantity,
        unit_price=row.unit_price,
        months=months_between(row.period_from, row.period_to),
        period_from=row.period_from,
        period_to=row.period_to,
        amount=row.amount,
        paid=row.paid,
        open=open_amount(row),
        state=state,
        until=row.until,
        reason=row.reason,
        prepaid=row.prepaid,
        declinable=item is not None and item.offered is not Offered.ALWAYS and ChargeAct.VOID in acts,
        acts=frozenset(acts),
    )
