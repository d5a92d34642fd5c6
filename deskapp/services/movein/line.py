"""The queue of a station: who is next, calling, and stepping aside (M5, L2-L4, L9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskapp.base.clock import CHINA, day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass, StationLine, Visit
from deskapp.db.tables.residents import Party, Person
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import Act, PassState
from deskapp.domain.movein.line import Waiting, in_order
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.rows import (
    begin_visit,
    booking_of,
    closed_stations,
    end_visit,
    move,
    open_visit,
    order_of,
    pass_row,
    seen_pass,
    visits_of,
)
from deskapp.services.movein.scene import OWNING, view_of
from deskapp.services.movein.views import Approval, PassView, QueueRow, StationBoard
from deskapp.services.staff import approve

_AT_STATION = (PassState.WAITING.value, PassState.CALLED.value, PassState.SERVING.value)
_ASIDE = (
    PassState.HELD.value,
    PassState.AWAITING.value,
    PassState.DISPUTE.value,
    PassState.REBOOKED.value,
)


def station_board(desk: Desk, station: Station) -> StationBoard:
    """A station's queue in calling order, who stands aside, and its figures of today."""
    desk.require(Action.MOVEIN_VIEW)
    with desk.reading() as session:
        now = desk.now()
        rows = _standing(session, desk.estate_id, station, _AT_STATION)
        waiting = [row for row in rows if row.state == PassState.WAITING.value]
        busy = [row for row in rows if row.state != PassState.WAITING.value]
        aside = _standing(session, desk.estate_id, station, _ASIDE)
        line = _calling_order(session, desk, station, waiting)
        shown = _QueueRows(session, desk.estate_id, [*busy, *line, *aside])
        figures = _figures(session, desk.estate_id, station, day_of(now))
        return StationBoard(
            station=station,
            at=now,
            waiting=shown.of([*sorted(busy, key=lambda r: r.since), *line]),
            aside=shown.of(aside),
            longest_wait=max((int((now - row.since).total_seconds()) for row in waiting), default=None),
            average_wait=figures.waited,
            average_service=figures.service,
            served_today=figures.served,
        )


def _standing(session: Session, estate_id: int, station: Station, states: Sequence[str]) -> list[Pass]:
    statement = (
        select(Pass)
        .where(Pass.estate_id == estate_id, Pass.at == station.value, Pass.state.in_(states))
        .order_by(Pass.place, Pass.id)
    )
    return list(session.scalars(statement))


def _calling_order(session: Session, desk: Desk, station: Station, waiting: Sequence[Pass]) -> list[Pass]:
    line = session.get(StationLine, (desk.estate_id, station.value))
    by_id = {row.id: row for row in waiting}
    ordered = in_order(
        [Waiting(row.id, row.place, bool(row.priority)) for row in waiting],
        desk.rules.site.movein.ordinary_between,
        line.since_priority if line else 10**6,
    )
    return [by_id[w.pass_id] for w in ordered]


class _QueueRows:
    """Queue rows with their labels and owners, looked up together."""

    def __init__(self, session: Session, estate_id: int, rows: Sequence[Pass]) -> None:
        houses = {row.house_id for row in rows}
        labels = select(House.id, House.label).where(House.estate_id == estate_id, House.id.in_(houses))
        self._labels = {row.id: row.label for row in session.execute(labels)}
        names = (
            select(Party.house_id, Person.name)
            .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
            .where(
                Party.estate_id == estate_id,
                Party.house_id.in_(houses),
                Party.role.in_(OWNING),
                Party.until.is_(None),
            )
            .order_by(Party.rank, Party.id)
        )
        self._names: dict[int, list[str]] = {}
        for house_id, name in session.execute(names):
            self._names.setdefault(house_id, []).append(name)

    def of(self, rows: Sequence[Pass]) -> tuple[QueueRow, ...]:
        """The rows in the order given."""
        return tuple(
            QueueRow(
                pass_id=row.id,
                version=row.version,
                queue_number=row.queue_number,
                house_id=row.house_id,
                label=self._labels.get(row.house_id, ""),
                names="、".join(self._names.get(row.house_id, ())),
                state=PassState(row.state),
                since=row.since,
                priority=row.priority,
                desk=row.desk,
                return_day=row.return_day,
                waits_for=row.waits_for,
                misses=row.misses,
            )
            for row in rows
        )


@dataclass(frozen=True, slots=True)
class _Figures:
    served: int
    waited: int | None
    service: int | None


