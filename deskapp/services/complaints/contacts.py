"""Contacts: what was said when, and when the next one is (C7)."""

from __future__ import annotations

from datetime import datetime

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Contact, Ticket
from deskapp.db.unit import Unit
from deskapp.domain.complaints import promises as promise_rules
from deskapp.domain.complaints.clocks import MetBy
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.rows import (
    note,
    payable_text,
    ticket_row,
)
from deskapp.services.complaints.showing import (
    promises_of,
    ticket_view,
)
from deskapp.services.complaints.timing import meet
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk, changes_of


def contact(
    desk: Desk, command_id: str, ticket_id: int, kind: str, text: str, next_at: datetime | None = None
) -> Done[TicketView]:
    """A talk with the person, noted on the ticket; while it is open, the next contact gets its time (C7).

    The second call of N02 comes here: it hears what is known instead of telling its story again.

    Args:
        kind: ``call_in``, ``call_out``, ``counter``, ``visit``, ``message`` or ``letter``.

    Raises:
        Refused: ``complaints.contact_empty``, ``complaints.contact_kind``,
            ``complaints.next_contact_missing``, ``complaints.next_contact_in_past``.
    """
    said = payable_text(text)
    if not said:
        raise Refused("complaints.contact_empty")
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            note_contact(unit, desk, row, kind, said, next_at)
            note(unit, "complaints.contacted", row, text=said[:80])
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


CONTACT_KINDS = ("call_in", "call_out", "counter", "visit", "message", "letter")
REACHING = frozenset({"call_out", "visit", "message", "letter"})
"""We went to the person: that is a first response; who calls in has not been answered by calling."""


def note_contact(
    unit: Unit,
    desk: Desk,
    row: Ticket,
    kind: str,
    text: str,
    next_at: datetime | None = None,
    *,
    last: bool = False,
) -> None:
    """Writes a contact down within a unit that records the act.

    Args:
        last: nothing more is due to the person: the result was told and nobody will call back.

    Raises:
        Refused: ``complaints.contact_kind``, or as `domain.complaints.promises.check_next_contact`.
    """
    if kind not in CONTACT_KINDS:
        raise Refused("complaints.contact_kind", kind=kind[:20])
    ledger = [
        promise_rules.Promise(
            one.text, one.who, one.due_at, one.made_at, state=PromiseState(one.state), ended=one.ended_at
        )
        for one in promises_of(unit.session, row)
    ]
    promise_rules.check_next_contact(
        ticket_open=row.open and not last, next_contact=next_at, promises=ledger, now=unit.now
    )
    ahead = [one.due for one in ledger if one.state is PromiseState.OPEN and one.due > unit.now]
    row.next_contact = min([*ahead, *([next_at] if next_at else [])], default=None)
    unit.session.add(
        Contact(
            estate_id=unit.estate_id,
            id=new_id(),
            ticket_id=row.id,
            at=unit.now,
            kind=kind,
            text=text,
            next_at=row.next_contact,
            staff_id=unit.who.staff_id,
            staff=unit.who.name,
        )
    )
    if kind in REACHING and row.first_reply_at is None:
        row.first_reply_at = unit.now
        meet(unit, desk, row, MetBy.FIRST_REPLY)
