"""Everything that falls due, the most urgent first: a window of it, and how much there is (C6, C7, C12, C13).

Each sort of thing stands in an index by its due time; a list reads the most urgent of each sort and merges
them, so that a window costs the same with ten open tickets and with ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import Bundle, Session

from deskapp.base.clock import CHINA
from deskapp.db.tables.complaints import Promise, Ticket, TicketClock
from deskapp.db.tables.estate import House
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.tables.staff import Staff
from deskapp.domain.complaints.callback import CallBackState
from deskapp.domain.complaints.clocks import ClockState, urgency
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.datatable import Label
from deskapp.domain.staff import Action
from deskapp.services.complaints.timing import as_waits, clock_row, waits_of
from deskapp.services.complaints.views import ClockRow
from deskapp.services.desk import Desk

WINDOW = 200
"""Rows that a list reads at once, the most urgent."""
EVER = (datetime(1970, 1, 2, tzinfo=CHINA), datetime(9999, 12, 30, tzinfo=CHINA))
"""From when until when, where no stretch of time is asked for."""
_AT_ONCE = 500
"""Ids that one statement takes."""


class Only(StrEnum):
    """Which of the list."""

    ALL = "open"
    MINE = "mine"
    """Tickets that who sits here looks after."""
    LATE = "late"
    SERIOUS = "serious"
    WAITING = "waiting"
    """Clocks that stand still."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How much falls due in all, and how much of it is late."""

    due: int
    late: int


_TICKET: Bundle[Any] = Bundle(
    "ticket",
    Ticket.id,
    Ticket.number,
    Ticket.house_id,
    Ticket.matter,
    Ticket.serious,
    Ticket.owner_id,
    Ticket.received_at,
)
"""What a row says of its ticket; whole tickets would cost ten times as much to read."""


@dataclass(frozen=True)
class _Sort:
    """One sort of thing that falls due.

    Attributes:
        still: it is not done yet.
        own: the columns that a row needs of it.
    """

    what: str
    label: Label
    table: Any
    due: Any
    still: ColumnElement[bool]
    own: Bundle[Any]

    def __hash__(self) -> int:
        return hash(self.what)


_PROMISE = _Sort(
    "promise",
    Label("承诺", "Promise"),
    Promise,
    Promise.due_at,
    Promise.state == PromiseState.OPEN.value,
    Bundle("own", Promise.id, Promise.due_at, Promise.made_at, Promise.text, Promise.who),
)
_SENT = _Sort(
    "dispatch",
    Label("派单", "Dispatch"),
    Dispatch,
    Dispatch.due_at,
    Dispatch.open.is_(True),
    Bundle("own", Dispatch.id, Dispatch.due_at, Dispatch.sent_at),
)
_CALL = _Sort(
    "call_back",
    Label("回访", "Call back"),
    CallBack,
    CallBack.due_at,
    CallBack.state == CallBackState.PLANNED.value,
    Bundle("own", CallBack.id, CallBack.due_at),
)

_FAULT = _Sort(
    "fault",
    Label("缺陷书面退回", "Fault back in writing"),
    CallBack,
    CallBack.fault_due,
    CallBack.state == CallBackState.FAULT.value,
    Bundle("own", CallBack.id, CallBack.fault_due.label("due_at"), CallBack.at, CallBack.fault),
)


def _said_already(sort: _Sort) -> ColumnElement[bool]:
    """Such a thing of the same ticket falls due at that moment: it stands for the contact."""
    on_ticket = and_(sort.table.estate_id == Ticket.estate_id, sort.table.ticket_id == Ticket.id)
    return exists().where(on_ticket, sort.still, sort.due == Ticket.next_contact)


