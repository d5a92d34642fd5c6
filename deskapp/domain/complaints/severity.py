"""When a case is serious 重大, why, and since which minute (C5); ``resources/rules/severity.toml`` ⚙."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.domain.datatable import Entry, Label, Source, report_twice


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case; the names are those a criterion may ask for.

    Attributes:
        households: distinct households that came with the matter; see `distinct_households`.
        affected: households that suffer from it, whether they came or not.
        crowd: people gathered.
        loss: yuan, as claimed or estimated.
    """

    households: int = 0
    affected: int = 0
    press: bool = False
    crowd: int = 0
    injury: bool = False
    danger: bool = False
    loss: Decimal = Decimal(0)


_FLAGS = frozenset(field.name for field in fields(Facts) if field.type == "bool")
_NAMES = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason for being serious.

    Attributes:
        fact: the fact it asks for.
        at_least: from how many on; None for a fact that holds or not.
        words: words in a story that make the clerk look at the fact.
    """

    code: str
    label: Label
    fact: str
    at_least: int | None
    words: tuple[str, ...]

    def met(self, facts: Facts) -> bool:
        """Whether it holds."""
        value = getattr(facts, self.fact)
        return bool(value) if self.at_least is None else bool(value >= self.at_least)


@dataclass(frozen=True, slots=True)
class Severity:
    """Whether a case is serious.

    Attributes:
        why: codes of the criteria that hold.
        reason: why a person set it, where no criterion holds or one was overruled.
        by_person: a person set it.
    """

    serious: bool
    why: tuple[str, ...] = ()
    reason: str = ""
    by_person: bool = False


def judge(criteria: Iterable[Criterion], facts: Facts) -> Severity:
    """What the facts say."""
    why = tuple(criterion.code for criterion in criteria if criterion.met(facts))
    return Severity(bool(why), why)


def set_serious(found: Severity, reason: str) -> Severity:
    """Serious on a person's word.

    Raises:
        Refused: ``complaints.severity_needs_reason``.
    """
    if not reason.strip():
        raise Refused("complaints.severity_needs_reason")
    return Severity(True, found.why, reason.strip(), by_person=True)


def can_calm(found: Severity) -> bool:
    """Whether a person may take it back: only what a person set, never what the facts show (Z8)."""
    return found.serious and not found.why


def calm(found: Severity, reason: str) -> Severity:
    """Ordinary again on a person's word.

    Raises:
        Refused: ``complaints.severity_by_facts``, ``complaints.severity_needs_reason``.
    """
    if not can_calm(found):
        raise Refused("complaints.severity_by_facts")
    if not reason.strip():
        raise Refused("complaints.severity_needs_reason")
    return Severity(False, (), reason.strip(), by_person=True)


@dataclass(frozen=True, slots=True)
class Came:
    """One complaint on a matter: whose ("" for an anonymous caller, who counts for none) and when."""

    household: str
    at: datetime


def distinct_households(came: Iterable[Came]) -> tuple[str, ...]:
    """The households in the order in which they first came; one that comes twice counts once (C11)."""
    first: dict[str, datetime] = {}
    for one in came:
        if one.household and (one.household not in first or one.at < first[one.household]):
            first[one.household] = one.at
    return tuple(sorted(first, key=lambda house: (first[house], house)))


def serious_since(criteria: Iterable[Criterion], came: Iterable[Came]) -> datetime | None:
    """The minute at which enough distinct households had come, or None: its clocks start there (Z10)."""
    kept = sorted(came, key=lambda one: one.at)
    needed = min((c.at_least for c in criteria if c.fact == "households" and c.at_least), default=None)
    seen: set[str] = set()
    for one in kept:
        if one.household:
            seen.add(one.household)
        if needed is not None and len(seen) >= needed:
            return one.at
    return None


def hints(criteria: Iterable[Criterion], text: str) -> Mapping[str, tuple[str, ...]]:
    """The criteria a story speaks of, with the words that do; a person decides whether the fact holds."""
    spoken = ((c.code, tuple(word for word in c.words if word in text)) for c in criteria)
    return MappingProxyType({code: words for code, words in spoken if words})


def parse_severity(source: Source) -> tuple[Criterion, ...]:
    """The criteria of ``resources/rules/severity.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _criterion(entry)) for entry in source.root.entries("criteria")]
    report_twice((entry, criterion.code) for entry, criterion in read)
    source.finish()
    return tuple(criterion for _, criterion in read)


def _criterion(entry: Entry) -> Criterion:
    fact = entry.text("fact")
    if fact and fact not in _NAMES:
        entry.fault("fact", "not_one_of", value=fact, choices=", ".join(_NAMES))
        fact = "danger"
    flag = fact in _FLAGS
    if flag and not entry.flag("holds"):
        entry.fault("holds", "never_met")
    return Criterion(
        code=entry.code(),
        label=entry.label(),
        fact=fact or "danger",
        at_least=None if flag else entry.whole("at_least", 1, 1_000_000_000),
        words=entry.texts("words", ()),
    )
