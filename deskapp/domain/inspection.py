"""The inspection of a house and what is found there (M6 ③, M10).

The checklist is data (``resources/checklists/inspection.toml`` ⚙); the rooms of a house follow from
its layout (`domain.rooms`). The life of a defect after it is found is `domain.defects`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.meters import Meter
from deskapp.domain.places import PlaceKind
from deskapp.domain.rooms import Room, RoomKind, layout_rooms, rooms_of

Value = TypeVar("Value")


class Trade(StrEnum):
    """What a defect belongs to (M10); the register is read by it (I1)."""

    STRUCTURE = "structure"
    WALLS = "walls"
    CEILINGS = "ceilings"
    FLOORS = "floors"
    WATERPROOFING = "waterproofing"
    """Kitchen and bath, tested with water."""
    DOORS = "doors"
    WINDOWS = "windows"
    """Windows and railings."""
    PLUMBING = "plumbing"
    ELECTRICITY = "electricity"
    LOW_VOLTAGE = "low_voltage"
    """Intercom, network, television."""
    GAS = "gas"
    AIR_CONDITIONING = "air_conditioning"
    """The place for the outdoor unit, sleeves, condensate drain."""
    METERS = "meters"
    KEYS = "keys"


class Finding(StrEnum):
    """What was found of one item; an item nobody looked at has none of the last two."""

    UNCHECKED = "unchecked"
    IN_ORDER = "in_order"
    DEFECT = "defect"


class Severity(StrEnum):
    """How grave a defect is; decides its deadline ⚙."""

    MINOR = "minor"
    """Can be lived with: looks."""
    MAJOR = "major"
    """Hinders use or grows worse: leaks, hollow spots, windows that do not close."""
    SAFETY = "safety"
    """Can hurt somebody: railings, bare wires, gas."""


class ResponsibleParty(StrEnum):
    """Who must repair."""

    DEVELOPER = "developer"
    CONTRACTOR = "contractor"
    SUPPLIER = "supplier"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class QuickDefect:
    """A ready description of a usual defect, so that adding one takes one touch (M10).

    Attributes:
        label: what is written down, such as 空鼓.
        severity: what it usually is; the clerk may choose another.
        party: who usually repairs it.
    """

    label: Label
    severity: Severity
    party: ResponsibleParty


@dataclass(frozen=True, slots=True)
class TradeSheet:
    """A trade as the company calls it, who usually answers for it, and its usual defects."""

    trade: Trade
    title: Label
    party: ResponsibleParty
    quick: tuple[QuickDefect, ...]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at, in each room of the kinds named.

    Attributes:
        method: how it is looked at, as printed: 目测, 敲击, 闭水 24 小时 …
        kinds: the kinds of house it concerns.
    """

    code: str
    trade: Trade
    title: Label
    method: Label
    rooms: tuple[RoomKind, ...]
    kinds: frozenset[PlaceKind]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All that an inspection goes by ⚙.

    Attributes:
        rooms: the names of the kinds of room.
        layouts: layout to go by for a house whose own cannot be read.
        extra: rooms that a kind of house has beside its layout, such as a courtyard.
        meters: the meters of each kind of house.
        repair_days: calendar days to the deadline, by severity.
    """

    rooms: Mapping[RoomKind, Label]
    layouts: Mapping[PlaceKind, str]
    extra: Mapping[PlaceKind, tuple[RoomKind, ...]]
    meters: Mapping[PlaceKind, tuple[Meter, ...]]
    repair_days: Mapping[Severity, int]
    trades: tuple[TradeSheet, ...]
    items: tuple[CheckItem, ...]

    def trade(self, trade: Trade) -> TradeSheet:
        """The sheet of a trade; every trade has one (checked when the file is read)."""
        return next(sheet for sheet in self.trades if sheet.trade is trade)

    def room_name(self, room: Room) -> Label:
        """What a room is called: 卧室2, or 客厅 where there is but one of the kind."""
        name = self.rooms[room.kind]
        if room.number == 0:
            return name
        return Label(f"{name.zh}{room.number}", f"{name.en} {room.number}")


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line of the sheet of one house.

    Attributes:
        key: ``room.item``, such as ``bedroom_2.wall_even``; stable, findings are kept under it.
        place: what the room is called.
    """

    key: str
    room: Room
    place: Label
    trade: Trade
    code: str
    title: Label
    method: Label


def sheet_for(layout: str, kind: PlaceKind, checklist: Checklist) -> tuple[SheetItem, ...]:
    """The sheet of a house: room by room as one walks, in each the items in the order of the checklist (M10).

    A layout that cannot be read takes that of the kind of house; `rooms.layout_rooms` tells which it was.
    """
    rooms = rooms_of(layout, checklist.layouts.get(kind, ""), checklist.extra.get(kind, ()))
    return tuple(
        SheetItem(
            f"{room.code}.{item.code}",
            room,
            checklist.room_name(room),
            item.trade,
            item.code,
            item.title,
            item.method,
        )
        for room in rooms
        for item in checklist.items
        if room.kind in item.rooms and kind in item.kinds
    )


