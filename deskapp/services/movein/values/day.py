"""入住日终报表: what a day came to (M14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deskapp.base.i18n import on_paper
from deskapp.db.tables import estate, movein, stations
from deskapp.domain import documents as paper
from deskapp.domain.defects import ENDED
from deskapp.domain.inspection import Trade
from deskapp.domain.keys import keys_for
from deskapp.domain.movein.flow import OPEN_STATES, PassState
from deskapp.domain.movein.stations import Station
from deskapp.domain.places import PlaceKind
from deskapp.services.days import bounds
from deskapp.services.desk import Desk
from deskapp.services.movein.record_rows import pairs
from deskapp.services.movein.record_views import MethodMoney
from deskapp.services.movein.values.parts import overrides_of, owner_names, station_name

NOT_COUNTED: Mapping[str, Decimal] = MappingProxyType({})

_STATE_OF: Mapping[PassState, str] = MappingProxyType(
    {PassState.DONE: "handed_over", PassState.REBOOKED: "rebooked", PassState.HELD: "held"}
)


def day_end_values(
    session: Session,
    desk: Desk,
    day: date,
    money: tuple[MethodMoney, ...],
    counted: Mapping[str, Decimal] = NOT_COUNTED,
    note: str = "",
) -> paper.DayEnd:
    """The figures of a day as they stand now.

    Args:
        money: of each method, against its receipts.
        counted: what the cashier counted, by method; a method left out was not counted.
    """
    start, end = bounds(day)
    passes = _passes(session, desk, day, start, end)
    absent = _absent(session, desk, day)
    found = _found(session, desk, start, end)
    lines = tuple(_money(line, counted.get(line.method)) for line in money)
    all_counted = all(line.counted is not None for line in lines if line.receipts)
    return paper.DayEnd(
        day=day,
        batch="、".join(_batches(session, desk, day)),
        notified=_notified(session, desk, day),
        arrived=sum(start <= row.arrived_at < end for row in passes),
        handed_over=sum(row.state == PassState.DONE for row in passes),
        still_open=sum(PassState(row.state) in OPEN_STATES for row in passes),
        no_shows=len(absent),
        defects_found=len(found),
        stations=_stations(session, desk, start, end),
        money=lines,
        booked=sum((line.booked for line in lines), Decimal("0.00")),
        counted=sum((line.counted or Decimal(0) for line in lines), Decimal("0.00")) if all_counted else None,
        keys_left=_keys_left(session, desk),
        trades=_trades(session, desk, found),
        houses=_houses(session, desk, passes, absent),
        overrides=overrides_of(session, _visits(session, desk, start, end)),
        note=_note(session, desk, day, start, end, note),
    )


def _passes(session: Session, desk: Desk, day: date, start: datetime, end: datetime) -> list[movein.Pass]:
    """Those that arrived on the day, came back on it or took their keys on it."""
    row = movein.Pass
    statement = (
        select(row)
        .where(
            row.estate_id == desk.estate_id,
            (row.day == day)
            | (row.return_day == day)
            | ((row.finished_at >= start) & (row.finished_at < end)),
        )
        .order_by(row.queue_number)
    )
    return list(session.scalars(statement))


def _notified(session: Session, desk: Desk, day: date) -> int:
    booking = movein.Booking
    statement = select(func.count()).where(booking.estate_id == desk.estate_id, booking.day == day)
    return session.scalar(statement) or 0


def _batches(session: Session, desk: Desk, day: date) -> list[str]:
    batch = movein.Batch
    statement = (
        select(batch.name)
        .where(batch.estate_id == desk.estate_id, batch.first_day <= day, batch.last_day >= day)
        .order_by(batch.first_day, batch.id)
    )
    return list(session.scalars(statement))


def _absent(session: Session, desk: Desk, day: date) -> list[estate.House]:
    """Houses expected on the day of which nobody ever came."""
    house, booking, row = estate.House, movein.Booking, movein.Pass
    came = select(row.id).where(row.estate_id == house.estate_id, row.house_id == house.id)
    statement = (
        select(house)
        .join(booking, (booking.estate_id == house.estate_id) & (booking.house_id == house.id))
        .where(booking.estate_id == desk.estate_id, booking.day == day, ~came.exists())
        .order_by(*(part for text in (house.building, house.entrance, house.room) for part in _counted(text)))
    )
    return list(session.scalars(statement))


def _counted(text: InstrumentedAttribute[str]) -> tuple[ColumnElement[int], InstrumentedAttribute[str]]:
    """Orders numbers in words as people count: 2# before 10#, 201 before 1001."""
    return func.length(text), text


def _found(session: Session, desk: Desk, start: datetime, end: datetime) -> list[stations.Defect]:
    defect = stations.Defect
    statement = select(defect).where(
        defect.estate_id == desk.estate_id,
        defect.found_at >= start,
        defect.found_at < end,
        defect.state != "withdrawn",
    )
    return list(session.scalars(statement))


