"""Counting the tickets of a month: each query reads an index over it, whatever the years hold (C17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, distinct, func, or_, select, union
from sqlalchemy.orm import Session

from deskapp.db.tables.complaints import Ticket, TicketClock
from deskapp.db.tables.estate import House
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.tables.incidents import Incident
from deskapp.domain.complaints.callback import ASKED, CallBacks, Grade, call_back_done, counts_as_satisfied
from deskapp.domain.complaints.month import Share, months_back
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.days import bounds

FAR_BACK = timedelta(days=366)
"""How long before a month's end a ticket or clock of those closed or met since is looked for: the bound that
keeps the query the same size after ten years. What is open now counts however old it is."""


@dataclass(frozen=True, slots=True)
class Window:
    """One month of an estate.

    Attributes:
        cut: until when it is known: its end, or now while it lasts.
    """

    estate_id: int
    start: datetime
    end: datetime
    cut: datetime

    @classmethod
    def of(cls, estate_id: int, month: date, now: datetime) -> Window:
        """The month as it can be counted at a moment."""
        start, end = bounds(month)[0], bounds(months_back(month, -1))[0]
        return cls(estate_id, start, end, min(end, now))

    @property
    def values(self) -> dict[str, Any]:
        """What the statements of this module are given."""
        return {
            "estate_id": self.estate_id,
            "start": self.start,
            "end": self.end,
            "cut": self.cut,
            "far": self.cut - FAR_BACK,
        }


_RECEIVED = (
    Ticket.estate_id == bindparam("estate_id"),
    Ticket.received_at >= bindparam("start"),
    Ticket.received_at < bindparam("end"),
)
_ON_TICKET = and_(Ticket.estate_id == TicketClock.estate_id, Ticket.id == TicketClock.ticket_id)
_COUNTS = select(
    func.count(),
    func.sum(case((Ticket.serious.is_(True), 1), else_=0)),
    func.sum(case((Ticket.reopened > 0, 1), else_=0)),
    func.sum(case((Ticket.follows_id.is_not(None), 1), else_=0)),
).where(*_RECEIVED)
_CLOSED = select(func.count()).where(
    Ticket.estate_id == bindparam("estate_id"),
    Ticket.closed_at >= bindparam("start"),
    Ticket.closed_at < bindparam("end"),
    Ticket.state == TicketState.CLOSED.value,
)
_OPEN_STILL = select(func.count()).where(
    Ticket.estate_id == bindparam("estate_id"),
    Ticket.open.is_(True),
    Ticket.received_at < bindparam("end"),
)
_OPEN_THEN = select(func.count()).where(
    Ticket.estate_id == bindparam("estate_id"),
    Ticket.closed_at >= bindparam("end"),
    Ticket.received_at >= bindparam("far"),
    Ticket.received_at < bindparam("end"),
)
_LATE = select(func.count()).select_from(
    union(
        select(TicketClock.ticket_id).where(
            TicketClock.estate_id == bindparam("estate_id"),
            TicketClock.running.is_(True),
            TicketClock.waiting.is_(False),
            TicketClock.due_at < bindparam("cut"),
        ),
        select(TicketClock.ticket_id).where(
            TicketClock.estate_id == bindparam("estate_id"),
            TicketClock.running.is_(False),
            TicketClock.due_at < bindparam("cut"),
            TicketClock.due_at >= bindparam("far"),
            TicketClock.met_at >= bindparam("cut"),
        ),
    ).subquery()
)
_INCIDENTS = select(func.count()).where(
    Incident.estate_id == bindparam("estate_id"),
    Incident.opened_at >= bindparam("start"),
    Incident.opened_at < bindparam("end"),
)
_IN_TIME = func.sum(case((TicketClock.met_at <= TicketClock.due_at, 1), else_=0))
_DECIDED = or_(
    TicketClock.met_at.is_not(None),
    and_(
        TicketClock.dropped_at.is_(None),
        TicketClock.waiting.is_(False),
        TicketClock.due_at < bindparam("cut"),
    ),
)
_CLOCKS = (
    select(TicketClock.rule, _IN_TIME, func.count())
    .join(Ticket, _ON_TICKET)
    .where(*_RECEIVED, _DECIDED)
    .group_by(TicketClock.rule)
)
_GOOD_END = func.sum(case((and_(TicketClock.met_at <= TicketClock.due_at, Ticket.reopened == 0), 1), else_=0))
_ENDS = (
    select(Ticket.topic, TicketClock.rule, _GOOD_END, func.count())
    .join(Ticket, _ON_TICKET)
    .where(*_RECEIVED, _DECIDED, Ticket.topic != "")
    .group_by(Ticket.topic, TicketClock.rule)
)
_HANDLED = (
    select(Ticket.topic, Dispatch.department, func.count(distinct(Ticket.id)))
    .join(Dispatch, and_(Dispatch.estate_id == Ticket.estate_id, Dispatch.ticket_id == Ticket.id))
    .where(*_RECEIVED, Ticket.topic != "")
    .group_by(Ticket.topic, Dispatch.department)
)
_ASKED = tuple(sorted(ASKED))
_CALLS = (
    select(CallBack.ticket_id, CallBack.state, CallBack.grade)
    .where(
        CallBack.estate_id == bindparam("estate_id"),
        CallBack.state.in_(("planned", *_ASKED)),
        CallBack.due_at >= bindparam("start"),
        CallBack.due_at < bindparam("end"),
        or_(CallBack.state.in_(_ASKED), CallBack.due_at < bindparam("cut")),
    )
    .order_by(CallBack.id)
)
_BUILDINGS = (
    select(House.phase, House.building, func.count())
    .select_from(Ticket)
    .join(House, and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id))
    .where(*_RECEIVED)
    .group_by(House.phase, House.building)
)
_TOGETHER = (
    select(
        Ticket.incident_id,
        func.count(),
        func.count(distinct(Ticket.house_id)),
        func.min(House.phase + House.building),
        func.max(House.phase + House.building),
    )
    .outerjoin(House, and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id))
    .where(*_RECEIVED, Ticket.incident_id.is_not(None))
    .group_by(Ticket.incident_id)
    .having(func.count() > 1)
    .order_by(func.count().desc(), Ticket.incident_id)
    .limit(bindparam("most"))
)
_AGAIN = (
    select(Ticket.house_id, Ticket.topic, func.count(), func.max(case((Ticket.open.is_(True), 1), else_=0)))
    .where(*_RECEIVED, Ticket.incident_id.is_(None), Ticket.follows_id.is_not(None))
    .group_by(Ticket.house_id, Ticket.topic)
    .order_by(func.count().desc(), Ticket.house_id)
    .limit(bindparam("most"))
)


def _by(column: Any, *conditions: Any) -> Select[Any]:
    return select(column, func.count()).where(*_RECEIVED, *conditions).group_by(column)


_COMPLAINTS = Ticket.kind == "complaint"
_SORTED: Mapping[str, Select[Any]] = {
    "kind": _by(Ticket.kind),
    "cause": _by(Ticket.cause, _COMPLAINTS),
    "target": _by(Ticket.target, _COMPLAINTS),
    "topic": _by(Ticket.topic, Ticket.topic != ""),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Tickets received in the month, and what became of them."""

    received: int
    serious: int
    reopened: int
    repeated: int
    closed: int


