"""Putting together what the desk sees of a household on its way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.db.tables.estate import House, HouseMark
from deskapp.db.tables.movein import Batch, Pass, Visit
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.tables.staff import Staff
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.outcomes import outcomes_of
from deskapp.domain.movein.stations import Station
from deskapp.domain.people import PartyRole, mask_id, mask_phone
from deskapp.services.desk import Desk
from deskapp.services.documents import documents_of
from deskapp.services.movein.needs import barriers_of, choice_of, scene_of
from deskapp.services.movein.rows import (
    batch_of,
    booking_of,
    finished_pass_of,
    house_row,
    open_pass_of,
    order_of,
    room_on,
    visits_of,
)
from deskapp.services.movein.views import MarkView, OwnerView, PassView, ReceptionView, StationMark

OWNING = (PartyRole.OWNER.value, PartyRole.CO_OWNER.value, PartyRole.COMPANY_OWNER.value)


# Statements of every click are built once, see rows.py.
_OWNS = (
    (Party.estate_id == bindparam("estate_id"))
    & Party.role.in_(OWNING)
    & Party.until.is_(None)
    & (Person.estate_id == Party.estate_id)
    & (Person.id == Party.person_id)
)
_FIRST_PHONE = (
    select(Phone.number)
    .where(Phone.estate_id == Person.estate_id, Phone.person_id == Person.id)
    .order_by(Phone.rank, Phone.id)
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)
_OWNERS = (
    select(Person.id, Person.name, Party.role, _FIRST_PHONE.label("phone"), Person.id_kind, Person.id_number)
    .where(_OWNS, Party.house_id == bindparam("house_id"))
    .order_by(Party.rank, Party.id)
)
_HOUSES = (
    select(House.label)
    .distinct()
    .where(
        _OWNS,
        House.estate_id == Party.estate_id,
        House.id == Party.house_id,
        House.id != bindparam("house_id"),
    )
    .order_by(House.label)
    .limit(12)
)
_SAME_PEOPLE = _HOUSES.where(Person.id.in_(bindparam("people", expanding=True)))
_SAME_NAMES = _HOUSES.where(
    Person.name.in_(bindparam("names", expanding=True)),
    Person.id.not_in(bindparam("people", expanding=True)),
)


def owners_of(session: Session, estate_id: int, house_id: int) -> tuple[OwnerView, ...]:
    """The owners of a house today, numbers masked (design rule 6)."""
    rows = session.execute(_OWNERS, {"estate_id": estate_id, "house_id": house_id})
    return tuple(
        OwnerView(
            row.id,
            row.name,
            row.role,
            mask_phone(row.phone or ""),
            row.id_kind,
            mask_id(row.id_number) if row.id_number else "",
        )
        for row in rows
    )


def other_houses(
    session: Session, estate_id: int, house_id: int, owners: Sequence[OwnerView]
) -> tuple[str, ...]:
    """Labels of other houses of the same owners (P5)."""
    wanted = {"estate_id": estate_id, "house_id": house_id, "people": [o.person_id for o in owners]}
    return tuple(session.scalars(_SAME_PEOPLE, wanted))


def namesake_houses(
    session: Session, estate_id: int, house_id: int, owners: Sequence[OwnerView]
) -> tuple[str, ...]:
    """Labels of houses of other people with the same name (P5)."""
    wanted = {
        "estate_id": estate_id,
        "house_id": house_id,
        "people": [o.person_id for o in owners],
        "names": [o.name for o in owners],
    }
    return tuple(session.scalars(_SAME_NAMES, wanted))


_MARKS = (
    select(HouseMark)
    .where(
        HouseMark.estate_id == bindparam("estate_id"),
        HouseMark.house_id == bindparam("house_id"),
        HouseMark.lifted_at.is_(None),
    )
    .order_by(HouseMark.id)
)


def marks_of(session: Session, house: House) -> tuple[MarkView, ...]:
    """What every desk must see about a house: lasting marks, the roster's remark, money owed."""
    wanted = {"estate_id": house.estate_id, "house_id": house.id}
    marks = [MarkView(row.code, row.text, row.set_at) for row in session.scalars(_MARKS, wanted)]
    if house.developer_balance > 0:
        marks.append(MarkView("balance_owed", str(house.developer_balance), None))
    if house.remark:
        marks.append(MarkView("remark", house.remark, None))
    return tuple(marks)


