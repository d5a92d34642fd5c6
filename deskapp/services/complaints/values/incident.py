"""重大投诉书面报告 and 受损情况登记表: a matter of many on paper (C6, C11, C18, Z22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import on_paper
from deskapp.db.tables.complaints import Ticket, TicketAlarm, TicketClock
from deskapp.db.tables.estate import House
from deskapp.db.tables.incidents import Incident, IncidentMessage, MessageRecipient
from deskapp.domain import documents as paper
from deskapp.domain.complaints.clocks import MetBy
from deskapp.domain.complaints.departments import Post
from deskapp.domain.complaints.promises import PromiseState
from deskapp.services.complaints.alarming import alarms_of
from deskapp.services.complaints.incidents import AffectedView, affected_of
from deskapp.services.complaints.matching import tickets_of
from deskapp.services.complaints.rows import label_of
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import promises_of
from deskapp.services.complaints.timing import clocks_of
from deskapp.services.complaints.values.parts import (
    clock_lines,
    course_lines,
    department_name,
    photo_parts,
    place_text,
    topic_name,
    why_serious,
)
from deskapp.services.complaints.weighing import facts_in
from deskapp.services.desk import Desk
from deskapp.services.movein.values.parts import staff_name
from deskapp.services.residents.parties import reach_of

_NOBODY = ("", "")
_MET_BY = {Post.MANAGER: MetBy.HEAD_TOLD, Post.QUALITY: MetBy.QUALITY_TOLD}


def report_values(
    session: Session, desk: Desk, master: Ticket, incident: Incident | None, now: datetime
) -> paper.IncidentReport:
    """The written report of a serious case: of an incident by its master, or of a single ticket."""
    family = tickets_of(session, incident) if incident else (master,)
    affected = affected_of(session, incident) if incident else ()
    facts = [facts_in(one.facts) for one in family]
    claimed = sum((one.claim for one in affected), Decimal(0)) or max(fact.loss for fact in facts)
    households = _households(session, family, affected)
    return paper.IncidentReport(
        incident=incident.number if incident else master.number,
        title=incident.title if incident else master.matter,
        opened_at=incident.opened_at if incident else master.received_at,
        topic=topic_name(desk, incident.topic if incident else master.topic),
        place=place_text(desk, master),
        event_at=min((one.event_at for one in family if one.event_at), default=None),
        why=why_serious(desk, master),
        serious_since=master.serious_at,
        facts=_facts(family),
        households=households,
        counted=incident.households if incident else len(households),
        affected=max(incident.affected if incident else 0, *(fact.affected for fact in facts)),
        injured=sum(fact.injury for fact in facts),
        loss=claimed or None,
        named=master.named_person,
        spokesman=incident.spokesman if incident else "",
        authorities=_authorities(incident) if incident else "",
        told=_told(session, desk, master),
        clocks=clock_lines(session, desk, master, now),
        handling=course_lines(session, desk, master),
        agreed_answer=incident.agreed_answer if incident else "",
        cause=incident.cause if incident else "",
        next_steps=_next_steps(session, master, incident),
        photos=tuple(photo for one in family for photo in photo_parts(session, one)),
    )


def _facts(family: Sequence[Ticket]) -> str:
    """What was told, each text once, in the order in which it was told."""
    told = dict.fromkeys(one.story or one.matter for one in family)
    return "\n".join(told)


def _households(
    session: Session, family: Sequence[Ticket], affected: Sequence[AffectedView]
) -> tuple[paper.IncidentHousehold, ...]:
    """Every household once, by when it first came; those that never came after them."""
    lines: dict[int, paper.IncidentHousehold] = {}
    again: dict[int, int] = {}
    for one in family:
        if one.house_id is None:
            continue
        again[one.house_id] = again.get(one.house_id, 0) + 1
        lines.setdefault(
            one.house_id,
            paper.IncidentHousehold(
                house=label_of(session, one.estate_id, one.house_id),
                person=one.caller,
                ticket=one.number,
                came_at=one.received_at,
            ),
        )
    came = [_times(line, again[house]) for house, line in lines.items()]
    absent = [
        paper.IncidentHousehold(house=one.label, note=on_paper("complaints.paper.never_came"))
        for one in affected
        if one.house_id not in lines
    ]
    return (*came, *absent)


def _times(line: paper.IncidentHousehold, times: int) -> paper.IncidentHousehold:
    if times < 2:
        return line
    return paper.IncidentHousehold(
        house=line.house,
        person=line.person,
        ticket=line.ticket,
        came_at=line.came_at,
        note=on_paper("complaints.paper.came_again", times=times),
    )


def _authorities(incident: Incident) -> str:
    lines = []
    for one in incident.authorities:
        told = one.get("told_at")
        time = f"{datetime.fromisoformat(told):%Y-%m-%d %H:%M}" if told else ""
        lines.append(" ".join(filter(None, (str(one["name"]), str(one.get("contact", "")), time))))
    return "；".join(lines)


def _told(session: Session, desk: Desk, master: Ticket) -> tuple[paper.ToldLine, ...]:
    clocks = clocks_of(session, master)
    found = [_told_line(session, desk, one, clocks) for one in alarms_of(session, master)]
    return tuple(sorted((line for line in found if line is not None), key=lambda line: line.at))


def _told_line(
    session: Session, desk: Desk, one: TicketAlarm, clocks: Sequence[TicketClock]
) -> paper.ToldLine | None:
    at = min((moment for moment in (one.told_at, one.seen_at) if moment is not None), default=None)
    if at is None:
        return None
    own = at == one.seen_at
    due = _due_of(desk, one, clocks)
    post = on_paper(f"complaints.paper.post.{one.post}")
    lies_with = str(one.data.get("department", "")) if one.post == Post.DEPARTMENT_HEAD else ""
    department = department_name(desk, lies_with)
    return paper.ToldLine(
        at=at,
        whom=" ".join(filter(None, (department, post, one.told_whom))),
        by=staff_name(session, one.estate_id, one.seen_by if own else one.told_by),
        means=on_paper("complaints.paper.own_look") if own else one.told_how,
        due_at=due,
        in_time=at <= due if due else None,
    )


def _due_of(desk: Desk, one: TicketAlarm, clocks: Sequence[TicketClock]) -> datetime | None:
    """Until when the post had to be told; None for posts that no clock runs for."""
    met_by = _MET_BY.get(Post(one.post)) if one.reason == "serious" else None
    for clock in clocks:
        rule = rules(desk).clock(clock.rule)
        if met_by is not None and rule is not None and rule.met_by is met_by:
            return clock.due_at
    return None


def _next_steps(session: Session, master: Ticket, incident: Incident | None) -> tuple[paper.NextStep, ...]:
    """What was written down as next, and every promise that is open."""
    written = incident.next_step.strip() if incident else ""
    first = (paper.NextStep(text=written, who=master.named_person),) if written else ()
    promised = (one for one in promises_of(session, master) if one.state == PromiseState.OPEN)
    return (*first, *(paper.NextStep(text=one.text, who=one.who, until=one.due_at) for one in promised))


def loss_values(session: Session, desk: Desk, incident: Incident) -> paper.LossRegister:
    """The register of losses: a line for each household, what it claims and what it was paid."""
    affected = affected_of(session, incident)
    reach = reach_of(session, incident.estate_id, [one.house_id for one in affected])
    master = session.get(Ticket, (incident.estate_id, incident.master_ticket_id))
    return paper.LossRegister(
        incident=incident.number,
        title=incident.title,
        houses=tuple(
            paper.LossLine(
                house=one.label,
                person=one.signed_by or reach.get(one.house_id, _NOBODY)[0],
                phone=reach.get(one.house_id, _NOBODY)[1],
                loss=_loss_text(one),
                claim=one.claim or None,
                paid=one.paid if one.paid_at else None,
                paid_on=day_of(one.paid_at) if one.paid_at else None,
                signature=one.signature,
            )
            for one in affected
        ),
        place=place_text(desk, master) if master else "",
        event_at=master.event_at if master else None,
        counted=len(affected),
        claimed=sum((one.claim for one in affected), Decimal(0)),
        paid=sum((one.paid for one in affected), Decimal(0)),
    )


def message_values(session: Session, incident: Incident, message: IncidentMessage) -> paper.MessageList:
    """One message with every household it is for, phones whole: the list is called through."""
    own = MessageRecipient.message_id == message.id
    rows = session.execute(
        select(MessageRecipient, House.label)
        .join(
            House, (House.estate_id == MessageRecipient.estate_id) & (House.id == MessageRecipient.house_id)
        )
        .where(MessageRecipient.estate_id == incident.estate_id, own)
        .order_by(House.label)
    ).all()
    reach = reach_of(session, incident.estate_id, [one.house_id for one, _ in rows], whole=True)
    before = session.get(IncidentMessage, (incident.estate_id, message.replaces or 0))
    return paper.MessageList(
        incident=incident.number,
        title=incident.title,
        text=message.text,
        made_at=message.made_at,
        staff=message.staff,
        replaces=before.text if before else "",
        counted=len(rows),
        houses=tuple(
            paper.MessageLine(
                house=label,
                person=reach.get(one.house_id, _NOBODY)[0],
                phone=reach.get(one.house_id, _NOBODY)[1],
                told_at=one.told_at,
                how=" ".join(filter(None, (_means(one.how), one.staff))) if one.told_at else "",
            )
            for one, label in rows
        ),
    )


def _means(kind: str) -> str:
    return on_paper(f"complaints.paper.contact.{kind}") if kind else ""


def _loss_text(one: AffectedView) -> str:
    """What was damaged, with the estimate of the property where there is one beside the claim."""
    estimate = on_paper("complaints.paper.estimated", amount=f"{one.loss:,.2f}") if one.loss else ""
    return " ".join(filter(None, (one.description, estimate)))
