"""Every outcome of every station, as one table that can be read (M6).

What a clerk must give before an outcome can stand is in its needs; what it does to the household's
way is its effect. Sentences and captions belong to the translations (``movein.outcome.<code>``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskapp.domain.movein.stations import Station

S = Station


class Effect(StrEnum):
    """What an outcome does to the way."""

    ADVANCE = "advance"
    """The station is closed; the household goes on."""
    HOLD = "hold"
    """The household steps aside and comes back to this station; its place is kept."""
    WAIT = "wait"
    """Somebody else must act first (sales, escort, supervisor); the station stays open."""
    REBOOK = "rebook"
    """The household comes back on another day to this station; its place is kept."""
    DISPUTE = "dispute"
    """To the dispute area, and from there back to this station."""
    END = "end"
    """The pass ends without keys."""


class Need(StrEnum):
    """What must be on record before an outcome can stand."""

    OWN_DAY = "own_day"
    """Today is the day of its notice; ordinary move-in has none."""
    NOT_MOVED_IN = "not_moved_in"
    """The house has not taken its keys before."""
    REASON = "reason"
    NEW_DAY = "new_day"
    IDENTITY_PROVEN = "identity_proven"
    SUPERVISOR = "supervisor"
    ROOM_TODAY = "room_today"
    """The day still has room (capacity of the batch)."""
    MISSING_PAPERS = "missing_papers"
    OWNER_PAPERS = "owner_papers"
    """Every paper that the attendee must show is ticked."""
    AGENT = "agent"
    """Name, identity number and scope of the agent (P2; 民法典 165)."""
    LETTER = "letter"
    """The absent co-owner's letter and the copy of the identity document."""
    COMPANY_PAPERS = "company_papers"
    METERS = "meters"
    """Water, electricity and gas read, each with its photo."""
    SHEET = "sheet"
    """Every item of the inspection sheet has a finding."""
    NO_DEFECTS = "no_defects"
    DEFECTS = "defects"
    WAIVER = "waiver"
    """The owner's signed wish not to inspect."""
    SIGNATURE = "signature"
    """The record of this station signed, on screen or on paper."""
    RESERVATIONS = "reservations"
    SHORT_ITEMS = "short_items"
    """The papers that are short, with the day promised."""
    ALL_PAPERS = "all_papers"
    COUNTED = "counted"
    """No fee waits for an area that is unknown."""
    PAID = "paid"
    """Nothing of the charges is left due."""
    PART_OPEN = "part_open"
    """Something is left due and has a day until which."""
    DISPUTED = "disputed"
    """At least one charge is marked as disputed."""
    ON_DEVELOPER = "on_developer"
    """At least one charge is borne by the developer, none is left due."""
    GATE = "gate"
    """The hand-over gate is open or overruled (M7)."""
    KEYS = "keys"
    """Every kind of key counted and handed over."""
    CUSTODY = "custody"
    """At least one key kept, with who keeps it, why and until when."""
    NOT_FOR_FEE = "not_for_fee"
    """The reason is not an unpaid prepaid fee, unless a supervisor decided after seeing the law."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of one station.

    Attributes:
        station: where it can happen.
        code: unique within the station.
        effect: what becomes of the way.
        needs: what must be on record first, checked in this order.
        issues: form codes of the papers that come out of it.
        mark: code of a lasting mark on the house, "" for none.
    """

    station: Station
    code: str
    effect: Effect
    needs: tuple[Need, ...] = ()
    issues: tuple[str, ...] = ()
    mark: str = ""

    @property
    def key(self) -> str:
        """Unique over all stations: ``station.code``."""
        return f"{self.station}.{self.code}"


ASKED = frozenset(
    {
        Need.REASON,
        Need.NEW_DAY,
        Need.IDENTITY_PROVEN,
        Need.SUPERVISOR,
        Need.MISSING_PAPERS,
        Need.AGENT,
        Need.LETTER,
        Need.COMPANY_PAPERS,
        Need.RESERVATIONS,
    }
)
"""Needs that the clerk answers in the outcome's own form; the others rest on what is on record."""

OVERRULED_BY_SUPERVISOR = frozenset({Need.ROOM_TODAY, Need.GATE, Need.NOT_FOR_FEE})
"""Needs that a supervisor's word can stand in for, with a reason (M6, M7)."""

E, N = Effect, Need

