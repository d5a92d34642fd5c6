"""What the archive already knows of the houses and people of a roster, read in a few looks (A6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Booking
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.domain.people import PartyRole
from deskapp.domain.places import place_key
from deskapp.domain.roster import RosterRow

AT_ONCE = 500
OWNERS = (PartyRole.OWNER.value, PartyRole.CO_OWNER.value, PartyRole.COMPANY_OWNER.value)


@dataclass(slots=True)
class KnownOwner:
    """An owner the archive has; ``phones`` are his numbers in order."""

    party_id: int
    person_id: int
    name: str
    role: str
    share: str
    id_number: str
    phones: list[str] = field(default_factory=list)


@dataclass(slots=True)
class KnownHouse:
    """A house the archive has; ``first_day`` is the day it was first notified for, None without a batch."""

    id: int
    layout: str
    area: Decimal
    contract_number: str
    contract_date: date | None
    payment: str
    developer_balance: Decimal
    remark: str
    first_day: date | None = None
    owners: list[KnownOwner] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """What is known.

    Attributes:
        houses: by place key.
        by_id: person by identity number, with his name.
        by_phone: person by name and phone: a namesake with the same phone is the same person.
    """

    houses: dict[str, KnownHouse] = field(default_factory=dict)
    by_id: dict[str, tuple[int, str]] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], int] = field(default_factory=dict)


def known_of(session: Session, estate_id: int, rows: Sequence[RosterRow]) -> Known:
    """What is known of the houses, identity numbers and names of a roster."""
    known = Known()
    _houses(session, estate_id, {place_key(row.place) for row in rows}, known)
    owners = [owner for row in rows for owner in row.owners]
    _by_id(session, estate_id, {o.id_number for o in owners if o.id_number}, known)
    if known.houses or known.by_id or _any_person(session, estate_id):
        _by_phone(session, estate_id, {o.name for o in owners}, known)
    return known


def _any_person(session: Session, estate_id: int) -> bool:
    return session.scalar(select(Person.id).where(Person.estate_id == estate_id).limit(1)) is not None


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    whole = sorted(keys)
    return (whole[at : at + AT_ONCE] for at in range(0, len(whole), AT_ONCE))


def _houses(session: Session, estate_id: int, keys: set[str], known: Known) -> None:
    columns = (
        House.place_key,
        House.id,
        House.layout,
        House.area,
        House.contract_number,
        House.contract_date,
        House.payment,
        House.developer_balance,
        House.remark,
    )
    for part in _parts(keys):
        found: dict[int, KnownHouse] = {}
        rows: Iterable[Any] = session.execute(
            select(*columns).where(House.estate_id == estate_id, House.place_key.in_(part))
        )
        for key, *values in rows:
            found[values[0]] = known.houses[key] = KnownHouse(*values)
        if not found:
            continue
        days = session.execute(
            select(Booking.house_id, Booking.first_day).where(
                Booking.estate_id == estate_id, Booking.house_id.in_(found)
            )
        )
        for house_id, first_day in days:
            found[house_id].first_day = first_day
        _owners(session, estate_id, found)


def _owners(session: Session, estate_id: int, houses: dict[int, KnownHouse]) -> None:
    rows: Sequence[Any] = session.execute(
        select(
            Party.house_id,
            Party.id,
            Party.person_id,
            Person.name,
            Party.role,
            Party.share,
            Person.id_number,
            Party.rank,
        )
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(
            Party.estate_id == estate_id,
            Party.house_id.in_(houses),
            Party.role.in_(OWNERS),
            Party.until.is_(None),
        )
    ).all()
    people: dict[int, list[KnownOwner]] = defaultdict(list)
    for house_id, *values, _ in sorted(rows, key=lambda row: (row[0], row[7], row[1])):
        owner = KnownOwner(*values)
        houses[house_id].owners.append(owner)
        people[owner.person_id].append(owner)
    ids = sorted(people)
    for at in range(0, len(ids), AT_ONCE):
        phones = session.execute(
            select(Phone.person_id, Phone.rank, Phone.number).where(
                Phone.estate_id == estate_id, Phone.person_id.in_(ids[at : at + AT_ONCE])
            )
        )
        for person_id, _, number in sorted(phones):
            for owner in people[person_id]:
                owner.phones.append(number)


def _by_id(session: Session, estate_id: int, numbers: set[str], known: Known) -> None:
    for part in _parts(numbers):
        rows = session.execute(
            select(Person.id_number, Person.id, Person.name).where(
                Person.estate_id == estate_id, Person.id_number.in_(part)
            )
        )
        for number, person_id, name in sorted(rows, key=lambda row: row[1]):
            known.by_id.setdefault(number, (person_id, name))


def _by_phone(session: Session, estate_id: int, names: set[str], known: Known) -> None:
    for part in _parts(names):
        rows = session.execute(
            select(Person.id, Person.name, Phone.number)
            .join(Phone, (Phone.estate_id == Person.estate_id) & (Phone.person_id == Person.id))
            .where(Person.estate_id == estate_id, Person.name.in_(part), Phone.use != "emergency")
        )
        for person_id, name, number in sorted(rows):
            known.by_phone.setdefault((name, number), person_id)
