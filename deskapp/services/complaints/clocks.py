"""Everything that falls due, the most urgent first; why a clock ends when it does; waiting (C6, L10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Promise, Ticket, TicketClock, TicketWait
from deskapp.db.tables.estate import House
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.domain.complaints.clocks import ClockState, Due, urgency
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.datatable import Label
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.rows import note, ticket_row
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import ticket_view
from deskapp.services.complaints.timing import as_waits, clock_row, due_of, recount, waits_of
from deskapp.services.complaints.views import ClockRow, TicketView
from deskapp.services.desk import Desk, changes_of

WINDOW = 200
"""Rows of each sort that a list reads at once, the most urgent."""


def _with_ticket(table: Any) -> Select[Any]:
    on_ticket = and_(Ticket.estate_id == table.estate_id, Ticket.id == table.ticket_id)
    on_house = and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id)
    return (
        select(table, Ticket, House.label)
        .join(Ticket, on_ticket)
        .outerjoin(House, on_house)
        .where(table.estate_id == bindparam("estate_id"))
        .order_by(table.due_at, table.id)
        .limit(bindparam("most"))
    )


_RUNNING = _with_ticket(TicketClock).where(TicketClock.running.is_(True), TicketClock.waiting.is_(False))
_WAITING = _with_ticket(TicketClock).where(TicketClock.running.is_(True), TicketClock.waiting.is_(True))
_PROMISED = _with_ticket(Promise).where(Promise.state == PromiseState.OPEN.value)
_SENT = _with_ticket(Dispatch).where(Dispatch.open.is_(True))
_CALLS = _with_ticket(CallBack).where(CallBack.state == "planned")
_DEPARTMENTS = select(Dispatch.ticket_id, Dispatch.department).where(
    Dispatch.estate_id == bindparam("estate_id"),
    Dispatch.ticket_id.in_(bindparam("tickets", expanding=True)),
    Dispatch.open.is_(True),
)
_OTHERS = (
    (_PROMISED, "promise", Label("承诺", "Promise")),
    (_SENT, "dispatch", Label("派单", "Dispatch")),
    (_CALLS, "call_back", Label("回访", "Call back")),
)


def clock_list(
    desk: Desk, now: datetime | None = None, *, limit: int = WINDOW, clocks_only: bool = False
) -> tuple[ClockRow, ...]:
    """What falls due, the most urgent first; what waits comes after what runs.

    Args:
        now: another moment to read the clocks at; the present one by itself.
        clocks_only: without promises, dispatches and call backs.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    at = now or desk.now()
    with desk.reading() as session:
        rows = list(_clock_rows(session, desk, at, limit))
        if not clocks_only:
            for statement, what, caption in _OTHERS:
                rows += _other_rows(session, desk, at, limit, statement, what, caption)
            known = {(row.ticket_id, row.due_at) for row in rows if row.what in ("promise", "call_back")}
            rows += _contact_rows(session, desk, at, limit, known)
        rows.sort(key=lambda row: (*urgency(row.state, row.due_at), row.ticket_id, row.clock_id))
        return _with_departments(session, desk, rows[:limit])


def _clock_rows(session: Session, desk: Desk, now: datetime, limit: int) -> Iterable[ClockRow]:
    values = {"estate_id": desk.estate_id, "most": limit}
    for clock, row, label in session.execute(_RUNNING, values):
        yield clock_row(desk, clock, row, (), now, label=label or "")
    waiting = session.execute(_WAITING, values).all()
    waits = waits_of(session, desk.estate_id, [row.id for _, row, _ in waiting])
    for clock, row, label in waiting:
        yield clock_row(desk, clock, row, as_waits(waits[row.id]), now, label=label or "")


_TALKS = (
    select(Ticket, House.label)
    .outerjoin(House, and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id))
    .where(
        Ticket.estate_id == bindparam("estate_id"),
        Ticket.next_contact.is_not(None),
        Ticket.open.is_(True),
    )
    .order_by(Ticket.next_contact, Ticket.id)
    .limit(bindparam("most"))
)
_CONTACT = Label("联系住户", "Contact the resident")


def _contact_rows(
    session: Session, desk: Desk, now: datetime, limit: int, known: set[tuple[int, datetime]]
) -> Iterable[ClockRow]:
    """The next contact of each ticket; where a promise or call back falls due then, that stands for it."""
    for row, label in session.execute(_TALKS, {"estate_id": desk.estate_id, "most": limit}):
        assert row.next_contact is not None
        if (row.id, row.next_contact) in known:
            continue
        left = row.next_contact - now
        yield ClockRow(
            clock_id=row.id,
            ticket_id=row.id,
            number=row.number,
            house_id=row.house_id,
            label=label or "",
            matter=row.matter,
            rule="contact",
            rule_label=_CONTACT,
            began_at=row.received_at,
            due_at=row.next_contact,
            state=ClockState.LATE if left.total_seconds() < 0 else ClockState.RUNNING,
            remaining=int(left.total_seconds()),
            provisional=False,
            waiting_for=None,
            serious=row.serious,
            department="",
            what="contact",
        )


def _other_rows(
    session: Session, desk: Desk, now: datetime, limit: int, statement: Select[Any], what: str, caption: Label
) -> Iterable[ClockRow]:
    for found, row, label in session.execute(statement, {"estate_id": desk.estate_id, "most": limit}):
        left = found.due_at - now
        yield ClockRow(
            clock_id=found.id,
            ticket_id=row.id,
            number=row.number,
            house_id=row.house_id,
            label=label or "",
            matter=found.text if what == "promise" else row.matter,
            rule=what,
            rule_label=caption,
            began_at=_began(found),
            due_at=found.due_at,
            state=ClockState.LATE if left.total_seconds() < 0 else ClockState.RUNNING,
            remaining=int(left.total_seconds()),
            provisional=False,
            waiting_for=None,
            serious=row.serious,
            department="",
            what=what,
            owner_id=row.owner_id,
        )


