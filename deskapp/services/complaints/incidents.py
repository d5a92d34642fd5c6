"""An incident: whom it affects, what is said to everybody, losses and what was paid (C11, C18, Z22)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.estate import House
from deskapp.db.tables.incidents import Incident, IncidentHouse
from deskapp.db.unit import Unit
from deskapp.domain.staff import Action
from deskapp.services import attachments
from deskapp.services.changes import Done
from deskapp.services.complaints.browse import lines_of
from deskapp.services.complaints.incident_views import AffectedView as AffectedView
from deskapp.services.complaints.incident_views import Authority as Authority
from deskapp.services.complaints.incident_views import IncidentView as IncidentView
from deskapp.services.complaints.matching import (
    add_house,
    count_households,
    locked_incident,
    open_incident,
    tickets_of,
)
from deskapp.services.complaints.rows import free_text, payable_text, ticket_row
from deskapp.services.complaints.showing import incident_brief
from deskapp.services.complaints.views import IncidentBrief
from deskapp.services.desk import Desk, changes_of

_AFFECTED = (
    select(IncidentHouse, House.label)
    .join(House, (House.estate_id == IncidentHouse.estate_id) & (House.id == IncidentHouse.house_id))
    .where(
        IncidentHouse.estate_id == bindparam("estate_id"),
        IncidentHouse.incident_id == bindparam("incident_id"),
    )
    .order_by(House.label)
)
_LIST = (
    select(Incident)
    .where(Incident.estate_id == bindparam("estate_id"))
    .order_by(Incident.open.desc(), Incident.id.desc())
    .limit(200)
)


def incident_row(session: Session, estate_id: int, incident_id: int) -> Incident:
    """The incident.

    Raises:
        Refused: ``complaints.no_incident``.
    """
    row = session.get(Incident, (estate_id, incident_id))
    if row is None:
        raise Refused("complaints.no_incident")
    return row


def incidents(desk: Desk, *, open_only: bool = True) -> tuple[IncidentBrief, ...]:
    """The incidents, open ones and the newest first."""
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        rows = session.scalars(_LIST, {"estate_id": desk.estate_id})
        found = (incident_brief(session, row) for row in rows if row.open or not open_only)
        return tuple(brief for brief in found if brief is not None)


def incident(desk: Desk, incident_id: int) -> IncidentView:
    """An incident whole: its tickets, the register of those affected, who speaks.

    Raises:
        Refused: ``complaints.no_incident``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        return incident_view(session, desk, incident_row(session, desk.estate_id, incident_id))


def incident_view(session: Session, desk: Desk, row: Incident) -> IncidentView:
    """An incident as panels see it."""
    brief = incident_brief(session, row)
    assert brief is not None
    return IncidentView(
        brief=brief,
        version=row.version,
        master_ticket_id=row.master_ticket_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        tickets=lines_of(session, desk, tickets_of(session, row)),
        affected=affected_of(session, row),
        spokesman=row.spokesman,
        authorities=tuple(
            Authority(
                str(one["name"]),
                str(one["contact"]),
                datetime.fromisoformat(one["told_at"]) if one.get("told_at") else None,
            )
            for one in row.authorities
        ),
        cause=row.cause,
        next_step=row.next_step,
    )


def affected_of(session: Session, row: Incident) -> tuple[AffectedView, ...]:
    """The register of those affected, by house."""
    values = {"estate_id": row.estate_id, "incident_id": row.id}
    return tuple(
        AffectedView(
            house_id=one.house_id,
            version=one.version,
            label=label,
            came_at=one.came_at,
            description=one.description,
            loss=one.loss,
            claim=one.claim,
            paid=one.paid,
            paid_at=one.paid_at,
            signed_by=one.signed_by,
            signed_at=one.signed_at,
            signature=one.signature,
        )
        for one, label in session.execute(_AFFECTED, values)
    )


