"""Deeds on promises, call backs, severity, and the end of a ticket (C5, C7, C13); no Qt."""

from __future__ import annotations

from datetime import datetime

from deskapp.base.i18n import say
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.ticket import TicketAct
from deskapp.domain.staff import Action
from deskapp.gui.complaints.asked import Answers, Asked, Deed, Sort
from deskapp.gui.complaints.closeneeds import needs_of, sentence
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deeds import OUTGOING, REASON, contact_kinds, positions, why_not
from deskapp.services.complaints import alarms, closing, ledger
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.risks import RiskView
from deskapp.services.complaints.views import PromiseIn, PromiseView, TicketView


def promise_deed(view: TicketView, text: str = "", who: str = "", due: datetime | None = None) -> Deed:
    """One more promise; what was agreed in a talk stands in it already."""
    return Deed(
        "promise",
        lambda desk, command, view, given: ledger.promise(
            desk,
            command,
            view.ticket_id,
            PromiseIn(
                given["promised"].strip(), given["who"].strip(), given["due"], given["otherwise"].strip()
            ),
        ),
        (
            Asked("promised", Sort.SPOKEN, given=text),
            Asked("who", Sort.LINE, given=who),
            Asked("otherwise", Sort.LINE, required=False),
            Asked("due", Sort.MOMENT, given=due),
        ),
        "" if view.closed_at is None else why_not(view, TicketAct.TAKE),
    )


def promise_line_deed(code: str, promise: PromiseView) -> Deed:
    """What is done with one promise: kept, moved, no longer wanted, not kept."""
    number = promise.promise_id
    if code == "keep":
        return Deed(
            f"keep.{number}", lambda desk, command, view, given: ledger.keep_promise(desk, command, number)
        )
    if code == "move":
        return Deed(
            f"move.{number}",
            lambda desk, command, view, given: ledger.move_promise(
                desk, command, number, given["due"], given["reason"].strip(), given["who"].strip()
            ),
            (Asked("due", Sort.MOMENT), REASON, Asked("who", Sort.LINE, given=promise.who)),
        )
    end = ledger.release_promise if code == "release" else ledger.break_promise
    return Deed(
        f"{code}.{number}",
        lambda desk, command, view, given: end(desk, command, number, given["reason"].strip()),
        (REASON,),
    )


def call_back_deed(view: TicketView) -> Deed:
    """Asking whether it is settled; a fault goes back in writing (C13)."""
    grades = tuple((grade.value, say(f"complaints.code.grade.{grade.value}")) for grade in Grade)
    possible = {TicketAct.CALL_BACK, TicketAct.FAULT_FOUND} & set(view.acts)
    return Deed(
        "call_back",
        lambda desk, command, view, given: closing.call_back(
            desk, command, view.ticket_id, view.version, _said(given)
        ),
        (
            Asked("grade", Sort.CHOICE, options=grades),
            Asked("asked", Sort.LINE, required=False, given=view.form.caller),
            Asked("opinion", Sort.TEXT, required=False),
            Asked("wants_more", Sort.LINE, required=False),
            Asked("fault", Sort.LINE, required=False),
            Asked("how", Sort.CHOICE, options=contact_kinds(OUTGOING), given=OUTGOING[0]),
            Asked("next_at", Sort.MOMENT, required=False),
        ),
        "" if possible else why_not(view, TicketAct.CALL_BACK),
    )


def _said(given: Answers) -> CallBackIn:
    return CallBackIn(
        grade=Grade(given["grade"]),
        asked=given["asked"].strip(),
        opinion=given["opinion"].strip(),
        wants_more=given["wants_more"].strip(),
        fault=given["fault"].strip(),
        how=given["how"],
        next_at=given["next_at"],
    )


def severity_deeds(controller: ComplaintsController, view: TicketView) -> tuple[Deed, ...]:
    """Serious on a person's word, and back again; the named person of a serious case (C5, C6, Z8)."""
    severity = view.severity
    if not severity.serious:
        return (
            Deed(
                "set_severity",
                lambda desk, command, view, given: closing.set_severity(
                    desk, command, view.ticket_id, view.version, given["reason"].strip()
                ),
                (REASON,),
                role="danger",
            ),
        )
    calm = "" if severity.can_calm else say("complaints.panel.serious_by_facts")
    if not controller.may(Action.COMPLAINTS_APPROVE):
        calm = say("complaints.panel.only_supervisor")
    return (
        Deed(
            "name_person",
            lambda desk, command, view, given: closing.name_person(
                desk, command, view.ticket_id, view.version, given["name"].strip()
            ),
            (Asked("name", Sort.LINE, given=view.named_person),),
        ),
        Deed(
            "calm_severity",
            lambda desk, command, view, given: closing.calm_severity(
                desk, command, view.ticket_id, view.version, given["reason"].strip()
            ),
            (REASON,),
            calm,
        ),
    )


def ending_deeds(view: TicketView, risk: RiskView | None) -> tuple[Deed, ...]:
    """Close with its needs, taken back by the resident, opened again."""
    lacks = sentence([need for need in needs_of(view, risk) if need[0] != "position"])
    asks_position = "position" in view.missing
    return (
        Deed(
            "close",
            lambda desk, command, view, given: closing.close(
                desk, command, view.ticket_id, view.version,
                Position(given["position"]) if given.get("position") else None,
            ),
            (Asked("position", Sort.CHOICE, options=positions()),) if asks_position else (),
            lacks or why_not(view, TicketAct.CLOSE),
            role="primary",
        ),
        Deed(
            "withdraw",
            lambda desk, command, view, given: closing.withdraw(
                desk, command, view.ticket_id, view.version, given["reason"].strip()
            ),
            (REASON,),
            why_not(view, TicketAct.WITHDRAW),
        ),
        Deed(
            "reopen",
            lambda desk, command, view, given: closing.reopen(
                desk, command, view.ticket_id, view.version, given["reason"].strip()
            ),
            (REASON,),
            why_not(view, TicketAct.REOPEN),
        ),
    )  # fmt: skip


def tell_deed(alarm_id: int) -> Deed:
    """Somebody who must know was called: whom and how."""
    return Deed(
        f"tell.{alarm_id}",
        lambda desk, command, view, given: alarms.tell(
            desk, command, alarm_id, given["whom"].strip(), given["told_how"].strip()
        ),
        (Asked("whom", Sort.LINE), Asked("told_how", Sort.LINE)),
    )


def seen_deed(alarm_id: int) -> Deed:
    """Who holds the post has seen it himself (Z8)."""
    return Deed(f"seen.{alarm_id}", lambda desk, command, view, given: alarms.seen(desk, command, alarm_id))
