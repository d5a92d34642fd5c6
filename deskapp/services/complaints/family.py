"""One answer for all of an incident: messages, children updated, the family closed (C11, C18, L13, Z21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.estate import House
from deskapp.db.tables.incidents import Incident, IncidentHouse, IncidentMessage, MessageRecipient
from deskapp.db.unit import Unit
from deskapp.domain.complaints.closing import Position, family_may_close
from deskapp.domain.complaints.ticket import Given, TicketAct, TicketState, can_ticket
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.closing import close_row, end
from deskapp.services.complaints.handling import finish, plan_call_back, tell_result
from deskapp.services.complaints.incidents import IncidentView, act_on, incident_row, note_incident
from deskapp.services.complaints.intake import CONTACT_KINDS, note_contact
from deskapp.services.complaints.matching import tickets_of
from deskapp.services.complaints.rows import move, note, payable_text
from deskapp.services.complaints.showing import close_facts
from deskapp.services.complaints.similar import merge_row
from deskapp.services.desk import Desk, changes_of
from deskapp.services.residents.parties import reach_of


@dataclass(frozen=True, slots=True)
class RecipientView:
    """One household of a message list; its phone masked until the clerk calls."""

    house_id: int
    label: str
    names: str
    phone_masked: str
    told_at: datetime | None
    how: str
    staff: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message to all; ``replaces`` the number of the message that it corrects, 0 for none."""

    message_id: int
    incident_id: int
    text: str
    made_at: datetime
    staff: str
    replaces: int
    recipients: tuple[RecipientView, ...]

    @property
    def open(self) -> int:
        """How many have not been told yet."""
        return sum(one.told_at is None for one in self.recipients)


_MESSAGES = (
    select(IncidentMessage)
    .where(
        IncidentMessage.estate_id == bindparam("estate_id"),
        IncidentMessage.incident_id == bindparam("incident_id"),
    )
    .order_by(IncidentMessage.id)
)
_RECIPIENTS = (
    select(MessageRecipient, House.label)
    .join(House, (House.estate_id == MessageRecipient.estate_id) & (House.id == MessageRecipient.house_id))
    .where(
        MessageRecipient.estate_id == bindparam("estate_id"),
        MessageRecipient.message_id == bindparam("message_id"),
    )
    .order_by(House.label)
)


def messages(desk: Desk, incident_id: int) -> tuple[MessageView, ...]:
    """The messages of an incident with who was told, the oldest first: the list for phone or print."""
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        row = incident_row(session, desk.estate_id, incident_id)
        values = {"estate_id": desk.estate_id, "incident_id": row.id}
        return tuple(_message_view(session, desk, one) for one in session.scalars(_MESSAGES, values).all())


def _message_view(session: Session, desk: Desk, found: IncidentMessage) -> MessageView:
    values = {"estate_id": desk.estate_id, "message_id": found.id}
    rows = session.execute(_RECIPIENTS, values).all()
    people = reach_of(session, desk.estate_id, [one.house_id for one, _ in rows])
    return MessageView(
        message_id=found.id,
        incident_id=found.incident_id,
        text=found.text,
        made_at=found.made_at,
        staff=found.staff,
        replaces=found.replaces or 0,
        recipients=tuple(
            RecipientView(
                one.house_id, label, *people.get(one.house_id, ("", "")), one.told_at, one.how, one.staff
            )
            for one, label in rows
        ),
    )


def send_message(
    desk: Desk, command_id: str, incident_id: int, text: str, *, replaces: int = 0
) -> Done[MessageView]:
    """One message to every household of the register; it is told house by house (`told`).

    Args:
        replaces: the message that a new fact corrects: whoever that one was for is told again (Z21).

    Raises:
        Refused: ``complaints.message_empty``, ``complaints.nobody_affected``, ``complaints.no_message``.
    """
    said = payable_text(text)
    if not said:
        raise Refused("complaints.message_empty")
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = incident_row(unit.session, desk.estate_id, incident_id)
        if unit.answered is None:
            made = _new_message(unit, row, said, replaces)
            note_incident(unit, "complaints.message_made", row, text=said[:80])
            unit.answer(message_id=made.id)
            unit.session.flush()
        else:
            made = _message(unit.session, desk.estate_id, int(unit.answered["message_id"]))
        return Done(_message_view(unit.session, desk, made), changes_of(unit))


def _new_message(unit: Unit, row: Incident, text: str, replaces: int) -> IncidentMessage:
    own = select(IncidentHouse.house_id).where(
        IncidentHouse.estate_id == unit.estate_id, IncidentHouse.incident_id == row.id
    )
    houses = set(unit.session.scalars(own))
    if replaces:
        earlier = _message(unit.session, unit.estate_id, replaces)
        if earlier.incident_id != row.id:
            raise Refused("complaints.no_message")
        before = select(MessageRecipient.house_id).where(
            MessageRecipient.estate_id == unit.estate_id, MessageRecipient.message_id == earlier.id
        )
        houses |= set(unit.session.scalars(before))
    if not houses:
        raise Refused("complaints.nobody_affected", number=row.number)
    made = IncidentMessage(
        estate_id=unit.estate_id,
        id=new_id(),
        incident_id=row.id,
        text=text,
        made_at=unit.now,
        staff=unit.who.name,
        replaces=replaces or None,
    )
    unit.session.add(made)
    unit.session.flush()
    for house_id in sorted(houses):
        unit.session.add(MessageRecipient(estate_id=unit.estate_id, message_id=made.id, house_id=house_id))
    return made


