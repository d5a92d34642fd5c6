"""The rooms of a house from its layout text, such as 三室两厅两卫 (M10)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class RoomKind(StrEnum):
    """A kind of room, in the order in which one walks through a house."""

    WHOLE = "whole"
    """The house as a whole: structure, entrance, meters, keys."""
    LIVING = "living"
    DINING = "dining"
    FAMILY = "family"
    """A third hall and every further one."""
    BEDROOM = "bedroom"
    KITCHEN = "kitchen"
    BATH = "bath"
    BALCONY = "balcony"
    STAIRS = "stairs"
    COURTYARD = "courtyard"
    SHOP = "shop"
    SPACE = "space"
    """A parking space or storeroom."""


@dataclass(frozen=True, slots=True)
class Room:
    """One room; ``number`` counts from 1 where there are several of the kind, else it is 0."""

    kind: RoomKind
    number: int = 0

    @property
    def code(self) -> str:
        """Stable within its house: ``living``, ``bedroom_2``."""
        return f"{self.kind}_{self.number}" if self.number else str(self.kind)


_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2, "单": 1, "〇": 0}
_PART = re.compile(
    r"([一二三四五六七八九十两双单〇零]|\d{1,2})\s*(?:个|间)?\s*(居室|室|房|居|厅|卫|厨|阳台|阳|庭院|院)"
)
_WORDS = {
    "居室": RoomKind.BEDROOM,
    "室": RoomKind.BEDROOM,
    "房": RoomKind.BEDROOM,
    "居": RoomKind.BEDROOM,
    "厅": RoomKind.LIVING,
    "卫": RoomKind.BATH,
    "厨": RoomKind.KITCHEN,
    "阳台": RoomKind.BALCONY,
    "阳": RoomKind.BALCONY,
    "庭院": RoomKind.COURTYARD,
    "院": RoomKind.COURTYARD,
}
_MOST = 12


def layout_counts(layout: str) -> dict[RoomKind, int]:
    """How many rooms of each kind a layout names; empty if it names none that can be believed.

    Halls are counted together under ``living``. Kitchens and balconies that are not named are one each,
    a bath likewise: no home is built without them.
    """
    text = unicodedata.normalize("NFKC", layout)
    if "开间" in text and not _PART.search(text):
        text = "一室零厅一卫"
    counts: dict[RoomKind, int] = {}
    for number, word in _PART.findall(text):
        kind, value = _WORDS[word], int(number) if number.isdecimal() else _NUMERALS[number]
        if kind in counts or value > _MOST:
            return {}
        counts[kind] = value
    if not counts.get(RoomKind.BEDROOM):
        return {}
    for kind in (RoomKind.KITCHEN, RoomKind.BATH, RoomKind.BALCONY):
        counts.setdefault(kind, 1)
    return counts


def layout_rooms(layout: str) -> tuple[Room, ...]:
    """The rooms of a layout in walking order, the house as a whole first; empty if it cannot be read."""
    counts = layout_counts(layout)
    if not counts:
        return ()
    halls = counts.pop(RoomKind.LIVING, 1)
    counts |= {
        RoomKind.LIVING: min(halls, 1),
        RoomKind.DINING: int(halls > 1),
        RoomKind.FAMILY: max(halls - 2, 0),
    }
    return (
        Room(RoomKind.WHOLE),
        *(room for kind in RoomKind for room in _numbered(kind, counts.get(kind, 0))),
    )


def rooms_of(layout: str, otherwise: str, extra: tuple[RoomKind, ...] = ()) -> tuple[Room, ...]:
    """The rooms of a house in walking order.

    Args:
        layout: the house's own layout.
        otherwise: the layout to go by if its own cannot be read; "" for a house without rooms.
        extra: rooms that a house of its kind has beside its layout.
    """
    rooms = layout_rooms(layout) if otherwise else ()
    rooms = rooms or layout_rooms(otherwise) or (Room(RoomKind.WHOLE),)
    present = {room.kind for room in rooms}
    more = tuple(Room(kind) for kind in extra if kind not in present)
    walk = list(RoomKind)
    return tuple(sorted((*rooms, *more), key=lambda room: (walk.index(room.kind), room.number)))


def _numbered(kind: RoomKind, count: int) -> tuple[Room, ...]:
    if count == 1:
        return (Room(kind),)
    return tuple(Room(kind, number) for number in range(1, count + 1))
