"""The rows behind a household's way: finding them, telling a stale clerk, closing visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Batch, Booking, Pass, Visit
from deskapp.db.tables.record import History
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import Act, PassState, after
from deskapp.domain.movein.stations import ORDERS, Station
from deskapp.services.desk import Desk

ESTATE_QUEUES = 0
"""Subject of the change ``("station", 0)``: some queue changed."""


def house_row(session: Session, estate_id: int, house_id: int) -> House:
    """The house.

    Raises:
        Refused: ``movein.no_house``.
    """
    house = session.get(House, (estate_id, house_id))
    if house is None:
        raise Refused("movein.no_house")
    return house


def pass_row(session: Session, estate_id: int, pass_id: int) -> Pass:
    """The pass.

    Raises:
        Refused: ``movein.no_pass``.
    """
    row = session.get(Pass, (estate_id, pass_id))
    if row is None:
        raise Refused("movein.no_pass")
    return row


def seen_pass(unit: Unit, pass_id: int, version: int) -> Pass:
    """The pass, if nobody else changed it since the clerk looked.

    What the same clerk did at the same desk in between, such as a tick still on its way back to the
    window, is no conflict.

    Raises:
        Conflict: ``movein.changed_meanwhile``, with who did what and where (design rule 2).
    """
    row = pass_row(unit.session, unit.estate_id, pass_id)
    if row.version != version:
        last = _last_act(unit.session, row)
        if last is None or (last.staff_id, last.desk) != (unit.who.staff_id, unit.who.desk):
            raise Conflict(
                "movein.changed_meanwhile",
                number=row.queue_number,
                who=last.staff if last else "",
                desk=last.desk if last else "",
                at=f"{last.at:%H:%M}" if last else "",
            )
    return row


def _last_act(session: Session, row: Pass) -> History | None:
    statement = (
        select(History)
        .where(History.estate_id == row.estate_id, History.kind == "pass", History.subject_id == row.id)
        .order_by(History.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def open_pass_of(session: Session, estate_id: int, house_id: int) -> Pass | None:
    """The pass a house is on its way with."""
    return session.scalars(
        select(Pass).where(Pass.estate_id == estate_id, Pass.open_house == house_id)
    ).one_or_none()


def last_pass_of(session: Session, estate_id: int, house_id: int) -> Pass | None:
    """The newest pass of a house, open or not."""
    statement = (
        select(Pass)
        .where(Pass.estate_id == estate_id, Pass.house_id == house_id)
        .order_by(Pass.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def finished_pass_of(session: Session, estate_id: int, house_id: int) -> Pass | None:
    """The pass with which a house took its keys."""
    statement = select(Pass).where(
        Pass.estate_id == estate_id, Pass.house_id == house_id, Pass.state == PassState.DONE.value
    )
    return session.scalars(statement).first()


# Statements of every click are built once: putting one together costs more than SQLite takes to answer it.
_VISITS = (
    select(Visit)
    .where(Visit.estate_id == bindparam("estate_id"), Visit.pass_id == bindparam("pass_id"))
    .order_by(Visit.id)
)
_OPEN_VISIT = _VISITS.where(Visit.ended_at.is_(None))


def visits_of(session: Session, row: Pass) -> list[Visit]:
    """The visits of a pass, the oldest first."""
    return list(session.scalars(_VISITS, {"estate_id": row.estate_id, "pass_id": row.id}))


def closed_stations(visits: list[Visit]) -> frozenset[Station]:
    """The stations a way has behind it."""
    return frozenset(Station(visit.station) for visit in visits if visit.closed)


def batch_of(session: Session, row: Pass) -> Batch | None:
    """The batch a pass belongs to, None for an ordinary move-in."""
    return session.get(Batch, (row.estate_id, row.batch_id)) if row.batch_id is not None else None


def order_of(session: Session, desk: Desk, row: Pass) -> tuple[Station, ...]:
    """The order of the stations for a pass: its batch's, or the site's (M4)."""
    batch = batch_of(session, row)
    return ORDERS[batch.station_order if batch else desk.rules.site.movein.station_order.value]


def booking_of(session: Session, estate_id: int, house_id: int) -> Booking | None:
    """The day a house is expected on."""
    return session.get(Booking, (estate_id, house_id))


def room_on(session: Session, desk: Desk, day: date) -> bool:
    """Whether a day still takes a household of another day (M3, M6 ①).

    The day's notified households and the walk-ins taken so far stay within capacity plus walk-in share.
    """
    movein = desk.rules.site.movein
    own = select(func.count()).where(Booking.estate_id == desk.estate_id, Booking.day == day)
    others = (
        select(func.count())
        .select_from(Visit)
        .join(Pass, (Pass.estate_id == Visit.estate_id) & (Pass.id == Visit.pass_id))
        .where(Visit.estate_id == desk.estate_id, Visit.outcome == "other_day_taken", Pass.day == day)
    )
    booked, taken = session.scalar(own) or 0, session.scalar(others) or 0
    return booked + taken < movein.daily_capacity + movein.walk_in


def move(unit: Unit, row: Pass, act: Act) -> PassState:
    """Does an act of the flow to a pass; the state it was in is answered.

    Raises:
        Refused: ``movein.not_now``.
    """
    before = PassState(row.state)
    row.state = after(before, act).value
    row.since = unit.now
    unit.touch("station", ESTATE_QUEUES)
    return before


def begin_visit(unit: Unit, row: Pass, waited: int) -> Visit:
    """The pass is being served from now on."""
    visit = Visit(
        estate_id=row.estate_id,
        id=new_id(),
        pass_id=row.id,
        station=row.at,
        desk=unit.who.desk,
        staff_id=unit.who.staff_id,
        began_at=unit.now,
        closed=False,
        waited=waited,
        data={},
    )
    unit.session.add(visit)
    row.served_by, row.desk = unit.who.staff_id, unit.who.desk
    return visit


def open_visit(session: Session, row: Pass) -> Visit | None:
    """The visit that is going on, None while nobody serves the pass."""
    visit = session.scalars(_OPEN_VISIT, {"estate_id": row.estate_id, "pass_id": row.id}).first()
    # One ended in this very unit is found too until it is flushed; its outcome must not be written over.
    return visit if visit is not None and visit.ended_at is None else None


def end_visit(unit: Unit, row: Pass, outcome: str = "", *, closed: bool = False) -> Visit | None:
    """Ends the visit that is going on, if there is one."""
    visit = open_visit(unit.session, row)
    if visit is not None:
        visit.ended_at = unit.now
        visit.outcome = outcome
        visit.closed = closed
        visit.served = max(0, int((unit.now - visit.began_at).total_seconds()))
    row.served_by, row.desk = 0, ""
    return visit


def queue_number(unit: Unit) -> str:
    """The next number to be called, such as A023; each day has its letter, so kept places never clash."""
    day = day_of(unit.now)
    return f"{chr(ord('A') + day.toordinal() % 26)}{unit.count(f'queue-{day.isoformat()}'):03d}"
