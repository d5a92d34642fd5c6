"""A ticket's way from the counter to its close, as a table that can be read (C12, C13).

    received ─dispatch─▶ dispatched ─take─▶ taken ─report─▶ done ─reply─▶ replied ─call back─▶ called back
                            │ defer ▶ deferred  │             ▲              │ close             │ close
                            └ refuse ▶ refused  └ refuse ▶ …  └ settle       ▼                   ▼
                                                                           closed ◀──────────────┘
    A fault found at the call back sends it back to dispatched; a closed one may be reopened.

Who was asked first stays responsible to the resident (首问负责): no act here changes the first receiver.
What must be true before a close stands in `closing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.base.i18n import Word


class TicketState(StrEnum):
    """Where a ticket is; the values are stored."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    """With a department or person that has not answered yet."""
    TAKEN = "taken"
    DEFERRED = "deferred"
    """With a reason and a time."""
    REFUSED = "refused"
    """The department says that it is not its matter; the desk must find another."""
    DONE = "done"
    """The back office reported the result and its head signed, or the desk settled it itself."""
    REPLIED = "replied"
    """The resident was told."""
    CALLED_BACK = "called_back"
    CLOSED = "closed"
    MERGED = "merged"
    """Goes on in the master ticket of its incident (C11)."""
    WITHDRAWN = "withdrawn"
    """The resident took it back."""


class TicketAct(StrEnum):
    """What can be done with a ticket."""

    DISPATCH = "dispatch"
    TAKE = "take"
    DEFER = "defer"
    REFUSE = "refuse"
    SETTLE = "settle"
    """The desk settles it by itself."""
    REPORT = "report"
    SEND_BACK = "send_back"
    """The result is not good enough."""
    REPLY = "reply"
    CALL_BACK = "call_back"
    FAULT_FOUND = "fault_found"
    """The call back found a fault: back in writing within 24 h."""
    CLOSE = "close"
    CLOSE_WITH_MASTER = "close_with_master"
    """The whole family is closed from the master."""
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    """It was another matter after all."""
    WITHDRAW = "withdraw"


class Given(StrEnum):
    """What an act must bring along."""

    TO = "to"
    """Department or person."""
    REASON = "reason"
    UNTIL = "until"
    RESULT = "result"
    HEAD = "head"
    """The head who signed the result."""
    REPLY = "reply"
    GRADE = "grade"
    """How the resident rates it."""
    MASTER = "master"


_S, _A = TicketState, TicketAct

# fmt: off
TICKET_TRANSITIONS: Mapping[tuple[TicketState, TicketAct], TicketState] = MappingProxyType({
    (_S.RECEIVED, _A.DISPATCH): _S.DISPATCHED,
    (_S.RECEIVED, _A.SETTLE): _S.DONE,
    (_S.RECEIVED, _A.MERGE): _S.MERGED,
    (_S.RECEIVED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.DISPATCHED, _A.TAKE): _S.TAKEN,
    (_S.DISPATCHED, _A.DEFER): _S.DEFERRED,
    (_S.DISPATCHED, _A.REFUSE): _S.REFUSED,
    (_S.DISPATCHED, _A.REPORT): _S.DONE,          # done at once
    (_S.DISPATCHED, _A.DISPATCH): _S.DISPATCHED,  # to somebody else
    (_S.DISPATCHED, _A.SETTLE): _S.DONE,
    (_S.DISPATCHED, _A.MERGE): _S.MERGED,
    (_S.DISPATCHED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.TAKEN, _A.REPORT): _S.DONE,
    (_S.TAKEN, _A.DEFER): _S.DEFERRED,
    (_S.TAKEN, _A.REFUSE): _S.REFUSED,            # found on the spot that it is another's
    (_S.TAKEN, _A.DISPATCH): _S.DISPATCHED,
    (_S.TAKEN, _A.MERGE): _S.MERGED,
    (_S.TAKEN, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.DEFERRED, _A.TAKE): _S.TAKEN,
    (_S.DEFERRED, _A.DEFER): _S.DEFERRED,         # again, with a new reason and time
    (_S.DEFERRED, _A.REFUSE): _S.REFUSED,
    (_S.DEFERRED, _A.REPORT): _S.DONE,
    (_S.DEFERRED, _A.DISPATCH): _S.DISPATCHED,
    (_S.DEFERRED, _A.MERGE): _S.MERGED,
    (_S.DEFERRED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.REFUSED, _A.DISPATCH): _S.DISPATCHED,
    (_S.REFUSED, _A.SETTLE): _S.DONE,
    (_S.REFUSED, _A.MERGE): _S.MERGED,
    (_S.REFUSED, _A.WITHDRAW): _S.WITHDRAWN,

    (_S.DONE, _A.REPLY): _S.REPLIED,
    (_S.DONE, _A.SEND_BACK): _S.DISPATCHED,
    (_S.DONE, _A.CLOSE): _S.CLOSED,               # nobody to tell: anonymous, praise

    (_S.REPLIED, _A.CALL_BACK): _S.CALLED_BACK,
    (_S.REPLIED, _A.REPLY): _S.REPLIED,
    (_S.REPLIED, _A.SEND_BACK): _S.DISPATCHED,
    (_S.REPLIED, _A.FAULT_FOUND): _S.DISPATCHED,
    (_S.REPLIED, _A.CLOSE): _S.CLOSED,            # where no call back is due

    (_S.CALLED_BACK, _A.CALL_BACK): _S.CALLED_BACK,
    (_S.CALLED_BACK, _A.REPLY): _S.CALLED_BACK,
    (_S.CALLED_BACK, _A.FAULT_FOUND): _S.DISPATCHED,
    (_S.CALLED_BACK, _A.CLOSE): _S.CLOSED,

    (_S.CLOSED, _A.REOPEN): _S.RECEIVED,
    (_S.WITHDRAWN, _A.REOPEN): _S.RECEIVED,

    (_S.MERGED, _A.SPLIT): _S.RECEIVED,
    (_S.MERGED, _A.CLOSE_WITH_MASTER): _S.CLOSED,
})
# fmt: on

ACT_NEEDS: Mapping[TicketAct, tuple[Given, ...]] = MappingProxyType(
    {
        TicketAct.DISPATCH: (Given.TO,),
        TicketAct.DEFER: (Given.REASON, Given.UNTIL),
        TicketAct.REFUSE: (Given.REASON,),
        TicketAct.SETTLE: (Given.RESULT,),
        TicketAct.REPORT: (Given.RESULT, Given.HEAD),
        TicketAct.SEND_BACK: (Given.REASON,),
        TicketAct.REPLY: (Given.REPLY,),
        TicketAct.CALL_BACK: (Given.GRADE,),
        TicketAct.FAULT_FOUND: (Given.REASON,),
        TicketAct.REOPEN: (Given.REASON,),
        TicketAct.MERGE: (Given.MASTER,),
        TicketAct.SPLIT: (Given.REASON,),
        TicketAct.WITHDRAW: (Given.REASON,),
    }
)
"""What each act must bring along, asked for in this order; acts not named here need nothing."""

OPEN_STATES = frozenset(TicketState) - {TicketState.CLOSED, TicketState.MERGED, TicketState.WITHDRAWN}
"""Shown as open with the house, offered as similar, handed over at the change of shift."""

CLOCKS_STOP = frozenset({TicketState.CLOSED, TicketState.MERGED, TicketState.WITHDRAWN})
"""No clock of such a ticket is shown any more; a merged one's run with its master."""


