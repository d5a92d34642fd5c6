"""Why a clock ends when it does; waiting for a cause; what the status line says (C6, L10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import bindparam, func, select

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket, TicketClock, TicketWait
from deskapp.db.tables.estate import House
from deskapp.domain.complaints.clocks import Due, Unit, so_far
from deskapp.domain.datatable import Label
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.duelist import Only, counted
from deskapp.services.complaints.duelist import clock_list as clock_list
from deskapp.services.complaints.rows import note, ticket_row
from deskapp.services.complaints.rules import hours, rules
from deskapp.services.complaints.showing import ticket_view
from deskapp.services.complaints.timing import as_waits, clock_row, due_of, recount, waits_of
from deskapp.services.complaints.views import ClockRow, TicketView
from deskapp.services.desk import Desk, changes_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clock ends when it does.

    Attributes:
        due: with its spans, from the start to the end without a gap: which counted, which not, and why.
        amount, unit, may_wait: of the rule.
        so_far: how much had counted at the end of each span, in that unit.
        causes: names of what was waited for, by code.
    """

    row: ClockRow
    due: Due
    unit: Unit
    amount: int
    may_wait: bool
    so_far: tuple[Fraction, ...]
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
        found = due_of(desk, rule, clock.began_at, waits, clock.met_at or at)
        return Explanation(
            row=clock_row(desk, clock, row, waits, at, label=label or ""),
            due=found,
            unit=rule.unit,
            amount=rule.amount,
            may_wait=rule.may_wait,
            so_far=so_far(found, rule.unit, calendar=known.calendar, hours=hours(desk)),
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
        serious: so many serious cases are open; the line becomes a banner.
        first_serious: the most urgent of theirs, which need not be the first of all.
    """

    open: int
    late: int
    serious: int
    first: ClockRow | None
    first_serious: ClockRow | None = None


_OPEN = select(func.count()).where(Ticket.estate_id == bindparam("estate_id"), Ticket.open.is_(True))
_SERIOUS = _OPEN.where(Ticket.serious.is_(True))


def urgent(desk: Desk) -> Urgent:
    """What the status line of every tab shows."""
    first = clock_list(desk, limit=1)
    late = counted(desk, only=Only.LATE).late
    with desk.reading() as session:
        values = {"estate_id": desk.estate_id}
        opened = session.scalar(_OPEN, values) or 0
        serious = session.scalar(_SERIOUS, values) or 0
    gravest = clock_list(desk, limit=1, only=Only.SERIOUS) if serious else ()
    return Urgent(opened, late, serious, first[0] if first else None, gravest[0] if gravest else None)
