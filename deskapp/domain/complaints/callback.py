"""Calling back 回访: who is called, until when, what follows (C13); ``resources/rules/callbacks.toml`` ⚙."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from deskapp.domain.complaints.classes import Follow, Kind, Topic
from deskapp.domain.complaints.clocks import Begins, ClockRule, MetBy, Unit
from deskapp.domain.datatable import Label, Source, report_twice


class Grade(StrEnum):
    """What the resident says, or that nobody answered."""

    SATISFIED = "satisfied"
    ACCEPTABLE = "acceptable"
    DISSATISFIED = "dissatisfied"
    NOT_REACHED = "not_reached"


class CallBackState(StrEnum):
    """Where a call back is; the values are stored."""

    PLANNED = "planned"
    DONE = "done"
    """Somebody asked, or tried to; the grade says how it went."""
    FAULT = "fault"
    """Done, and what was found has not gone back in writing yet."""
    DROPPED = "dropped"
    """Reopened or closed before it came to it."""


ASKED = frozenset({CallBackState.DONE, CallBackState.FAULT})
"""States of a call back that took place."""


@dataclass(frozen=True, slots=True)
class CallBacks:
    """The rules of calling back.

    Attributes:
        clocks: until when, by the topic's class; they begin when the result was reported.
        share: percent of the tickets of a kind that are called.
        fault: until when a fault found goes back in writing.
        attempts: calls without answer after which the call back counts as tried.
    """

    clocks: Mapping[Follow, ClockRule]
    share: Mapping[Kind, int]
    fault: ClockRule
    attempts: int


def clock_for(rules: CallBacks, topic: Topic | None) -> ClockRule:
    """Until when a ticket is called back."""
    return rules.clocks[topic.follow if topic else Follow.OTHER]


def call_back_needed(rules: CallBacks, kind: Kind, number: str, *, serious: bool = False) -> bool:
    """Whether a ticket is called back.

    The sample is drawn from the ticket's number: nobody chooses whom to ask, and the same ticket is always
    in it or never. Serious cases and whatever has a share of 100 are all called.
    """
    share = 100 if serious else rules.share.get(kind, 0)
    drawn = int.from_bytes(hashlib.sha256(number.encode()).digest()[:4]) % 100
    return drawn < share


def call_back_done(rules: CallBacks, grades: tuple[Grade, ...]) -> bool:
    """Whether the call back took place, or was tried often enough."""
    reached = any(grade is not Grade.NOT_REACHED for grade in grades)
    return reached or len(grades) >= rules.attempts


def counts_as_satisfied(grade: Grade) -> bool:
    """Whether a grade counts for satisfaction (D7); those not reached count for nothing."""
    return grade in (Grade.SATISFIED, Grade.ACCEPTABLE)


def parse_callbacks(source: Source) -> CallBacks:
    """The rules of ``resources/rules/callbacks.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    root = source.root
    read = [
        (entry, entry.choice("follow", Follow), entry.label(), entry.whole("days", 1, 60))
        for entry in root.entries("callbacks")
    ]
    report_twice(((entry, follow.value) for entry, follow, _, _ in read), "follow")
    for follow in Follow:
        if follow not in {found for _, found, _, _ in read}:
            root.fault("callbacks", "not_listed", value=follow.value)
    shares = root.table("share")
    rules = CallBacks(
        clocks=MappingProxyType({f: _rule(f"call_back_{f}", label, Unit.DAYS, n) for _, f, label, n in read}),
        share=MappingProxyType({kind: shares.whole(kind.value, 0, 100, 0) for kind in Kind}),
        fault=_rule(
            "fault_back", root.label("fault_zh", "fault_en"), Unit.HOURS, root.whole("fault_hours", 1, 720)
        ),
        attempts=root.whole("attempts", 1, 20),
    )
    source.finish()
    return rules


def _rule(code: str, label: Label, unit: Unit, amount: int) -> ClockRule:
    """A clock of its own making: it begins when the caller says and belongs to every kind."""
    return ClockRule(
        code=code,
        label=label,
        unit=unit,
        amount=amount,
        begins=Begins.RECEIVED,
        met_by=MetBy.SETTLED,
        kinds=frozenset(Kind),
        targets=frozenset(),
        utility_only=False,
        may_wait=False,
    )
