"""Whether a ticket is one matter with others: joined to an incident, or taken out again (C11); no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.base.i18n import say
from deskapp.domain.complaints.ticket import TicketAct
from deskapp.gui.complaints.asked import Asked, Deed, Sort
from deskapp.gui.complaints.deeds import REASON, why_not
from deskapp.services.complaints import incidents, similar
from deskapp.services.complaints.views import SimilarHit, TicketView


def matter_deeds(view: TicketView, alike: Sequence[SimilarHit]) -> tuple[Deed, ...]:
    """Joining and leaving an incident.

    Args:
        alike: the open tickets that are like this one; one of them is joined.
    """
    if view.incident is not None and not view.is_master:
        return (
            Deed(
                "leave",
                lambda desk, command, view, given: similar.leave(
                    desk, command, view.ticket_id, view.version, given["reason"].strip()
                ),
                (REASON,),
            ),
        )
    options = tuple((str(hit.ticket_id), f"{hit.number} {hit.label} {hit.matter}") for hit in alike)
    lacks = "" if options else say("complaints.panel.nothing_alike")
    own = Deed(
        "make_incident",
        lambda desk, command, view, given: incidents.make_incident(
            desk, command, view.ticket_id, given["title"].strip()
        ),
        (Asked("title", Sort.LINE, given=view.form.matter),),
        "" if view.incident is None and view.closed_at is None else say("complaints.panel.in_incident"),
    )
    return (
        Deed(
            "join",
            lambda desk, command, view, given: similar.join(
                desk, command, view.ticket_id, view.version, int(given["to_ticket"])
            ),
            (Asked("to_ticket", Sort.CHOICE, options=options),),
            why_not(view, TicketAct.MERGE) or lacks,
        ),
        own,
    )
