"""The pool of escorts 陪验: who is free, who is with whom, how long (M11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.staff import Staff
from deskapp.db.tables.stations import Inspection
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import OPEN_STATES, PassState
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.days import bounds
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.record_rows import open_pass, pairs, rounds_of
from deskapp.services.movein.record_views import EscortView

STATION = Station.INSPECTION.value
_AWAY = frozenset({PassState.REBOOKED, PassState.HELD, PassState.DISPUTE})
"""States in which a household is not being accompanied, though it stands at the inspection."""


def escorts(desk: Desk) -> tuple[EscortView, ...]:
    """The pool by name, the free ones first."""
    with desk.reading() as session:
        return _pool(session, desk)


def assign_escort(desk: Desk, command_id: str, pass_id: int, staff_id: int) -> Done[tuple[EscortView, ...]]:
    """Sends an escort with a household, or takes him away from it (``staff_id`` 0).

    Raises:
        Refused: ``escorts.not_one`` for somebody who is none, ``escorts.busy`` with whom he is.
    """
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        if unit.answered is None:
            row = open_pass(unit.session, desk.estate_id, pass_id)
            name = _checked(unit.session, desk, row, staff_id) if staff_id else ""
            _assign(unit, row, staff_id)
            act = "escort.assigned" if staff_id else "escort.released"
            data = {"name": name, "number": row.queue_number}
            unit.record(act, "pass", row.id, house_id=row.house_id, data=data)
            unit.touch("station", 0)
            unit.session.flush()
        pool = _pool(unit.session, desk)
    return Done(pool, changes_of(unit))


def _checked(session: Session, desk: Desk, row: Pass, staff_id: int) -> str:
    person = session.get(Staff, (desk.estate_id, staff_id))
    if person is None or not person.escort or person.disabled_at is not None:
        raise Refused("escorts.not_one")
    other = next((p for p in _accompanied(session, desk) if p.escort_id == staff_id and p.id != row.id), None)
    if other is not None:
        raise Refused("escorts.busy", name=person.name, number=other.queue_number)
    return person.name


def _assign(unit: Unit, row: Pass, staff_id: int) -> None:
    row.escort_id = staff_id
    since = unit.now.isoformat() if staff_id else None
    row.answers = {**row.answers, STATION: {**row.answers.get(STATION, {}), "escort_since": since}}
    rounds = rounds_of(unit.session, row.estate_id, row.house_id)
    if rounds and rounds[-1].ended_at is None:
        rounds[-1].escort_id = staff_id


def _accompanied(session: Session, desk: Desk) -> list[Pass]:
    states = [state.value for state in OPEN_STATES - _AWAY]
    statement = select(Pass).where(
        Pass.estate_id == desk.estate_id, Pass.at == STATION, Pass.state.in_(states), Pass.escort_id != 0
    )
    return list(session.scalars(statement))


def _pool(session: Session, desk: Desk) -> tuple[EscortView, ...]:
    people = session.scalars(
        select(Staff)
        .where(Staff.estate_id == desk.estate_id, Staff.escort.is_(True), Staff.disabled_at.is_(None))
        .order_by(Staff.name, Staff.number)
    ).all()
    busy = {row.escort_id: row for row in _accompanied(session, desk)}
    labels = pairs(
        session,
        select(House.id, House.label).where(
            House.estate_id == desk.estate_id, House.id.in_({row.house_id for row in busy.values()})
        ),
    )
    ended, count = _ended_today(session, desk)
    views = []
    for person in people:
        row = busy.get(person.id)
        views.append(
            EscortView(
                staff_id=person.id,
                name=person.name,
                pass_id=row.id if row else 0,
                label=labels.get(row.house_id, "") if row else "",
                queue_number=row.queue_number if row else "",
                since=_since(row.answers) if row else ended.get(person.id),
                inspections_today=count.get(person.id, 0),
            )
        )
    return tuple(sorted(views, key=lambda view: not view.free))


def _since(answers: dict[str, Any]) -> datetime | None:
    text = answers.get(STATION, {}).get("escort_since")
    return datetime.fromisoformat(text) if text else None


def _ended_today(session: Session, desk: Desk) -> tuple[dict[int, datetime], dict[int, int]]:
    """When each escort's last inspection of today ended, and how many ended."""
    start, end = bounds(day_of(desk.now()))
    statement = (
        select(Inspection.escort_id, func.max(Inspection.ended_at), func.count())
        .where(
            Inspection.estate_id == desk.estate_id,
            Inspection.escort_id != 0,
            Inspection.ended_at >= start,
            Inspection.ended_at < end,
        )
        .group_by(Inspection.escort_id)
    )
    rows = session.execute(statement).all()
    last = {row[0]: row[1] for row in rows if row[1] is not None}
    return last, {row[0]: row[2] for row in rows}
