"""Alarms as a digest, serious ones at once, and whether those who must know do know (C6, C12, L11, Z8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.db.tables.complaints import Promise, Ticket, TicketAlarm, TicketClock
from deskapp.db.tables.handling import CallBack, Dispatch
from deskapp.db.unit import Unit
from deskapp.domain.complaints.callback import CallBackState
from deskapp.domain.complaints.clocks import ClockState, MetBy
from deskapp.domain.complaints.departments import Post, posts_of
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.staff import Action
from deskapp.services.changes import Changes, Done
from deskapp.services.complaints.alarming import About, alarm, alarm_view
from deskapp.services.complaints.duelist import clock_list
from deskapp.services.complaints.rows import labels_of, note, payable_text, ticket_row
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.timing import meet
from deskapp.services.complaints.views import AlarmView, ClockRow
from deskapp.services.desk import Desk, changes_of

_MOST = 500
"""Late things told of in one go; the next look takes the rest."""


def _late(table: Any, reason: str, *conditions: Any, due: Any = None) -> Any:
    """Rows of a table that are overdue and of which nobody was told at this due time.

    Args:
        due: the column of the due time, where it is not ``due_at``.
    """
    due = table.due_at if due is None else due
    told = exists().where(
        TicketAlarm.estate_id == table.estate_id,
        TicketAlarm.ticket_id == table.ticket_id,
        TicketAlarm.reason == reason,
        TicketAlarm.subject_id == table.id,
        TicketAlarm.due_at == due,
    )
    on_ticket = and_(Ticket.estate_id == table.estate_id, Ticket.id == table.ticket_id)
    return (
        select(table, Ticket)
        .join(Ticket, on_ticket)
        .where(table.estate_id == bindparam("estate_id"), due < bindparam("now"), *conditions, ~told)
        .order_by(due, table.id)
        .limit(_MOST)
    )


_LATE = (
    ("dispatch_overdue", _late(Dispatch, "dispatch_overdue", Dispatch.open.is_(True))),
    ("promise_overdue", _late(Promise, "promise_overdue", Promise.state == PromiseState.OPEN.value)),
    (
        "clock_overdue",
        _late(TicketClock, "clock_overdue", TicketClock.running.is_(True), TicketClock.waiting.is_(False)),
    ),
    (
        "call_back_overdue",
        _late(CallBack, "call_back_overdue", CallBack.state == CallBackState.PLANNED.value),
    ),
    (
        "fault_overdue",
        _late(CallBack, "fault_overdue", CallBack.state == CallBackState.FAULT.value, due=CallBack.fault_due),
    ),
)


def raise_due(desk: Desk) -> Changes:
    """Tells the heads of everything that is overdue now, each thing once for each time it was due.

    Any workstation may ask, as often as it likes: what was told is on record. A department's lateness is
    told to both heads (C12), that of a serious case to the manager as well.
    """
    with desk.reading() as session:
        values = {"estate_id": desk.estate_id, "now": desk.now()}
        if not any(session.execute(statement, values).first() for _, statement in _LATE):
            return Changes()
    with desk.unit_of_machine("complaints.alarms") as unit:
        values = {"estate_id": desk.estate_id, "now": unit.now}
        for reason, statement in _LATE:
            for found, row in unit.session.execute(statement, values).all():
                _tell_heads(unit, desk, reason, found, row)
        return changes_of(unit)


def _tell_heads(unit: Unit, desk: Desk, reason: str, found: Any, row: Ticket) -> None:
    posts = [Post.DESK_HEAD]
    if reason == "dispatch_overdue":
        posts.append(Post.DEPARTMENT_HEAD)
    if row.serious:
        posts.append(Post.MANAGER)
    due = found.fault_due if reason == "fault_overdue" else found.due_at
    data = {"due": f"{due:%m-%d %H:%M}", "what": _words(desk, reason, found)}
    if reason == "dispatch_overdue":
        data["department"] = found.department
    raised = [
        alarm(unit, row, post, reason, About(found.id, due), at_once=row.serious, **data) for post in posts
    ]
    if any(raised):
        note(unit, f"complaints.{reason}", row, what=data["what"], due=data["due"])


def _words(desk: Desk, reason: str, found: Any) -> str:
    if reason == "promise_overdue":
        return str(found.text)
    if reason == "fault_overdue":
        return str(found.fault)
    if reason == "dispatch_overdue":
        department = rules(desk).department(found.department)
        return str(found.person or (department.label.zh if department else found.department))
    if reason == "clock_overdue":
        rule = rules(desk).clock(found.rule)
        return rule.label.zh if rule else str(found.rule)
    return ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a window says at once, and what it says together.

    Attributes:
        at_once: serious; stays until this post has seen it.
        alarms: the rest that this post has not seen.
        late: what fell due since the last look; soon: what falls due within the half hour.
    """

    at: datetime
    at_once: tuple[AlarmView, ...]
    alarms: tuple[AlarmView, ...]
    late: tuple[ClockRow, ...]
    soon: tuple[ClockRow, ...]

    def __bool__(self) -> bool:
        return bool(self.at_once or self.alarms or self.late or self.soon)


