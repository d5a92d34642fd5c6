"""The talks of a ticket as its file tells them: with whom, his mood, how long each phase took (C8); no Qt."""

from __future__ import annotations

from datetime import datetime

from deskapp.base.i18n import say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.script import Field, Side
from deskapp.domain.complaints.session import Session, phase_seconds
from deskapp.gui.complaints.ticketlines import Line
from deskapp.gui.complaints.wording import short_moment, word
from deskapp.gui.widgets.phrasing import listed
from deskapp.services.complaints.views import ScriptTalk, TicketView

TOLD = (Field.STORY, Field.REPLY, Field.ACTION, Field.OWNER, Field.DUE, Field.WISH)
"""Answers that stand nowhere else when they were given by the other party."""


def talk_lines(rules: ComplaintRules, view: TicketView, now: datetime) -> list[Line]:
    """Each talk with the time of its phases, every step on hover; below it what the other party said."""
    lines: list[Line] = []
    for each in view.talks:
        lines.append(Line(_head(rules, each, now), "", _steps(rules, each.talk)))
        said = _said(each.talk) if _side(rules, each.talk) is Side.OTHER_PARTY else ""
        if said:
            lines.append(Line(say("complaints.panel.talk.said", text=said)))
    return lines


def clock_text(seconds: int) -> str:
    """Minutes and seconds of a talk: 02:41."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _side(rules: ComplaintRules, talk: Session) -> Side:
    return rules.scripts.script(talk.path[0][0]).side


def _head(rules: ComplaintRules, each: ScriptTalk, now: datetime) -> str:
    talk = each.talk
    mood = say(f"complaints.code.mood.{talk.mood_before.value}")
    after = say(f"complaints.code.mood.{talk.mood_after.value}") if talk.mood_after else ""
    spent = phase_seconds(rules.scripts, talk)
    phases = listed(
        f"{say(f'complaints.code.phase.{phase.value}')} {clock_text(seconds)}"
        for phase, seconds in spent.items()
        if seconds
    )
    parts = (
        short_moment(each.kept_at, now),
        each.staff,
        _playbook(rules, talk) or say(f"complaints.code.side.{_side(rules, talk).value}"),
        f"{mood} → {after}" if after else mood,
        say("complaints.panel.talk.time", time=clock_text(sum(spent.values()))),
        phases,
        say("complaints.panel.script.left") if talk.left else "",
    )
    return " · ".join(part for part in parts if part)


def _playbook(rules: ComplaintRules, talk: Session) -> str:
    """The playbook that the talk came to, "" where it stayed in the base script."""
    found = [rules.scripts.script(code) for code, _step in talk.path]
    return next((word(script.title) for script in reversed(found) if script.playbook), "")


def _steps(rules: ComplaintRules, talk: Session) -> str:
    """Every step with its time, in the order it was come to first."""
    order = dict.fromkeys((*talk.path, *talk.seconds))
    return "\n".join(
        f"{clock_text(talk.seconds.get(ref, 0))}  {word(rules.scripts.step(ref).title)}"
        for ref in order
        if rules.scripts.has(ref)
    )


def _said(talk: Session) -> str:
    return " · ".join(talk.answers[field] for field in TOLD if talk.answers.get(field))
