"""What a start reads of the database: the estates, the newest moment, the staff; plain rows of plain columns.

The mapped classes of `db.tables` are not used here: to declare and join them takes longer than to draw the
window, which needs none of them. They are imported by the first reading behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Row, column, select, table
from sqlalchemy.orm import Session

from deskapp.db.base import Moment

ESTATE = table(
    "estate", column("estate_id"), column("name"), column("settings", JSON), column("drill", Boolean)
)
CHANGE = table("change", column("estate_id"), column("seq"), column("at", Moment))
STAFF = table(
    "staff", *map(column, ("estate_id", "id", "number", "name", "role")), column("disabled_at", Moment)
)


def estates(session: Session, wanted: int | None) -> Sequence[Row[Any]]:
    """The estate of a number if there is one, else the first of all, else none: id, name, settings, drill."""
    own = session.execute(select(ESTATE).where(ESTATE.c.estate_id == wanted)).all() if wanted else []
    return own or session.execute(select(ESTATE).order_by(ESTATE.c.estate_id).limit(1)).all()


def newest_moment(session: Session, estate_id: int) -> datetime | None:
    """When the estate was last changed, by any desk."""
    newest = select(CHANGE.c.at).where(CHANGE.c.estate_id == estate_id)
    return session.scalar(newest.order_by(CHANGE.c.seq.desc()).limit(1))


def active_staff(session: Session, estate_id: int) -> Sequence[Row[Any]]:
    """Who may sign in: id, number, name, role; by staff number."""
    active = (STAFF.c.estate_id == estate_id) & STAFF.c.disabled_at.is_(None)
    return session.execute(select(STAFF).where(active).order_by(STAFF.c.number)).all()
