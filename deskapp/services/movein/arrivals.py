"""The reception: a household gets its one number for the whole way, or leaves it (M5)."""

from __future__ import annotations

from deskapp.base.clock import day_of
from deskapp.base.errors import Conflict, Refused
from deskapp.db.base import new_id
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.db.unit import Unit
from deskapp.domain.movein.flow import Act, PassState
from deskapp.domain.people import PartyRole, checked_name
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.documents import issue, ref
from deskapp.services.movein.rows import (
    booking_of,
    end_visit,
    house_row,
    move,
    open_pass_of,
    order_of,
    pass_row,
    queue_number,
    seen_pass,
)
from deskapp.services.movein.scene import reception_of, view_of
from deskapp.services.movein.views import Closed, PassView, ReceptionView

PRIORITIES = ("", "elderly", "pregnant", "disabled", "infant")
"""Why a household may be called earlier (M5); words under ``movein.priority.``."""


def find_reception(desk: Desk, house_id: int) -> ReceptionView:
    """What the reception is shown of a house before it gives a number.

    Raises:
        Refused: ``movein.no_house``.
    """
    desk.require(Action.MOVEIN_VIEW)
    with desk.reading() as session:
        return reception_of(session, desk, house_id)


def arrive(
    desk: Desk, command_id: str, house_id: int, *, attendee: str, role: str, priority: str = ""
) -> Done[Closed]:
    """Gives a household its number and its pass; it waits at the first station from now on.

    One open pass a house: whoever comes second is told the number of the first (L18).

    Raises:
        Conflict: ``movein.already_on_way``.
        Refused: ``movein.no_house``, ``movein.priority_unknown``, a name that cannot stand.
    """
    if priority not in PRIORITIES:
        raise Refused("movein.priority_unknown")
    name, as_what = checked_name(attendee), PartyRole(role)
    from deskapp.services.movein.facts import prepare_house  # loads every form; not for the window
    from deskapp.services.movein.values import pass_values

    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        session = unit.session
        if unit.answered is not None:
            row = pass_row(session, desk.estate_id, int(unit.answered["pass_id"]))
            paper = session.get(Document, (desk.estate_id, int(unit.answered["document_id"])))
        else:
            row = _new_pass(unit, desk, house_id, name, as_what, priority)
            house = house_row(session, desk.estate_id, house_id)
            prepare_house(unit, desk, house, row)
            paper = issue(
                unit,
                desk,
                "pass",
                pass_values(session, desk, row),
                house_id=house_id,
                subject=f"pass:{row.id}",
            )
            row.number = paper.number
            data = {"number": row.queue_number, "attendee_role": role, "priority": priority}
            unit.record("movein.arrived", "pass", row.id, house_id=house_id, data=data)
            unit.answer(pass_id=row.id, document_id=paper.id)
            session.flush()
        assert paper is not None
        return Done(Closed(view_of(session, desk, row), (ref(paper),)), changes_of(unit))


def _new_pass(unit: Unit, desk: Desk, house_id: int, attendee: str, role: PartyRole, priority: str) -> Pass:
    session = unit.session
    house_row(session, desk.estate_id, house_id)
    present = open_pass_of(session, desk.estate_id, house_id)
    if present is not None:
        raise Conflict("movein.already_on_way", number=present.queue_number)
    booking = booking_of(session, desk.estate_id, house_id)
    row = Pass(
        estate_id=desk.estate_id,
        id=new_id(),
        house_id=house_id,
        batch_id=booking.batch_id if booking else None,
        number="",
        queue_number=queue_number(unit),
        day=day_of(unit.now),
        at="",
        state=PassState.WAITING.value,
        place=unit.now,
        since=unit.now,
        priority=priority,
        attendee=attendee,
        attendee_role=role.value,
        answers={},
        arrived_at=unit.now,
        open_house=house_id,
    )
    row.at = order_of(session, desk, row)[0].value
    row.number = f"{row.queue_number}-{row.id}"  # stands in until the paper has its own, in this transaction
    session.add(row)
    session.flush()
    unit.touch("station", 0)
    return row


def withdraw(desk: Desk, command_id: str, pass_id: int, version: int, reason: str) -> Done[PassView]:
    """Ends a pass at the household's wish or for a mistake at the reception; the house may come again.

    Raises:
        Refused: ``movein.need.reason``, ``movein.not_now``.
        Conflict: ``movein.changed_meanwhile``.
    """
    if not reason.strip():
        raise Refused("movein.need.reason")
    with desk.unit(Action.MOVEIN_SERVE, command_id) as unit:
        row = pass_row(unit.session, desk.estate_id, pass_id)
        if unit.answered is None:
            row = seen_pass(unit, pass_id, version)
            before = move(unit, row, Act.END)
            end_visit(unit, row)
            row.open_house, row.finished_at = None, unit.now
            data = {"number": row.queue_number, "reason": reason, "before": before.value}
            unit.record("movein.withdrawn", "pass", row.id, house_id=row.house_id, data=data)
            unit.session.flush()
        return Done(view_of(unit.session, desk, row), changes_of(unit))
