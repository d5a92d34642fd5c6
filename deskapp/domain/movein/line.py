"""Who is next at a station (M5, L3, L4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One household in a station's queue.

    Attributes:
        pass_id: its pass.
        place: what orders it, earlier first: the moment it took its place. A place is kept overnight
            and through hold, dispute and return, because the moment stays.
        priority: elderly, pregnant, disabled.
    """

    pass_id: int
    place: datetime
    priority: bool


def in_order(waiting: Sequence[Waiting], ordinary_between: int, since_priority: int = 10**9) -> list[Waiting]:
    """The queue as it will be called.

    A priority number goes before ordinary ones, but after each priority call at least
    ``ordinary_between`` ordinary ones are called first, so that nobody is jumped for ever (L3 ⚙).

    Args:
        waiting: everybody in the queue, in any order.
        ordinary_between: ordinary calls between two priority calls, 0 for priority always first.
        since_priority: ordinary calls made at this station since its last priority call.
    """
    by_place = sorted(waiting, key=_turn)
    first = [w for w in by_place if w.priority]
    others = [w for w in by_place if not w.priority]
    line: list[Waiting] = []
    while first or others:
        if first and (since_priority >= ordinary_between or not others or _turn(first[0]) < _turn(others[0])):
            line.append(first.pop(0))
            since_priority = 0
        else:
            line.append(others.pop(0))
            since_priority += 1
    return line


def _turn(waiting: Waiting) -> tuple[datetime, int]:
    return waiting.place, waiting.pass_id
