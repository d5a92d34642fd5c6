"""Issuing the papers of a ticket or an incident (forms.md; C3, C6, C13, C15, C16, C18)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import Words
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.incidents import Incident, IncidentMessage
from deskapp.db.tables.record import Document
from deskapp.db.unit import Unit
from deskapp.domain.complaints.anonymity import check_bulletin
from deskapp.domain.documents import ComplaintBulletin
from deskapp.domain.staff import Action
from deskapp.services import documents
from deskapp.services.changes import Done
from deskapp.services.complaints.closing import note_written_report
from deskapp.services.complaints.faults import hand_back_fault
from deskapp.services.complaints.incidents import incident_row
from deskapp.services.complaints.matching import tickets_of
from deskapp.services.complaints.rows import payable_text, ticket_row
from deskapp.services.complaints.values import (
    bulletin_values,
    call_back_values,
    complaint_values,
    dispute_values,
    feedback_values,
    loss_values,
    message_values,
    names_and_labels,
    report_values,
)
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.views import DocumentRef

BULLETIN = "complaint-bulletin"
REPORT = "incident-report"
MESSAGE_LIST = "message-list"
CALL_BACK = "call-back"
"""The paper on which a fault that was found goes back to who must mend it (C13)."""

OF_TICKET: Mapping[str, Callable[[Session, Desk, Ticket, Unit], object]] = MappingProxyType(
    {
        "complaint": lambda session, desk, row, unit: complaint_values(session, desk, row, unit.now),
        "complaint-feedback": lambda session, desk, row, _: feedback_values(session, desk, row),
        CALL_BACK: lambda session, _, row, __: call_back_values(session, row),
        "neighbour-dispute": lambda session, desk, row, _: dispute_values(session, desk, row),
    }
)
"""Papers of one ticket, by what makes their values."""

ITEMS = (
    "area", "matter", "handling", "result", "call_back", "advice", "time_limit",
    "receiver", "follower", "responsible",
)  # fmt: skip
"""What a bulletin holds beside the day of receipt: eleven items in all (C15)."""

OF_INCIDENT = (REPORT, "loss-register")
"""Papers of an incident. A serious ticket by itself has its report, too."""


def issue(
    desk: Desk, command_id: str, subject_id: int, form: str, bulletin: ComplaintBulletin | None = None
) -> Done[DocumentRef]:
    """Issues a paper with what is on record now; issued again it is a new one that says what has come since.

    The record of a ticket bears the ticket's own number, a later issue of it the same with ``-2`` and so on:
    there is one number from the counter to the archive.

    Args:
        subject_id: of the ticket or, for a paper of many, of the incident.
        bulletin: as the clerk words it; the proposal (`bulletin_draft`) by itself.

    Raises:
        Refused: ``complaints.no_ticket``, ``complaints.no_incident``, ``complaints.no_dispute``,
            ``complaints.not_called_back``, ``complaints.bulletin_empty`` with the items missing,
            ``complaints.recognisable`` with the item and what shows somebody, ``print.no_form``.
    """
    if form not in OF_TICKET and form not in OF_INCIDENT and form != BULLETIN:
        raise Refused("print.no_form", form=form, forms="、".join((*OF_TICKET, *OF_INCIDENT, BULLETIN)))
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        if unit.answered is None:
            document = _issue(unit, desk, subject_id, form, bulletin)
            unit.answer(document=document.id)
            unit.session.flush()
        else:
            document = unit.session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        return Done(documents.ref(document), changes_of(unit))


def _issue(
    unit: Unit, desk: Desk, subject_id: int, form: str, bulletin: ComplaintBulletin | None
) -> Document:
    session = unit.session
    master, incident = _subject(session, desk, subject_id, form)
    if form == BULLETIN:
        family = _family(session, master, incident)
        values: object = bulletin or bulletin_values(session, desk, family)
        assert isinstance(values, ComplaintBulletin)
        _check(session, family, values)
    elif form == REPORT:
        values = report_values(session, desk, master, incident, unit.now)
    elif form in OF_INCIDENT:
        assert incident is not None
        values = loss_values(session, desk, incident)
    else:
        values = OF_TICKET[form](session, desk, master, unit)
        if form == CALL_BACK and not call_back_values(session, master).calls:
            raise Refused("complaints.not_called_back", number=master.number)
    return _kept(unit, desk, form, values, master, incident)


def issue_message_list(desk: Desk, command_id: str, message_id: int) -> Done[DocumentRef]:
    """One message as a list to call or walk through; that phones were printed whole is in the audit trail.

    Raises:
        Refused: ``complaints.no_message``, ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_REVEAL)
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        if unit.answered is None:
            message = unit.session.get(IncidentMessage, (desk.estate_id, message_id))
            if message is None:
                raise Refused("complaints.no_message")
            incident = incident_row(unit.session, desk.estate_id, message.incident_id)
            master = ticket_row(unit.session, desk.estate_id, incident.master_ticket_id)
            values = message_values(unit.session, incident, message)
            document = _kept(unit, desk, MESSAGE_LIST, values, master, incident)
            seen = {"number": incident.number, "households": values.counted}
            unit.audit("complaints.phones_printed", "incident", incident.id, {}, seen)
            unit.answer(document=document.id)
            unit.session.flush()
        else:
            document = unit.session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
        return Done(documents.ref(document), changes_of(unit))


