"""Taking a ticket: who first, what is open there, then the form; one number from there on (C1-C4, C7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Contact, Promise, Ticket
from deskapp.db.tables.estate import House
from deskapp.db.unit import Unit
from deskapp.domain.complaints import promises as promise_rules
from deskapp.domain.complaints.classes import Judgement, Kind
from deskapp.domain.complaints.ticket import TicketState
from deskapp.domain.identity import normalise_phone
from deskapp.domain.staff import Action
from deskapp.services import attachments
from deskapp.services.changes import Done
from deskapp.services.complaints.contacts import CONTACT_KINDS as CONTACT_KINDS
from deskapp.services.complaints.contacts import REACHING as REACHING
from deskapp.services.complaints.contacts import contact as contact
from deskapp.services.complaints.contacts import note_contact as note_contact
from deskapp.services.complaints.here import open_here as open_here
from deskapp.services.complaints.matching import detect, write_keys
from deskapp.services.complaints.rows import (
    SIGNATURE,
    forget_keys,
    free_text,
    note,
    payable_text,
    phone_on_file,
    seen_ticket,
    ticket_row,
)
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import (
    ticket_view,
)
from deskapp.services.complaints.talks import keep_talk
from deskapp.services.complaints.timing import start_clocks
from deskapp.services.complaints.views import PromiseIn, TicketIn, TicketView
from deskapp.services.complaints.weighing import facts_data, weigh
from deskapp.services.desk import Desk, changes_of


def take(desk: Desk, command_id: str, form: TicketIn) -> Done[TicketView]:
    """A new ticket: number, clocks, severity, promises, talk and photos in one go.

    By its topic, place and time it may belong to an open matter; the answer's ``incident`` and ``follows``
    say which.

    Raises:
        Refused: ``complaints.matter_missing``, ``complaints.no_house``, ``complaints.phone_form``,
            ``complaints.unknown_topic``, ``complaints.unknown_cause``, ``complaints.event_in_future``, a text
            as `rows.free_text`, a promise as `domain.complaints.promises`.
    """
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        if unit.answered is None:
            row = _new_row(unit, desk, form)
            report = write_keys(unit, desk, row)
            start_clocks(unit, desk, row)
            note(unit, "complaints.taken", row, kind=row.kind, matter=row.matter, channel=row.channel)
            weigh(unit, desk, row)
            if Kind(row.kind) is not Kind.PRAISE:
                detect(unit, desk, row, report)
            _beside(unit, desk, row, form)
            unit.answer(ticket_id=row.id)
        else:
            row = ticket_row(unit.session, desk.estate_id, int(unit.answered["ticket_id"]))
        unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _new_row(unit: Unit, desk: Desk, form: TicketIn) -> Ticket:
    fields = _fields(unit, desk, form)
    fields["phone"] = fields["phone"] or phone_on_file(unit.session, desk.estate_id, form.person_id)
    if form.house_id is not None and unit.session.get(House, (unit.estate_id, form.house_id)) is None:
        raise Refused("complaints.no_house")
    row = Ticket(
        estate_id=unit.estate_id,
        id=new_id(),
        number=unit.number("TS"),
        received_at=unit.now,
        receiver_id=unit.who.staff_id,
        receiver=unit.who.name,
        desk=unit.who.desk,
        owner_id=unit.who.staff_id,
        state=TicketState.RECEIVED.value,
        open=True,
        serious=False,
        serious_why=[],
        reopened=0,
        judgement={},
        **fields,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _fields(unit: Unit, desk: Desk, form: TicketIn, kept_phone: str | None = None) -> dict[str, Any]:
    """The form as columns, checked."""
    known = rules(desk)
    matter = free_text(form.matter, limit=200) or free_text(form.story)[:60]
    if not matter:
        raise Refused("complaints.matter_missing")
    topic = known.topic(form.topic)
    if form.topic and topic is None:
        raise Refused("complaints.unknown_topic", topic=form.topic)
    if form.cause and form.cause not in {cause.code for cause in known.classes.causes}:
        raise Refused("complaints.unknown_cause", cause=form.cause)
    if form.event_at is not None and form.event_at > unit.now:
        raise Refused("complaints.event_in_future")
    target = form.target or (topic.target if topic else None)
    return {
        "kind": form.kind.value,
        "channel": form.channel.value,
        "house_id": form.house_id,
        "person_id": form.person_id,
        "caller": free_text(form.caller, limit=60),
        "phone": _phone(form.phone) if kept_phone is None else kept_phone,
        "matter": matter,
        "story": free_text(form.story),
        "against": free_text(form.against, limit=200),
        "place": form.place.value if form.place else "",
        "place_text": free_text(form.place_text, limit=200),
        "topic": form.topic,
        "cause": form.cause,
        "target": target.value if target else "",
        "nature": form.nature.value if form.nature else "",
        "grounds": form.grounds.value if form.grounds else "",
        "wish": payable_text(form.wish),
        "event_at": form.event_at,
        "details": {key: free_text(text) for key, text in sorted(form.details.items()) if text.strip()},
        "facts": facts_data(form.facts),
    }


def _phone(written: str) -> str:
    if not written.strip():
        return ""
    check = normalise_phone(written)
    if not check.ok:
        raise Refused("complaints.phone_form", phone=written.strip()[:30])
    return check.number


def _beside(unit: Unit, desk: Desk, row: Ticket, form: TicketIn) -> None:
    """What comes with a new ticket: promises, the first contact, the talk, photos."""
    for promised in form.promises:
        add_promise(unit, row, promised)
    if form.next_contact is not None and form.next_contact <= unit.now:
        raise Refused("complaints.next_contact_in_past")
    row.next_contact = _next(row, [one.due_at for one in form.promises], form.next_contact)
    unit.session.add(
        Contact(
            estate_id=unit.estate_id,
            id=new_id(),
            ticket_id=row.id,
            at=unit.now,
            kind="received",
            text=row.matter,
            next_at=row.next_contact,
            staff_id=unit.who.staff_id,
            staff=unit.who.name,
        )
    )
    if form.talk is not None:
        keep_talk(unit, desk, row, form.talk)
    for number, photo in enumerate(form.photos, 1):
        attachments.keep(
            unit,
            desk,
            photo,
            f"{row.number}-{number}",
            kind="ticket",
            subject_id=row.id,
            house_id=row.house_id,
            picture=False,
        )
    if form.signature is not None:
        attachments.keep(
            unit,
            desk,
            form.signature,
            f"{row.number}-signature",
            kind=SIGNATURE,
            subject_id=row.id,
            house_id=row.house_id,
        )


def _next(row: Ticket, promised: list[datetime], said: datetime | None) -> datetime | None:
    """When the person hears from us next: what was said, or the first promise."""
    times = [*promised, *([said] if said else [])]
    return min(times, default=row.next_contact)


def add_promise(unit: Unit, row: Ticket, promised: PromiseIn) -> Promise:
    """Puts a promise into the ledger; the desk that made it sees to it.

    Raises:
        Refused: as `domain.complaints.promises.promise`.
    """
    checked = promise_rules.promise(
        payable_text(promised.text),
        payable_text(promised.who, limit=60),
        promised.due_at,
        now=unit.now,
        otherwise=payable_text(promised.otherwise),
    )
    made = Promise(
        estate_id=unit.estate_id,
        id=new_id(),
        ticket_id=row.id,
        text=checked.what,
        who=checked.owner,
        owner_id=unit.who.staff_id,
        made_at=unit.now,
        made_by=unit.who.name,
        due_at=checked.due,
        otherwise=checked.otherwise,
        state=checked.state.value,
    )
    unit.session.add(made)
    unit.touch("promise", made.id)
    return made


def change(desk: Desk, command_id: str, ticket_id: int, version: int, form: TicketIn) -> Done[TicketView]:
    """The form corrected or sorted anew: clocks and severity follow, no time is given away.

    A phone that comes back masked as it was shown stays what it is.

    Raises:
        Conflict: ``complaints.changed_meanwhile``.
        Refused: as `take`; ``complaints.closed``.
    """
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            row = seen_ticket(unit, ticket_id, version)
            if not row.open:
                raise Refused("complaints.closed", number=row.number)
            _change_row(unit, desk, row, form)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))


def _change_row(unit: Unit, desk: Desk, row: Ticket, form: TicketIn) -> None:
    masked = bool(form.phone) and "*" in form.phone
    fields = _fields(unit, desk, form, row.phone if masked else None)
    before = {key: value for key, value in fields.items() if getattr(row, key) != value}
    before = {key: _plain(getattr(row, key)) for key in before}
    for key in before:
        setattr(row, key, fields[key])
    start_clocks(unit, desk, row)
    if before.keys() & {"matter", "story", "topic", "house_id"}:
        forget_keys(unit.session, row)
        unit.session.flush()
        write_keys(unit, desk, row)
    weigh(unit, desk, row)
    after = {key: _plain(getattr(row, key)) for key in before}
    unit.record(
        "complaints.changed",
        "ticket",
        row.id,
        house_id=row.house_id,
        data={"number": row.number},
        before=before,
        after=after,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def ticket(desk: Desk, ticket_id: int) -> TicketView:
    """A ticket whole.

    Raises:
        Refused: ``complaints.no_ticket``, ``staff.no_right``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        return ticket_view(session, desk, ticket_row(session, desk.estate_id, ticket_id))


def judge_person(
    desk: Desk, command_id: str, ticket_id: int, version: int, judgement: Judgement
) -> Done[TicketView]:
    """What a supervisor thinks of the person's motive; never printed, not in the history's words (C4)."""
    with desk.unit(Action.COMPLAINTS_JUDGE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            row = seen_ticket(unit, ticket_id, version)
            row.judgement = {
                "motive": judgement.motive.value if judgement.motive else "",
                "person_kind": judgement.person_kind.value if judgement.person_kind else "",
            }
            note(unit, "complaints.judged", row)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))
