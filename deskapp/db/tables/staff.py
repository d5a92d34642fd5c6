"""Who works here (S1, S2)."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Blank, Code, Row, Short


class Staff(Row):
    """One account.

    Attributes:
        number: staff number 工号.
        role: code of `domain.staff.Role`.
        secret: argon2 hash of the PIN or password, "" where none was set.
        escort: may accompany inspections (M11).
        disabled_at: since when the account may not be used.
    """

    __tablename__ = "staff"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),
        UniqueConstraint("estate_id", "number"),
    )
    number: Mapped[Code]
    name: Mapped[Short]
    role: Mapped[Code]
    secret: Mapped[Blank]
    escort: Mapped[bool]
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
