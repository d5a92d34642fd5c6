"""Help that may do harm: everything on file before anybody acts (C14, Z4, Z5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.estate import House
from deskapp.db.tables.handling import RiskFile
from deskapp.db.unit import Unit
from deskapp.domain.complaints.risk import Attempt, RiskFacts, RiskNeed, RiskyHelp, check_help, risk_needs
from deskapp.domain.staff import Action, Role
from deskapp.services.changes import Done
from deskapp.services.complaints.rows import label_of, note, payable_text, ticket_row
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.views import Approval
from deskapp.services.residents.parties import parties_of
from deskapp.services.staff import approve

_OF_TICKET = select(RiskFile).where(
    RiskFile.estate_id == bindparam("estate_id"), RiskFile.ticket_id == bindparam("ticket_id")
)
TEXTS = ("identity", "house", "reason", "consent", "witness", "risks_told", "apology", "follow_up")
"""The facts of `RiskFacts` that are written in words."""


@dataclass(frozen=True, slots=True)
class RiskView:
    """The file of a risky help as it stands.

    Attributes:
        facts: what is on file. missing: what must be on file before acting; closing: before the close.
        house_id, label: the house that was proven. owners: who the archive says lives there.
    """

    ticket_id: int
    version: int
    facts: RiskFacts
    house_id: int | None
    label: str
    owners: tuple[str, ...]
    decided_at: datetime | None
    reason: str
    done_at: datetime | None
    done_by: str
    missing: tuple[RiskNeed, ...]
    closing: tuple[RiskNeed, ...]


def risk_file(session: Session, row: Ticket) -> RiskFile | None:
    """The file of a ticket, None without one."""
    return session.scalars(_OF_TICKET, {"estate_id": row.estate_id, "ticket_id": row.id}).first()


def facts_of(found: RiskFile) -> RiskFacts:
    """The rows as the rules know them."""
    return RiskFacts(
        help=RiskyHelp(found.help),
        tried=_attempts(found.facts.get("tried")),
        decider=found.decider,
        decider_role=Role(found.decider_role) if found.decider_role else None,
        **{name: str(found.facts.get(name, "")) for name in TEXTS},
    )


def _attempts(data: Any) -> tuple[Attempt, ...]:
    return tuple(
        Attempt(str(one["what"]), datetime.fromisoformat(one["at"]), str(one["result"])) for one in data or ()
    )


def _data(facts: RiskFacts) -> dict[str, Any]:
    texts = {name: payable_text(getattr(facts, name)) for name in TEXTS}
    return texts | {"tried": [_attempt(one) for one in facts.tried]}


def _attempt(one: Attempt) -> dict[str, str]:
    return {"what": payable_text(one.what), "at": one.at.isoformat(), "result": payable_text(one.result)}


def risk(desk: Desk, ticket_id: int) -> RiskView | None:
    """The file of a ticket's risky help, None where it has none."""
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        found = risk_file(session, ticket_row(session, desk.estate_id, ticket_id))
        return _view(session, desk, found) if found is not None else None


def _view(session: Session, desk: Desk, found: RiskFile) -> RiskView:
    facts = facts_of(found)
    parties = parties_of(session, desk.estate_id, found.house_id) if found.house_id else ()
    return RiskView(
        ticket_id=found.ticket_id,
        version=found.version,
        facts=facts,
        house_id=found.house_id,
        label=label_of(session, desk.estate_id, found.house_id),
        owners=tuple(party.name for party in parties if party.until is None),
        decided_at=found.decided_at,
        reason=found.reason,
        done_at=found.done_at,
        done_by=found.done_by,
        missing=risk_needs(facts),
        closing=risk_needs(facts, closing=True),
    )


def save_risk(
    desk: Desk, command_id: str, ticket_id: int, version: int, facts: RiskFacts, house_id: int | None
) -> Done[RiskView]:
    """What is known so far; the decider is set by `decide` alone. A decision falls with what it was about,
    and once it was done only what followed is added.

    Args:
        version: of the file, 0 for a new one.
        house_id: the house that the archive proves to be this person's.

    Raises:
        Conflict: ``complaints.file_changed``.
        Refused: ``complaints.no_house``, ``complaints.risk_done``.
    """
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        found = risk_file(unit.session, row)
        if unit.answered is None:
            found = _save(unit, row, found, version, facts, house_id)
            note(unit, "complaints.risk_noted", row)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        assert found is not None
        return Done(_view(unit.session, desk, found), changes_of(unit))


def _save(
    unit: Unit, row: Ticket, found: RiskFile | None, version: int, facts: RiskFacts, house_id: int | None
) -> RiskFile:
    if house_id is not None and unit.session.get(House, (unit.estate_id, house_id)) is None:
        raise Refused("complaints.no_house")
    if found is None:
        found = RiskFile(
            estate_id=unit.estate_id,
            id=new_id(),
            ticket_id=row.id,
            help=facts.help.value,
            house_id=house_id,
            facts=_data(facts),
            opened_at=unit.now,
        )
        unit.session.add(found)
        return found
    if found.version != version:
        raise Conflict("complaints.file_changed", number=row.number)
    if found.done_at is not None:
        known = facts_of(found)
        after = replace(known, apology=facts.apology, follow_up=facts.follow_up)
        wanted = replace(facts, decider=known.decider, decider_role=known.decider_role)
        if (after, found.house_id) != (wanted, house_id):
            raise Refused("complaints.risk_done", number=row.number)
    elif found.help != facts.help.value or found.house_id not in (None, house_id):
        found.decider_id, found.decider, found.decider_role = 0, "", ""
        found.decided_at, found.reason = None, ""
    found.help, found.house_id, found.facts = facts.help.value, house_id, _data(facts)
    return found


def decide(desk: Desk, command_id: str, ticket_id: int, approval: Approval) -> Done[RiskView]:
    """A supervisor decides, by name and secret, with the reason (C14).

    Raises:
        Refused: as `services.staff.approve`; ``complaints.no_risk_file``.
    """
    decider = approve(desk, approval, Action.COMPLAINTS_APPROVE)
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        found = risk_file(unit.session, row)
        if found is None:
            raise Refused("complaints.no_risk_file", number=row.number)
        if unit.answered is None:
            name, role = _staff(unit.session, unit.estate_id, decider)
            found.decider_id, found.decider, found.decider_role = decider, name, role
            found.decided_at, found.reason = unit.now, approval.reason.strip()
            note(unit, "complaints.risk_decided", row, who=name, reason=found.reason)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(_view(unit.session, desk, found), changes_of(unit))


def _staff(session: Session, estate_id: int, staff_id: int) -> tuple[str, str]:
    from deskapp.db.tables.staff import Staff

    row = session.get(Staff, (estate_id, staff_id))
    assert row is not None
    return row.name, row.role


def help_given(desk: Desk, command_id: str, ticket_id: int) -> Done[RiskView]:
    """It was done; refused while anything that must be on file is missing.

    Raises:
        Refused: ``complaints.risk_needs`` with all that is missing, ``complaints.no_risk_file``.
    """
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        found = risk_file(unit.session, row)
        if found is None:
            raise Refused("complaints.no_risk_file", number=row.number)
        if unit.answered is None:
            check_help(facts_of(found))
            found.done_at, found.done_by = unit.now, unit.who.name
            note(unit, "complaints.risk_done", row, who=unit.who.name)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(_view(unit.session, desk, found), changes_of(unit))