def can_ticket(state: TicketState, act: TicketAct) -> bool:
    """Whether the act is possible in the state."""
    return (state, act) in TICKET_TRANSITIONS


def acts_of(state: TicketState) -> tuple[TicketAct, ...]:
    """The acts possible in a state, in the order of the enumeration."""
    return tuple(act for act in TicketAct if can_ticket(state, act))


def missing_for(act: TicketAct, given: Iterable[Given]) -> tuple[Given, ...]:
    """What the act still needs."""
    had = frozenset(given)
    return tuple(need for need in ACT_NEEDS.get(act, ()) if need not in had)


def ticket_after(state: TicketState, act: TicketAct, given: Iterable[Given] = ()) -> TicketState:
    """The state that the act leads to.

    Closing asks `closing.check_close` besides.

    Raises:
        Refused: ``complaints.not_now``; ``complaints.act_needs`` with the first thing that is missing.
    """
    if not can_ticket(state, act):
        raise Refused(
            "complaints.not_now",
            state=Word(f"complaints.code.state.{state.value}"),
            act=Word(f"complaints.code.act.{act.value}"),
        )
    missing = missing_for(act, given)
    if missing:
        raise Refused("complaints.act_needs", need=Word(f"complaints.code.given.{missing[0].value}"))
    return TICKET_TRANSITIONS[state, act]


