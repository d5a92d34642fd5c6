"""What a matter of many households needs on paper: the report of a serious case, the register of losses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from deskapp.domain.documents.complaints import ClockLine, CourseLine
from deskapp.domain.documents.parts import Photo, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentHousehold:
    """A household of the incident; one that complained twice stands here once (C11)."""

    house: str
    person: str = ""
    ticket: str = ""
    came_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """Who was told, when and by whom (C6).

    Attributes:
        whom: post and name, such as 品质部 何工.
        means: how, such as 电话.
        due_at: until when it had to be; None where no clock ran.
        in_time: None where no clock ran.
    """

    at: datetime
    whom: str
    by: str = ""
    means: str = ""
    due_at: datetime | None = None
    in_time: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is still to be done, by whom, until when."""

    text: str
    who: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """重大投诉书面报告 (C5, C6): facts, households, times told to whom, handling, cause, next.

    Attributes:
        incident: its number; for a single serious ticket the ticket's.
        why: why it is serious, as text; ``serious_since`` since which minute.
        counted: distinct households that came; ``affected`` those that suffer, come or not.
        loss: yuan claimed so far.
        named: the person answerable for the case; ``spokesman`` who alone speaks for the company (C18).
        authorities: which authorities were called and what they took over.
    """

    incident: str
    title: str
    opened_at: datetime
    topic: str = ""
    place: str = ""
    event_at: datetime | None = None
    why: str = ""
    serious_since: datetime | None = None
    facts: str = ""
    households: tuple[IncidentHousehold, ...] = ()
    counted: int = 0
    affected: int = 0
    injured: int = 0
    loss: Decimal | None = None
    named: str = ""
    spokesman: str = ""
    authorities: str = ""
    told: tuple[ToldLine, ...] = ()
    clocks: tuple[ClockLine, ...] = ()
    handling: tuple[CourseLine, ...] = ()
    agreed_answer: str = ""
    cause: str = ""
    next_steps: tuple[NextStep, ...] = ()
    photos: tuple[Photo, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLine:
    """The loss of one household (C18, Z22).

    Attributes:
        loss: what was damaged, in the household's words.
        claim, paid: yuan; None while nothing is said or paid.
        signature: sha256 of the signature drawn on the screen, or "": room for a pen.
    """

    house: str
    person: str = ""
    phone: str = ""
    loss: str = ""
    claim: Decimal | None = None
    paid: Decimal | None = None
    paid_on: date | None = None
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRegister:
    """受损情况登记表 (C18).

    Attributes:
        claimed, paid: yuan, the sums over all households.
        counted: distinct households.
    """

    incident: str
    title: str
    houses: tuple[LossLine, ...] = ()
    place: str = ""
    event_at: datetime | None = None
    counted: int = 0
    claimed: Decimal | None = None
    paid: Decimal | None = None
    note: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One household that is told (C11).

    Attributes:
        phone: whole: the list is there to be called by. told_at: None while there is room for a pen.
    """

    house: str
    person: str = ""
    phone: str = ""
    told_at: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageList:
    """通知名单: one message to all, house by house (C11, Z21).

    Attributes:
        replaces: the text that it corrects, "" for none.
    """

    incident: str
    title: str
    text: str
    made_at: datetime
    staff: str = ""
    replaces: str = ""
    counted: int = 0
    houses: tuple[MessageLine, ...] = ()
    signatures: tuple[Signature, ...] = ()
