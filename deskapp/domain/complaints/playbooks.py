"""All scripts together: which one serves a topic, where a branch leads, and whether every way ends (C9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from deskapp.base.tomlfile import Problem
from deskapp.domain.complaints.classes import Channel, Topic
from deskapp.domain.complaints.script import PLAYBOOK, Mood, Phase, Script, Side, Step
from deskapp.domain.law import Law

BASE = "base"
TOPICS = "resources/rules/topics.toml"

StepRef = tuple[str, str]
"""A step by its script's code and its own id."""


@dataclass(frozen=True, slots=True)
class Library:
    """The scripts in force."""

    scripts: tuple[Script, ...]
    _by_code: Mapping[str, Script] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType({s.code: s for s in self.scripts}))

    def script(self, code: str) -> Script:
        """A script by its code.

        Raises:
            KeyError: there is none.
        """
        return self._by_code[code]

    def step(self, ref: StepRef) -> Step:
        """A step.

        Raises:
            KeyError: there is none.
        """
        return self._by_code[ref[0]].step(ref[1])

    def has(self, ref: StepRef) -> bool:
        """Whether there is such a step; a draft may be older than the scripts."""
        script = self._by_code.get(ref[0])
        return script is not None and any(step.id == ref[1] for step in script.steps)

    def playbook(self, name: str, side: Side = Side.COMPLAINANT) -> Script | None:
        """The playbook that a topic names, for a side; None if there is none."""
        found = (s for s in self.scripts if name and s.playbook == name and s.side is side)
        return next(found, None)

    def playbooks(self) -> tuple[Script, ...]:
        """Every playbook, for a list to choose from."""
        return tuple(script for script in self.scripts if script.playbook)


def target_of(script: Script, to: str) -> StepRef:
    """The step a branch names; a bare name is one of the same script."""
    code, colon, step = to.partition(":")
    return (code, step) if colon else (script.code, to)


def general(step: Step) -> StepRef:
    """Where a branch to the playbook leads without one: on with the base script.

    Showing that it is understood comes first where that has not been done; else what can be met.
    """
    early = _ORDER[step.phase] < _ORDER[Phase.SHOW]
    return (BASE, GENERAL_SHOW if early else GENERAL_OFFER)


GENERAL_SHOW, GENERAL_OFFER = "show", "offer"
"""The steps of the base script for topics without a playbook of their own; a site's own base keeps them."""

_ORDER = {phase: number for number, phase in enumerate(Phase)}


def check_library(
    library: Library, topics: Iterable[Topic], laws: Iterable[Law], topics_file: str = TOPICS
) -> list[Problem]:
    """Every fault that shows only when all scripts lie side by side.

    Codes: ``script.no_base``, ``script.twice``, ``script.unknown_target``, ``script.dead_end`` (no way on
    for some channel and mood), ``script.no_exit`` (a loop that never ends), ``script.unreachable``,
    ``script.unknown_law``, ``script.no_playbook`` (a topic names one that is not there).

    Args:
        topics_file: the file in force that the topics were read from, as faults shall name it.
    """
    problems = [
        *_check_names(library, {law.code for law in laws}),
        *_check_topics(library, topics, topics_file),
        *_check_targets(library),
    ]
    if not problems:
        problems = _check_ways(library)
    return sorted(problems, key=lambda p: (p.file, p.line))


def _problem(script: Script, line: int, key: str, code: str, **values: str) -> Problem:
    return Problem(script.file, line, key, f"script.{code}", tuple(values.items()))


def _check_names(library: Library, laws: set[str]) -> Iterator[Problem]:
    seen: set[object] = set()
    for script in library.scripts:
        for name in (script.code, (script.playbook, script.side) if script.playbook else None):
            if name in seen:
                yield _problem(script, script.where("code"), "code", "twice", value=script.code)
            seen |= {name} if name else set()
        for law in script.laws:
            if law not in laws:
                yield _problem(script, script.where("laws"), "laws", "unknown_law", value=law)
    if BASE not in {script.code for script in library.scripts}:
        yield Problem("resources/scripts/base.toml", 0, "", "script.no_base")


def _check_topics(library: Library, topics: Iterable[Topic], file: str) -> Iterator[Problem]:
    for number, topic in enumerate(topics):
        if topic.script and library.playbook(topic.script) is None:
            values = (("topic", topic.code), ("value", topic.script))
            yield Problem(
                file, topic.where("script"), f"topics.{number}.script", "script.no_playbook", values
            )


def _check_targets(library: Library) -> Iterator[Problem]:
    for script in library.scripts:
        for step in script.steps:
            for branch in step.branches:
                to = general(step) if branch.to == PLAYBOOK else target_of(script, branch.to)
                if not library.has(to):
                    named = ":".join(to) if branch.to == PLAYBOOK else branch.to
                    yield _problem(script, branch.line, f"{step.id}.branches", "unknown_target", value=named)


def _check_ways(library: Library) -> list[Problem]:
    problems: dict[tuple[StepRef, str], Problem] = {}
    every = {(s.code, step.id) for s in library.scripts for step in s.steps}
    reached_at_all: set[StepRef] = set()
    for channel, mood in product(Channel, Mood):
        ways = {ref: _ways(library, ref, channel, mood) for ref in every}
        reached = _closure(ways, {(s.code, s.start) for s in library.scripts})
        reached_at_all |= reached
        backwards: dict[StepRef, set[StepRef]] = {ref: set() for ref in every}
        for ref, targets in ways.items():
            for target in targets:
                backwards[target].add(ref)
        ending = _closure(backwards, {ref for ref in every if library.step(ref).final})
        for ref in reached:
            if not ways[ref] and not library.step(ref).final:
                _note(library, problems, ref, "dead_end", channel=channel.value, mood=mood.value)
            elif ref not in ending:
                _note(library, problems, ref, "no_exit", channel=channel.value, mood=mood.value)
    for ref in every - reached_at_all:
        _note(library, problems, ref, "unreachable")
    dead = {ref for ref, code in problems if code == "dead_end"}
    # What leads only to a dead end has no exit either: the dead end itself is the fault to mend.
    return [p for (ref, code), p in problems.items() if code != "no_exit" or not dead or ref in dead]


def _note(
    library: Library, problems: dict[tuple[StepRef, str], Problem], ref: StepRef, code: str, **values: str
) -> None:
    script, step = library.script(ref[0]), library.step(ref)
    problems.setdefault((ref, code), _problem(script, step.line, step.id, code, value=step.id, **values))


def _ways(library: Library, ref: StepRef, channel: Channel, mood: Mood) -> set[StepRef]:
    script = library.script(ref[0])
    found: set[StepRef] = set()
    for branch in library.step(ref).offered(channel, mood):
        if branch.to == PLAYBOOK:
            found |= {(s.code, s.start) for s in library.playbooks() if s.side is script.side}
            found.add(general(library.step(ref)))
        else:
            found.add(target_of(script, branch.to))
    return found


def _closure(ways: Mapping[StepRef, Iterable[StepRef]], start: set[StepRef]) -> set[StepRef]:
    reached, ahead = set(start), list(start)
    while ahead:
        for target in ways[ahead.pop()]:
            if target not in reached:
                reached.add(target)
                ahead.append(target)
    return reached
