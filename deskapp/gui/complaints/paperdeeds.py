"""Papers of a ticket or an incident, issued with what is on record now (C3, C13, C15, C16, C18); no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from deskapp.base.i18n import say
from deskapp.domain.documents import ComplaintBulletin
from deskapp.gui.complaints.asked import Answers, Asked, Deed, Sort
from deskapp.services.changes import Done
from deskapp.services.complaints import papers
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk

WORDED = ("area", "matter", "handling", "result", "call_back", "advice", "time_limit")
STAFF = ("receiver", "follower", "responsible")
LONG = ("area", "matter", "handling", "result", "call_back", "advice")
"""The items of the bulletin that the clerk words; the day of receipt is a fact."""


def paper_deed(form: str, subject: Callable[[Any], int], why_not: str = "") -> Deed:
    """Issues a paper; it is shown afterwards, to be printed and signed."""
    return Deed(
        f"paper.{form}",
        lambda desk, command, view, given: papers.issue(desk, command, subject(view), form),
        (),
        why_not,
        caption_key=f"complaints.panel.paper_of.{form}",
    )


def ticket_papers(view: TicketView, *, has_dispute: bool) -> tuple[Deed, ...]:
    """The papers of one ticket."""

    def own(view: TicketView) -> int:
        return view.ticket_id

    called = any(back.at is not None for back in view.call_backs)
    return (
        paper_deed("complaint", own),
        paper_deed("complaint-feedback", own),
        paper_deed("call-back", own, "" if called else say("complaints.panel.not_called_back")),
        paper_deed("neighbour-dispute", own, "" if has_dispute else say("complaints.panel.no_dispute")),
        paper_deed(
            "incident-report", own, "" if view.severity.serious else say("complaints.panel.not_serious")
        ),
    )


def _sort(item: str) -> Sort:
    return Sort.TEXT if item in LONG else Sort.LINE


def bulletin_deed(subject: int, draft: ComplaintBulletin) -> Deed:
    """The bulletin as the clerk words it; what would show who complained is refused with the word (C15)."""
    asks = [Asked(f"bulletin_{item}", _sort(item), given=getattr(draft, item)) for item in (*WORDED, *STAFF)]
    return Deed(
        "paper.complaint-bulletin",
        lambda desk, command, view, given: _issue_bulletin(desk, command, subject, draft, given),
        tuple(asks),
        caption_key="complaints.panel.paper_of.complaint-bulletin",
    )


def _issue_bulletin(
    desk: Desk, command: str, subject: int, draft: ComplaintBulletin, given: Answers
) -> Done[Any]:
    worded: dict[str, Any] = {item: str(given[f"bulletin_{item}"]).strip() for item in (*WORDED, *STAFF)}
    return papers.issue(desk, command, subject, "complaint-bulletin", replace(draft, **worded))