_UNSEEN = (
    select(TicketAlarm, Ticket)
    .join(Ticket, and_(Ticket.estate_id == TicketAlarm.estate_id, Ticket.id == TicketAlarm.ticket_id))
    .where(
        TicketAlarm.estate_id == bindparam("estate_id"),
        TicketAlarm.seen_at.is_(None),
        TicketAlarm.post.in_(bindparam("posts", expanding=True)),
    )
    .order_by(TicketAlarm.raised_at.desc(), TicketAlarm.id.desc())
    .limit(_MOST)
)
SOON = timedelta(minutes=30)
"""How far ahead something counts as due soon."""


def digest(desk: Desk, since: datetime) -> Digest:
    """What must be told at this desk now: not each thing by itself, but together (L11).

    Args:
        since: the last look of this window; what fell due before it was said then. After a clock was set
            back it lies ahead, and nothing is new.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    now = desk.now()
    rows = clock_list(desk, now, limit=_MOST, between=(min(since, now), now + SOON))
    with desk.reading() as session:
        alarms = list(_unseen(session, desk, posts_of(desk.member.role)))
    return Digest(
        at=now,
        at_once=tuple(one for one in alarms if one.at_once),
        alarms=tuple(one for one in alarms if not one.at_once),
        late=tuple(row for row in rows if row.state is ClockState.LATE and since <= row.due_at < now),
        soon=tuple(row for row in rows if row.state is ClockState.RUNNING and row.due_at >= now),
    )


def _unseen(session: Session, desk: Desk, posts: Iterable[Post]) -> Iterable[AlarmView]:
    wanted = sorted(post.value for post in posts)
    if not wanted:
        return
    found = session.execute(_UNSEEN, {"estate_id": desk.estate_id, "posts": wanted}).all()
    labels = labels_of(session, desk.estate_id, (row.house_id for _, row in found))
    for one, row in found:
        yield alarm_view(desk, one, row, labels.get(row.house_id, ""))


def seen(desk: Desk, command_id: str, alarm_id: int) -> Done[AlarmView]:
    """Who holds the post has seen it himself; nobody else can put it aside (Z8).

    Raises:
        Refused: ``complaints.not_your_alarm``, ``complaints.no_alarm``.
    """
    with desk.unit(Action.COMPLAINTS_VIEW, command_id) as unit:
        found, row = _alarm(unit, desk, alarm_id)
        if unit.answered is None:
            if Post(found.post) not in posts_of(desk.member.role):
                raise Refused("complaints.not_your_alarm")
            if found.seen_at is None:
                found.seen_at, found.seen_by = unit.now, unit.who.staff_id
                found.told_at = found.told_at or unit.now
                _know(unit, desk, found, row)
                note(unit, "complaints.alarm_seen", row, who=unit.who.name)
                unit.touch("alarm", found.id)
            unit.answer(alarm_id=found.id)
            unit.session.flush()
        return Done(_one(unit, desk, found, row), changes_of(unit))


def tell(desk: Desk, command_id: str, alarm_id: int, whom: str, how: str) -> Done[AlarmView]:
    """Somebody was told by a colleague: whom and how is on record; his own list keeps it until he looks (Z8).

    Raises:
        Refused: ``complaints.name_missing``, ``complaints.no_alarm``.
    """
    who, way = payable_text(whom, limit=60), payable_text(how, limit=60)
    if not who:
        raise Refused("complaints.name_missing")
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        found, row = _alarm(unit, desk, alarm_id)
        if unit.answered is None:
            found.told_at = found.told_at or unit.now
            found.told_by, found.told_whom, found.told_how = unit.who.staff_id, who, way
            _know(unit, desk, found, row)
            note(unit, "complaints.told", row, who=who, how=way)
            unit.touch("alarm", found.id)
            unit.answer(alarm_id=found.id)
            unit.session.flush()
        return Done(_one(unit, desk, found, row), changes_of(unit))


_KNOWN = {Post.MANAGER: MetBy.HEAD_TOLD, Post.QUALITY: MetBy.QUALITY_TOLD}


def _know(unit: Unit, desk: Desk, found: TicketAlarm, row: Ticket) -> None:
    met = _KNOWN.get(Post(found.post))
    if met is not None and found.reason == "serious":
        meet(unit, desk, row, met)


def _alarm(unit: Unit, desk: Desk, alarm_id: int) -> tuple[TicketAlarm, Ticket]:
    found = unit.session.get(TicketAlarm, (desk.estate_id, alarm_id))
    if found is None:
        raise Refused("complaints.no_alarm")
    return found, ticket_row(unit.session, desk.estate_id, found.ticket_id)


def _one(unit: Unit, desk: Desk, found: TicketAlarm, row: Ticket) -> AlarmView:
    label = labels_of(unit.session, desk.estate_id, [row.house_id]).get(row.house_id, "")
    return alarm_view(desk, found, row, label)
