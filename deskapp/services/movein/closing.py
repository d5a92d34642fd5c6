"""Closing a station with one of its outcomes: needs judged, rows written, papers issued (M6, M7)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from deskapp.base.errors import Refused
from deskapp.db.base import new_id
from deskapp.db.tables.estate import HouseMark
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import ACT_OF_EFFECT, Act, PassState, after
from deskapp.domain.movein.outcomes import Effect, Outcome, outcome
from deskapp.domain.movein.stations import Station, station_after
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import ref
from deskapp.services.movein.line import rebook_row
from deskapp.services.movein.needs import judge, scene_of
from deskapp.services.movein.rows import (
    closed_stations,
    end_visit,
    move,
    order_of,
    pass_row,
    seen_pass,
    visits_of,
)
from deskapp.services.movein.scene import view_of
from deskapp.services.movein.views import Answer, Closed
from deskapp.services.staff import approve

WAITS_FOR = {
    "documents.balance_owed": "sales",
    "documents.identity_mismatch": "supervisor",
    "inspection.waits_for_escort": "escort",
    "documents.agent_insufficient": "authority",
    "keys.not_handed_over": "keys",
    "fees.disputed": "dispute",
}
"""Whom a household waits for after an outcome that keeps the station open; words under ``movein.waits.``."""


def close(desk: Desk, command_id: str, pass_id: int, version: int, code: str, answer: Answer) -> Done[Closed]:
    """Closes the station a household is served at, with one of its outcomes.

    The papers of the outcome are issued in the same transaction and printed afterwards (design rule 3).

    Raises:
        Refused: ``movein.not_serving``, ``movein.no_outcome``, ``movein.need.<need>``, or a supervisor's
            word that is needed and does not stand.
        Conflict: ``movein.changed_meanwhile``: another clerk was first.
    """
    supervisor = 0
    if answer.approval is not None and answer.approval.number:
        # Before the unit begins, so that a wrong secret is counted even though nothing is closed.
        supervisor = approve(desk, answer.approval, Action.MOVEIN_OVERRIDE)
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        session = unit.session
        if unit.answered is None:
            row = seen_pass(unit, pass_id, version)
            with session.no_autoflush:  # one UPDATE of the pass instead of one before every look
                papers = _close(unit, desk, row, _chosen(row, code), answer, supervisor)
            unit.answer(documents=[paper.id for paper in papers])
            session.flush()
        else:
            row = pass_row(session, desk.estate_id, pass_id)
            ids = unit.answered["documents"]
            kept = session.scalars(
                select(Document)
                .where(Document.estate_id == desk.estate_id, Document.id.in_(ids))
                .order_by(Document.id)
            )
            papers = list(kept)
        return Done(
            Closed(view_of(session, desk, row), tuple(ref(paper) for paper in papers)), changes_of(unit)
        )


def _chosen(row: Pass, code: str) -> Outcome:
    if row.state != PassState.SERVING.value:
        raise Refused("movein.not_serving")
    try:
        return outcome(Station(row.at), code)
    except KeyError:
        raise Refused("movein.no_outcome") from None


def _close(
    unit: Unit, desk: Desk, row: Pass, chosen: Outcome, answer: Answer, supervisor: int
) -> list[Document]:
    asked = judge(scene_of(unit.session, desk, row), chosen, answer).by_supervisor
    if asked and not supervisor:
        raise Refused(f"movein.supervisor.{asked[0].value}")
    overruled, supervisor = _word(unit, row, chosen, answer, supervisor)
    row.answers = {**row.answers, chosen.station.value: _kept(answer, row.answers.get(chosen.station.value))}
    visit = end_visit(unit, row, chosen.code, closed=chosen.effect is Effect.ADVANCE)
    if visit is not None:
        visit.overruled, visit.supervisor_id = overruled, supervisor
        visit.data = _kept(answer, None)
    if chosen.mark:
        _mark_house(unit, row, chosen, answer)
    _move(unit, desk, row, chosen, answer)
    from deskapp.services.movein.station_papers import issue_station_papers  # loads every form

    papers = list(issue_station_papers(unit, desk, row, chosen))
    unit.record(
        f"movein.closed.{chosen.effect.value}",
        "pass",
        row.id,
        house_id=row.house_id,
        data={
            "number": row.queue_number,
            "station": chosen.station.value,
            "outcome": chosen.key,
            "overruled": overruled,
            "reason": answer.reason,
            "documents": [paper.number for paper in papers],
        },
    )
    return papers


def _word(unit: Unit, row: Pass, chosen: Outcome, answer: Answer, supervisor: int) -> tuple[str, int]:
    """The reason and the supervisor an outcome rests on, for the internal copy; "" and 0 for none.

    A deferral had its word when the charge was deferred; it is not asked for twice (M6 ⑤).
    """
    if supervisor and answer.approval is not None:
        return answer.approval.reason, supervisor
    if chosen.key == "fees.deferred":
        from deskapp.services.movein.fees import deferral_word

        return deferral_word(unit.session, unit.estate_id, row.house_id)
    return "", 0


def _kept(answer: Answer, before: dict[str, Any] | None) -> dict[str, Any]:
    """What of an answer is kept with the visit: everything but the supervisor's secret."""
    values = {
        key: value
        for key, value in asdict(answer).items()
        if key != "approval" and value not in (None, "", (), False)
    }
    if answer.new_day is not None:
        values["new_day"] = answer.new_day.isoformat()
    if answer.agent is not None:
        until = answer.agent.until
        values["agent"] = {**asdict(answer.agent), "until": until.isoformat() if until else None}
    for key in ("missing_papers", "reservations"):
        if key in values:
            values[key] = list(values[key])
    return {**(before or {}), **values}


def _mark_house(unit: Unit, row: Pass, chosen: Outcome, answer: Answer) -> None:
    """A lasting mark that every later application meets (M6 ④)."""
    texts = [text.strip() for text in answer.reservations if text.strip()]
    unit.session.add(
        HouseMark(
            estate_id=row.estate_id,
            id=new_id(),
            house_id=row.house_id,
            code=chosen.mark,
            text="；".join(texts),
            detail={"reservations": texts, "pass_id": row.id},
            set_at=unit.now,
            set_by=unit.who.staff_id,
        )
    )


def _move(unit: Unit, desk: Desk, row: Pass, chosen: Outcome, answer: Answer) -> None:
    if chosen.effect is Effect.ADVANCE:
        _advance(unit, desk, row)
    elif chosen.effect is Effect.REBOOK:
        assert answer.new_day is not None
        rebook_row(unit, desk, row, answer.new_day)
    else:
        move(unit, row, ACT_OF_EFFECT[chosen.effect])
        row.waits_for = WAITS_FOR.get(chosen.key, "")
        if chosen.effect is Effect.END:
            row.open_house, row.finished_at = None, unit.now


def _advance(unit: Unit, desk: Desk, row: Pass) -> None:
    closed = closed_stations(visits_of(unit.session, row))
    following = station_after(order_of(unit.session, desk, row), closed)
    if row.at == Station.KEYS.value or following is None:
        # The keys are out: stations that a supervisor overruled stay open on the record.
        row.state = after(PassState(row.state), Act.FINISH).value
        row.since = row.finished_at = unit.now
        row.open_house = None
        unit.touch("station", 0)
        return
    move(unit, row, Act.CLOSE)
    row.at = following.value
