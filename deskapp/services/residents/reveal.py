"""A masked number shown whole to a person with the right; the look is in the audit trail (design rule 6)."""

from __future__ import annotations

from deskapp.base.errors import Refused
from deskapp.db.tables.residents import Person, Phone
from deskapp.domain.people import mask_id, mask_phone
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk

ID_NUMBER = "id_number"
PHONE = "phone:"
"""What can be shown: the identity number, or one phone as ``phone:<phone_id>``."""


def reveal(desk: Desk, command_id: str, person_id: int, what: str) -> Done[str]:
    """The number whole, after the look was written down: who, when, where, of whom, what.

    Args:
        what: `ID_NUMBER`, or `PHONE` and the phone's id.

    Returns:
        The number; "" where none is known. Nothing changes, so nothing is emitted.

    Raises:
        Refused: ``staff.no_right``, ``residents.no_person``, ``residents.nothing_to_show``.
    """
    with desk.unit(Action.RESIDENTS_REVEAL, command_id) as unit:
        person = unit.session.get(Person, (desk.estate_id, person_id))
        if person is None:
            raise Refused("residents.no_person")
        if what == ID_NUMBER:
            text, masked = person.id_number, mask_id(person.id_number)
        else:
            phone = _phone(unit.session.get(Phone, (desk.estate_id, _number_of(what))), person_id)
            text, masked = phone.number, mask_phone(phone.number)
        if unit.answered is None:
            unit.audit("residents.revealed", "person", person_id, {}, {"what": what, "shown": masked})
        return Done(text)


def _number_of(what: str) -> int:
    number = what.removeprefix(PHONE)
    if not what.startswith(PHONE) or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise Refused("residents.nothing_to_show")
    return int(number)


def _phone(phone: Phone | None, person_id: int) -> Phone:
    if phone is None or phone.person_id != person_id:
        raise Refused("residents.nothing_to_show")
    return phone
