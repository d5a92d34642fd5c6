"""The end of a move-in day: its figures, and the report that cashier and manager sign (M14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import select

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.record import Document
from deskapp.domain.documents import DayEnd
from deskapp.domain.fees import PaymentMethod
from deskapp.domain.money import yuan
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.payments import money_on
from deskapp.services.movein.values.day import day_end_values
from deskapp.services.movein.views import DocumentRef

FORM = "day-end"
LONGEST_NOTE = 500
NOTHING: Mapping[PaymentMethod, Decimal] = MappingProxyType({})


def day_end(desk: Desk, day: date, counted: Mapping[PaymentMethod, Decimal] = NOTHING) -> DayEnd:
    """The figures of a day as they stand now; nothing is issued.

    Args:
        counted: yuan that the cashier counted, by method; a method left out was not counted.

    Raises:
        Refused: ``day_end.not_yet`` for a day to come, ``day_end.counted`` for an amount that cannot be.
    """
    desk.require(Action.MOVEIN_DAY_END)
    known = _checked(desk, day, counted)
    with desk.reading() as session:
        return day_end_values(session, desk, day, money_on(session, desk, day), known)


def issue_day_end(
    desk: Desk,
    command_id: str,
    day: date,
    counted: Mapping[PaymentMethod, Decimal],
    note: str = "",
) -> Done[DocumentRef]:
    """Issues the report of a day, to be signed; issued again it is a new one with its own number.

    Raises:
        Refused: as `day_end`; ``records.text_long``.
    """
    known = _checked(desk, day, counted)
    if len(note) > LONGEST_NOTE:
        raise Refused("records.text_long", limit=LONGEST_NOTE)
    with desk.unit(Action.MOVEIN_DAY_END, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            values = day_end_values(session, desk, day, money_on(session, desk, day), known, note)
            document = issue(unit, desk, FORM, values, subject=f"day:{day.isoformat()}")
            data = {"number": document.number, "day": day.isoformat()}
            unit.record("day_end.issued", "document", document.id, data=data)
            unit.answer(number=document.number)
        else:
            number = str(unit.answered["number"])
            document = session.scalars(
                select(Document).where(Document.estate_id == desk.estate_id, Document.number == number)
            ).one()
        value = ref(document)
    return Done(value, changes_of(unit))


def _checked(desk: Desk, day: date, counted: Mapping[PaymentMethod, Decimal]) -> dict[str, Decimal]:
    if day > day_of(desk.now()):
        raise Refused("day_end.not_yet", day=day.isoformat())
    for amount in counted.values():
        if not amount.is_finite() or amount < 0 or amount != yuan(amount):
            raise Refused("day_end.counted")
    return {PaymentMethod(method).value: yuan(amount) for method, amount in counted.items()}
