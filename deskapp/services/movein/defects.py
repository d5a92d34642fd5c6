"""Defects: written down in seconds, changed, withdrawn, followed until the owner signs (M10, I1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Defect
from deskapp.db.unit import Unit
from deskapp.domain.defects import DefectAct, DefectState, defect_after, failures_after
from deskapp.domain.inspection import Finding, ResponsibleParty, Severity, Trade, deadline_for
from deskapp.domain.staff import Action
from deskapp.services.attachments import keep
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.defect_views import defect_views
from deskapp.services.movein.inspection import going_round, put_finding, view_of_pass
from deskapp.services.movein.record_rows import open_defects, open_pass, rounds_of, seen, sheet_of, touch_pass
from deskapp.services.movein.record_views import DefectView, InspectionView
from deskapp.services.movein.rows import house_row, last_pass_of, pass_row
from deskapp.services.movein.signatures import lapse
from deskapp.services.movein.values.inspection import room_title

LONGEST = 500
"""Characters of a description."""

FOLLOWED = frozenset(DefectAct) - {DefectAct.ORDER, DefectAct.WITHDRAW}
"""Acts of `follow`; orders are issued by the inspection, withdrawing has its own command."""


@dataclass(frozen=True, slots=True)
class DefectIn:
    """A defect as it is written down.

    Attributes:
        item: key of the sheet's item; room and trade follow from it. "" for one found beside the list.
        room: code of the room, for one beside the list.
        trade: for one beside the list.
        party: who must repair; None for who usually does in that trade.
    """

    description: str
    severity: Severity
    item: str = ""
    room: str = ""
    trade: Trade | None = None
    party: ResponsibleParty | None = None


def add_defect(
    desk: Desk, command_id: str, pass_id: int, given: DefectIn, photos: Sequence[bytes] = ()
) -> Done[InspectionView]:
    """Writes down a defect with its photos; its item is found defective by it (M10).

    Raises:
        Refused: ``inspection.no_item``, ``inspection.no_room``, ``inspection.no_trade``,
            ``inspection.description``, ``inspection.ended``, a file that is no picture.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            open_pass(unit.session, desk.estate_id, pass_id)
            defect = _new(unit, desk, row, given)
            _keep_photos(unit, desk, defect, photos)
            lapse(unit, row, "inspection")
            unit.record("defect.added", "defect", defect.id, house_id=row.house_id, data=_data(desk, defect))
            unit.touch("pass", row.id)
            unit.answer(defect=defect.id)
        view = view_of_pass(unit.session, desk, row)
    return Done(view, changes_of(unit))


