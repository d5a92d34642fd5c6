"""Defects as panels show them: of one house, or many of the estate's register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import language
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import AttachmentLink
from deskapp.db.tables.staff import Staff
from deskapp.db.tables.stations import Defect
from deskapp.domain.defects import ENDED, DefectState
from deskapp.domain.inspection import ResponsibleParty, Severity, Trade
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import defects_of, pairs
from deskapp.services.movein.record_views import DefectView
from deskapp.services.movein.values.inspection import defect_numbers, room_title


def views_of_house(session: Session, desk: Desk, house: House) -> tuple[DefectView, ...]:
    """Every defect of a house, in the order found."""
    return defect_views(session, desk, defects_of(session, desk.estate_id, house.id))


def defect_views(session: Session, desk: Desk, rows: Sequence[Defect]) -> tuple[DefectView, ...]:
    """Defects with what belongs to them, asked for all of them at once."""
    if not rows:
        return ()
    houses = {row.house_id for row in rows}
    numbers = defect_numbers(session, desk.estate_id, houses)
    labels = pairs(
        session,
        select(House.id, House.label).where(House.estate_id == desk.estate_id, House.id.in_(houses)),
    )
    names = pairs(
        session,
        select(Staff.id, Staff.name).where(
            Staff.estate_id == desk.estate_id, Staff.id.in_({row.found_by for row in rows})
        ),
    )
    photos = photos_of(session, desk.estate_id, [row.id for row in rows])
    today = day_of(desk.now())
    return tuple(
        _view(desk, row, numbers[row.id], labels[row.house_id], names.get(row.found_by, ""), photos, today)
        for row in rows
    )


def photos_of(session: Session, estate_id: int, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """The hashes of the photos of defects, by the defect's id, in the order they were added."""
    statement = (
        select(AttachmentLink.subject_id, AttachmentLink.sha256)
        .where(
            AttachmentLink.estate_id == estate_id,
            AttachmentLink.kind == "defect",
            AttachmentLink.subject_id.in_(ids),
        )
        .order_by(AttachmentLink.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for defect_id, sha256 in session.execute(statement):
        found[defect_id] = (*found.get(defect_id, ()), sha256)
    return found


def _view(
    desk: Desk,
    row: Defect,
    number: str,
    label: str,
    found_by: str,
    photos: dict[int, tuple[str, ...]],
    today: date,
) -> DefectView:
    checklist, spoken = desk.rules.checklist, language()
    return DefectView(
        defect_id=row.id,
        version=row.version,
        number=number,
        house_id=row.house_id,
        label=label,
        item=row.item,
        room=row.room,
        place=room_title(checklist, row.room, spoken),
        trade=Trade(row.trade),
        trade_title=checklist.trade(Trade(row.trade)).title.in_language(spoken),
        description=row.description,
        severity=Severity(row.severity),
        party=ResponsibleParty(row.party),
        state=DefectState(row.state),
        due=row.due,
        overdue=row.state not in ENDED and row.due < today,
        order_number=row.order_number,
        fails=row.fails,
        found_at=row.found_at,
        found_by=found_by,
        photos=photos.get(row.id, ()),
    )
