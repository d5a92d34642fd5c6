"""What can be done with a matter of many households (C11, C18); no Qt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.complaints.closing import Position
from deskapp.domain.staff import Action
from deskapp.gui.complaints.asked import Answers, Asked, Deed, DeedGroup, Sort
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deeds import OUTGOING, contact_kinds, positions
from deskapp.gui.complaints.files import house_by_text
from deskapp.gui.complaints.paperdeeds import paper_deed
from deskapp.services.changes import Done
from deskapp.services.complaints import family, incidents
from deskapp.services.complaints.family import MessageView
from deskapp.services.complaints.incidents import AffectedView, Authority, IncidentView
from deskapp.services.desk import Desk


def incident_groups(
    controller: ComplaintsController, view: IncidentView, marked: AffectedView | None
) -> tuple[DeedGroup, ...]:
    """Every deed; who may not do it sees it greyed with the reason.

    Args:
        marked: the household of the register that is marked.
    """
    groups = (
        DeedGroup("answer", _answer_deeds(controller, view)),
        DeedGroup("affected", _affected_deeds(marked)),
        DeedGroup("message", _message_deeds(view)),
        DeedGroup("end", _ending_deeds(controller, view)),
        DeedGroup("papers", _papers()),
    )
    reason = "" if view.brief.open else say("complaints.panel.incident_closed")
    if not controller.may(Action.COMPLAINTS_HANDLE):
        reason = say("complaints.panel.may_not")
    if not reason:
        return groups
    kept = ("papers",) if view.closed_at is not None else ()
    return tuple(
        group
        if group.code in kept
        else replace(group, deeds=tuple(replace(deed, why_not=reason) for deed in group.deeds))
        for group in groups
    )


def _only_supervisor(controller: ComplaintsController) -> str:
    return "" if controller.may(Action.COMPLAINTS_APPROVE) else say("complaints.panel.supervisor_decides")


def _answer_deeds(controller: ComplaintsController, view: IncidentView) -> tuple[Deed, ...]:
    authority = view.authorities[0] if view.authorities else None
    return (
        Deed(
            "agree_answer",
            lambda desk, command, view, given: incidents.agree_answer(
                desk, command, view.brief.incident_id, view.version, given["answer"].strip()
            ),
            (Asked("answer", Sort.SPOKEN, given=view.brief.agreed_answer),),
            _only_supervisor(controller),
            role="primary",
        ),
        Deed(
            "set_scene",
            lambda desk, command, view, given: incidents.set_scene(
                desk,
                command,
                view.brief.incident_id,
                view.version,
                spokesman=given["spokesman"].strip(),
                authorities=_authorities(view, given),
                cause=given["incident_cause"].strip(),
                next_step=given["next_step"].strip(),
            ),
            (
                Asked("spokesman", Sort.LINE, given=view.spokesman),
                Asked("authority", Sort.LINE, required=False, given=authority.name if authority else ""),
                Asked("authority_contact", Sort.LINE, False, given=authority.contact if authority else ""),
                Asked("authority_told", Sort.PAST, False, given=authority.told_at if authority else None),
                Asked("incident_cause", Sort.TEXT, required=False, given=view.cause),
                Asked("next_step", Sort.TEXT, required=False, given=view.next_step),
            ),
        ),
    )


def _authorities(view: IncidentView, given: Answers) -> tuple[Authority, ...]:
    """The first channel as it was typed, further ones as they were."""
    name = given["authority"].strip()
    told: datetime | None = given["authority_told"]
    first = (Authority(name, given["authority_contact"].strip(), told),) if name else ()
    return (*first, *view.authorities[1:])


def _affected_deeds(marked: AffectedView | None) -> tuple[Deed, ...]:
    none = "" if marked is not None else say("complaints.panel.mark_household")
    return (
        Deed("add_affected", _add_affected, (Asked("houses", Sort.TEXT),)),
        Deed(
            "set_loss",
            lambda desk, command, view, given: _set_loss(desk, command, view, marked, given),
            (
                Asked("loss_what", Sort.TEXT, given=marked.description if marked else ""),
                Asked("loss_money", Sort.MONEY, given=marked.loss if marked else None),
                Asked("claim_money", Sort.MONEY, given=marked.claim if marked else None),
            ),
            none or _paid_already(marked),
        ),
        Deed(
            "pay_loss",
            lambda desk, command, view, given: _pay_loss(desk, command, view, marked, given),
            (
                Asked("paid_money", Sort.MONEY, given=_still_owed(marked)),
                Asked("signed_by", Sort.LINE),
                Asked("signature", Sort.SIGNATURE, required=False),
                Asked("signed_on_paper", Sort.TICK, required=False),
            ),
            none or _paid_already(marked),
        ),
    )


def _still_owed(marked: AffectedView | None) -> Decimal | None:
    return (marked.claim or marked.loss or None) if marked else None


def _paid_already(marked: AffectedView | None) -> str:
    if marked is None or marked.paid_at is None:
        return ""
    return say("error.complaints.paid_already")


def _add_affected(desk: Desk, command: str, view: IncidentView, given: Answers) -> Done[Any]:
    """Houses typed one a line, or with commas; one that cannot be told is refused with its text."""
    texts = [text.strip() for text in re.split(r"[\n,\uff0c、;\uff1b]", given["houses"])]
    houses = []
    for text in filter(None, texts):
        try:
            house = house_by_text(desk, text)
        except Refused as error:
            raise Refused("complaints.no_such_house", text=text[:40]) from error
        if house is not None:
            houses.append(house)
    return incidents.add_affected(desk, command, view.brief.incident_id, houses)


def _loss_of(view: IncidentView, marked: AffectedView | None) -> tuple[int, int, int]:
    """Incident, house and version of the row marked."""
    if marked is None:
        raise Refused("complaints.not_affected")
    return view.brief.incident_id, marked.house_id, marked.version


def _set_loss(
    desk: Desk, command: str, view: IncidentView, marked: AffectedView | None, given: Answers
) -> Done[Any]:
    return incidents.set_loss(
        desk,
        command,
        *_loss_of(view, marked),
        description=given["loss_what"].strip(),
        loss=given["loss_money"],
        claim=given["claim_money"],
    )


def _pay_loss(
    desk: Desk, command: str, view: IncidentView, marked: AffectedView | None, given: Answers
) -> Done[Any]:
    """Against a signature: here on the screen, or on the paper register that is kept (Z22)."""
    if given["signature"] is None and not given["signed_on_paper"]:
        raise Refused("complaints.not_signed")
    return incidents.pay_loss(
        desk,
        command,
        *_loss_of(view, marked),
        paid=given["paid_money"],
        signed_by=given["signed_by"].strip(),
        signature=given["signature"],
    )


def _message_deeds(view: IncidentView) -> tuple[Deed, ...]:
    return (
        Deed(
            "send_message",
            lambda desk, command, view, given: family.send_message(
                desk, command, view.brief.incident_id, given["message"].strip()
            ),
            (Asked("message", Sort.SPOKEN, given=view.brief.agreed_answer),),
        ),
    )


def correction_deed(message: MessageView) -> Deed:
    """A new fact: whoever the message was for is told again (Z21)."""
    return Deed(
        f"correct.{message.message_id}",
        lambda desk, command, view, given: family.send_message(
            desk, command, view.brief.incident_id, given["message"].strip(), replaces=message.message_id
        ),
        (Asked("message", Sort.SPOKEN, given=message.text),),
    )


def told_deed(message_id: int, house_id: int) -> Deed:
    """A household was told."""
    return Deed(
        f"told.{message_id}.{house_id}",
        lambda desk, command, view, given: family.told(desk, command, message_id, house_id, given["how"]),
        (Asked("how", Sort.CHOICE, options=contact_kinds(OUTGOING), given=OUTGOING[0]),),
    )


def _ending_deeds(controller: ComplaintsController, view: IncidentView) -> tuple[Deed, ...]:
    return (
        Deed(
            "answer_family",
            lambda desk, command, view, given: family.answer_family(
                desk,
                command,
                view.brief.incident_id,
                view.version,
                result=given["result"].strip(),
                reply=given["reply"].strip(),
                position=Position(given["position"]),
            ),
            (
                Asked("result", Sort.TEXT),
                Asked("reply", Sort.SPOKEN, given=view.brief.agreed_answer),
                Asked("position", Sort.CHOICE, options=positions()),
            ),
            _only_supervisor(controller),
        ),
        Deed(
            "close_family",
            lambda desk, command, view, given: family.close_family(
                desk, command, view.brief.incident_id, view.version
            ),
        ),
    )


def _papers() -> tuple[Deed, ...]:
    def own(view: IncidentView) -> int:
        return view.brief.incident_id

    return (paper_deed("incident-report", own), paper_deed("loss-register", own))
