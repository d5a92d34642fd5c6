"""From dispatch to the reply: taken, deferred, refused, reported, signed, told (C12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.unit import Unit
from deskapp.domain.complaints.callback import call_back_needed, clock_for
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.clocks import MetBy
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.ticket import Given, TicketAct, TicketState
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.faults import again, drop_fault, hand_back_fault
from deskapp.services.complaints.intake import note_contact
from deskapp.services.complaints.rows import move, note, payable_text, seen_ticket, ticket_row
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import (
    call_backs_of,
    close_facts,
    contactable,
    dispatches_of,
    ticket_view,
)
from deskapp.services.complaints.timing import due_of, meet
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk, changes_of


def act(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    change: Callable[[Unit, Ticket], None],
    action: Action = Action.COMPLAINTS_HANDLE,
) -> Done[TicketView]:
    """One act on a ticket that a clerk saw in a version: one unit of work, done once.

    Raises:
        Conflict: ``complaints.changed_meanwhile``; what was typed is kept by the window (L12).
    """
    with desk.unit(action, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            row = seen_ticket(unit, ticket_id, version)
            change(unit, row)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def dispatch(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    department: str,
    due_at: datetime,
    *,
    person: str = "",
    order: str = "",
) -> Done[TicketView]:
    """Gives a ticket to a department or person; who was asked first stays responsible (首问负责).

    Raises:
        Refused: ``complaints.unknown_department``, ``complaints.due_in_past``, ``complaints.not_now``.
    """
    known = rules(desk).department(department)
    if known is None:
        raise Refused("complaints.unknown_department", department=department[:40])
    text, who = payable_text(order), payable_text(person, limit=60)

    def change(unit: Unit, row: Ticket) -> None:
        if due_at <= unit.now:
            raise Refused("complaints.due_in_past")
        move(row, TicketAct.DISPATCH, Given.TO)
        for earlier in dispatches_of(unit.session, row):
            if earlier.open:
                earlier.open, earlier.state = False, "recalled"
        sent = Dispatch(
            estate_id=unit.estate_id,
            id=new_id(),
            ticket_id=row.id,
            department=department,
            person=who,
            order_text=text or row.matter,
            state=TicketState.DISPATCHED.value,
            open=True,
            sent_at=unit.now,
            sent_by=unit.who.name,
            due_at=due_at,
        )
        unit.session.add(sent)
        hand_back_fault(unit, row)
        note(
            unit,
            "complaints.dispatched",
            row,
            to=" ".join(filter(None, (known.label.zh, who))),
            due=f"{due_at:%m-%d %H:%M}",
        )

    return act(desk, command_id, ticket_id, version, change)


def _lying(unit: Unit, row: Ticket) -> Dispatch:
    """The dispatch that the ticket lies with.

    Raises:
        Refused: ``complaints.not_dispatched``.
    """
    found = [one for one in dispatches_of(unit.session, row) if one.open]
    if not found:
        raise Refused("complaints.not_dispatched", number=row.number)
    return found[-1]


def taken(desk: Desk, command_id: str, ticket_id: int, version: int, person: str = "") -> Done[TicketView]:
    """The department took it; by whom, if it says."""
    who = payable_text(person, limit=60)

    def change(unit: Unit, row: Ticket) -> None:
        sent = _lying(unit, row)
        move(row, TicketAct.TAKE)
        sent.state, sent.taken_at = row.state, unit.now
        sent.person = who or sent.person
        hand_back_fault(unit, row)
        sent.answered_at = sent.answered_at or unit.now
        note(unit, "complaints.dispatch_taken", row, who=sent.person or _named(desk, sent))

    return act(desk, command_id, ticket_id, version, change)


def defer(
    desk: Desk, command_id: str, ticket_id: int, version: int, reason: str, until: datetime
) -> Done[TicketView]:
    """The department cannot come in time: a reason and a new time, and the resident hears it from us first.

    The next contact falls due at once; it is set anew by talking to the resident (Z2).

    Raises:
        Refused: ``complaints.act_needs``, ``complaints.due_in_past``, ``complaints.not_dispatched``.
    """
    said = payable_text(reason)

    def change(unit: Unit, row: Ticket) -> None:
        if until <= unit.now:
            raise Refused("complaints.due_in_past")
        sent = _lying(unit, row)
        move(row, TicketAct.DEFER, *([Given.REASON] if said else []), Given.UNTIL)
        sent.state, sent.reason, sent.until, sent.due_at = row.state, said, until, until
        sent.answered_at, sent.resident_told_at = unit.now, None
        if contactable(row):
            row.next_contact = unit.now
        note(unit, "complaints.deferred", row, reason=said, until=f"{until:%m-%d %H:%M}")

    return act(desk, command_id, ticket_id, version, change)


def refuse(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """The department says that it is not its matter; the desk finds another or settles it itself.

    It stands in the list at once: who was asked first stays responsible (首问负责).
    """
    said = payable_text(reason)

    def change(unit: Unit, row: Ticket) -> None:
        sent = _lying(unit, row)
        move(row, TicketAct.REFUSE, *([Given.REASON] if said else []))
        sent.state, sent.reason, sent.answered_at, sent.open = row.state, said, unit.now, False
        if contactable(row):
            row.next_contact = unit.now
        note(unit, "complaints.refused", row, who=_named(desk, sent), reason=said)

    return act(desk, command_id, ticket_id, version, change)


def report(desk: Desk, command_id: str, ticket_id: int, version: int, text: str, by: str) -> Done[TicketView]:
    """The back office reports its result; it counts when its head has signed (`sign_report`).

    Raises:
        Refused: ``complaints.report_empty``, ``complaints.not_dispatched``.
    """
    said, who = payable_text(text), payable_text(by, limit=60)
    if not said or not who:
        raise Refused("complaints.report_empty")

    def change(unit: Unit, row: Ticket) -> None:
        sent = _lying(unit, row)
        sent.report, sent.reported_by, sent.reported_at = said, who, unit.now
        sent.signed_at, sent.signed_by = None, ""
        hand_back_fault(unit, row)
        note(unit, "complaints.reported", row, who=who, text=said[:80])

    return act(desk, command_id, ticket_id, version, change)


def sign_report(desk: Desk, command_id: str, ticket_id: int, version: int, head: str) -> Done[TicketView]:
    """The department's head signed the report: the result stands, and the desk tells the resident at once.

    Raises:
        Refused: ``complaints.report_empty`` while nothing was reported, ``complaints.act_needs``.
    """
    who = payable_text(head, limit=60)

    def change(unit: Unit, row: Ticket) -> None:
        sent = _lying(unit, row)
        if not sent.report:
            raise Refused("complaints.report_empty")
        move(row, TicketAct.REPORT, Given.RESULT, *([Given.HEAD] if who else []))
        sent.signed_by, sent.signed_at = who, unit.now
        sent.state, sent.open = row.state, False
        finish(unit, desk, row, sent.report)
        if contactable(row):
            row.next_contact = unit.now
        note(unit, "complaints.report_signed", row, who=who)

    return act(desk, command_id, ticket_id, version, change)


def send_back(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """The result is not good enough: back to the department that reported it."""
    said = payable_text(reason)

    def change(unit: Unit, row: Ticket) -> None:
        move(row, TicketAct.SEND_BACK, *([Given.REASON] if said else []))
        again(unit, row, said)
        note(unit, "complaints.sent_back", row, reason=said)

    return act(desk, command_id, ticket_id, version, change)


def settle(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    result: str,
    position: Position = Position.NONE,
) -> Done[TicketView]:
    """The desk settles it by itself: an enquiry answered, a word with the neighbour.

    Raises:
        Refused: ``complaints.act_needs``, ``complaints.not_now``.
    """
    said = payable_text(result)

    def change(unit: Unit, row: Ticket) -> None:
        move(row, TicketAct.SETTLE, *([Given.RESULT] if said else []))
        for sent in dispatches_of(unit.session, row):
            if sent.open:
                sent.open, sent.state = False, "recalled"
        if position is not Position.NONE:
            row.position = position.value
        drop_fault(unit, row)
        finish(unit, desk, row, said)
        note(unit, "complaints.settled", row, result=said[:80])

    return act(desk, command_id, ticket_id, version, change)


def finish(unit: Unit, desk: Desk, row: Ticket, result: str) -> None:
    """The result stands; where there is nobody to tell it is settled with that."""
    row.result = result
    if not contactable(row):
        row.settled_at = unit.now
        meet(unit, desk, row, MetBy.SETTLED, MetBy.REPLY_RECORDED, MetBy.FIRST_REPLY)


def propose_reply(desk: Desk, command_id: str, ticket_id: int, version: int, text: str) -> Done[TicketView]:
    """The reply to a written complaint, for the supervisor to approve (C3)."""
    said = payable_text(text)
    if not said:
        raise Refused("complaints.reply_empty")

    def change(unit: Unit, row: Ticket) -> None:
        row.reply, row.reply_approved_by = said, 0
        note(unit, "complaints.reply_proposed", row)

    return act(desk, command_id, ticket_id, version, change)


def approve_reply(desk: Desk, command_id: str, ticket_id: int, version: int) -> Done[TicketView]:
    """The supervisor approves the reply as it stands.

    Raises:
        Refused: ``complaints.reply_empty``, ``staff.no_right``.
    """

    def change(unit: Unit, row: Ticket) -> None:
        if not row.reply:
            raise Refused("complaints.reply_empty")
        row.reply_approved_by = unit.who.staff_id
        note(unit, "complaints.reply_approved", row)

    return act(desk, command_id, ticket_id, version, change, Action.COMPLAINTS_APPROVE)


def reply(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    text: str,
    how: str,
    *,
    position: Position = Position.NONE,
    next_at: datetime | None = None,
) -> Done[TicketView]:
    """The resident is told the result; the clocks of reply and settlement end, the call back is planned.

    Args:
        how: a kind of contact, as `intake.CONTACT_KINDS`.
        next_at: when he hears from us next; the call back by itself.

    Raises:
        Refused: ``complaints.reply_not_approved``, ``complaints.reply_empty``, ``complaints.not_now``.
    """
    said = payable_text(text)

    def change(unit: Unit, row: Ticket) -> None:
        written = close_facts(unit.session, desk, row).written
        if written and (not row.reply_approved_by or (said and said != row.reply)):
            raise Refused("complaints.reply_not_approved", number=row.number)
        move(row, TicketAct.REPLY, *([Given.REPLY] if said or row.reply else []))
        row.reply = said or row.reply
        if position is not Position.NONE:
            row.position = position.value
        tell_result(unit, desk, row, how, next_at)
        note(unit, "complaints.replied", row, text=row.reply[:80])

    return act(desk, command_id, ticket_id, version, change)


def tell_result(unit: Unit, desk: Desk, row: Ticket, how: str, next_at: datetime | None = None) -> None:
    """Notes that the resident knows the result, within a unit that records the act."""
    row.first_reply_at = row.first_reply_at or unit.now
    row.replied_at = unit.now
    row.settled_at = row.settled_at or unit.now
    meet(unit, desk, row, MetBy.FIRST_REPLY, MetBy.REPLY_RECORDED, MetBy.SETTLED)
    for sent in dispatches_of(unit.session, row):
        if sent.signed_at is not None and sent.resident_told_at is None:
            sent.resident_told_at = unit.now
    ahead = next_at or plan_call_back(unit, desk, row)
    note_contact(unit, desk, row, how, row.reply, ahead, last=ahead is None)


def plan_call_back(unit: Unit, desk: Desk, row: Ticket) -> datetime | None:
    """Plans the call back if the ticket is one of those called; when it is due, None for none (C13)."""
    known = rules(desk)
    planned = [back for back in call_backs_of(unit.session, row) if back.state == "planned"]
    if planned:
        return planned[-1].due_at
    if not call_back_needed(known.callbacks, Kind(row.kind), row.number, serious=row.serious):
        return None
    due = due_of(desk, clock_for(known.callbacks, known.topic(row.topic)), unit.now, (), unit.now)
    back = CallBack(estate_id=unit.estate_id, id=new_id(), ticket_id=row.id, due_at=due.at, state="planned")
    unit.session.add(back)
    unit.session.flush()
    return due.at


def _named(desk: Desk, sent: Dispatch) -> str:
    department = rules(desk).department(sent.department)
    return department.label.zh if department else sent.department
