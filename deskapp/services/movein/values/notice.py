"""入住通知书 issued again: to who proved who he is (M6 ①), or before the household comes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from deskapp.base.i18n import on_paper
from deskapp.db.tables import movein
from deskapp.db.tables.estate import House
from deskapp.domain import documents as paper
from deskapp.domain.fees import Basis, ChargeLine, ChargeState, charges_for
from deskapp.domain.papers import Attending, papers_for
from deskapp.domain.places import PlaceKind
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import charges_of
from deskapp.services.movein.rows import batch_of, booking_of, house_row
from deskapp.services.movein.values.parts import fee_part, house_part, owner_names


def notice_values(session: Session, desk: Desk, row: movein.Pass) -> paper.MoveInNotice:
    """For a household on its way, with what stands on its bill."""
    house = house_row(session, row.estate_id, row.house_id)
    batch = batch_of(session, row)
    booking = booking_of(session, row.estate_id, row.house_id)
    lines = tuple(
        fee_part(charge)
        for charge in charges_of(session, row.estate_id, row.house_id)
        if charge.state != ChargeState.VOID
    )
    why = row.answers.get("notice", {}).get("reason", "") or on_paper("paper.notice.reissued")
    return _notice(session, desk, house, booking.day if booking else row.day, batch, lines, why)


def early_notice_values(session: Session, desk: Desk, house: House) -> paper.MoveInNotice | None:
    """For a household that has not come yet, with what its bill will be; None where no day was notified."""
    booking = booking_of(session, desk.estate_id, house.id)
    if booking is None:
        return None
    batch = session.get(movein.Batch, (desk.estate_id, booking.batch_id))
    charges = charges_for(house.area, PlaceKind(house.kind), desk.rules.fees, booking.day)
    lines = tuple(_line(charge) for charge in charges)
    return _notice(session, desk, house, booking.day, batch, lines, on_paper("paper.notice.asked_for"))


def _line(charge: ChargeLine) -> paper.FeeLine:
    monthly = charge.basis is Basis.PER_MONTH
    return paper.FeeLine(
        name=charge.title.zh,
        amount=charge.amount,
        period=on_paper("paper.period", first=charge.period_from, last=charge.period_to)
        if charge.period_from
        else "",
        basis=on_paper(f"paper.basis.{charge.basis.value}", months=charge.months),
        quantity=Decimal(charge.months) if monthly else charge.quantity,
        unit=on_paper(f"paper.unit.{charge.basis.value}"),
        unit_price=charge.unit_price,
    )


def _notice(
    session: Session,
    desk: Desk,
    house: House,
    day: date,
    batch: movein.Batch | None,
    lines: tuple[paper.FeeLine, ...],
    why: str,
) -> paper.MoveInNotice:
    site = desk.rules.site
    hours = site.movein.hours
    return paper.MoveInNotice(
        house=house_part(house),
        owners=owner_names(session, house.estate_id, house.id),
        day=day,
        hours=f"{hours.opens:%H:%M}–{hours.closes:%H:%M}",
        place=site.movein.place,
        batch=batch.name if batch else "",
        reissued_because=why,
        papers=tuple(
            paper.Paper(name=item.title.zh, note=item.why.zh)
            for item in papers_for(Attending.OWNER, desk.rules.documents)
        ),
        amounts=lines,
        total=sum((line.amount for line in lines), Decimal("0.00")),
        contact=site.company.phone,
    )
