"""Which house a roster's row means (A6): in one column or in three, in every writing of P1, never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from deskapp.domain.places import LabelQuery, Place, PlaceKind, kind_word, parse_label, place_of


@dataclass(frozen=True, slots=True)
class HouseCells:
    """The cells of a row that tell its house, as texts; "" where empty or without a column.

    Attributes:
        has_building: the sheet has a column of buildings, so that a row without one is incomplete.
    """

    phase: str = ""
    building: str = ""
    entrance: str = ""
    room: str = ""
    kind: str = ""
    layout: str = ""
    has_building: bool = False

    @property
    def received(self) -> str:
        """The house as the row writes it."""
        return f"{self.phase}{self.building}{self.entrance}{self.room}"


class Unplaced(Exception):
    """The row names no house; `code` says why: ``house_missing``, ``house_unreadable``, ``house_incomplete``,
    ``house_conflict``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_NONE = re.compile(r"[-—/\\]*|无")


def read_place(cells: HouseCells, *, dashes_begin_with_building: bool = True) -> Place:
    """The house of a row.

    Args:
        cells: what the row says.
        dashes_begin_with_building: of ``3-101`` in the room column; else it begins with the entrance, and
            the building stands in its own column. See `dashes_repeat_building`.

    Raises:
        Unplaced: no house is named, or the columns contradict each other.
    """
    if _NONE.fullmatch(cells.room):
        raise Unplaced("house_missing")
    building, kind = _building(cells.building)
    entrance = _entrance(cells.entrance)
    query = _room(cells.room, building, entrance, dashes_begin_with_building)
    if not query.understood:
        raise Unplaced("house_unreadable")
    if query.room is None:
        raise Unplaced("house_incomplete")
    kind = query.kind or kind or kind_word(cells.kind) or kind_word(cells.layout) or PlaceKind.APARTMENT
    place = place_of(query, kind)
    assert place is not None
    if (building and query.building not in (None, building)) or (
        entrance and query.entrance not in (None, entrance)
    ):
        raise Unplaced("house_conflict")
    place = replace(
        place,
        phase=place.phase or cells.phase,
        building=place.building or building,
        entrance=place.entrance or entrance,
    )
    if cells.has_building and not place.building and kind is PlaceKind.APARTMENT:
        raise Unplaced("house_incomplete")
    return place


def dashes_repeat_building(rows: list[tuple[str, str]]) -> bool:
    """Whether ``3-101`` in the room column begins with the building: so unless a row's own column denies it.

    Args:
        rows: building and room of every row, as texts.
    """
    return not any(_denies(building, room) for building, room in rows)


def _denies(building_text: str, room: str) -> bool:
    if not re.search(r"\d\s*[-—]", room):
        return False
    building, query = _building_or_none(building_text), parse_label(room)
    return bool(building and query.building and query.entrance is None and query.building != building)


def _building_or_none(text: str) -> str:
    try:
        return _building(text)[0]
    except Unplaced:
        return ""


@lru_cache(maxsize=1024)
def _building(text: str) -> tuple[str, PlaceKind | None]:
    """The building that a cell names, or the kind of place that stands there instead (``联排``)."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _NONE.fullmatch(folded):
        return "", None
    kind = kind_word(folded)
    for writing in (folded, f"{folded}#"):
        query = parse_label(writing)
        if query.building and query.room is None:
            return query.building, query.kind
    if kind:
        return "", kind
    raise Unplaced("house_unreadable")


@lru_cache(maxsize=1024)
def _entrance(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    if _NONE.fullmatch(folded):
        return ""
    for writing in (folded, f"{folded}单元"):
        query = parse_label(writing)
        if query.entrance and query.room is None and query.building is None:
            return query.entrance
    raise Unplaced("house_unreadable")


def _room(text: str, building: str, entrance: str, begins_with_building: bool) -> LabelQuery:
    alone = parse_label(text)
    if not building or (alone.building == building and (begins_with_building or alone.entrance)):
        return alone
    if alone.known == ("room",):
        return alone  # nearly every row: building, entrance and room in three columns
    whole = parse_label(f"{building}#{f'{entrance}单元' if entrance else ''}{text}")
    fits = whole.understood and whole.building == building and (not entrance or whole.entrance == entrance)
    return whole if fits else alone
