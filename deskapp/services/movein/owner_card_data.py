"""The owner's data card as it is kept: of each owner, and of the household with its first owner (M9).

A datum that the person declined stands as null, so that nobody asks for it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.domain.people import PartyRole

DATA = ("contacts", "members", "trade", "native_place", "vehicles", "pets")
"""What the card asks beyond identity and phone; each may be declined. Their names stand under
``records.datum.<code>``, what each is for under ``records.purpose.<code>`` in the translations."""

EMERGENCY = "emergency"
OF_OWNER = ("trade", "post", "native_place", "address")
OWNING = (PartyRole.OWNER.value, PartyRole.CO_OWNER.value, PartyRole.COMPANY_OWNER.value)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call in an emergency.

    Attributes:
        phone_id: of a number already kept, 0 for a new one.
        phone: as it is kept; on screen masked.
    """

    name: str
    phone: str
    relation: str = ""
    phone_id: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the household beside the owners."""

    name: str
    relation: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car and where it stands."""

    plate: str
    description: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True)
class Pet:
    """A pet and its licence."""

    kind: str
    description: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """What the card holds of the household.

    Attributes:
        declined: codes of `DATA` that the person would not give.
    """

    contacts: tuple[Contact, ...] = ()
    members: tuple[Member, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    pets: tuple[Pet, ...] = ()
    declined: tuple[str, ...] = ()


def owners_of(session: Session, estate_id: int, house_id: int) -> list[tuple[Party, Person]]:
    """The present owners of a house in their order."""
    statement = (
        select(Party, Person)
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(
            Party.estate_id == estate_id,
            Party.house_id == house_id,
            Party.role.in_(OWNING),
            Party.until.is_(None),
        )
        .order_by(Party.rank, Party.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def phones_of(session: Session, person: Person, *, emergency: bool) -> list[Phone]:
    """A person's own numbers, or those to call in an emergency, in their order."""
    statement = (
        select(Phone)
        .where(Phone.estate_id == person.estate_id, Phone.person_id == person.id)
        .order_by(Phone.rank, Phone.id)
    )
    return [phone for phone in session.scalars(statement) if (phone.use == EMERGENCY) is emergency]


def card_of(session: Session, estate_id: int, house_id: int) -> HouseholdCard:
    """The household's card, empty where nothing was asked yet."""
    owners = owners_of(session, estate_id, house_id)
    if not owners:
        return HouseholdCard()
    first = owners[0][1]
    kept = first.card
    relations = kept.get("relations") or {}
    return HouseholdCard(
        contacts=tuple(
            Contact(phone.holder, phone.number, relations.get(phone.number, ""), phone.id)
            for phone in phones_of(session, first, emergency=True)
        ),
        members=tuple(_member(each) for each in kept.get("members") or ()),
        vehicles=tuple(Vehicle(**each) for each in kept.get("vehicles") or ()),
        pets=tuple(Pet(**each) for each in kept.get("pets") or ()),
        declined=tuple(code for code in DATA if code in kept and kept[code] is None),
    )


def _member(kept: dict[str, Any]) -> Member:
    born = kept.get("born_on")
    return Member(kept["name"], kept.get("relation", ""), date.fromisoformat(born) if born else None)