def view_of(session: Session, desk: Desk, row: Pass) -> PassView:
    """A household on its way as the desk sees it now."""
    house = house_row(session, desk.estate_id, row.house_id)
    owners = owners_of(session, desk.estate_id, house.id)
    batch, booking = batch_of(session, row), booking_of(session, desk.estate_id, house.id)
    scene = scene_of(session, desk, row)
    serving = row.state == PassState.SERVING.value
    visits = visits_of(session, row)
    names = _staff_names(session, desk.estate_id)
    return PassView(
        pass_id=row.id,
        version=row.version,
        number=row.number,
        queue_number=row.queue_number,
        day=row.day,
        batch=batch.name if batch else "",
        state=PassState(row.state),
        at=Station(row.at),
        since=row.since,
        served_by=names.get(row.served_by, ""),
        desk=row.desk,
        priority=row.priority,
        attendee=row.attendee,
        attendee_role=row.attendee_role,
        return_day=row.return_day,
        waits_for=row.waits_for,
        misses=row.misses,
        escort_id=row.escort_id,
        house_id=house.id,
        label=house.label,
        layout=house.layout,
        area=house.area,
        house_kind=house.kind,
        developer_balance=house.developer_balance,
        booked_day=booking.day if booking else None,
        owners=owners,
        others=other_houses(session, desk.estate_id, house.id, owners),
        namesakes=namesake_houses(session, desk.estate_id, house.id, owners),
        marks=marks_of(session, house),
        stations=_station_marks(order_of(session, desk, row), visits, names),
        choices=tuple(choice_of(scene, o) for o in outcomes_of(Station(row.at))) if serving else (),
        barriers=barriers_of(scene, visits),
        documents=documents_of(session, desk.estate_id, house.id),
    )


_STAFF = select(Staff.id, Staff.name).where(Staff.estate_id == bindparam("estate_id"))


def _staff_names(session: Session, estate_id: int) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(_STAFF, {"estate_id": estate_id})}


def _station_marks(
    order: tuple[Station, ...], visits: list[Visit], names: dict[int, str]
) -> tuple[StationMark, ...]:
    marks = []
    for station in order:
        ended = [v for v in visits if v.station == station.value and v.outcome]
        last = ended[-1] if ended else None
        marks.append(
            StationMark(
                station=station,
                closed=any(v.closed for v in ended),
                outcome=last.outcome if last else "",
                at=last.ended_at if last else None,
                by=names.get(last.staff_id, "") if last else "",
                desk=last.desk if last else "",
                overruled=last.overruled if last else "",
            )
        )
    return tuple(marks)


def reception_of(session: Session, desk: Desk, house_id: int) -> ReceptionView:
    """What the reception sees of a house before it gives a number."""
    house = house_row(session, desk.estate_id, house_id)
    owners = owners_of(session, desk.estate_id, house_id)
    on_way = open_pass_of(session, desk.estate_id, house_id)
    finished = finished_pass_of(session, desk.estate_id, house_id)
    booking = booking_of(session, desk.estate_id, house_id)
    batch = session.get(Batch, (desk.estate_id, booking.batch_id)) if booking else None
    return ReceptionView(
        house_id=house_id,
        label=house.label,
        owners=owners,
        marks=marks_of(session, house),
        others=other_houses(session, desk.estate_id, house_id, owners),
        namesakes=namesake_houses(session, desk.estate_id, house_id, owners),
        open_pass=view_of(session, desk, on_way) if on_way else None,
        moved_in_at=finished.finished_at if finished else None,
        booked_day=booking.day if booking else None,
        batch=batch.name if batch else "",
        room_today=room_on(session, desk, desk.now().date()),
        developer_balance=house.developer_balance,
    )
