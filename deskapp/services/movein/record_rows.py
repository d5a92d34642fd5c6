"""The rows behind the six records of a house: finding them, and telling a clerk who came second (M8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document, History
from deskapp.db.tables.stations import (
    Charge,
    Defect,
    Errand,
    Inspection,
    KeyLine,
    MeterReading,
    PaperLine,
    Receipt,
    ReceiptLine,
    Signature,
)
from deskapp.db.unit import Unit
from deskapp.domain.defects import ENDED
from deskapp.domain.inspection import SheetItem, sheet_for
from deskapp.domain.movein.flow import OPEN_STATES, PassState
from deskapp.domain.people import PartyRole
from deskapp.domain.places import PlaceKind
from deskapp.services.desk import Desk
from deskapp.services.movein.rows import last_pass_of

OWNER_SIDE = frozenset(role.value for role in PartyRole)
"""Roles whose signature binds the household."""

PAPER_OF_RECORD: Mapping[str, str] = MappingProxyType(
    {
        "documents": "owner-card",
        "inspection": "inspection",
        "waiver": "inspection",
        "papers": "papers-receipt",
        "keys": "keys-receipt",
    }
)
"""The paper that a signed record becomes. Once it is issued its signatures are used up: a record made
again, after a station was reopened or at a re-inspection, is signed again."""

First = TypeVar("First")
Second = TypeVar("Second")
VersionedRow = TypeVar("VersionedRow", Charge, Defect, Errand, KeyLine)


def pairs(session: Session, statement: Select[First, Second]) -> dict[First, Second]:
    """The rows of a query of two columns as a dict."""
    return {row[0]: row[1] for row in session.execute(statement)}


def open_pass(session: Session, estate_id: int, pass_id: int) -> Pass:
    """The pass of a household that is on its way, held until the transaction ends.

    Two desks that write into the same household's records at once do it one after the other, so that
    findings of different rooms meet on one sheet and no round begins twice.

    Raises:
        Refused: ``movein.no_pass``; ``records.pass_closed`` when the household has left.
    """
    row = session.get(Pass, (estate_id, pass_id), with_for_update=True, populate_existing=True)
    if row is None:
        raise Refused("movein.no_pass")
    if PassState(row.state) not in OPEN_STATES:
        raise Refused("records.pass_closed", number=row.queue_number)
    return row


def seen(session: Session, row: VersionedRow | None, version: int, *kinds: str) -> VersionedRow:
    """The row, if it is there and still as the clerk saw it (design rule 2).

    Args:
        kinds: under which the history of its house tells who changed it.

    Raises:
        Refused: ``records.gone``.
        Conflict: ``records.changed_meanwhile``, with who changed it and where.
    """
    if row is None:
        raise Refused("records.gone")
    if row.version != version:
        statement = (
            select(History)
            .where(
                History.estate_id == row.estate_id,
                History.house_id == row.house_id,
                History.kind.in_(kinds),
            )
            .order_by(History.id.desc())
            .limit(1)
        )
        last = session.scalars(statement).first()
        raise Conflict(
            "records.changed_meanwhile",
            who=last.staff if last else "",
            desk=last.desk if last else "",
            at=f"{last.at:%H:%M}" if last else "",
        )
    return row


def touch_pass(unit: Unit, house_id: int) -> None:
    """Says that what a household's pass may do now has changed, where it has one."""
    row = last_pass_of(unit.session, unit.estate_id, house_id)
    if row is not None:
        unit.touch("pass", row.id)


def rounds_of(session: Session, estate_id: int, house_id: int) -> list[Inspection]:
    """The inspections of a house, the first round first."""
    statement = (
        select(Inspection)
        .where(Inspection.estate_id == estate_id, Inspection.house_id == house_id)
        .order_by(Inspection.round)
    )
    return list(session.scalars(statement))


def sheet_of(desk: Desk, house: House) -> tuple[SheetItem, ...]:
    """The items of a house's inspection sheet (M10)."""
    return sheet_for(house.layout, PlaceKind(house.kind), desk.rules.checklist)


def defects_of(session: Session, estate_id: int, house_id: int) -> list[Defect]:
    """Every defect ever written down of a house, in the order found."""
    statement = (
        select(Defect).where(Defect.estate_id == estate_id, Defect.house_id == house_id).order_by(Defect.id)
    )
    return list(session.scalars(statement))


def open_defects(session: Session, estate_id: int, house_id: int) -> list[Defect]:
    """The defects of a house that are neither repaired and signed for nor withdrawn."""
    return [d for d in defects_of(session, estate_id, house_id) if d.state not in ENDED]


