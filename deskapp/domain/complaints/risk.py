"""Help with a risk: opening a flat, forcing a door, giving out information (C14; Z4, Z5, Z6).

民法典 1032, 1033 and 刑法 245 guard the home, 民法典 184 the rescuer, 个人信息保护法 23 the data. So the
file holds, before anybody acts: who asked, whose house it is, what else was tried, who decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.base.i18n import Words
from deskapp.domain.staff import SUPERVISING, Role


class RiskyHelp(StrEnum):
    """What is asked for."""

    OPEN_HOME = "open_home"
    """The resident is locked out; a locksmith, a key, a way in."""
    FORCED_ENTRY = "forced_entry"
    """Nobody answers and somebody or something inside is in danger."""
    GIVE_INFORMATION = "give_information"
    """About a resident, to somebody else."""


class RiskNeed(StrEnum):
    """What must be on file, asked for in this order."""

    IDENTITY = "identity"
    """The person's identity is proven, by a document seen."""
    HOUSE = "house"
    """It is this person's house, proven from the file; not the neighbour's window."""
    REASON = "reason"
    """What is in danger, or what the information is for."""
    TRIED = "tried"
    """Calls and other ways that were tried or offered, with times."""
    CONSENT = "consent"
    """The resident whom the information is about has said yes."""
    WITNESS = "witness"
    """Who is present: police, fire brigade, committee, a neighbour."""
    RISKS_TOLD = "risks_told"
    """What may go wrong, told to the person or written down."""
    DECIDER = "decider"
    """A supervisor or the manager decided, by name."""
    APOLOGY = "apology"
    """What was said to whoever was disturbed: needed before the ticket is closed, not before acting."""
    FOLLOW_UP = "follow_up"
    """Repair, a new lock, a word the next day: needed before the ticket is closed, too."""


_N = RiskNeed

# fmt: off
NEEDS_OF_HELP: Mapping[RiskyHelp, tuple[RiskNeed, ...]] = MappingProxyType({
    RiskyHelp.OPEN_HOME: (
        _N.IDENTITY, _N.HOUSE, _N.TRIED, _N.RISKS_TOLD, _N.DECIDER, _N.APOLOGY, _N.FOLLOW_UP
    ),
    RiskyHelp.FORCED_ENTRY: (
        _N.HOUSE, _N.REASON, _N.TRIED, _N.WITNESS, _N.RISKS_TOLD, _N.DECIDER, _N.APOLOGY, _N.FOLLOW_UP
    ),
    RiskyHelp.GIVE_INFORMATION: (
        _N.IDENTITY, _N.REASON, _N.TRIED, _N.CONSENT, _N.DECIDER, _N.APOLOGY, _N.FOLLOW_UP
    ),
})
# fmt: on

LEAST_TRIED: Mapping[RiskyHelp, int] = MappingProxyType(
    {RiskyHelp.OPEN_HOME: 1, RiskyHelp.FORCED_ENTRY: 2, RiskyHelp.GIVE_INFORMATION: 1}
)
"""Before a door is forced: the resident, and somebody who may know."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that was tried: what or whom, when, with what result."""

    what: str
    at: datetime
    result: str


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What is on file.

    Attributes:
        identity: how it was proven ("身份证原件"), "" if not.
        house: how the house was proven ("档案登记、产权证"), "" if not.
        decider_role: the role of who decided, None if nobody has.
        apology: what was said afterwards to whoever was disturbed; follow_up: what is done about it.
    """

    help: RiskyHelp
    identity: str = ""
    house: str = ""
    reason: str = ""
    tried: tuple[Attempt, ...] = ()
    consent: str = ""
    witness: str = ""
    risks_told: str = ""
    decider: str = ""
    decider_role: Role | None = None
    apology: str = ""
    follow_up: str = ""


def risk_needs(facts: RiskFacts, *, closing: bool = False) -> tuple[RiskNeed, ...]:
    """What is missing before anybody acts; ``closing`` asks for what follows as well."""
    told = sum(1 for attempt in facts.tried if attempt.what.strip() and attempt.result.strip())
    have = {
        _N.IDENTITY: bool(facts.identity.strip()),
        _N.HOUSE: bool(facts.house.strip()),
        _N.REASON: bool(facts.reason.strip()),
        _N.TRIED: told >= LEAST_TRIED[facts.help],
        _N.CONSENT: bool(facts.consent.strip()),
        _N.WITNESS: bool(facts.witness.strip()),
        _N.RISKS_TOLD: bool(facts.risks_told.strip()),
        _N.DECIDER: bool(facts.decider.strip()) and facts.decider_role in SUPERVISING,
        _N.APOLOGY: bool(facts.apology.strip()) or not closing,
        _N.FOLLOW_UP: bool(facts.follow_up.strip()) or not closing,
    }
    return tuple(need for need in NEEDS_OF_HELP[facts.help] if not have[need])


def can_help(facts: RiskFacts) -> bool:
    """Whether help may be given now."""
    return not risk_needs(facts)


def check_help(facts: RiskFacts, *, closing: bool = False) -> None:
    """Lets the help, or the close of its ticket, pass.

    Raises:
        Refused: ``complaints.risk_needs`` with everything that is missing.
    """
    needs = risk_needs(facts, closing=closing)
    if needs:
        raise Refused(
            "complaints.risk_needs", need=Words(f"complaints.code.risk_need.{need.value}" for need in needs)
        )
