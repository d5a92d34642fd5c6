"""Where a house is and how people say it (P1): places, the estate's own writing, labels in any writing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What stands behind a door; the values are stored."""

    APARTMENT = "apartment"
    TOWNHOUSE = "townhouse"
    SHOP = "shop"
    PARKING = "parking"
    STOREROOM = "storeroom"


@dataclass(frozen=True, slots=True)
class Place:
    """One house of an estate; "" where it has none of a level (P1).

    Attributes:
        phase: phase or cluster 组团, as written (``一期``).
        building: number or letter without its mark (``3`` of ``3#``).
        entrance: number of the 单元.
        room: room (``1906``), townhouse with its letters (``TC201``), number of a shop or parking space.
    """

    phase: str
    building: str
    entrance: str
    room: str
    kind: PlaceKind = PlaceKind.APARTMENT


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """What a written label tells; None is what it leaves open, never a guess (P1).

    Attributes:
        text: the writing as received.
        understood: False if it is not the label of a house at all; then all else is None.
    """

    text: str
    phase: str | None = None
    building: str | None = None
    entrance: str | None = None
    room: str | None = None
    kind: PlaceKind | None = None
    understood: bool = True

    @property
    def known(self) -> tuple[str, ...]:
        """The levels that the writing names, from the phase downwards."""
        return tuple(level for level in LEVELS if getattr(self, level) is not None)

    @property
    def open(self) -> tuple[str, ...]:
        """The levels that it leaves open."""
        return tuple(level for level in LEVELS if getattr(self, level) is None)


LEVELS = ("phase", "building", "entrance", "room", "kind")

KIND_MARK = {PlaceKind.SHOP: "底商", PlaceKind.PARKING: "车位", PlaceKind.STOREROOM: "储藏室"}
"""How the estate writes the kinds whose numbers alone would not tell them."""

_KIND_WORDS = {
    "联排别墅": PlaceKind.TOWNHOUSE,
    "叠拼别墅": PlaceKind.TOWNHOUSE,
    "双拼别墅": PlaceKind.TOWNHOUSE,
    "联排": PlaceKind.TOWNHOUSE,
    "叠拼": PlaceKind.TOWNHOUSE,
    "双拼": PlaceKind.TOWNHOUSE,
    "别墅": PlaceKind.TOWNHOUSE,
    "商业网点": PlaceKind.SHOP,
    "商业": PlaceKind.SHOP,
    "门面房": PlaceKind.SHOP,
    "底商": PlaceKind.SHOP,
    "商铺": PlaceKind.SHOP,
    "店铺": PlaceKind.SHOP,
    "铺面": PlaceKind.SHOP,
    "门面": PlaceKind.SHOP,
    "商": PlaceKind.SHOP,
    "地下停车位": PlaceKind.PARKING,
    "地下车位": PlaceKind.PARKING,
    "停车位": PlaceKind.PARKING,
    "车位": PlaceKind.PARKING,
    "车库": PlaceKind.PARKING,
    "储藏室": PlaceKind.STOREROOM,
    "储藏间": PlaceKind.STOREROOM,
    "储物间": PlaceKind.STOREROOM,
    "储物室": PlaceKind.STOREROOM,
    "杂物间": PlaceKind.STOREROOM,
}
_KIND = re.compile("|".join(sorted(_KIND_WORDS, key=len, reverse=True)))

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－~～/\\._、,·"), "-") | {
    ord("﹟"): "#",
    ord("№"): "#",
    ord("♯"): "#",
}
_NUMERALS = dict(zip("零〇一二两三四五六七八九", "001223456789", strict=True))
_NUMERAL_RUN = re.compile(
    r"[零〇一二两三四五六七八九十百]+(?=号|栋|幢|座|楼|#|单元|门|梯|层|室|房|$)"
    r"|(?<=[栋幢座楼#元门梯层号-])[零〇一二两三四五六七八九十百]+"
)

