"""Walking through the estate by building and entrance, for whoever knows only part of an address (A2).

A list is read in windows: a window costs what one entrance costs, however large the estate is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Booking, Pass
from deskapp.domain.movein.flow import PassState
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.residents.search import Hit, HitPerson, find, hits_of

WINDOW = 100
"""Houses read at once."""
CANDIDATES = 200
"""Candidates shown for part of an address; an estate has some two hundred rooms 101 at most."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The houses behind one door of the estate.

    Attributes:
        building, entrance: "" for houses that stand by themselves, such as townhouses.
    """

    phase: str
    building: str
    entrance: str
    houses: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One house of a list, with what tells it from its neighbours.

    Attributes:
        branch: position among the branches that were asked for; to ask for what comes after.
        people: owners and others with their masked phones and other houses (P5).
        pass_state, station, queue_number: of the pass it is on its way with, "" without one.
        booked: the notified day, None without a batch.
        moved_in: when it left with its keys.
    """

    house_id: int
    label: str
    room: str
    layout: str
    area: Decimal
    names: str
    people: tuple[HitPerson, ...]
    pass_state: str
    station: str
    queue_number: str
    booked: date | None
    moved_in: datetime | None
    branch: int = 0


def branches(desk: Desk) -> tuple[Branch, ...]:
    """Every building and entrance with its number of houses, numbers in their order.

    Raises:
        Refused: ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    columns = (House.phase, House.building, House.entrance)
    statement = select(*columns, func.count()).where(House.estate_id == desk.estate_id).group_by(*columns)
    with desk.reading() as session:
        found = [Branch(*row) for row in session.execute(statement)]
    return tuple(sorted(found, key=_in_order))


def _in_order(branch: Branch) -> tuple[object, ...]:
    """Buildings before houses that stand by themselves; 2 before 10."""
    parts = (branch.phase, branch.building, branch.entrance)
    return (not branch.building, *((len(part), part) for part in parts))


def rooms(
    desk: Desk, wanted: Sequence[Branch], *, after: RoomRow | None = None, limit: int = WINDOW
) -> tuple[RoomRow, ...]:
    """A window of the houses of some branches, branch after branch, 201 before 1001.

    Args:
        after: the last row already shown; None begins at the first.

    Raises:
        Refused: ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    found: list[RoomRow] = []
    with desk.reading() as session:
        for position in range(after.branch if after else 0, len(wanted)):
            last = after if after and after.branch == position else None
            ids = _window(session, desk.estate_id, wanted[position], last, limit - len(found))
            found += _rows(session, desk, ids, position)
            if len(found) >= limit:
                break
    return tuple(found)


def candidates(desk: Desk, typed: str, limit: int = CANDIDATES) -> tuple[RoomRow, ...]:
    """Houses that part of an address may mean, in every building, the likeliest first (A2).

    ``101`` and ``一单元101`` name a house in each building; ``101`` may be the townhouse TC101 as well.

    Raises:
        Refused: ``staff.no_right``.
    """
    ids = [hit.house_id for hit in find(desk, typed, limit) if hit.house_id]
    with desk.reading() as session:
        return tuple(_rows(session, desk, list(dict.fromkeys(ids)), 0))


def room_rows(desk: Desk, house_ids: Iterable[int]) -> tuple[RoomRow, ...]:
    """Houses of a list read anew, after they changed.

    Raises:
        Refused: ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    with desk.reading() as session:
        return tuple(_rows(session, desk, list(house_ids), 0))


def _window(session: Session, estate_id: int, branch: Branch, after: RoomRow | None, limit: int) -> list[int]:
    order = (func.length(House.room), House.room, House.id)
    statement = select(House.id).where(
        House.estate_id == estate_id,
        House.building == branch.building,
        House.entrance == branch.entrance,
        House.phase == branch.phase,
    )
    if after is not None:
        shown = (len(after.room), after.room, after.house_id)
        statement = statement.where(tuple_(*order) > shown)
    return list(session.scalars(statement.order_by(*order).limit(limit)))


def _rows(session: Session, desk: Desk, ids: list[int], position: int) -> list[RoomRow]:
    if not ids:
        return []
    hits = hits_of(session, desk, ids, {})
    own = (House.estate_id == desk.estate_id) & House.id.in_(ids)
    houses = {row.id: row for row in session.scalars(select(House).where(own))}
    booked = _booked(session, desk.estate_id, ids)
    moved_in = _moved_in(session, desk.estate_id, ids)
    return [
        _row(houses[house_id], hits[house_id], booked.get(house_id), moved_in.get(house_id), position)
        for house_id in ids
        if house_id in houses and house_id in hits
    ]


def _row(house: House, hit: Hit, booked: date | None, moved_in: datetime | None, position: int) -> RoomRow:
    return RoomRow(
        house_id=house.id,
        label=house.label,
        room=house.room,
        layout=house.layout,
        area=house.area,
        names=hit.names,
        people=hit.people,
        pass_state=hit.state,
        station=hit.station,
        queue_number=hit.queue_number,
        booked=booked,
        moved_in=moved_in,
        branch=position,
    )


def _booked(session: Session, estate_id: int, ids: list[int]) -> dict[int, date]:
    own = (Booking.estate_id == estate_id) & Booking.house_id.in_(ids)
    return dict(session.execute(select(Booking.house_id, Booking.day).where(own)).all())


def _moved_in(session: Session, estate_id: int, ids: list[int]) -> dict[int, datetime]:
    statement = select(Pass.house_id, Pass.finished_at).where(
        Pass.estate_id == estate_id, Pass.house_id.in_(ids), Pass.state == PassState.DONE.value
    )
    return {house_id: at for house_id, at in session.execute(statement) if at is not None}
