"""Changing who belongs to a house and how they are reached: one unit each, with its history (P2, P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from deskapp.base.clock import day_of
from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.unit import Unit
from deskapp.domain.identity import IdentityCheck, IdKind, check_identity, normalise_phone
from deskapp.domain.people import PartyRole, checked_name, mask_phone
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.residents.index import rebuild_keys

EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class PartyIn:
    """A person or company as a clerk types it.

    Attributes:
        person_id: somebody already known, chosen by the clerk; 0 for a new person. Two people of one
            name are never joined by themselves (P5).
        phone: "" where none is given.
        since: None for today.
        detail: an agent's ``matter``, ``scope``, ``until`` (ISO date) and ``signed`` (民法典 165: name,
            matter, scope, term, signature); a company's ``licence``, ``letter``.
    """

    name: str
    role: PartyRole
    person_id: int = 0
    id_kind: IdKind | None = None
    id_number: str = ""
    phone: str = ""
    share: str = ""
    since: date | None = None
    until: date | None = None
    detail: dict[str, Any] | None = None


def add_party(desk: Desk, command_id: str, house_id: int, given: PartyIn) -> Done[int]:
    """Adds a person to a house from a day on (P2).

    Returns:
        The party's id.

    Raises:
        Refused: ``residents.no_house``, ``residents.no_person``, ``residents.already_party``,
            ``residents.ends_before``, ``residents.agent_authority``, a name, identity number or phone
            that cannot stand.
    """
    today = day_of(desk.now())
    identity = _checked(given, today)
    phone = _phone_number(given.phone) if given.phone.strip() else ""
    since = given.since or today
    if given.until is not None and given.until < since:
        raise Refused("residents.ends_before")
    detail = _authority(given, since)
    with desk.unit(Action.RESIDENTS_EDIT, command_id) as unit:
        if unit.answered is not None:
            return Done(int(unit.answered["party_id"]))
        house = _house(unit, house_id)
        person = _person(unit, given, identity)
        _refuse_twice(unit, house_id, person.id, given.role)
        party = Party(
            estate_id=unit.estate_id,
            id=new_id(),
            house_id=house_id,
            person_id=person.id,
            role=given.role.value,
            share=given.share.strip(),
            rank=_next_rank(unit, house_id),
            since=since,
            until=given.until,
            detail=detail,
            created_at=unit.now,
        )
        unit.session.add(party)
        if phone:
            _add_phone(unit, person.id, phone, "")
        _note(unit, f"residents.party_added.{party.role}", house, party, {"name": person.name})
        unit.answer(party_id=party.id)
        return Done(party.id, changes_of(unit))


def end_party(desk: Desk, command_id: str, party_id: int, until: date, reason: str) -> Done[int]:
    """Ends what a person is to a house; the row stays with its days (P2).

    Raises:
        Refused: ``residents.no_party``, ``residents.party_ended``, ``residents.ends_before``,
            ``residents.reason_needed``.
    """
    if not reason.strip():
        raise Refused("residents.reason_needed")
    with desk.unit(Action.RESIDENTS_EDIT, command_id) as unit:
        party = unit.session.get(Party, (desk.estate_id, party_id))
        if party is None:
            raise Refused("residents.no_party")
        if unit.answered is not None:
            return Done(party.house_id)
        if party.until is not None and party.until <= until:
            raise Refused("residents.party_ended", day=party.until.isoformat())
        if party.since is not None and until < party.since:
            raise Refused("residents.ends_before")
        party.until = until
        person, house = _person_of(unit, party.person_id), _house(unit, party.house_id)
        data = {"name": person.name, "until": until.isoformat(), "reason": reason.strip()}
        _note(unit, f"residents.party_ended.{party.role}", house, party, data)
        return Done(party.house_id, changes_of(unit))


def change_phone(
    desk: Desk, command_id: str, person_id: int, version: int, number: str, *, phone_id: int = 0
) -> Done[int]:
    """Writes a new number over an old one, or adds one.

    Args:
        version: of the person, as shown; a colleague's change in between is told (design rule 2).
        phone_id: of the number that is replaced; 0 adds one.
        number: "" takes the old number away.

    Returns:
        The phone's id; 0 when it was taken away.

    Raises:
        Refused: ``phone.format``, ``residents.no_person``, ``residents.nothing_to_show``.
        Conflict: ``db.changed_meanwhile``.
    """
    fresh = _phone_number(number) if number.strip() or not phone_id else ""
    with desk.unit(Action.RESIDENTS_EDIT, command_id) as unit:
        if unit.answered is not None:
            return Done(int(unit.answered["phone_id"]))
        person = _person_of(unit, person_id)
        if person.version != version:
            raise Conflict("db.changed_meanwhile")
        old, kept = "", 0
        if phone_id:
            row = unit.session.get(Phone, (desk.estate_id, phone_id))
            if row is None or row.person_id != person_id:
                raise Refused("residents.nothing_to_show")
            old, kept = row.number, phone_id if fresh else 0
            if fresh:
                row.number, row.use = fresh, _use(fresh, row.use)
            else:
                unit.session.delete(row)
        else:
            kept = _add_phone(unit, person_id, fresh, "")
        _touch_person(person)
        _phone_changed(unit, person, old, fresh)
        unit.answer(phone_id=kept)
        return Done(kept, changes_of(unit))


def set_emergency_contact(
    desk: Desk, command_id: str, person_id: int, version: int, holder: str, number: str
) -> Done[int]:
    """Whom to call when the person cannot be reached: one contact, written over the last (P4, M9).

    Raises:
        Refused: ``phone.format``, a name that cannot stand, ``residents.no_person``.
        Conflict: ``db.changed_meanwhile``.
    """
    fresh, name = _phone_number(number), checked_name(holder)
    with desk.unit(Action.RESIDENTS_EDIT, command_id) as unit:
        if unit.answered is not None:
            return Done(int(unit.answered["phone_id"]))
        person = _person_of(unit, person_id)
        if person.version != version:
            raise Conflict("db.changed_meanwhile")
        own = (Phone.estate_id == unit.estate_id) & (Phone.person_id == person_id)
        row = unit.session.scalars(select(Phone).where(own, Phone.use == EMERGENCY)).first()
        old = row.number if row else ""
        if row is None:
            kept = _add_phone(unit, person_id, fresh, name)
        else:
            kept, row.number, row.holder = row.id, fresh, name
        _touch_person(person)
        _phone_changed(unit, person, old, fresh)
        unit.answer(phone_id=kept)
        return Done(kept, changes_of(unit))


def _checked(given: PartyIn, today: date) -> IdentityCheck | None:
    if given.person_id:
        return None
    checked_name(given.name)
    if not given.id_number.strip():
        return None
    check = check_identity(given.id_kind or IdKind.RESIDENT_ID, given.id_number, today=today)
    if check.code is not None:
        raise Refused(check.code)
    return check


def _phone_number(text: str) -> str:
    check = normalise_phone(text)
    if check.code is not None:
        raise Refused(check.code)
    return check.number


def _authority(given: PartyIn, since: date) -> dict[str, Any]:
    """What a power of attorney must hold before an agent can act (P2; 民法典 165)."""
    detail = dict(given.detail or {})
    if given.role is not PartyRole.AGENT:
        return detail
    if not all(str(detail.get(key, "")).strip() for key in ("matter", "scope", "until", "signed")):
        raise Refused("residents.agent_authority")
    try:
        ends = date.fromisoformat(str(detail["until"]))
    except ValueError:
        raise Refused("residents.agent_authority") from None
    if ends < since:
        raise Refused("residents.ends_before")
    return detail


def _house(unit: Unit, house_id: int) -> House:
    house = unit.session.get(House, (unit.estate_id, house_id))
    if house is None:
        raise Refused("residents.no_house")
    return house


def _person_of(unit: Unit, person_id: int) -> Person:
    person = unit.session.get(Person, (unit.estate_id, person_id))
    if person is None:
        raise Refused("residents.no_person")
    return person


def _person(unit: Unit, given: PartyIn, identity: IdentityCheck | None) -> Person:
    """The person chosen, the one with the same identity number, or a new one."""
    if given.person_id:
        return _person_of(unit, given.person_id)
    if identity is not None:
        same = select(Person).where(Person.estate_id == unit.estate_id, Person.id_number == identity.number)
        known = unit.session.scalars(same.order_by(Person.id)).first()
        if known is not None:
            return known
    person = Person(
        estate_id=unit.estate_id,
        id=new_id(),
        name=checked_name(given.name),
        id_kind=identity.kind.value if identity else "",
        id_number=identity.number if identity else "",
        birth=identity.birth_date if identity else None,
        card={},
    )
    unit.session.add(person)
    unit.session.flush()
    return person


def _refuse_twice(unit: Unit, house_id: int, person_id: int, role: PartyRole) -> None:
    again = select(Party.id).where(
        Party.estate_id == unit.estate_id,
        Party.house_id == house_id,
        Party.person_id == person_id,
        Party.role == role.value,
        Party.until.is_(None),
    )
    if unit.session.scalar(again) is not None:
        raise Refused("residents.already_party")


def _next_rank(unit: Unit, house_id: int) -> int:
    last = select(func.max(Party.rank)).where(Party.estate_id == unit.estate_id, Party.house_id == house_id)
    return int(unit.session.scalar(last) or 0) + 1


def _add_phone(unit: Unit, person_id: int, number: str, holder: str) -> int:
    last = select(func.max(Phone.rank)).where(Phone.estate_id == unit.estate_id, Phone.person_id == person_id)
    use = EMERGENCY if holder else _use(number, "")
    rank = int(unit.session.scalar(last) or 0) + 1
    row = Phone(
        estate_id=unit.estate_id,
        id=new_id(),
        person_id=person_id,
        number=number,
        use=use,
        holder=holder,
        rank=rank,
    )
    unit.session.add(row)
    return row.id


def _use(number: str, old: str) -> str:
    if old == EMERGENCY:
        return old
    kind = normalise_phone(number).kind
    return kind.value if kind else "mobile"


def _touch_person(person: Person) -> None:
    """Counts the version up although the person's own columns stay: his phones are his."""
    flag_modified(person, "card")


def _phone_changed(unit: Unit, person: Person, old: str, fresh: str) -> None:
    """History and search keys of every house the person belongs to."""
    houses = unit.session.scalars(
        select(Party.house_id)
        .where(Party.estate_id == unit.estate_id, Party.person_id == person.id, Party.until.is_(None))
        .distinct()
    ).all()
    data = {"name": person.name, "old": mask_phone(old), "new": mask_phone(fresh)}
    rebuild_keys(unit, houses)
    act = "changed" if old and fresh else "added" if fresh else "removed"
    unit.record(
        f"residents.phone_{act}",
        "person",
        person.id,
        house_id=houses[0] if houses else None,
        data=data,
        before={"phone": old},
        after={"phone": fresh},
    )
    for house_id in houses:
        unit.touch("house", house_id)


def _note(unit: Unit, act: str, house: House, party: Party, data: dict[str, Any]) -> None:
    rebuild_keys(unit, [house.id])
    unit.record(act, "party", party.id, house_id=house.id, data={**data, "label": house.label})