def _figures(session: Session, estate_id: int, station: Station, day: date) -> _Figures:
    start = datetime.combine(day, time(), CHINA)
    statement = select(func.count(), func.avg(Visit.waited), func.avg(Visit.served)).where(
        Visit.estate_id == estate_id,
        Visit.station == station.value,
        Visit.ended_at >= start,
        Visit.outcome != "",
    )
    served, waited, service = session.execute(statement).one()
    return _Figures(
        int(served or 0),
        None if waited is None else round(waited),
        None if service is None else round(service),
    )


def call_next(desk: Desk, command_id: str, station: Station) -> Done[PassView | None]:
    """Calls the next household of a station; None when nobody waits."""
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        session = unit.session
        if unit.answered is not None:
            called = unit.answered.get("pass_id")
            row = pass_row(session, desk.estate_id, int(called)) if called else None
        else:
            # Locks the line of this station: two clerks calling at once get two households (L2).
            line = session.get(StationLine, (desk.estate_id, station.value), with_for_update=True)
            waiting = _standing(session, desk.estate_id, station, (PassState.WAITING.value,))
            ordered = _calling_order(session, desk, station, waiting)
            row = ordered[0] if ordered else None
            if row is not None:
                _note_call(unit, station, line, row)
                _call(unit, row)
            unit.answer(pass_id=row.id if row else None)
            session.flush()
        return Done(view_of(session, desk, row) if row else None, changes_of(unit))


def _note_call(unit: Unit, station: Station, line: StationLine | None, row: Pass) -> None:
    if line is None:
        line = StationLine(estate_id=unit.estate_id, station=station.value, since_priority=10**6)
        unit.session.add(line)
    line.since_priority = 0 if row.priority else line.since_priority + 1
    line.last_called_at = unit.now


def _call(unit: Unit, row: Pass) -> None:
    waited = int((unit.now - row.since).total_seconds())
    move(unit, row, Act.CALL)
    row.served_by, row.desk = unit.who.staff_id, unit.who.desk
    row.answers = {**row.answers, "waited": max(0, waited)}
    _note(unit, "movein.called", row)


