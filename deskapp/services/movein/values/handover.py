"""房屋交接回执: the whole way of a household on one paper (M8)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.db.tables import movein, record, stations
from deskapp.domain import documents as paper
from deskapp.domain.fees import ChargeState
from deskapp.domain.papers import PaperState
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import (
    OWNER_SIDE,
    charges_of,
    errands_of,
    keys_of,
    open_amount,
    open_defects,
    papers_of,
    readings_of,
    receipts_of,
    signatures_under,
)
from deskapp.services.movein.rows import batch_of, house_row, visits_of
from deskapp.services.movein.values.inspection import defect_lines
from deskapp.services.movein.values.parts import (
    attendee_part,
    fee_part,
    house_part,
    key_parts,
    meter_parts,
    override_parts,
    owner_names,
    paper_parts,
    paper_title,
    reservation_parts,
    signature_parts,
)
from deskapp.services.movein.values.receipts import NONE

RECORDS = (
    ("owner-card", "documents"),
    ("inspection", "inspection"),
    ("papers-receipt", "papers"),
    ("fee-receipt", "fees"),
    ("keys-receipt", "keys"),
    ("errand", ""),
)
"""The six records of M8: form of its paper, and the station that makes it."""


def handover_values(session: Session, desk: Desk, row: movein.Pass) -> paper.Handover:
    """The receipt, made when the keys change hands; the papers of the way are issued before it."""
    estate_id, house_id = row.estate_id, row.house_id
    batch = batch_of(session, row)
    charges = [c for c in charges_of(session, estate_id, house_id) if c.state != ChargeState.VOID]
    later = [c for c in charges if c.state in (ChargeState.DEFERRED, ChargeState.DUE, ChargeState.DISPUTED)]
    pack = papers_of(session, estate_id, house_id)
    short = [line for line in pack if line.state == PaperState.SHORT]
    return paper.Handover(
        house=house_part(house_row(session, estate_id, house_id)),
        owners=owner_names(session, estate_id, house_id),
        receiver=attendee_part(session, row),
        handed_over_at=row.finished_at or row.since,
        batch=batch.name if batch else "",
        pass_number=row.number,
        records=tuple(_records(session, row)),
        meters=meter_parts({r.meter: r for r in readings_of(session, estate_id, house_id)}),
        keys=key_parts(keys_of(session, estate_id, house_id), desk.rules.keys, NONE),
        papers_short=paper_parts(short, desk.rules.papers),
        fees=tuple(fee_part(charge) for charge in charges),
        total=sum((c.paid for c in charges), Decimal("0.00")),
        deferred=sum((open_amount(c) for c in later), Decimal("0.00")) or None,
        open_defects=defect_lines(session, desk, open_defects(session, estate_id, house_id)),
        reservations=reservation_parts(row),
        overrides=override_parts(session, row),
        signatures=signature_parts(signatures_under(session, row, "handover")),
    )


def _records(session: Session, row: movein.Pass) -> Iterator[paper.SignedRecord]:
    """The six records: each with the number of its paper, and who signed it when."""
    outcomes = {v.station: v.outcome for v in visits_of(session, row) if v.outcome}
    for form, station in RECORDS:
        found = _documents(session, row, form)
        if not found:
            yield paper.SignedRecord(title=paper_title(form), outcome=outcomes.get(station, ""))
        for document in found:
            yield _record(session, row, document, station, outcomes.get(station, ""))


def _record(
    session: Session, row: movein.Pass, document: record.Document, station: str, outcome: str
) -> paper.SignedRecord:
    signature = _signature(session, row, station) if station else None
    without_series = document.number.startswith(f"{document.form}-")
    return paper.SignedRecord(
        title=paper_title(document.form),
        number="" if without_series else document.number,
        outcome=outcome,
        signed_by=signature.name if signature else "",
        means=("screen" if signature.method == "screen" else "paper") if signature else "",
        at=signature.signed_at if signature else document.issued_at,
    )


def _documents(session: Session, row: movein.Pass, form: str) -> list[record.Document]:
    """The standing papers of a form for this house: all receipts and errands, of the others the last."""
    statement = (
        select(record.Document)
        .where(
            record.Document.estate_id == row.estate_id,
            record.Document.house_id == row.house_id,
            record.Document.form == form,
            record.Document.voided_at.is_(None),
        )
        .order_by(record.Document.id)
    )
    found = list(session.scalars(statement))
    if form == "errand":
        numbers = {errand.number for errand in errands_of(session, row.estate_id, row.house_id)}
        return [document for document in found if document.number in numbers]
    if form == "fee-receipt":
        standing = {
            r.number for r in receipts_of(session, row.estate_id, row.house_id) if r.voided_at is None
        }
        return [document for document in found if document.number in standing]
    return found[-1:]


def _signature(session: Session, row: movein.Pass, station: str) -> stations.Signature | None:
    records = (station, "waiver") if station == "inspection" else (station,)
    signature = stations.Signature
    statement = (
        select(signature)
        .where(
            signature.estate_id == row.estate_id,
            signature.house_id == row.house_id,
            signature.record.in_(records),
            signature.pass_id == row.id,
            signature.role.in_(sorted(OWNER_SIDE)),
            signature.revoked_at.is_(None),
        )
        .order_by(signature.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()
