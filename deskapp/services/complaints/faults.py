"""Back to who must mend it: a result that is not good enough, a fault that the call back found (C12, C13)."""

from __future__ import annotations

from datetime import datetime

from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import Dispatch
from deskapp.db.unit import Unit
from deskapp.domain.complaints.callback import CallBackState
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.complaints.showing import call_backs_of, dispatches_of


def again(unit: Unit, row: Ticket, reason: str, due_at: datetime | None = None) -> None:
    """It lies once more with the department that had it last, as an order of its own.

    What was reported and signed the first time stays as it was, but it is no result any more. A ticket that
    never had an order goes by the desk.

    Args:
        due_at: until when; as long as it had the first time by itself.
    """
    row.settled_at, row.result = None, ""
    sent = dispatches_of(unit.session, row)
    if not sent:
        return
    last = sent[-1]
    last.open = False
    order = Dispatch(
        estate_id=unit.estate_id,
        id=new_id(),
        ticket_id=row.id,
        department=last.department,
        person=last.person,
        order_text=reason,
        state=TicketState.DISPATCHED.value,
        open=True,
        sent_at=unit.now,
        sent_by=unit.who.name,
        due_at=due_at or unit.now + (last.due_at - last.sent_at),
        reason=reason,
    )
    unit.session.add(order)


def hand_back_fault(unit: Unit, row: Ticket) -> None:
    """What the call back found has gone back in writing: by order, by receipt, or on paper (C13)."""
    for back in call_backs_of(unit.session, row):
        if back.state == CallBackState.FAULT:
            back.state, back.fault_sent_at = CallBackState.DONE.value, unit.now


def drop_fault(unit: Unit, row: Ticket) -> None:
    """There is nobody to hand the fault back to: the desk mended it itself, or the ticket has ended."""
    for back in call_backs_of(unit.session, row):
        if back.state == CallBackState.FAULT:
            back.state = CallBackState.DONE.value