def act_on(
    desk: Desk,
    command_id: str,
    incident_id: int,
    version: int,
    change: Callable[[Unit, Incident], None],
    action: Action = Action.COMPLAINTS_HANDLE,
) -> Done[IncidentView]:
    """One act on an incident that a clerk saw in a version; 0 where the version does not matter.

    Raises:
        Conflict: ``complaints.incident_changed``.
        Refused: ``complaints.no_incident``, ``complaints.closed``.
    """
    with desk.unit(action, command_id) as unit:
        row = incident_row(unit.session, desk.estate_id, incident_id)
        if unit.answered is None:
            row = locked_incident(unit, incident_id)
            if version and row.version != version:
                raise Conflict("complaints.incident_changed", number=row.number)
            if not row.open:
                raise Refused("complaints.closed", number=row.number)
            change(unit, row)
            unit.answer(incident_id=row.id)
            unit.session.flush()
        return Done(incident_view(unit.session, desk, row), changes_of(unit))


def note_incident(unit: Unit, act: str, row: Incident, **data: object) -> None:
    """Writes an act on an incident down; every ticket of it shows it anew."""
    unit.record(act, "incident", row.id, data={"number": row.number, **data})
    for one in tickets_of(unit.session, row):
        unit.touch("ticket", one.id)