_PHASE = (
    r"(?:[\u4e00-\u9fff]{2,8}?(?:小区|花园|公寓|家园|花苑|新村|山庄))?-?"
    r"(?:(?P<phase>[\u4e00-\u9fffA-Z0-9]{1,4}?(?:期|组团|区)|[\u4e00-\u9fff][苑园庭里])-?)?"
)
_BUILDING = r"(?P<building>[A-Z]{0,2}\d{1,3}[A-Z]?|[A-Z]{1,2}|[甲乙丙丁东西南北])"
_ENTRANCE = r"(?P<entrance>\d{1,2}|[A-Z]|[甲乙丙丁东西南北中])"
_ROOM = r"(?P<room>[A-Z]{0,3}\d{3,5}[A-Z]?(?:-\d{1,2})?|[A-Z]{0,3}\d{1,5}[A-Z]?)(?:室|房|号|户)?"
_FLOOR = r"(?:(?P<floor>\d{1,2})(?:层|楼|F)-?)?"

_MARKED = re.compile(
    rf"{_PHASE}{_BUILDING}(?P<mark>号楼|号院|#楼|#|栋|幢|座|楼|号(?=-?[0-9A-Z]))-?"
    rf"(?:{_ENTRANCE}(?:单元|门|梯|-(?=.))-?)?{_FLOOR}(?:{_ROOM})?"
)
_DASHED = re.compile(
    rf"{_PHASE}{_BUILDING}-(?:{_ENTRANCE}(?:单元-?|门-?|-)(?:(?P<floor>\d{{1,2}})(?:层-?|楼-?|-))?)?{_ROOM}"
)
_UNMARKED = re.compile(rf"{_PHASE}(?:{_ENTRANCE}(?:单元|门|梯)-?)?{_FLOOR}(?:{_ROOM})?")
_TOWNHOUSE = re.compile(rf"{_PHASE}TC-?(?P<room>\d{{1,4}}[A-Z]?)(?:号|室)?")
_SPACE = re.compile(
    rf"{_PHASE}(?:{_BUILDING}(?:号楼|号院|#楼|#|栋|幢|座|楼)-?)?(?:{_ENTRANCE}单元-?)?"
    r"(?P<room>[A-Z0-9]+(?:-[A-Z0-9]+)*)?号?"
)


def label(place: Place) -> str:
    """The place in the estate's own writing: ``3#2单元1804``, ``3#1906``, ``TC201``, ``3#底商12`` (P1)."""
    building = f"{place.building}#" if place.building else ""
    entrance = f"{place.entrance}单元" if place.entrance else ""
    mark = KIND_MARK.get(place.kind, "")
    if place.kind is PlaceKind.TOWNHOUSE and place.room.isdigit() and not building:
        mark = "联排"
    return f"{place.phase}{building}{entrance}{mark}{place.room}"


def place_key(place: Place) -> str:
    """One text per house, equal for two writings of one place: ``0101`` and ``101``, ``1期`` and ``一期``."""
    parts = (fold_phase(place.phase), place.building, place.entrance, fold_room(place.room), place.kind.value)
    return "|".join(parts)


def fold_room(room: str) -> str:
    """A room number as it is compared: leading zeros of a plain number do not count."""
    return (room.lstrip("0") or "0") if room.isdigit() else room


def fold_phase(phase: str) -> str:
    """A phase as it is compared: ``一期`` is ``1期``."""
    folded = unicodedata.normalize("NFKC", phase).upper().replace(" ", "")
    return re.sub(r"[零〇一二两三四五六七八九十百]+(?=期|组团|区)", lambda run: numeral(run[0]), folded)


def numeral(text: str) -> str:
    """Chinese numerals up to 999 as digits: ``二十一`` -> ``21``, digit by digit ``一九零六`` -> ``1906``."""
    if "十" not in text and "百" not in text:
        return "".join(_NUMERALS[character] for character in text)
    total, digit = 0, -1
    for character in text:
        if character in "十百":
            unit = 10 if character == "十" else 100
            total += (1 if digit < 0 else digit) * unit
            digit = -1
        else:
            digit = int(_NUMERALS[character])
    return str(total + max(digit, 0))


def parse_label(text: str) -> LabelQuery:
    """Reads the label of a house in any usual writing (P1); what it does not say stays open.

    Numbers joined by dashes are read from the building downwards: ``3-2-1906``, ``3-1906``.
    """
    core = _fold(text)
    kind, core = _take_kind(core)
    if townhouse := _TOWNHOUSE.fullmatch(core):
        phase, room = townhouse["phase"], f"TC{townhouse['room']}"
        return LabelQuery(text, phase=phase, room=room, kind=PlaceKind.TOWNHOUSE)
    patterns = (
        (_SPACE,) if kind in (PlaceKind.PARKING, PlaceKind.STOREROOM) else (_MARKED, _DASHED, _UNMARKED)
    )
    for pattern in patterns:
        if (found := pattern.fullmatch(core)) and (query := _query(text, found.groupdict(), kind)):
            return query
    return LabelQuery(text, understood=False)


