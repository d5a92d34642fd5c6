"""The search box: a household by anything that is known of it, at the same cost in any estate (A2, P5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.domain.people import PartyRole, mask_phone
from deskapp.domain.searchkeys import KeyKind, query_keys
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.residents.lookup import ranked

WORDS = 6
"""Words that count; nobody types more to find a household."""
OTHERS = 6
"""Other houses of an owner that a hit names."""

OWNERS = (PartyRole.OWNER.value, PartyRole.CO_OWNER.value, PartyRole.COMPANY_OWNER.value)


@dataclass(frozen=True, slots=True)
class HitPerson:
    """One person of a hit, so that namesakes and owners of several houses are told apart (P5).

    Attributes:
        others: labels of other houses of the same person.
        namesake: another person of the same name is among the hits.
    """

    person_id: int
    name: str
    role: str
    phone_masked: str
    others: tuple[str, ...]
    namesake: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One household, or one document of it.

    Attributes:
        kind: ``household`` or ``document``.
        house_id: 0 for a document of no house, such as a day's report.
        names: the owners, ``、`` between them.
        why: what the text was found as: a code of `domain.searchkeys.KeyKind`, ``queue`` for a queue
            number of today; its words stand under ``find.why.``.
        pass_id, queue_number, state, station: of the pass it is on its way with; 0 and "" without one.
        document: number of the document that was typed or scanned, "" for a household.
    """

    kind: str
    house_id: int
    label: str
    names: str
    why: str
    people: tuple[HitPerson, ...] = ()
    pass_id: int = 0
    queue_number: str = ""
    state: str = ""
    station: str = ""
    document: str = ""


_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{6}|[a-z]+(?:-[a-z]+)*-\d{6}", re.ASCII)
_QUEUE = re.compile(r"[A-Z]\d{3,4}", re.ASCII)


