"""What a household gets or fills in when it arrives: pass, notice, owner's card (M5, M8, M9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.documents.parts import Attendee, FeeLine, House, Override, Paper, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class PassStation:
    """One station on the pass; what is blank is filled in by hand at the station.

    Attributes:
        place: 1-based place in the batch's order.
        name: as the site calls it, such as 验房.
        outcome: code or text; "" while the station is open.
    """

    place: int
    name: str
    desk: str = ""
    outcome: str = ""
    closed_at: datetime | None = None
    clerk: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """入住流转单 (M5): one number for the whole way.

    Attributes:
        queue_number: as it is called, such as A017.
        day: the day it is good for.
        balance_clear: whether nothing is owed to the developer; None while unknown.
        balance: what is owed to the developer, yuan.
    """

    queue_number: str
    day: date
    house: House
    attendee: Attendee
    owners: tuple[str, ...] = ()
    batch: str = ""
    arrived_at: datetime | None = None
    priority: str = ""
    balance_clear: bool | None = None
    balance: Decimal | None = None
    stations: tuple[PassStation, ...] = ()
    overrides: tuple[Override, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveInNotice:
    """入住通知书 issued again to someone who came without (M6 ①).

    Attributes:
        hours: such as 09:00–11:30.
        reissued_because: why, such as 原件未带.
        amounts: what will be charged; ``total`` their sum in yuan.
    """

    house: House
    owners: tuple[str, ...]
    day: date
    hours: str = ""
    place: str = ""
    batch: str = ""
    reissued_because: str = ""
    papers: tuple[Paper, ...] = ()
    amounts: tuple[FeeLine, ...] = ()
    total: Decimal | None = None
    contact: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerEntry:
    """An owner or co-owner on the card; declined data stay blank (M9).

    Attributes:
        share: such as 1/2 or 共同共有.
    """

    name: str
    share: str = ""
    document_kind: str = ""
    document_number: str = ""
    born_on: date | None = None
    phones: tuple[str, ...] = ()
    trade: str = ""
    post: str = ""
    native_place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A member of the household or an emergency contact."""

    name: str
    relation: str = ""
    phone: str = ""
    born_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A car, and where it stands."""

    plate: str
    description: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pet:
    """A pet and its licence."""

    kind: str
    description: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCard:
    """业主登记表 (M8, M9). What each datum is for is wording of the form.

    Attributes:
        declined: names of the data that the person would not give, as they read on paper.
    """

    house: House
    owners: tuple[OwnerEntry, ...]
    moved_in_on: date | None = None
    contacts: tuple[Relative, ...] = ()
    members: tuple[Relative, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    pets: tuple[Pet, ...] = ()
    declined: tuple[str, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()
