"""What a use case answers: its value, and what it changed for those who show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """The things that changed, as (kind, id); ``("all", 0)`` means more than can be listed.

    Kinds: house, pass, station (id 0: some queue), batch, document, defect, charge, receipt, staff, estate,
    ticket, incident, promise, alarm, reader (who has a ticket open).
    """

    things: frozenset[tuple[str, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.things)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.things | other.things)

    def touch(self, kind: str, subject_id: int | None = None) -> bool:
        """Whether a thing, or any thing of a kind, may have changed."""
        if ("all", 0) in self.things:
            return True
        if subject_id is None:
            return any(k == kind for k, _ in self.things)
        return (kind, subject_id) in self.things


NOTHING = Changes()


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The answer of a command.

    Attributes:
        value: frozen data, no rows.
        changes: emitted once by whoever ran the command.
    """

    value: T
    changes: Changes = NOTHING
