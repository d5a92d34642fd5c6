"""The audit chain: each entry holds the hash of the one before, so a change or a gap shows (S3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.later import later

if TYPE_CHECKING:
    from deskapp.db.tables import record
    from deskapp.db.tables.record import AuditEntry, AuditHead
else:
    (record,) = later("deskapp.db.tables", "record")

START = "0" * 64


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and the entry's canonical text."""
    body = [
        entry.previous,
        entry.estate_id,
        entry.seq,
        int(entry.at.timestamp() * 1000),
        entry.staff_id,
        entry.desk,
        entry.act,
        entry.kind,
        entry.subject_id,
        entry.before,
        entry.after,
    ]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locked_head(session: Session, estate_id: int) -> AuditHead:
    """The chain's head, locked until the transaction ends: entries are added one after another."""
    head = session.get(record.AuditHead, estate_id, with_for_update=True, populate_existing=True)
    if head is None:
        head = record.AuditHead(estate_id=estate_id, seq=0, hash=START, change_seq=0)
        session.add(head)
    return head


def add_entry(
    session: Session, head: AuditHead, at: datetime, staff_id: int, desk: str, what: dict[str, Any]
) -> None:
    """Adds one link; ``what`` holds act, kind, subject_id, before and after."""
    entry = record.AuditEntry(
        estate_id=head.estate_id,
        seq=head.seq + 1,
        at=at,
        staff_id=staff_id,
        desk=desk,
        previous=head.hash,
        **what,
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    head.seq, head.hash = entry.seq, entry.hash


def broken_links(session: Session, estate_id: int) -> Iterator[int]:
    """The numbers of the entries that are missing, changed or out of their chain; none if all is well."""
    previous, expected = START, 1
    rows = select(record.AuditEntry).where(record.AuditEntry.estate_id == estate_id)
    for entry in session.scalars(rows.order_by(record.AuditEntry.seq).execution_options(yield_per=1000)):
        if entry.seq != expected or entry.previous != previous or entry.hash != entry_hash(entry):
            yield entry.seq
        previous, expected = entry.hash, entry.seq + 1
    head = session.get(record.AuditHead, estate_id)
    if head is not None and (head.seq != expected - 1 or head.hash != previous):
        yield head.seq