def unchecked(sheet: Iterable[SheetItem], findings: Mapping[str, Finding]) -> tuple[SheetItem, ...]:
    """The items that nobody has looked at yet."""
    return tuple(i for i in sheet if findings.get(i.key, Finding.UNCHECKED) is Finding.UNCHECKED)


def undescribed(
    sheet: Iterable[SheetItem], findings: Mapping[str, Finding], defect_items: frozenset[str]
) -> tuple[SheetItem, ...]:
    """The items found defective for which no defect is written down."""
    return tuple(i for i in sheet if findings.get(i.key) is Finding.DEFECT and i.key not in defect_items)


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect as it is written down (M10); photos hang on it.

    Attributes:
        item: key of the sheet's item, "" where it was found beside the list.
        room: code of the room.
        deadline: the day by which it is to be repaired.
    """

    item: str
    room: str
    trade: Trade
    description: str
    severity: Severity
    party: ResponsibleParty
    deadline: date


def deadline_for(severity: Severity, found: date, checklist: Checklist) -> date:
    """The day by which a defect is to be repaired; calendar days, the day it was found not counted."""
    return found + timedelta(days=checklist.repair_days[severity])


def defect_at(
    item: SheetItem,
    found: date,
    checklist: Checklist,
    *,
    quick: QuickDefect | None = None,
    description: str = "",
    severity: Severity | None = None,
    party: ResponsibleParty | None = None,
) -> Defect:
    """A defect found at an item; what is not said is what is usual for the trade.

    Raises:
        ValueError: neither a quick description nor a text.
    """
    text = description.strip() or (quick.label.zh if quick else "")
    if not text:
        raise ValueError("a defect has a description")
    grave = severity or (quick.severity if quick else Severity.MINOR)
    return Defect(
        item=item.key,
        room=item.room.code,
        trade=item.trade,
        description=text,
        severity=grave,
        party=party or (quick.party if quick else checklist.trade(item.trade).party),
        deadline=deadline_for(grave, found, checklist),
    )


def parse_checklist(source: Source) -> Checklist:
    """The checklist of ``resources/checklists/inspection.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    root = source.root
    days = root.table("repair_days")
    checklist = Checklist(
        rooms=_room_names(root),
        layouts=_by_kind(root.table("layouts"), lambda table, kind: table.text(kind, "")),
        extra=_by_kind(root.table("extra_rooms"), lambda table, kind: table.choices(kind, RoomKind, ())),
        meters=_by_kind(root.table("meters"), lambda table, kind: table.choices(kind, Meter, ())),
        repair_days={s: days.whole(s.value, 0, 365) for s in Severity},
        trades=_trades(root),
        items=_items(root),
    )
    _check_layouts(root, checklist)
    source.finish()
    return checklist


def _by_kind(table: Entry, value: Callable[[Entry, str], Value]) -> dict[PlaceKind, Value]:
    found = {}
    for kind in PlaceKind:  # any other key is reported as unknown
        if kind.value in table:
            found[kind] = value(table, kind.value)
    return found


def _room_names(root: Entry) -> dict[RoomKind, Label]:
    entries = [(entry, entry.choice("kind", RoomKind)) for entry in root.entries("rooms")]
    report_twice(((entry, kind.value) for entry, kind in entries), "kind")
    names = {kind: entry.label() for entry, kind in entries}
    for kind in RoomKind:
        if kind not in names:
            root.fault("rooms", "not_listed", value=kind.value)
    return names


def _trades(root: Entry) -> tuple[TradeSheet, ...]:
    read = [(entry, _trade(entry)) for entry in root.entries("trades")]
    report_twice(((entry, sheet.trade.value) for entry, sheet in read), "trade")
    for trade in Trade:
        if trade not in {sheet.trade for _, sheet in read}:
            root.fault("trades", "not_listed", value=trade.value)
    return tuple(sheet for _, sheet in read)


def _trade(entry: Entry) -> TradeSheet:
    party = entry.choice("party", ResponsibleParty)
    quick = tuple(
        QuickDefect(
            each.label(),
            each.choice("severity", Severity),
            each.choice("party", ResponsibleParty, party),
        )
        for each in entry.entries("quick")
    )
    return TradeSheet(entry.choice("trade", Trade), entry.label(), party, quick)


def _items(root: Entry) -> tuple[CheckItem, ...]:
    read = [(entry, _item(entry)) for entry in root.entries("items")]
    report_twice((entry, item.code) for entry, item in read)
    return tuple(item for _, item in read)


def _item(entry: Entry) -> CheckItem:
    return CheckItem(
        code=entry.code(),
        trade=entry.choice("trade", Trade),
        title=entry.label(),
        method=entry.label("method_zh", "method_en"),
        rooms=entry.choices("rooms", RoomKind),
        kinds=frozenset(entry.choices("kinds", PlaceKind, tuple(PlaceKind))),
    )


def _check_layouts(root: Entry, checklist: Checklist) -> None:
    for kind, layout in checklist.layouts.items():
        if layout and not layout_rooms(layout):
            root.fault(f"layouts.{kind}", "not_layout", value=layout)
    for kind in PlaceKind:
        if kind not in checklist.meters:
            root.fault("meters", "not_listed", value=kind.value)
