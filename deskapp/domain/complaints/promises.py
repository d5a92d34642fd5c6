"""The promise ledger: what was promised at the counter, by whom, until when (C7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.base.i18n import Word


class PromiseState(StrEnum):
    """What has become of a promise. Late is not a state: the clock says it."""

    OPEN = "open"
    KEPT = "kept"
    REPLACED = "replaced"
    """The resident was told before, and a new one took its place."""
    RELEASED = "released"
    """The resident no longer wants it."""
    BROKEN = "broken"
    """It will not be kept; why is on record."""


class PromiseAct(StrEnum):
    """What can be done with a promise."""

    KEEP = "keep"
    REPLACE = "replace"
    RELEASE = "release"
    BREAK = "break"


_S, _A = PromiseState, PromiseAct

PROMISE_TRANSITIONS: Mapping[tuple[PromiseState, PromiseAct], PromiseState] = MappingProxyType(
    {
        (_S.OPEN, _A.KEEP): _S.KEPT,
        (_S.OPEN, _A.REPLACE): _S.REPLACED,
        (_S.OPEN, _A.RELEASE): _S.RELEASED,
        (_S.OPEN, _A.BREAK): _S.BROKEN,
    }
)
"""A promise that has ended stays as it ended."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise.

    Attributes:
        what: as it was said ("师傅六点前到").
        owner: who keeps it; a person, or a department where the person is not known yet.
        due: until when.
        otherwise: what happens if it fails, as it was said; "" if nothing was.
        ended: when it was kept, replaced, released or broken.
    """

    what: str
    owner: str
    due: datetime
    made: datetime
    otherwise: str = ""
    state: PromiseState = PromiseState.OPEN
    ended: datetime | None = None
    reason: str = ""

    def late(self, now: datetime) -> bool:
        """Whether it is or was kept too late."""
        return (self.ended or now) > self.due


def promise(what: str, owner: str, due: datetime, *, now: datetime, otherwise: str = "") -> Promise:
    """A new promise.

    Raises:
        Refused: ``complaints.promise_empty``, ``complaints.promise_needs_owner``,
            ``complaints.promise_in_past``.
    """
    if not what.strip():
        raise Refused("complaints.promise_empty")
    if not owner.strip():
        raise Refused("complaints.promise_needs_owner")
    if due <= now:
        raise Refused("complaints.promise_in_past")
    return Promise(what.strip(), owner.strip(), due, now, otherwise.strip())


def can_promise(found: Promise, act: PromiseAct) -> bool:
    """Whether the act is possible."""
    return (found.state, act) in PROMISE_TRANSITIONS


def promise_after(found: Promise, act: PromiseAct, now: datetime, reason: str = "") -> Promise:
    """The promise after the act; keeping it needs no reason, all else does.

    Raises:
        Refused: ``complaints.promise_ended``, ``complaints.promise_needs_reason``.
    """
    if not can_promise(found, act):
        raise Refused("complaints.promise_ended", state=Word(f"complaints.code.promise.{found.state.value}"))
    if act is not PromiseAct.KEEP and not reason.strip():
        raise Refused("complaints.promise_needs_reason")
    state = PROMISE_TRANSITIONS[found.state, act]
    return replace(found, state=state, ended=now, reason=reason.strip())


def replaced(
    found: Promise, due: datetime, reason: str, *, now: datetime, owner: str = ""
) -> tuple[Promise, Promise]:
    """The old promise ended and the new one in its place.

    Raises:
        Refused: as `promise_after` and `promise`.
    """
    ended = promise_after(found, PromiseAct.REPLACE, now, reason)
    return ended, promise(found.what, owner or found.owner, due, now=now, otherwise=found.otherwise)


def check_next_contact(
    *, ticket_open: bool, next_contact: datetime | None, promises: Iterable[Promise], now: datetime
) -> None:
    """Lets a contact with the resident end: while the ticket is open, the next one has a time (C7).

    A promise that is open and not yet due is such a time: it ends with a word to the resident.

    Raises:
        Refused: ``complaints.next_contact_missing``, ``complaints.next_contact_in_past``.
    """
    if next_contact is not None and next_contact <= now:
        raise Refused("complaints.next_contact_in_past")
    ahead = any(p.state is PromiseState.OPEN and p.due > now for p in promises)
    if ticket_open and next_contact is None and not ahead:
        raise Refused("complaints.next_contact_missing")
