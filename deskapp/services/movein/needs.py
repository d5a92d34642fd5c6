"""Whether an outcome can stand: what is on record, what the clerk answered, what a supervisor said (M6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.tables.movein import Pass, Visit
from deskapp.domain.identity import check_identity, guess_kind
from deskapp.domain.movein.gate import Barrier, barriers, refusal_for_fee
from deskapp.domain.movein.outcomes import ASKED, Need, Outcome
from deskapp.domain.people import name_problem
from deskapp.services.desk import Desk
from deskapp.services.movein.rows import (
    booking_of,
    closed_stations,
    finished_pass_of,
    house_row,
    order_of,
    room_on,
    visits_of,
)
from deskapp.services.movein.views import Agent, Answer, Choice


@dataclass(frozen=True, slots=True)
class Scene:
    """A pass with what its needs are judged by.

    Attributes:
        today: the day of the act.
    """

    session: Session
    desk: Desk
    row: Pass
    today: date


def scene_of(session: Session, desk: Desk, row: Pass) -> Scene:
    """The scene of a pass at this moment."""
    return Scene(session, desk, row, day_of(desk.now()))


def barriers_of(scene: Scene, visits: list[Visit] | None = None) -> tuple[Barrier, ...]:
    """What keeps the keys back now (M7); visits that were read already need not be read again."""
    house = house_row(scene.session, scene.desk.estate_id, scene.row.house_id)
    closed = closed_stations(visits_of(scene.session, scene.row) if visits is None else visits)
    return barriers(order_of(scene.session, scene.desk, scene.row), closed, house.developer_balance)


def on_record(scene: Scene, outcome: Outcome, need: Need) -> bool:
    """Whether a need that rests on the records is met."""
    session, desk, row = scene.session, scene.desk, scene.row
    if need is Need.OWN_DAY:
        booking = booking_of(session, desk.estate_id, row.house_id)
        return row.batch_id is None or booking is None or booking.day == scene.today
    if need is Need.NOT_MOVED_IN:
        return finished_pass_of(session, desk.estate_id, row.house_id) is None
    if need is Need.ROOM_TODAY:
        return room_on(session, desk, scene.today)
    if need is Need.GATE:
        return not barriers_of(scene)
    if need is Need.NOT_FOR_FEE:
        return True  # known only from the clerk's answer, see `judge`
    from deskapp.services.movein.facts import facts_met  # the records of all stations: not for the window

    return facts_met(session, desk, row, need, outcome)


def choice_of(scene: Scene, outcome: Outcome) -> Choice:
    """An outcome as the station offers it: what is missing on record, what its form will ask."""
    missing: list[Need] = []
    asks = [need for need in outcome.needs if need in ASKED]
    for need in outcome.needs:
        if need in ASKED or on_record(scene, outcome, need):
            continue
        if need in (Need.ROOM_TODAY, Need.GATE):
            asks.append(need)  # a supervisor may stand in for it, in the outcome's form
        else:
            missing.append(need)
    return Choice(outcome, tuple(missing), tuple(asks))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an outcome rests on beside the clerk's answer.

    Attributes:
        by_supervisor: needs for which a supervisor's word is needed; empty for none.
    """

    by_supervisor: tuple[Need, ...]


def judge(scene: Scene, outcome: Outcome, answer: Answer) -> Judgement:
    """Checks every need of an outcome.

    Returns:
        Which needs still ask for a supervisor's word.

    Raises:
        Refused: ``movein.need.<need>`` for the first need that is not met.
    """
    by_supervisor: list[Need] = []
    for need in outcome.needs:
        if need is Need.SUPERVISOR:
            by_supervisor.append(need)
        elif need is Need.NOT_FOR_FEE:
            if refusal_for_fee(answer.reason_code):
                by_supervisor.append(need)
        elif need in ASKED:
            _check_answer(scene, need, answer)
        elif not on_record(scene, outcome, need):
            if need not in (Need.ROOM_TODAY, Need.GATE):
                raise Refused(f"movein.need.{need.value}")
            by_supervisor.append(need)
    return Judgement(tuple(by_supervisor))


def _check_answer(scene: Scene, need: Need, answer: Answer) -> None:
    given = {
        Need.REASON: bool(answer.reason.strip() or answer.reason_code),
        Need.NEW_DAY: answer.new_day is not None,
        Need.IDENTITY_PROVEN: answer.identity_proven,
        Need.MISSING_PAPERS: bool(answer.missing_papers),
        Need.AGENT: answer.agent is not None,
        Need.LETTER: answer.letter and answer.letter_copy,
        Need.COMPANY_PAPERS: answer.company_papers,
        Need.RESERVATIONS: any(text.strip() for text in answer.reservations),
    }
    if not given[need]:
        raise Refused(f"movein.need.{need.value}")
    if need is Need.NEW_DAY and answer.new_day is not None and answer.new_day < scene.today:
        raise Refused("movein.day_in_past", day=answer.new_day.isoformat())
    if need is Need.AGENT and answer.agent is not None:
        _check_agent(answer.agent, scene.today)


def _check_agent(agent: Agent, today: date) -> None:
    """An authority states who, what for and how far, and its term still runs (民法典 165)."""
    if name_problem(agent.name) is not None or not agent.name.strip():
        raise Refused("movein.agent_name")
    if check_identity(guess_kind(agent.id_number), agent.id_number, today=today).code is not None:
        raise Refused("movein.agent_id")
    if not agent.matter.strip() or not agent.scope.strip():
        raise Refused("movein.agent_scope")
    if agent.until is not None and agent.until < today:
        raise Refused("movein.agent_expired", day=agent.until.isoformat())
