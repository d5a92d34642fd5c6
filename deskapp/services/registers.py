"""Registers as xlsx (A4, I1): taking one along in a file is a right of its own, and in the audit trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Booking, Pass
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.tables.staff import Staff
from deskapp.db.tables.stations import Receipt
from deskapp.domain.movein.flow import PassState
from deskapp.domain.people import mask_phone
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.movein.register import register, register_workbook

Row = tuple[Any, ...]

HOUSEHOLDS = (
    "label", "kind", "layout", "area", "owners", "phones", "contract", "contract_date",
    "balance", "booked", "moved_in", "remark",
)  # fmt: skip
RECEIPTS = ("number", "day", "label", "payer", "amount", "method", "reference", "cashier", "voided", "reason")


def export(desk: Desk, name: str) -> tuple[bytes, int]:
    """A register as a workbook, and how many rows it holds.

    Args:
        name: ``defects``, ``households`` or ``receipts``.

    Raises:
        Refused: ``export.no_register``, ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_EXPORT)
    if name == "defects":
        data, rows = register_workbook(desk), register(desk, limit=1).total
    elif name in _REGISTERS:
        data, rows = _workbook(desk, name)
    else:
        raise Refused("export.no_register", register=name, registers="、".join(REGISTERS))
    with desk.unit(Action.RESIDENTS_EXPORT) as unit:
        unit.audit("register.exported", "estate", desk.estate_id, {}, {"register": name, "rows": rows})
    return data, rows


def _workbook(desk: Desk, name: str) -> tuple[bytes, int]:
    from deskapp.exchange.workbook import write_workbook  # slow to import; needed for this alone

    columns, reader = _REGISTERS[name]
    with desk.reading() as session:
        rows = list(reader(session, desk.estate_id))
    headings = [say(f"export.{name}.{column}") for column in columns]
    return write_workbook(headings, rows, sheet=say(f"export.{name}")), len(rows)


def _households(session: Session, estate_id: int) -> Iterable[Row]:
    owners: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    of_houses = (
        select(Party.house_id, Person.id, Person.name)
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(
            Party.estate_id == estate_id,
            Party.until.is_(None),
            Party.role.in_(("owner", "co_owner", "company_owner")),
        )
        .order_by(Party.rank, Party.id)
    )
    numbers: dict[int, list[str]] = defaultdict(list)
    of_people = select(Phone.person_id, Phone.number).where(Phone.estate_id == estate_id)
    for person_id, number in session.execute(of_people.order_by(Phone.rank, Phone.id)):
        numbers[person_id].append(number)
    for house_id, person_id, name in session.execute(of_houses):
        owners[house_id].append(name)
        phones[house_id] += [mask_phone(number) for number in numbers[person_id]]
    days = dict(
        session.execute(select(Booking.house_id, Booking.day).where(Booking.estate_id == estate_id)).all()
    )
    done = select(Pass.house_id, Pass.finished_at).where(
        Pass.estate_id == estate_id, Pass.state == PassState.DONE.value
    )
    moved = dict(session.execute(done).all())
    houses = select(House).where(House.estate_id == estate_id).order_by(House.id)
    for house in session.scalars(houses):
        yield (
            house.label,
            say(f"place.kind.{house.kind}"),
            house.layout,
            house.area,
            "、".join(owners[house.id]),
            "、".join(phones[house.id]),
            house.contract_number,
            house.contract_date,
            house.developer_balance,
            days.get(house.id),
            moved.get(house.id),
            house.remark,
        )


def _receipts(session: Session, estate_id: int) -> Iterable[Row]:
    cashiers = dict(session.execute(select(Staff.id, Staff.name).where(Staff.estate_id == estate_id)).all())
    rows = (
        select(Receipt, House.label)
        .join(House, (House.estate_id == Receipt.estate_id) & (House.id == Receipt.house_id))
        .where(Receipt.estate_id == estate_id)
        .order_by(Receipt.taken_at, Receipt.id)
    )
    for receipt, label in session.execute(rows):
        yield (
            receipt.number,
            receipt.day,
            label,
            receipt.payer,
            receipt.amount,
            say(f"fees.method.{receipt.method}"),
            receipt.reference,
            cashiers.get(receipt.cashier_id, ""),
            receipt.voided_at,
            receipt.void_reason,
        )


_REGISTERS: Mapping[str, tuple[tuple[str, ...], Callable[[Session, int], Iterable[Row]]]] = MappingProxyType(
    {"households": (HOUSEHOLDS, _households), "receipts": (RECEIPTS, _receipts)}
)
REGISTERS = ("defects", *_REGISTERS)
"""Names of the registers there are (cli.md ``export``)."""
