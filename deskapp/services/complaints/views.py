"""What the complaint panels give and are shown: frozen data, no rows, phones masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from deskapp.domain.complaints.classes import Channel, Grounds, Judgement, Kind, Nature, Place, Target
from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.session import Session
from deskapp.domain.complaints.similar import Likeness
from deskapp.domain.complaints.ticket import TicketAct, TicketState
from deskapp.domain.datatable import Label
from deskapp.services.movein.views import DocumentRef


@dataclass(frozen=True, slots=True)
class FactsIn:
    """What a clerk knows that decides severity (C5); households are counted by the app."""

    affected: int = 0
    press: bool = False
    crowd: int = 0
    injury: bool = False
    danger: bool = False
    loss: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PromiseIn:
    """A promise made at the counter (C7).

    Attributes:
        who: the person or department that will do it.
        otherwise: what happens if it fails.
    """

    text: str
    who: str
    due_at: datetime
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TicketIn:
    """The form of a ticket as the clerk leaves it (C3, C4).

    Attributes:
        house_id, person_id: None for anonymous callers and people from outside.
        place_text: the place in words, beside its code.
        details: ``witnesses``, ``evidence``, ``course``, ``signature`` … where the case has them.
        signature: of who complains about staff, drawn on the screen, a PNG (C3).
        promises, next_contact, talk, photos, signature: taken with a new ticket; later each has its own
            command.
    """

    kind: Kind = Kind.COMPLAINT
    channel: Channel = Channel.COUNTER
    house_id: int | None = None
    person_id: int | None = None
    caller: str = ""
    phone: str = ""
    matter: str = ""
    story: str = ""
    against: str = ""
    place: Place | None = None
    place_text: str = ""
    topic: str = ""
    cause: str = ""
    target: Target | None = None
    nature: Nature | None = None
    grounds: Grounds | None = None
    wish: str = ""
    event_at: datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    facts: FactsIn = FactsIn()
    promises: tuple[PromiseIn, ...] = ()
    next_contact: datetime | None = None
    talk: Session | None = None
    photos: tuple[bytes, ...] = ()
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class ScriptTalk:
    """A talk led by a script, as it is kept: who led it when, and its way (C8)."""

    kept_at: datetime
    staff: str
    talk: Session


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise; ``late`` whether it is or was kept too late."""

    promise_id: int
    ticket_id: int
    number: str
    house_id: int | None
    label: str
    text: str
    who: str
    owner_id: int
    made_at: datetime
    made_by: str
    due_at: datetime
    otherwise: str
    state: PromiseState
    ended_at: datetime | None
    reason: str
    late: bool


@dataclass(frozen=True, slots=True)
class ClockRow:
    """Something that falls due: a clock, a promise, a dispatch, a call back.

    Attributes:
        what: ``clock``, ``promise``, ``dispatch``, ``call_back`` or ``contact``; clock_id: of that row.
        rule, rule_label: which clock; a rule that is no longer in the file keeps its code as its label.
        remaining: seconds left, negative by how much it is exceeded; of a met clock what was left.
        waiting_for: the cause while it stands still.
        provisional: the calendar of a year it crosses is not official yet.
        serious: of the ticket or its incident. owner_id: who looks after the ticket now.
        holder: the name of who promised, or of the owner; "" outside lists.
    """

    clock_id: int
    ticket_id: int
    number: str
    house_id: int | None
    label: str
    matter: str
    rule: str
    rule_label: Label
    began_at: datetime
    due_at: datetime
    state: ClockState
    remaining: int
    provisional: bool
    waiting_for: Label | None
    serious: bool
    department: str
    met_at: datetime | None = None
    what: str = "clock"
    owner_id: int = 0
    holder: str = ""


