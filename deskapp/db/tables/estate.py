"""The estate, its houses and what must be seen at every desk (P1)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Area, Base, Blank, Code, Row, Short, Yuan


class Estate(Base):
    """One estate 项目/小区; its key is the first column of every other key.

    Attributes:
        settings: what the site set, over the shipped ``resources/rules/site.toml``.
        drill: a practice estate; all its paper says 演练 (S5).
    """

    __tablename__ = "estate"
    name: Mapped[Short]
    settings: Mapped[dict[str, Any]]
    drill: Mapped[bool]
    created_at: Mapped[datetime]


class House(Row):
    """One house 房屋: apartment, townhouse, shop, parking space or storeroom.

    Attributes:
        label: the estate's own writing.
        place_key: the label folded for comparison, so that two writings of one house meet.
        received_label: the writing as it came in the roster (P1).
        area: m².
        developer_balance: yuan still owed to the developer (M2).
        remark: what the roster said beside the house.
        version: counted up by every change; a stale writer is told (design rule 2).
    """

    __tablename__ = "house"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),
        UniqueConstraint("estate_id", "place_key"),
        Index(None, "estate_id", "building", "entrance", "room"),
    )
    phase: Mapped[Blank]
    building: Mapped[Code]
    entrance: Mapped[Blank]
    room: Mapped[Code]
    kind: Mapped[Code]
    label: Mapped[Short]
    place_key: Mapped[Short]
    received_label: Mapped[Blank]
    layout: Mapped[Blank]
    area: Mapped[Area]
    contract_number: Mapped[Blank]
    contract_date: Mapped[date | None]
    payment: Mapped[Blank]
    developer_balance: Mapped[Yuan]
    remark: Mapped[Blank]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HouseMark(Row):
    """A lasting mark on a house: convention refused, key household, promise at odds with delivery.

    Attributes:
        detail: what the mark holds, such as the reservations in the owner's words.
        lifted_at: when it was taken away; the row stays.
    """

    __tablename__ = "house_mark"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        Index(None, "estate_id", "house_id"),
    )
    house_id: Mapped[int]
    code: Mapped[Code]
    text: Mapped[Blank]
    detail: Mapped[dict[str, Any]]
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    lifted_at: Mapped[datetime | None]


class SearchKey(Base):
    """The search box's own index: every key of a household, found by a prefix range (design: search).

    The kind stands before the text, so that a range holds keys of one kind only; the second index answers
    "has this house such a key" with one probe. On PostgreSQL the text is compared byte by byte (collation
    C), as SQLite does.
    """

    __tablename__ = "search_key"
    __table_args__ = (Index(None, "estate_id", "house_id", "kind", "text"), {"sqlite_with_rowid": False})
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(
        String(120).with_variant(String(120, collation="C"), "postgresql"), primary_key=True
    )
    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
