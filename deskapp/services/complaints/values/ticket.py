"""客户投诉/报修/求助记录, 投诉处理反馈意见记录, 业主回访记录表: one ticket on paper (C3, C4, C13, C14)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from deskapp.base.i18n import on_paper
from deskapp.db.tables.complaints import Ticket
from deskapp.domain import documents as paper
from deskapp.domain.complaints.classes import WRITTEN, Channel, Kind, about_conduct
from deskapp.domain.complaints.closing import Position
from deskapp.services.attachments import of_subject
from deskapp.services.complaints.risks import facts_of, risk_file
from deskapp.services.complaints.rows import SIGNATURE, incidents_of, label_of
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import dispatches_of, promises_of
from deskapp.services.complaints.values.parts import (
    call_back_lines,
    clock_lines,
    course_lines,
    department_name,
    dispatch_lines,
    named,
    photo_parts,
    place_text,
    promise_lines,
    sorted_as,
    topic_name,
    why_serious,
)
from deskapp.services.desk import Desk
from deskapp.services.movein.values.parts import staff_name


def complaint_values(session: Session, desk: Desk, row: Ticket, now: datetime) -> paper.Complaint:
    """The record of a ticket as it stands, without the judgements of persons."""
    classes, found = rules(desk).classes, sorted_as(row)
    incident = incidents_of(session, row.estate_id, [row.incident_id]).get(row.incident_id or 0)
    master = session.get(Ticket, (row.estate_id, incident.master_ticket_id)) if incident else None
    grave = master if master is not None and master.serious and not row.serious else row
    return paper.Complaint(
        received_at=row.received_at,
        receiver=row.receiver,
        matter=row.matter,
        ticket=row.number,
        channel=named(classes.channels, row.channel),
        kind=named(classes.kinds, row.kind),
        desk=row.desk,
        caller=row.caller,
        house=label_of(session, row.estate_id, row.house_id),
        phone=row.phone,
        story=row.story,
        against=row.against,
        place=place_text(desk, row),
        event_at=row.event_at,
        wish=row.wish,
        particulars=_particulars(row),
        next_contact_at=row.next_contact,
        next_contact=_next_contact(session, row),
        misconduct=_misconduct(row),
        topic=topic_name(desk, found.topic),
        cause=named(classes.causes, found.cause),
        target=named(classes.targets, found.target or ""),
        nature=named(classes.natures, found.nature or ""),
        grounds=named(classes.grounds, found.grounds or ""),
        written=Channel(row.channel) in WRITTEN,
        serious=grave.serious,
        serious_why=why_serious(desk, grave) if grave.serious else "",
        serious_since=grave.serious_at if grave.serious else None,
        incident=f"{incident.number} {incident.title}" if incident else "",
        households=incident.households if incident else 0,
        agreed_answer=incident.agreed_answer if incident else "",
        clocks=clock_lines(session, desk, row, now),
        promises=promise_lines(session, row),
        dispatches=dispatch_lines(session, desk, row),
        course=course_lines(session, desk, row),
        help=help_part(session, row),
        result=row.result,
        position=row.position if row.position != Position.NONE else "",
        reply=row.reply,
        reply_approved_by=staff_name(session, row.estate_id, row.reply_approved_by),
        call_backs=call_back_lines(session, row),
        closed_at=row.closed_at,
        reopened=row.reopened,
        photos=photo_parts(session, row),
        signatures=(paper.Signature(role="receiver", name=row.receiver), *_signed(session, row)),
    )


def _signed(session: Session, row: Ticket) -> tuple[paper.Signature, ...]:
    """Who complains about staff signs what he says (C3)."""
    found = of_subject(session, row.estate_id, SIGNATURE, row.id)
    return tuple(
        paper.Signature(role="complainant", name=row.caller, signed_at=row.received_at, picture=sha256)
        for sha256 in found[:1]
    )


def _next_contact(session: Session, row: Ticket) -> str:
    """Who does what at the next contact: the promise that falls due with it."""
    promised = next((one for one in promises_of(session, row) if one.due_at == row.next_contact), None)
    return " ".join(filter(None, (promised.who, promised.text))) if promised else ""


PARTICULARS = ("witnesses", "evidence", "loss", "injured", "affected")


def _particulars(row: Ticket) -> str:
    """What only some cases have; witnesses and evidence of a complaint about staff stand with its course."""
    elsewhere = ("witnesses", "evidence") if _misconduct(row) is not None else ()
    told = {key: str(row.details.get(key, "")) for key in PARTICULARS if key not in elsewhere}
    return "；".join(
        on_paper("complaints.paper.particular", name=on_paper(f"complaints.panel.file.{key}"), text=text)
        for key, text in told.items()
        if text
    )


def _misconduct(row: Ticket) -> paper.Misconduct | None:
    """What a complaint about staff adds (C3); without a course told apart the story is it."""
    about_staff = row.kind == Kind.COMPLAINT and about_conduct(row.cause, row.topic)
    course = str(row.details.get("course", "")) or (row.story if about_staff else "")
    if not course:
        return None
    return paper.Misconduct(
        course=course,
        witnesses=str(row.details.get("witnesses", "")),
        evidence=str(row.details.get("evidence", "")),
    )


def help_part(session: Session, row: Ticket) -> paper.HelpRecord | None:
    """Help with a risk, None where none was asked for (C14)."""
    found = risk_file(session, row)
    if found is None:
        return None
    facts = facts_of(found)
    proven = label_of(session, row.estate_id, found.house_id)
    return paper.HelpRecord(
        asked=facts.help.value,
        identity=facts.identity,
        house=" ".join(filter(None, (proven, facts.house))),
        reason=facts.reason,
        tried=tuple(
            paper.CourseLine(at=one.at, text="：".join(filter(None, (one.what, one.result))))
            for one in sorted(facts.tried, key=lambda one: one.at)
        ),
        consent=facts.consent,
        witness=facts.witness,
        decided_by="；".join(filter(None, (found.decider, found.reason))),
        decided_at=found.decided_at,
        risk=facts.risks_told,
        apology=facts.apology,
        follow_up=facts.follow_up,
    )


def feedback_values(session: Session, desk: Desk, row: Ticket) -> paper.ComplaintFeedback:
    """What was done, for the resident to say something to; his word where it is known."""
    sent = [one for one in dispatches_of(session, row) if one.state != "recalled"]
    calls = [one for one in call_back_lines(session, row) if one.grade and one.grade != "not_reached"]
    last = calls[-1] if calls else None
    return paper.ComplaintFeedback(
        ticket=row.number,
        received_at=row.received_at,
        matter=row.matter,
        house=label_of(session, row.estate_id, row.house_id),
        caller=row.caller,
        phone=row.phone,
        department="、".join(dict.fromkeys(department_name(desk, one.department) for one in sent)),
        measure="；".join(dict.fromkeys(one.report for one in sent if one.report)),
        result=row.result,
        done_at=row.settled_at,
        satisfaction=last.grade if last else "",
        opinion=last.opinion if last else "",
    )


def call_back_values(session: Session, row: Ticket) -> paper.CallBackRecord:
    """The call backs of a ticket."""
    lines = call_back_lines(session, row)
    signed = tuple(paper.Signature(role="caller", name=one.asked_by) for one in lines[-1:])
    return paper.CallBackRecord(calls=lines, signatures=signed)
