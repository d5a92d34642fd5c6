"""What is done about a ticket: dispatch, call back, talks of neighbours, help with a risk (C12-C16)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Blank, Code, Nobody, Row, Short


class Dispatch(Row):
    """A ticket given to a department or person (C12).

    Attributes:
        state: code of `domain.complaints.ticket.TicketState`: dispatched, taken, deferred, refused, done; or
            recalled, when it went to somebody else.
        due_at: until when it is to be done; deferring moves it to ``until``.
        reason: why deferred or refused. report: the back office's result, signed by its head.
    """

    __tablename__ = "ticket_dispatch"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "ticket_id"], ["ticket.estate_id", "ticket.id"]),
        Index(None, "estate_id", "ticket_id"),
        Index(None, "estate_id", "open", "due_at"),
    )
    ticket_id: Mapped[int]
    department: Mapped[Code]
    person: Mapped[Blank]
    order_text: Mapped[Blank]
    state: Mapped[Code]
    open: Mapped[bool]
    sent_at: Mapped[datetime]
    sent_by: Mapped[Short]
    due_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    reason: Mapped[Blank]
    answered_at: Mapped[datetime | None]
    report: Mapped[Blank]
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[Blank]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[Blank]
    resident_told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CallBack(Row):
    """Asking whether it is settled (C13).

    Attributes:
        state: code of `domain.complaints.callback.CallBackState`.
        grade: code of `domain.complaints.callback.Grade`, "" while planned.
        fault_due: until when a fault that was found goes back in writing; fault_sent_at: when it did.
    """

    __tablename__ = "ticket_call_back"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "ticket_id"], ["ticket.estate_id", "ticket.id"]),
        Index(None, "estate_id", "ticket_id"),
        Index(None, "estate_id", "state", "due_at"),
    )
    ticket_id: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[Code]
    at: Mapped[datetime | None]
    asked: Mapped[Blank]
    grade: Mapped[Blank]
    opinion: Mapped[Blank]
    wants_more: Mapped[Blank]
    fault: Mapped[Blank]
    fault_due: Mapped[datetime | None]
    fault_sent_at: Mapped[datetime | None]
    staff_id: Mapped[Nobody]
    staff: Mapped[Blank]


class Dispute(Row):
    """The file of a quarrel between neighbours (C16).

    Attributes:
        parties: list of {name, house_id, label, side}.
        signatures: list of {name, role, at, method}.
    """

    __tablename__ = "ticket_dispute"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "ticket_id"], ["ticket.estate_id", "ticket.id"]),
        Index(None, "estate_id", "ticket_id", unique=True),
    )
    ticket_id: Mapped[int]
    parties: Mapped[list[Any]]
    cause: Mapped[Blank]
    result: Mapped[Blank]
    signatures: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DisputeTalk(Row):
    """One talk with parties of a quarrel: who was there, from committee and authority too (C16)."""

    __tablename__ = "dispute_talk"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "dispute_id"], ["ticket_dispute.estate_id", "ticket_dispute.id"]),
        Index(None, "estate_id", "dispute_id"),
    )
    dispute_id: Mapped[int]
    at: Mapped[datetime]
    whom: Mapped[Blank]
    present: Mapped[Blank]
    text: Mapped[Blank]
    staff: Mapped[Blank]


class RiskFile(Row):
    """The file of help that may do harm (C14); see `domain.complaints.risk.RiskFacts`.

    Attributes:
        help: code of `domain.complaints.risk.RiskyHelp`.
        house_id: the house that was proven, not the one that was pointed at (Z4).
        facts: texts by the names of `RiskFacts`; ``tried`` as a list of {what, at, result}.
        decider_id: the supervisor or manager who decided, 0 while nobody has.
    """

    __tablename__ = "ticket_risk"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "ticket_id"], ["ticket.estate_id", "ticket.id"]),
        Index(None, "estate_id", "ticket_id", unique=True),
        Index(None, "estate_id", "house_id"),
    )
    ticket_id: Mapped[int]
    help: Mapped[Code]
    house_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    decider_id: Mapped[Nobody]
    decider: Mapped[Blank]
    decider_role: Mapped[Blank]
    decided_at: Mapped[datetime | None]
    reason: Mapped[Blank]
    done_at: Mapped[datetime | None]
    done_by: Mapped[Blank]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
