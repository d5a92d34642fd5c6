"""A paper asked for by its form, away from the station it belongs to: at the command line, in the archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.domain.documents import FORMS
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints import papers
from deskapp.services.complaints.monthpaper import FORM as MONTH
from deskapp.services.complaints.monthpaper import issue_month
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.day_end import issue_day_end
from deskapp.services.movein.record_rows import subject_of
from deskapp.services.movein.register import issue_register
from deskapp.services.movein.rows import house_row, last_pass_of
from deskapp.services.movein.values import (
    early_notice_values,
    notice_values,
    owner_card_values,
    pass_values,
)
from deskapp.services.movein.views import DocumentRef

ANEW: Mapping[str, Callable[[Session, Desk, Pass], object]] = MappingProxyType(
    {"movein-notice": notice_values, "owner-card": owner_card_values, "pass": pass_values}
)
"""Forms that may be issued whenever they are asked for; the others come out of the act they record."""

NOTICE = "movein-notice"
"""May be asked for before the household comes: a notice that got lost in the post (M6 ①)."""

OF_TICKET = (*papers.OF_TICKET, *papers.OF_INCIDENT, papers.BULLETIN)
"""Forms of the newest ticket of a house, or of its incident."""

OF_ESTATE = ("day-end", "defect-register", MONTH)
"""Forms of the estate, not of a house."""


def paper(
    desk: Desk, command_id: str, form: str, *, house_id: int | None = None, day: date | None = None
) -> Done[DocumentRef]:
    """The document of a form: issued now, or the last one issued where an act issues it.

    Args:
        house_id: needed by every form of a house.
        day: of the ``day-end`` report, or in the month of the analysis; None for today.

    Raises:
        Refused: ``print.no_form``, ``print.household_needed``, ``print.no_pass``, ``print.no_ticket``,
            ``print.not_issued``; what the paper of a ticket lacks, as `complaints.papers.issue`.
    """
    if form not in FORMS:
        raise Refused("print.no_form", form=form, forms="、".join(FORMS))
    if form == "day-end":
        return issue_day_end(desk, command_id, day or day_of(desk.now()), {})
    if form == "defect-register":
        return issue_register(desk, command_id)
    if form == MONTH:
        return issue_month(desk, command_id, day or day_of(desk.now()))
    if house_id is None:
        raise Refused("print.household_needed", form=form)
    if form in OF_TICKET:
        return papers.issue(desk, command_id, _newest_ticket(desk, house_id), form)
    if form in ANEW:
        return _anew(desk, command_id, form, house_id)
    return Done(_last(desk, form, house_id))


def _anew(desk: Desk, command_id: str, form: str, house_id: int) -> Done[DocumentRef]:
    with desk.unit(Action.DOCUMENTS_ISSUE, command_id) as unit:
        if unit.answered is not None:
            again = unit.session.get_one(Document, (desk.estate_id, int(unit.answered["document"])))
            return Done(ref(again))
        house = house_row(unit.session, desk.estate_id, house_id)
        row = last_pass_of(unit.session, desk.estate_id, house_id)
        early = early_notice_values(unit.session, desk, house) if form == NOTICE and row is None else None
        if row is None and early is None:
            raise Refused("print.no_pass", label=house.label)
        values = ANEW[form](unit.session, desk, row) if row is not None else early
        subject = subject_of(row) if row is not None else f"house:{house_id}"
        document = issue(unit, desk, form, values, house_id=house_id, subject=subject)
        data = {"number": document.number, "form": form}
        unit.record("document.issued", "document", document.id, house_id=house_id, data=data)
        unit.answer(document=document.id)
        return Done(ref(document), changes_of(unit))


def _newest_ticket(desk: Desk, house_id: int) -> int:
    with desk.reading() as session:
        house = house_row(session, desk.estate_id, house_id)
        statement = (
            select(Ticket.id)
            .where(Ticket.estate_id == desk.estate_id, Ticket.house_id == house_id)
            .order_by(Ticket.received_at.desc(), Ticket.id.desc())
            .limit(1)
        )
        found = session.scalars(statement).first()
    if found is None:
        raise Refused("print.no_ticket", label=house.label)
    return found


def _last(desk: Desk, form: str, house_id: int) -> DocumentRef:
    with desk.reading() as session:
        house = house_row(session, desk.estate_id, house_id)
        statement = (
            select(Document)
            .where(
                Document.estate_id == desk.estate_id,
                Document.house_id == house_id,
                Document.form == form,
                Document.voided_at.is_(None),
            )
            .order_by(Document.issued_at.desc(), Document.id.desc())
            .limit(1)
        )
        row = session.scalars(statement).first()
        if row is None:
            raise Refused("print.not_issued", form=form, label=house.label)
        return ref(row)
