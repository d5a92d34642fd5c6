"""One talk led by a script: where it stands, what was answered, how long each step took (C8).

A `Session` never changes; each function answers the next one, so that going back, leaving at any moment
and a draft after a power cut lose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from deskapp.base.errors import Refused
from deskapp.domain.complaints.classes import Channel, Topic
from deskapp.domain.complaints.playbooks import BASE, Library, StepRef, general, target_of
from deskapp.domain.complaints.script import PLAYBOOK, Branch, Field, Lines, Mood, Phase, filled
from deskapp.domain.datatable import Label

LONGEST_STEP = 4 * 3600
"""Seconds of one stay that are counted at most: a PC put to sleep is no talk."""

NO_ANSWERS: Mapping[Field, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Session:
    """A talk as it stands.

    Attributes:
        path: the steps on the way here, the current one last; going back takes one off.
        seconds: time spent in each step, all stays together, without the present one.
        entered: since when the current step is shown; None once the talk is over.
        mood_before: as the person came. mood: as it is now, for the choice of lines. mood_after: as the
            person left, None while that is open.
        left: the clerk left the script before its end.
    """

    path: tuple[StepRef, ...]
    channel: Channel
    mood_before: Mood
    mood: Mood
    entered: datetime | None
    answers: Mapping[Field, str] = field(default_factory=lambda: NO_ANSWERS)
    seconds: Mapping[StepRef, int] = field(default_factory=lambda: MappingProxyType({}))
    mood_after: Mood | None = None
    left: bool = False

    @property
    def at(self) -> StepRef:
        """The current step."""
        return self.path[-1]

    @property
    def over(self) -> bool:
        """Whether the talk has ended or was left."""
        return self.entered is None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the clerk sees of a step.

    Attributes:
        number: of the phase, of `Phase`'s nine.
        lines: with the answers in them.
    """

    ref: StepRef
    phase: Phase
    number: int
    title: Label
    lines: Lines
    branches: tuple[Branch, ...]
    can_go_back: bool
    final: bool


def start(
    library: Library, now: datetime, *, channel: Channel, mood: Mood = Mood.CALM, script: str = BASE
) -> Session:
    """A new talk at the first step of a script."""
    first = library.script(script)
    return Session(((first.code, first.start),), channel, mood, mood, now)


def shown(library: Library, session: Session) -> Shown:
    """What is to be seen now."""
    step = library.step(session.at)
    lines = step.shown(session.channel, session.mood)
    spoken = replace(
        lines,
        say=tuple(filled(line, session.answers) for line in lines.say),
        ask=tuple(replace(ask, line=filled(ask.line, session.answers)) for ask in lines.ask),
    )
    return Shown(
        ref=session.at,
        phase=step.phase,
        number=tuple(Phase).index(step.phase) + 1,
        title=step.title,
        lines=spoken,
        branches=step.offered(session.channel, session.mood),
        can_go_back=len(session.path) > 1,
        final=step.final,
    )


def follow(
    library: Library, session: Session, branch: Branch, now: datetime, topic: Topic | None = None
) -> Session:
    """The talk after a branch was taken.

    Args:
        topic: the topic on the form; decides where a branch to the playbook leads. Without one, or where
            the topic has no playbook, the talk goes on with the base script; see `playbooks.general`.

    Raises:
        Refused: ``complaints.script_over``, ``complaints.script_no_way`` if the branch is not offered here.
    """
    if session.over:
        raise Refused("complaints.script_over")
    step = library.step(session.at)
    if branch not in step.offered(session.channel, session.mood):
        raise Refused("complaints.script_no_way")
    script = library.script(session.at[0])
    if branch.to != PLAYBOOK:
        return _enter(session, target_of(script, branch.to), now)
    found = library.playbook(topic.script, script.side) if topic else None
    return _enter(session, (found.code, found.start) if found else general(step), now)


def enter(library: Library, session: Session, script: str, now: datetime) -> Session:
    """The talk at the start of another script: the clerk saw what it is about. One can go back from it.

    Raises:
        Refused: ``complaints.script_over``.
    """
    if session.over:
        raise Refused("complaints.script_over")
    found = library.script(script)
    return session if session.at[0] == script else _enter(session, (found.code, found.start), now)


