"""Issued documents: frozen with their number first, printed second, never deleted (design rule 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.assets import Assets
from deskapp.base.errors import Refused, WorldError
from deskapp.base.i18n import has_text, say
from deskapp.db.base import new_id
from deskapp.db.tables.record import Attachment, Document
from deskapp.db.unit import Unit
from deskapp.domain.staff import Action
from deskapp.services.attachments import body_of
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.views import Approval, DocumentRef
from deskapp.services.residents.index import add_document
from deskapp.services.staff import approve

# `domain.documents` holds the types of every form and is imported where a paper is made: a window that
# only lists papers opens sooner without it.
if TYPE_CHECKING:
    from deskapp.domain.documents import Record
    from deskapp.pdf import Forms


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document ready for paper.

    Attributes:
        reprint: 0 for the original, 1 for the first 补打, and so on.
        missing: code points that no font has, such as ``U+30EDD``; each stands in a visible box.
        damaged: hashes of pictures that are gone or unreadable; each leaves a box that says so.
    """

    number: str
    form: str
    pdf: bytes
    pages: int
    sha256: str
    reprint: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


@lru_cache(maxsize=4)
def _forms_of(assets: Assets) -> Forms:
    from deskapp.pdf import load_forms  # no paper is needed to open the window

    return load_forms(assets)


def forms(desk: Desk) -> Forms:
    """The forms in force by code, each read when it is first used; a broken one stops no other."""
    return _forms_of(desk.assets)


def form_name(form: str) -> str:
    """What a form is called in the language shown; a form of the site's own names itself."""
    key = f"paper.form.{form}"
    return say(key) if has_text(key) else form


def issue(
    unit: Unit,
    desk: Desk,
    form: str,
    values: object,
    *,
    house_id: int | None = None,
    subject: str = "",
    number: str = "",
) -> Document:
    """Freezes a document and gives it its number, in the transaction of the act it belongs to.

    Args:
        form: code of the form; ``values`` is an instance of its value type.
        subject: what it is about beside the house, ``kind:id``.
        number: that of the thing it records, where it has one of the form's series; a new one by itself.
    """
    layout = forms(desk)[form]
    if not number:
        number = unit.number(layout.series) if layout.series else f"{form}-{unit.count(form):06d}"
    company = desk.rules.site.company
    from deskapp.domain.documents import Issue, Record, digest, freeze

    heading = Issue(
        estate=desk.estate_name,
        company=company.name,
        form=form,
        form_version=layout.version,
        number=number if layout.series else "",
        issued_at=unit.now,
        issuer=unit.who.name,
        drill=desk.drill,
        legal_person=company.legal_person,
        contact=" ".join(text for text in (company.phone, company.address) if text),
    )
    record = Record(heading, values)
    row = Document(
        estate_id=unit.estate_id,
        id=new_id(),
        form=form,
        form_version=layout.version,
        number=number,
        house_id=house_id,
        subject=subject,
        values={"issue": freeze(heading), "values": freeze(values)},
        sha256=digest(record),
        issued_at=unit.now,
        issuer_id=unit.who.staff_id,
        issuer=unit.who.name,
        desk=unit.who.desk,
        drill=desk.drill,
    )
    unit.session.add(row)
    unit.touch("document", row.id)
    if house_id is not None:
        add_document(unit, house_id, number)
    return row


def ref(row: Document) -> DocumentRef:
    """A document as lists show it."""
    return DocumentRef(row.form, row.number, row.issued_at, row.issuer, row.prints, row.voided_at is not None)


def record_of(row: Document) -> Record:
    """The record that was frozen, checked against its digest.

    Raises:
        WorldError: ``document.damaged``: the row is not what was issued.
    """
    from deskapp.domain.documents import Record, digest, from_json, thaw_issue

    try:
        record = Record(thaw_issue(row.values["issue"]), from_json(row.form, row.values["values"]))
    except (KeyError, ValueError) as error:
        raise WorldError("document.damaged", number=row.number) from error
    if digest(record) != row.sha256:
        raise WorldError("document.damaged", number=row.number)
    return record


def preview(desk: Desk, number: str) -> PrintJob:
    """The document as it would print now, without counting a print.

    Raises:
        Refused: ``document.unknown``.
    """
    with desk.reading() as session:
        row = _row(session, desk, number)
        return _job(session, desk, row, max(row.prints, 0))


def printed(desk: Desk, command_id: str, number: str, parts: tuple[str, ...] = ()) -> Done[PrintJob]:
    """The document for paper, counted: the first print is the original, later ones say 补打.

    The print is counted before the printer is asked: a reprint too many is harmless, an unmarked second
    original is not (L1, Z23).
    """
    desk.require(Action.DOCUMENTS_ISSUE)
    with desk.unit(Action.DOCUMENTS_ISSUE, command_id) as unit:
        row = _row(unit.session, desk, number)
        if unit.answered is None:
            if row.prints:
                desk.require(Action.DOCUMENTS_REPRINT)
            reprint = row.prints
            row.prints += 1
            act = "document.reprinted" if reprint else "document.printed"
            data = {"number": row.number, "form": row.form, "reprint": reprint}
            unit.record(act, "document", row.id, house_id=row.house_id, data=data)
            unit.answer(reprint=reprint)
        else:
            reprint = int(unit.answered["reprint"])
    with desk.reading() as session:
        job = _job(session, desk, _row(session, desk, number), reprint, parts)
    return Done(job, changes_of(unit))


