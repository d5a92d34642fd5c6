"""Inspection sheet, order to repair, register of defects (M10, I1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from deskapp.domain.documents.parts import Attendee, DefectLine, House, Meter, Override, Photo, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionItem:
    """One line of the checklist.

    Attributes:
        finding: code: ``in_order``, ``defect``, ``unchecked``, ``not_inspected``, ``not_applicable``.
    """

    room: str
    trade: str
    item: str
    method: str = ""
    finding: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An earlier look at the same house."""

    number: str
    at: datetime
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """房屋验收单 (M6 ③, M10).

    Attributes:
        round: 1 for the first inspection, 2 for the first re-inspection.
        outcome: code: ``accepted``, ``accepted_with_defects``, ``refused``, ``not_inspected``,
            ``waits_for_escort``.
        reinspect_on: the new date when refused or repairs are to be looked at.
    """

    house: House
    attendee: Attendee
    started_at: datetime | None = None
    escort: str = ""
    round: int = 1
    items: tuple[InspectionItem, ...] = ()
    meters: tuple[Meter, ...] = ()
    defects: tuple[DefectLine, ...] = ()
    outcome: str = ""
    outcome_note: str = ""
    reinspect_on: date | None = None
    earlier: tuple[Visit, ...] = ()
    photos: tuple[Photo, ...] = ()
    overrides: tuple[Override, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectOrder:
    """返修整改通知单 to developer or contractor (I1).

    Attributes:
        party: to whom; ``contact`` the person there.
        answer_by: until when the answer block comes back.
    """

    party: str
    defects: tuple[DefectLine, ...]
    contact: str = ""
    answer_by: date | None = None
    note: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectRegister:
    """工程遗留问题统计表: the defects of many houses as they stood at a moment (I1).

    Attributes:
        scope: what was chosen, such as 全部 or 3栋 · 防水.
    """

    as_of: datetime
    defects: tuple[DefectLine, ...]
    scope: str = ""
    open_count: int = 0
    overdue_count: int = 0
    closed_count: int = 0
    signatures: tuple[Signature, ...] = ()