def _trades(session: Session, desk: Desk, found: list[stations.Defect]) -> tuple[paper.TradeFigure, ...]:
    checklist = desk.rules.checklist
    figures = []
    for trade in Trade:
        of_trade = [d for d in found if d.trade == trade]
        if of_trade:
            figures.append(
                paper.TradeFigure(
                    trade=checklist.trade(trade).title.zh,
                    found=len(of_trade),
                    open=sum(d.state not in ENDED for d in of_trade),
                    houses=len({d.house_id for d in of_trade}),
                )
            )
    return tuple(figures)


def _visits(session: Session, desk: Desk, start: datetime, end: datetime) -> list[movein.Visit]:
    visit = movein.Visit
    statement = (
        select(visit)
        .where(visit.estate_id == desk.estate_id, visit.ended_at >= start, visit.ended_at < end)
        .order_by(visit.id)
    )
    return list(session.scalars(statement))


def _stations(
    session: Session, desk: Desk, start: datetime, end: datetime
) -> tuple[paper.StationFigure, ...]:
    row = movein.Pass
    waiting = pairs(
        session,
        select(row.at, func.count())
        .where(row.estate_id == desk.estate_id, row.state == PassState.WAITING.value)
        .group_by(row.at),
    )
    visits = [v for v in _visits(session, desk, start, end) if v.outcome]
    figures = []
    for station in Station:
        here = [v for v in visits if v.station == station]
        figures.append(
            paper.StationFigure(
                name=station_name(station),
                served=len(here),
                waiting=waiting.get(station.value, 0),
                average_minutes=round(sum(v.served for v in here) / len(here) / 60) if here else None,
                longest_wait_minutes=round(max(v.waited for v in here) / 60) if here else None,
            )
        )
    return tuple(figures)


def _money(line: MethodMoney, counted: Decimal | None) -> paper.MoneyLine:
    return paper.MoneyLine(
        method=line.method,
        receipts=line.receipts,
        booked=line.booked,
        voided=line.voided,
        counted=counted,
        difference=None if counted is None else counted - line.booked,
        first_number=line.first_number,
        last_number=line.last_number,
    )


def _keys_left(session: Session, desk: Desk) -> tuple[paper.KeyLine, ...]:
    """Keys still with the property, by kind: of every house, prepared or not."""
    house, line = estate.House, stations.KeyLine
    houses = session.execute(
        select(house.kind, func.count()).where(house.estate_id == desk.estate_id).group_by(house.kind)
    )
    total: dict[str, int] = {}
    for kind, count in houses:
        for each in keys_for(PlaceKind(kind), desk.rules.keys):
            total[each.kind] = total.get(each.kind, 0) + each.total * count
    moved = {
        row[0]: (int(row[1]), int(row[2]), int(row[3]))
        for row in session.execute(
            select(line.kind, func.sum(line.handed), func.sum(line.kept), func.sum(line.lent))
            .where(line.estate_id == desk.estate_id)
            .group_by(line.kind)
        )
    }
    lines = []
    for key in desk.rules.keys:
        handed, kept, lent = moved.get(key.code, (0, 0, 0))
        left = total.get(key.code, 0) - handed
        if left > 0:
            lines.append(paper.KeyLine(kind=key.title.zh, count=left, handed=handed, kept=kept, lent=lent))
    return tuple(lines)


def _houses(
    session: Session, desk: Desk, passes: list[movein.Pass], absent: list[estate.House]
) -> tuple[paper.DayHouse, ...]:
    labels = pairs(
        session,
        select(estate.House.id, estate.House.label).where(
            estate.House.estate_id == desk.estate_id,
            estate.House.id.in_(sorted({row.house_id for row in passes})),
        ),
    )
    came = tuple(
        paper.DayHouse(
            house=labels[row.house_id],
            owner="、".join(owner_names(session, desk.estate_id, row.house_id)),
            queue_number=row.queue_number,
            state=_STATE_OF.get(PassState(row.state), "open"),
            station=station_name(row.at) if row.state != PassState.DONE else "",
            at=row.finished_at or row.since,
            next_step=_next_step(row),
        )
        for row in passes
        if row.state != PassState.ENDED
    )
    missing = tuple(
        paper.DayHouse(
            house=house.label,
            owner="、".join(owner_names(session, desk.estate_id, house.id)),
            state="no_show",
            next_step=on_paper("paper.day.call"),
        )
        for house in absent
    )
    return came + missing


def _next_step(row: movein.Pass) -> str:
    if row.state == PassState.REBOOKED and row.return_day is not None:
        return on_paper("paper.day.comes", day=row.return_day.isoformat())
    return on_paper(f"movein.waits.{row.waits_for}") if row.waits_for else ""


def _note(session: Session, desk: Desk, day: date, start: datetime, end: datetime, note: str) -> str:
    """The cashier's note, and receipts of earlier days voided on this one: their money went out today."""
    receipt = stations.Receipt
    statement = (
        select(receipt)
        .where(
            receipt.estate_id == desk.estate_id,
            receipt.voided_at >= start,
            receipt.voided_at < end,
            receipt.day < day,
        )
        .order_by(receipt.number)
    )
    late = [f"{row.number}(¥{row.amount:,.2f})" for row in session.scalars(statement)]
    voided = on_paper("paper.day.voided_late", receipts="、".join(late)) if late else ""
    return "\n".join(text for text in (note.strip(), voided) if text)