def can_go_back(session: Session) -> bool:
    """Whether there is a step before this one."""
    return not session.over and len(session.path) > 1


def back(session: Session, now: datetime) -> Session:
    """The talk one step earlier, every answer kept.

    Raises:
        Refused: ``complaints.script_at_start``, ``complaints.script_over``.
    """
    if session.over:
        raise Refused("complaints.script_over")
    if not can_go_back(session):
        raise Refused("complaints.script_at_start")
    return replace(_timed(session, now), path=session.path[:-1], entered=now)


def leave(library: Library, session: Session, now: datetime, mood_after: Mood | None = None) -> Session:
    """The talk ended, at any moment; ended at a final step it counts as led to its end."""
    if session.over:
        return session
    early = not library.step(session.at).final
    return replace(
        _timed(session, now), entered=None, left=early, mood_after=mood_after or session.mood_after
    )


def resume(session: Session, now: datetime) -> Session:
    """The talk taken up again where it was left; the time between is nobody's."""
    return replace(session, entered=now, left=False) if session.over else session


def answer(session: Session, to: Field, text: str) -> Session:
    """The talk with an answer noted; an empty one is taken out. Allowed after the end, too."""
    answers = {**session.answers, to: text.strip()}
    return replace(session, answers=MappingProxyType({k: v for k, v in answers.items() if v}))


def feel(session: Session, mood: Mood) -> Session:
    """The talk with the mood as it is now: the lines follow it."""
    return replace(session, mood=mood, mood_after=mood if session.over else session.mood_after)


def phase_seconds(library: Library, session: Session) -> dict[Phase, int]:
    """The time spent in each phase, every phase named; steps that are no more are left out."""
    sums = dict.fromkeys(Phase, 0)
    for ref, seconds in session.seconds.items():
        if library.has(ref):
            sums[library.step(ref).phase] += seconds
    return sums


def as_data(session: Session) -> dict[str, Any]:
    """The talk as plain data, to be kept with a draft and with the ticket."""
    return {
        "path": [list(ref) for ref in session.path],
        "channel": session.channel.value,
        "mood_before": session.mood_before.value,
        "mood": session.mood.value,
        "mood_after": session.mood_after.value if session.mood_after else None,
        "entered": session.entered.isoformat() if session.entered else None,
        "answers": {key.value: text for key, text in session.answers.items()},
        "seconds": [[*ref, seconds] for ref, seconds in session.seconds.items()],
        "left": session.left,
    }


def from_data(library: Library, data: Mapping[str, Any]) -> Session | None:
    """The talk from a draft, stopped as if it had been left; None if its scripts are no longer there.

    A draft is read after a crash or an update: steps that are gone are dropped from the path.
    """
    try:
        path = tuple((str(a), str(b)) for a, b in data["path"])
        kept = tuple(ref for ref in path if library.has(ref))
        after = data.get("mood_after")
        session = Session(
            path=kept,
            channel=Channel(data["channel"]),
            mood_before=Mood(data["mood_before"]),
            mood=Mood(data["mood"]),
            entered=None,
            answers=MappingProxyType({Field(k): str(v) for k, v in data["answers"].items()}),
            seconds=MappingProxyType({(str(a), str(b)): int(n) for a, b, n in data["seconds"]}),
            mood_after=Mood(after) if after else None,
            left=bool(data["left"]) or data["entered"] is not None,
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return session if kept else None


def _enter(session: Session, ref: StepRef, now: datetime) -> Session:
    return replace(_timed(session, now), path=(*session.path, ref), entered=now)


def _timed(session: Session, now: datetime) -> Session:
    """The present stay added to its step; a clock set back adds nothing."""
    if session.entered is None:
        return session
    stay = min(max(int((now - session.entered).total_seconds()), 0), LONGEST_STEP)
    seconds = {**session.seconds, session.at: session.seconds.get(session.at, 0) + stay}
    return replace(session, seconds=MappingProxyType(seconds))