def matches(query: LabelQuery, place: Place) -> bool:
    """Whether the place is one that the writing may mean; an open level admits every place (P1)."""
    if not query.understood:
        return False
    # An estate without phases is often said with its own name in front: "望湖一期3栋" names no other house.
    if query.phase and place.phase and not fold_phase(query.phase).endswith(fold_phase(place.phase)):
        return False
    if place.kind is PlaceKind.PARKING and query.kind is None and query.building:
        return place.room == f"{query.building}-{query.room}"  # B1-023 reads as building B1 too
    if query.building not in (None, place.building) or query.entrance not in (None, place.entrance):
        return False
    if query.kind not in (None, place.kind):
        return False
    return query.room is None or _same_room(query, place)


def place_of(query: LabelQuery, kind: PlaceKind = PlaceKind.APARTMENT) -> Place | None:
    """The place that a writing names by itself, if it names a room; open levels become none."""
    if query.room is None:
        return None
    return Place(
        query.phase or "", query.building or "", query.entrance or "", query.room, query.kind or kind
    )


def kind_word(text: str) -> PlaceKind | None:
    """The kind that a word in a roster's cell names (``联排``, ``底商``), if it names one."""
    found = _KIND.search(unicodedata.normalize("NFKC", text))
    return _KIND_WORDS[found[0]] if found and len(found[0]) > 1 else None


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).upper().strip()
    folded = re.sub(r"(?<=\d)\s+(?=\d)", "-", folded)
    folded = re.sub(r"\s+|[(){}\[\]<>第]", "", folded)
    folded = re.sub(r"(?:地下|负)([一二三四五1-5])层?", lambda level: f"B{_digit(level[1])}-", folded)
    folded = _NUMERAL_RUN.sub(lambda run: numeral(run[0]), folded)
    return re.sub(r"-{2,}", "-", folded).strip("-")


def _digit(character: str) -> str:
    """One digit, written either way."""
    return _NUMERALS.get(character, character)


def _take_kind(core: str) -> tuple[PlaceKind | None, str]:
    """The kind that the writing names, and the writing without that word."""
    found = _KIND.search(core)
    if not found:
        return None, core
    rest = f"{core[: found.start()]}-{core[found.end() :]}"
    return _KIND_WORDS[found[0]], re.sub(r"-{2,}", "-", rest).replace("#-", "#").strip("-")


def _query(text: str, found: Mapping[str, str | None], kind: PlaceKind | None) -> LabelQuery | None:
    building, entrance, room = found.get("building"), found.get("entrance"), found.get("room")
    floor = found.get("floor")
    if building and room and found.get("mark") == "楼" and _on_floor(building, room):
        building = None  # 19楼1906 names the floor, not building 19
    if floor:
        room = _room_on(floor, room)
        if room is None:
            return None
    if not (building or entrance or room or found.get("phase") or kind):
        return None
    return LabelQuery(
        text,
        phase=found.get("phase"),
        building=_number(building),
        entrance=_number(entrance),
        room=room,
        kind=kind,
    )


def _number(text: str | None) -> str | None:
    return (text.lstrip("0") or "0") if text else None


def _on_floor(floor: str, room: str) -> bool:
    return room.startswith(floor) and len(room) >= len(floor) + 2


def _room_on(floor: str, room: str | None) -> str | None:
    if not room:
        return None
    if len(room) <= 2 and room.isdigit():
        return f"{floor.lstrip('0')}{room.zfill(2)}"
    return room if room.startswith(floor.lstrip("0")) else None


def _same_room(query: LabelQuery, place: Place) -> bool:
    said, room = fold_room(query.room or ""), fold_room(place.room)
    if said == room:
        return True
    # "101" may mean TC101 or space B1-101: a visitor says the number alone (A2).
    bare = said.isdigit() and query.building is None and query.entrance is None
    if not bare or place.kind is PlaceKind.APARTMENT:
        return False
    tail = re.search(r"\d+$", room)
    return tail is not None and fold_room(tail[0]) == said
