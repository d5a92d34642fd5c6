"""What closes a household's way and a day: the hand-over receipt and the day-end report (M7, M8, M14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.documents.parts import (
    Attendee,
    DefectLine,
    FeeLine,
    House,
    KeyLine,
    Meter,
    Override,
    Paper,
    Reservation,
    Signature,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRecord:
    """One of the six records of M8.

    Attributes:
        title: as on its own paper, such as 房屋验收单.
        number: its number, or "" for a form without a series.
        outcome: code or text of the station that made it.
        signed_by: who signed; ``means`` how: code ``screen`` or ``paper``.
    """

    title: str
    number: str = ""
    outcome: str = ""
    signed_by: str = ""
    means: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """房屋交接回执 (收楼回执): the whole way of a household on one paper, in two parts.

    Attributes:
        handed_over_at: when the keys changed hands.
        open_defects: those not yet repaired, each with the date promised.
        total: yuan received at move-in; ``deferred`` still owed by agreement.
    """

    house: House
    owners: tuple[str, ...]
    receiver: Attendee
    handed_over_at: datetime
    batch: str = ""
    pass_number: str = ""
    records: tuple[SignedRecord, ...] = ()
    meters: tuple[Meter, ...] = ()
    keys: tuple[KeyLine, ...] = ()
    papers_short: tuple[Paper, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    total: Decimal | None = None
    deferred: Decimal | None = None
    open_defects: tuple[DefectLine, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    note: str = ""
    overrides: tuple[Override, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHouse:
    """A household on the day's list.

    Attributes:
        state: code: ``handed_over``, ``open``, ``no_show``, ``rebooked``, ``held``.
        station: where it stopped, as the site calls the station.
    """

    house: str
    owner: str = ""
    queue_number: str = ""
    state: str = ""
    station: str = ""
    at: datetime | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Money of one method against its receipts (M14).

    Attributes:
        method: code: ``cash``, ``card``, ``transfer``, ``wechat``, ``alipay``.
        receipts, voided: how many receipts, how many of them voided.
        booked: yuan, the sum of the receipts that stand.
        counted: yuan, what the cashier counted; None when not counted.
    """

    method: str
    receipts: int
    booked: Decimal
    voided: int = 0
    counted: Decimal | None = None
    difference: Decimal | None = None
    first_number: str = ""
    last_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationFigure:
    """What a station did on the day; times in whole minutes."""

    name: str
    served: int = 0
    waiting: int = 0
    average_minutes: int | None = None
    longest_wait_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFigure:
    """Defects of one trade found on the day."""

    trade: str
    found: int
    open: int = 0
    houses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """入住日终报表 (M14).

    Attributes:
        booked: yuan over all methods; ``counted`` likewise, None when not all were counted.
        keys_left: keys still in the property's hands.
    """

    day: date
    batch: str = ""
    notified: int = 0
    arrived: int = 0
    handed_over: int = 0
    still_open: int = 0
    no_shows: int = 0
    defects_found: int = 0
    stations: tuple[StationFigure, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    booked: Decimal | None = None
    counted: Decimal | None = None
    keys_left: tuple[KeyLine, ...] = ()
    trades: tuple[TradeFigure, ...] = ()
    houses: tuple[DayHouse, ...] = ()
    overrides: tuple[Override, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()
