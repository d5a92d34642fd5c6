"""The inspection sheet of a household: rounds and findings (M6 ③, M10)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import language
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Inspection
from deskapp.db.unit import Unit
from deskapp.domain.inspection import Finding, SheetItem
from deskapp.domain.movein.stations import Station
from deskapp.domain.places import PlaceKind
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.defect_views import views_of_house
from deskapp.services.movein.preparing import new_round
from deskapp.services.movein.record_rows import (
    open_defects,
    open_pass,
    readings_in,
    rounds_of,
    sheet_of,
    signatures_under,
)
from deskapp.services.movein.record_views import InspectionView, MeterView, SheetLine
from deskapp.services.movein.rows import house_row, pass_row
from deskapp.services.movein.signatures import lapse, views_of
from deskapp.services.movein.values.parts import METER_UNITS, staff_name


def inspection_view(desk: Desk, pass_id: int) -> InspectionView:
    """The last round of a household's inspection.

    Raises:
        Refused: ``movein.no_pass``, ``inspection.none``.
    """
    with desk.reading() as session:
        return view_of_pass(session, desk, pass_row(session, desk.estate_id, pass_id))


def set_findings(
    desk: Desk, command_id: str, pass_id: int, findings: Mapping[str, Finding]
) -> Done[InspectionView]:
    """Writes down what was found of several items; what is not named stays as it is.

    Raises:
        Refused: ``inspection.no_item``, ``inspection.item_has_defect`` for an item in order that has an
            open defect, ``inspection.ended``.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            row, inspection, sheet = _at_work(unit, desk, pass_id)
            _check(unit.session, sheet, row, findings)
            data = {"count": len(findings), "findings": {k: f.value for k, f in findings.items()}}
            _write(unit, row, inspection, findings)
            unit.record("inspection.findings", "pass", row.id, house_id=row.house_id, data=data)
        view = view_of_pass(unit.session, desk, row)
    return Done(view, changes_of(unit))


