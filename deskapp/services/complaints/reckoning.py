"""Every open thing that falls due with the stretches of time that counted (C6, cli.md ``clocks``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from deskapp.domain.complaints.clocks import Span, Wait, Why
from deskapp.services.complaints.duelist import clock_list
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.timing import as_waits, due_of, waits_of
from deskapp.services.complaints.views import ClockRow
from deskapp.services.desk import Desk

EVERY = 1_000_000
"""No list on a screen: a program wants all of them."""
_AT_ONCE = 500
"""Tickets whose waits are read with one statement."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A row of the list with its spans, from the start to the due time without a gap."""

    row: ClockRow
    counted: tuple[Span, ...]


def reckoned(desk: Desk, at: datetime | None = None) -> tuple[Reckoned, ...]:
    """Everything open at a moment, the most urgent first, each due time with its explanation.

    Args:
        at: another moment to read at; what began after it is left out. The present one by itself.
    """
    moment = at or desk.now()
    rows = [row for row in clock_list(desk, moment, limit=EVERY) if row.began_at <= moment]
    with desk.reading() as session:
        waits = _waits(session, desk, sorted({row.ticket_id for row in rows if row.what == "clock"}))
    return tuple(Reckoned(row, _spans(desk, row, waits.get(row.ticket_id, ()), moment)) for row in rows)


def _waits(session: Session, desk: Desk, tickets: Sequence[int]) -> dict[int, tuple[Wait, ...]]:
    found: dict[int, tuple[Wait, ...]] = {}
    for some in _pieces(tickets):
        read = waits_of(session, desk.estate_id, some)
        found.update((ticket, as_waits(waits)) for ticket, waits in read.items() if waits)
    return found


def _pieces(tickets: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(tickets), _AT_ONCE):
        yield tickets[first : first + _AT_ONCE]


def _spans(desk: Desk, row: ClockRow, waits: Sequence[Wait], now: datetime) -> tuple[Span, ...]:
    """A promise and a clock whose rule left the list run through to their time."""
    rule = rules(desk).clock(row.rule) if row.what == "clock" else None
    if rule is None:
        return (Span(row.began_at, row.due_at, True, Why.RUNS_THROUGH),)
    return due_of(desk, rule, row.began_at, waits, now).counted