_TALK = _Sort(
    "contact",
    Label("联系住户", "Contact the resident"),
    Ticket,
    Ticket.next_contact,
    and_(
        Ticket.open.is_(True),
        Ticket.next_contact.is_not(None),
        ~_said_already(_PROMISE),
        ~_said_already(_CALL),
        ~_said_already(_FAULT),
    ),
    Bundle("own", Ticket.id, Ticket.next_contact.label("due_at")),
)
_CLOCK: Bundle[Any] = Bundle(
    "own",
    TicketClock.id,
    TicketClock.rule,
    TicketClock.began_at,
    TicketClock.due_at,
    TicketClock.provisional,
    TicketClock.waiting,
    TicketClock.met_at,
)
_NOT_TRANSLATED = Label("", "")
"""A clock has the name of its rule."""
_RUNNING = _Sort(
    "running",
    _NOT_TRANSLATED,
    TicketClock,
    TicketClock.due_at,
    and_(TicketClock.running.is_(True), TicketClock.waiting.is_(False)),
    _CLOCK,
)
_WAITING = _Sort(
    "waiting",
    _NOT_TRANSLATED,
    TicketClock,
    TicketClock.due_at,
    and_(TicketClock.running.is_(True), TicketClock.waiting.is_(True)),
    _CLOCK,
)
_OTHERS = (_PROMISE, _SENT, _CALL, _FAULT, _TALK)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the list; ``of_one`` department, whose code the statement is given."""

    only: Only
    of_one: bool

    @property
    def fits(self) -> list[ColumnElement[bool]]:
        """What is asked of the ticket."""
        asked: list[ColumnElement[bool]] = []
        if self.only is Only.MINE:
            asked.append(Ticket.owner_id == bindparam("me"))
        if self.only is Only.SERIOUS:
            asked.append(Ticket.serious.is_(True))
        if self.of_one:
            on_ticket = and_(Dispatch.estate_id == Ticket.estate_id, Dispatch.ticket_id == Ticket.id)
            lies = (Dispatch.open.is_(True), Dispatch.department == bindparam("department"))
            asked.append(exists().where(on_ticket, *lies).correlate(Ticket))
        return asked


def _narrowed(found: Select[Any], sort: _Sort, part: _Part) -> Select[Any]:
    return found.where(
        sort.table.estate_id == bindparam("estate_id"),
        sort.still,
        *part.fits,
        sort.due >= bindparam("since"),
        sort.due <= bindparam("until"),
    )


def _with_ticket(found: Select[Any], sort: _Sort) -> Select[Any]:
    if sort.table is Ticket:
        return found
    on_ticket = and_(Ticket.estate_id == sort.table.estate_id, Ticket.id == sort.table.ticket_id)
    return found.join(Ticket, on_ticket)


@lru_cache(maxsize=64)
def _window(sort: _Sort, part: _Part) -> Select[Any]:
    """The most urgent of one sort, with what its ticket says. Built once for each filter."""
    found = _with_ticket(select(sort.own, _TICKET, House.label).select_from(sort.table), sort)
    on_house = and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id)
    narrowed = _narrowed(found.outerjoin(House, on_house), sort, part)
    return narrowed.order_by(sort.due, sort.table.id).limit(bindparam("most"))


@lru_cache(maxsize=64)
def _number(sort: _Sort, part: _Part) -> Select[Any]:
    found = select(func.count()).select_from(sort.table)
    return _narrowed(_with_ticket(found, sort) if part.fits else found, sort, part)


def clock_list(
    desk: Desk,
    now: datetime | None = None,
    *,
    limit: int = WINDOW,
    clocks_only: bool = False,
    only: Only = Only.ALL,
    department: str = "",
    between: tuple[datetime, datetime] = EVER,
) -> tuple[ClockRow, ...]:
    """What falls due, the most urgent first; what waits comes after what runs.

    Args:
        now: another moment to read the clocks at; the present one by itself.
        limit: so many of those that fit, the most urgent.
        clocks_only: without promises, dispatches, call backs and contacts.
        department: only tickets that lie with it; its code, "" for all.
        between: only what falls due from the one moment to the other.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    at, part = now or desk.now(), _Part(only, bool(department))
    values = _values(desk, only, between, at) | {"most": limit, "department": department}
    with desk.reading() as session:
        rows: list[ClockRow] = []
        if only is not Only.WAITING:
            rows += _running_rows(session, desk, at, part, values)
            for sort in () if clocks_only else _OTHERS:
                rows += (
                    _plain_row(found, at, sort) for found in session.execute(_window(sort, part), values)
                )
        if only is not Only.LATE:
            rows += _waiting_rows(session, desk, at, part, values)
        rows.sort(key=lambda row: (*urgency(row.state, row.due_at), row.ticket_id, row.clock_id))
        return _with_holders(session, desk, rows[:limit])


