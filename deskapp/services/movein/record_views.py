"""What panels are shown of the stations' records: frozen data, no rows; titles in the language shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.defects import DefectState
from deskapp.domain.fees import Basis, ChargeAct, ChargeState
from deskapp.domain.inspection import Finding, ResponsibleParty, Severity, Trade
from deskapp.domain.papers import PaperState
from deskapp.services.movein.views import DocumentRef


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One item of the inspection sheet.

    Attributes:
        key: under which its finding is kept.
        room, place: code and name of the room.
        defects: open defects written down at it.
    """

    key: str
    room: str
    place: str
    trade: Trade
    trade_title: str
    title: str
    method: str
    finding: Finding
    defects: int


@dataclass(frozen=True, slots=True)
class DefectView:
    """One defect (M10, I1).

    Attributes:
        number: within its house, in the order found.
        place: the room's name.
        overdue: its deadline has passed and it is neither repaired nor withdrawn.
        photos: hashes, for `services.attachments.load`.
    """

    defect_id: int
    version: int
    number: str
    house_id: int
    label: str
    item: str
    room: str
    place: str
    trade: Trade
    trade_title: str
    description: str
    severity: Severity
    party: ResponsibleParty
    state: DefectState
    due: date
    overdue: bool
    order_number: str
    fails: int
    found_at: datetime
    found_by: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeterView:
    """One meter of a house.

    Attributes:
        reading: digits as read in this round, "" while it was not.
        previous: the reading of the round before, "" for none.
        photo: hash of its picture, "" for none.
    """

    meter: str
    unit: str
    reading: str
    previous: str
    photo: str
    read_at: datetime | None
    read_by: str


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One signature.

    Attributes:
        record: what was signed: station code, ``waiver``, ``keys_move`` …
        method: ``screen``, ``paper`` (not scanned yet) or ``scan``.
        picture: hash, "" for paper not scanned yet.
        revoked: it no longer stands, because what was signed changed or it was a mistake.
    """

    signature_id: int
    record: str
    role: str
    name: str
    method: str
    picture: str
    signed_at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class InspectionView:
    """The inspection of a household's house.

    Attributes:
        round: 1 for the first; a re-inspection is the next.
        ended_at: when its sheet was issued, None while it goes on.
        escort_id, escort: who accompanies it, 0 and "" for nobody yet.
        lines: room by room as one walks.
        defects: open and withdrawn ones, in the order found.
        signatures: those the sheet will carry.
    """

    pass_id: int
    house_id: int
    label: str
    round: int
    began_at: datetime
    ended_at: datetime | None
    escort_id: int
    escort: str
    lines: tuple[SheetLine, ...]
    defects: tuple[DefectView, ...]
    meters: tuple[MeterView, ...]
    signatures: tuple[SignatureView, ...]

    @property
    def unchecked(self) -> int:
        """Items nobody has decided yet."""
        return sum(line.finding is Finding.UNCHECKED for line in self.lines)

    @property
    def rooms(self) -> tuple[tuple[str, str], ...]:
        """Code and name of each room, in walking order."""
        return tuple(dict.fromkeys((line.room, line.place) for line in self.lines))


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper of the pack (M6 ④).

    Attributes:
        must_sign: only such a paper can be refused.
        promised: the day a short one will be there.
    """

    code: str
    title: str
    copies: int
    must_sign: bool
    state: PaperState
    promised: date | None


@dataclass(frozen=True, slots=True)
class PackView:
    """The pack of a household, in its fixed order."""

    pass_id: int
    house_id: int
    lines: tuple[PaperView, ...]
    signatures: tuple[SignatureView, ...]


