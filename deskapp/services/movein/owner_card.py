"""The owner's data card at station ②: what is asked, what it is for, what the person declined (M9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.unit import Unit
from deskapp.domain.identity import normalise_phone
from deskapp.domain.people import checked_name, mask_id, mask_phone
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.owner_card_data import (
    DATA,
    EMERGENCY,
    OF_OWNER,
    Contact,
    HouseholdCard,
    Member,
    Pet,
    Vehicle,
    card_of,
    owners_of,
    phones_of,
)
from deskapp.services.movein.record_rows import touch_pass
from deskapp.services.movein.rows import house_row, open_pass_of
from deskapp.services.movein.signatures import lapse

LONGEST = 120
"""Characters of a text on the card."""

MOST = 20
"""Lines of one kind: members, vehicles, pets, contacts."""


@dataclass(frozen=True, slots=True)
class CardOwner:
    """One owner on the card; numbers masked (design rule 6).

    Attributes:
        share: co-owner's share as written.
        phones_masked: his own numbers; they are changed with the person, not here.
    """

    person_id: int
    name: str
    role: str
    share: str
    id_kind: str
    id_masked: str
    phones_masked: tuple[str, ...]
    trade: str
    post: str
    native_place: str
    address: str


@dataclass(frozen=True, slots=True)
class OwnerCardView:
    """The card of a household.

    Attributes:
        version: to hand back when it is saved.
        household: the phones of its contacts masked; handed back as they are, they stay.
        data: codes of what is asked, in order; the name is said with ``records.datum.<code>``, what it is
            for with ``records.purpose.<code>``.
    """

    house_id: int
    version: int
    label: str
    owners: tuple[CardOwner, ...]
    household: HouseholdCard
    data: tuple[str, ...] = DATA


@dataclass(frozen=True, slots=True)
class OwnerDatum:
    """What one owner tells of himself."""

    person_id: int
    trade: str = ""
    post: str = ""
    native_place: str = ""
    address: str = ""


EMPTY = HouseholdCard()


@dataclass(frozen=True, slots=True)
class CardIn:
    """The card as it is filled in.

    Attributes:
        household: contacts with ``phone_id`` and the masked number keep their number.
    """

    owners: tuple[OwnerDatum, ...] = ()
    household: HouseholdCard = EMPTY


def owner_card_view(desk: Desk, house_id: int) -> OwnerCardView:
    """The card of a house's owners.

    Raises:
        Refused: ``movein.no_house``, ``records.no_owner``.
    """
    desk.require(Action.RESIDENTS_VIEW)
    with desk.reading() as session:
        return _view(session, desk, house_id)


def save_owner_card(
    desk: Desk, command_id: str, house_id: int, version: int, card: CardIn
) -> Done[OwnerCardView]:
    """Saves the card; a datum declined is kept as declined, whatever was filled in for it.

    The household's signature under the card lapses when it changes.

    Raises:
        Refused: ``records.no_owner``, ``records.no_datum``, ``records.text_long``, ``records.too_many``, a
            name or phone that cannot stand.
        Conflict: ``db.changed_meanwhile``.
    """
    household = _checked(card.household)
    with desk.unit(Action.RESIDENTS_EDIT, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            owners = _owners(session, desk, house_id)
            first = owners[0][1]
            if first.version != version:
                raise Conflict("db.changed_meanwhile")
            changed = _save(unit, owners, household, card.owners)
            row = open_pass_of(session, desk.estate_id, house_id)
            if changed and row is not None:
                _lapse(unit, row)
            # The card itself holds personal data: the history says which parts changed, not to what.
            data = {"count": len(changed), "parts": sorted(changed), "declined": list(household.declined)}
            unit.record("owner_card.saved", "house", house_id, house_id=house_id, data=data)
            touch_pass(unit, house_id)
        view = _view(session, desk, house_id)
    return Done(view, changes_of(unit))


def _lapse(unit: Unit, row: Pass) -> None:
    lapse(unit, row, "documents")


def _save(
    unit: Unit,
    owners: list[tuple[Party, Person]],
    household: HouseholdCard,
    told: tuple[OwnerDatum, ...],
) -> set[str]:
    """Writes the card; answers which parts of it changed."""
    by_person = {datum.person_id: datum for datum in told}
    if by_person.keys() - {person.id for _, person in owners}:
        raise Refused("records.no_owner")
    changed: set[str] = set()
    for at, (_, person) in enumerate(owners):
        kept = dict(person.card)
        if datum := by_person.get(person.id):
            kept |= {name: _text(getattr(datum, name)) for name in OF_OWNER}
        if at == 0:
            contacts = _save_contacts(unit, person, household)
            changed |= {"contacts"} if contacts else set()
            kept = _with_household(kept, household, unit, person)
        for code in ("trade", "native_place"):
            if code in household.declined:
                kept[code] = None
        changed |= {key for key in kept if kept[key] != person.card.get(key, "")}
        if kept != person.card:
            person.card = kept
        unit.touch("person", person.id)
    return changed


def _with_household(
    card: dict[str, Any], household: HouseholdCard, unit: Unit, first: Person
) -> dict[str, Any]:
    """The first owner's card with what it holds of the household; declined data stand as null."""
    rows: dict[str, Any] = {
        "members": [
            {**asdict(m), "born_on": m.born_on.isoformat() if m.born_on else None} for m in household.members
        ],
        "vehicles": [asdict(v) for v in household.vehicles],
        "pets": [asdict(p) for p in household.pets],
    }
    kept = {key: value for key, value in card.items() if key != "contacts"}
    kept |= {code: None if code in household.declined else rows[code] for code in rows}
    if "contacts" in household.declined:
        return {**kept, "contacts": None, "relations": {}}
    numbers = {phone.id: phone.number for phone in phones_of(unit.session, first, emergency=True)}
    stated = [(numbers.get(c.phone_id, c.phone), c.relation) for c in household.contacts]
    return {**kept, "relations": {number: relation for number, relation in stated if relation}}