def _note(unit: Unit, act: str, row: Pass, **data: object) -> None:
    values = {"number": row.queue_number, "station": row.at, **data}
    unit.record(act, "pass", row.id, house_id=row.house_id, data=values)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a clerk saw and acts on."""

    command_id: str
    pass_id: int
    version: int


def _act(desk: Desk, seen: _Seen, change: Callable[[Unit, Pass], None]) -> Done[PassView]:
    with desk.unit(Action.MOVEIN_SERVE, seen.command_id) as unit:
        if unit.answered is None:
            row = seen_pass(unit, seen.pass_id, seen.version)
            change(unit, row)
            unit.session.flush()
        else:
            row = pass_row(unit.session, desk.estate_id, seen.pass_id)
        return Done(view_of(unit.session, desk, row), changes_of(unit))


def call(desk: Desk, command_id: str, pass_id: int, version: int) -> Done[PassView]:
    """Calls one household out of its turn; the turn of the others stays."""
    return _act(desk, _Seen(command_id, pass_id, version), _call)


def recall(desk: Desk, command_id: str, pass_id: int, version: int) -> Done[PassView]:
    """Calls a household once more; its waiting goes on counting from the first call."""

    def change(unit: Unit, row: Pass) -> None:
        since = row.since
        move(unit, row, Act.RECALL)
        row.since, row.desk = since, unit.who.desk
        _note(unit, "movein.recalled", row)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def no_show(desk: Desk, command_id: str, pass_id: int, version: int) -> Done[PassView]:
    """The household did not come when called: it steps aside with its place kept (L4)."""

    def change(unit: Unit, row: Pass) -> None:
        move(unit, row, Act.NO_SHOW)
        row.misses += 1
        row.served_by, row.desk, row.waits_for = 0, "", "no_show"
        _note(unit, "movein.no_show", row, misses=row.misses)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def serve(desk: Desk, command_id: str, pass_id: int, version: int) -> Done[PassView]:
    """The household is at this desk now; the name stands on the screen from here on (L5)."""

    def change(unit: Unit, row: Pass) -> None:
        waited = int((unit.now - row.since).total_seconds())
        before = move(unit, row, Act.SERVE)
        waited = int(row.answers.get("waited", 0)) if before is PassState.CALLED else waited
        row.waits_for, row.return_day = "", None
        begin_visit(unit, row, max(0, waited))
        _note(unit, "movein.served", row)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def resume(desk: Desk, command_id: str, pass_id: int, version: int) -> Done[PassView]:
    """Back into the queue with the old place: from aside, or called or served by mistake."""

    def change(unit: Unit, row: Pass) -> None:
        before = move(unit, row, Act.RESUME)
        end_visit(unit, row)
        row.waits_for, row.return_day = "", None
        _note(unit, "movein.resumed", row, before=before.value)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def hold(desk: Desk, command_id: str, pass_id: int, version: int, reason: str = "") -> Done[PassView]:
    """The household steps aside and keeps its place (暂离)."""

    def change(unit: Unit, row: Pass) -> None:
        move(unit, row, Act.HOLD)
        end_visit(unit, row)
        row.waits_for = "stepped_aside"
        _note(unit, "movein.held", row, reason=reason)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def rebook(desk: Desk, command_id: str, pass_id: int, version: int, day: date, reason: str) -> Done[PassView]:
    """The household comes another day to the same station; place and what is done are kept (M5).

    Raises:
        Refused: ``movein.day_in_past``, ``movein.need.reason``, ``movein.not_now``.
    """
    if not reason.strip():
        raise Refused("movein.need.reason")

    def change(unit: Unit, row: Pass) -> None:
        rebook_row(unit, desk, row, day)
        _note(unit, "movein.rebooked", row, day=day.isoformat(), reason=reason)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def rebook_row(unit: Unit, desk: Desk, row: Pass, day: date) -> None:
    """Moves a pass and its booking to another day, within a unit that records the act."""
    if day < day_of(unit.now):
        raise Refused("movein.day_in_past", day=day.isoformat())
    if open_visit(unit.session, row) is not None:
        end_visit(unit, row)
    move(unit, row, Act.REBOOK)
    row.return_day, row.waits_for, row.served_by, row.desk = day, "", 0, ""
    booking = booking_of(unit.session, desk.estate_id, row.house_id)
    if booking is not None:
        booking.day = day


def dispute(desk: Desk, command_id: str, pass_id: int, version: int, reason: str) -> Done[PassView]:
    """To the dispute area, from any station, and from there back to it (M4).

    Raises:
        Refused: ``movein.need.reason``, ``movein.not_now``.
    """
    if not reason.strip():
        raise Refused("movein.need.reason")

    def change(unit: Unit, row: Pass) -> None:
        move(unit, row, Act.DISPUTE)
        end_visit(unit, row)
        row.waits_for = "dispute"
        _note(unit, "movein.disputed", row, reason=reason)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def send(desk: Desk, command_id: str, pass_id: int, version: int, station: Station) -> Done[PassView]:
    """To another station that is still open on its way, such as while this one's queue is long.

    The gate at the keys stays what it is (M7).

    Raises:
        Refused: ``movein.station_closed_already``, ``movein.same_station``, ``movein.not_now``.
    """

    def change(unit: Unit, row: Pass) -> None:
        if station.value == row.at:
            raise Refused("movein.same_station")
        if station in closed_stations(visits_of(unit.session, row)):
            raise Refused("movein.station_closed_already")
        if station not in order_of(unit.session, desk, row):
            raise Refused("movein.not_on_way")
        left = row.at
        move(unit, row, Act.SEND)
        end_visit(unit, row)
        row.at = station.value
        _note(unit, "movein.sent", row, left=left)

    return _act(desk, _Seen(command_id, pass_id, version), change)


def reopen(
    desk: Desk, command_id: str, pass_id: int, version: int, station: Station, approval: Approval
) -> Done[PassView]:
    """Opens a station again that was closed by mistake, on a supervisor's word; its papers stay as issued.

    Raises:
        Refused: ``movein.station_not_closed``, or as `services.staff.approve`.
    """
    supervisor = approve(desk, approval, Action.MOVEIN_OVERRIDE)

    def change(unit: Unit, row: Pass) -> None:
        closed = [v for v in visits_of(unit.session, row) if v.closed and v.station == station.value]
        if not closed:
            raise Refused("movein.station_not_closed")
        move(unit, row, Act.REOPEN)
        end_visit(unit, row)
        for visit in closed:
            visit.closed = False
        row.at = station.value
        _note(unit, "movein.reopened", row, reason=approval.reason, supervisor_id=supervisor)

    return _act(desk, _Seen(command_id, pass_id, version), change)
