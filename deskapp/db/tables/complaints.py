"""Tickets: one number for what a person brought to the desk, its clocks, promises and contacts (C1-C7)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Base, Blank, Code, Nobody, Row, Short


class Ticket(Row):
    """One complaint, repair, help, enquiry, suggestion or praise (C1, C3, C4).

    Attributes:
        number: of the series TS; the one number of the whole way.
        house_id, person_id: None for anonymous callers and people from outside.
        caller, phone: as given; the phone in its normal writing.
        place: code of `domain.complaints.classes.Place`; place_text: in words.
        details: what only some tickets have: witnesses, evidence, course of events, a signature (C3).
        facts: what decides severity, by the names of `domain.complaints.severity.Facts`.
        receiver_id: who asked first and stays responsible (C12); owner_id: who looks after it now.
        serious_why: codes of the criteria that hold; serious_reason: a person's own words (C5).
        position: code of `domain.complaints.closing.Position`.
        reply_approved_by: the supervisor who approved the reply to a written complaint (C3).
        named_person: of a serious case (C6); report_number: its written report.
        follows_id: the earlier ticket of the same household on the same matter.
        judgement: what is thought of the person: supervisors' eyes only, never printed (C4).
        open: neither closed nor withdrawn; a merged ticket is open as long as its master.
        next_contact: when the person hears from us next; every contact sets it (C7).
    """

    __tablename__ = "ticket"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        UniqueConstraint("estate_id", "number"),
        Index(None, "estate_id", "house_id", "received_at"),
        Index(None, "estate_id", "open", "received_at"),
        Index(None, "estate_id", "received_at"),
        Index(None, "estate_id", "incident_id"),
        Index(None, "estate_id", "next_contact"),
        Index(None, "estate_id", "closed_at"),
    )
    number: Mapped[Short]
    kind: Mapped[Code]
    channel: Mapped[Code]
    house_id: Mapped[int | None]
    person_id: Mapped[int | None]
    caller: Mapped[Short]
    phone: Mapped[Short]
    matter: Mapped[Short]
    story: Mapped[Blank]
    against: Mapped[Blank]
    place: Mapped[Blank]
    place_text: Mapped[Blank]
    topic: Mapped[Blank]
    cause: Mapped[Blank]
    target: Mapped[Blank]
    nature: Mapped[Blank]
    grounds: Mapped[Blank]
    wish: Mapped[Blank]
    details: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    event_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    receiver_id: Mapped[int]
    receiver: Mapped[Short]
    desk: Mapped[Blank]
    owner_id: Mapped[Nobody]
    state: Mapped[Code]
    open: Mapped[bool]
    serious: Mapped[bool]
    serious_at: Mapped[datetime | None]
    serious_why: Mapped[list[Any]]
    serious_reason: Mapped[Blank]
    serious_by: Mapped[Nobody]
    mood_before: Mapped[Blank]
    mood_after: Mapped[Blank]
    incident_id: Mapped[int | None]
    follows_id: Mapped[int | None]
    result: Mapped[Blank]
    position: Mapped[Blank]
    reply: Mapped[Blank]
    reply_approved_by: Mapped[Nobody]
    named_person: Mapped[Blank]
    report_number: Mapped[Blank]
    first_reply_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reopened: Mapped[int]
    reopened_at: Mapped[datetime | None]
    next_contact: Mapped[datetime | None]
    judgement: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


def _of_ticket() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["estate_id", "ticket_id"], ["ticket.estate_id", "ticket.id"])


class TicketKey(Base):
    """What an open ticket is found by as similar: equality on the key, the newest of each first (C11)."""

    __tablename__ = "ticket_key"
    __table_args__ = (_of_ticket(), Index(None, "estate_id", "ticket_id"), {"sqlite_with_rowid": False})
    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class TicketClock(Row):
    """One clock of a ticket (C6).

    Attributes:
        rule: code of ``resources/rules/clocks.toml``.
        due_at: as it stands without the wait that lasts, so that a list needs no recounting.
        running: neither met nor dropped; ``waiting``: it stands still.
        met_at: when what it waits for came to pass. dropped_at: it no longer applies (sorted differently).
    """

    __tablename__ = "ticket_clock"
    __table_args__ = (
        _of_ticket(),
        Index(None, "estate_id", "ticket_id"),
        Index(None, "estate_id", "running", "due_at"),
    )
    ticket_id: Mapped[int]
    rule: Mapped[Code]
    began_at: Mapped[datetime]
    due_at: Mapped[datetime]
    provisional: Mapped[bool]
    running: Mapped[bool]
    waiting: Mapped[bool]
    met_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class TicketWait(Row):
    """A stretch in which a case waits for somebody else, with its cause (L10)."""

    __tablename__ = "ticket_wait"
    __table_args__ = (_of_ticket(), Index(None, "estate_id", "ticket_id"))
    ticket_id: Mapped[int]
    cause: Mapped[Code]
    note: Mapped[Blank]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    staff_id: Mapped[int]


class Promise(Row):
    """What was promised at the counter: who does what until when (C7).

    Attributes:
        who: the person or department that will do it; owner_id: who at the desk sees to it.
        otherwise: what happens if it fails. state: code of `domain.complaints.promises.PromiseState`.
    """

    __tablename__ = "ticket_promise"
    __table_args__ = (
        _of_ticket(),
        Index(None, "estate_id", "ticket_id"),
        Index(None, "estate_id", "state", "due_at"),
    )
    ticket_id: Mapped[int]
    text: Mapped[Blank]
    who: Mapped[Short]
    owner_id: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[Short]
    due_at: Mapped[datetime]
    state: Mapped[Code]
    ended_at: Mapped[datetime | None]
    otherwise: Mapped[Blank]
    reason: Mapped[Blank]


class Contact(Row):
    """One talk, call or letter with the person; sets the next one (C7)."""

    __tablename__ = "ticket_contact"
    __table_args__ = (_of_ticket(), Index(None, "estate_id", "ticket_id"))
    ticket_id: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[Code]
    text: Mapped[Blank]
    next_at: Mapped[datetime | None]
    staff_id: Mapped[int]
    staff: Mapped[Short]


class ScriptRun(Row):
    """One talk led by a script, as `domain.complaints.session` keeps it; mood and time in each step (C8)."""

    __tablename__ = "ticket_script"
    __table_args__ = (_of_ticket(), Index(None, "estate_id", "ticket_id"))
    ticket_id: Mapped[int]
    kept_at: Mapped[datetime]
    staff_id: Mapped[int]
    script: Mapped[Code]
    talk: Mapped[dict[str, Any]]


class TicketAlarm(Row):
    """Somebody who must know, and whether he does (C6, C12, L11, Z8). Never deleted.

    Attributes:
        post: to whom: code of `domain.complaints.departments.Post`, with the department for its head.
        reason: serious, dispatch_overdue, clock_overdue …; subject_id: the clock, dispatch or promise.
        due_at: the time that was missed, or since when it is serious; deferred and late again is told again.
        at_once: not kept for the next digest.
        told_at: when he was told: by his own look, or by a colleague's call, with whom and how.
        seen_at: when he saw it himself; what a colleague says never takes it from his list (Z8).
    """

    __tablename__ = "ticket_alarm"
    __table_args__ = (
        _of_ticket(),
        UniqueConstraint("estate_id", "ticket_id", "post", "reason", "subject_id", "due_at"),
        Index(None, "estate_id", "seen_at", "raised_at"),
    )
    ticket_id: Mapped[int]
    post: Mapped[Code]
    reason: Mapped[Code]
    subject_id: Mapped[int]
    due_at: Mapped[datetime]
    at_once: Mapped[bool]
    raised_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]
    told_at: Mapped[datetime | None]
    told_by: Mapped[Nobody]
    told_whom: Mapped[Blank]
    told_how: Mapped[Blank]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[Nobody]


class TicketReader(Base):
    """Who has a ticket open, at which desk, since when; looking locks nothing (L12)."""

    __tablename__ = "ticket_reader"
    __table_args__ = (_of_ticket(),)
    ticket_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    desk: Mapped[str] = mapped_column(String(200), primary_key=True)
    staff_id: Mapped[int]
    name: Mapped[Short]
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
