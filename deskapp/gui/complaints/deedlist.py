"""All deeds of a ticket in their groups, as the file shows them; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.complaints.asked import Deed, DeedGroup
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deeds import handling_deeds, reply_deeds, talk_deeds, waiting_deeds
from deskapp.gui.complaints.endings import (
    call_back_deed,
    ending_deeds,
    promise_deed,
    promise_line_deed,
    seen_deed,
    severity_deeds,
    tell_deed,
)
from deskapp.gui.complaints.files import dispute_deeds, risk_deeds
from deskapp.gui.complaints.matters import matter_deeds
from deskapp.gui.complaints.paperdeeds import paper_deed, ticket_papers
from deskapp.gui.complaints.sorting import sorting_deeds
from deskapp.gui.complaints.ticketlines import HAND_BACK
from deskapp.services.complaints.disputes import DisputeView
from deskapp.services.complaints.risks import RiskView
from deskapp.services.complaints.views import SimilarHit, TicketView


@dataclass(frozen=True, slots=True)
class Beside:
    """What is read beside a ticket: tickets that are like it, its special files."""

    alike: tuple[SimilarHit, ...] = ()
    dispute: DisputeView | None = None
    risk: RiskView | None = None


def deed_groups(controller: ComplaintsController, view: TicketView, beside: Beside) -> tuple[DeedGroup, ...]:
    """What can be done with a ticket; who may not change it sees everything greyed with the reason."""
    rules, desk = controller.rules, controller.desk
    groups = (
        DeedGroup(
            "person",
            (*reply_deeds(view), *talk_deeds(rules, view), promise_deed(view), call_back_deed(view)),
        ),
        DeedGroup("handling", (*handling_deeds(rules, view, desk), *waiting_deeds(rules, view))),
        DeedGroup(
            "matter",
            (
                *sorting_deeds(controller, view),
                *matter_deeds(view, beside.alike),
                *severity_deeds(controller, view),
            ),
        ),
        DeedGroup("files", (*dispute_deeds(view, beside.dispute), *risk_deeds(view, beside.risk))),
        DeedGroup("papers", ticket_papers(view, has_dispute=beside.dispute is not None)),
        DeedGroup("end", ending_deeds(view, beside.risk)),
    )
    if controller.may(Action.COMPLAINTS_HANDLE):
        return groups
    reason = say("complaints.panel.may_not")
    return tuple(
        replace(group, deeds=tuple(replace(deed, why_not=reason) for deed in group.deeds)) for group in groups
    )


def deed_of_line(code: str, subject: int, view: TicketView) -> Deed | None:
    """What a small button beside a line does; None where its subject is gone."""
    if code == "tell":
        return tell_deed(subject)
    if code == "seen":
        return seen_deed(subject)
    if code == HAND_BACK:
        return paper_deed("call-back", lambda view: view.ticket_id)
    promise = next((one for one in view.promises if one.promise_id == subject), None)
    return promise_line_deed(code, promise) if promise is not None else None
