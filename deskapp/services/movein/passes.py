"""Looking at a household on its way, by whatever names it: pass, house, called number, QR (M5, L7)."""

from __future__ import annotations

import re

from sqlalchemy import select

from deskapp.db.tables.movein import Pass
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.movein.rows import last_pass_of, pass_row
from deskapp.services.movein.scene import view_of
from deskapp.services.movein.views import PassView

_QR = re.compile(r"^(?P<number>[A-Z]{2}-\d{4}-\d{6})(?:\W+[0-9a-f]{12})?$", re.IGNORECASE)


def pass_view(desk: Desk, pass_id: int) -> PassView:
    """A household on its way.

    Raises:
        Refused: ``movein.no_pass``.
    """
    desk.require(Action.MOVEIN_VIEW)
    with desk.reading() as session:
        return view_of(session, desk, pass_row(session, desk.estate_id, pass_id))


def pass_of_house(desk: Desk, house_id: int) -> PassView | None:
    """The newest pass of a house, None when it never came."""
    desk.require(Action.MOVEIN_VIEW)
    with desk.reading() as session:
        row = last_pass_of(session, desk.estate_id, house_id)
        return view_of(session, desk, row) if row is not None else None


def pass_by_number(desk: Desk, text: str) -> PassView | None:
    """The pass of a called number (``A023``), a document number or the text of its QR; None for none such.

    A called number that was given on several days means the newest.
    """
    desk.require(Action.MOVEIN_VIEW)
    wanted = text.strip().upper()
    found = _QR.match(wanted)
    column = Pass.number if found else Pass.queue_number
    statement = (
        select(Pass)
        .where(Pass.estate_id == desk.estate_id, column == (found["number"] if found else wanted))
        .order_by(Pass.id.desc())
        .limit(1)
    )
    with desk.reading() as session:
        row = session.scalars(statement).first()
        return view_of(session, desk, row) if row is not None else None
