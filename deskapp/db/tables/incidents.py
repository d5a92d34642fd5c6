"""One matter of many households: the incident, whom it affects, what they were told (C11, C18)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Base, Blank, Nobody, Row, Short, Yuan


class Incident(Row):
    """One incident 群诉 with its tickets.

    Attributes:
        number: of the series QS.
        households: distinct households that came, counted anew whenever a ticket joins or leaves.
        agreed_answer: what every clerk says to the next caller 统一口径.
        spokesman: the one person who speaks. authorities: list of {name, contact, told_at}.
    """

    __tablename__ = "incident"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),
        UniqueConstraint("estate_id", "number"),
        Index(None, "estate_id", "open", "topic"),
    )
    number: Mapped[Short]
    topic: Mapped[Blank]
    title: Mapped[Short]
    master_ticket_id: Mapped[int]
    open: Mapped[bool]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    households: Mapped[int]
    affected: Mapped[int]
    agreed_answer: Mapped[Blank]
    answer_at: Mapped[datetime | None]
    answer_by: Mapped[Blank]
    spokesman: Mapped[Blank]
    spokesman_id: Mapped[Nobody]
    authorities: Mapped[list[Any]]
    cause: Mapped[Blank]
    next_step: Mapped[Blank]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class IncidentHouse(Base):
    """One household affected by an incident, whether it came or not: loss, claim, what was paid (C18, Z22).

    Attributes:
        came_at: when it first came to the desk; None while it never did.
        signature: SHA-256 of the signature's picture or scan, "" for none; signed_by: the name.
    """

    __tablename__ = "incident_house"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "incident_id"], ["incident.estate_id", "incident.id"]),
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        Index(None, "estate_id", "house_id"),
    )
    incident_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    came_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    description: Mapped[Blank]
    loss: Mapped[Yuan]
    claim: Mapped[Yuan]
    paid: Mapped[Yuan]
    paid_at: Mapped[datetime | None]
    signed_by: Mapped[Blank]
    signed_at: Mapped[datetime | None]
    signature: Mapped[Blank]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class IncidentMessage(Row):
    """One message to all of an incident; a changed fact is a new message to the same people (Z21)."""

    __tablename__ = "incident_message"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "incident_id"], ["incident.estate_id", "incident.id"]),
        Index(None, "estate_id", "incident_id"),
    )
    incident_id: Mapped[int]
    text: Mapped[Blank]
    made_at: Mapped[datetime]
    staff: Mapped[Blank]
    replaces: Mapped[int | None]


class MessageRecipient(Base):
    """One household a message is for, and when and how it was told."""

    __tablename__ = "message_recipient"
    __table_args__ = (
        ForeignKeyConstraint(
            ["estate_id", "message_id"], ["incident_message.estate_id", "incident_message.id"]
        ),
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
    )
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime | None]
    how: Mapped[Blank]
    staff: Mapped[Blank]
