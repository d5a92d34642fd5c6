"""The rows behind a ticket: finding them, telling a stale clerk, noting what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.complaints import Ticket, TicketKey
from deskapp.db.tables.estate import House
from deskapp.db.tables.incidents import Incident
from deskapp.db.tables.record import History
from deskapp.db.tables.residents import Phone
from deskapp.db.unit import Unit
from deskapp.domain.carddata import reference_problem
from deskapp.domain.complaints.ticket import Given, TicketAct, TicketState, ticket_after

LONGEST = 4000
"""Characters of a free text; a story is told, not a book written."""
_ON_FILE = (
    select(Phone.number)
    .where(
        Phone.estate_id == bindparam("estate_id"),
        Phone.person_id == bindparam("person_id"),
        Phone.use != "emergency",
    )
    .order_by(Phone.use != "mobile", Phone.id)
    .limit(1)
)
SIGNATURE = "ticket_signature"
"""Kind of the attachment with which somebody signs what he says of staff (C3)."""


def ticket_row(session: Session, estate_id: int, ticket_id: int) -> Ticket:
    """The ticket.

    Raises:
        Refused: ``complaints.no_ticket``.
    """
    row = session.get(Ticket, (estate_id, ticket_id))
    if row is None:
        raise Refused("complaints.no_ticket")
    return row


def seen_ticket(unit: Unit, ticket_id: int, version: int) -> Ticket:
    """The ticket, if nobody else changed it since the clerk looked; own acts at the same desk are none.

    Raises:
        Conflict: ``complaints.changed_meanwhile``, with who did it and where; what was typed is kept (L12).
    """
    row = ticket_row(unit.session, unit.estate_id, ticket_id)
    if row.version != version:
        last = unit.session.scalars(_LAST_ACT, {"estate_id": unit.estate_id, "subject": ticket_id}).first()
        if last is None or (last.staff_id, last.desk) != (unit.who.staff_id, unit.who.desk):
            raise Conflict(
                "complaints.changed_meanwhile",
                number=row.number,
                who=last.staff if last else "",
                desk=last.desk if last else "",
                at=f"{last.at:%H:%M}" if last else "",
            )
    return row


_LAST_ACT = (
    select(History)
    .where(
        History.estate_id == bindparam("estate_id"),
        History.kind == "ticket",
        History.subject_id == bindparam("subject"),
    )
    .order_by(History.id.desc())
    .limit(1)
)
_LABEL = select(House.label).where(
    House.estate_id == bindparam("estate_id"), House.id == bindparam("house_id")
)
_LABELS = select(House.id, House.label).where(
    House.estate_id == bindparam("estate_id"), House.id.in_(bindparam("houses", expanding=True))
)
_KEYS = select(TicketKey).where(
    TicketKey.estate_id == bindparam("estate_id"), TicketKey.ticket_id == bindparam("ticket_id")
)
_INCIDENTS = select(Incident).where(
    Incident.estate_id == bindparam("estate_id"), Incident.id.in_(bindparam("incidents", expanding=True))
)


def label_of(session: Session, estate_id: int, house_id: int | None) -> str:
    """A house's label, "" for none."""
    if house_id is None:
        return ""
    return session.scalars(_LABEL, {"estate_id": estate_id, "house_id": house_id}).first() or ""


def labels_of(session: Session, estate_id: int, houses: Iterable[int | None]) -> dict[int | None, str]:
    """The labels of houses; None has "" (an anonymous caller)."""
    wanted = sorted({house for house in houses if house is not None})
    found: dict[int | None, str] = {None: ""}
    if wanted:
        rows = session.execute(_LABELS, {"estate_id": estate_id, "houses": wanted})
        found.update((house_id, label) for house_id, label in rows)
    return found


def incidents_of(session: Session, estate_id: int, ids: Iterable[int | None]) -> dict[int, Incident]:
    """Incidents by id."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.scalars(_INCIDENTS, {"estate_id": estate_id, "incidents": wanted})
    return {row.id: row for row in rows}


def note(unit: Unit, act: str, row: Ticket, **data: Any) -> None:
    """Writes an act on a ticket down, with its number for the sentence."""
    unit.record(act, "ticket", row.id, house_id=row.house_id, data={"number": row.number, **data})


def move(row: Ticket, act: TicketAct, *given: Given) -> TicketState:
    """Does an act of the ticket's way; the state it was in is answered.

    Raises:
        Refused: ``complaints.not_now``, ``complaints.act_needs``.
    """
    before = TicketState(row.state)
    row.state = ticket_after(before, act, given).value
    row.open = row.state not in (TicketState.CLOSED.value, TicketState.WITHDRAWN.value)
    return before


def free_text(text: str, *, limit: int = LONGEST) -> str:
    """A story as it is kept: no card number and no PIN beside the word, but a door's code may be spoken of.

    Raises:
        Refused: ``complaints.text_long``, ``complaints.reference_pin``, ``complaints.reference_card``.
    """
    kept = text.strip()
    problem = reference_problem(kept)
    if problem == "reference_pin" and not _SIX_DIGITS.search(kept):
        problem = ""
    return _kept(kept, problem, limit)


def payable_text(text: str, *, limit: int = LONGEST) -> str:
    """A wish, reply or promise, where money may be spoken of: no place for a card or a PIN at all (F2, Z9).

    Raises:
        Refused: as `free_text`.
    """
    kept = text.strip()
    return _kept(kept, reference_problem(kept), limit)


def _kept(text: str, problem: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused("complaints.text_long", limit=limit)
    if problem:
        raise Refused(f"complaints.{problem}")
    return text


_SIX_DIGITS = re.compile(r"\d{6}")


def forget_keys(session: Session, row: Ticket) -> None:
    """Takes a ticket out of the index of similar ones: it is no longer open."""
    session.flush()
    for key in session.scalars(_KEYS, {"estate_id": row.estate_id, "ticket_id": row.id}):
        session.delete(key)


def phone_on_file(session: Session, estate_id: int, person_id: int | None) -> str:
    """The number of a person of the household: who is known need not say it again (C2); "" for none."""
    if person_id is None:
        return ""
    return session.scalar(_ON_FILE, {"estate_id": estate_id, "person_id": person_id}) or ""
