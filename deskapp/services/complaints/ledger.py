"""The promise ledger: made at the counter, seen to by somebody, kept, moved or ended with a reason (C7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.tables.complaints import Promise, Ticket
from deskapp.db.unit import Unit
from deskapp.domain.complaints import promises as rules_of
from deskapp.domain.complaints.promises import PromiseAct, PromiseState
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.intake import add_promise
from deskapp.services.complaints.rows import note, payable_text, ticket_row
from deskapp.services.complaints.showing import promises_of, ticket_view
from deskapp.services.complaints.views import PromiseIn, TicketView
from deskapp.services.desk import Desk, changes_of


def promise(desk: Desk, command_id: str, ticket_id: int, promised: PromiseIn) -> Done[TicketView]:
    """One more promise on a ticket.

    Raises:
        Refused: ``complaints.promise_empty``, ``complaints.promise_needs_owner``,
            ``complaints.promise_in_past``, ``complaints.closed``.
    """
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            if not row.open:
                raise Refused("complaints.closed", number=row.number)
            made = add_promise(unit, row, promised)
            _next_contact(unit, row)
            note(unit, "complaints.promised", row, text=made.text, due=f"{made.due_at:%m-%d %H:%M}")
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def keep_promise(desk: Desk, command_id: str, promise_id: int) -> Done[TicketView]:
    """It was done as promised."""

    def change(unit: Unit, row: Ticket, found: Promise) -> None:
        _after(unit, found, PromiseAct.KEEP, "")
        note(unit, "complaints.promise_kept", row, text=found.text)

    return _act(desk, command_id, promise_id, change)


def move_promise(
    desk: Desk, command_id: str, promise_id: int, due_at: datetime, reason: str, who: str = ""
) -> Done[TicketView]:
    """The resident was told before, and a new time stands in its place.

    Raises:
        Refused: ``complaints.promise_needs_reason``, ``complaints.promise_in_past``,
            ``complaints.promise_ended``.
    """
    because = payable_text(reason)

    def change(unit: Unit, row: Ticket, found: Promise) -> None:
        _after(unit, found, PromiseAct.REPLACE, because)
        made = PromiseIn(found.text, who or found.who, due_at, found.otherwise)
        add_promise(unit, row, made)
        note(unit, "complaints.promise_moved", row, text=found.text, due=f"{due_at:%m-%d %H:%M}")

    return _act(desk, command_id, promise_id, change)


def release_promise(desk: Desk, command_id: str, promise_id: int, reason: str) -> Done[TicketView]:
    """The resident no longer wants it."""
    return _end(desk, command_id, promise_id, PromiseAct.RELEASE, reason)


def break_promise(desk: Desk, command_id: str, promise_id: int, reason: str) -> Done[TicketView]:
    """It will not be kept; why is on record."""
    return _end(desk, command_id, promise_id, PromiseAct.BREAK, reason)


def _end(desk: Desk, command_id: str, promise_id: int, how: PromiseAct, reason: str) -> Done[TicketView]:
    because = payable_text(reason)

    def change(unit: Unit, row: Ticket, found: Promise) -> None:
        _after(unit, found, how, because)
        note(unit, f"complaints.promise_{found.state}", row, text=found.text, reason=because)

    return _act(desk, command_id, promise_id, change)


def _act(
    desk: Desk, command_id: str, promise_id: int, change: Callable[[Unit, Ticket, Promise], None]
) -> Done[TicketView]:
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        found = _promise_row(unit.session, desk, promise_id)
        row = ticket_row(unit.session, desk.estate_id, found.ticket_id)
        if unit.answered is None:
            change(unit, row, found)
            unit.touch("promise", found.id)
            _next_contact(unit, row)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _promise_row(session: Session, desk: Desk, promise_id: int) -> Promise:
    found = session.get(Promise, (desk.estate_id, promise_id))
    if found is None:
        raise Refused("complaints.no_promise")
    return found


def _after(unit: Unit, found: Promise, act: PromiseAct, reason: str) -> None:
    standing = rules_of.Promise(
        found.text,
        found.who,
        found.due_at,
        found.made_at,
        found.otherwise,
        PromiseState(found.state),
        found.ended_at,
        found.reason,
    )
    ended = rules_of.promise_after(standing, act, unit.now, reason)
    found.state, found.ended_at, found.reason = ended.state.value, ended.ended, ended.reason


def _next_contact(unit: Unit, row: Ticket) -> None:
    """The first open promise is a time at which the person hears from us, unless one is set sooner."""
    unit.session.flush()
    ahead = [
        one.due_at
        for one in promises_of(unit.session, row)
        if one.state == PromiseState.OPEN and one.due_at > unit.now
    ]
    if row.next_contact is not None and row.next_contact > unit.now:
        ended = {one.due_at for one in promises_of(unit.session, row) if one.state != PromiseState.OPEN}
        if row.next_contact not in ended:
            ahead.append(row.next_contact)
    row.next_contact = min(ahead, default=row.next_contact)