def room_in_order(desk: Desk, command_id: str, pass_id: int, room: str) -> Done[InspectionView]:
    """Decides every open item of a room as in order; those with a defect stay what they are.

    Raises:
        Refused: ``inspection.no_room``, ``inspection.ended``.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            row, inspection, sheet = _at_work(unit, desk, pass_id)
            items = [item for item in sheet if item.room.code == room]
            if not items:
                raise Refused("inspection.no_room", room=room)
            undecided = [item for item in items if item.key not in inspection.findings]
            if undecided:  # a room that was finished already leaves no second line in the history
                _write(unit, row, inspection, {item.key: Finding.IN_ORDER for item in undecided})
                data = {"room": items[0].place.zh, "count": len(undecided)}
                unit.record("inspection.room", "pass", row.id, house_id=row.house_id, data=data)
        view = view_of_pass(unit.session, desk, row)
    return Done(view, changes_of(unit))


def going_round(unit: Unit, row: Pass) -> Inspection:
    """The round that is written into now.

    When the last one has ended and the household stands at the inspection again, the next begins: it
    takes over what was in order; what was defective is looked at again.

    Raises:
        Refused: ``inspection.ended`` when the household is past the inspection.
    """
    rounds = rounds_of(unit.session, row.estate_id, row.house_id)
    if rounds and rounds[-1].ended_at is None:
        return rounds[-1]
    if rounds and row.at != Station.INSPECTION.value:
        raise Refused("inspection.ended")
    following = new_round(unit, row.house_id, row.id, len(rounds) + 1)
    following.escort_id = row.escort_id
    if rounds:
        still = {d.item for d in open_defects(unit.session, row.estate_id, row.house_id)}
        following.findings = {
            key: value
            for key, value in rounds[-1].findings.items()
            if value == Finding.IN_ORDER or key in still
        }
    unit.session.add(following)
    unit.session.flush()
    return following


def put_finding(inspection: Inspection, key: str, finding: Finding) -> None:
    """Writes one finding; an unchecked item has none."""
    kept = {k: v for k, v in inspection.findings.items() if k != key}
    inspection.findings = kept if finding is Finding.UNCHECKED else {**kept, key: finding.value}


def view_of_pass(session: Session, desk: Desk, row: Pass) -> InspectionView:
    """The last round as panels show it.

    Raises:
        Refused: ``inspection.none`` for a house that was never prepared.
    """
    session.flush()
    house = house_row(session, row.estate_id, row.house_id)
    rounds = rounds_of(session, row.estate_id, row.house_id)
    if not rounds:
        raise Refused("inspection.none", house=house.label)
    inspection = rounds[-1]
    defects = views_of_house(session, desk, house)
    at_item = [d.item for d in open_defects(session, row.estate_id, row.house_id)]
    escort = inspection.escort_id or row.escort_id
    return InspectionView(
        pass_id=row.id,
        house_id=house.id,
        label=house.label,
        round=inspection.round,
        began_at=inspection.began_at,
        ended_at=inspection.ended_at,
        escort_id=escort,
        escort=staff_name(session, row.estate_id, escort),
        lines=tuple(_line(desk, item, inspection, at_item.count(item.key)) for item in sheet_of(desk, house)),
        defects=defects,
        meters=_meters(session, desk, house, rounds),
        signatures=views_of(
            [*signatures_under(session, row, "inspection"), *signatures_under(session, row, "waiver")]
        ),
    )


def _line(desk: Desk, item: SheetItem, inspection: Inspection, defects: int) -> SheetLine:
    spoken = language()
    return SheetLine(
        key=item.key,
        room=item.room.code,
        place=item.place.in_language(spoken),
        trade=item.trade,
        trade_title=desk.rules.checklist.trade(item.trade).title.in_language(spoken),
        title=item.title.in_language(spoken),
        method=item.method.in_language(spoken),
        finding=Finding(inspection.findings.get(item.key, Finding.UNCHECKED)),
        defects=defects,
    )


def _meters(session: Session, desk: Desk, house: House, rounds: list[Inspection]) -> tuple[MeterView, ...]:
    now = readings_in(session, rounds[-1])
    before = readings_in(session, rounds[-2]) if len(rounds) > 1 else {}
    found = []
    for meter in desk.rules.checklist.meters[PlaceKind(house.kind)]:
        row, old = now.get(meter.value), before.get(meter.value)
        found.append(
            MeterView(
                meter=meter.value,
                unit=METER_UNITS.get(meter.value, ""),
                reading=row.reading if row else "",
                previous=old.reading if old else "",
                photo=row.photo if row else "",
                read_at=row.read_at if row else None,
                read_by=staff_name(session, house.estate_id, row.read_by) if row else "",
            )
        )
    return tuple(found)


def _at_work(unit: Unit, desk: Desk, pass_id: int) -> tuple[Pass, Inspection, tuple[SheetItem, ...]]:
    row = open_pass(unit.session, desk.estate_id, pass_id)
    house = house_row(unit.session, desk.estate_id, row.house_id)
    return row, going_round(unit, row), sheet_of(desk, house)


def _check(
    session: Session, sheet: tuple[SheetItem, ...], row: Pass, findings: Mapping[str, Finding]
) -> None:
    known = {item.key: item for item in sheet}
    if unknown := sorted(findings.keys() - known.keys()):
        raise Refused("inspection.no_item", item=unknown[0])
    faulty = {d.item for d in open_defects(session, row.estate_id, row.house_id)}
    for key, finding in findings.items():
        if finding is not Finding.DEFECT and key in faulty:
            item = known[key]
            raise Refused(
                "inspection.item_has_defect",
                place=item.place.in_language(language()),
                item=item.title.in_language(language()),
            )


def _write(unit: Unit, row: Pass, inspection: Inspection, findings: Mapping[str, Finding]) -> None:
    for key, finding in findings.items():
        put_finding(inspection, key, finding)
    lapse(unit, row, "inspection")
    unit.session.flush()
