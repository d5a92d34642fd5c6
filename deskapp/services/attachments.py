"""Photos, scans and signatures: kept by their hash, recognised by their content, never executed (A8)."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused, WorldError
from deskapp.db.base import new_id
from deskapp.db.tables.record import Attachment, AttachmentLink
from deskapp.db.unit import Unit
from deskapp.services.desk import Desk

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
PICTURES = frozenset({"image/png", "image/jpeg"})


def media_type_of(data: bytes) -> str:
    """What the bytes are, whatever their name says; "" for anything that is not kept."""
    return next((media_type for sign, media_type in _SIGNS if data.startswith(sign)), "")


def check(desk: Desk, data: bytes, name: str, *, picture: bool = True) -> str:
    """The media type of an attachment that may be kept.

    Args:
        picture: whether it must be a picture; else a scanned PDF will do too.

    Raises:
        Refused: ``attachment.not_a_picture``, ``attachment.not_known``, ``attachment.too_large``.
    """
    media_type = media_type_of(data)
    if picture and media_type not in PICTURES:
        raise Refused("attachment.not_a_picture", name=name)
    if not media_type:
        raise Refused("attachment.not_known", name=name)
    limits = desk.rules.site.attachments
    limit = limits.photo_mb if media_type in PICTURES else limits.scan_mb
    if len(data) > limit * 1_000_000:
        raise Refused("attachment.too_large", name=name, limit=limit, size=round(len(data) / 1e6, 1))
    return media_type


def keep(
    unit: Unit,
    desk: Desk,
    data: bytes,
    name: str,
    *,
    kind: str,
    subject_id: int,
    house_id: int | None = None,
    picture: bool = True,
) -> str:
    """Keeps an attachment with what it belongs to; the same bytes are kept once.

    Returns:
        Its SHA-256.

    Raises:
        Refused: as `check`; also ``attachment.too_many`` for one thing.
    """
    media_type = check(desk, data, name, picture=picture)
    sha256 = hashlib.sha256(data).hexdigest()
    session = unit.session
    of_subject = select(AttachmentLink.sha256).where(
        AttachmentLink.estate_id == unit.estate_id,
        AttachmentLink.kind == kind,
        AttachmentLink.subject_id == subject_id,
    )
    present = session.scalars(of_subject).all()
    if sha256 in present:
        return sha256
    if len(present) >= desk.rules.site.attachments.per_subject:
        raise Refused("attachment.too_many", limit=desk.rules.site.attachments.per_subject)
    if session.get(Attachment, (unit.estate_id, sha256)) is None:
        session.add(
            Attachment(
                estate_id=unit.estate_id,
                sha256=sha256,
                media_type=media_type,
                size=len(data),
                name=name[:200],
                added_at=unit.now,
                added_by=unit.who.staff_id,
                body=data,
            )
        )
        session.flush()
    session.add(
        AttachmentLink(
            estate_id=unit.estate_id,
            id=new_id(),
            sha256=sha256,
            kind=kind,
            subject_id=subject_id,
            house_id=house_id,
            added_at=unit.now,
        )
    )
    return sha256


def of_subject(session: Session, estate_id: int, kind: str, subject_id: int) -> tuple[str, ...]:
    """The attachments of one thing, in the order they were added."""
    statement = (
        select(AttachmentLink.sha256)
        .where(
            AttachmentLink.estate_id == estate_id,
            AttachmentLink.kind == kind,
            AttachmentLink.subject_id == subject_id,
        )
        .order_by(AttachmentLink.id)
    )
    return tuple(session.scalars(statement))


def body_of(session: Session, estate_id: int, sha256: str) -> bytes:
    """The bytes of an attachment, checked against its hash.

    Raises:
        WorldError: ``attachment.damaged``: it is gone or not what was kept.
    """
    statement = select(Attachment.body).where(Attachment.estate_id == estate_id, Attachment.sha256 == sha256)
    body = session.scalar(statement)
    if body is None or hashlib.sha256(body).hexdigest() != sha256:
        raise WorldError("attachment.damaged", sha256=sha256[:12])
    return body


def load(desk: Desk, sha256: str) -> bytes:
    """The bytes of an attachment; errors as `body_of`."""
    with desk.reading() as session:
        return body_of(session, desk.estate_id, sha256)
