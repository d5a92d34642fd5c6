"""Putting together what panels see of a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from deskapp.db.tables.complaints import Contact, Promise, ScriptRun, Ticket, TicketReader
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.tables.incidents import Incident
from deskapp.db.tables.staff import Staff
from deskapp.domain.complaints.callback import ASKED, Grade, call_back_done, call_back_needed
from deskapp.domain.complaints.classes import (
    WRITTEN,
    Channel,
    Grounds,
    Judgement,
    Kind,
    Motive,
    Nature,
    PersonKind,
    Place,
    Target,
    judgement_for,
)
from deskapp.domain.complaints.closing import CloseFacts, Position, close_needs
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.session import from_data
from deskapp.domain.complaints.severity import can_calm
from deskapp.domain.complaints.ticket import TicketState, acts_of
from deskapp.domain.datatable import Label
from deskapp.domain.people import mask_phone
from deskapp.domain.staff import Action, may
from deskapp.services.attachments import of_subject
from deskapp.services.complaints.alarming import alarm_view, alarms_of
from deskapp.services.complaints.rows import SIGNATURE, incidents_of, label_of
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.timing import as_waits, clock_row, clocks_of, waits_of
from deskapp.services.complaints.views import (
    CallBackView,
    ContactView,
    DispatchView,
    IncidentBrief,
    PromiseView,
    ScriptTalk,
    SeverityView,
    TicketIn,
    TicketView,
)
from deskapp.services.complaints.weighing import facts_in, severity_of
from deskapp.services.desk import Desk
from deskapp.services.documents import documents_about

LOOKING = timedelta(minutes=2)
"""For how long somebody who does not say so any more counts as having the ticket open (L12)."""

_PROMISES = (
    select(Promise)
    .where(Promise.estate_id == bindparam("estate_id"), Promise.ticket_id == bindparam("ticket_id"))
    .order_by(Promise.due_at, Promise.id)
)
_CONTACTS = (
    select(Contact)
    .where(Contact.estate_id == bindparam("estate_id"), Contact.ticket_id == bindparam("ticket_id"))
    .order_by(Contact.at, Contact.id)
)
_DISPATCHES = (
    select(Dispatch)
    .where(Dispatch.estate_id == bindparam("estate_id"), Dispatch.ticket_id == bindparam("ticket_id"))
    .order_by(Dispatch.id)
)
_CALL_BACKS = (
    select(CallBack)
    .where(CallBack.estate_id == bindparam("estate_id"), CallBack.ticket_id == bindparam("ticket_id"))
    .order_by(CallBack.id)
)
_TALKS = (
    select(ScriptRun, Staff.name)
    .outerjoin(Staff, and_(Staff.estate_id == ScriptRun.estate_id, Staff.id == ScriptRun.staff_id))
    .where(ScriptRun.estate_id == bindparam("estate_id"), ScriptRun.ticket_id == bindparam("ticket_id"))
    .order_by(ScriptRun.kept_at, ScriptRun.id)
)
_READERS = (
    select(TicketReader)
    .where(
        TicketReader.estate_id == bindparam("estate_id"),
        TicketReader.ticket_id == bindparam("ticket_id"),
        TicketReader.seen_at >= bindparam("since"),
    )
    .order_by(TicketReader.since)
)


def _of(row: Ticket) -> dict[str, int]:
    return {"estate_id": row.estate_id, "ticket_id": row.id}


def promises_of(session: Session, row: Ticket) -> Sequence[Promise]:
    """The promises of a ticket, the first due first."""
    return session.scalars(_PROMISES, _of(row)).all()


def contacts_of(session: Session, row: Ticket) -> Sequence[Contact]:
    """The talks of a ticket, the oldest first."""
    return session.scalars(_CONTACTS, _of(row)).all()


def dispatches_of(session: Session, row: Ticket) -> Sequence[Dispatch]:
    """The dispatches of a ticket, the oldest first."""
    return session.scalars(_DISPATCHES, _of(row)).all()


def call_backs_of(session: Session, row: Ticket) -> Sequence[CallBack]:
    """The call backs of a ticket, the oldest first."""
    return session.scalars(_CALL_BACKS, _of(row)).all()


def readers_of(session: Session, desk: Desk, ticket_id: int) -> tuple[str, ...]:
    """Who else has the ticket open, with the desk (L12)."""
    values = {"estate_id": desk.estate_id, "ticket_id": ticket_id, "since": desk.now() - LOOKING}
    rows = session.scalars(_READERS, values)
    return tuple(f"{row.name}·{row.desk}" for row in rows if row.desk != desk.name)


def promise_view(found: Promise, row: Ticket, label: str, now: datetime) -> PromiseView:
    """A promise as panels show it."""
    return PromiseView(
        promise_id=found.id,
        ticket_id=row.id,
        number=row.number,
        house_id=row.house_id,
        label=label,
        text=found.text,
        who=found.who,
        owner_id=found.owner_id,
        made_at=found.made_at,
        made_by=found.made_by,
        due_at=found.due_at,
        otherwise=found.otherwise,
        state=PromiseState(found.state),
        ended_at=found.ended_at,
        reason=found.reason,
        late=(found.ended_at or now) > found.due_at,
    )


def incident_brief(session: Session, incident: Incident | None) -> IncidentBrief | None:
    """An incident as tickets show it."""
    if incident is None:
        return None
    master = session.get(Ticket, (incident.estate_id, incident.master_ticket_id))
    return IncidentBrief(
        incident_id=incident.id,
        number=incident.number,
        title=incident.title,
        topic=incident.topic,
        open=incident.open,
        households=incident.households,
        serious=bool(master and master.serious),
        agreed_answer=incident.agreed_answer,
        answer_at=incident.answer_at,
        answer_by=incident.answer_by,
    )


def dispatch_view(desk: Desk, found: Dispatch) -> DispatchView:
    """A dispatch as panels show it."""
    department = rules(desk).department(found.department)
    return DispatchView(
        dispatch_id=found.id,
        department=found.department,
        department_label=department.label if department else Label(found.department, found.department),
        person=found.person,
        order=found.order_text,
        state=found.state,
        sent_at=found.sent_at,
        sent_by=found.sent_by,
        due_at=found.due_at,
        until=found.until,
        reason=found.reason,
        report=found.report,
        reported_by=found.reported_by,
        reported_at=found.reported_at,
        signed_by=found.signed_by,
        signed_at=found.signed_at,
        resident_told_at=found.resident_told_at,
        overdue=found.open and desk.now() > found.due_at,
    )


def call_back_view(found: CallBack) -> CallBackView:
    """A call back as panels show it."""
    return CallBackView(
        call_back_id=found.id,
        due_at=found.due_at,
        state=found.state,
        at=found.at,
        asked=found.asked,
        grade=found.grade,
        opinion=found.opinion,
        wants_more=found.wants_more,
        fault=found.fault,
        fault_due=found.fault_due,
        fault_sent_at=found.fault_sent_at,
        staff=found.staff,
    )


def _talks(session: Session, desk: Desk, row: Ticket) -> tuple[ScriptTalk, ...]:
    """Talks whose scripts are still there; one of an older script that is gone cannot be told any more."""
    found = []
    for run, name in session.execute(_TALKS, _of(row)):
        talk = from_data(rules(desk).scripts, run.talk)
        if talk is not None:
            found.append(ScriptTalk(run.kept_at, name or "", talk))
    return tuple(found)


def close_facts(session: Session, desk: Desk, row: Ticket) -> CloseFacts:
    """What is on record of a ticket for its close (C13)."""
    kind = Kind(row.kind)
    known = rules(desk).callbacks
    backs = [back for back in call_backs_of(session, row) if back.state in ASKED]
    since = row.settled_at or row.reopened_at
    current = [back for back in backs if since is None or (back.at is not None and back.at >= since)]
    fault = any(back.fault for back in current)
    promises = promises_of(session, row)
    return CloseFacts(
        kind=kind,
        result=row.result,
        position=Position(row.position) if row.position else Position.NONE,
        reply=row.reply,
        contactable=contactable(row),
        written=Channel(row.channel) in WRITTEN and kind is Kind.COMPLAINT,
        reply_approved=bool(row.reply_approved_by),
        call_back_due=call_back_needed(known, kind, row.number, serious=row.serious),
        called_back=call_back_done(known, tuple(Grade(back.grade) for back in current)),
        fault_open=fault,
        open_promises=sum(promise.state == PromiseState.OPEN for promise in promises),
        serious=row.serious,
        named_person=row.named_person,
        incident_report=bool(row.report_number),
    )


def contactable(row: Ticket) -> bool:
    """Whether there is somebody to tell: a house, a person or a phone."""
    return bool(row.house_id or row.person_id or row.phone)


def form_of(row: Ticket) -> TicketIn:
    """The form of a ticket as it stands, its phone masked."""
    return TicketIn(
        kind=Kind(row.kind),
        channel=Channel(row.channel),
        house_id=row.house_id,
        person_id=row.person_id,
        caller=row.caller,
        phone=mask_phone(row.phone) if row.phone else "",
        matter=row.matter,
        story=row.story,
        against=row.against,
        place=Place(row.place) if row.place else None,
        place_text=row.place_text,
        topic=row.topic,
        cause=row.cause,
        target=Target(row.target) if row.target else None,
        nature=Nature(row.nature) if row.nature else None,
        grounds=Grounds(row.grounds) if row.grounds else None,
        wish=row.wish,
        event_at=row.event_at,
        details={str(key): str(text) for key, text in row.details.items()},
        facts=facts_in(row.facts),
    )


def judgement_of(desk: Desk, row: Ticket) -> Judgement:
    """What is thought of the person, empty for who may not see it (C4)."""
    motive, kind = row.judgement.get("motive"), row.judgement.get("person_kind")
    found = Judgement(Motive(motive) if motive else None, PersonKind(kind) if kind else None)
    return judgement_for(found, supervisor=may(desk.member.role, Action.COMPLAINTS_JUDGE))


def severity_view(desk: Desk, row: Ticket, master: Ticket | None) -> SeverityView:
    """A ticket's severity, or its incident's where that is serious and the ticket itself is not."""
    of = master if master is not None and master.serious and not row.serious else row
    labels = {criterion.code: criterion.label for criterion in rules(desk).criteria}
    return SeverityView(
        serious=of.serious,
        at=of.serious_at,
        why=tuple(labels.get(code) or Label(code, code) for code in of.serious_why),
        reason=of.serious_reason,
        by_person=bool(of.serious_by),
        can_calm=can_calm(severity_of(of)),
    )


def ticket_view(session: Session, desk: Desk, row: Ticket) -> TicketView:
    """A ticket whole."""
    now, label = desk.now(), label_of(session, desk.estate_id, row.house_id)
    incident = incidents_of(session, desk.estate_id, [row.incident_id]).get(row.incident_id or 0)
    master = session.get(Ticket, (desk.estate_id, incident.master_ticket_id)) if incident else None
    waits = as_waits(waits_of(session, desk.estate_id, [row.id])[row.id])
    follows = session.get(Ticket, (desk.estate_id, row.follows_id)) if row.follows_id else None
    facts = close_facts(session, desk, row)
    state = TicketState(row.state)
    return TicketView(
        ticket_id=row.id,
        version=row.version,
        number=row.number,
        state=state,
        form=form_of(row),
        label=label,
        phone_masked=mask_phone(row.phone) if row.phone else "",
        received_at=row.received_at,
        receiver=row.receiver,
        owner_id=row.owner_id,
        desk=row.desk,
        severity=severity_view(desk, row, master),
        clocks=tuple(
            clock_row(desk, clock, row, waits, now, label=label)
            for clock in clocks_of(session, row)
            if clock.dropped_at is None
        ),
        promises=tuple(promise_view(one, row, label, now) for one in promises_of(session, row)),
        contacts=tuple(
            ContactView(one.at, one.kind, one.text, one.next_at, one.staff)
            for one in contacts_of(session, row)
        ),
        dispatches=tuple(dispatch_view(desk, one) for one in dispatches_of(session, row)),
        call_backs=tuple(call_back_view(one) for one in call_backs_of(session, row)),
        alarms=tuple(alarm_view(desk, one, row, label) for one in alarms_of(session, row)),
        incident=incident_brief(session, incident),
        is_master=master is not None and master.id == row.id,
        follows=follows.number if follows else "",
        result=row.result,
        position=row.position,
        reply=row.reply,
        reply_needs_approval=facts.written,
        reply_approved=facts.reply_approved,
        named_person=row.named_person,
        mood_before=row.mood_before,
        mood_after=row.mood_after,
        next_contact=row.next_contact,
        closed_at=row.closed_at,
        reopened=row.reopened,
        acts=acts_of(state),
        missing=tuple(need.value for need in close_needs(facts)) if row.open else (),
        judgement=judgement_of(desk, row),
        attachments=of_subject(session, desk.estate_id, "ticket", row.id),
        talks=_talks(session, desk, row),
        signature=next(iter(of_subject(session, desk.estate_id, SIGNATURE, row.id)), ""),
        documents=documents_about(session, desk.estate_id, f"ticket:{row.id}"),
        readers=readers_of(session, desk, row.id),
    )