def _subject(session: Session, desk: Desk, subject_id: int, form: str) -> tuple[Ticket, Incident | None]:
    """The ticket that a paper is about, for a paper of many the incident with its master.

    Raises:
        Refused: ``complaints.no_ticket``, ``complaints.no_incident``.
    """
    incident = session.get(Incident, (desk.estate_id, subject_id))
    if incident is None:
        row = ticket_row(session, desk.estate_id, subject_id)
        if form in OF_TICKET or row.incident_id is None:
            if form == "loss-register":
                raise Refused("complaints.no_incident")
            return row, None
        if form == BULLETIN:
            return row, None
        incident = incident_row(session, desk.estate_id, row.incident_id)
    elif form in OF_TICKET:
        raise Refused("complaints.no_ticket")
    return ticket_row(session, desk.estate_id, incident.master_ticket_id), incident


def _family(session: Session, master: Ticket, incident: Incident | None) -> Sequence[Ticket]:
    """The tickets of a case, its master first."""
    if incident is None:
        return (master,)
    return (master, *(one for one in tickets_of(session, incident) if one.id != master.id))


def _check(session: Session, family: Sequence[Ticket], values: ComplaintBulletin) -> None:
    """Whether a bulletin is whole and shows nobody (C15)."""
    empty = [item for item in ITEMS if not payable_text(getattr(values, item))]
    if empty:
        raise Refused(
            "complaints.bulletin_empty", item=Words(f"complaints.bulletin.{item}" for item in empty)
        )
    names, labels = names_and_labels(session, family)
    check_bulletin(values, names, labels)


def _kept(
    unit: Unit, desk: Desk, form: str, values: object, master: Ticket, incident: Incident | None
) -> Document:
    """Freezes the paper and writes its issue down; the report of a serious case is one of its duties (C6)."""
    subject = f"incident:{incident.id}" if incident is not None else f"ticket:{master.id}"
    house_id = None if incident is not None or form == BULLETIN else master.house_id
    number = _number(unit, master) if form == "complaint" else ""
    document = documents.issue(unit, desk, form, values, house_id=house_id, subject=subject, number=number)
    if form == CALL_BACK:
        hand_back_fault(unit, master)
    if form == REPORT:
        note_written_report(unit, master, document.number)
    data = {"number": document.number, "form": form}
    unit.record("document.issued", "document", document.id, house_id=house_id, data=data)
    unit.touch("ticket", master.id)
    if incident is not None:
        unit.touch("incident", incident.id)
    return document


def _number(unit: Unit, row: Ticket) -> str:
    """The ticket's own number, and for each later issue of its record the next after it."""
    locked = select(Ticket.id).where(Ticket.estate_id == row.estate_id, Ticket.id == row.id)
    unit.session.execute(locked.with_for_update())  # two desks at once get two numbers
    issued = select(func.count()).where(
        Document.estate_id == row.estate_id,
        Document.subject == f"ticket:{row.id}",
        Document.form == "complaint",
    )
    before = unit.session.scalar(issued) or 0
    return f"{row.number}-{before + 1}" if before else row.number


def bulletin_draft(desk: Desk, subject_id: int) -> ComplaintBulletin:
    """The bulletin as it is proposed for a ticket or an incident; the clerk words it before it is issued.

    Raises:
        Refused: ``complaints.no_ticket``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        master, incident = _subject(session, desk, subject_id, BULLETIN)
        return bulletin_values(session, desk, _family(session, master, incident))
