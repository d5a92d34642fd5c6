"""The pack of papers that a household signs for, and the papers it must bring (M2, M6 ② and ④).

Both lists are data: ``resources/rules/papers.toml`` and ``resources/rules/documents.toml`` ⚙.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.places import PlaceKind


class Attending(StrEnum):
    """As what the person at station ② comes; decides what must be shown."""

    OWNER = "owner"
    CO_OWNER_ABSENT = "co_owner_absent"
    """An owner, while a co-owner has stayed away."""
    AGENT = "agent"
    COMPANY = "company"


class PaperState(StrEnum):
    """What became of one paper of the pack."""

    DUE = "due"
    HANDED = "handed"
    """Handed over, and signed where a signature belongs on it."""
    SHORT = "short"
    """Not in the pack today; promised for a day."""
    REFUSED = "refused"
    """The owner will not sign it; the reservations are written down (M6 ④)."""


class PaperAct(StrEnum):
    """What can be done with one paper of the pack."""

    HAND = "hand"
    PROMISE = "promise"
    REFUSE = "refuse"
    UNDO = "undo"
    """Ticked by mistake."""


_S, _A = PaperState, PaperAct

# fmt: off
PAPER_TRANSITIONS: Mapping[tuple[PaperState, PaperAct], PaperState] = MappingProxyType({
    (_S.DUE, _A.HAND): _S.HANDED,
    (_S.DUE, _A.PROMISE): _S.SHORT,
    (_S.DUE, _A.REFUSE): _S.REFUSED,

    (_S.SHORT, _A.HAND): _S.HANDED,
    (_S.SHORT, _A.PROMISE): _S.SHORT,       # another day
    (_S.SHORT, _A.UNDO): _S.DUE,

    (_S.REFUSED, _A.HAND): _S.HANDED,       # signed later after all
    (_S.REFUSED, _A.UNDO): _S.DUE,

    (_S.HANDED, _A.UNDO): _S.DUE,
})
# fmt: on


@dataclass(frozen=True, slots=True)
class PackItem:
    """One paper of the pack, in its fixed order (M2).

    Attributes:
        copies: how many pieces.
        must_sign: the owner signs on it; only such a paper can be refused.
        mark: code of the lasting mark on the house when it is refused, "" for none.
        kinds: the kinds of house whose pack holds it.
    """

    code: str
    title: Label
    copies: int
    must_sign: bool
    mark: str
    kinds: frozenset[PlaceKind]


@dataclass(frozen=True, slots=True)
class OwnerPaper:
    """A paper to be shown at station ②.

    Attributes:
        why: what it is for, as told to the person (M9).
        attending: for whom it is needed.
        copy_kept: a copy stays with the property.
    """

    code: str
    title: Label
    why: Label
    attending: frozenset[Attending]
    copy_kept: bool


@dataclass(frozen=True, slots=True)
class PackLine:
    """One paper of one household's pack and what became of it."""

    code: str
    state: PaperState = PaperState.DUE
    promised: date | None = None


def can_paper(item: PackItem, state: PaperState, act: PaperAct) -> bool:
    """Whether the act is possible; refusing is for papers that are signed."""
    return (state, act) in PAPER_TRANSITIONS and (act is not PaperAct.REFUSE or item.must_sign)


def paper_after(
    item: PackItem, line: PackLine, act: PaperAct, *, today: date, promised: date | None = None
) -> PackLine:
    """The line after the act.

    Args:
        promised: the day a short paper will be there; needed for a promise, not before today.

    Raises:
        Refused: ``papers.not_now``, ``papers.promise_needs_day``, ``papers.promise_in_past``.
    """
    if not can_paper(item, line.state, act):
        raise Refused("papers.not_now", paper=item.code, state=line.state.value, act=act.value)
    if act is PaperAct.PROMISE:
        if promised is None:
            raise Refused("papers.promise_needs_day", paper=item.code)
        if promised < today:
            raise Refused("papers.promise_in_past", paper=item.code, day=promised)
    return PackLine(
        line.code, PAPER_TRANSITIONS[line.state, act], promised if act is PaperAct.PROMISE else None
    )


def pack_for(kind: PlaceKind, items: Iterable[PackItem]) -> tuple[PackItem, ...]:
    """The pack of a kind of house in its fixed order."""
    return tuple(item for item in items if kind in item.kinds)


def papers_for(attending: Attending, items: Iterable[OwnerPaper]) -> tuple[OwnerPaper, ...]:
    """What the person must show at station ②."""
    return tuple(item for item in items if attending in item.attending)


def missing(needed: Iterable[OwnerPaper], shown: frozenset[str]) -> tuple[OwnerPaper, ...]:
    """What is needed and was not shown."""
    return tuple(item for item in needed if item.code not in shown)


def pack_states(lines: Iterable[PackLine]) -> dict[PaperState, tuple[str, ...]]:
    """The codes of the papers in each state, every state named."""
    kept = tuple(lines)
    return {state: tuple(line.code for line in kept if line.state is state) for state in PaperState}


def parse_papers(source: Source) -> tuple[PackItem, ...]:
    """The pack of ``resources/rules/papers.toml`` in its order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _pack_item(entry)) for entry in source.root.entries("papers")]
    report_twice((entry, item.code) for entry, item in read)
    source.finish()
    return tuple(item for _, item in read)


def parse_documents(source: Source) -> tuple[OwnerPaper, ...]:
    """The papers to bring of ``resources/rules/documents.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _owner_paper(entry)) for entry in source.root.entries("documents")]
    report_twice((entry, item.code) for entry, item in read)
    for attending in Attending:
        if not any(attending in item.attending for _, item in read):
            source.root.fault("documents", "not_listed", value=attending.value)
    source.finish()
    return tuple(item for _, item in read)


def _pack_item(entry: Entry) -> PackItem:
    item = PackItem(
        code=entry.code(),
        title=entry.label(),
        copies=entry.whole("copies", 1, 20, 1),
        must_sign=entry.flag("must_sign", default=False),
        mark=entry.code("mark") if "mark" in entry else "",
        kinds=frozenset(entry.choices("kinds", PlaceKind)),
    )
    if item.mark and not item.must_sign:
        entry.fault("mark", "mark_unsigned")
    return item


def _owner_paper(entry: Entry) -> OwnerPaper:
    return OwnerPaper(
        code=entry.code(),
        title=entry.label(),
        why=entry.label("why_zh", "why_en"),
        attending=frozenset(entry.choices("attending", Attending)),
        copy_kept=entry.flag("copy_kept", default=False),
    )
