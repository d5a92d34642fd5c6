"""Who has a ticket open: shown, never locked (L12)."""

from __future__ import annotations

from deskapp.db.tables.complaints import TicketReader
from deskapp.domain.staff import Action
from deskapp.services.changes import Changes
from deskapp.services.complaints.rows import ticket_row
from deskapp.services.complaints.showing import LOOKING, readers_of
from deskapp.services.desk import Desk, changes_of


def look(desk: Desk, ticket_id: int) -> tuple[tuple[str, ...], Changes]:
    """This desk has the ticket open; to be said again about every minute.

    Returns:
        Who else has it open, as ``name·desk``; and what changed: others are told of a new reader only.

    Raises:
        Refused: ``complaints.no_ticket``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.unit_of_machine("complaints.look") as unit:
        ticket_row(unit.session, desk.estate_id, ticket_id)
        found = unit.session.get(TicketReader, (desk.estate_id, ticket_id, desk.name))
        if found is None:
            found = TicketReader(
                estate_id=desk.estate_id,
                ticket_id=ticket_id,
                desk=desk.name,
                staff_id=desk.member.id,
                name=desk.member.name,
                since=unit.now,
                seen_at=unit.now,
            )
            unit.session.add(found)
            unit.touch("reader", ticket_id)
        elif found.staff_id != desk.member.id or unit.now - found.seen_at > LOOKING:
            found.staff_id, found.name, found.since = desk.member.id, desk.member.name, unit.now
            unit.touch("reader", ticket_id)
        found.seen_at = unit.now
        unit.session.flush()
        return readers_of(unit.session, desk, ticket_id), changes_of(unit)


def leave(desk: Desk, ticket_id: int) -> Changes:
    """This desk no longer shows the ticket."""
    with desk.unit_of_machine("complaints.look") as unit:
        found = unit.session.get(TicketReader, (desk.estate_id, ticket_id, desk.name))
        if found is not None:
            unit.session.delete(found)
            unit.touch("reader", ticket_id)
        return changes_of(unit)
