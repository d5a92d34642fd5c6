"""What must be true before a ticket is closed (C13, C5, C7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.base.i18n import Word, Words
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.risk import RiskFacts, risk_needs
from deskapp.domain.complaints.ticket import TicketAct, TicketState, can_ticket


class Position(StrEnum):
    """What the property says to the complaint."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    EXPLAINED = "explained"
    """Nothing was wrong, and it was explained why."""
    NOT_UPHELD = "not_upheld"
    """With reasons, and with the way that stays open to the resident."""
    NONE = "none"
    """No position taken: such a ticket is not closed."""


class CloseNeed(StrEnum):
    """What a close needs, checked in this order."""

    RESULT = "result"
    POSITION = "position"
    REPLY = "reply"
    REPLY_APPROVED = "reply_approved"
    """A written complaint is answered with the supervisor's approval (C3)."""
    CALL_BACK = "call_back"
    FAULT = "fault"
    """A fault found at the call back is mended first."""
    PROMISES = "promises"
    """Every promise is kept, replaced, released or owned as broken (C7)."""
    NAMED_PERSON = "named_person"
    """A serious case has a named person (C6)."""
    INCIDENT_REPORT = "incident_report"


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """What is on record of a ticket.

    Attributes:
        contactable: False for an anonymous caller: there is nobody to tell or to call back.
        written: a written complaint, whose reply the supervisor approves.
        call_back_due: a call back belongs to it (`callback.call_back_needed`).
        called_back: it took place, or the attempts at it are used up.
        fault_open: the last call back found a fault that nobody has mended since.
        open_promises: how many are open.
    """

    kind: Kind
    result: str = ""
    position: Position = Position.NONE
    reply: str = ""
    contactable: bool = True
    written: bool = False
    reply_approved: bool = False
    call_back_due: bool = False
    called_back: bool = False
    fault_open: bool = False
    open_promises: int = 0
    serious: bool = False
    named_person: str = ""
    incident_report: bool = False


_R, _P, _Y = CloseNeed.RESULT, CloseNeed.POSITION, CloseNeed.REPLY

NEEDS_OF_KIND: Mapping[Kind, frozenset[CloseNeed]] = MappingProxyType(
    {
        Kind.COMPLAINT: frozenset({_R, _P, _Y}),
        Kind.REPAIR: frozenset({_R, _Y}),
        Kind.HELP: frozenset({_R, _Y}),
        Kind.ENQUIRY: frozenset({_Y}),
        Kind.SUGGESTION: frozenset({_R, _Y}),
        Kind.PRAISE: frozenset({_R}),
    }
)
"""What each kind needs by itself; the other needs come from the facts."""


def close_needs(facts: CloseFacts) -> tuple[CloseNeed, ...]:
    """What is still missing, in order; empty if it may be closed."""
    of_kind = NEEDS_OF_KIND[facts.kind]
    reply = _Y in of_kind and facts.contactable
    missing = {
        _R: _R in of_kind and not facts.result.strip(),
        _P: _P in of_kind and facts.position is Position.NONE,
        _Y: reply and not facts.reply.strip(),
        CloseNeed.REPLY_APPROVED: reply and facts.written and not facts.reply_approved,
        CloseNeed.CALL_BACK: facts.call_back_due and facts.contactable and not facts.called_back,
        CloseNeed.FAULT: facts.fault_open,
        CloseNeed.PROMISES: facts.open_promises > 0,
        CloseNeed.NAMED_PERSON: facts.serious and not facts.named_person.strip(),
        CloseNeed.INCIDENT_REPORT: facts.serious and not facts.incident_report,
    }
    return tuple(need for need in CloseNeed if missing[need])


def can_close(state: TicketState, facts: CloseFacts) -> bool:
    """Whether the ticket may be closed now."""
    return can_ticket(state, TicketAct.CLOSE) and not close_needs(facts)


def check_close(state: TicketState, facts: CloseFacts, help_file: RiskFacts | None = None) -> None:
    """Lets a close pass.

    Args:
        help_file: of the risky help that was given, whose follow-up is asked for now (C14).

    Raises:
        Refused: ``complaints.close_needs`` with everything that is missing; ``complaints.not_now``.
    """
    needs = [f"complaints.code.close_need.{need.value}" for need in close_needs(facts)]
    if help_file is not None:
        needs += [f"complaints.code.risk_need.{need}" for need in risk_needs(help_file, closing=True)]
    if needs:
        raise Refused("complaints.close_needs", need=Words(needs))
    if not can_ticket(state, TicketAct.CLOSE):
        raise Refused(
            "complaints.not_now",
            state=Word(f"complaints.code.state.{state.value}"),
            act=Word(f"complaints.code.act.{TicketAct.CLOSE.value}"),
        )


def family_may_close(master: TicketState, open_children: Mapping[str, CloseFacts]) -> tuple[str, ...]:
    """The children that keep a family from being closed together: whose household was not told (C11, L13).

    Args:
        master: the state the master is in; it closes first.
        open_children: merged tickets by number; result and position are the master's.
    """
    if master is not TicketState.CLOSED:
        return tuple(open_children)
    own = frozenset({CloseNeed.REPLY, CloseNeed.CALL_BACK, CloseNeed.PROMISES, CloseNeed.FAULT})
    return tuple(number for number, facts in open_children.items() if own & set(close_needs(facts)))