def _message(session: Session, estate_id: int, message_id: int) -> IncidentMessage:
    found = session.get(IncidentMessage, (estate_id, message_id))
    if found is None:
        raise Refused("complaints.no_message")
    return found


def told(desk: Desk, command_id: str, message_id: int, house_id: int, how: str) -> Done[MessageView]:
    """A household was told; its tickets of the incident know it: that is their reply once a result stands.

    Raises:
        Refused: ``complaints.no_message``, ``complaints.not_affected``, ``complaints.contact_kind``.
    """
    if how not in CONTACT_KINDS:
        raise Refused("complaints.contact_kind", kind=how[:20])
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        found = _message(unit.session, desk.estate_id, message_id)
        if unit.answered is None:
            recipient = unit.session.get(MessageRecipient, (unit.estate_id, message_id, house_id))
            if recipient is None:
                raise Refused("complaints.not_affected")
            recipient.told_at, recipient.how, recipient.staff = unit.now, how, unit.who.name
            row = incident_row(unit.session, desk.estate_id, found.incident_id)
            for one in tickets_of(unit.session, row):
                if one.house_id == house_id and one.open:
                    _tell(unit, desk, one, found.text, how)
            note_incident(unit, "complaints.household_told", row, house_id=house_id)
            unit.touch("house", house_id)
            unit.answer(message_id=found.id)
            unit.session.flush()
        return Done(_message_view(unit.session, desk, found), changes_of(unit))


def _tell(unit: Unit, desk: Desk, row: Ticket, text: str, how: str) -> None:
    state = TicketState(row.state)
    if row.reply and state is TicketState.DONE:
        move(row, TicketAct.REPLY, Given.REPLY)
        tell_result(unit, desk, row, how)
    elif row.reply and state is TicketState.MERGED:
        row.replied_at, row.settled_at = unit.now, row.settled_at or unit.now
        note_contact(unit, desk, row, how, text, plan_call_back(unit, desk, row), last=True)
    else:
        ahead = row.next_contact if row.next_contact and row.next_contact > unit.now else None
        note_contact(unit, desk, row, how, text, ahead, last=True)
    note(unit, "complaints.contacted", row, text=text[:80])


def answer_family(
    desk: Desk,
    command_id: str,
    incident_id: int,
    version: int,
    *,
    result: str,
    reply: str,
    position: Position,
) -> Done[IncidentView]:
    """Result, position and reply for the whole family, from the master down to every child (C11, L13).

    The children go on in the master; each household is told by a message (`send_message`, `told`).

    Raises:
        Refused: ``complaints.report_empty``, ``complaints.reply_empty``, ``complaints.not_now``.
    """
    settled, said = payable_text(result), payable_text(reply)
    if not settled:
        raise Refused("complaints.report_empty")
    if not said:
        raise Refused("complaints.reply_empty")

    def change(unit: Unit, row: Incident) -> None:
        for one in tickets_of(unit.session, row):
            if not one.open:
                continue
            if one.id == row.master_ticket_id:
                if can_ticket(TicketState(one.state), TicketAct.SETTLE):
                    move(one, TicketAct.SETTLE, Given.RESULT)
                finish(unit, desk, one, settled)
            elif can_ticket(TicketState(one.state), TicketAct.MERGE):
                merge_row(unit, one)
            one.result, one.position, one.reply = settled, position.value, said
            one.reply_approved_by = unit.who.staff_id
            note(unit, "complaints.family_answered", one, incident=row.number)
        note_incident(unit, "complaints.answered", row, text=said[:80])

    return act_on(desk, command_id, incident_id, version, change, Action.COMPLAINTS_APPROVE)


def close_family(desk: Desk, command_id: str, incident_id: int, version: int) -> Done[IncidentView]:
    """Closes the master and with it every child; a household that was not told keeps all open.

    Raises:
        Refused: ``complaints.family_open`` with the numbers, or what the master's own close still needs.
    """

    def change(unit: Unit, row: Incident) -> None:
        family = [one for one in tickets_of(unit.session, row) if one.open]
        master = [one for one in family if one.id == row.master_ticket_id]
        children = [one for one in family if one.id != row.master_ticket_id]
        waiting = {one.number: close_facts(unit.session, desk, one) for one in children}
        late = family_may_close(TicketState.CLOSED, waiting)
        apart = [one.number for one in children if one.state != TicketState.MERGED.value]
        if late or apart:
            raise Refused("complaints.family_open", numbers="、".join(sorted({*late, *apart})))
        for one in master:
            close_row(unit, desk, one, family=True)
        for one in children:
            move(one, TicketAct.CLOSE_WITH_MASTER)
            end(unit, one)
            note(unit, "complaints.closed", one, result=one.result[:80])
        row.open, row.closed_at = False, unit.now
        note_incident(unit, "complaints.incident_closed", row, households=row.households)

    return act_on(desk, command_id, incident_id, version, change)