def counted(desk: Desk, now: datetime | None = None, only: Only = Only.ALL, department: str = "") -> Counted:
    """How much there is of the list, however little of it is read."""
    desk.require(Action.COMPLAINTS_VIEW)
    at = now or desk.now()
    sorts = () if only is Only.WAITING else (_RUNNING, *_OTHERS)
    kept = _Part(Only.ALL if only is Only.LATE else only, bool(department))
    all_due, late_due = (
        _values(desk, kept.only, EVER, at),
        _values(desk, Only.LATE, EVER, at) | {"me": desk.member.id},
    )
    with desk.reading() as session:

        def number(sort: _Sort, values: dict[str, Any]) -> int:
            return session.scalar(_number(sort, kept), values | {"department": department}) or 0

        late = sum(number(sort, late_due) for sort in sorts)
        if only is Only.LATE:
            return Counted(late, late)
        return Counted(sum(number(sort, all_due) for sort in (*sorts, _WAITING)), late)


def _values(desk: Desk, only: Only, between: tuple[datetime, datetime], at: datetime) -> dict[str, Any]:
    since, until = between
    if only is Only.LATE:
        until = min(until, at - timedelta(microseconds=1))
    values: dict[str, Any] = {"estate_id": desk.estate_id, "since": since, "until": until}
    return values | ({"me": desk.member.id} if only is Only.MINE else {})


def _running_rows(
    session: Session, desk: Desk, now: datetime, part: _Part, values: dict[str, Any]
) -> Iterator[ClockRow]:
    for found in session.execute(_window(_RUNNING, part), values):
        yield clock_row(desk, found.own, found.ticket, (), now, label=found.label or "")


def _waiting_rows(
    session: Session, desk: Desk, now: datetime, part: _Part, values: dict[str, Any]
) -> Iterator[ClockRow]:
    waiting = session.execute(_window(_WAITING, part), values).all()
    waits = {
        ticket: as_waits(own)
        for some in _pieces({found.ticket.id for found in waiting})
        for ticket, own in waits_of(session, desk.estate_id, some).items()
    }
    for found in waiting:
        yield clock_row(desk, found.own, found.ticket, waits[found.ticket.id], now, label=found.label or "")


def _plain_row(found: Any, now: datetime, sort: _Sort) -> ClockRow:
    """A promise, a dispatch, a call back or the next contact."""
    own, ticket = found.own, found.ticket
    left = own.due_at - now
    began = {"promise": "made_at", "dispatch": "sent_at", "fault": "at"}.get(sort.what)
    promised = sort is _PROMISE
    matter = own.text if promised else own.fault if sort is _FAULT else ticket.matter
    return ClockRow(
        clock_id=own.id,
        ticket_id=ticket.id,
        number=ticket.number,
        house_id=ticket.house_id,
        label=found.label or "",
        matter=matter,
        rule=sort.what,
        rule_label=sort.label,
        began_at=getattr(own, began) if began else min(ticket.received_at, own.due_at),
        due_at=own.due_at,
        state=ClockState.LATE if left.total_seconds() < 0 else ClockState.RUNNING,
        remaining=int(left.total_seconds()),
        provisional=False,
        waiting_for=None,
        serious=ticket.serious,
        department="",
        what=sort.what,
        owner_id=ticket.owner_id,
        holder=own.who if promised else "",
    )


_SENT_TO = select(Dispatch.ticket_id, Dispatch.department).where(
    Dispatch.estate_id == bindparam("estate_id"),
    Dispatch.ticket_id.in_(bindparam("ids", expanding=True)),
    Dispatch.open.is_(True),
)
_NAMES = select(Staff.id, Staff.name).where(
    Staff.estate_id == bindparam("estate_id"), Staff.id.in_(bindparam("ids", expanding=True))
)


def _with_holders(session: Session, desk: Desk, rows: Sequence[ClockRow]) -> tuple[ClockRow, ...]:
    """The rows with the department that has the ticket, and with who looks after it."""
    departments, names = (
        {
            one: text
            for some in _pieces(ids)
            for one, text in session.execute(statement, {"estate_id": desk.estate_id, "ids": some})
        }
        for statement, ids in (
            (_SENT_TO, {row.ticket_id for row in rows}),
            (_NAMES, {row.owner_id for row in rows}),
        )
    )
    return tuple(
        replace(
            row,
            department=departments.get(row.ticket_id, ""),
            holder=row.holder or names.get(row.owner_id, ""),
        )
        for row in rows
    )


def _pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    """No statement takes more than so many values."""
    wanted = sorted(ids)
    for first in range(0, len(wanted), _AT_ONCE):
        yield wanted[first : first + _AT_ONCE]
