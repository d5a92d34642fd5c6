"""The inspection sheet, the orders to repair, the register (M10, I1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import on_paper
from deskapp.db.tables import estate, movein, record, stations
from deskapp.domain import documents as paper
from deskapp.domain.defects import ENDED, DefectState
from deskapp.domain.inspection import Checklist, Trade
from deskapp.domain.rooms import Room, RoomKind
from deskapp.services.attachments import of_subject
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import (
    open_defects,
    pairs,
    readings_in,
    rounds_of,
    sheet_of,
    signatures_under,
)
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.values.parts import (
    attendee_part,
    house_part,
    meter_parts,
    override_parts,
    signature_parts,
    staff_name,
)

ANSWER_DAYS = 3
"""Calendar days in which the party that must repair answers an order."""

_STEPS = ("defect.confirm", "defect.report_repaired", "defect.accept", "defect.owner_signs")
"""Acts of the history whose days the register shows."""


def room_title(checklist: Checklist, code: str, language: str = "zh_CN") -> str:
    """What a room is called by its code, such as ``bedroom_2``; a text that is no code stays as it is."""
    kind, _, number = code.rpartition("_")
    try:
        room = Room(RoomKind(kind), int(number)) if number.isdigit() and kind else Room(RoomKind(code))
    except ValueError:
        return code
    return checklist.room_name(room).in_language(language)


def inspection_values(session: Session, desk: Desk, row: movein.Pass, outcome: str) -> paper.Inspection:
    """房屋验收单 of the round that ends with an outcome.

    Raises:
        LookupError: the house has no inspection.
    """
    house = house_row(session, row.estate_id, row.house_id)
    inspection = rounds_of(session, row.estate_id, row.house_id)[-1]
    given = row.answers.get("inspection", {})
    new_day = given.get("new_day")
    record_signed = "waiver" if outcome == "not_inspected" else "inspection"
    defects = open_defects(session, row.estate_id, house.id)
    return paper.Inspection(
        house=house_part(house),
        attendee=attendee_part(session, row),
        started_at=inspection.began_at,
        escort=staff_name(session, row.estate_id, inspection.escort_id),
        round=inspection.round,
        items=_items(session, desk, house, inspection, defects, outcome),
        meters=meter_parts(readings_in(session, inspection)),
        defects=defect_lines(session, desk, defects, photos=True),
        outcome=outcome,
        outcome_note=given.get("reason", ""),
        reinspect_on=date.fromisoformat(new_day) if new_day and outcome == "refused" else None,
        earlier=_earlier(session, row),
        overrides=override_parts(session, row),
        signatures=signature_parts(signatures_under(session, row, record_signed)),
    )


def _items(
    session: Session,
    desk: Desk,
    house: estate.House,
    inspection: stations.Inspection,
    defects: list[stations.Defect],
    outcome: str,
) -> tuple[paper.InspectionItem, ...]:
    """The sheet with what was found; an item with defects names their numbers."""
    blank = "not_inspected" if outcome == "not_inspected" else ""
    numbers = defect_numbers(session, desk.estate_id, (d.house_id for d in defects))
    at_item: dict[str, list[str]] = {}
    for defect in defects:
        at_item.setdefault(defect.item, []).append(numbers[defect.id])
    trades = desk.rules.checklist
    return tuple(
        paper.InspectionItem(
            room=item.place.zh,
            trade=trades.trade(item.trade).title.zh,
            item=item.title.zh,
            method=item.method.zh,
            finding=inspection.findings.get(item.key, blank),
            note=on_paper("paper.inspection.see", numbers="、".join(at_item[item.key]))
            if item.key in at_item
            else "",
        )
        for item in sheet_of(desk, house)
    )


def _earlier(session: Session, row: movein.Pass) -> tuple[paper.Visit, ...]:
    statement = (
        select(record.Document)
        .where(
            record.Document.estate_id == row.estate_id,
            record.Document.house_id == row.house_id,
            record.Document.form == "inspection",
            record.Document.voided_at.is_(None),
        )
        .order_by(record.Document.id)
    )
    return tuple(
        paper.Visit(
            number=document.number,
            at=document.issued_at,
            outcome=document.values["values"].get("outcome", ""),
            note=document.values["values"].get("outcome_note", ""),
        )
        for document in session.scalars(statement)
    )


def defect_numbers(session: Session, estate_id: int, houses: Iterable[int]) -> dict[int, str]:
    """Each defect's number within its house, in the order found; withdrawn ones keep theirs."""
    statement = (
        select(stations.Defect.id, stations.Defect.house_id)
        .where(stations.Defect.estate_id == estate_id, stations.Defect.house_id.in_(sorted(set(houses))))
        .order_by(stations.Defect.id)
    )
    counts: dict[int, int] = {}
    numbers = {}
    for defect_id, house_id in session.execute(statement):
        counts[house_id] = counts.get(house_id, 0) + 1
        numbers[defect_id] = f"{counts[house_id]:02d}"
    return numbers