def can_merge(child: TicketState, master: TicketState, *, same_ticket: bool, child_is_master: bool) -> bool:
    """Whether a ticket may go into a master: families have one floor, and the master is still open."""
    return (
        can_ticket(child, TicketAct.MERGE)
        and master in OPEN_STATES
        and not same_ticket
        and not child_is_master
    )


class DispatchState(StrEnum):
    """Where one order to a department or person is (C12); a ticket may have had several, one is open."""

    SENT = "sent"
    TAKEN = "taken"
    DEFERRED = "deferred"
    REFUSED = "refused"
    REPORTED = "reported"
    """The back office says it is done; the head has not signed yet."""
    SIGNED = "signed"
    REDIRECTED = "redirected"
    """Given to somebody else, or no longer needed."""


class DispatchAct(StrEnum):
    """What can be done with an order."""

    TAKE = "take"
    DEFER = "defer"
    REFUSE = "refuse"
    REPORT = "report"
    SIGN = "sign"
    SEND_BACK = "send_back"
    """The head, or the desk, does not accept the report."""
    REDIRECT = "redirect"


_D, _B = DispatchState, DispatchAct

# fmt: off
DISPATCH_TRANSITIONS: Mapping[tuple[DispatchState, DispatchAct], DispatchState] = MappingProxyType({
    (_D.SENT, _B.TAKE): _D.TAKEN,
    (_D.SENT, _B.DEFER): _D.DEFERRED,
    (_D.SENT, _B.REFUSE): _D.REFUSED,
    (_D.SENT, _B.REPORT): _D.REPORTED,
    (_D.SENT, _B.REDIRECT): _D.REDIRECTED,

    (_D.TAKEN, _B.DEFER): _D.DEFERRED,
    (_D.TAKEN, _B.REFUSE): _D.REFUSED,
    (_D.TAKEN, _B.REPORT): _D.REPORTED,
    (_D.TAKEN, _B.REDIRECT): _D.REDIRECTED,

    (_D.DEFERRED, _B.TAKE): _D.TAKEN,
    (_D.DEFERRED, _B.DEFER): _D.DEFERRED,
    (_D.DEFERRED, _B.REFUSE): _D.REFUSED,
    (_D.DEFERRED, _B.REPORT): _D.REPORTED,
    (_D.DEFERRED, _B.REDIRECT): _D.REDIRECTED,

    (_D.REPORTED, _B.SIGN): _D.SIGNED,
    (_D.REPORTED, _B.SEND_BACK): _D.TAKEN,
    (_D.REPORTED, _B.REPORT): _D.REPORTED,        # corrected before it is signed
})
# fmt: on

DISPATCH_NEEDS: Mapping[DispatchAct, tuple[Given, ...]] = MappingProxyType(
    {
        DispatchAct.DEFER: (Given.REASON, Given.UNTIL),
        DispatchAct.REFUSE: (Given.REASON,),
        DispatchAct.REPORT: (Given.RESULT,),
        DispatchAct.SIGN: (Given.HEAD,),
        DispatchAct.SEND_BACK: (Given.REASON,),
    }
)
"""What each act on an order must bring along."""

DISPATCH_OPEN = frozenset(
    {DispatchState.SENT, DispatchState.TAKEN, DispatchState.DEFERRED, DispatchState.REPORTED}
)
"""An order in one of these may be overdue; then both heads are told."""

TICKET_ACT_OF: Mapping[DispatchAct, TicketAct] = MappingProxyType(
    {
        DispatchAct.TAKE: TicketAct.TAKE,
        DispatchAct.DEFER: TicketAct.DEFER,
        DispatchAct.REFUSE: TicketAct.REFUSE,
        DispatchAct.SIGN: TicketAct.REPORT,
    }
)
"""What an act on the open order does to its ticket: the result counts once the head has signed."""


def can_dispatch(state: DispatchState, act: DispatchAct) -> bool:
    """Whether the act on an order is possible."""
    return (state, act) in DISPATCH_TRANSITIONS


def dispatch_after(state: DispatchState, act: DispatchAct, given: Iterable[Given] = ()) -> DispatchState:
    """The state an act on an order leads to.

    Raises:
        Refused: ``complaints.dispatch_not_now``; ``complaints.act_needs`` with the first thing missing.
    """
    if not can_dispatch(state, act):
        raise Refused("complaints.dispatch_not_now", state=Word(f"complaints.code.dispatch.{state.value}"))
    had = frozenset(given)
    for need in DISPATCH_NEEDS.get(act, ()):
        if need not in had:
            raise Refused("complaints.act_needs", need=Word(f"complaints.code.given.{need.value}"))
    return DISPATCH_TRANSITIONS[state, act]
