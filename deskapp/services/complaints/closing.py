"""The end of a ticket: call back, close, reopen; and what a person says of its severity (C5, C13, Z8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskapp.base.errors import Refused
from deskapp.base.i18n import on_paper
from deskapp.db.base import new_id
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.handling import CallBack
from deskapp.db.tables.incidents import Incident
from deskapp.db.unit import Unit
from deskapp.domain.complaints.callback import ASKED, CallBackState, Grade, call_back_done
from deskapp.domain.complaints.closing import Position, check_close
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.severity import calm, set_serious
from deskapp.domain.complaints.ticket import Given, TicketAct, TicketState
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.faults import again, drop_fault
from deskapp.services.complaints.handling import act
from deskapp.services.complaints.intake import note_contact
from deskapp.services.complaints.matching import write_keys
from deskapp.services.complaints.risks import facts_of, risk_file
from deskapp.services.complaints.rows import forget_keys, move, note, payable_text
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import call_backs_of, close_facts, dispatches_of, promises_of
from deskapp.services.complaints.timing import due_of, restart_clocks, start_clocks, stop_clocks
from deskapp.services.complaints.views import TicketView
from deskapp.services.complaints.weighing import become_serious, severity_of
from deskapp.services.desk import Desk


@dataclass(frozen=True, slots=True)
class CallBackIn:
    """What the resident said at a call back (C13).

    Attributes:
        asked: whom the clerk spoke to. wants_more: "anything else?". fault: what is wrong still.
        next_at: when he hears from us next, where the ticket stays open.
    """

    grade: Grade
    asked: str = ""
    opinion: str = ""
    wants_more: str = ""
    fault: str = ""
    how: str = "call_out"
    next_at: datetime | None = None


def call_back(
    desk: Desk, command_id: str, ticket_id: int, version: int, said: CallBackIn
) -> Done[TicketView]:
    """One call back; a fault that it finds goes back in writing within its time (C13).

    Nobody answered: the call back stays planned for the next working hour, until the attempts are used up.

    Raises:
        Refused: ``complaints.not_now``, ``complaints.fault_and_satisfied``.
    """
    fault = payable_text(said.fault)
    if fault and said.grade is Grade.NOT_REACHED:
        raise Refused("complaints.fault_and_unreached")

    def change(unit: Unit, row: Ticket) -> None:
        before = _planned(unit, row)
        before.state, before.grade, before.at = "done", said.grade.value, unit.now
        before.asked = payable_text(said.asked, limit=60) or row.caller
        before.opinion, before.wants_more = payable_text(said.opinion), payable_text(said.wants_more)
        before.staff_id, before.staff = unit.who.staff_id, unit.who.name
        unit.session.flush()
        if said.grade is Grade.NOT_REACHED:
            _unreached(unit, desk, row, said.next_at)
        elif fault and row.state == TicketState.MERGED.value:
            raise Refused("complaints.fault_in_family", number=row.number)
        elif fault:
            _fault(unit, desk, row, before, fault)
        elif row.state != TicketState.MERGED.value:
            move(row, TicketAct.CALL_BACK, Given.GRADE)
        if said.grade is not Grade.NOT_REACHED:
            text = before.opinion or fault or said.grade.value
            ahead = said.next_at or (before.fault_due if fault else None)
            note_contact(unit, desk, row, said.how, text, ahead, last=not fault and ahead is None)
        note(
            unit,
            "complaints.called_back",
            row,
            grade=on_paper(f"complaints.code.grade.{said.grade.value}"),
            opinion=before.opinion[:80],
        )

    return act(desk, command_id, ticket_id, version, change)


def _planned(unit: Unit, row: Ticket) -> CallBack:
    planned = [back for back in call_backs_of(unit.session, row) if back.state == "planned"]
    if planned:
        return planned[-1]
    asked = (TicketState.REPLIED.value, TicketState.CALLED_BACK.value, TicketState.MERGED.value)
    if row.state not in asked:
        move(row, TicketAct.CALL_BACK, Given.GRADE)  # says that it is not the time
    back = CallBack(estate_id=unit.estate_id, id=new_id(), ticket_id=row.id, due_at=unit.now, state="planned")
    unit.session.add(back)
    return back


def _unreached(unit: Unit, desk: Desk, row: Ticket, next_at: datetime | None) -> None:
    known = rules(desk).callbacks
    since = row.settled_at or row.received_at
    done = [b for b in call_backs_of(unit.session, row) if b.state in ASKED and b.at and b.at >= since]
    if call_back_done(known, tuple(Grade(back.grade) for back in done)):
        if row.state != TicketState.MERGED.value:
            move(row, TicketAct.CALL_BACK, Given.GRADE)
        row.next_contact = None
        return
    due = next_at or max(done[-1].due_at, unit.now)
    unit.session.add(
        CallBack(estate_id=unit.estate_id, id=new_id(), ticket_id=row.id, due_at=due, state="planned")
    )
    row.next_contact = due


def _fault(unit: Unit, desk: Desk, row: Ticket, back: CallBack, fault: str) -> None:
    due = due_of(desk, rules(desk).callbacks.fault, unit.now, (), unit.now)
    back.fault, back.fault_due, back.state = fault, due.at, CallBackState.FAULT.value
    move(row, TicketAct.FAULT_FOUND, Given.REASON)
    row.reopened += 1
    row.reopened_at = unit.now
    again(unit, row, fault, due.at)
    restart_clocks(unit, desk, row)
    note(unit, "complaints.fault_found", row, fault=fault[:80], due=f"{due.at:%m-%d %H:%M}")


def close(
    desk: Desk,
    command_id: str,
    ticket_id: int,
    version: int,
    position: Position | None = None,
) -> Done[TicketView]:
    """Closes a ticket: with result, reply and call back; never with no position taken (C13).

    Raises:
        Refused: ``complaints.close_needs`` with all that is missing, ``complaints.master_by_family``.
    """

    def change(unit: Unit, row: Ticket) -> None:
        if position is not None:
            row.position = position.value
        close_row(unit, desk, row)

    return act(desk, command_id, ticket_id, version, change)


def close_row(unit: Unit, desk: Desk, row: Ticket, *, family: bool = False) -> None:
    """Closes a ticket within a unit of work.

    Args:
        family: its incident is closed in the same unit; else a master with open children is refused.
    """
    if not family and _has_children(unit, row):
        raise Refused("complaints.master_by_family", number=row.number)
    unit.session.flush()
    risk = risk_file(unit.session, row)
    help_file = facts_of(risk) if risk is not None else None
    check_close(TicketState(row.state), close_facts(unit.session, desk, row), help_file)
    move(row, TicketAct.CLOSE)
    end(unit, row)
    note(unit, "complaints.closed", row, result=row.result[:80])


def _has_children(unit: Unit, row: Ticket) -> bool:
    if row.incident_id is None:
        return False
    incident = unit.session.get(Incident, (unit.estate_id, row.incident_id))
    return (
        incident is not None
        and incident.open
        and incident.master_ticket_id == row.id
        and incident.households > 1
    )


def end(unit: Unit, row: Ticket) -> None:
    """What ends with a ticket: clocks, planned call backs, the next contact, its place in the index."""
    row.closed_at = unit.now
    row.settled_at = row.settled_at or unit.now
    row.next_contact = None
    stop_clocks(unit, row)
    drop_fault(unit, row)
    for back in call_backs_of(unit.session, row):
        if back.state == "planned":
            back.state = "dropped"
    forget_keys(unit.session, row)


def reopen(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """A closed ticket is open again under its number; reopened tickets count (C13).

    Raises:
        Refused: ``complaints.act_needs``, ``complaints.not_now``.
    """
    said = payable_text(reason)

    def change(unit: Unit, row: Ticket) -> None:
        move(row, TicketAct.REOPEN, *([Given.REASON] if said else []))
        row.reopened += 1
        row.reopened_at, row.closed_at = unit.now, None
        row.result = row.position = row.reply = ""
        row.reply_approved_by = 0
        row.next_contact = unit.now
        restart_clocks(unit, desk, row)
        write_keys(unit, desk, row)
        note(unit, "complaints.reopened", row, reason=said)

    return act(desk, command_id, ticket_id, version, change)


def withdraw(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """The resident took it back; why is on record."""
    said = payable_text(reason)

    def change(unit: Unit, row: Ticket) -> None:
        move(row, TicketAct.WITHDRAW, *([Given.REASON] if said else []))
        _call_off(unit, row, said)
        end(unit, row)
        note(unit, "complaints.withdrawn", row, reason=said)

    return act(desk, command_id, ticket_id, version, change)


def _call_off(unit: Unit, row: Ticket, reason: str) -> None:
    """What was under way for a matter that its person took back: nobody goes there, nothing is owed."""
    for sent in dispatches_of(unit.session, row):
        if sent.open:
            sent.open, sent.state = False, "recalled"
    for promised in promises_of(unit.session, row):
        if promised.state == PromiseState.OPEN:
            promised.state, promised.ended_at = PromiseState.RELEASED.value, unit.now
            promised.reason = reason


def set_severity(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """Serious on a person's word; manager and quality department are told at once (C5, C6).

    Raises:
        Refused: ``complaints.severity_needs_reason``, ``complaints.serious_already``.
    """

    def change(unit: Unit, row: Ticket) -> None:
        found = set_serious(severity_of(row), payable_text(reason))
        if row.serious:
            raise Refused("complaints.serious_already", number=row.number)
        row.serious_reason, row.serious_by = found.reason, unit.who.staff_id
        become_serious(unit, desk, row, unit.now)

    return act(desk, command_id, ticket_id, version, change)


def calm_severity(desk: Desk, command_id: str, ticket_id: int, version: int, reason: str) -> Done[TicketView]:
    """Ordinary again: only what a person set, never what the facts show; the alarms stay (Z8).

    Raises:
        Refused: ``complaints.severity_by_facts``, ``complaints.severity_needs_reason``, ``staff.no_right``.
    """

    def change(unit: Unit, row: Ticket) -> None:
        found = calm(severity_of(row), payable_text(reason))
        row.serious, row.serious_reason, row.serious_by = False, found.reason, unit.who.staff_id
        unit.session.flush()
        start_clocks(unit, desk, row)  # drops those of a serious case
        note(unit, "complaints.calmed", row, reason=found.reason)

    return act(desk, command_id, ticket_id, version, change, Action.COMPLAINTS_APPROVE)


def name_person(desk: Desk, command_id: str, ticket_id: int, version: int, name: str) -> Done[TicketView]:
    """The named person of a serious case (C6)."""
    who = payable_text(name, limit=60)
    if not who:
        raise Refused("complaints.name_missing")

    def change(unit: Unit, row: Ticket) -> None:
        row.named_person = who
        note(unit, "complaints.person_named", row, who=who)

    return act(desk, command_id, ticket_id, version, change)


def note_written_report(unit: Unit, row: Ticket, number: str) -> None:
    """The written report of a serious case was issued; without it the case is not closed (C6)."""
    row.report_number = number
