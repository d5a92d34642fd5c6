"""What can be done with a ticket, each with what it asks and why it cannot be done now (C12, C13); no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from deskapp.base.i18n import say
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.script import Side
from deskapp.domain.complaints.session import Session
from deskapp.domain.complaints.ticket import TicketAct
from deskapp.gui.complaints.asked import Answers, Asked, Call, Deed, Options, Sort
from deskapp.gui.complaints.controller import part_of
from deskapp.gui.complaints.taking import due_of_order
from deskapp.gui.complaints.wording import word
from deskapp.services.changes import Done
from deskapp.services.complaints import clocks, handling, intake
from deskapp.services.complaints.talks import save_talk
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk

REASON = Asked("reason", Sort.TEXT)
OUTGOING = ("call_out", "counter", "visit", "message", "letter")
"""How a resident is told."""


def named_options(entries: Sequence[Any]) -> Options:
    """Entries of a list of the data files, as a choice."""
    return tuple((entry.code, word(entry.label)) for entry in entries)


def contact_kinds(kinds: Sequence[str]) -> Options:
    """Ways to talk to a person, as a choice."""
    return tuple((kind, say(f"complaints.panel.contact.{kind}")) for kind in kinds)


def positions() -> Options:
    """What the property may say to a complaint."""
    return tuple(
        (each.value, say(f"complaints.code.position.{each.value}"))
        for each in Position
        if each is not Position.NONE
    )


def why_not(view: TicketView, act: TicketAct) -> str:
    """Why an act of the ticket's way is not possible now; "" where it is."""
    if act in view.acts:
        return ""
    return say("complaints.panel.deed_not_now", state=say(f"complaints.code.state.{view.state.value}"))


def _reasoned(function: Callable[[Desk, str, int, int, str], Any]) -> Call:
    return lambda desk, command, view, given: function(
        desk, command, view.ticket_id, view.version, given["reason"].strip()
    )


def _position(given: Answers) -> Position:
    return Position(given.get("position") or Position.NONE.value)


def handling_deeds(rules: ComplaintRules, view: TicketView, desk: Desk) -> tuple[Deed, ...]:
    """From dispatch to the reply."""
    departments = named_options(rules.departments)
    lying = next(
        (one for one in reversed(view.dispatches) if one.state in ("dispatched", "taken", "deferred")), None
    )
    lies = "" if lying is not None else say("complaints.panel.not_dispatched")
    return (
        Deed(
            "dispatch",
            lambda desk, command, view, given: handling.dispatch(
                desk,
                command,
                view.ticket_id,
                view.version,
                given["department"],
                given["due"],
                person=given["person"].strip(),
                order=given["order"].strip(),
            ),
            (
                Asked("department", Sort.CHOICE, options=departments),
                Asked("person", Sort.LINE, required=False),
                Asked("due", Sort.MOMENT, given=due_of_order(view, desk.now())),
                Asked("order", Sort.TEXT, required=False, given=view.form.matter),
            ),
            why_not(view, TicketAct.DISPATCH),
        ),
        Deed(
            "taken",
            lambda desk, command, view, given: handling.taken(
                desk, command, view.ticket_id, view.version, given["person"].strip()
            ),
            (Asked("person", Sort.LINE, required=False, given=lying.person if lying else ""),),
            why_not(view, TicketAct.TAKE),
        ),
        Deed(
            "defer",
            lambda desk, command, view, given: handling.defer(
                desk, command, view.ticket_id, view.version, given["reason"].strip(), given["until"]
            ),
            (REASON, Asked("until", Sort.MOMENT)),
            why_not(view, TicketAct.DEFER),
        ),
        Deed("refuse", _reasoned(handling.refuse), (REASON,), why_not(view, TicketAct.REFUSE)),
        Deed(
            "report",
            lambda desk, command, view, given: handling.report(
                desk, command, view.ticket_id, view.version, given["result"].strip(), given["by"].strip()
            ),
            (
                Asked("result", Sort.TEXT, given=lying.report if lying else ""),
                Asked("by", Sort.LINE, given=lying.person if lying else ""),
            ),
            lies,
        ),
        Deed(
            "sign_report",
            lambda desk, command, view, given: handling.sign_report(
                desk, command, view.ticket_id, view.version, given["head"].strip()
            ),
            (Asked("head", Sort.LINE, given=_head(rules, lying)),),
            lies or ("" if lying and lying.report else say("complaints.panel.not_reported")),
        ),
        Deed("send_back", _reasoned(handling.send_back), (REASON,), why_not(view, TicketAct.SEND_BACK)),
        Deed(
            "settle",
            lambda desk, command, view, given: handling.settle(
                desk, command, view.ticket_id, view.version, given["result"].strip(), _position(given)
            ),
            (Asked("result", Sort.TEXT), Asked("position", Sort.CHOICE, required=False, options=positions())),
            why_not(view, TicketAct.SETTLE),
        ),
    )