def change_defect(
    desk: Desk,
    command_id: str,
    defect_id: int,
    version: int,
    given: DefectIn,
    photos: Sequence[bytes] = (),
) -> Done[DefectView]:
    """Corrects a defect before it is ordered; place and trade stay, further photos are added.

    Raises:
        Refused: ``inspection.defect_ordered``, ``inspection.description``, a file that is no picture.
        Conflict: ``records.changed_meanwhile``.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            row = seen(session, session.get(Defect, (desk.estate_id, defect_id)), version, "defect")
            if row.state != DefectState.REGISTERED:
                raise Refused("inspection.defect_ordered")
            before = _data(desk, row)
            row.description = _description(given.description)
            row.severity = given.severity.value
            row.party = _party(desk, Trade(row.trade), given.party)
            row.due = deadline_for(given.severity, day_of(row.found_at), desk.rules.checklist)
            _keep_photos(unit, desk, row, photos)
            _lapse_of_house(unit, row.house_id)
            data = _data(desk, row)
            unit.record("defect.changed", "defect", row.id, house_id=row.house_id, data=data, before=before)
            touch_pass(unit, row.house_id)
        view = _view(session, desk, defect_id)
    return Done(view, changes_of(unit))


def remove_defect(desk: Desk, command_id: str, defect_id: int, version: int, reason: str) -> Done[DefectView]:
    """Withdraws a defect that was written down by mistake; it stays in the register with its reason.

    On the day it was found, before it is ordered, whoever inspects may do it; later only a supervisor.

    Raises:
        Refused: ``records.reason_missing``, ``inspection.defect_not_now``, ``staff.no_right``.
        Conflict: ``records.changed_meanwhile``.
    """
    with desk.unit(Action.INSPECTION_RECORD, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            row = seen(session, session.get(Defect, (desk.estate_id, defect_id)), version, "defect")
            if not reason.strip():
                raise Refused("records.reason_missing")
            fresh = row.state == DefectState.REGISTERED and day_of(row.found_at) == day_of(unit.now)
            if not fresh:
                desk.require(Action.DEFECTS_WITHDRAW)
            before = row.state
            row.state = defect_after(DefectState(row.state), DefectAct.WITHDRAW).value
            session.flush()
            _forget_finding(unit, row)
            _lapse_of_house(unit, row.house_id)
            data = {**_data(desk, row), "reason": reason.strip()}
            unit.record(
                "defect.removed", "defect", row.id, house_id=row.house_id, data=data, before={"state": before}
            )
            touch_pass(unit, row.house_id)
        view = _view(session, desk, defect_id)
    return Done(view, changes_of(unit))


def follow(
    desk: Desk, command_id: str, defect_id: int, version: int, act: DefectAct, note: str = ""
) -> Done[DefectView]:
    """One step of a defect's way: confirmed, planned, repaired, accepted, owner told … (I1).

    Args:
        note: the method agreed, the day planned, why it was not accepted.

    Raises:
        Refused: ``inspection.defect_not_now``.
        Conflict: ``records.changed_meanwhile``.
    """
    with desk.unit(Action.DEFECTS_FOLLOW, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            row = seen(session, session.get(Defect, (desk.estate_id, defect_id)), version, "defect")
            if act not in FOLLOWED:
                raise Refused("inspection.defect_not_now", state=row.state, act=act.value)
            before = row.state
            row.state = defect_after(DefectState(row.state), act).value
            row.fails = failures_after(row.fails, act)
            data = {**_data(desk, row), "note": note.strip(), "state": row.state}
            unit.record(
                f"defect.{act.value}",
                "defect",
                row.id,
                house_id=row.house_id,
                data=data,
                before={"state": before},
            )
            touch_pass(unit, row.house_id)
        view = _view(session, desk, defect_id)
    return Done(view, changes_of(unit))


def defect_view(desk: Desk, defect_id: int) -> DefectView:
    """One defect.

    Raises:
        Refused: ``records.gone``.
    """
    with desk.reading() as session:
        return _view(session, desk, defect_id)


def _new(unit: Unit, desk: Desk, row: Pass, given: DefectIn) -> Defect:
    inspection = going_round(unit, row)
    house = house_row(unit.session, unit.estate_id, row.house_id)
    room, trade = _place(desk, house, given)
    if given.item:
        put_finding(inspection, given.item, Finding.DEFECT)
    today = day_of(unit.now)
    defect = Defect(
        estate_id=unit.estate_id,
        id=new_id(),
        house_id=row.house_id,
        inspection_id=inspection.id,
        item=given.item,
        room=room,
        trade=trade.value,
        description=_description(given.description),
        severity=given.severity.value,
        party=_party(desk, trade, given.party),
        state=DefectState.REGISTERED.value,
        due=deadline_for(given.severity, today, desk.rules.checklist),
        found_at=unit.now,
        found_by=unit.who.staff_id,
    )
    unit.session.add(defect)
    unit.session.flush()
    return defect


def _place(desk: Desk, house: House, given: DefectIn) -> tuple[str, Trade]:
    sheet = sheet_of(desk, house)
    if given.item:
        item = next((i for i in sheet if i.key == given.item), None)
        if item is None:
            raise Refused("inspection.no_item", item=given.item)
        return item.room.code, item.trade
    if given.room not in {i.room.code for i in sheet}:
        raise Refused("inspection.no_room", room=given.room)
    if given.trade is None:
        raise Refused("inspection.no_trade")
    return given.room, given.trade


def _description(text: str) -> str:
    clean = text.strip()
    if not clean or len(clean) > LONGEST:
        raise Refused("inspection.description", limit=LONGEST)
    return clean


def _party(desk: Desk, trade: Trade, given: ResponsibleParty | None) -> str:
    return (given or desk.rules.checklist.trade(trade).party).value


def _keep_photos(unit: Unit, desk: Desk, defect: Defect, photos: Sequence[bytes]) -> None:
    for number, data in enumerate(photos, 1):
        keep(
            unit,
            desk,
            data,
            f"{defect.room}-{number}",
            kind="defect",
            subject_id=defect.id,
            house_id=defect.house_id,
        )


def _forget_finding(unit: Unit, defect: Defect) -> None:
    """An item with no other defect is open again, as long as its round goes on."""
    others = {d.item for d in open_defects(unit.session, unit.estate_id, defect.house_id)}
    inspection = rounds_of(unit.session, unit.estate_id, defect.house_id)[-1]
    if defect.item and defect.item not in others and inspection.ended_at is None:
        put_finding(inspection, defect.item, Finding.UNCHECKED)


def _lapse_of_house(unit: Unit, house_id: int) -> None:
    row = last_pass_of(unit.session, unit.estate_id, house_id)
    if row is not None:
        lapse(unit, row, "inspection")


def _data(desk: Desk, row: Defect) -> dict[str, str]:
    return {
        "place": room_title(desk.rules.checklist, row.room),
        "trade": row.trade,
        "description": row.description,
        "severity": row.severity,
        "party": row.party,
    }


def _view(session: Session, desk: Desk, defect_id: int) -> DefectView:
    session.flush()
    row = session.get(Defect, (desk.estate_id, defect_id))
    if row is None:
        raise Refused("records.gone")
    return defect_views(session, desk, [row])[0]
