"""Lists of tickets: the open ones, a house's, a search by number; windowed, whatever the estate's size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import Dispatch
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.ticket import TicketState
from deskapp.domain.identity import normalise_phone
from deskapp.domain.staff import Action
from deskapp.services.complaints.rows import labels_of, ticket_row
from deskapp.services.complaints.views import TicketLine
from deskapp.services.desk import Desk

WINDOW = 100

_DEPARTMENTS = select(Dispatch.ticket_id, Dispatch.department).where(
    Dispatch.estate_id == bindparam("estate_id"),
    Dispatch.ticket_id.in_(bindparam("tickets", expanding=True)),
    Dispatch.open.is_(True),
)


def tickets(
    desk: Desk,
    *,
    open_only: bool = True,
    house_id: int | None = None,
    before: TicketLine | None = None,
    limit: int = WINDOW,
) -> tuple[TicketLine, ...]:
    """A window of the tickets, the newest first.

    Args:
        before: the last line already shown; None begins at the newest.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    statement = select(Ticket).where(Ticket.estate_id == desk.estate_id)
    if open_only:
        statement = statement.where(Ticket.open.is_(True))
    if house_id is not None:
        statement = statement.where(Ticket.house_id == house_id)
    if before is not None:
        older = (Ticket.received_at == before.received_at) & (Ticket.id < before.ticket_id)
        statement = statement.where((Ticket.received_at < before.received_at) | older)
    statement = statement.order_by(Ticket.received_at.desc(), Ticket.id.desc()).limit(limit)
    with desk.reading() as session:
        return lines_of(session, desk, session.scalars(statement).all())


def tickets_between(desk: Desk, since: datetime, until: datetime) -> tuple[TicketLine, ...]:
    """The tickets received in a stretch of time, the oldest first; ``until`` excluded."""
    desk.require(Action.COMPLAINTS_VIEW)
    statement = (
        select(Ticket)
        .where(Ticket.estate_id == desk.estate_id, Ticket.received_at >= since, Ticket.received_at < until)
        .order_by(Ticket.received_at, Ticket.id)
    )
    with desk.reading() as session:
        return lines_of(session, desk, session.scalars(statement).all())


def by_number(desk: Desk, number: str) -> int:
    """The id of a ticket by its number.

    Raises:
        Refused: ``complaints.no_ticket``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    wanted = number.strip().upper()
    with desk.reading() as session:
        statement = select(Ticket.id).where(Ticket.estate_id == desk.estate_id, Ticket.number == wanted)
        found = session.scalar(statement)
    if found is None:
        raise Refused("complaints.no_ticket")
    return found


def phone_of(desk: Desk, ticket_id: int) -> str:
    """The caller's phone whole, for the call; the look is in the audit trail (design rule 6).

    Raises:
        Refused: ``staff.no_right``, ``complaints.no_ticket``.
    """
    with desk.unit(Action.RESIDENTS_REVEAL) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        unit.audit("complaints.phone_seen", "ticket", row.id, {}, {"number": row.number})
        return normalise_phone(row.phone).number if row.phone else ""


def lines_of(session: Session, desk: Desk, rows: Sequence[Ticket]) -> tuple[TicketLine, ...]:
    """Tickets as lists show them, looked up together."""
    if not rows:
        return ()
    labels = labels_of(session, desk.estate_id, (row.house_id for row in rows))
    values = {"estate_id": desk.estate_id, "tickets": [row.id for row in rows]}
    departments = dict(session.execute(_DEPARTMENTS, values).all())
    return tuple(
        TicketLine(
            ticket_id=row.id,
            number=row.number,
            kind=Kind(row.kind),
            state=TicketState(row.state),
            house_id=row.house_id,
            label=labels.get(row.house_id, ""),
            caller=row.caller,
            matter=row.matter,
            topic=row.topic,
            received_at=row.received_at,
            serious=row.serious,
            incident_id=row.incident_id,
            department=departments.get(row.id, ""),
            reopened=row.reopened,
            next_contact=row.next_contact,
        )
        for row in rows
    )
