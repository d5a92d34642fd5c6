"""The first rows of a new database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from deskapp.db.audit import START
from deskapp.db.tables.estate import Estate
from deskapp.db.tables.record import AuditHead


def begin_estate(session: Session, estate_id: int, name: str, now: datetime, *, drill: bool) -> None:
    """Adds an estate without houses, and the beginning of its audit chain."""
    session.add(Estate(estate_id=estate_id, name=name, settings={}, drill=drill, created_at=now))
    session.add(AuditHead(estate_id=estate_id, seq=0, hash=START, change_seq=0))
    session.flush()
