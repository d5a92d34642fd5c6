"""The keys of a house: kinds and counts, and who holds how many (M6 ⑥).

Kinds and counts are data (``resources/rules/keys.toml`` ⚙). Every key of a kind is in one of four
places; `KEY_MOVES` says how it gets from one to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.places import PlaceKind


class KeyPlace(StrEnum):
    """Where a key is."""

    STORE = "store"
    """With the property, not handed over yet."""
    HANDED = "handed"
    """With the household."""
    KEPT = "kept"
    """Kept by the property for repair work, under a custody record."""
    LENT = "lent"
    """Lent by the property to a repairer."""


class KeyMove(StrEnum):
    """How a key changes its place, each time against a signature."""

    HAND = "hand"
    KEEP = "keep"
    """Not handed over: kept for repair with the owner's consent."""
    LEAVE = "leave"
    """The owner, who has it already, leaves it for a repair."""
    LEND = "lend"
    BRING_BACK = "bring_back"
    """The repairer brings it back."""
    RETURN = "return"
    """Given to the owner when the repair is done."""
    UNDO = "undo"
    """Counted by mistake, before the receipt is issued."""


_P, _M = KeyPlace, KeyMove

# fmt: off
KEY_MOVES: Mapping[tuple[KeyPlace, KeyMove], KeyPlace] = MappingProxyType({
    (_P.STORE, _M.HAND): _P.HANDED,
    (_P.STORE, _M.KEEP): _P.KEPT,
    (_P.HANDED, _M.LEAVE): _P.KEPT,
    (_P.HANDED, _M.UNDO): _P.STORE,
    (_P.KEPT, _M.LEND): _P.LENT,
    (_P.KEPT, _M.RETURN): _P.HANDED,
    (_P.KEPT, _M.UNDO): _P.STORE,
    (_P.LENT, _M.BRING_BACK): _P.KEPT,
})
# fmt: on

_FROM: Mapping[KeyMove, tuple[KeyPlace, ...]] = MappingProxyType(
    {move: tuple(place for place, known in KEY_MOVES if known is move) for move in KeyMove}
)


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A kind of key or card ⚙ and how many a house gets."""

    code: str
    title: Label
    count: int
    kinds: frozenset[PlaceKind]


@dataclass(frozen=True, slots=True)
class Custody:
    """The record of keys kept or lent: who keeps them, why, until when."""

    keeper: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class KeyCount:
    """How many keys of one kind of one house are where; every key is in exactly one place."""

    kind: str
    store: int = 0
    handed: int = 0
    kept: int = 0
    lent: int = 0
    custody: Custody | None = None

    @property
    def total(self) -> int:
        """All there are of the kind."""
        return self.store + self.handed + self.kept + self.lent

    def at(self, place: KeyPlace) -> int:
        """How many are in a place."""
        return {_P.STORE: self.store, _P.HANDED: self.handed, _P.KEPT: self.kept, _P.LENT: self.lent}[place]


def can_move(count: KeyCount, move: KeyMove, pieces: int = 1, place: KeyPlace | None = None) -> bool:
    """Whether so many keys can be moved so; ``place`` chooses where from if a move knows several."""
    return pieces >= 1 and any(count.at(p) >= pieces for p in _FROM[move] if place in (None, p))


def moved(
    count: KeyCount,
    move: KeyMove,
    pieces: int = 1,
    *,
    custody: Custody | None = None,
    place: KeyPlace | None = None,
) -> KeyCount:
    """The counts after a move.

    Args:
        pieces: how many keys.
        custody: who keeps them, why and until when; needed for every move that leaves keys kept or lent.
        place: where from, if a move knows several; the first with enough keys otherwise.

    Raises:
        Refused: ``keys.not_there`` with kind, move and pieces; ``keys.custody_incomplete``.
    """
    if not can_move(count, move, pieces, place):
        raise Refused("keys.not_there", kind=count.kind, move=move.value, pieces=pieces)
    start = next(p for p in _FROM[move] if place in (None, p) and count.at(p) >= pieces)
    end = KEY_MOVES[start, move]
    if move in (_M.KEEP, _M.LEAVE, _M.LEND) and (
        custody is None or not custody.keeper.strip() or not custody.why.strip()
    ):
        raise Refused("keys.custody_incomplete", kind=count.kind)
    places = {p: count.at(p) for p in KeyPlace}
    places[start] -= pieces
    places[end] += pieces
    return replace(
        count,
        store=places[_P.STORE],
        handed=places[_P.HANDED],
        kept=places[_P.KEPT],
        lent=places[_P.LENT],
        custody=(custody or count.custody) if places[_P.KEPT] + places[_P.LENT] else None,
    )


def keys_for(kind: PlaceKind, kinds: Iterable[KeyKind]) -> tuple[KeyCount, ...]:
    """The keys of a kind of house, all still in the store."""
    return tuple(KeyCount(key.code, store=key.count) for key in kinds if kind in key.kinds)


def all_handed(counts: Iterable[KeyCount]) -> bool:
    """Whether every key is with the household (⑥ 全部)."""
    return all(count.handed == count.total for count in counts)


def in_custody(counts: Iterable[KeyCount]) -> tuple[KeyCount, ...]:
    """The kinds of which the property keeps or has lent some (⑥ 部分留存)."""
    return tuple(count for count in counts if count.kept + count.lent)


def left_in_store(counts: Iterable[KeyCount]) -> int:
    """Keys that nobody has taken yet (M14)."""
    return sum(count.store for count in counts)


def parse_keys(source: Source) -> tuple[KeyKind, ...]:
    """The kinds of ``resources/rules/keys.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _kind(entry)) for entry in source.root.entries("keys")]
    report_twice((entry, kind.code) for entry, kind in read)
    source.finish()
    return tuple(kind for _, kind in read)


def _kind(entry: Entry) -> KeyKind:
    return KeyKind(
        code=entry.code(),
        title=entry.label(),
        count=entry.whole("count", 1, 50),
        kinds=frozenset(entry.choices("kinds", PlaceKind)),
    )
