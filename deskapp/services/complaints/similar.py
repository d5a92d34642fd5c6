"""Similar open tickets while typing, joined into one matter or taken out again (C11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.incidents import IncidentHouse
from deskapp.db.unit import Unit
from deskapp.domain.complaints.classes import Topic
from deskapp.domain.complaints.severity import hints
from deskapp.domain.complaints.similar import Found, Spot
from deskapp.domain.complaints.ticket import Given, TicketAct, TicketState, can_merge
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.matching import (
    candidates,
    count_households,
    join_row,
    locked_incident,
    open_incident,
    spot_of,
    tickets_of,
)
from deskapp.services.complaints.rows import (
    incidents_of,
    labels_of,
    move,
    note,
    seen_ticket,
    ticket_row,
)
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import dispatches_of, incident_brief, ticket_view
from deskapp.services.complaints.timing import restart_clocks, stop_clocks
from deskapp.services.complaints.views import SimilarHit, TicketView
from deskapp.services.desk import Desk, changes_of

_TICKETS = select(Ticket).where(
    Ticket.estate_id == bindparam("estate_id"), Ticket.id.in_(bindparam("tickets", expanding=True))
)


def similar(
    desk: Desk, text: str, house_id: int | None = None, topic: str = "", *, but: int = 0
) -> tuple[SimilarHit, ...]:
    """The open tickets that are like what is being typed, the likest first; a few at most.

    Args:
        topic: as chosen on the form; else what the words say.
        but: a ticket that is not offered: the one being edited.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    matcher = rules(desk).matcher
    with desk.reading() as session:
        spot = spot_of(session, desk.estate_id, house_id)
        report = matcher.report(str(but), desk.now(), spot, text, topic)
        found = matcher.similar(report, candidates(session, desk, report))
        return _hits(session, desk, found)


def _hits(session: Session, desk: Desk, found: tuple[Found, ...]) -> tuple[SimilarHit, ...]:
    if not found:
        return ()
    values = {"estate_id": desk.estate_id, "tickets": [int(one.id) for one in found]}
    rows = {row.id: row for row in session.scalars(_TICKETS, values)}
    labels = labels_of(session, desk.estate_id, (row.house_id for row in rows.values()))
    incidents = incidents_of(session, desk.estate_id, (row.incident_id for row in rows.values()))
    return tuple(
        SimilarHit(
            ticket_id=row.id,
            number=row.number,
            percent=one.percent,
            why=one.why,
            house_id=row.house_id,
            label=labels.get(row.house_id, ""),
            matter=row.matter,
            received_at=row.received_at,
            state=TicketState(row.state),
            incident=incident_brief(session, incidents.get(row.incident_id or 0)),
        )
        for one in found
        if (row := rows.get(int(one.id))) is not None
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a text seems to say, for the clerk to take or leave.

    Attributes:
        topics: the likeliest first. chases: it asks after something that is open.
        hints: criteria of severity to look at, with the words that speak of them.
    """

    topics: tuple[Topic, ...]
    chases: bool
    hints: Mapping[str, tuple[str, ...]]


def suggest(desk: Desk, text: str) -> Suggestion:
    """Topics, chasing and signs of a serious case in a text, without the database."""
    known = rules(desk)
    report = known.matcher.report("", desk.now(), Spot(), text)
    topics = tuple(topic for code in report.topics if (topic := known.topic(code)) is not None)
    return Suggestion(topics, known.matcher.chases(report), hints(known.criteria, text))


def join(desk: Desk, command_id: str, ticket_id: int, version: int, to_ticket: int) -> Done[TicketView]:
    """One matter on a clerk's word: the ticket goes on in the other's incident, which is made if need be.

    The household counts once however often it comes; its own clocks end, the master's run for all (L11).

    Raises:
        Conflict: ``complaints.changed_meanwhile``.
        Refused: ``complaints.cannot_merge``, ``complaints.closed``.
    """
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            row = seen_ticket(unit, ticket_id, version)
            _join(unit, desk, row, ticket_row(unit.session, desk.estate_id, to_ticket))
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _join(unit: Unit, desk: Desk, row: Ticket, other: Ticket) -> None:
    if row.id == other.id:
        raise Refused("complaints.cannot_merge", number=row.number)
    if other.incident_id is None:
        incident = open_incident(unit, desk, other, other.topic or row.topic)
    else:
        incident = locked_incident(unit, other.incident_id)
    if not incident.open:
        raise Refused("complaints.closed", number=incident.number)
    master = ticket_row(unit.session, desk.estate_id, incident.master_ticket_id)
    fits = can_merge(
        TicketState(row.state),
        TicketState(master.state),
        same_ticket=row.id == master.id,
        child_is_master=_is_master(unit, row),
    )
    if not fits:
        raise Refused("complaints.cannot_merge", number=row.number)
    join_row(unit, desk, row, incident)
    merge_row(unit, row)


def merge_row(unit: Unit, row: Ticket) -> None:
    """A ticket goes on in its master: its clocks and orders end, for its household it stays open."""
    move(row, TicketAct.MERGE, Given.MASTER)
    stop_clocks(unit, row)
    for sent in dispatches_of(unit.session, row):
        if sent.open:
            sent.open, sent.state = False, "recalled"


def _is_master(unit: Unit, row: Ticket) -> bool:
    own = incidents_of(unit.session, row.estate_id, [row.incident_id]).get(row.incident_id or 0)
    return own is not None and own.master_ticket_id == row.id and own.open and own.households > 1


def leave(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """It was another matter after all: the ticket leaves the incident, and its clocks run from its receipt.

    Raises:
        Conflict: ``complaints.changed_meanwhile``.
        Refused: ``complaints.not_in_incident``, ``complaints.master_stays``, ``complaints.reason_missing``.
    """
    if not reason.strip():
        raise Refused("complaints.reason_missing")
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            row = seen_ticket(unit, ticket_id, version)
            _leave(unit, desk, row, reason.strip())
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _leave(unit: Unit, desk: Desk, row: Ticket, reason: str) -> None:
    if row.incident_id is None:
        raise Refused("complaints.not_in_incident", number=row.number)
    incident = locked_incident(unit, row.incident_id)
    if incident.master_ticket_id == row.id:
        raise Refused("complaints.master_stays", number=row.number)
    row.incident_id = None
    if row.state == TicketState.MERGED.value:
        move(row, TicketAct.SPLIT, Given.REASON)
        restart_clocks(unit, desk, row)
    unit.session.flush()
    others = [one for one in tickets_of(unit.session, incident) if one.house_id == row.house_id]
    register = unit.session.get(IncidentHouse, (unit.estate_id, incident.id, row.house_id or 0))
    if register is not None and not others and not (register.loss or register.claim or register.paid):
        unit.session.delete(register)
        unit.session.flush()
    note(unit, "complaints.left", row, incident=incident.number, reason=reason)
    count_households(unit, desk, incident)
