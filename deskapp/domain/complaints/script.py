"""What a cooling-down script is made of (C8, C9): steps with lines to say, things to do, branches.

A script is a map of steps without any window. The spoken lines are Chinese, as the clerk speaks it; what
guides the clerk is in both languages, written ``中文 | English`` in ``resources/scripts/*.toml`` ⚙.
A spoken line may name a field in braces (``{matter}``): what was answered stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from deskapp.domain.complaints.classes import Channel
from deskapp.domain.datatable import Entry, Label, Source, Where, nowhere, report_twice


class Phase(StrEnum):
    """The nine phases of the way from heat to agreement, in their order."""

    GREET = "greet"
    """Greet, seat, water."""
    ROOM = "room"
    """A talk room of one's own if it is loud or watched."""
    LISTEN = "listen"
    THANK = "thank"
    """Thank for telling, apologise for the trouble."""
    REPEAT = "repeat"
    SHOW = "show"
    """Show that it is understood."""
    CLASSIFY = "classify"
    OFFER = "offer"
    """What can and what cannot be met, ranked with the person."""
    AGREE = "agree"
    """Step, person, time; thanks."""


class Mood(StrEnum):
    """How heated the person is."""

    CALM = "calm"
    UPSET = "upset"
    ANGRY = "angry"
    SHOUTING = "shouting"


class Side(StrEnum):
    """Whom the clerk talks to."""

    COMPLAINANT = "complainant"
    OTHER_PARTY = "other_party"
    """The keeper of the dog, the one who encloses the balcony."""


class Field(StrEnum):
    """What an answer fills in the form (C3)."""

    CALLER = "caller"
    MATTER = "matter"
    STORY = "story"
    PLACE = "place"
    EVENT_AT = "event_at"
    AGAINST = "against"
    TOPIC = "topic"
    EVIDENCE = "evidence"
    WITNESSES = "witnesses"
    LOSS = "loss"
    INJURED = "injured"
    AFFECTED = "affected"
    WISH = "wish"
    REPLY = "reply"
    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    NEXT_CONTACT = "next_contact"


PLAYBOOK = "@playbook"
"""Target of a branch: the playbook of the topic chosen, for the same side."""

LONGEST_LINE = 60
"""Characters of a spoken line: more than that nobody says in one breath."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and the field its answer fills."""

    field: Field
    line: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A way on.

    Attributes:
        to: a step of the same script, ``script:step``, or `PLAYBOOK`.
        channels: offered only on these; empty for all.
        moods: offered only in these; empty for all.
        line: where it stands in its file.
    """

    to: str
    label: Label
    channels: frozenset[Channel] = frozenset()
    moods: frozenset[Mood] = frozenset()
    line: int = 0

    def offered(self, channel: Channel, mood: Mood) -> bool:
        """Whether it is shown."""
        return _fits(self.channels, self.moods, channel, mood)


@dataclass(frozen=True, slots=True)
class Lines:
    """What a step shows: ``say`` and the questions are spoken, ``aid`` is for the clerk herself."""

    say: tuple[str, ...] = ()
    do: tuple[Label, ...] = ()
    ask: tuple[Ask, ...] = ()
    dont: tuple[Label, ...] = ()
    aid: Label | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """Other lines for a channel or a mood; the lists it leaves empty stay as they are."""

    lines: Lines
    channels: frozenset[Channel] = frozenset()
    moods: frozenset[Mood] = frozenset()

    @property
    def narrowness(self) -> int:
        """By how many conditions it is bound; the narrowest that fits has the last word."""
        return bool(self.channels) + bool(self.moods)


@dataclass(frozen=True, slots=True)
class Step:
    """One step; without branches it is an end."""

    id: str
    phase: Phase
    title: Label
    lines: Lines
    branches: tuple[Branch, ...] = ()
    variants: tuple[Variant, ...] = ()
    line: int = 0

    @property
    def final(self) -> bool:
        """Whether the talk ends here."""
        return not self.branches

    def shown(self, channel: Channel, mood: Mood) -> Lines:
        """Its lines for a channel and a mood."""
        fitting = [v for v in self.variants if _fits(v.channels, v.moods, channel, mood)]
        lines = self.lines
        for variant in sorted(fitting, key=lambda v: v.narrowness):
            other = variant.lines
            lines = Lines(
                say=other.say or lines.say,
                do=other.do or lines.do,
                ask=other.ask or lines.ask,
                dont=other.dont or lines.dont,
                aid=other.aid or lines.aid,
            )
        return lines

    def offered(self, channel: Channel, mood: Mood) -> tuple[Branch, ...]:
        """Its ways on for a channel and a mood."""
        return tuple(branch for branch in self.branches if branch.offered(channel, mood))


@dataclass(frozen=True, slots=True)
class Script:
    """One script: the base one, or a playbook for one side.

    Attributes:
        code: unique; ``base``, ``noise``, ``noise_other``.
        playbook: what topics name (`Topic.script`); "" for the base script.
        can: what the desk can do. cannot: what it cannot. ask_whom: who else decides. never: what must not
            be done, ever.
        laws: codes of `law.toml`.
        where: the line of a key of its file, for faults that show only beside other scripts.
    """

    code: str
    title: Label
    playbook: str
    side: Side
    start: str
    can: tuple[Label, ...]
    cannot: tuple[Label, ...]
    ask_whom: tuple[Label, ...]
    never: tuple[Label, ...]
    laws: tuple[str, ...]
    steps: tuple[Step, ...]
    file: str = ""
    where: Where = field(default=nowhere, compare=False, repr=False)

    def step(self, name: str) -> Step:
        """A step by its id.

        Raises:
            KeyError: it has no such step.
        """
        for step in self.steps:
            if step.id == name:
                return step
        raise KeyError(f"{self.code}:{name}")


_BRACES = re.compile(r"\{([^{}]*)\}")
_LOOSE_BRACES = re.compile(r"[{}\uff5b\uff5d]")
"""A brace without its partner, or a full-width one, would be read out as it stands."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def filled(line: str, answers: Mapping[Field, str]) -> str:
    """A spoken line with the answers in it; what has no answer yet stays open as ``……``."""
    return _BRACES.sub(lambda match: answers.get(Field(match[1]), "") or "……", line)


