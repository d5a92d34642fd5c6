"""Who must be told, within a unit of work: serious cases at once, lateness once (C6, L11, Z8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket, TicketAlarm
from deskapp.db.unit import Unit
from deskapp.domain.complaints.departments import Post
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.views import AlarmView
from deskapp.services.desk import Desk

_ALARMS = (
    select(TicketAlarm)
    .where(TicketAlarm.estate_id == bindparam("estate_id"), TicketAlarm.ticket_id == bindparam("ticket_id"))
    .order_by(TicketAlarm.id)
)


@dataclass(frozen=True, slots=True)
class About:
    """What an alarm is about: a clock, dispatch or promise, and the time it was due."""

    subject_id: int
    due_at: datetime


def alarms_of(session: Session, row: Ticket) -> list[TicketAlarm]:
    """The alarms of a ticket, the oldest first."""
    return list(session.scalars(_ALARMS, {"estate_id": row.estate_id, "ticket_id": row.id}))


def alarm(
    unit: Unit, row: Ticket, post: Post, reason: str, about: About, *, at_once: bool = False, **data: Any
) -> bool:
    """Raises an alarm, once for each post, reason and subject at its time; whether it is new."""
    wanted = (post.value, reason, about.subject_id, about.due_at)
    for known in alarms_of(unit.session, row):
        if (known.post, known.reason, known.subject_id, known.due_at) == wanted:
            return False
    raised = TicketAlarm(
        estate_id=unit.estate_id,
        id=new_id(),
        ticket_id=row.id,
        post=post.value,
        reason=reason,
        subject_id=about.subject_id,
        due_at=about.due_at,
        at_once=at_once,
        raised_at=unit.now,
        data=data,
    )
    unit.session.add(raised)
    unit.session.flush()
    unit.touch("alarm", raised.id)
    return True


def alarm_view(desk: Desk, found: TicketAlarm, row: Ticket, label: str) -> AlarmView:
    """An alarm as panels show it."""
    department = rules(desk).department(str(found.data.get("department", "")))
    whom = department.head if department and found.post == Post.DEPARTMENT_HEAD else ""
    return AlarmView(
        alarm_id=found.id,
        ticket_id=row.id,
        number=row.number,
        label=label,
        post=found.post,
        whom=whom,
        reason=found.reason,
        subject_id=found.subject_id,
        due_at=found.due_at,
        at_once=found.at_once,
        raised_at=found.raised_at,
        data=found.data,
        told_at=found.told_at,
        told_whom=found.told_whom,
        told_how=found.told_how,
        seen_at=found.seen_at,
    )
