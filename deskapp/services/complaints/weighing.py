"""Whether a ticket or its incident is serious, within a unit of work (C5, Z8, Z10)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from deskapp.db.tables.complaints import Ticket
from deskapp.db.unit import Unit
from deskapp.domain.complaints.departments import Post
from deskapp.domain.complaints.severity import Facts, Severity, judge
from deskapp.services.complaints.alarming import About, alarm
from deskapp.services.complaints.rows import note
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.timing import start_clocks
from deskapp.services.complaints.views import FactsIn
from deskapp.services.desk import Desk


def facts_data(facts: FactsIn) -> dict[str, Any]:
    """The facts as a row keeps them; money as an exact text."""
    return {f.name: getattr(facts, f.name) for f in fields(facts) if f.name != "loss"} | {
        "loss": f"{facts.loss:f}"
    }


def facts_in(data: dict[str, Any]) -> FactsIn:
    """The facts of a row as a clerk gave them."""
    try:
        loss = Decimal(str(data.get("loss", "0")))
    except InvalidOperation:
        loss = Decimal(0)
    return FactsIn(
        affected=int(data.get("affected", 0)),
        press=bool(data.get("press")),
        crowd=int(data.get("crowd", 0)),
        injury=bool(data.get("injury")),
        danger=bool(data.get("danger")),
        loss=loss,
    )


def severity_of(row: Ticket) -> Severity:
    """What a ticket is held for."""
    return Severity(row.serious, tuple(row.serious_why), row.serious_reason, bool(row.serious_by))


def weigh(unit: Unit, desk: Desk, row: Ticket, households: int = 0, since: datetime | None = None) -> bool:
    """Judges a ticket by its facts; whether it became serious now.

    A case that is serious stays so while facts or a person hold it for it; the facts found later are added.

    Args:
        households: distinct households of its incident.
        since: the minute in which the facts came about, where that is not now.
    """
    given = facts_in(row.facts)
    facts = Facts(
        households=households,
        affected=given.affected,
        press=given.press,
        crowd=given.crowd,
        injury=given.injury,
        danger=given.danger,
        loss=given.loss,
    )
    found = judge(rules(desk).criteria, facts)
    row.serious_why = [*row.serious_why, *(code for code in found.why if code not in row.serious_why)]
    if not found.serious or row.serious:
        return False
    become_serious(unit, desk, row, since or unit.now)
    return True


def become_serious(unit: Unit, desk: Desk, row: Ticket, since: datetime) -> None:
    """Starts the clocks of a serious case and tells manager and quality department at once (C6).

    The alarms stand in the same transaction: nobody between can keep them from the manager (Z8).
    """
    row.serious, row.serious_at = True, since
    unit.session.flush()
    start_clocks(unit, desk, row)
    data = {"why": list(row.serious_why), "because": row.serious_reason, "matter": row.matter}
    for post in (Post.MANAGER, Post.QUALITY, Post.DESK_HEAD):
        alarm(unit, row, post, "serious", About(row.id, since), at_once=True, **data)
    note(unit, "complaints.serious", row, why="、".join(_names(desk, row)))


def _names(desk: Desk, row: Ticket) -> list[str]:
    labels = {criterion.code: criterion.label.zh for criterion in rules(desk).criteria}
    return [*(labels.get(code, code) for code in row.serious_why), *filter(None, [row.serious_reason])]
