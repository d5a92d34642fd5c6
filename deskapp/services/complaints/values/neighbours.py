"""邻里纠纷处理记录表: the file of a quarrel between neighbours on paper (C16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deskapp.base.errors import Refused
from deskapp.base.i18n import on_paper
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import Dispute, DisputeTalk
from deskapp.domain import documents as paper
from deskapp.services.complaints.rows import label_of
from deskapp.services.complaints.values.parts import place_text, topic_name
from deskapp.services.desk import Desk

_SPACES = MappingProxyType({"other_party": "other"})
"""The desk's word for a side, as the form calls it."""
_OWN_SPACES = frozenset({"complainant", "other", "property"})

_FILE = select(Dispute).where(
    Dispute.estate_id == bindparam("estate_id"), Dispute.ticket_id == bindparam("ticket_id")
)
_TALKS = (
    select(DisputeTalk)
    .where(DisputeTalk.estate_id == bindparam("estate_id"), DisputeTalk.dispute_id == bindparam("dispute_id"))
    .order_by(DisputeTalk.at, DisputeTalk.id)
)
_CAME_WITH = (
    select(Ticket.number)
    .where(
        Ticket.estate_id == bindparam("estate_id"),
        Ticket.house_id == bindparam("house_id"),
        Ticket.topic == bindparam("topic"),
        Ticket.received_at <= bindparam("until"),
    )
    .order_by(Ticket.received_at.desc(), Ticket.id.desc())
    .limit(20)
)


def dispute_values(session: Session, desk: Desk, row: Ticket) -> paper.NeighbourDispute:
    """The file as it stands.

    Raises:
        Refused: ``complaints.no_dispute``.
    """
    found = session.scalars(_FILE, {"estate_id": row.estate_id, "ticket_id": row.id}).first()
    if found is None:
        raise Refused("complaints.no_dispute", number=row.number)
    talks = session.scalars(_TALKS, {"estate_id": row.estate_id, "dispute_id": found.id}).all()
    return paper.NeighbourDispute(
        parties=tuple(_party(session, row, one) for one in found.parties),
        topic=topic_name(desk, row.topic),
        place=place_text(desk, row),
        began_at=row.event_at or row.received_at,
        tickets=_numbers(session, row),
        cause=found.cause,
        talks=tuple(_talk(one) for one in talks),
        took_part=tuple(
            paper.Participant(body=_body(str(one["role"])), name=str(one["name"]))
            for one in found.signatures
            if _space(one) not in _OWN_SPACES
        ),
        result=found.result,
        signatures=tuple(_signature(one) for one in found.signatures),
    )


def _numbers(session: Session, row: Ticket) -> tuple[str, ...]:
    """The household's tickets on the topic, the oldest first: what the quarrel came in with."""
    if row.house_id is None or not row.topic:
        return (row.number,)
    values = {
        "estate_id": row.estate_id,
        "house_id": row.house_id,
        "topic": row.topic,
        "until": row.received_at,
    }
    return tuple(reversed(session.scalars(_CAME_WITH, values).all()))


def _party(session: Session, row: Ticket, one: Mapping[str, Any]) -> paper.DisputeParty:
    own = one["house_id"] is not None and one["house_id"] == row.house_id
    return paper.DisputeParty(
        side=_SPACES.get(one["side"], one["side"]),
        name=str(one["name"]),
        house=label_of(session, row.estate_id, one["house_id"]),
        phone=row.phone if own else "",
        says=" ".join(filter(None, (row.story or row.matter, row.wish))) if own else "",
    )


def _talk(one: DisputeTalk) -> paper.Talk:
    """Everybody who was there: the parties, committee and authority, and who wrote it down."""
    return paper.Talk(
        at=one.at, course=one.text, present=tuple(filter(None, (one.whom, one.present, one.staff)))
    )


def _space(one: Mapping[str, Any]) -> str:
    role = str(one["role"])
    return _SPACES.get(role, role)


def _body(role: str) -> str:
    return on_paper("complaints.paper.committee") if role == "committee" else role


def _signature(one: Mapping[str, Any]) -> paper.Signature:
    """Who signs where; drawn on the screen, or with room for the pen."""
    drawn = str(one.get("drawn", ""))
    return paper.Signature(
        role=_space(one),
        name=str(one["name"]),
        signed_at=datetime.fromisoformat(one["at"]) if drawn else None,
        picture=drawn,
    )