def _began(found: Any) -> datetime:
    began = getattr(found, "made_at", None) or getattr(found, "sent_at", None) or found.due_at
    assert isinstance(began, datetime)
    return began


def _with_departments(session: Session, desk: Desk, rows: Sequence[ClockRow]) -> tuple[ClockRow, ...]:
    tickets = sorted({row.ticket_id for row in rows})
    if not tickets:
        return ()
    values = {"estate_id": desk.estate_id, "tickets": tickets}
    departments = dict(session.execute(_DEPARTMENTS, values).all())
    return tuple(replace(row, department=departments.get(row.ticket_id, "")) for row in rows)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clock ends when it does.

    Attributes:
        due: with its spans, from the start to the end without a gap: which counted, which not, and why.
        amount, unit: of the rule. provisional years have no official calendar yet.
        causes: names of what was waited for, by code.
    """

    row: ClockRow
    due: Due
    unit: str
    amount: int
    causes: dict[str, Label]


def explain(desk: Desk, clock_id: int, now: datetime | None = None) -> Explanation:
    """A clock span by span (C6, L10).

    Raises:
        Refused: ``complaints.no_clock``; ``complaints.clock_rule_gone`` where its rule left the list.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    at = now or desk.now()
    with desk.reading() as session:
        clock = session.get(TicketClock, (desk.estate_id, clock_id))
        if clock is None:
            raise Refused("complaints.no_clock")
        known = rules(desk)
        rule = known.clock(clock.rule)
        if rule is None:
            raise Refused("complaints.clock_rule_gone", rule=clock.rule)
        row = ticket_row(session, desk.estate_id, clock.ticket_id)
        waits = as_waits(waits_of(session, desk.estate_id, [row.id])[row.id])
        label = session.scalar(
            select(House.label).where(House.estate_id == desk.estate_id, House.id == row.house_id)
        )
        return Explanation(
            row=clock_row(desk, clock, row, waits, at, label=label or ""),
            due=due_of(desk, rule, clock.began_at, waits, clock.met_at or at),
            unit=rule.unit.value,
            amount=rule.amount,
            causes={cause.code: cause.label for cause in known.clocks.causes},
        )


def wait(desk: Desk, command_id: str, ticket_id: int, cause: str, text: str = "") -> Done[TicketView]:
    """The case waits for somebody else: its clocks that may stand still do, and show why.

    Raises:
        Refused: ``complaints.unknown_cause_of_wait``, ``complaints.waits_already``, ``complaints.closed``.
    """
    if cause not in {named.code for named in rules(desk).clocks.causes}:
        raise Refused("complaints.unknown_cause_of_wait", cause=cause[:40])
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            if not row.open:
                raise Refused("complaints.closed", number=row.number)
            lasting = waits_of(unit.session, desk.estate_id, [row.id])[row.id]
            if any(one.ended_at is None for one in lasting):
                raise Refused("complaints.waits_already", number=row.number)
            unit.session.add(
                TicketWait(
                    estate_id=unit.estate_id,
                    id=new_id(),
                    ticket_id=row.id,
                    cause=cause,
                    note=text.strip(),
                    began_at=unit.now,
                    staff_id=unit.who.staff_id,
                )
            )
            unit.session.flush()
            recount(unit, desk, row)
            note(unit, "complaints.waits", row, cause=_cause_name(desk, cause), text=text.strip())
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def resume(desk: Desk, command_id: str, ticket_id: int) -> Done[TicketView]:
    """The wait has ended: the clocks go on, the time waited is given back.

    Raises:
        Refused: ``complaints.waits_not``.
    """
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            lasting = [
                one
                for one in waits_of(unit.session, desk.estate_id, [row.id])[row.id]
                if one.ended_at is None
            ]
            if not lasting:
                raise Refused("complaints.waits_not", number=row.number)
            for one in lasting:
                one.ended_at = max(unit.now, one.began_at)
            unit.session.flush()
            recount(unit, desk, row)
            note(unit, "complaints.goes_on", row, cause=_cause_name(desk, lasting[-1].cause))
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _cause_name(desk: Desk, code: str) -> str:
    return next((cause.label.zh for cause in rules(desk).clocks.causes if cause.code == code), code)


@dataclass(frozen=True, slots=True)
class Urgent:
    """The status line: how much is to be done, how much is late, and what is most urgent.

    Attributes:
        serious: a serious case is open; the line becomes a banner.
    """

    open: int
    late: int
    serious: int
    first: ClockRow | None


_OPEN = select(func.count()).where(Ticket.estate_id == bindparam("estate_id"), Ticket.open.is_(True))
_SERIOUS = _OPEN.where(Ticket.serious.is_(True))


def urgent(desk: Desk) -> Urgent:
    """What the status line of every tab shows."""
    rows = clock_list(desk)
    with desk.reading() as session:
        values = {"estate_id": desk.estate_id}
        opened = session.scalar(_OPEN, values) or 0
        serious = session.scalar(_SERIOUS, values) or 0
    late = sum(row.state is ClockState.LATE for row in rows)
    return Urgent(opened, late, serious, rows[0] if rows else None)