def find(desk: Desk, typed: str, limit: int = 20) -> tuple[Hit, ...]:
    """What the search box finds, the likeliest first; empty for a text that means nothing.

    Raises:
        Refused: ``staff.no_right``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    terms = query_keys(typed)[:WORDS]
    with desk.reading() as session:
        named = _documents(session, desk.estate_id, typed)
        queued = _queued(session, desk, typed)
        reasons = dict.fromkeys(queued, "queue")
        wanted = [*queued, *(house for house, _ in named if house)]
        if not named and terms:
            found = ranked(session.connection(), desk.estate_id, terms, limit)
            reasons = {house: kind.value for house, kind in found} | reasons
            wanted += [house for house, _ in found]
        hits = hits_of(session, desk, list(dict.fromkeys(wanted))[:limit], reasons)
    papers = [_paper(number, hits.get(house)) for house, number in named]
    if named:
        return tuple(papers)
    return tuple(hits[house] for house in _in_order(hits, wanted, reasons))


def _paper(number: str, hit: Hit | None) -> Hit:
    why = KeyKind.DOCUMENT.value
    if hit is None:
        return Hit("document", 0, number, "", why, document=number)
    return Hit(
        "document",
        hit.house_id,
        hit.label,
        hit.names,
        why,
        hit.people,
        hit.pass_id,
        hit.queue_number,
        hit.state,
        hit.station,
        number,
    )


def _in_order(hits: dict[int, Hit], wanted: Iterable[int], reasons: dict[int, str]) -> Sequence[int]:
    """As ranked; equals stay as the index gave them."""
    return [house for house in dict.fromkeys(wanted) if house in hits]


def _documents(session: Session, estate_id: int, typed: str) -> list[tuple[int, str]]:
    """The document whose whole number stands first in a text, as a scanned QR has it."""
    first = typed.split()[0] if typed.split() else ""
    if not _NUMBER.fullmatch(first):
        return []
    rows = session.execute(
        select(Document.house_id, Document.number).where(
            Document.estate_id == estate_id, Document.number == first
        )
    )
    return [(house_id or 0, number) for house_id, number in rows]


def _queued(session: Session, desk: Desk, typed: str) -> list[int]:
    """The house whose queue number of today was typed."""
    number = typed.strip().upper()
    if not _QUEUE.fullmatch(number):
        return []
    rows = session.scalars(
        select(Pass.house_id).where(
            Pass.estate_id == desk.estate_id, Pass.day == day_of(desk.now()), Pass.queue_number == number
        )
    )
    return list(rows)


_HOUSES = select(House.id, House.label).where(
    House.estate_id == bindparam("estate"), House.id.in_(bindparam("houses", expanding=True))
)
_PEOPLE = (
    select(Party.house_id, Person.id, Person.name, Party.role, Party.rank, Party.id)
    .join(Person, (Person.estate_id == Party.estate_id) & (Person.id == Party.person_id))
    .where(
        Party.estate_id == bindparam("estate"),
        Party.house_id.in_(bindparam("houses", expanding=True)),
        Party.until.is_(None) | (Party.until >= bindparam("today")),
    )
)
_PHONES = select(Phone.person_id, Phone.rank, Phone.number).where(
    Phone.estate_id == bindparam("estate"),
    Phone.person_id.in_(bindparam("people", expanding=True)),
    Phone.use != "emergency",
)
_OTHERS = (
    select(Party.person_id, Party.house_id, House.label)
    .join(House, (House.estate_id == Party.estate_id) & (House.id == Party.house_id))
    .where(
        Party.estate_id == bindparam("estate"),
        Party.person_id.in_(bindparam("people", expanding=True)),
        Party.until.is_(None) | (Party.until >= bindparam("today")),
    )
)
_PASSES = select(Pass.house_id, Pass.id, Pass.queue_number, Pass.state, Pass.at).where(
    Pass.estate_id == bindparam("estate"), Pass.open_house.in_(bindparam("houses", expanding=True))
)


def hits_of(
    session: Session, desk: Desk, houses: Sequence[int], reasons: Mapping[int, str]
) -> dict[int, Hit]:
    """The houses as they are shown: their people, who is known elsewhere, and where they are on their way."""
    if not houses:
        return {}
    of_houses = {"estate": desk.estate_id, "houses": list(houses), "today": day_of(desk.now())}
    asked = session.connection()  # rows of plain columns: nothing here needs the session's bookkeeping
    labels = dict(asked.execute(_HOUSES, of_houses).all())
    rows = sorted(asked.execute(_PEOPLE, of_houses).all(), key=lambda row: (row[0], row[4], row[5]))
    people = _people(asked, of_houses, [row[:4] for row in rows])
    on_way = {row[0]: row for row in asked.execute(_PASSES, of_houses).all()}
    hits = {}
    for house_id in houses:
        if house_id not in labels:
            continue
        own = people.get(house_id, ())
        names = "、".join(p.name for p in own if p.role in OWNERS)
        _, pass_id, queue_number, state, station = on_way.get(house_id, (0, 0, "", "", ""))
        why = reasons.get(house_id, "")
        hits[house_id] = Hit(
            "household",
            house_id,
            labels[house_id],
            names,
            why,
            own,
            pass_id,
            queue_number,
            state,
            station,
        )
    return hits


def _people(
    asked: Connection, of_houses: Mapping[str, object], rows: Sequence[tuple[int, int, str, str]]
) -> dict[int, tuple[HitPerson, ...]]:
    """The people of the hits by house."""
    ids = sorted({person_id for _, person_id, _, _ in rows})
    if not ids:
        return {}
    of_people = {**of_houses, "people": ids}
    # Sorted here, not by the database: an ORDER BY invites it to walk a whole table in that order.
    ranked = sorted(asked.execute(_PHONES, of_people).all(), reverse=True)
    phones = {person_id: number for person_id, _, number in ranked}
    houses: dict[int, list[tuple[int, str]]] = {}
    for person_id, house_id, label in sorted(asked.execute(_OTHERS, of_people).all()):
        if (house_id, label) not in houses.setdefault(person_id, []):
            houses[person_id].append((house_id, label))
    bearers: dict[str, set[int]] = {}
    for _, person_id, name, _ in rows:
        bearers.setdefault(name, set()).add(person_id)
    found: dict[int, tuple[HitPerson, ...]] = {}
    for house_id, person_id, name, role in rows:
        others = tuple(label for other, label in houses.get(person_id, ()) if other != house_id)[:OTHERS]
        phone = mask_phone(phones.get(person_id, ""))
        person = HitPerson(person_id, name, role, phone, others, len(bearers[name]) > 1)
        found[house_id] = (*found.get(house_id, ()), person)
    return found