def parse_script(source: Source) -> Script:
    """One script file.

    Raises:
        BadDataFile: with every fault by line and key: unknown keys, a caption without its English, a line
            too long to say, a field that is none, a step that stands twice. What needs the other scripts
            is checked by `playbooks.check_library`.
    """
    root = source.root
    playbook = root.code("playbook") if "playbook" in root else ""
    steps = [(entry, _step(entry, source, index)) for index, entry in enumerate(root.entries("steps"))]
    report_twice(((entry, step.id) for entry, step in steps), "id")
    script = Script(
        code=root.code(),
        title=_caption(root, "title", root.text("title")),
        playbook=playbook,
        side=root.choice("side", Side, Side.COMPLAINANT),
        start=root.text("start"),
        can=_captions(root, "can", required=bool(playbook)),
        cannot=_captions(root, "cannot", required=bool(playbook)),
        ask_whom=_captions(root, "ask_whom", required=bool(playbook)),
        never=_captions(root, "never", required=bool(playbook)),
        laws=root.texts("laws", ()),
        steps=tuple(step for _, step in steps),
        file=source.file,
        where=root.line_of,
    )
    if script.start and script.start not in {step.id for step in script.steps}:
        root.fault("start", "unknown_target", value=script.start)
    source.finish()
    return script


def _step(entry: Entry, source: Source, index: int) -> Step:
    first, last = source.span_of("steps", index)
    step = Step(
        id=entry.code("id"),
        phase=entry.choice("phase", Phase),
        title=_caption(entry, "title", entry.text("title")),
        lines=_lines(entry),
        branches=tuple(_branch(branch) for branch in entry.entries("branches", required=False)),
        variants=tuple(_variant(variant) for variant in entry.entries("variants", required=False)),
        line=first,
    )
    placed = []
    for branch in step.branches:
        written = (n for n in range(first, last) if f'"{branch.to}"' in source.lines[n - 1])
        placed.append(replace(branch, line=next(written, first)))
    if not step.lines.say and not step.lines.do:
        entry.fault("say", "missing")
    return replace(step, branches=tuple(placed))


def _lines(entry: Entry) -> Lines:
    return Lines(
        say=tuple(_spoken(entry, "say", line) for line in entry.texts("say", ())),
        do=_captions(entry, "do", required=False),
        ask=tuple(_ask(ask) for ask in entry.entries("ask", required=False)),
        dont=_captions(entry, "dont", required=False),
        aid=_caption(entry, "aid", entry.text("aid")) if "aid" in entry else None,
    )


def _ask(entry: Entry) -> Ask:
    return Ask(entry.choice("field", Field), _spoken(entry, "line", entry.text("line")))


def _branch(entry: Entry) -> Branch:
    return Branch(
        to=entry.text("to"),
        label=_caption(entry, "label", entry.text("label")),
        channels=frozenset(entry.choices("channels", Channel, ())),
        moods=frozenset(entry.choices("moods", Mood, ())),
    )


def _variant(entry: Entry) -> Variant:
    variant = Variant(
        lines=_lines(entry),
        channels=frozenset(entry.choices("channels", Channel, ())),
        moods=frozenset(entry.choices("moods", Mood, ())),
    )
    if not variant.narrowness:
        entry.fault("", "variant_unbound")
    return variant


def _captions(entry: Entry, key: str, *, required: bool) -> tuple[Label, ...]:
    return tuple(_caption(entry, key, text) for text in entry.texts(key, None if required else ()))


def _caption(entry: Entry, key: str, written: str) -> Label:
    """A caption written ``中文 | English``."""
    chinese, bar, english = (part.strip() for part in written.partition(" | "))
    if written and (not bar or not chinese or not english or _CHINESE.search(english)):
        entry.fault(key, "no_english", written=written, value=written)
    if _BRACES.search(written) or _LOOSE_BRACES.search(written):
        entry.fault(key, "bad_braces", written=written, value=written)  # only spoken lines are filled
    return Label(chinese, english or chinese)


def _spoken(entry: Entry, key: str, line: str) -> str:
    if not line.strip():
        entry.fault(key, "empty", written=f'"{line}"')
    if len(line) > LONGEST_LINE:
        entry.fault(key, "too_long", written=line, limit=LONGEST_LINE)
    for name in _BRACES.findall(line):
        if name not in set(Field):
            entry.fault(key, "not_one_of", written=line, value=name, choices=", ".join(Field))
    if _LOOSE_BRACES.search(_BRACES.sub("", line)):
        entry.fault(key, "bad_braces", written=line, value=line)
    return line.strip()


def _fits(channels: Iterable[Channel], moods: Iterable[Mood], channel: Channel, mood: Mood) -> bool:
    bound_channels, bound_moods = frozenset(channels), frozenset(moods)
    return (not bound_channels or channel in bound_channels) and (not bound_moods or mood in bound_moods)
