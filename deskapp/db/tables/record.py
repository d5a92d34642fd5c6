"""What is kept of every act: documents, numbers, history, audit, changes, attachments (rules 2, 3)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Base, Blank, Code, Nobody, Row, Short


class Document(Row):
    """A document as it was issued; its PDF is made from this row, today or in ten years (rule 3).

    Attributes:
        form, form_version: which form, in which version of it.
        number: of its series (``SJ-2026-000001``), or ``<form>-<id>`` where forms.md gives it no series.
        values: the typed document value as JSON, frozen at issue.
        sha256: of the canonical JSON.
        subject: what it is about beside the house: pass, receipt, errand … (``kind:id``).
        prints: times it was printed; the first is the original, later ones say 补打.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("estate_id", "number"),
        Index(None, "estate_id", "house_id"),
        Index(None, "estate_id", "form", "issued_at"),
        Index(None, "estate_id", "subject"),
    )
    form: Mapped[Code]
    form_version: Mapped[int]
    number: Mapped[Short]
    house_id: Mapped[int | None]
    subject: Mapped[Blank]
    values: Mapped[dict[str, Any]]
    sha256: Mapped[Short]
    issued_at: Mapped[datetime]
    issuer_id: Mapped[int]
    issuer: Mapped[Short]
    desk: Mapped[Blank]
    drill: Mapped[bool]
    prints: Mapped[int] = mapped_column(default=0)
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[Nobody]
    void_reason: Mapped[Blank]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class NumberSeries(Base):
    """The last number given of a series; taken in the transaction that uses it, so no gap can be."""

    __tablename__ = "number_series"
    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class History(Row):
    """One user action on one thing: who, when, where, what it changed (rule 2).

    Attributes:
        kind, subject_id: the thing, such as ``pass`` and its id.
        house_id: whose time line it stands on (A1), None for none.
        act: dotted code, its sentence in the translations under ``history.``.
        data: values for that sentence and the fields changed.
    """

    __tablename__ = "history"
    __table_args__ = (
        Index(None, "estate_id", "kind", "subject_id"),
        Index(None, "estate_id", "house_id", "at"),
    )
    at: Mapped[datetime]
    kind: Mapped[Code]
    subject_id: Mapped[int]
    house_id: Mapped[int | None]
    staff_id: Mapped[int]
    staff: Mapped[Short]
    desk: Mapped[Blank]
    act: Mapped[Code]
    data: Mapped[dict[str, Any]]
    command_id: Mapped[Short]


class AuditEntry(Base):
    """One link of the audit chain: who, when, where, what, before and after (S3).

    Attributes:
        seq: 1, 2, 3 … without gaps.
        hash: SHA-256 over the previous hash and this entry's canonical text.
    """

    __tablename__ = "audit_entry"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    staff_id: Mapped[int]
    desk: Mapped[Blank]
    act: Mapped[Code]
    kind: Mapped[Code]
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    previous: Mapped[Short]
    hash: Mapped[Short]


class AuditHead(Base):
    """The chain's last link and the feed's last number, locked while new ones are added."""

    __tablename__ = "audit_head"
    seq: Mapped[int]
    hash: Mapped[Short]
    change_seq: Mapped[int]


class Change(Base):
    """One thing that changed, for other windows and workstations (the change feed)."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "estate_id", "at"),)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Code]
    subject_id: Mapped[int]
    at: Mapped[datetime]
    origin: Mapped[Short]


class Command(Base):
    """A command already carried out and what it answered, so that a repeated one does nothing (rule 2)."""

    __tablename__ = "command"
    command_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Code]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Attachment(Base):
    """A photo, scan or signature, known by its hash; never executed (A8).

    Attributes:
        media_type: found from the content, never believed from a name.
        size: bytes.
    """

    __tablename__ = "attachment"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[Code]
    size: Mapped[int]
    name: Mapped[Short]
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    body: Mapped[bytes] = mapped_column(deferred=True)


class AttachmentLink(Row):
    """What an attachment belongs to."""

    __tablename__ = "attachment_link"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "sha256"], ["attachment.estate_id", "attachment.sha256"]),
        Index(None, "estate_id", "kind", "subject_id"),
    )
    sha256: Mapped[str]
    kind: Mapped[Code]
    subject_id: Mapped[int]
    house_id: Mapped[int | None]
    added_at: Mapped[datetime]
