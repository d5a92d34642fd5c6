"""Typed values of every printed form: what a document holds, apart from how it looks (forms.md, M8).

record = Record(Issue(form="pass", ...), Pass(...))
stored = to_json(record.values)          # frozen with its number
again = from_json("pass", stored)        # equal to record.values, in ten years too
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskapp.domain.documents.arrival import (
    MoveInNotice,
    OwnerCard,
    OwnerEntry,
    Pass,
    PassStation,
    Pet,
    Relative,
    Vehicle,
)
from deskapp.domain.documents.closing import (
    DayEnd,
    DayHouse,
    Handover,
    MoneyLine,
    SignedRecord,
    StationFigure,
    TradeFigure,
)
from deskapp.domain.documents.complaints import (
    CallBackLine,
    CallBackRecord,
    ClockLine,
    Complaint,
    ComplaintBulletin,
    ComplaintFeedback,
    CourseLine,
    DispatchLine,
    DisputeParty,
    HelpRecord,
    Misconduct,
    NeighbourDispute,
    Participant,
    PromiseLine,
    Talk,
)
from deskapp.domain.documents.defects import DefectOrder, DefectRegister, Inspection, InspectionItem, Visit
from deskapp.domain.documents.frozen import MisfitError, canonical, digest, freeze, thaw, thaw_issue
from deskapp.domain.documents.incidents import (
    IncidentHousehold,
    IncidentReport,
    LossLine,
    LossRegister,
    MessageLine,
    MessageList,
    NextStep,
    ToldLine,
)
from deskapp.domain.documents.month import (
    CountLine,
    MethodLine,
    MonthLine,
    MonthlyAnalysis,
    RateLine,
    RepeatLine,
)
from deskapp.domain.documents.parts import (
    Attendee,
    DefectLine,
    FeeLine,
    House,
    KeyLine,
    Meter,
    Override,
    Paper,
    Photo,
    Reservation,
    Signature,
)
from deskapp.domain.documents.receipts import Errand, ErrandPaper, FeeReceipt, KeysReceipt, PapersReceipt
from deskapp.domain.documents.record import Copy, Issue, Record

FORMS: Mapping[str, type] = {
    "pass": Pass,
    "movein-notice": MoveInNotice,
    "owner-card": OwnerCard,
    "inspection": Inspection,
    "defect-order": DefectOrder,
    "defect-register": DefectRegister,
    "papers-receipt": PapersReceipt,
    "fee-receipt": FeeReceipt,
    "keys-receipt": KeysReceipt,
    "errand": Errand,
    "handover": Handover,
    "day-end": DayEnd,
    "complaint": Complaint,
    "complaint-feedback": ComplaintFeedback,
    "complaint-bulletin": ComplaintBulletin,
    "incident-report": IncidentReport,
    "call-back": CallBackRecord,
    "neighbour-dispute": NeighbourDispute,
    "loss-register": LossRegister,
    "message-list": MessageList,
    "monthly-analysis": MonthlyAnalysis,
}
"""Form code -> type of its values."""


def to_json(value: Any) -> dict[str, Any]:
    """The values of a document as a JSON-able dict, exact.

    Raises:
        TypeError: not a document value, or a field holds what no document can (a float, say).
        ValueError: a time without zone, or an amount that is not finite.
    """
    found = freeze(value)
    if not isinstance(found, dict):
        raise TypeError(f"{type(value).__name__} is no document")
    return found


def from_json(form: str, data: Mapping[str, Any]) -> Any:
    """The values that `to_json` made ``data`` of.

    Raises:
        KeyError: no such form.
        MisfitError: names the first field that does not fit the form's type.
    """
    return thaw(FORMS[form], dict(data))


__all__ = [
    "FORMS",
    "Attendee",
    "CallBackLine",
    "CallBackRecord",
    "ClockLine",
    "Complaint",
    "ComplaintBulletin",
    "ComplaintFeedback",
    "Copy",
    "CountLine",
    "CourseLine",
    "DayEnd",
    "DayHouse",
    "DefectLine",
    "DefectOrder",
    "DefectRegister",
    "DispatchLine",
    "DisputeParty",
    "Errand",
    "ErrandPaper",
    "FeeLine",
    "FeeReceipt",
    "Handover",
    "HelpRecord",
    "House",
    "IncidentHousehold",
    "IncidentReport",
    "Inspection",
    "InspectionItem",
    "Issue",
    "KeyLine",
    "KeysReceipt",
    "LossLine",
    "LossRegister",
    "MessageLine",
    "MessageList",
    "Meter",
    "MethodLine",
    "Misconduct",
    "MisfitError",
    "MoneyLine",
    "MonthLine",
    "MonthlyAnalysis",
    "MoveInNotice",
    "NeighbourDispute",
    "NextStep",
    "Override",
    "OwnerCard",
    "OwnerEntry",
    "Paper",
    "PapersReceipt",
    "Participant",
    "Pass",
    "PassStation",
    "Pet",
    "Photo",
    "PromiseLine",
    "RateLine",
    "Record",
    "Relative",
    "RepeatLine",
    "Reservation",
    "Signature",
    "SignedRecord",
    "StationFigure",
    "Talk",
    "ToldLine",
    "TradeFigure",
    "Vehicle",
    "Visit",
    "canonical",
    "digest",
    "freeze",
    "from_json",
    "thaw",
    "thaw_issue",
    "to_json",
]
