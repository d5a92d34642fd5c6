"""What a house has ready when its household arrives: pack, charges, keys, inspection sheet (M2, F1)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.db.base import new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Charge, Inspection, KeyLine, PaperLine
from deskapp.db.unit import Unit
from deskapp.domain.fees import ChargeLine, ChargeState, FeeItem, Offered, charges_for
from deskapp.domain.keys import keys_for
from deskapp.domain.papers import PaperState, pack_for
from deskapp.domain.places import PlaceKind
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import charges_of, keys_of, papers_of, rounds_of


def prepare_house(unit: Unit, desk: Desk, house: House, row: Pass) -> None:
    """Makes the rows that the stations will fill in, where they are not there yet.

    A household that comes a second time finds what was done the first time: nothing is made twice, and a
    charge that was voided is not raised again by itself.
    """
    _lay_out_pack(unit, desk, house)
    raise_charges(unit, desk, house)
    _lay_out_keys(unit, desk, house)
    if not rounds_of(unit.session, unit.estate_id, house.id):
        unit.session.add(new_round(unit, house.id, row.id, 1))


def new_round(unit: Unit, house_id: int, pass_id: int | None, number: int) -> Inspection:
    """An inspection that begins now, nothing found yet."""
    return Inspection(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=house_id,
        pass_id=pass_id,
        round=number,
        findings={},
        began_at=unit.now,
    )


def charge_row(unit: Unit, house_id: int, line: ChargeLine) -> Charge:
    """The row of a computed charge; one of nothing is settled from the beginning."""
    return Charge(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=house_id,
        item=line.code,
        title=line.title.zh,
        basis=line.basis.value,
        quantity=_plain(line.quantity),
        unit_price=_plain(line.unit_price),
        period_from=line.period_from,
        period_to=line.period_to,
        amount=line.amount,
        paid=Decimal("0.00"),
        state=(ChargeState.DUE if line.amount else ChargeState.PAID).value,
        prepaid=line.months > 0,
        created_at=unit.now,
    )


def _lay_out_pack(unit: Unit, desk: Desk, house: House) -> None:
    present = {line.code for line in papers_of(unit.session, unit.estate_id, house.id)}
    pack = pack_for(PlaceKind(house.kind), desk.rules.papers)
    for rank, item in enumerate(pack):
        if item.code not in present:
            line = PaperLine(
                estate_id=unit.estate_id,
                id=new_id(),
                house_id=house.id,
                code=item.code,
                rank=rank,
                copies=item.copies,
                state=PaperState.DUE.value,
            )
            unit.session.add(line)


def raise_charges(unit: Unit, desk: Desk, house: House) -> None:
    """Puts on the bill what is not there yet; what goes by area waits until the area is known."""
    present = {charge.item for charge in charges_of(unit.session, unit.estate_id, house.id)}
    lines = charges_for(house.area, PlaceKind(house.kind), desk.rules.fees, day_of(unit.now))
    for line in lines:
        if line.code not in present:
            unit.session.add(charge_row(unit, house.id, line))


def uncounted(session: Session, desk: Desk, house: House) -> tuple[FeeItem, ...]:
    """The fees by area that stand on no bill because the area was unknown when the household arrived."""
    present = {charge.item for charge in charges_of(session, desk.estate_id, house.id)}
    return tuple(
        item
        for item in desk.rules.fees
        if item.by_area
        and item.offered is not Offered.ON_REQUEST
        and PlaceKind(house.kind) in item.kinds
        and item.code not in present
    )


def _lay_out_keys(unit: Unit, desk: Desk, house: House) -> None:
    present = {line.kind for line in keys_of(unit.session, unit.estate_id, house.id)}
    for rank, count in enumerate(keys_for(PlaceKind(house.kind), desk.rules.keys)):
        if count.kind not in present:
            line = KeyLine(
                estate_id=unit.estate_id,
                id=new_id(),
                house_id=house.id,
                kind=count.kind,
                rank=rank,
                total=count.total,
            )
            unit.session.add(line)


def _plain(number: Decimal) -> str:
    """An exact number as printed: no trailing zeros beyond the fen of a price, no exponent."""
    text = f"{number:f}"
    while "." in text and text.endswith("0") and len(text.rsplit(".", 1)[1]) > 2:
        text = text[:-1]
    return text
