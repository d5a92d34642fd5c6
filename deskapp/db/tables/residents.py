"""People and what they are to a house over time (P2-P4)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Blank, Code, Row, Short


class Person(Row):
    """A natural person or a company.

    Attributes:
        id_kind: code of `domain.identity.IdKind`, "" while unknown.
        id_number: as on the document, "" while unknown.
        birth: derived from a resident identity number.
        card: the data card beyond this row: trade, native place, vehicles, pets … (M9); a datum the
            person declined stands as null.
    """

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),
        Index(None, "estate_id", "id_number"),
        Index(None, "estate_id", "name"),
        Index(None, "estate_id", "name"),
    )
    name: Mapped[Short]
    id_kind: Mapped[Blank]
    id_number: Mapped[Blank]
    birth: Mapped[date | None]
    card: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Phone(Row):
    """One number of a person, in the normal writing; several a person (P4).

    Attributes:
        use: mobile, landline, service or emergency.
        holder: whose it is where that is not the person, such as the emergency contact's name.
    """

    __tablename__ = "phone"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "person_id"], ["person.estate_id", "person.id"]),
        Index(None, "estate_id", "person_id"),
    )
    person_id: Mapped[int]
    number: Mapped[Short]
    use: Mapped[Code]
    holder: Mapped[Blank]
    rank: Mapped[int]


class Party(Row):
    """What a person is to a house, from a day to a day; rows end, they are not deleted (P2).

    Attributes:
        role: code of `domain.people.PartyRole`.
        share: co-owner's share as written, "" where none.
        detail: power of attorney (matter, scope, term), company licence and letter.
        until: the last day, None while it lasts.
    """

    __tablename__ = "party"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        ForeignKeyConstraint(["estate_id", "person_id"], ["person.estate_id", "person.id"]),
        Index(None, "estate_id", "house_id"),
        Index(None, "estate_id", "person_id"),
    )
    house_id: Mapped[int]
    person_id: Mapped[int]
    role: Mapped[Code]
    share: Mapped[Blank]
    rank: Mapped[int]
    since: Mapped[date | None]
    until: Mapped[date | None]
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
