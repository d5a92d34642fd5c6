"""Talks led by a script, kept with their ticket: moods, answers and the time in each step (C8)."""

from __future__ import annotations

from deskapp.db.base import new_id
from deskapp.db.tables.complaints import ScriptRun, Ticket
from deskapp.db.unit import Unit
from deskapp.domain.complaints import session as talks
from deskapp.domain.complaints.script import Field, Side
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.complaints.disputes import note_talk
from deskapp.services.complaints.rows import note, ticket_row
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.showing import ticket_view
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk, changes_of


def keep_talk(unit: Unit, desk: Desk, row: Ticket, talk: talks.Session) -> None:
    """Keeps a talk with its ticket.

    The ticket's moods are those of who complains: as he came the first time and as he left the last. How the
    other party felt stands in the talk alone.
    """
    if side_of(desk, talk) is Side.COMPLAINANT:
        row.mood_before = row.mood_before or talk.mood_before.value
        row.mood_after = talk.mood_after.value if talk.mood_after else row.mood_after
    unit.session.add(
        ScriptRun(
            estate_id=unit.estate_id,
            id=new_id(),
            ticket_id=row.id,
            kept_at=unit.now,
            staff_id=unit.who.staff_id,
            script=talk.at[0],
            talk=talks.as_data(talk),
        )
    )


def side_of(desk: Desk, talk: talks.Session) -> Side:
    """To whom one talked, by the script that it began with."""
    library = rules(desk).scripts
    return library.script(talk.path[0][0]).side if library.has(talk.path[0]) else Side.COMPLAINANT


def save_talk(desk: Desk, command_id: str, ticket_id: int, talk: talks.Session) -> Done[TicketView]:
    """Keeps another talk with the ticket, such as one with the other party (C8).

    Where a file of the dispute is open, what the other party said is a talk of that file as well (C16).

    Raises:
        Refused: ``complaints.no_ticket``, ``staff.no_right``.
    """
    with desk.unit(Action.COMPLAINTS_TAKE, command_id) as unit:
        row = ticket_row(unit.session, desk.estate_id, ticket_id)
        if unit.answered is None:
            keep_talk(unit, desk, row, talk)
            said = talk.answers.get(Field.STORY, "")
            if said and side_of(desk, talk) is Side.OTHER_PARTY:
                note_talk(unit, row, said)
            after = talk.mood_after.value if talk.mood_after else ""
            note(unit, "complaints.talked", row, before=talk.mood_before.value, after=after)
            unit.answer(ticket_id=row.id)
            unit.session.flush()
        return Done(ticket_view(unit.session, desk, row), changes_of(unit))
