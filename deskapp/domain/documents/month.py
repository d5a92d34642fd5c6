"""The month of the complaints, as the supervisor reports it (C17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.documents.parts import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """How many tickets of a class, a cause, a building or a party.

    Attributes:
        name: as the company's list words it.
        before: in the month before.
        share: per cent of all, such as Decimal("41.7").
    """

    name: str
    count: int
    before: int = 0
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLine:
    """An indicator of the month.

    Attributes:
        hits, total: ``hits`` of ``total``.
        percent: None where ``total`` is 0: nothing happened, which is neither good nor bad.
        before: per cent of the month before; ``target`` per cent wanted ⚙.
    """

    name: str
    hits: int = 0
    total: int = 0
    percent: Decimal | None = None
    before: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A month of the trend; rates are per cent, None where there was nothing to count.

    Attributes:
        month: its first day.
    """

    month: date
    received: int = 0
    closed: int = 0
    on_time: Decimal | None = None
    called_back: Decimal | None = None
    satisfied: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLine:
    """What came again: the same matter from the same house or place."""

    matter: str
    place: str = ""
    count: int = 0
    households: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodLine:
    """How a sort of case was handled, and what is thought of that way.

    Attributes:
        judged: code or text: ``works``, ``partly``, ``fails``.
        better: what will be done otherwise.
    """

    matter: str
    cases: int = 0
    method: str = ""
    judged: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyAnalysis:
    """月度投诉情况分析 (C17).

    Attributes:
        month: its first day.
        as_of: until when it was counted: its end, or the moment of issue while it lasted.
        kinds: all tickets by class 类别; ``causes``, ``buildings`` and ``parties`` likewise.
        rates: on time, call back, satisfaction and what else the company counts.
        reopened: tickets opened again; ``repeated`` those that came for a second time.
        trend: the oldest month first.
    """

    month: date
    as_of: datetime | None = None
    received: int = 0
    complaints: int = 0
    closed: int = 0
    still_open: int = 0
    overdue: int = 0
    serious: int = 0
    incidents: int = 0
    reopened: int = 0
    repeated: int = 0
    kinds: tuple[CountLine, ...] = ()
    causes: tuple[CountLine, ...] = ()
    buildings: tuple[CountLine, ...] = ()
    parties: tuple[CountLine, ...] = ()
    rates: tuple[RateLine, ...] = ()
    trend: tuple[MonthLine, ...] = ()
    repeats: tuple[RepeatLine, ...] = ()
    methods: tuple[MethodLine, ...] = ()
    summary: str = ""
    measures: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
