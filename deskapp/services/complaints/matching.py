"""Finding the tickets that are like a new one, and making one matter of them (C11).

A ticket's keys stand in an index while it is open. A text is looked up by equality on each of its keys, a
few of the newest tickets for each, so that it costs the same among a hundred tickets and a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket, TicketKey
from deskapp.db.tables.estate import House
from deskapp.db.tables.incidents import Incident, IncidentHouse
from deskapp.db.unit import Unit
from deskapp.domain.complaints.severity import Came, distinct_households, serious_since
from deskapp.domain.complaints.similar import Report, Spot
from deskapp.services.complaints.rows import note
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.weighing import weigh
from deskapp.services.desk import Desk

_BY_KEY = (
    select(TicketKey.ticket_id)
    .where(TicketKey.estate_id == bindparam("estate_id"), TicketKey.key == bindparam("key"))
    .order_by(TicketKey.ticket_id.desc())
    .limit(bindparam("most"))
)
_CANDIDATES = (
    select(
        Ticket.id,
        Ticket.received_at,
        Ticket.matter,
        Ticket.story,
        Ticket.topic,
        Ticket.house_id,
        House.phase,
        House.building,
        House.entrance,
    )
    .outerjoin(House, and_(House.estate_id == Ticket.estate_id, House.id == Ticket.house_id))
    .where(Ticket.estate_id == bindparam("estate_id"), Ticket.id.in_(bindparam("tickets", expanding=True)))
)
_SPOT = select(House.phase, House.building, House.entrance).where(
    House.estate_id == bindparam("estate_id"), House.id == bindparam("house_id")
)
_OF_INCIDENT = (
    select(Ticket)
    .where(Ticket.estate_id == bindparam("estate_id"), Ticket.incident_id == bindparam("incident_id"))
    .order_by(Ticket.received_at, Ticket.id)
)
_WHO_CAME = (
    select(Ticket.house_id, Ticket.received_at)
    .where(Ticket.estate_id == bindparam("estate_id"), Ticket.incident_id == bindparam("incident_id"))
    .order_by(Ticket.received_at, Ticket.id)
)
_AFFECTED = select(func.count()).where(
    IncidentHouse.estate_id == bindparam("estate_id"), IncidentHouse.incident_id == bindparam("incident_id")
)


def text_of(matter: str, story: str) -> str:
    """What a ticket says, for comparing."""
    return f"{matter}\n{story}" if story and story != matter else matter or story


def spot_of(session: Session, estate_id: int, house_id: int | None) -> Spot:
    """Where a house lies, for nearness; nothing for an anonymous caller."""
    if house_id is None:
        return Spot()
    found = session.execute(_SPOT, {"estate_id": estate_id, "house_id": house_id}).first()
    return _spot(house_id, *found) if found else Spot()


def _spot(house_id: int | None, phase: str | None, building: str | None, entrance: str | None) -> Spot:
    if house_id is None:
        return Spot()
    # Townhouses and shops stand in no building: those of a phase are neighbours of one another.
    whole = f"{phase or ''}/{building or ''}" if phase or building else ""
    return Spot(str(house_id), whole, entrance or "")


def report_of(desk: Desk, row: Ticket, session: Session) -> Report:
    """A ticket made ready for comparing."""
    spot = spot_of(session, desk.estate_id, row.house_id)
    text = text_of(row.matter, row.story)
    return rules(desk).matcher.report(str(row.id), row.received_at, spot, text, row.topic)


def candidates(session: Session, desk: Desk, report: Report) -> list[Report]:
    """The open tickets that share a key with a text, at most so many of the newest for each key."""
    matcher = rules(desk).matcher
    asked = session.connection()  # rows of plain columns: nothing here needs the session's bookkeeping
    ids: set[int] = set()
    for key in matcher.keys_of(report):
        values = {"estate_id": desk.estate_id, "key": key, "most": matcher.matching.per_key}
        ids.update(asked.scalars(_BY_KEY, values))
    ids.discard(int(report.id or 0))
    if not ids:
        return []
    rows = asked.execute(_CANDIDATES, {"estate_id": desk.estate_id, "tickets": sorted(ids)})
    return [
        matcher.report(
            str(row.id),
            row.received_at,
            _spot(row.house_id, row.phase, row.building, row.entrance),
            text_of(row.matter, row.story),
            row.topic,
        )
        for row in rows
    ]


def write_keys(unit: Unit, desk: Desk, row: Ticket) -> Report:
    """Puts an open ticket into the index; its form made ready for comparing is answered."""
    report = report_of(desk, row, unit.session)
    for key in rules(desk).matcher.keys_of(report):
        unit.session.add(TicketKey(estate_id=unit.estate_id, key=key, ticket_id=row.id))
    unit.session.flush()
    return report


@dataclass(frozen=True, slots=True)
class Matched:
    """What a new ticket turned out to belong to."""

    incident_id: int | None = None
    follows_id: int | None = None


def detect(unit: Unit, desk: Desk, row: Ticket, report: Report) -> Matched:
    """Joins a new ticket into the matter it belongs to by topic, place and time window.

    Linked to a ticket of an incident, it joins that. Linked to single tickets of other households, together
    they are a new incident as soon as enough distinct households came (`matching.toml`). Linked to its own
    household's ticket alone, it follows that one. A clerk can take it out again (`similar.leave`).
    """
    matcher = rules(desk).matcher
    linked = [int(one) for one in matcher.linked(report, candidates(unit.session, desk, report))]
    if not linked:
        return Matched()
    # Locked in one order: two desks that take the same matter at the same moment make one incident of it.
    statement = select(Ticket).where(Ticket.estate_id == unit.estate_id, Ticket.id.in_(linked))
    others = list(unit.session.scalars(statement.order_by(Ticket.id).with_for_update()))
    own = [other for other in others if row.house_id is not None and other.house_id == row.house_id]
    follows = max((other.id for other in own), default=None)
    row.follows_id = follows
    known = max((other.incident_id for other in others if other.incident_id is not None), default=None)
    if known is not None:
        incident = locked_incident(unit, known)
        if incident.open:
            join_row(unit, desk, row, incident)
            return Matched(incident.id, follows)
    loose = [other for other in others if other.incident_id is None]
    households = distinct_households(_came([*loose, row]))
    if len(households) < matcher.matching.households:
        return Matched(None, follows)
    incident = open_incident(unit, desk, loose[0], loose[0].topic or row.topic)
    for other in loose[1:]:
        join_row(unit, desk, other, incident, count=False)
    join_row(unit, desk, row, incident)
    return Matched(incident.id, follows)


def _came(rows: Iterable[Ticket]) -> list[Came]:
    return [Came(str(row.house_id or ""), row.received_at) for row in rows]


def locked_incident(unit: Unit, incident_id: int) -> Incident:
    """The incident's row, nobody else counting its households at the same time."""
    statement = (
        select(Incident)
        .where(Incident.estate_id == unit.estate_id, Incident.id == incident_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return unit.session.scalars(statement).one()


def open_incident(unit: Unit, desk: Desk, master: Ticket, topic: str, title: str = "") -> Incident:
    """A new incident with its master ticket."""
    incident = Incident(
        estate_id=unit.estate_id,
        id=new_id(),
        number=unit.number("QS"),
        topic=topic,
        title=(title or master.matter)[:200],
        master_ticket_id=master.id,
        open=True,
        opened_at=unit.now,
        households=0,
        affected=0,
        authorities=[],
    )
    unit.session.add(incident)
    unit.session.flush()
    data = {"number": incident.number, "title": incident.title}
    unit.record("complaints.incident_opened", "incident", incident.id, data=data)
    join_row(unit, desk, master, incident)
    return incident


def join_row(unit: Unit, desk: Desk, row: Ticket, incident: Incident, *, count: bool = True) -> None:
    """Makes a ticket one of an incident's, and counts the distinct households anew (Z10).

    Args:
        count: False while others join in the same unit, of which the last one counts.
    """
    row.incident_id = incident.id
    unit.session.flush()
    if row.house_id is not None:
        add_house(unit, incident, row.house_id, row.received_at)
    if row.id != incident.master_ticket_id:
        note(unit, "complaints.joined", row, incident=incident.number)
    if count:
        count_households(unit, desk, incident)


def add_house(unit: Unit, incident: Incident, house_id: int, came_at: datetime | None) -> IncidentHouse:
    """A household in the register of those affected; a household twice is one row."""
    found = unit.session.get(IncidentHouse, (unit.estate_id, incident.id, house_id))
    if found is None:
        found = IncidentHouse(
            estate_id=unit.estate_id,
            incident_id=incident.id,
            house_id=house_id,
            added_at=unit.now,
            came_at=came_at,
            loss=Decimal(0),
            claim=Decimal(0),
            paid=Decimal(0),
        )
        unit.session.add(found)
    elif came_at is not None and (found.came_at is None or came_at < found.came_at):
        found.came_at = came_at
    unit.session.flush()
    return found


def tickets_of(session: Session, incident: Incident) -> Sequence[Ticket]:
    """The tickets of an incident in the order in which they came."""
    values = {"estate_id": incident.estate_id, "incident_id": incident.id}
    return session.scalars(_OF_INCIDENT, values).all()


def count_households(unit: Unit, desk: Desk, incident: Incident) -> None:
    """Counts the distinct households; the one that makes it serious starts its clocks by coming."""
    of_incident = {"estate_id": unit.estate_id, "incident_id": incident.id}
    came = [Came(str(house or ""), at) for house, at in unit.session.execute(_WHO_CAME, of_incident)]
    incident.households = len(distinct_households(came))
    incident.affected = unit.session.scalar(_AFFECTED, of_incident) or 0
    master = unit.session.get(Ticket, (unit.estate_id, incident.master_ticket_id))
    if master is not None:
        since = serious_since(rules(desk).criteria, came)
        weigh(unit, desk, master, incident.households, since)
    unit.touch("incident", incident.id)