def defect_lines(
    session: Session,
    desk: Desk,
    defects: list[stations.Defect],
    *,
    photos: bool = False,
    houses: Mapping[int, str] = MappingProxyType({}),
) -> tuple[paper.DefectLine, ...]:
    """Defects as papers list them.

    Args:
        photos: whether their pictures are printed too.
        houses: labels by house, where the paper is about several.
    """
    if not defects:
        return ()
    numbers = defect_numbers(session, desk.estate_id, (d.house_id for d in defects))
    steps = _dates(session, desk.estate_id, [d.id for d in defects])
    checklist = desk.rules.checklist
    return tuple(
        paper.DefectLine(
            number=numbers[d.id],
            description=d.description,
            house=houses.get(d.house_id, ""),
            place=room_title(checklist, d.room),
            trade=checklist.trade(Trade(d.trade)).title.zh,
            severity=d.severity,
            party=on_paper(f"inspection.party.{d.party}"),
            found_on=day_of(d.found_at),
            due_on=d.due,
            attempts=d.fails,
            photos=_photos(session, d) if photos else (),
            confirmed_on=steps.get((d.id, "defect.confirm")),
            done_on=steps.get((d.id, "defect.report_repaired")),
            accepted_on=steps.get((d.id, "defect.accept")),
            closed_on=steps.get((d.id, "defect.owner_signs")),
        )
        for d in defects
    )


def _photos(session: Session, defect: stations.Defect) -> tuple[paper.Photo, ...]:
    found = of_subject(session, defect.estate_id, "defect", defect.id)
    return tuple(paper.Photo(sha256=sha, caption=defect.description) for sha in found)


def _dates(session: Session, estate_id: int, ids: list[int]) -> dict[tuple[int, str], date]:
    """The days of the steps of I1, the last of each, from the history."""
    history = record.History
    statement = (
        select(history.subject_id, history.act, history.at)
        .where(
            history.estate_id == estate_id,
            history.kind == "defect",
            history.subject_id.in_(ids),
            history.act.in_(_STEPS),
        )
        .order_by(history.id)
    )
    return {(defect_id, act): day_of(at) for defect_id, act, at in session.execute(statement)}


def order_values(
    session: Session,
    desk: Desk,
    house: estate.House,
    party: str,
    defects: list[stations.Defect],
    now: datetime,
) -> paper.DefectOrder:
    """返修整改通知单 to one party: what it must repair in one house."""
    return paper.DefectOrder(
        party=on_paper(f"inspection.party.{party}"),
        defects=defect_lines(session, desk, defects, photos=True, houses={house.id: house.label}),
        answer_by=day_of(now) + timedelta(days=ANSWER_DAYS),
    )


def register_values(
    session: Session, desk: Desk, defects: list[stations.Defect], scope: str, now: datetime
) -> paper.DefectRegister:
    """工程遗留问题统计表 of the defects chosen (I1)."""
    wanted = {d.house_id for d in defects}
    labels = pairs(
        session,
        select(estate.House.id, estate.House.label).where(
            estate.House.estate_id == desk.estate_id, estate.House.id.in_(sorted(wanted))
        ),
    )
    today = day_of(now)
    is_open = [d for d in defects if d.state not in ENDED]
    return paper.DefectRegister(
        as_of=now,
        defects=defect_lines(session, desk, defects, houses=labels),
        scope=scope,
        open_count=len(is_open),
        overdue_count=sum(d.due < today for d in is_open),
        closed_count=sum(d.state == DefectState.CLOSED for d in defects),
    )


__all__ = [
    "defect_lines",
    "defect_numbers",
    "inspection_values",
    "order_values",
    "register_values",
    "room_title",
]
