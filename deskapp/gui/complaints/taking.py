"""One act of the clerk at intake: the ticket, what was said, whom it goes to, what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deskapp.base.errors import DeskError
from deskapp.domain.complaints.classes import Channel
from deskapp.domain.complaints.session import Session
from deskapp.domain.complaints.ticket import TicketState
from deskapp.gui.complaints.controller import part_of
from deskapp.services.changes import Changes, Done
from deskapp.services.complaints import handling, intake, papers, similar
from deskapp.services.complaints.views import TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.movein.views import DocumentRef

DESK_ITSELF = "desk"
"""Not given to a department: the desk sees to it."""
HOW = {
    Channel.PHONE: "call_in",
    Channel.HOTLINE: "call_in",
    Channel.LETTER: "letter",
    Channel.WEB: "message",
    Channel.BOX: "letter",
    Channel.AUTHORITY: "letter",
}
"""How what was said at once reached the person; elsewhere at the counter."""
RECORD = "complaint"
"""The form of a ticket's record."""
ONE_DAY = timedelta(days=1)
"""Until when an order is to be done where neither a promise nor a clock says it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that was filled in.

    Attributes:
        reply: what was said to the person at once, "" for nothing yet.
        department: code, or `DESK_ITSELF`. person: who of it, "" for whoever.
        joined: the ticket it is one matter with, 0 for none.
    """

    form: TicketIn
    reply: str
    department: str
    person: str
    joined: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it.

    Attributes:
        trouble: the ticket is on record, but a further step was refused: why.
        paper: its record, to be printed; None where that was not wanted or not possible.
    """

    view: TicketView
    trouble: DeskError | None = None
    paper: DocumentRef | None = None


def take_in(
    desk: Desk, command_id: str, wanted: Wanted, talk: Session | None, *, printing: bool = False
) -> Done[Taken]:
    """Puts a ticket on record, then what was said, joined and dispatched, and issues its record.

    The number stands once the first step is through; a later step that is refused is told with it, so that
    nobody takes the same ticket twice.

    Raises:
        DeskError: the ticket itself was not taken.
    """
    done = intake.take(desk, command_id, replace(wanted.form, talk=talk))
    view, changes = done.value, done.changes
    try:
        for step in (_say, _join, _dispatch):
            view, more = step(desk, command_id, wanted, view)
            changes = changes | more
        if printing:
            paper = papers.issue(desk, part_of(command_id, "paper"), view.ticket_id, RECORD)
            return Done(Taken(view, paper=paper.value), changes | paper.changes)
    except DeskError as error:
        return Done(Taken(view, error), changes)
    return Done(Taken(view), changes)


def _say(desk: Desk, command_id: str, wanted: Wanted, view: TicketView) -> tuple[TicketView, Changes]:
    if not wanted.reply:
        return view, Changes()
    how = HOW.get(wanted.form.channel, "counter")
    done = intake.contact(
        desk, part_of(command_id, "reply"), view.ticket_id, how, wanted.reply, wanted.form.next_contact
    )
    return done.value, done.changes


def _join(desk: Desk, command_id: str, wanted: Wanted, view: TicketView) -> tuple[TicketView, Changes]:
    if not wanted.joined or view.state is TicketState.MERGED:
        return view, Changes()
    done = similar.join(desk, part_of(command_id, "join"), view.ticket_id, view.version, wanted.joined)
    return done.value, done.changes


def _dispatch(desk: Desk, command_id: str, wanted: Wanted, view: TicketView) -> tuple[TicketView, Changes]:
    if wanted.department == DESK_ITSELF or view.state is not TicketState.RECEIVED:
        return view, Changes()
    done = handling.dispatch(
        desk,
        part_of(command_id, "dispatch"),
        view.ticket_id,
        view.version,
        wanted.department,
        due_of_order(view, desk.now()),
        person=wanted.person,
    )
    return done.value, done.changes


def due_of_order(view: TicketView, now: datetime) -> datetime:
    """Until when the department has time: what was promised first, else the clock that ends first."""
    promised = [one.due_at for one in view.promises if one.due_at > now]
    ahead = [clock.due_at for clock in view.clocks if clock.due_at > now and clock.met_at is None]
    return min(promised, default=None) or min(ahead, default=None) or now + ONE_DAY