def _head(rules: ComplaintRules, lying: Any) -> str:
    department = rules.department(lying.department) if lying is not None else None
    return department.head if department is not None else ""


def _asked_position(view: TicketView) -> Asked:
    given = view.position if view.position and view.position != Position.NONE.value else None
    return Asked("position", Sort.CHOICE, required=False, options=positions(), given=given)


def reply_deeds(view: TicketView) -> tuple[Deed, ...]:
    """What the resident is told; a written complaint's reply is approved first (C3)."""
    approval: tuple[Deed, ...] = ()
    if view.reply_needs_approval:
        approval = (
            Deed(
                "propose_reply",
                lambda desk, command, view, given: handling.propose_reply(
                    desk, command, view.ticket_id, view.version, given["reply"].strip()
                ),
                (Asked("reply", Sort.SPOKEN, given=view.reply),),
            ),
            Deed(
                "approve_reply",
                lambda desk, command, view, given: handling.approve_reply(
                    desk, command, view.ticket_id, view.version
                ),
                (),
                "" if view.reply and not view.reply_approved else say("complaints.panel.no_reply_to_approve"),
            ),
        )
    return (
        *approval,
        Deed(
            "reply",
            lambda desk, command, view, given: handling.reply(
                desk, command, view.ticket_id, view.version, given["reply"].strip(), given["how"],
                position=_position(given), next_at=given["next_at"],
            ),
            (
                Asked("reply", Sort.SPOKEN, given=view.reply or view.result),
                Asked("how", Sort.CHOICE, options=contact_kinds(OUTGOING), given=OUTGOING[0]),
                _asked_position(view),
                Asked("next_at", Sort.MOMENT, required=False),
            ),
            why_not(view, TicketAct.REPLY),
            role="primary",
        ),
        contact_deed(),
    )  # fmt: skip


def contact_deed(said: str = "", how: str = "call_in", talk: Session | None = None) -> Deed:
    """A talk with the person, noted.

    Args:
        said: what was told at the counter before the open ticket was found: nobody types it twice (C2).
        talk: led meanwhile; kept with the ticket, too.
    """

    def note(desk: Desk, command: str, view: TicketView, given: Answers) -> Done[TicketView]:
        text = given["said"].strip()
        done = intake.contact(desk, command, view.ticket_id, given["how"], text, given["next_at"])
        if talk is None:
            return done
        more = save_talk(desk, part_of(command, "talk"), view.ticket_id, talk)
        return Done(more.value, done.changes | more.changes)

    return Deed(
        "contact",
        note,
        (
            Asked("said", Sort.SPOKEN, given=said),
            Asked("how", Sort.CHOICE, options=contact_kinds(intake.CONTACT_KINDS), given=how),
            Asked("next_at", Sort.MOMENT, required=False),
        ),
    )


def talk_deeds(rules: ComplaintRules, view: TicketView) -> tuple[Deed, ...]:
    """A talk led by the script: with who complained, once more, and with the other party (C9)."""
    closed = "" if view.closed_at is None else why_not(view, TicketAct.TAKE)
    topic = rules.topic(view.form.topic)
    other = rules.scripts.playbook(topic.script, Side.OTHER_PARTY) if topic is not None else None
    nobody = "" if other is not None else say("complaints.panel.talk.no_other_side")
    return (
        Deed("talk_again", _nothing, why_not=closed, opens=Side.COMPLAINANT.value),
        Deed("talk_other", _nothing, why_not=closed or nobody, opens=Side.OTHER_PARTY.value),
    )


def _nothing(_desk: Desk, _command: str, _view: object, _given: Answers) -> Any:
    raise AssertionError("a room is opened in place of a call")


def waiting_deeds(rules: ComplaintRules, view: TicketView) -> tuple[Deed, ...]:
    """The case waits for somebody else, or goes on (L10)."""
    waiting = any(clock.waiting_for is not None for clock in view.clocks)
    if waiting:
        go_on = Deed(
            "resume", lambda desk, command, view, given: clocks.resume(desk, command, view.ticket_id)
        )
        return (go_on,)
    return (
        Deed(
            "wait",
            lambda desk, command, view, given: clocks.wait(
                desk, command, view.ticket_id, given["cause"], given["note"].strip()
            ),
            (
                Asked("cause", Sort.CHOICE, options=named_options(rules.clocks.causes)),
                Asked("note", Sort.LINE, required=False),
            ),
            "" if view.closed_at is None else why_not(view, TicketAct.TAKE),
        ),
    )
