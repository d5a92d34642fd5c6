"""Deeds that sort a ticket anew, and what a supervisor thinks of the person (C3, C4); no Qt."""

from __future__ import annotations

from dataclasses import replace

from deskapp.domain.complaints.classes import (
    Channel,
    Grounds,
    Judgement,
    Kind,
    Motive,
    Nature,
    PersonKind,
    Target,
)
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.staff import Action
from deskapp.gui.complaints.asked import Answers, Asked, Deed, Sort
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deeds import named_options
from deskapp.services.complaints import intake
from deskapp.services.complaints.views import TicketIn, TicketView


def sorting_deeds(controller: ComplaintsController, view: TicketView) -> tuple[Deed, ...]:
    """The form corrected and sorted; clocks and severity follow."""
    change = Deed(
        "change",
        lambda desk, command, view, given: intake.change(
            desk, command, view.ticket_id, view.version, _changed(view.form, given)
        ),
        _asks(controller.rules, view.form),
    )
    if not controller.may(Action.COMPLAINTS_JUDGE):
        return (change,)
    classes, held = controller.rules.classes, view.judgement
    judge = Deed(
        "judge",
        lambda desk, command, view, given: intake.judge_person(
            desk, command, view.ticket_id, view.version, _judgement(given)
        ),
        (
            Asked("motive", Sort.CHOICE, False, named_options(classes.motives), held.motive),
            Asked("person_kind", Sort.CHOICE, False, named_options(classes.person_kinds), held.person_kind),
        ),
    )
    return (change, judge)


def _asks(rules: ComplaintRules, form: TicketIn) -> tuple[Asked, ...]:
    classes = rules.classes
    return (
        Asked("matter", Sort.LINE, given=form.matter),
        Asked("kind", Sort.CHOICE, options=named_options(classes.kinds), given=form.kind.value),
        Asked("channel", Sort.CHOICE, options=named_options(classes.channels), given=form.channel.value),
        Asked("topic", Sort.CHOICE, False, named_options(classes.topics), form.topic or None),
        Asked("target", Sort.CHOICE, False, named_options(classes.targets), form.target),
        Asked("cause_class", Sort.CHOICE, False, named_options(classes.causes), form.cause or None),
        Asked("nature", Sort.CHOICE, False, named_options(classes.natures), form.nature),
        Asked("grounds", Sort.CHOICE, False, named_options(classes.grounds), form.grounds),
        Asked("against", Sort.LINE, False, given=form.against),
        Asked("wish", Sort.LINE, False, given=form.wish),
        Asked("story", Sort.TEXT, False, given=form.story),
    )


def _changed(form: TicketIn, given: Answers) -> TicketIn:
    return replace(
        form,
        matter=given["matter"].strip(),
        kind=Kind(given["kind"]),
        channel=Channel(given["channel"]),
        topic=given["topic"] or "",
        target=Target(given["target"]) if given["target"] else None,
        cause=given["cause_class"] or "",
        nature=Nature(given["nature"]) if given["nature"] else None,
        grounds=Grounds(given["grounds"]) if given["grounds"] else None,
        against=given["against"].strip(),
        wish=given["wish"].strip(),
        story=given["story"].strip(),
    )


def _judgement(given: Answers) -> Judgement:
    motive, kind = given["motive"], given["person_kind"]
    return Judgement(Motive(motive) if motive else None, PersonKind(kind) if kind else None)
