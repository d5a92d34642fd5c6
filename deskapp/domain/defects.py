"""The life of a defect, from inspection to the owner's signature, as a table that can be read (I1, I2)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused


class DefectState(StrEnum):
    """Where a defect stands."""

    REGISTERED = "registered"
    """Written down at the inspection."""
    ORDERED = "ordered"
    """On a rectification order 返修整改通知单 to the party that must repair."""
    CONFIRMED = "confirmed"
    """That party agrees that it is a defect and theirs."""
    CONTESTED = "contested"
    """That party does not agree."""
    METHOD_AGREED = "method_agreed"
    """Both sides agree how it will be repaired."""
    PLANNED = "planned"
    REPAIRING = "repairing"
    REPAIRED = "repaired"
    """The repairer says so; nobody has looked yet."""
    FAILED = "failed"
    """Looked at and not accepted; counts against the repairer."""
    ACCEPTED = "accepted"
    """Accepted by the property."""
    OWNER_TOLD = "owner_told"
    CLOSED = "closed"
    """The owner has signed."""
    WITHDRAWN = "withdrawn"
    """Written down by mistake; stays in the register with its reason."""


class DefectAct(StrEnum):
    """What can be done with a defect."""

    ORDER = "order"
    CONFIRM = "confirm"
    CONTEST = "contest"
    AGREE_METHOD = "agree_method"
    PLAN = "plan"
    REPLAN = "replan"
    """The method agreed cannot be carried out (I2)."""
    START = "start"
    REPORT_REPAIRED = "report_repaired"
    ACCEPT = "accept"
    FAIL = "fail"
    TELL_OWNER = "tell_owner"
    OWNER_OBJECTS = "owner_objects"
    OWNER_SIGNS = "owner_signs"
    WITHDRAW = "withdraw"


_S, _A = DefectState, DefectAct

# fmt: off
DEFECT_TRANSITIONS: Mapping[tuple[DefectState, DefectAct], DefectState] = MappingProxyType({
    (_S.REGISTERED, _A.ORDER): _S.ORDERED,
    (_S.REGISTERED, _A.CONFIRM): _S.CONFIRMED,            # confirmed on the spot, no order needed
    (_S.REGISTERED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.ORDERED, _A.CONFIRM): _S.CONFIRMED,
    (_S.ORDERED, _A.CONTEST): _S.CONTESTED,
    (_S.ORDERED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.CONTESTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CONTESTED, _A.ORDER): _S.ORDERED,                 # to another party
    (_S.CONTESTED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.CONFIRMED, _A.AGREE_METHOD): _S.METHOD_AGREED,

    (_S.METHOD_AGREED, _A.PLAN): _S.PLANNED,
    (_S.METHOD_AGREED, _A.REPLAN): _S.CONFIRMED,

    (_S.PLANNED, _A.START): _S.REPAIRING,
    (_S.PLANNED, _A.PLAN): _S.PLANNED,                    # another day
    (_S.PLANNED, _A.REPLAN): _S.CONFIRMED,

    (_S.REPAIRING, _A.REPORT_REPAIRED): _S.REPAIRED,
    (_S.REPAIRING, _A.REPLAN): _S.CONFIRMED,

    (_S.REPAIRED, _A.ACCEPT): _S.ACCEPTED,
    (_S.REPAIRED, _A.FAIL): _S.FAILED,

    (_S.FAILED, _A.PLAN): _S.PLANNED,                     # the same method again
    (_S.FAILED, _A.REPLAN): _S.CONFIRMED,                 # another method
    (_S.FAILED, _A.ORDER): _S.ORDERED,                    # another party

    (_S.ACCEPTED, _A.TELL_OWNER): _S.OWNER_TOLD,
    (_S.ACCEPTED, _A.OWNER_SIGNS): _S.CLOSED,             # the owner stands by

    (_S.OWNER_TOLD, _A.OWNER_SIGNS): _S.CLOSED,
    (_S.OWNER_TOLD, _A.OWNER_OBJECTS): _S.FAILED,
})
# fmt: on

ENDED = frozenset({DefectState.CLOSED, DefectState.WITHDRAWN})
"""Nothing more happens to these."""

COUNTS_AS_FAILURE = frozenset({DefectAct.FAIL, DefectAct.OWNER_OBJECTS})
"""Each adds one to the failures counted per repairer (I1)."""


def can_defect(state: DefectState, act: DefectAct) -> bool:
    """Whether the act is possible in the state."""
    return (state, act) in DEFECT_TRANSITIONS


def defect_after(state: DefectState, act: DefectAct) -> DefectState:
    """The state that the act leads to.

    Raises:
        Refused: ``inspection.defect_not_now``, with the state and the act.
    """
    try:
        return DEFECT_TRANSITIONS[state, act]
    except KeyError:
        raise Refused("inspection.defect_not_now", state=state.value, act=act.value) from None


def failures_after(fails: int, act: DefectAct) -> int:
    """How often a repair was not accepted, this act counted."""
    return fails + (act in COUNTS_AS_FAILURE)
