"""Writing the search box's index: every key of a house, rebuilt whenever the house or its people change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.db.tables.estate import House, SearchKey
from deskapp.db.tables.record import Document
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.unit import Unit
from deskapp.domain.places import Place, PlaceKind
from deskapp.domain.searchkeys import KeyKind, SearchEntry, keys_for

AT_ONCE = 500
"""Houses whose keys are made together; below the number of values that SQLite takes in one statement."""


def rebuild_keys(unit: Unit, house_ids: Iterable[int]) -> int:
    """Writes the keys of houses anew, in the unit of work that changed them.

    A party is found until its last day; who has left the house no longer leads to it.

    Returns:
        How many keys were written.
    """
    session, estate_id, written = unit.session, unit.estate_id, 0
    session.flush()
    for chunk in chunks(sorted(set(house_ids)), AT_ONCE):
        own = (SearchKey.estate_id == estate_id) & SearchKey.house_id.in_(chunk)
        session.execute(delete(SearchKey).where(own), execution_options={"synchronize_session": False})
        written += write_keys(unit, _entries(session, estate_id, chunk, day_of(unit.now)))
    return written


def write_keys(unit: Unit, entries: Iterable[tuple[int, SearchEntry]]) -> int:
    """Writes the keys of houses that have none yet; returns how many."""
    estate_id = unit.estate_id
    rows = [
        (estate_id, key.kind._value_, key.text, house_id)
        for house_id, entry in entries
        for key in keys_for(entry)
    ]
    _insert(unit, rows)
    return len(rows)


def add_document(unit: Unit, house_id: int, number: str) -> None:
    """Lets a house be found by a document that was just issued for it."""
    place = Place("", "", "", "", PlaceKind.APARTMENT)
    keys = keys_for(SearchEntry(place=place, documents=(number,)))
    kind = KeyKind.DOCUMENT
    _insert(unit, [(unit.estate_id, kind.value, key.text, house_id) for key in keys if key.kind is kind])


def _insert(unit: Unit, rows: list[tuple[int, str, str, int]]) -> None:
    """Straight to the driver: thirty keys a house are most of what an import writes."""
    if not rows:
        return
    connection = unit.session.connection()
    marks = "?, ?, ?, ?" if connection.dialect.paramstyle == "qmark" else "%s, %s, %s, %s"
    connection.exec_driver_sql(
        f"INSERT INTO search_key (estate_id, kind, text, house_id) VALUES ({marks})",  # noqa: S608
        rows,
    )


def chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The items in runs of at most ``size``."""
    return (items[at : at + size] for at in range(0, len(items), size))


def _entries(
    session: Session, estate_id: int, house_ids: Sequence[int], today: date
) -> list[tuple[int, SearchEntry]]:
    people, phones, documents = defaultdict(list), defaultdict(list), defaultdict(list)
    here = (Party.estate_id == estate_id) & Party.house_id.in_(house_ids)
    lasting = here & (Party.until.is_(None) | (Party.until >= today))
    for house_id, person_id, name, id_number, card in session.execute(
        select(Party.house_id, Person.id, Person.name, Person.id_number, Person.card)
        .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
        .where(lasting)
    ):
        people[house_id].append((person_id, name, id_number, card))
    for house_id, number in session.execute(
        select(Party.house_id, Phone.number)
        .join(Phone, (Phone.estate_id == Party.estate_id) & (Phone.person_id == Party.person_id))
        .where(lasting)
    ):
        phones[house_id].append(number)
    for house_id, number in session.execute(
        select(Document.house_id, Document.number).where(
            Document.estate_id == estate_id, Document.house_id.in_(house_ids)
        )
    ):
        documents[house_id].append(number)
    columns = (House.id, House.phase, House.building, House.entrance, House.room, House.kind)
    found = []
    for house_id, phase, building, entrance, room, kind, contract in session.execute(
        select(*columns, House.contract_number).where(House.estate_id == estate_id, House.id.in_(house_ids))
    ):
        known = people[house_id]
        entry = SearchEntry(
            place=Place(phase, building, entrance, room, PlaceKind(kind)),
            names=tuple(name for _, name, _, _ in known),
            phones=tuple(phones[house_id]),
            id_tails=tuple(number[-6:] for _, _, number, _ in known if number),
            plates=tuple(plate for _, _, _, card in known for plate in plates_of(card)),
            documents=tuple(filter(None, (contract, *documents[house_id]))),
        )
        found.append((house_id, entry))
    return found


def plates_of(card: dict[str, Any]) -> Iterator[str]:
    """The plates on an owner's data card (M9); a datum that was declined stands as null."""
    for vehicle in card.get("vehicles") or ():
        if isinstance(vehicle, dict) and vehicle.get("plate"):
            yield str(vehicle["plate"])
