"""The file of one household, read whole in one look (A1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Batch, Booking, Pass
from deskapp.db.tables.record import History
from deskapp.db.tables.stations import (
    Charge,
    Defect,
    Errand,
    KeyLine,
    MeterReading,
    PaperLine,
    Receipt,
    Signature,
)
from deskapp.domain.movein.flow import PassState
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.documents import documents_of
from deskapp.services.movein.defect_views import photos_of
from deskapp.services.movein.scene import marks_of
from deskapp.services.residents.parties import parties_of
from deskapp.services.residents.views import (
    ChargeRow,
    DefectRow,
    ErrandRow,
    HouseholdView,
    KeyRow,
    MeterRow,
    MoveInView,
    PaperRow,
    PersonView,
    ReceiptRow,
    SignatureRow,
    TimelineRow,
)

WINDOW = 50
"""Rows of the time line that are read at once."""

T = TypeVar("T")


def household(desk: Desk, house_id: int) -> HouseholdView:
    """The file of a house: people, papers, keys, money, defects, documents and the newest of its time line.

    Raises:
        Refused: ``residents.no_house``, ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    with desk.reading() as session:
        house = session.get(House, (desk.estate_id, house_id))
        if house is None:
            raise Refused("residents.no_house")
        people = parties_of(session, desk.estate_id, house_id)
        today = day_of(desk.now())
        return HouseholdView(
            house_id=house.id,
            version=house.version,
            label=house.label,
            kind=house.kind,
            layout=house.layout,
            area=house.area,
            contract_number=house.contract_number,
            contract_date=house.contract_date,
            payment=house.payment,
            developer_balance=house.developer_balance,
            remark=house.remark,
            people=tuple(p for p in people if _lasts(p, today)),
            past=tuple(sorted((p for p in people if not _lasts(p, today)), key=_end, reverse=True)),
            marks=marks_of(session, house),
            movein=_movein(session, house),
            **_records(session, house),
            documents=documents_of(session, house.estate_id, house.id),
            timeline=_timeline(session, desk.estate_id, house_id, None, WINDOW),
        )


def timeline(
    desk: Desk, house_id: int, *, before: TimelineRow | None = None, limit: int = WINDOW
) -> tuple[TimelineRow, ...]:
    """A window of a house's time line, the newest first.

    Args:
        before: the last row already shown; None begins at the newest.
    """
    desk.require(Action.RESIDENTS_VIEW)
    with desk.reading() as session:
        return _timeline(session, desk.estate_id, house_id, before, limit)


def _timeline(
    session: Session, estate_id: int, house_id: int, before: TimelineRow | None, limit: int
) -> tuple[TimelineRow, ...]:
    rows = select(History).where(History.estate_id == estate_id, History.house_id == house_id)
    if before is not None:
        older = (History.at == before.at) & (History.id < before.id)
        rows = rows.where((History.at < before.at) | older)
    rows = rows.order_by(History.at.desc(), History.id.desc()).limit(limit)
    return tuple(
        TimelineRow(h.id, h.at, h.act, h.kind, h.subject_id, h.data, h.staff, h.desk)
        for h in session.scalars(rows)
    )


def _lasts(person: PersonView, today: date) -> bool:
    return person.until is None or person.until >= today


def _end(person: PersonView) -> date:
    return person.until or date.max


def _of_house(session: Session, table: type[T], house: House, *order: Any) -> Sequence[T]:
    """The rows of a table that belong to a house."""
    mapped: Any = table
    own = (mapped.estate_id == house.estate_id) & (mapped.house_id == house.id)
    return session.scalars(select(table).where(own).order_by(*order)).all()


def _movein(session: Session, house: House) -> MoveInView:
    booking = session.get(Booking, (house.estate_id, house.id))
    batch = session.get(Batch, (house.estate_id, booking.batch_id)) if booking else None
    passes = _of_house(session, Pass, house, Pass.arrived_at.desc(), Pass.id.desc())
    last = next(iter(passes), None)
    finished = next((p.finished_at for p in passes if p.state == PassState.DONE), None)
    return MoveInView(
        batch=batch.name if batch else "",
        booked_day=booking.day if booking else None,
        first_day=booking.first_day if booking else None,
        pass_id=last.id if last else 0,
        number=last.number if last else "",
        queue_number=last.queue_number if last else "",
        state=last.state if last else "",
        at=last.at if last else "",
        arrived_at=last.arrived_at if last else None,
        finished_at=finished,
    )


def _records(session: Session, house: House) -> dict[str, Any]:
    """What the stations put on record, by the names of the view's fields."""

    def rows(table: type[T], *order: Any) -> Sequence[T]:
        return _of_house(session, table, house, *order)

    defects = rows(Defect, Defect.found_at, Defect.id)
    photos = photos_of(session, house.estate_id, [row.id for row in defects])
    return {
        "papers": tuple(
            PaperRow(p.code, p.copies, p.state, p.promised) for p in rows(PaperLine, PaperLine.rank)
        ),
        "keys": tuple(
            KeyRow(k.kind, k.total, k.handed, k.kept, k.lent, k.keeper, k.why, k.until)
            for k in rows(KeyLine, KeyLine.rank)
        ),
        "meters": tuple(
            MeterRow(m.meter, m.reading, m.read_at, m.photo)
            for m in rows(MeterReading, MeterReading.meter, MeterReading.read_at.desc())
        ),
        "charges": tuple(
            ChargeRow(c.id, c.item, c.title, c.amount, c.paid, c.state, c.until)
            for c in rows(Charge, Charge.created_at, Charge.id)
        ),
        "receipts": tuple(
            ReceiptRow(r.number, r.amount, r.method, r.payer, r.taken_at, r.voided_at is not None)
            for r in rows(Receipt, Receipt.taken_at.desc())
        ),
        "defects": tuple(
            DefectRow(
                d.id,
                d.room,
                d.trade,
                d.description,
                d.severity,
                d.party,
                d.state,
                d.due,
                d.order_number,
                photos.get(d.id, ()),
            )
            for d in defects
        ),
        "signatures": tuple(
            SignatureRow(s.record, s.role, s.name, s.method, s.signed_at, s.picture)
            for s in rows(Signature, Signature.signed_at.desc(), Signature.id.desc())
            if s.revoked_at is None
        ),
        "errands": tuple(
            ErrandRow(e.number, e.matter, e.state, e.promised, e.fee)
            for e in rows(Errand, Errand.taken_at.desc())
        ),
    }