def void(desk: Desk, command_id: str, number: str, approval: Approval) -> Done[DocumentRef]:
    """Voids a document with the supervisor's reason; its number is not used again.

    Receipts are voided through the fees, because money goes back with them.

    Raises:
        Refused: ``document.unknown``, ``document.voided_already``, ``document.void_by_fees``.
    """
    supervisor = approve(desk, approval, Action.DOCUMENTS_VOID)
    with desk.unit(Action.DOCUMENTS_ISSUE, command_id) as unit:
        row = _row(unit.session, desk, number)
        if row.form == "fee-receipt":
            raise Refused("document.void_by_fees", number=number)
        if unit.answered is None:
            void_row(unit, row, approval.reason, supervisor)
            data = {"number": row.number, "form": row.form, "reason": approval.reason}
            unit.record("document.voided", "document", row.id, house_id=row.house_id, data=data)
        return Done(ref(row), changes_of(unit))


def void_row(unit: Unit, row: Document, reason: str, supervisor_id: int) -> None:
    """Marks a document void within a unit that records the act.

    Raises:
        Refused: ``document.voided_already``.
    """
    if row.voided_at is not None:
        raise Refused("document.voided_already", number=row.number)
    row.voided_at, row.voided_by, row.void_reason = unit.now, supervisor_id, reason
    unit.touch("document", row.id)


# Only what lists show: the frozen values of a paper are much larger than its heading.
_HEADINGS = select(
    Document.form,
    Document.number,
    Document.issued_at,
    Document.issuer,
    Document.prints,
    Document.voided_at,
).where(Document.estate_id == bindparam("estate_id"))
_OF_HOUSE = _HEADINGS.where(Document.house_id == bindparam("house_id")).order_by(
    Document.issued_at.desc(), Document.id.desc()
)
_ABOUT = _HEADINGS.where(Document.subject == bindparam("subject")).order_by(Document.issued_at, Document.id)


def _refs(session: Session, headings: Executable, values: dict[str, Any]) -> tuple[DocumentRef, ...]:
    return tuple(
        DocumentRef(row.form, row.number, row.issued_at, row.issuer, row.prints, row.voided_at is not None)
        for row in session.execute(headings, values)
    )


def documents_of(session: Session, estate_id: int, house_id: int) -> tuple[DocumentRef, ...]:
    """The documents of a house, the newest first."""
    return _refs(session, _OF_HOUSE, {"estate_id": estate_id, "house_id": house_id})


def of_subject(session: Session, estate_id: int, house_id: int, subject: str) -> Iterator[Document]:
    """The documents of one pass, receipt or errand of a house, the oldest first."""
    statement = (
        select(Document)
        .where(Document.estate_id == estate_id, Document.house_id == house_id, Document.subject == subject)
        .order_by(Document.id)
    )
    yield from session.scalars(statement)


def documents_about(session: Session, estate_id: int, subject: str) -> tuple[DocumentRef, ...]:
    """The documents of one thing, of any house or none, the oldest first.

    Args:
        subject: ``kind:id``, as `issue` was told.
    """
    return _refs(session, _ABOUT, {"estate_id": estate_id, "subject": subject})


def issued_since(desk: Desk, form: str, since: datetime) -> tuple[DocumentRef, ...]:
    """The documents of a form issued since a moment, the newest first."""
    statement = (
        select(Document)
        .where(Document.estate_id == desk.estate_id, Document.form == form, Document.issued_at >= since)
        .order_by(Document.issued_at.desc())
    )
    with desk.reading() as session:
        return tuple(ref(row) for row in session.scalars(statement))


def _row(session: Session, desk: Desk, number: str) -> Document:
    statement = select(Document).where(
        Document.estate_id == desk.estate_id, Document.number == number.strip()
    )
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise Refused("document.unknown", number=number)
    return row


def _job(session: Session, desk: Desk, row: Document, reprint: int, parts: tuple[str, ...] = ()) -> PrintJob:
    from deskapp.domain.documents import Copy
    from deskapp.pdf import form_for
    from deskapp.pdf.render import render

    record = record_of(row)
    because = (row.void_reason or None) if row.voided_at is not None else None
    copy = Copy(reprint=reprint, voided_because=because, parts=parts)
    pictures = {sha: body_of(session, desk.estate_id, sha) for sha in _pictures_in(session, desk, row)}
    made = render(form_for(forms(desk), record), record, copy, pictures)
    return PrintJob(
        row.number, row.form, made.pdf, made.pages, row.sha256, reprint, made.missing, made.damaged
    )


def _pictures_in(session: Session, desk: Desk, row: Document) -> set[str]:
    named = {text for text in _texts(row.values["values"]) if len(text) == 64}
    if not named:
        return named
    statement = select(Attachment.sha256).where(
        Attachment.estate_id == desk.estate_id, Attachment.sha256.in_(named)
    )
    return set(session.scalars(statement))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for item in data.values():
            yield from _texts(item)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)
