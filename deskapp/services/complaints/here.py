"""What is open with a house, shown before anything is asked (C2, Z1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.db.tables.complaints import Ticket, TicketClock
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.clocks import urgency
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.ticket import TicketState
from deskapp.domain.staff import Action
from deskapp.services.complaints.rows import (
    incidents_of,
    label_of,
)
from deskapp.services.complaints.showing import (
    contacts_of,
    dispatches_of,
    incident_brief,
    promise_view,
    promises_of,
    readers_of,
)
from deskapp.services.complaints.timing import as_waits, clock_row, clocks_of, waits_of
from deskapp.services.complaints.views import OpenTicket
from deskapp.services.desk import Desk

_OPEN_HERE = (
    select(Ticket)
    .where(
        Ticket.estate_id == bindparam("estate_id"),
        Ticket.house_id == bindparam("house_id"),
        Ticket.open.is_(True),
    )
    .order_by(Ticket.received_at.desc(), Ticket.id.desc())
)


def open_here(desk: Desk, house_id: int) -> tuple[OpenTicket, ...]:
    """What is open with a house, the newest first, to be seen before anything is asked (C2, Z1).

    A ticket that goes on in its incident's master is open, too: with the incident's answer to give.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        label = label_of(session, desk.estate_id, house_id)
        values = {"estate_id": desk.estate_id, "house_id": house_id}
        return tuple(_open_ticket(session, desk, row, label) for row in session.scalars(_OPEN_HERE, values))


def _open_ticket(session: Session, desk: Desk, row: Ticket, label: str) -> OpenTicket:
    now = desk.now()
    incident = incident_brief(
        session, incidents_of(session, desk.estate_id, [row.incident_id]).get(row.incident_id or 0)
    )
    waits = as_waits(waits_of(session, desk.estate_id, [row.id])[row.id])
    running: Sequence[TicketClock] = [clock for clock in clocks_of(session, row) if clock.running]
    clocks = sorted(
        (clock_row(desk, clock, row, waits, now, label=label) for clock in running),
        key=lambda clock: urgency(clock.state, clock.due_at),
    )
    promises = [one for one in promises_of(session, row) if one.state == PromiseState.OPEN]
    said = contacts_of(session, row)
    with_whom = [one for one in dispatches_of(session, row) if one.open]
    return OpenTicket(
        ticket_id=row.id,
        version=row.version,
        number=row.number,
        kind=Kind(row.kind),
        matter=row.matter,
        topic=row.topic,
        state=TicketState(row.state),
        received_at=row.received_at,
        receiver=row.receiver,
        serious=row.serious or bool(incident and incident.serious),
        next_contact=row.next_contact,
        promise=promise_view(promises[0], row, label, now) if promises else None,
        clock=clocks[0] if clocks else None,
        incident=incident,
        department=with_whom[-1].department if with_whom else "",
        last_contact=said[-1].text if said else "",
        last_contact_at=said[-1].at if said else None,
        readers=readers_of(session, desk, row.id),
    )
