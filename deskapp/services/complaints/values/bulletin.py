"""投诉处理公告: what may hang on the board, proposed from the case and never copied from its story (C15).

The proposal names the topic, the departments and the dates; stories, names and rooms stay out of it. The
clerk words it; `domain.complaints.anonymity` reads it before it is issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.i18n import on_paper
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.estate import House
from deskapp.db.tables.handling import CallBack, Dispatch, Dispute
from deskapp.db.tables.residents import Party, Person
from deskapp.domain import documents as paper
from deskapp.domain.complaints.callback import ASKED
from deskapp.domain.complaints.clocks import MetBy
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import call_backs_of, dispatches_of
from deskapp.services.complaints.timing import clocks_of
from deskapp.services.complaints.values.parts import department_name, limit_text, topic_name
from deskapp.services.desk import Desk
from deskapp.services.movein.values.parts import staff_name

_HOUSES = select(House).where(
    House.estate_id == bindparam("estate_id"), House.id.in_(bindparam("houses", expanding=True))
)
_PEOPLE = (
    select(Person.name)
    .join(Party, (Party.estate_id == Person.estate_id) & (Party.person_id == Person.id))
    .where(Party.estate_id == bindparam("estate_id"), Party.house_id.in_(bindparam("houses", expanding=True)))
)
_DISPUTES = select(Dispute).where(
    Dispute.estate_id == bindparam("estate_id"), Dispute.ticket_id.in_(bindparam("tickets", expanding=True))
)


OWN = "customer_service"
"""The department that answers for what the desk handled by itself."""
FEWEST = 4
"""Households that must share an area before it may be named."""


def bulletin_values(session: Session, desk: Desk, family: Sequence[Ticket]) -> paper.ComplaintBulletin:
    """The proposal for one ticket, or for all of an incident with the master first."""
    master = family[0]
    houses = _houses(session, family)
    sent = [one for row in family for one in dispatches_of(session, row) if one.state != "recalled"]
    last = sent[-1] if sent else None
    head = rules(desk).department(last.department if last else OWN)
    return paper.ComplaintBulletin(
        received_on=min(day_of(row.received_at) for row in family),
        area="、".join(dict.fromkeys(_area(session, house) for house in houses))
        or on_paper("complaints.paper.whole_estate"),
        matter=on_paper("complaints.paper.matter", topic=topic_name(desk, master.topic))
        if master.topic
        else "",
        handling="；".join(dict.fromkeys(_handled(desk, one) for one in sent)),
        result=on_paper("complaints.paper.result_done") if master.result else "",
        call_back=_called(_backs(session, family)),
        advice=on_paper("complaints.paper.advice"),
        time_limit="、".join(dict.fromkeys(_limits(session, desk, family)))
        or on_paper("complaints.paper.no_limit"),
        receiver=master.receiver,
        follower=" ".join(filter(None, (department_name(desk, last.department), last.person)))
        if last
        else staff_name(session, master.estate_id, master.owner_id) or master.receiver,
        responsible=head.head if head else "",
    )


def names_and_labels(session: Session, family: Sequence[Ticket]) -> tuple[set[str], set[str]]:
    """The people and the rooms of a case, both sides: none of them may be on the board.

    Names are those of callers, of everybody registered with the houses, and of the parties of a quarrel.
    """
    values = {"estate_id": family[0].estate_id, "tickets": [row.id for row in family]}
    files = session.scalars(_DISPUTES, values).all()
    parties = [party for file in files for party in file.parties]
    ids = {row.house_id for row in family} | {party["house_id"] for party in parties}
    houses = {"estate_id": family[0].estate_id, "houses": sorted(one for one in ids if one is not None)}
    names = {row.caller for row in family} | {str(party["name"]) for party in parties}
    names |= set(session.scalars(_PEOPLE, houses))
    labels = {house.label for house in session.scalars(_HOUSES, houses)}
    return {name for name in names if name}, labels


def _backs(session: Session, family: Iterable[Ticket]) -> list[CallBack]:
    return [one for row in family for one in call_backs_of(session, row) if one.state in ASKED]


def _houses(session: Session, family: Sequence[Ticket]) -> Sequence[House]:
    ids = sorted({row.house_id for row in family if row.house_id is not None})
    statement = _HOUSES.order_by(House.phase, House.building, House.entrance)
    return session.scalars(statement, {"estate_id": family[0].estate_id, "houses": ids}).all()


def _area(session: Session, house: House) -> str:
    """No nearer than the entrance, and only where enough households live there that it shows none of them;
    of townhouses and shops the phase or the estate."""
    wide = house.phase or on_paper("complaints.paper.whole_estate")
    if not house.building or _many(session, house, house.building) < FEWEST:
        return wide
    building = f"{house.phase}{on_paper('complaints.paper.building', building=house.building)}"
    if not house.entrance or _many(session, house, house.building, house.entrance) < FEWEST:
        return building
    return f"{building}{on_paper('complaints.paper.entrance', entrance=house.entrance)}"


def _many(session: Session, house: House, *way: str) -> int:
    """The dwellings of a building, or of one of its entrances."""
    where = [House.estate_id == house.estate_id, House.phase == house.phase, House.kind == house.kind]
    told = zip((House.building, House.entrance), way, strict=False)
    where += [column == value for column, value in told]
    return session.scalar(select(func.count()).select_from(House).where(*where)) or 0


def _handled(desk: Desk, one: Dispatch) -> str:
    key = "complaints.paper.department_done" if one.signed_at else "complaints.paper.department_sent"
    moment = one.signed_at or one.sent_at
    return on_paper(key, day=day_of(moment).isoformat(), department=department_name(desk, one.department))


def _called(backs: Sequence[CallBack]) -> str:
    grades = [one.grade for one in backs if one.grade and one.grade != "not_reached"]
    if not grades:
        return on_paper("complaints.paper.not_called_yet")
    good = sum(grade in ("satisfied", "acceptable") for grade in grades)
    return on_paper("complaints.paper.called", calls=len(grades), good=good)


def _limits(session: Session, desk: Desk, family: Sequence[Ticket]) -> Iterable[str]:
    for row in family:
        for clock in clocks_of(session, row):
            rule = rules(desk).clock(clock.rule)
            if rule is not None and clock.dropped_at is None and rule.met_by in _SETTLING:
                yield limit_text(rule)


_SETTLING = (MetBy.SETTLED, MetBy.REPLY_RECORDED)
