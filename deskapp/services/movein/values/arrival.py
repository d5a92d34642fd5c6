"""What a household gets when it arrives: pass, owner's card (M5, M8, M9)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import on_paper
from deskapp.db.tables import movein, residents
from deskapp.domain import documents as paper
from deskapp.domain.people import PartyRole
from deskapp.services.desk import Desk
from deskapp.services.movein.owner_card_data import HouseholdCard, card_of, owners_of, phones_of
from deskapp.services.movein.record_rows import signatures_under
from deskapp.services.movein.rows import batch_of, house_row, order_of, visits_of
from deskapp.services.movein.values.parts import (
    attendee_part,
    house_part,
    outcome_name,
    override_parts,
    owner_names,
    signature_parts,
    staff_name,
    station_name,
)


def pass_values(session: Session, desk: Desk, row: movein.Pass) -> paper.Pass:
    """入住流转单 as things stand (M5)."""
    house = house_row(session, row.estate_id, row.house_id)
    batch = batch_of(session, row)
    last = {visit.station: visit for visit in visits_of(session, row) if visit.ended_at is not None}
    return paper.Pass(
        queue_number=row.queue_number,
        day=row.day,
        house=house_part(house),
        attendee=attendee_part(session, row),
        owners=owner_names(session, row.estate_id, row.house_id),
        batch=batch.name if batch else "",
        arrived_at=row.arrived_at,
        priority=row.priority,
        balance_clear=house.developer_balance == 0,
        balance=house.developer_balance or None,
        stations=tuple(
            _station(session, place, station.value, last.get(station.value))
            for place, station in enumerate(order_of(session, desk, row), 1)
        ),
        overrides=override_parts(session, row),
    )


def _station(session: Session, place: int, station: str, visit: movein.Visit | None) -> paper.PassStation:
    if visit is None:
        return paper.PassStation(place=place, name=station_name(station))
    return paper.PassStation(
        place=place,
        name=station_name(station),
        desk=visit.desk,
        outcome=outcome_name(station, visit.outcome),
        closed_at=visit.ended_at if visit.closed else None,
        clerk=staff_name(session, visit.estate_id, visit.staff_id),
        note=visit.overruled,
    )


def owner_card_values(session: Session, desk: Desk, row: movein.Pass) -> paper.OwnerCard:
    """业主登记表 (M8, M9); identity numbers stand in full, the owner signs that they are right."""
    house = house_row(session, row.estate_id, row.house_id)
    card = card_of(session, row.estate_id, row.house_id)
    return paper.OwnerCard(
        house=house_part(house),
        owners=tuple(
            _owner(session, party, person)
            for party, person in owners_of(session, row.estate_id, row.house_id)
        ),
        moved_in_on=day_of(row.arrived_at),
        contacts=tuple(
            paper.Relative(name=c.name, relation=c.relation, phone=c.phone) for c in card.contacts
        ),
        members=tuple(
            paper.Relative(name=m.name, relation=m.relation, born_on=m.born_on) for m in card.members
        ),
        vehicles=tuple(
            paper.Vehicle(plate=v.plate, description=v.description, space=v.space) for v in card.vehicles
        ),
        pets=tuple(paper.Pet(kind=p.kind, description=p.description, licence=p.licence) for p in card.pets),
        declined=_declined(card),
        signatures=signature_parts(signatures_under(session, row, "documents")),
    )


def _owner(session: Session, party: residents.Party, person: residents.Person) -> paper.OwnerEntry:
    phones = phones_of(session, person, emergency=False)
    card = person.card
    company = party.role == PartyRole.COMPANY_OWNER
    return paper.OwnerEntry(
        name=person.name,
        share=party.share,
        document_kind=on_paper(f"paper.id.{person.id_kind}") if person.id_kind else "",
        document_number=person.id_number,
        born_on=None if company else person.birth,
        phones=tuple(phone.number for phone in phones),
        trade=card.get("trade") or "",
        post=card.get("post") or "",
        native_place=card.get("native_place") or "",
        address=card.get("address") or "",
    )


def _declined(card: HouseholdCard) -> tuple[str, ...]:
    return tuple(on_paper(f"records.datum.{code}") for code in card.declined)


__all__ = ["owner_card_values", "pass_values"]
