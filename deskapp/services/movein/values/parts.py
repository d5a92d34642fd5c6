"""Rows as the parts that several papers share; on paper everything is in Chinese (design rule 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.i18n import on_paper
from deskapp.db.tables import estate, movein, residents, staff, stations
from deskapp.domain import documents as paper
from deskapp.domain.fees import Basis, months_between
from deskapp.domain.keys import KeyKind
from deskapp.domain.papers import PackItem, PaperState
from deskapp.domain.people import PartyRole, mask_id, mask_phone
from deskapp.services.movein.owner_card_data import owners_of
from deskapp.services.movein.record_rows import OWNER_SIDE
from deskapp.services.movein.rows import visits_of

METER_UNITS: Mapping[str, str] = MappingProxyType({"water": "m³", "electricity": "kWh", "gas": "m³"})


def house_part(house: estate.House) -> paper.House:
    """The house as a paper names it."""
    return paper.House(label=house.label, layout=house.layout, area=house.area or None)


def owner_names(session: Session, estate_id: int, house_id: int) -> tuple[str, ...]:
    """The names of the present owners."""
    return tuple(person.name for _, person in owners_of(session, estate_id, house_id))


def attendee_part(session: Session, row: movein.Pass) -> paper.Attendee:
    """Who came, with document and phone masked."""
    role = "company" if row.attendee_role == PartyRole.COMPANY_OWNER else row.attendee_role
    agent = row.answers.get("documents", {}).get("agent")
    if agent and agent["name"] == row.attendee:
        return paper.Attendee(
            name=row.attendee,
            role=role,
            document=mask_id(agent["id_number"]),
            phone=mask_phone(agent["phone"]) if agent["phone"] else "",
        )
    people = [person for _, person in owners_of(session, row.estate_id, row.house_id)]
    known = next((person for person in people if person.name == row.attendee), None)
    if known is None:
        return paper.Attendee(name=row.attendee, role=role)
    phone = session.scalars(
        select(residents.Phone.number)
        .where(residents.Phone.estate_id == row.estate_id, residents.Phone.person_id == known.id)
        .order_by(residents.Phone.rank, residents.Phone.id)
    ).first()
    return paper.Attendee(
        name=row.attendee,
        role=role,
        document=document_text(known.id_kind, mask_id(known.id_number)),
        phone=mask_phone(phone) if phone else "",
    )


def document_text(kind: str, number: str) -> str:
    """Kind and number of an identity document, "" where it is unknown."""
    return f"{on_paper(f'paper.id.{kind}')} {number}" if number and kind else number


def meter_parts(readings: Mapping[str, stations.MeterReading]) -> tuple[paper.Meter, ...]:
    """Readings by meter, water first."""
    return tuple(
        paper.Meter(
            kind=meter,
            reading=readings[meter].reading,
            unit=METER_UNITS.get(meter, ""),
            photo=readings[meter].photo,
        )
        for meter in sorted(readings, key=lambda m: [*METER_UNITS, m].index(m))
    )


def signature_parts(
    rows: Iterable[stations.Signature], household: str = "owner"
) -> tuple[paper.Signature, ...]:
    """Signatures in the spaces of a form.

    A signature on paper leaves its space to the pen; its scan is kept with the record.

    Args:
        household: role of the space where the household signs.
    """
    by_space: dict[str, paper.Signature] = {}
    for row in rows:
        space = household if row.role in OWNER_SIDE else row.role
        drawn = row.method == "screen"
        by_space[space] = paper.Signature(
            role=space,
            name=row.name,
            signed_at=row.signed_at if drawn else None,
            picture=row.picture if drawn else "",
        )
    return tuple(by_space.values())


def paper_parts(lines: Iterable[stations.PaperLine], pack: Iterable[PackItem]) -> tuple[paper.Paper, ...]:
    """The pack as it was signed for."""
    titles = {item.code: item.title.zh for item in pack}
    return tuple(
        paper.Paper(
            name=titles.get(line.code, line.code),
            copies=line.copies,
            received=line.state == PaperState.HANDED,
            promised_on=line.promised,
            note=on_paper(f"paper.pack.{line.state}") if line.state != PaperState.HANDED else "",
        )
        for line in lines
    )


def key_parts(
    lines: Iterable[stations.KeyLine], kinds: Iterable[KeyKind], returned: Mapping[str, int]
) -> tuple[paper.KeyLine, ...]:
    """The keys of a house.

    Args:
        returned: pieces that came back to the owner now, by kind.
    """
    titles = {kind.code: kind.title.zh for kind in kinds}
    return tuple(
        paper.KeyLine(
            kind=titles.get(line.kind, line.kind),
            count=line.total,
            handed=line.handed,
            kept=line.kept,
            lent=line.lent,
            returned=returned.get(line.kind, 0),
            kept_for=" ".join(text for text in (line.keeper, line.why) if text),
            kept_until=line.until,
        )
        for line in lines
    )


def fee_part(charge: stations.Charge, amount: Decimal | None = None, note: str = "") -> paper.FeeLine:
    """A charge, or the part of it that a payment covers.

    Args:
        amount: the part in yuan; None for the whole.
    """
    months = months_between(charge.period_from, charge.period_to)
    monthly = charge.basis == Basis.PER_MONTH
    return paper.FeeLine(
        name=charge.title,
        amount=charge.amount if amount is None else amount,
        period=on_paper("paper.period", first=charge.period_from, last=charge.period_to)
        if charge.period_from
        else "",
        basis=on_paper(f"paper.basis.{charge.basis}", months=months),
        quantity=Decimal(months) if monthly else Decimal(charge.quantity),
        unit=on_paper(f"paper.unit.{charge.basis}"),
        unit_price=Decimal(charge.unit_price),
        note=note,
    )


def override_parts(session: Session, row: movein.Pass) -> tuple[paper.Override, ...]:
    """Every supervisor's word on a household's way, for the property's part."""
    return overrides_of(session, visits_of(session, row))


def overrides_of(session: Session, visits: Iterable[movein.Visit]) -> tuple[paper.Override, ...]:
    """The supervisors' words among visits."""
    found = []
    for visit in visits:
        if not visit.overruled or visit.ended_at is None:
            continue
        person = session.get(staff.Staff, (visit.estate_id, visit.supervisor_id))
        found.append(
            paper.Override(
                matter=f"{station_name(visit.station)}·{outcome_name(visit.station, visit.outcome)}",
                reason=visit.overruled,
                by=person.name if person else "",
                at=visit.ended_at,
            )
        )
    return tuple(found)


def reservation_parts(row: movein.Pass) -> tuple[paper.Reservation, ...]:
    """What the owner would not agree to, in the owner's words (M6 ④)."""
    texts = row.answers.get("papers", {}).get("reservations", ())
    matter = on_paper("paper.convention")
    return tuple(paper.Reservation(matter=matter, text=text) for text in texts if text.strip())


def station_name(station: str) -> str:
    """A station as papers name it."""
    return on_paper(f"movein.station.{station}")


def outcome_name(station: str, outcome: str) -> str:
    """An outcome as papers name it, "" for none."""
    return on_paper(f"movein.outcome.{station}.{outcome}") if outcome else ""


def staff_name(session: Session, estate_id: int, staff_id: int) -> str:
    """The name of a member of staff, "" for nobody."""
    row = session.get(staff.Staff, (estate_id, staff_id)) if staff_id else None
    return row.name if row else ""


def paper_title(form: str) -> str:
    """What a form is called on its own paper."""
    return on_paper(f"paper.form.{form}")
