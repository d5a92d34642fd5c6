"""Meter readings at the hand-over, always with a photo (M6 ③)."""

from __future__ import annotations

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Inspection, MeterReading
from deskapp.db.unit import Unit
from deskapp.domain.meters import Meter, reading_problem, reading_text
from deskapp.domain.places import PlaceKind
from deskapp.domain.staff import Action
from deskapp.services.attachments import keep
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.inspection import going_round, view_of_pass
from deskapp.services.movein.record_rows import open_pass, readings_in, rounds_of
from deskapp.services.movein.record_views import InspectionView
from deskapp.services.movein.rows import house_row, pass_row
from deskapp.services.movein.signatures import lapse


def read_meter(
    desk: Desk, command_id: str, pass_id: int, meter: Meter, reading: str, photo: bytes | None
) -> Done[InspectionView]:
    """Writes down a reading, digits as they stand on the meter.

    A reading corrected in the same round keeps its photo when no new one is given; the row before stays.

    Raises:
        Refused: ``inspection.no_meter`` for one the house does not have, ``inspection.reading_…`` for a
            reading that cannot stand, ``inspection.ended``, a file that is no picture.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            open_pass(unit.session, desk.estate_id, pass_id)
            made = _read(unit, desk, row, meter, reading, photo)
            lapse(unit, row, "inspection", "waiver")
            data = {"reading": made.reading, "photo": made.photo}
            unit.record(f"meter.{meter.value}", "pass", row.id, house_id=row.house_id, data=data)
        view = view_of_pass(unit.session, desk, row)
    return Done(view, changes_of(unit))


def _read(unit: Unit, desk: Desk, row: Pass, meter: Meter, reading: str, photo: bytes | None) -> MeterReading:
    house = house_row(unit.session, unit.estate_id, row.house_id)
    if meter not in desk.rules.checklist.meters[PlaceKind(house.kind)]:
        raise Refused("inspection.no_meter", house=house.label)
    inspection = going_round(unit, row)
    present = readings_in(unit.session, inspection).get(meter.value)
    kept = present.photo if present else ""
    previous = _previous(unit, inspection, meter)
    if problem := reading_problem(reading, previous, photo=bool(photo or kept)):
        raise Refused(f"inspection.{problem}", previous=previous)
    made = MeterReading(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=row.house_id,
        pass_id=row.id,
        meter=meter.value,
        reading=reading_text(reading),
        photo=kept,
        read_at=unit.now,
        read_by=unit.who.staff_id,
    )
    if photo:
        made.photo = keep(
            unit, desk, photo, meter.value, kind="meter", subject_id=made.id, house_id=row.house_id
        )
    unit.session.add(made)
    unit.session.flush()
    return made


def _previous(unit: Unit, inspection: Inspection, meter: Meter) -> str:
    """The reading of an earlier round; a slip of the same round may be corrected downwards."""
    rounds = rounds_of(unit.session, inspection.estate_id, inspection.house_id)
    earlier = [readings_in(unit.session, each) for each in rounds if each.round < inspection.round]
    found = [readings[meter.value].reading for readings in earlier if meter.value in readings]
    return found[-1] if found else ""