def _save_contacts(unit: Unit, first: Person, household: HouseholdCard) -> bool:
    """Writes the emergency contacts as phones of the first owner; answers whether they changed."""
    present = {phone.id: phone for phone in phones_of(unit.session, first, emergency=True)}
    wanted = () if "contacts" in household.declined else household.contacts
    changed = False
    for rank, contact in enumerate(wanted):
        row = present.pop(contact.phone_id, None)
        if row is not None and contact.phone in (row.number, mask_phone(row.number)):
            changed |= row.holder != contact.name
            row.holder, row.rank = contact.name, rank
            continue
        if row is not None:
            unit.session.delete(row)
        changed = True
        unit.session.add(
            Phone(
                estate_id=unit.estate_id,
                id=new_id(),
                person_id=first.id,
                number=_phone(contact.phone),
                use=EMERGENCY,
                holder=contact.name,
                rank=rank,
            )
        )
    for row in present.values():
        unit.session.delete(row)
    unit.session.flush()
    return changed or bool(present)


def _checked(card: HouseholdCard) -> HouseholdCard:
    """The card with its texts tidied.

    Raises:
        Refused: as `save_owner_card`.
    """
    if unknown := set(card.declined) - set(DATA):
        raise Refused("records.no_datum", datum="、".join(sorted(unknown)))
    for lines in (card.contacts, card.members, card.vehicles, card.pets):
        if len(lines) > MOST:
            raise Refused("records.too_many", limit=MOST)
    return replace(
        card,
        contacts=tuple(
            Contact(checked_name(c.name), _phone(c.phone), _text(c.relation), c.phone_id)
            if not c.phone_id
            else replace(c, name=checked_name(c.name), relation=_text(c.relation))
            for c in card.contacts
        ),
        members=tuple(Member(checked_name(m.name), _text(m.relation), m.born_on) for m in card.members),
        vehicles=tuple(
            Vehicle(*_texts((v.plate.upper(), v.description, v.space), needed=True)) for v in card.vehicles
        ),
        pets=tuple(Pet(*_texts((p.kind, p.description, p.licence), needed=True)) for p in card.pets),
        declined=tuple(code for code in DATA if code in card.declined),
    )


def _texts(texts: Iterable[str], *, needed: bool) -> list[str]:
    clean = [_text(text) for text in texts]
    if needed and not clean[0]:
        raise Refused("records.text_missing")
    return clean


def _text(text: str) -> str:
    clean = text.strip()
    if len(clean) > LONGEST:
        raise Refused("records.text_long", limit=LONGEST)
    return clean


def _phone(text: str) -> str:
    check = normalise_phone(text)
    if check.code is not None:
        raise Refused(check.code)
    return check.number


def _owners(session: Session, desk: Desk, house_id: int) -> list[tuple[Party, Person]]:
    house = house_row(session, desk.estate_id, house_id)
    owners = owners_of(session, desk.estate_id, house_id)
    if not owners:
        raise Refused("records.no_owner", house=house.label)
    return owners


def _view(session: Session, desk: Desk, house_id: int) -> OwnerCardView:
    session.flush()
    owners = _owners(session, desk, house_id)
    card = card_of(session, desk.estate_id, house_id)
    masked = tuple(replace(c, phone=mask_phone(c.phone)) for c in card.contacts)
    return OwnerCardView(
        house_id=house_id,
        version=owners[0][1].version,
        label=house_row(session, desk.estate_id, house_id).label,
        owners=tuple(_owner(session, party, person) for party, person in owners),
        household=replace(card, contacts=masked),
    )


def _owner(session: Session, party: Party, person: Person) -> CardOwner:
    phones = phones_of(session, person, emergency=False)
    told = {name: person.card.get(name) or "" for name in OF_OWNER}
    return CardOwner(
        person_id=person.id,
        name=person.name,
        role=party.role,
        share=party.share,
        id_kind=person.id_kind,
        id_masked=mask_id(person.id_number),
        phones_masked=tuple(mask_phone(phone.number) for phone in phones),
        **told,
    )
