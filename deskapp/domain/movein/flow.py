"""The household's way with its pass, as a state machine that can be read as a table (M5, M6).

A pass stands at one station (`PassState.at` in the rows) in one of these states. `TRANSITIONS` says
which act is possible in which state and where it leads; nothing else moves a pass.

    waiting ──call──▶ called ──serve──▶ serving ──close──▶ waiting at the next station … ──▶ done
       ▲                │ no_show          │ hold / wait / rebook / dispute / end
       └────resume──────┴──────────────────┘
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.base.i18n import Word
from deskapp.domain.movein.outcomes import Effect


class PassState(StrEnum):
    """Where a household is on its way."""

    WAITING = "waiting"
    """In the queue of its station."""
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    """Stepped aside, or not there when called; its place is kept (暂离)."""
    AWAITING = "awaiting"
    """Somebody else must act first: sales, an escort, a supervisor."""
    DISPUTE = "dispute"
    """In the dispute area (争议处理), will return to its station."""
    REBOOKED = "rebooked"
    """Comes another day, to the same station, with its place (改期)."""
    DONE = "done"
    """Left with the keys."""
    ENDED = "ended"
    """Ended without keys: not an owner, already moved in, withdrawn."""


class Act(StrEnum):
    """What can be done with a pass."""

    CALL = "call"
    RECALL = "recall"
    NO_SHOW = "no_show"
    SERVE = "serve"
    HOLD = "hold"
    WAIT = "wait"
    REBOOK = "rebook"
    DISPUTE = "dispute"
    RESUME = "resume"
    """Back into the queue of its station, with its old place."""
    SEND = "send"
    """To another open station of its way."""
    CLOSE = "close"
    """The station closed; on to the next."""
    FINISH = "finish"
    """The last station closed."""
    END = "end"
    REOPEN = "reopen"
    """A station closed by mistake is opened again, on a supervisor's word."""


P, A = PassState, Act

# fmt: off
TRANSITIONS: Mapping[tuple[PassState, Act], PassState] = MappingProxyType({
    (P.WAITING, A.CALL): P.CALLED,
    (P.WAITING, A.SERVE): P.SERVING,      # one clerk with all stations does not call
    (P.WAITING, A.HOLD): P.HELD,
    (P.WAITING, A.REBOOK): P.REBOOKED,
    (P.WAITING, A.SEND): P.WAITING,
    (P.WAITING, A.DISPUTE): P.DISPUTE,
    (P.WAITING, A.END): P.ENDED,
    (P.WAITING, A.REOPEN): P.WAITING,

    (P.CALLED, A.RECALL): P.CALLED,
    (P.CALLED, A.SERVE): P.SERVING,
    (P.CALLED, A.NO_SHOW): P.HELD,
    (P.CALLED, A.HOLD): P.HELD,
    (P.CALLED, A.RESUME): P.WAITING,      # called by mistake

    (P.SERVING, A.CLOSE): P.WAITING,
    (P.SERVING, A.FINISH): P.DONE,
    (P.SERVING, A.HOLD): P.HELD,
    (P.SERVING, A.WAIT): P.AWAITING,
    (P.SERVING, A.REBOOK): P.REBOOKED,
    (P.SERVING, A.DISPUTE): P.DISPUTE,
    (P.SERVING, A.SEND): P.WAITING,
    (P.SERVING, A.RESUME): P.WAITING,     # served by mistake: back to its place
    (P.SERVING, A.END): P.ENDED,
    (P.SERVING, A.REOPEN): P.WAITING,

    (P.HELD, A.RESUME): P.WAITING,
    (P.HELD, A.SERVE): P.SERVING,
    (P.HELD, A.REBOOK): P.REBOOKED,
    (P.HELD, A.END): P.ENDED,

    (P.AWAITING, A.RESUME): P.WAITING,
    (P.AWAITING, A.SERVE): P.SERVING,
    (P.AWAITING, A.REBOOK): P.REBOOKED,
    (P.AWAITING, A.DISPUTE): P.DISPUTE,
    (P.AWAITING, A.END): P.ENDED,

    (P.DISPUTE, A.RESUME): P.WAITING,
    (P.DISPUTE, A.REBOOK): P.REBOOKED,
    (P.DISPUTE, A.END): P.ENDED,

    (P.REBOOKED, A.RESUME): P.WAITING,
    (P.REBOOKED, A.REBOOK): P.REBOOKED,
    (P.REBOOKED, A.END): P.ENDED,
})
# fmt: on

ACT_OF_EFFECT: Mapping[Effect, Act] = MappingProxyType(
    {
        Effect.ADVANCE: Act.CLOSE,
        Effect.HOLD: Act.HOLD,
        Effect.WAIT: Act.WAIT,
        Effect.REBOOK: Act.REBOOK,
        Effect.DISPUTE: Act.DISPUTE,
        Effect.END: Act.END,
    }
)

OPEN_STATES = frozenset(PassState) - {PassState.DONE, PassState.ENDED}
"""A household has at most one pass in one of these (L18)."""


def can(state: PassState, act: Act) -> bool:
    """Whether the act is possible in the state."""
    return (state, act) in TRANSITIONS


def after(state: PassState, act: Act) -> PassState:
    """The state the act leads to.

    Raises:
        Refused: ``movein.not_now``, with the state and the act.
    """
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise Refused(
            "movein.not_now", state=Word(f"movein.state.{state.value}"), act=Word(f"movein.act.{act.value}")
        ) from None