def counted(session: Session, window: Window) -> Counted:
    """The tickets of a month."""
    received, serious, reopened, repeated = session.execute(_COUNTS, window.values).one()
    closed = session.scalar(_CLOSED, window.values) or 0
    return Counted(received, serious or 0, reopened or 0, repeated or 0, closed)


def open_at_end(session: Session, window: Window) -> int:
    """Tickets that were open when the month ended, or are now."""
    return sum(session.scalar(statement, window.values) or 0 for statement in (_OPEN_STILL, _OPEN_THEN))


def late_at_end(session: Session, window: Window) -> int:
    """Tickets of which a clock had run out by then and was not met."""
    return session.scalar(_LATE, window.values) or 0


def incidents_opened(session: Session, window: Window) -> int:
    """Matters of many that began in the month."""
    return session.scalar(_INCIDENTS, window.values) or 0


def sorted_by(session: Session, window: Window, what: str) -> dict[str, int]:
    """How many tickets of each code; causes and targets are those of complaints.

    Args:
        what: ``kind``, ``cause``, ``target`` or ``topic``.
    """
    rows = session.execute(_SORTED[what], window.values)
    return {str(code): int(count) for code, count in rows}


def by_building(session: Session, window: Window) -> dict[tuple[str, str], int]:
    """How many tickets of each phase and building."""
    rows = session.execute(_BUILDINGS, window.values)
    return {(phase, building): int(count) for phase, building, count in rows}


def clock_shares(session: Session, window: Window) -> dict[str, Share]:
    """By rule, how many clocks were met in time, of those that were met or have run out."""
    rows = session.execute(_CLOCKS, window.values)
    return {str(rule): Share(int(hits or 0), int(total)) for rule, hits, total in rows}


def good_ends(session: Session, window: Window) -> dict[tuple[str, str], Share]:
    """By topic and rule, how many clocks were met in time by tickets that were not opened again."""
    rows = session.execute(_ENDS, window.values)
    return {(topic, rule): Share(int(hits or 0), int(total)) for topic, rule, hits, total in rows}


def departments_of(session: Session, window: Window) -> dict[str, dict[str, int]]:
    """By topic, how many tickets went to each department."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for topic, department, count in session.execute(_HANDLED, window.values):
        found[topic][department] = int(count)
    return found


def call_back_shares(session: Session, window: Window, rules: CallBacks) -> tuple[Share, Share]:
    """Tickets called back of those due, and tickets satisfied of those reached; the last word counts."""
    grades: dict[int, list[Grade]] = defaultdict(list)
    for ticket_id, state, grade in session.execute(_CALLS, window.values):
        grades[ticket_id] += [Grade(grade)] if state in ASKED and grade else []
    called = sum(call_back_done(rules, tuple(one)) for one in grades.values())
    spoken = [[g for g in one if g is not Grade.NOT_REACHED] for one in grades.values()]
    last = [one[-1] for one in spoken if one]
    return Share(called, len(grades)), Share(sum(map(counts_as_satisfied, last)), len(last))


@dataclass(frozen=True, slots=True)
class Together:
    """Tickets of one incident in the month; ``building`` "" where they came from several."""

    incident_id: int
    count: int
    households: int
    building: str


def together(session: Session, window: Window, most: int) -> tuple[Together, ...]:
    """Matters that came more than once, the most often first."""
    rows = session.execute(_TOGETHER, {**window.values, "most": most})
    return tuple(
        Together(incident_id, count, households, first or "" if first == last else "")
        for incident_id, count, households, first, last in rows
        if incident_id is not None
    )


@dataclass(frozen=True, slots=True)
class Again:
    """One household that came back with one topic; ``count`` with the first time."""

    house_id: int | None
    topic: str
    count: int
    open: bool


def again(session: Session, window: Window, most: int) -> tuple[Again, ...]:
    """Households that came back with what they had said before, the most often first."""
    rows = session.execute(_AGAIN, {**window.values, "most": most})
    return tuple(Again(house_id, topic, count + 1, bool(still)) for house_id, topic, count, still in rows)