def make_incident(desk: Desk, command_id: str, ticket_id: int, title: str = "") -> Done[IncidentView]:
    """A matter of many from the first ticket on, before others call (C18).

    Raises:
        Refused: ``complaints.in_incident_already``, ``complaints.closed``.
    """
    with desk.unit(Action.COMPLAINTS_HANDLE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            if row.incident_id is not None:
                raise Refused("complaints.in_incident_already", number=row.number)
            if not row.open:
                raise Refused("complaints.closed", number=row.number)
            made = open_incident(unit, desk, row, row.topic, free_text(title, limit=200))
            unit.answer(incident_id=made.id)
            unit.session.flush()
        else:
            made = incident_row(unit.session, desk.estate_id, int(unit.answered["incident_id"]))
        return Done(incident_view(unit.session, desk, made), changes_of(unit))


def agree_answer(
    desk: Desk, command_id: str, incident_id: int, version: int, text: str
) -> Done[IncidentView]:
    """The one answer that every clerk gives to the next caller 统一口径 (C11, Z20).

    Raises:
        Refused: ``complaints.answer_empty``, ``staff.no_right``.
    """
    said = payable_text(text)
    if not said:
        raise Refused("complaints.answer_empty")

    def change(unit: Unit, row: Incident) -> None:
        row.agreed_answer, row.answer_at, row.answer_by = said, unit.now, unit.who.name
        note_incident(unit, "complaints.answer_agreed", row, text=said[:80])

    return act_on(desk, command_id, incident_id, version, change, Action.COMPLAINTS_APPROVE)


def set_scene(
    desk: Desk,
    command_id: str,
    incident_id: int,
    version: int,
    *,
    spokesman: str,
    authorities: Iterable[Authority] = (),
    cause: str = "",
    next_step: str = "",
) -> Done[IncidentView]:
    """The one person who speaks, the channel to police and authorities, cause and next step (C18)."""

    def change(unit: Unit, row: Incident) -> None:
        row.spokesman = payable_text(spokesman, limit=60)
        row.cause, row.next_step = payable_text(cause), payable_text(next_step)
        row.authorities = [
            {
                "name": payable_text(one.name, limit=100),
                "contact": payable_text(one.contact, limit=100),
                "told_at": one.told_at.isoformat() if one.told_at else "",
            }
            for one in authorities
        ]
        note_incident(unit, "complaints.scene_set", row, spokesman=row.spokesman)

    return act_on(desk, command_id, incident_id, version, change)


def add_affected(
    desk: Desk, command_id: str, incident_id: int, house_ids: Iterable[int]
) -> Done[IncidentView]:
    """Households that suffer although they never came; they are told like the others (C18).

    Raises:
        Refused: ``complaints.no_house``.
    """
    wanted = sorted(set(house_ids))

    def change(unit: Unit, row: Incident) -> None:
        for house_id in wanted:
            if unit.session.get(House, (unit.estate_id, house_id)) is None:
                raise Refused("complaints.no_house")
            add_house(unit, row, house_id, None)
        count_households(unit, desk, row)
        note_incident(unit, "complaints.affected_added", row, households=len(wanted))

    return act_on(desk, command_id, incident_id, 0, change)


def _register(unit: Unit, row: Incident, house_id: int, version: int) -> IncidentHouse:
    found = unit.session.get(IncidentHouse, (unit.estate_id, row.id, house_id))
    if found is None:
        raise Refused("complaints.not_affected")
    if found.version != version:
        raise Conflict("complaints.incident_changed", number=row.number)
    return found


def set_loss(
    desk: Desk,
    command_id: str,
    incident_id: int,
    house_id: int,
    version: int,
    *,
    description: str,
    loss: Decimal,
    claim: Decimal,
) -> Done[IncidentView]:
    """What a household lost and what it asks for (Z22); all losses together weigh in the severity.

    Raises:
        Conflict: ``complaints.incident_changed``. Refused: ``complaints.not_affected``,
            ``complaints.amount_form``, ``complaints.paid_already``.
    """
    for amount in (loss, claim):
        if amount < 0 or amount != amount.quantize(Decimal("0.01")):
            raise Refused("complaints.amount_form", amount=f"{amount:f}")

    def change(unit: Unit, row: Incident) -> None:
        found = _register(unit, row, house_id, version)
        if found.signed_at is not None:
            raise Refused("complaints.paid_already")
        found.description, found.loss, found.claim = payable_text(description), loss, claim
        unit.session.flush()
        master = unit.session.get(Ticket, (unit.estate_id, row.master_ticket_id))
        assert master is not None
        total = sum((one.loss for one in affected_of(unit.session, row)), Decimal(0))
        master.facts = {**master.facts, "loss": f"{total:f}"}
        count_households(unit, desk, row)
        note_incident(unit, "complaints.loss_noted", row, loss=f"{loss:.2f}", house_id=house_id)

    return act_on(desk, command_id, incident_id, 0, change)


def pay_loss(
    desk: Desk,
    command_id: str,
    incident_id: int,
    house_id: int,
    version: int,
    *,
    paid: Decimal,
    signed_by: str,
    signature: bytes | None = None,
) -> Done[IncidentView]:
    """What the household was paid, against its signature on screen, on paper or as a scan (C18, Z22).

    Raises:
        Conflict: ``complaints.incident_changed``. Refused: ``complaints.not_affected``,
            ``complaints.amount_form``, ``complaints.signature_missing``, ``complaints.paid_already``.
    """
    if paid < 0 or paid != paid.quantize(Decimal("0.01")):
        raise Refused("complaints.amount_form", amount=f"{paid:f}")
    who = payable_text(signed_by, limit=60)
    if not who:
        raise Refused("complaints.signature_missing")

    def change(unit: Unit, row: Incident) -> None:
        found = _register(unit, row, house_id, version)
        if found.signed_at is not None:
            raise Refused("complaints.paid_already")
        found.paid, found.paid_at, found.signed_by, found.signed_at = paid, unit.now, who, unit.now
        if signature is not None:
            found.signature = attachments.keep(
                unit,
                desk,
                signature,
                f"{row.number}-{house_id}",
                kind="incident",
                subject_id=row.id,
                house_id=house_id,
                picture=False,
            )
        unit.record(
            "complaints.loss_paid",
            "incident",
            row.id,
            house_id=house_id,
            data={"number": row.number, "paid": f"{paid:.2f}", "who": who},
        )

    return act_on(desk, command_id, incident_id, 0, change)