@dataclass(frozen=True, slots=True)
class ChargeView:
    """One charge, in yuan (F1).

    Attributes:
        why: the reason, as told to the owner.
        months: months charged ahead, 0 for what is charged once.
        open: what is still unpaid.
        acts: what can be done with it now.
        declinable: the owner may simply not want it.
    """

    charge_id: int
    version: int
    item: str
    title: str
    why: str
    basis: Basis
    quantity: str
    unit_price: str
    months: int
    period_from: date | None
    period_to: date | None
    amount: Decimal
    paid: Decimal
    open: Decimal
    state: ChargeState
    until: date | None
    reason: str
    prepaid: bool
    declinable: bool
    acts: frozenset[ChargeAct]


@dataclass(frozen=True, slots=True)
class FeeOffer:
    """A fee that is not on the bill and could be put there."""

    item: str
    title: str
    why: str
    basis: Basis
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One payment taken, in yuan (F2)."""

    number: str
    day: date
    payer: str
    amount: Decimal
    method: str
    reference: str
    cashier: str
    taken_at: datetime
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class FeesView:
    """What a house is charged and what it paid; voided charges stay in the list.

    Attributes:
        total: of what is charged, voided charges and what the developer bears left out.
        paid: received and not voided.
        open: still unpaid by the household, deferred and disputed parts included.
        area: m² of the house; 0 while it is unknown.
        uncounted: titles of the fees that wait for the area.
    """

    house_id: int
    label: str
    charges: tuple[ChargeView, ...]
    offers: tuple[FeeOffer, ...]
    receipts: tuple[ReceiptView, ...]
    total: Decimal
    paid: Decimal
    open: Decimal
    deferred: Decimal
    disputed: Decimal
    on_developer: Decimal
    area: Decimal = Decimal(0)
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """A payment as it was taken."""

    document: DocumentRef
    fees: FeesView


@dataclass(frozen=True, slots=True)
class MethodMoney:
    """Money of one method on a day (M14).

    Attributes:
        receipts, voided: how many receipts, and how many of them were voided since.
        booked: yuan, of those that stand.
    """

    method: str
    receipts: int
    voided: int
    booked: Decimal
    first_number: str
    last_number: str


@dataclass(frozen=True, slots=True)
class KeyView:
    """The keys of one kind of a house (M6 ⑥).

    Attributes:
        store: with the property, not handed over yet.
        kept, lent: with the property for repair, or lent to a repairer; `keeper`, `why`, `until` tell more.
    """

    kind: str
    title: str
    version: int
    total: int
    store: int
    handed: int
    kept: int
    lent: int
    keeper: str
    why: str
    until: date | None


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys of a house."""

    house_id: int
    lines: tuple[KeyView, ...]

    @property
    def all_handed(self) -> bool:
        """Whether the household has every key."""
        return all(line.handed == line.total for line in self.lines)


@dataclass(frozen=True, slots=True)
class KeysMoved:
    """Keys that changed hands after the hand-over, and the paper for it."""

    view: KeysView
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class ErrandPaperView:
    """One paper of an errand: ``direction`` is ``in`` (to be given back) or ``out`` (a result)."""

    name: str
    direction: str
    copies: int
    original: bool
    in_at: datetime | None
    out_at: datetime | None


@dataclass(frozen=True, slots=True)
class ErrandView:
    """An errand taken over (M8).

    Attributes:
        late_days: by how many days the promise is overdue.
        acts: codes of `domain.errands.ErrandAct` possible now.
    """

    errand_id: int
    version: int
    number: str
    house_id: int
    label: str
    matter: str
    papers: tuple[ErrandPaperView, ...]
    fee: Decimal
    promised: date
    late_days: int
    state: str
    taken_at: datetime
    taken_by: str
    ended_at: datetime | None
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class EscortView:
    """One escort of the pool (M11).

    Attributes:
        pass_id: whom he accompanies, 0 while he is free; `label` and `queue_number` likewise "".
        since: since when he is with that household, or free; None if not known.
        inspections_today: households accompanied today.
    """

    staff_id: int
    name: str
    pass_id: int
    label: str
    queue_number: str
    since: datetime | None
    inspections_today: int

    @property
    def free(self) -> bool:
        """Whether he can be sent."""
        return self.pass_id == 0
