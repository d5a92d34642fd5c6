"""What panels are shown of the move-in: frozen data, no rows, identity and phones masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.gate import Barrier
from deskapp.domain.movein.outcomes import Need, Outcome
from deskapp.domain.movein.stations import Station


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One household in a station's queue, in calling order.

    Attributes:
        names: the owners, ``、`` between them.
        since: since when it waits here, or is in the state it is in.
        priority: code of why it has priority, "" for none.
        desk: where it is being served, "" while nobody serves it.
        note: for those aside: the day they come back, or the code of what they wait for.
    """

    pass_id: int
    version: int
    queue_number: str
    house_id: int
    label: str
    names: str
    state: PassState
    since: datetime
    priority: str
    desk: str
    return_day: date | None
    waits_for: str
    misses: int


@dataclass(frozen=True, slots=True)
class StationBoard:
    """A station's queue and figures, as the left half of the station panel shows them.

    Attributes:
        waiting: in calling order, those called and served first.
        aside: held, waiting for somebody, in dispute, rebooked to a later day or back today.
        average_wait, longest_wait: seconds; of today's calls, and of those waiting now. None: nobody yet.
        average_service: seconds, of today's visits.
        served_today: visits ended today.
    """

    station: Station
    at: datetime
    waiting: tuple[QueueRow, ...]
    aside: tuple[QueueRow, ...]
    average_wait: int | None
    longest_wait: int | None
    average_service: int | None
    served_today: int

    def count(self, state: PassState) -> int:
        """How many stand aside in a state."""
        return sum(row.state is state for row in self.aside)


@dataclass(frozen=True, slots=True)
class StationMark:
    """One station of a household's way.

    Attributes:
        closed: whether it is walked.
        outcome: code of the last outcome there, "" for none yet.
        at: when that was.
        by, desk: who did it and where.
        overruled: the supervisor's reason, "" for none.
    """

    station: Station
    closed: bool
    outcome: str
    at: datetime | None
    by: str
    desk: str
    overruled: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome offered at the current station.

    Attributes:
        missing: what must be on record first and is not; empty when it can stand as things are, but for
            what its own dialog asks (`asks`).
        asks: needs that the clerk answers in the outcome's own form: reason, new day, agent …
    """

    outcome: Outcome
    missing: tuple[Need, ...]
    asks: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class MarkView:
    """Something about the house that every desk must see.

    Attributes:
        code: ``convention_refused``, ``remark``, ``balance_owed`` …; its words under ``mark.``.
        text: what was written, such as the reservations.
    """

    code: str
    text: str
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnerView:
    """An owner as the desk sees him; numbers masked (design rule 6)."""

    person_id: int
    name: str
    role: str
    phone_masked: str
    id_kind: str
    id_masked: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """An issued document: enough to show, preview and reprint it."""

    form: str
    number: str
    issued_at: datetime
    issuer: str
    prints: int
    voided: bool


@dataclass(frozen=True, slots=True)
class PassView:
    """A household on its way, as the right half of the station panel shows it.

    Attributes:
        version: to hand back with an act, so that the second of two clerks is told (design rule 2).
        waits_for: code of the cause while it waits for somebody else, "" otherwise.
        stations: in the order of the batch.
        choices: the outcomes of the station it stands at; empty unless it is being served.
        barriers: what keeps the keys back (M7).
        others: labels of other houses of the same owners (P5).
        namesakes: labels of houses of other people with the same name (P5).
    """

    pass_id: int
    version: int
    number: str
    queue_number: str
    day: date
    batch: str
    state: PassState
    at: Station
    since: datetime
    served_by: str
    desk: str
    priority: str
    attendee: str
    attendee_role: str
    return_day: date | None
    waits_for: str
    misses: int
    escort_id: int
    house_id: int
    label: str
    layout: str
    area: Decimal
    house_kind: str
    developer_balance: Decimal
    booked_day: date | None
    owners: tuple[OwnerView, ...]
    others: tuple[str, ...]
    namesakes: tuple[str, ...]
    marks: tuple[MarkView, ...]
    stations: tuple[StationMark, ...]
    choices: tuple[Choice, ...]
    barriers: tuple[Barrier, ...]
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing a station led to.

    Attributes:
        view: the household now.
        documents: the papers issued by it, to be printed.
    """

    view: PassView
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """What the reception is shown of a house before it hands out a number.

    Attributes:
        open_pass: the pass it is on its way with, None for none.
        moved_in_at: when it took its keys, None when it did not.
        booked_day: by notice; None without a batch.
        room_today: whether today still has room for a household of another day (M6 ①).
    """

    house_id: int
    label: str
    owners: tuple[OwnerView, ...]
    marks: tuple[MarkView, ...]
    others: tuple[str, ...]
    namesakes: tuple[str, ...]
    open_pass: PassView | None
    moved_in_at: datetime | None
    booked_day: date | None
    batch: str
    room_today: bool
    developer_balance: Decimal


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts for the owner (P2; 民法典 165: name, matter, scope, term, signature)."""

    name: str
    id_number: str
    phone: str
    matter: str
    scope: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor's word, given at the desk with his own secret.

    Attributes:
        number: staff number.
        secret: PIN or password as typed; checked, never kept.
        reason: printed on the internal copy.
    """

    number: str
    secret: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a clerk gives with an outcome; each need of the outcome reads its own field.

    Attributes:
        reason_code: where a reason is chosen from a list, such as ``fee_unpaid`` at the keys.
        waits_for: whom a waiting household waits for: ``sales``, ``escort``, ``supervisor``.
        letter, letter_copy: the absent co-owner's letter and copy of the identity document are here.
        company_papers: licence and letter are here.
        reservations: the owner's, one text each, against the convention.
    """

    reason: str = ""
    reason_code: str = ""
    new_day: date | None = None
    identity_proven: bool = False
    missing_papers: tuple[str, ...] = ()
    agent: Agent | None = None
    letter: bool = False
    letter_copy: bool = False
    company_papers: bool = False
    reservations: tuple[str, ...] = ()
    approval: Approval | None = None
