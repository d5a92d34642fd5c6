"""Who belongs to a house, now and before, and who might be taken for whom (P2, P5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.db.tables.estate import House
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.domain.people import mask_id, mask_phone
from deskapp.services.residents.views import PersonView, PhoneView

MOST = 20
"""Other houses and namesakes that are named; a name as usual as 王伟 has hundreds of bearers."""


def parties_of(session: Session, estate_id: int, house_id: int) -> tuple[PersonView, ...]:
    """Every party of a house, past ones too, owners first as the roster ranks them."""
    pairs = session.execute(
        select(Party, Person)
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(Party.estate_id == estate_id, Party.house_id == house_id)
        .order_by(Party.rank, Party.id)
    ).all()
    ids = {person.id for _, person in pairs}
    phones = phones_of(session, estate_id, ids)
    others = other_houses(session, estate_id, ids, house_id)
    return tuple(
        PersonView(
            party_id=party.id,
            person_id=person.id,
            version=person.version,
            name=person.name,
            role=party.role,
            share=party.share,
            since=party.since,
            until=party.until,
            id_kind=person.id_kind,
            id_masked=mask_id(person.id_number),
            phones=tuple(
                PhoneView(p.id, mask_phone(p.number), p.use, p.holder) for p in phones.get(person.id, ())
            ),
            detail=party.detail,
            others=others.get(person.id, ()),
            namesakes=namesakes(session, estate_id, person),
        )
        for party, person in pairs
    )


def phones_of(session: Session, estate_id: int, people: Iterable[int]) -> Mapping[int, list[Phone]]:
    """The phones of people by person, in their order."""
    rows = select(Phone).where(Phone.estate_id == estate_id, Phone.person_id.in_(sorted(people)))
    found: dict[int, list[Phone]] = defaultdict(list)
    for phone in session.scalars(rows.order_by(Phone.rank, Phone.id)):
        found[phone.person_id].append(phone)
    return found


def other_houses(
    session: Session, estate_id: int, people: Iterable[int], house_id: int
) -> Mapping[int, tuple[str, ...]]:
    """Labels of the other houses that the same people are parties of now (P5)."""
    rows = session.execute(
        select(Party.person_id, House.label)
        .join(House, (House.estate_id == Party.estate_id) & (House.id == Party.house_id))
        .where(
            Party.estate_id == estate_id,
            Party.person_id.in_(sorted(people)),
            Party.house_id != house_id,
            Party.until.is_(None),
        )
        .order_by(House.label)
    )
    found: dict[int, tuple[str, ...]] = {}
    for person_id, label in rows:
        known = found.get(person_id, ())
        if label not in known and len(known) < MOST:
            found[person_id] = (*known, label)
    return found


def namesakes(session: Session, estate_id: int, person: Person) -> tuple[str, ...]:
    """Labels of houses of other people with exactly this name (P5)."""
    rows = session.scalars(
        select(House.label)
        .join(Party, (House.estate_id == Party.estate_id) & (House.id == Party.house_id))
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(
            Person.estate_id == estate_id,
            Person.name == person.name,
            Person.id != person.id,
            Party.until.is_(None),
        )
        .limit(MOST)
    )
    return tuple(sorted(set(rows)))


def reach_of(
    session: Session, estate_id: int, houses: Iterable[int], *, whole: bool = False
) -> Mapping[int, tuple[str, str]]:
    """Names of the present people of houses, and the first phone that is theirs; "" for none.

    Args:
        whole: phones unmasked, for whoever asked with the right and is on record for it.
    """
    rows = session.execute(
        select(Party.house_id, Person.id, Person.name)
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(Party.estate_id == estate_id, Party.house_id.in_(sorted(houses)), Party.until.is_(None))
        .order_by(Party.rank, Party.id)
    ).all()
    phones = phones_of(session, estate_id, {person_id for _, person_id, _ in rows})
    names: dict[int, list[str]] = defaultdict(list)
    numbers: dict[int, str] = {}
    for house_id, person_id, name in rows:
        names[house_id].append(name)
        own = [phone.number for phone in phones.get(person_id, ()) if phone.use != "emergency"]
        if own:
            numbers.setdefault(house_id, own[0] if whole else mask_phone(own[0]))
    return {house: ("、".join(found), numbers.get(house, "")) for house, found in names.items()}
