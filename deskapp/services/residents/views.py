"""What is shown of a household: frozen data, no rows; numbers of people masked (design rule 6, A1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from deskapp.services.movein.views import DocumentRef, MarkView


@dataclass(frozen=True, slots=True)
class PhoneView:
    """One number of a person.

    Attributes:
        use: mobile, landline, service or emergency.
        holder: whose it is where that is not the person.
    """

    phone_id: int
    masked: str
    use: str
    holder: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """What one person is to the house, or was (P2).

    Attributes:
        role: code of `domain.people.PartyRole`.
        share: co-owner's share as written, "" where none.
        birth: day of birth, None while unknown; not masked, the clerk congratulates and counts ages.
        detail: power of attorney: ``matter``, ``scope``, ``until``, ``signed``; company licence and letter.
        others: labels of other houses of the same person (P5).
        namesakes: labels of houses of other people with the same name (P5).
    """

    party_id: int
    person_id: int
    version: int
    name: str
    role: str
    share: str
    since: date | None
    until: date | None
    id_kind: str
    id_masked: str
    phones: tuple[PhoneView, ...]
    detail: dict[str, Any]
    others: tuple[str, ...]
    namesakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveInView:
    """Where the household is on its way to its keys.

    Attributes:
        booked_day, first_day: the notified day now and as first notified; None without a batch.
        pass_id, number, state, at: of its last pass; 0 and "" where it has none.
        finished_at: when it left with its keys, None while it has not.
    """

    batch: str
    booked_day: date | None
    first_day: date | None
    pass_id: int
    number: str
    queue_number: str
    state: str
    at: str
    arrived_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the pack; ``state`` is a code of `domain.papers.PaperState`."""

    code: str
    copies: int
    state: str
    promised: date | None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """The keys of one kind: pieces in all, with the owner, kept for repair, lent out, and who keeps them."""

    kind: str
    total: int
    handed: int
    kept: int
    lent: int
    keeper: str
    why: str
    until: date | None


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One reading, digits as read; the newest of a meter comes first."""

    meter: str
    reading: str
    read_at: datetime
    photo: str


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One fee, in yuan; ``state`` is a code of `domain.fees.ChargeState`."""

    charge_id: int
    item: str
    title: str
    amount: Decimal
    paid: Decimal
    state: str
    until: date | None


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One payment taken, in yuan."""

    number: str
    amount: Decimal
    method: str
    payer: str
    taken_at: datetime
    voided: bool


@dataclass(frozen=True, slots=True)
class DefectRow:
    """One defect and where its repair stands (I1); photos by their hash."""

    defect_id: int
    room: str
    trade: str
    description: str
    severity: str
    party: str
    state: str
    due: date
    order_number: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who signed what, and how; ``picture`` is the attachment's hash, "" for paper not yet scanned."""

    record: str
    role: str
    name: str
    method: str
    signed_at: datetime
    picture: str


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """One errand taken over; the fee in yuan."""

    number: str
    matter: str
    state: str
    promised: date
    fee: Decimal


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened to the house.

    Attributes:
        id: to ask for what was before it.
        act: dotted code; its sentence is ``history.<act>`` filled with ``data``.
        staff, desk: who did it and where.
    """

    id: int
    at: datetime
    act: str
    kind: str
    subject_id: int
    data: dict[str, Any]
    staff: str
    desk: str


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """The file of one household (A1).

    Attributes:
        version: to hand back with a change of the house itself.
        owner_since: since when its present owners have it, None while unknown.
        past: parties that have ended, the last first.
        timeline: the newest things; `timeline` in `services.residents.household` gives what was before.
    """

    house_id: int
    version: int
    label: str
    kind: str
    layout: str
    area: Decimal
    contract_number: str
    contract_date: date | None
    payment: str
    developer_balance: Decimal
    remark: str
    people: tuple[PersonView, ...]
    past: tuple[PersonView, ...]
    marks: tuple[MarkView, ...]
    movein: MoveInView
    papers: tuple[PaperRow, ...]
    keys: tuple[KeyRow, ...]
    meters: tuple[MeterRow, ...]
    charges: tuple[ChargeRow, ...]
    receipts: tuple[ReceiptRow, ...]
    defects: tuple[DefectRow, ...]
    documents: tuple[DocumentRef, ...]
    signatures: tuple[SignatureRow, ...]
    errands: tuple[ErrandRow, ...]
    timeline: tuple[TimelineRow, ...]
