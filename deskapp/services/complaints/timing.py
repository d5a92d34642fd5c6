"""The clocks of a ticket within a unit of work: started, met, dropped, standing still (C6, L10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket, TicketClock, TicketWait
from deskapp.db.unit import Unit
from deskapp.domain.complaints.classes import Kind, Target
from deskapp.domain.complaints.clocks import (
    Begins,
    ClockRule,
    ClockRules,
    ClockState,
    Due,
    MetBy,
    Reading,
    Wait,
    due,
    read,
    rules_for,
)
from deskapp.domain.datatable import Label
from deskapp.services.complaints.rules import hours, rules
from deskapp.services.complaints.views import ClockRow
from deskapp.services.desk import Desk

# Statements of every click are built once.
_CLOCKS = (
    select(TicketClock)
    .where(TicketClock.estate_id == bindparam("estate_id"), TicketClock.ticket_id == bindparam("ticket_id"))
    .order_by(TicketClock.id)
)
_WAITS = (
    select(TicketWait)
    .where(
        TicketWait.estate_id == bindparam("estate_id"),
        TicketWait.ticket_id.in_(bindparam("tickets", expanding=True)),
    )
    .order_by(TicketWait.began_at, TicketWait.id)
)


def clocks_of(session: Session, row: Ticket) -> list[TicketClock]:
    """Every clock a ticket ever had."""
    return list(session.scalars(_CLOCKS, {"estate_id": row.estate_id, "ticket_id": row.id}))


def waits_of(session: Session, estate_id: int, tickets: Iterable[int]) -> dict[int, list[TicketWait]]:
    """The waits of tickets."""
    wanted = sorted(set(tickets))
    found: dict[int, list[TicketWait]] = {ticket: [] for ticket in wanted}
    if wanted:
        for wait in session.scalars(_WAITS, {"estate_id": estate_id, "tickets": wanted}):
            found[wait.ticket_id].append(wait)
    return found


def as_waits(waits: Iterable[TicketWait]) -> tuple[Wait, ...]:
    """The rows as the rules know them."""
    return tuple(Wait(wait.began_at, wait.ended_at, wait.cause) for wait in waits)


def start_clocks(unit: Unit, desk: Desk, row: Ticket) -> None:
    """Makes the clocks of a ticket those that its sorting asks for: new ones start, others are dropped.

    A clock starts with the receipt or the reopening, those of a serious case with the minute in which it
    became serious; sorting a ticket later gives it no time. One that was met stays as it is.
    """
    known = rules(desk)
    target = Target(row.target) if row.target else None
    wanted = {
        rule.code: rule
        for rule in rules_for(
            known.clocks.clocks,
            kind=Kind(row.kind),
            target=target,
            topic=known.topic(row.topic),
            serious=row.serious,
        )
    }
    have = {clock.rule: clock for clock in clocks_of(unit.session, row) if clock.dropped_at is None}
    for code, clock in have.items():
        if code not in wanted and clock.met_at is None:
            clock.dropped_at, clock.running, clock.waiting = unit.now, False, False
    waits = as_waits(waits_of(unit.session, unit.estate_id, [row.id])[row.id])
    for code, rule in wanted.items():
        if code not in have:
            unit.session.add(_new_clock(unit, desk, row, rule, waits))


def _new_clock(unit: Unit, desk: Desk, row: Ticket, rule: ClockRule, waits: Sequence[Wait]) -> TicketClock:
    began = row.reopened_at or row.received_at
    if rule.begins is Begins.SERIOUS and row.serious_at:
        began = row.serious_at
    found = due_of(desk, rule, began, waits, unit.now)
    met = {
        MetBy.FIRST_REPLY: row.first_reply_at,
        MetBy.REPLY_RECORDED: row.replied_at,
        MetBy.SETTLED: row.settled_at,
    }.get(rule.met_by)
    return TicketClock(
        estate_id=unit.estate_id,
        id=new_id(),
        ticket_id=row.id,
        rule=rule.code,
        began_at=began,
        due_at=found.at,
        provisional=found.provisional,
        running=met is None,
        waiting=met is None and found.waiting is not None,
        met_at=met,
    )


def due_of(desk: Desk, rule: ClockRule, began: datetime, waits: Sequence[Wait], now: datetime) -> Due:
    """When a clock runs out at this desk."""
    return due(rule, began, waits, calendar=rules(desk).calendar, hours=hours(desk), now=now)


def meet(unit: Unit, desk: Desk, row: Ticket, *by: MetBy) -> None:
    """What clocks waited for came to pass."""
    known = rules(desk)
    for clock in clocks_of(unit.session, row):
        rule = known.clock(clock.rule)
        if clock.running and rule is not None and rule.met_by in by:
            clock.met_at, clock.running, clock.waiting = unit.now, False, False


def stop_clocks(unit: Unit, row: Ticket) -> None:
    """No clock of the ticket runs any more: it was closed, withdrawn, or goes on in its master."""
    for clock in clocks_of(unit.session, row):
        if clock.running:
            clock.dropped_at, clock.running, clock.waiting = unit.now, False, False
    for wait in waits_of(unit.session, unit.estate_id, [row.id])[row.id]:
        if wait.ended_at is None:
            wait.ended_at = unit.now


def restart_clocks(unit: Unit, desk: Desk, row: Ticket) -> None:
    """The clocks of a reopened or separated ticket run again: from the reopening, or from the receipt."""
    row.settled_at = row.replied_at = None
    for clock in clocks_of(unit.session, row):
        rule = rules(desk).clock(clock.rule)
        if rule is not None and rule.met_by in (MetBy.SETTLED, MetBy.REPLY_RECORDED):
            clock.dropped_at = clock.dropped_at or unit.now
            clock.running = clock.waiting = False
    unit.session.flush()
    start_clocks(unit, desk, row)


def recount(unit: Unit, desk: Desk, row: Ticket) -> None:
    """Due times anew after a wait began or ended."""
    waits = as_waits(waits_of(unit.session, unit.estate_id, [row.id])[row.id])
    for clock in clocks_of(unit.session, row):
        rule = rules(desk).clock(clock.rule)
        if clock.running and rule is not None:
            found = due_of(desk, rule, clock.began_at, waits, unit.now)
            clock.due_at, clock.provisional = found.at, found.provisional
            clock.waiting = found.waiting is not None


def clock_row(
    desk: Desk, clock: TicketClock, row: Ticket, waits: Sequence[Wait], now: datetime, *, label: str
) -> ClockRow:
    """A clock as lists show it, read at a moment."""
    known = rules(desk)
    rule = known.clock(clock.rule)
    reading, at, cause = _read(desk, rule, clock, waits, now)
    return ClockRow(
        clock_id=clock.id,
        ticket_id=row.id,
        number=row.number,
        house_id=row.house_id,
        label=label,
        matter=row.matter,
        rule=clock.rule,
        rule_label=rule.label if rule else Label(clock.rule, clock.rule),
        began_at=clock.began_at,
        due_at=at,
        state=reading.state,
        remaining=int(reading.remaining.total_seconds()),
        provisional=clock.provisional,
        waiting_for=_cause_label(known.clocks, cause) if cause else None,
        serious=row.serious,
        department="",
        met_at=clock.met_at,
        owner_id=row.owner_id,
    )


def _cause_label(known: ClockRules, code: str) -> Label:
    return next((cause.label for cause in known.causes if cause.code == code), Label(code, code))


def _read(
    desk: Desk, rule: ClockRule | None, clock: TicketClock, waits: Sequence[Wait], now: datetime
) -> tuple[Reading, datetime, str]:
    """Only a clock that stands still is reckoned anew: the others keep what was reckoned when they moved."""
    if rule is None or not clock.waiting:
        found = Due(clock.due_at, clock.provisional, ())
    else:
        found = due_of(desk, rule, clock.began_at, waits, now)
    reading = read(found, now, clock.met_at)
    waiting = found.waiting.cause if found.waiting and reading.state is ClockState.WAITING else ""
    return reading, found.at, waiting