def readings_of(session: Session, estate_id: int, house_id: int) -> list[MeterReading]:
    """All readings of a house, the first first."""
    statement = (
        select(MeterReading)
        .where(MeterReading.estate_id == estate_id, MeterReading.house_id == house_id)
        .order_by(MeterReading.id)
    )
    return list(session.scalars(statement))


def readings_in(session: Session, inspection: Inspection) -> dict[str, MeterReading]:
    """The last reading of each meter made in a round.

    Rows are told apart by their ids, which never run back; a workstation's clock may.
    """
    rounds = rounds_of(session, inspection.estate_id, inspection.house_id)
    begins = inspection.id if inspection.round > 1 else 0
    ends = next((r.id for r in rounds if r.round == inspection.round + 1), None)
    found = readings_of(session, inspection.estate_id, inspection.house_id)
    return {row.meter: row for row in found if row.id > begins and (ends is None or row.id < ends)}


def papers_of(session: Session, estate_id: int, house_id: int) -> list[PaperLine]:
    """The pack of a house in its fixed order."""
    statement = (
        select(PaperLine)
        .where(PaperLine.estate_id == estate_id, PaperLine.house_id == house_id)
        .order_by(PaperLine.rank, PaperLine.id)
    )
    return list(session.scalars(statement))


def charges_of(session: Session, estate_id: int, house_id: int) -> list[Charge]:
    """The charges of a house as they came up, voided ones too."""
    statement = (
        select(Charge).where(Charge.estate_id == estate_id, Charge.house_id == house_id).order_by(Charge.id)
    )
    return list(session.scalars(statement))


def open_amount(charge: Charge) -> Decimal:
    """What is still unpaid of a charge, in yuan."""
    return charge.amount - charge.paid


def receipts_of(session: Session, estate_id: int, house_id: int) -> list[Receipt]:
    """The receipts of a house, the first first."""
    statement = (
        select(Receipt)
        .where(Receipt.estate_id == estate_id, Receipt.house_id == house_id)
        .order_by(Receipt.id)
    )
    return list(session.scalars(statement))


def receipt_lines(session: Session, receipt: Receipt) -> list[ReceiptLine]:
    """How much of a receipt paid which charge."""
    statement = (
        select(ReceiptLine)
        .where(ReceiptLine.estate_id == receipt.estate_id, ReceiptLine.receipt_id == receipt.id)
        .order_by(ReceiptLine.charge_id)
    )
    return list(session.scalars(statement))


def keys_of(session: Session, estate_id: int, house_id: int) -> list[KeyLine]:
    """The keys of a house by kind, in their order."""
    statement = (
        select(KeyLine)
        .where(KeyLine.estate_id == estate_id, KeyLine.house_id == house_id)
        .order_by(KeyLine.rank, KeyLine.id)
    )
    return list(session.scalars(statement))


def errands_of(session: Session, estate_id: int, house_id: int) -> list[Errand]:
    """The errands taken over for a house, the first first."""
    statement = (
        select(Errand).where(Errand.estate_id == estate_id, Errand.house_id == house_id).order_by(Errand.id)
    )
    return list(session.scalars(statement))


def signatures_under(session: Session, row: Pass, record: str) -> list[Signature]:
    """The signatures under a record of a pass that its next paper will carry.

    Those revoked, and those already on an issued paper of the record, are left out.
    """
    statement = (
        select(Signature)
        .where(
            Signature.estate_id == row.estate_id,
            Signature.house_id == row.house_id,
            Signature.record == record,
            Signature.pass_id == row.id,
            Signature.revoked_at.is_(None),
            Signature.id > _last_paper(session, row, record),
        )
        .order_by(Signature.id)
    )
    return list(session.scalars(statement))


def signed_by_household(session: Session, row: Pass, record: str) -> bool:
    """Whether the household has signed a record as it stands now."""
    return any(s.role in OWNER_SIDE for s in signatures_under(session, row, record))


def subject_of(row: Pass) -> str:
    """What the papers of a pass name as their subject."""
    return f"pass:{row.id}"


def _last_paper(session: Session, row: Pass, record: str) -> int:
    form = PAPER_OF_RECORD.get(record)
    if form is None:
        return 0
    statement = select(func.max(Document.id)).where(
        Document.estate_id == row.estate_id,
        Document.house_id == row.house_id,
        Document.form == form,
        Document.subject == subject_of(row),
    )
    return session.scalar(statement) or 0
