"""Errands the property takes over for a household 委托代办 (M8).

Papers come in and go out one by one; what came in as an original must go back out before the errand ends.
The usual matters are data (``resources/rules/errands.toml`` ⚙).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.domain.datatable import Entry, Label, Source, report_twice


class ErrandState(StrEnum):
    """Where an errand stands."""

    TAKEN = "taken"
    DONE = "done"
    RETURNED = "returned"
    """Everything is back with the owner, who has signed."""


class ErrandAct(StrEnum):
    """What can be done with an errand."""

    FINISH = "finish"
    """The matter is done; papers are not back yet."""
    REOPEN = "reopen"
    """Done by mistake, or sent back by the office."""
    GIVE_BACK = "give_back"
    """The papers go back; also when nothing could be done."""


_S, _A = ErrandState, ErrandAct

# fmt: off
ERRAND_TRANSITIONS: Mapping[tuple[ErrandState, ErrandAct], ErrandState] = MappingProxyType({
    (_S.TAKEN, _A.FINISH): _S.DONE,
    (_S.TAKEN, _A.GIVE_BACK): _S.RETURNED,
    (_S.DONE, _A.REOPEN): _S.TAKEN,
    (_S.DONE, _A.GIVE_BACK): _S.RETURNED,
})
# fmt: on


class Direction(StrEnum):
    """Which way a paper goes."""

    IN = "in"
    """From the owner, to be given back."""
    OUT = "out"
    """A result, to be handed over."""


@dataclass(frozen=True, slots=True)
class ErrandPaper:
    """One paper of an errand.

    Attributes:
        copies: pieces.
        original: not a copy; must be back before the errand ends.
        came: when the property got it, None while it has not.
        left: when the owner got it (back), None while he has not.
    """

    name: str
    direction: Direction
    copies: int = 1
    original: bool = True
    came: datetime | None = None
    left: datetime | None = None

    @property
    def held(self) -> bool:
        """Whether it lies with the property."""
        return self.came is not None and self.left is None


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand.

    Attributes:
        fee: yuan, 0 when free of charge.
        promised: the day by which it will be done.
    """

    matter: str
    papers: tuple[ErrandPaper, ...]
    fee: Decimal
    promised: date
    state: ErrandState = ErrandState.TAKEN


@dataclass(frozen=True, slots=True)
class ErrandMatter:
    """A usual matter ⚙: its fee in yuan, the days it takes, the papers that come in and go out."""

    code: str
    title: Label
    fee: Decimal
    days: int
    papers_in: tuple[str, ...]
    papers_out: tuple[str, ...]


def take(matter: str, papers: Iterable[ErrandPaper], fee: Decimal, promised: date, *, today: date) -> Errand:
    """A new errand.

    Raises:
        Refused: ``errands.matter_missing``, ``errands.promise_in_past``, ``errands.fee_negative``,
            ``errands.paper_nameless``.
    """
    kept = tuple(papers)
    if not matter.strip():
        raise Refused("errands.matter_missing")
    if promised < today:
        raise Refused("errands.promise_in_past", day=promised)
    if fee < 0:
        raise Refused("errands.fee_negative", amount=fee)
    if any(not paper.name.strip() or paper.copies < 1 for paper in kept):
        raise Refused("errands.paper_nameless")
    return Errand(matter.strip(), kept, fee, promised)


def planned(matter: ErrandMatter, today: date) -> tuple[tuple[ErrandPaper, ...], date]:
    """The papers of a usual matter, none of them in yet, and the day to promise."""
    papers_in = tuple(ErrandPaper(name, Direction.IN) for name in matter.papers_in)
    papers_out = tuple(ErrandPaper(name, Direction.OUT) for name in matter.papers_out)
    return papers_in + papers_out, today + timedelta(days=matter.days)


def can_errand(errand: Errand, act: ErrandAct) -> bool:
    """Whether the act is possible; giving back is, once nothing original is left here."""
    if (errand.state, act) not in ERRAND_TRANSITIONS:
        return False
    return act is not ErrandAct.GIVE_BACK or not held_back(errand)


def held_back(errand: Errand) -> tuple[ErrandPaper, ...]:
    """The originals and results that still lie with the property."""
    return tuple(
        paper
        for paper in errand.papers
        if paper.held and (paper.original or paper.direction is Direction.OUT)
    )


def errand_after(errand: Errand, act: ErrandAct) -> Errand:
    """The errand after the act.

    Raises:
        Refused: ``errands.not_now``; ``errands.papers_held`` with the names of what must go back first.
    """
    if (errand.state, act) not in ERRAND_TRANSITIONS:
        raise Refused("errands.not_now", state=errand.state.value, act=act.value)
    if not can_errand(errand, act):
        raise Refused("errands.papers_held", papers="、".join(paper.name for paper in held_back(errand)))
    return replace(errand, state=ERRAND_TRANSITIONS[errand.state, act])


def paper_came(errand: Errand, at: int, now: datetime) -> Errand:
    """A paper got to the property: from the owner, or a result from the office.

    Raises:
        Refused: ``errands.paper_not_now`` if it is there already or the errand has ended.
        IndexError: no such paper.
    """
    paper = errand.papers[at]
    if errand.state is ErrandState.RETURNED or paper.came is not None:
        raise Refused("errands.paper_not_now", paper=paper.name)
    return _with_paper(errand, at, replace(paper, came=now))


def paper_left(errand: Errand, at: int, now: datetime) -> Errand:
    """A paper got to the owner.

    Raises:
        Refused: ``errands.paper_not_now`` if it does not lie with the property.
        IndexError: no such paper.
    """
    paper = errand.papers[at]
    if not paper.held:
        raise Refused("errands.paper_not_now", paper=paper.name)
    return _with_paper(errand, at, replace(paper, left=now))


def late_days(errand: Errand, today: date) -> int:
    """By how many days the promise is overdue, 0 if it is not or the matter is done."""
    return max((today - errand.promised).days, 0) if errand.state is ErrandState.TAKEN else 0


def parse_errands(source: Source) -> tuple[ErrandMatter, ...]:
    """The usual matters of ``resources/rules/errands.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _matter(entry)) for entry in source.root.entries("errands")]
    report_twice((entry, matter.code) for entry, matter in read)
    source.finish()
    return tuple(matter for _, matter in read)


def _with_paper(errand: Errand, at: int, paper: ErrandPaper) -> Errand:
    papers = list(errand.papers)
    papers[at] = paper
    return replace(errand, papers=tuple(papers))


def _matter(entry: Entry) -> ErrandMatter:
    return ErrandMatter(
        code=entry.code(),
        title=entry.label(),
        fee=entry.decimal("fee", Decimal(0), Decimal(100_000), Decimal(0)),
        days=entry.whole("days", 0, 365),
        papers_in=entry.texts("papers_in", ()),
        papers_out=entry.texts("papers_out", ()),
    )
