"""Records of a ticket: the complaint itself, feedback, bulletin, call back, neighbour dispute (C3, C13–C16).

What the company words itself (channel, kind, topic, cause, target, nature, grounds, names of clocks) is
given as text, as its lists word it on the day of issue. What is thought of a person, the mood included,
has no field here: it is never printed (C4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from deskapp.domain.documents.parts import Photo, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """A clock of the ticket and how it was met (C6). Its time is the trade's practice, never law.

    Attributes:
        name: as the company calls it, such as 首次答复.
        limit: its length in words, such as 24 小时 or 3 个工作日.
        state: code: ``running``, ``waiting``, ``met``, ``met_late``, ``late``.
        waited: what it stood still for and how long, such as 等配件材料 1 天 2 小时.
        provisional: a year without an official calendar was crossed; the day may move.
    """

    name: str
    started_at: datetime
    due_at: datetime
    limit: str = ""
    met_at: datetime | None = None
    state: str = ""
    waited: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """What was promised to the resident (C7); ``who`` keeps it."""

    text: str
    who: str = ""
    due_at: datetime | None = None
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """A step on the way.

    Attributes:
        act: what it was: a code of `deskapp.domain.complaints.ticket.TicketAct`, or ``received``, ``sign``,
            ``changed``, ``contact``, ``promise``; or a text.
        who: who did it.
    """

    at: datetime
    text: str
    act: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchLine:
    """The case at a department (C12).

    Attributes:
        state: code: ``sent``, ``taken``, ``deferred``, ``refused``, ``reported``, ``signed``, ``redirected``.
        reason: why deferred or refused; ``until`` the new time.
        report: the result as reported to the desk; ``signed_by`` the head of the department.
    """

    department: str
    person: str = ""
    sent_at: datetime | None = None
    state: str = ""
    reason: str = ""
    until: datetime | None = None
    report: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconduct:
    """What a complaint about staff adds (C3); the complainant signs it."""

    course: str
    witnesses: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRecord:
    """Help with a risk: opening a flat, forced entry, giving out information (C14).

    Attributes:
        asked: code: ``open_home``, ``forced_entry``, ``give_information``.
        identity, house: how each was proven.
        reason: what is in danger, or what the information is for.
        tried: the other ways that were tried, with their times.
        consent: of the resident whom the information is about; ``witness`` who was present.
        risk: what may go wrong, as the person was told.
        apology: what was said to whoever was disturbed; ``follow_up`` what is still to be done.
    """

    asked: str
    identity: str = ""
    house: str = ""
    reason: str = ""
    tried: tuple[CourseLine, ...] = ()
    consent: str = ""
    witness: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    risk: str = ""
    apology: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackLine:
    """One call back (C13).

    Attributes:
        asked: who was asked; ``asked_by`` who asked.
        grade: code: ``satisfied``, ``acceptable``, ``dissatisfied``, ``not_reached``.
        next_step: what follows, a fault handed back in writing within 24 h included.
    """

    at: datetime
    ticket: str = ""
    house: str = ""
    matter: str = ""
    asked: str = ""
    asked_by: str = ""
    grade: str = ""
    opinion: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """客户投诉/报修/求助记录: all of C3, the classification, the clocks, the course, the result.

    Attributes:
        ticket: number of the ticket, where the paper has one of its own.
        caller: "" for an anonymous one; ``phone`` whole, because who handles the case must call.
        written: it came in writing, and the supervisor approves the reply (C3).
        serious_why: why it is serious 重大 (C5), as text; ``serious_since`` the minute it became so.
        incident: number and title of the matter it was joined to (C11); ``households`` counted there.
        grounds: never ``malicious``: see `deskapp.domain.complaints.classes.for_paper`.
        next_contact_at: when the resident hears next; ``next_contact`` what and from whom.
        particulars: witnesses, evidence, loss, injuries and whom else it hits, where the case has them.
        position: what the property says to it, code: ``upheld``, ``partly_upheld``, ``explained``,
            ``not_upheld``.
        reopened: how often.
    """

    received_at: datetime
    receiver: str
    matter: str
    ticket: str = ""
    channel: str = ""
    kind: str = ""
    desk: str = ""
    caller: str = ""
    house: str = ""
    phone: str = ""
    story: str = ""
    against: str = ""
    place: str = ""
    event_at: datetime | None = None
    wish: str = ""
    particulars: str = ""
    next_contact_at: datetime | None = None
    next_contact: str = ""
    misconduct: Misconduct | None = None
    topic: str = ""
    cause: str = ""
    target: str = ""
    nature: str = ""
    grounds: str = ""
    written: bool = False
    serious: bool = False
    serious_why: str = ""
    serious_since: datetime | None = None
    incident: str = ""
    households: int = 0
    agreed_answer: str = ""
    clocks: tuple[ClockLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    dispatches: tuple[DispatchLine, ...] = ()
    course: tuple[CourseLine, ...] = ()
    help: HelpRecord | None = None
    result: str = ""
    position: str = ""
    reply: str = ""
    reply_approved_by: str = ""
    call_backs: tuple[CallBackLine, ...] = ()
    closed_at: datetime | None = None
    reopened: int = 0
    photos: tuple[Photo, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFeedback:
    """投诉处理反馈意见记录: what was done, and what the resident says to it.

    Attributes:
        satisfaction: code as a call back's ``grade``; "" leaves boxes to tick by hand.
    """

    ticket: str
    received_at: datetime
    matter: str
    house: str = ""
    caller: str = ""
    phone: str = ""
    department: str = ""
    measure: str = ""
    result: str = ""
    done_at: datetime | None = None
    satisfaction: str = ""
    opinion: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintBulletin:
    """投诉处理公告 with its eleven items (C15); nobody is recognisable.

    `deskapp.domain.complaints.anonymity.check_bulletin` refuses what would show who complained.

    Attributes:
        received_on: the day; the minute would tell too much.
        area: where the residents live, no nearer than an entrance, such as 3栋2单元.
        time_limit: the company's own promise, never said to be law.
        receiver, follower, responsible: staff, by post or name.
    """

    received_on: date
    area: str
    matter: str
    handling: str
    result: str
    call_back: str = ""
    advice: str = ""
    time_limit: str = ""
    receiver: str = ""
    follower: str = ""
    responsible: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRecord:
    """业主回访记录表: one call back or a day's (C13)."""

    calls: tuple[CallBackLine, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeParty:
    """A side of a dispute between neighbours (C16).

    Attributes:
        side: code: ``complainant``, ``other``, ``affected``.
        says: how the side tells it, and what it wants.
    """

    side: str
    name: str
    house: str = ""
    phone: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk of a dispute.

    Attributes:
        present: everybody who was there.
        outcome: what was agreed or not; ``next_step`` what follows and when.
    """

    at: datetime
    course: str
    place: str = ""
    present: tuple[str, ...] = ()
    outcome: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who took part for whom: ``body`` such as 业主委员会, 居委会, 派出所."""

    body: str
    name: str = ""
    post: str = ""
    did: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourDispute:
    """邻里纠纷处理记录表 (C16).

    Attributes:
        tickets: numbers of the tickets the dispute came in with.
        signatures: roles ``complainant``, ``other``, ``committee``, ``property``.
    """

    parties: tuple[DisputeParty, ...]
    topic: str = ""
    place: str = ""
    began_at: datetime | None = None
    tickets: tuple[str, ...] = ()
    cause: str = ""
    talks: tuple[Talk, ...] = ()
    took_part: tuple[Participant, ...] = ()
    result: str = ""
    agreed: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