# fmt: off
OUTCOMES: tuple[Outcome, ...] = (
    # ① 查验入住通知书
    Outcome(S.NOTICE, "in_order", E.ADVANCE, (N.NOT_MOVED_IN, N.OWN_DAY)),
    Outcome(S.NOTICE, "notice_reprinted", E.ADVANCE,
            (N.NOT_MOVED_IN, N.OWN_DAY, N.IDENTITY_PROVEN), ("movein-notice",)),
    Outcome(S.NOTICE, "other_day_taken", E.ADVANCE, (N.NOT_MOVED_IN, N.ROOM_TODAY)),
    Outcome(S.NOTICE, "rebooked", E.REBOOK, (N.NEW_DAY,)),
    Outcome(S.NOTICE, "not_owner", E.END, (N.REASON,)),
    Outcome(S.NOTICE, "already_moved_in", E.END),
    # ② 查验业主资料
    Outcome(S.DOCUMENTS, "in_order", E.ADVANCE, (N.OWNER_PAPERS, N.SIGNATURE), ("owner-card",)),
    Outcome(S.DOCUMENTS, "papers_missing", E.REBOOK, (N.MISSING_PAPERS, N.NEW_DAY)),
    Outcome(S.DOCUMENTS, "agent_authorised", E.ADVANCE, (N.AGENT, N.OWNER_PAPERS, N.SIGNATURE),
            ("owner-card",)),
    Outcome(S.DOCUMENTS, "agent_insufficient", E.HOLD, (N.REASON,)),
    Outcome(S.DOCUMENTS, "co_owner_absent", E.ADVANCE, (N.OWNER_PAPERS, N.LETTER, N.SIGNATURE),
            ("owner-card",)),
    Outcome(S.DOCUMENTS, "identity_mismatch", E.WAIT, (N.REASON,)),
    Outcome(S.DOCUMENTS, "identity_accepted", E.ADVANCE,
            (N.REASON, N.SUPERVISOR, N.OWNER_PAPERS, N.SIGNATURE), ("owner-card",)),
    Outcome(S.DOCUMENTS, "balance_owed", E.WAIT),
    Outcome(S.DOCUMENTS, "company_papers", E.ADVANCE, (N.OWNER_PAPERS, N.COMPANY_PAPERS, N.SIGNATURE),
            ("owner-card",)),
    # ③ 验房
    Outcome(S.INSPECTION, "accepted", E.ADVANCE, (N.METERS, N.SHEET, N.NO_DEFECTS, N.SIGNATURE),
            ("inspection",)),
    Outcome(S.INSPECTION, "accepted_with_defects", E.ADVANCE,
            (N.METERS, N.SHEET, N.DEFECTS, N.SIGNATURE), ("inspection", "defect-order")),
    Outcome(S.INSPECTION, "refused", E.REBOOK,
            (N.METERS, N.DEFECTS, N.NEW_DAY, N.SIGNATURE), ("inspection", "defect-order")),
    Outcome(S.INSPECTION, "not_inspected", E.ADVANCE, (N.METERS, N.WAIVER), ("inspection",)),
    Outcome(S.INSPECTION, "waits_for_escort", E.WAIT),
    # ④ 签收资料
    Outcome(S.PAPERS, "all_signed", E.ADVANCE, (N.ALL_PAPERS, N.SIGNATURE), ("papers-receipt",)),
    Outcome(S.PAPERS, "convention_refused", E.ADVANCE,
            (N.RESERVATIONS, N.SIGNATURE), ("papers-receipt",), mark="convention_refused"),
    Outcome(S.PAPERS, "item_short", E.ADVANCE, (N.SHORT_ITEMS, N.SIGNATURE), ("papers-receipt",)),
    # ⑤ 收费
    Outcome(S.FEES, "paid", E.ADVANCE, (N.COUNTED, N.PAID)),
    Outcome(S.FEES, "deferred", E.ADVANCE, (N.COUNTED, N.PART_OPEN)),  # each has its supervisor's word
    Outcome(S.FEES, "disputed", E.DISPUTE, (N.DISPUTED, N.REASON)),
    Outcome(S.FEES, "charged_to_developer", E.ADVANCE, (N.COUNTED, N.ON_DEVELOPER, N.REASON)),
    # ⑥ 发放钥匙
    Outcome(S.KEYS, "all_keys", E.ADVANCE, (N.GATE, N.KEYS, N.SIGNATURE), ("keys-receipt", "handover")),
    Outcome(S.KEYS, "some_kept", E.ADVANCE, (N.GATE, N.CUSTODY, N.SIGNATURE), ("keys-receipt", "handover")),
    Outcome(S.KEYS, "not_handed_over", E.HOLD, (N.REASON, N.NOT_FOR_FEE)),
)
# fmt: on
"""In the order in which a station shows them. Voiding a receipt and charging again (⑤) is an act on
the receipt, not an outcome: the station stays open while it happens."""

_BY_KEY = {(outcome.station, outcome.code): outcome for outcome in OUTCOMES}


def outcome(station: Station, code: str) -> Outcome:
    """The outcome of a station by its code.

    Raises:
        KeyError: the station has no such outcome.
    """
    return _BY_KEY[station, code]


def outcomes_of(station: Station) -> tuple[Outcome, ...]:
    """The outcomes of a station in the order shown."""
    return tuple(o for o in OUTCOMES if o.station is station)