@dataclass(frozen=True, slots=True)
class IncidentBrief:
    """An incident as a ticket shows it: what to say to the next caller (C11)."""

    incident_id: int
    number: str
    title: str
    topic: str
    open: bool
    households: int
    serious: bool
    agreed_answer: str
    answer_at: datetime | None
    answer_by: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """What is open with a house, shown before anything is asked (C2, Z1).

    Attributes:
        promise: the open promise that falls due first; clock: the most urgent clock.
        readers: who has it open now, at which desk.
        last_contact: what was last said, and when.
    """

    ticket_id: int
    version: int
    number: str
    kind: Kind
    matter: str
    topic: str
    state: TicketState
    received_at: datetime
    receiver: str
    serious: bool
    next_contact: datetime | None
    promise: PromiseView | None
    clock: ClockRow | None
    incident: IncidentBrief | None
    department: str
    last_contact: str
    last_contact_at: datetime | None
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket in a list."""

    ticket_id: int
    number: str
    kind: Kind
    state: TicketState
    house_id: int | None
    label: str
    caller: str
    matter: str
    topic: str
    received_at: datetime
    serious: bool
    incident_id: int | None
    department: str
    reopened: int
    next_contact: datetime | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """One talk with the person; ``next_at`` is what it set."""

    at: datetime
    kind: str
    text: str
    next_at: datetime | None
    staff: str


@dataclass(frozen=True, slots=True)
class DispatchView:
    """One dispatch with its answer (C12)."""

    dispatch_id: int
    department: str
    department_label: Label
    person: str
    order: str
    state: str
    sent_at: datetime
    sent_by: str
    due_at: datetime
    until: datetime | None
    reason: str
    report: str
    reported_by: str
    reported_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    resident_told_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class CallBackView:
    """One call back, planned or done (C13)."""

    call_back_id: int
    due_at: datetime
    state: str
    at: datetime | None
    asked: str
    grade: str
    opinion: str
    wants_more: str
    fault: str
    fault_due: datetime | None
    fault_sent_at: datetime | None
    staff: str


@dataclass(frozen=True, slots=True)
class AlarmView:
    """Somebody who must know.

    Attributes:
        post: code of `domain.complaints.departments.Post`; ``whom`` its name or head as the data say.
        reason: its sentence stands under ``complaints.code.alarm.``, filled with ``data``.
        subject_id, due_at: the clock, dispatch, promise or call back that it is about, and when that was due.
    """

    alarm_id: int
    ticket_id: int
    number: str
    label: str
    post: str
    whom: str
    reason: str
    subject_id: int
    due_at: datetime
    at_once: bool
    raised_at: datetime
    data: Mapping[str, Any]
    told_at: datetime | None
    told_whom: str
    told_how: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeverityView:
    """Whether it is serious, since when and why (C5); ``why`` are names of the criteria."""

    serious: bool
    at: datetime | None
    why: tuple[Label, ...]
    reason: str
    by_person: bool
    can_calm: bool


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket whole.

    Attributes:
        form: what the clerk filled in; its phone is masked, see `services.complaints.lookup.phone_of`.
        severity: its own or its incident's.
        acts: what can be done now; judgement is empty for who may not see it (C4).
        talks: the newest last. signature: SHA-256 of the picture, "" for none.
        missing: codes of `domain.complaints.closing.CloseNeed` that a close still needs.
        history: acts as the time line tells them, the newest first.
    """

    ticket_id: int
    version: int
    number: str
    state: TicketState
    form: TicketIn
    label: str
    phone_masked: str
    received_at: datetime
    receiver: str
    owner_id: int
    desk: str
    severity: SeverityView
    clocks: tuple[ClockRow, ...]
    promises: tuple[PromiseView, ...]
    contacts: tuple[ContactView, ...]
    dispatches: tuple[DispatchView, ...]
    call_backs: tuple[CallBackView, ...]
    alarms: tuple[AlarmView, ...]
    incident: IncidentBrief | None
    is_master: bool
    follows: str
    result: str
    position: str
    reply: str
    reply_needs_approval: bool
    reply_approved: bool
    named_person: str
    mood_before: str
    mood_after: str
    next_contact: datetime | None
    closed_at: datetime | None
    reopened: int
    acts: tuple[TicketAct, ...]
    missing: tuple[str, ...]
    judgement: Judgement
    attachments: tuple[str, ...]
    talks: tuple[ScriptTalk, ...]
    signature: str
    documents: tuple[DocumentRef, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A similar open ticket, offered while typing (C11)."""

    ticket_id: int
    number: str
    percent: int
    why: tuple[Likeness, ...]
    house_id: int | None
    label: str
    matter: str
    received_at: datetime
    state: TicketState
    incident: IncidentBrief | None
