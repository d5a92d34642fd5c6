"""The lists a ticket is sorted by (C1, C3, C4); ``resources/rules/classes.toml`` and ``topics.toml`` ⚙.

Lists that a rule asks about are enumerations: a company words them, but neither adds nor drops a value.
The others (causes, topics) are the company's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from deskapp.domain.datatable import Entry, Label, Source, Where, nowhere, report_twice


class Channel(StrEnum):
    """How it reached the desk (C1)."""

    COUNTER = "counter"
    PHONE = "phone"
    LETTER = "letter"
    WEB = "web"
    BOX = "box"
    """The suggestion box."""
    HOTLINE = "hotline"
    """The company's supervision hotline."""
    AUTHORITY = "authority"
    STAFF = "staff"
    """Somebody of the staff noticed it."""


WRITTEN = frozenset({Channel.LETTER, Channel.AUTHORITY})
"""Goes to the supervisor, who approves the reply (C3)."""

CONDUCT_CAUSE, CONDUCT_TOPIC = "service_attitude", "staff"
"""What is about the conduct of staff, as a cause and as a topic."""


def about_conduct(cause: str, topic: str) -> bool:
    """Whether staff are complained about: course, witnesses, evidence and a signature belong to it (C3)."""
    return cause == CONDUCT_CAUSE or topic == CONDUCT_TOPIC


class Kind(StrEnum):
    """What it is (C1)."""

    COMPLAINT = "complaint"
    REPAIR = "repair"
    HELP = "help"
    ENQUIRY = "enquiry"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Target(StrEnum):
    """Against whom (C4); decides the clock (C6)."""

    MANAGEMENT = "management"
    RESIDENTS = "residents"
    DEVELOPER = "developer"
    AUTHORITY = "authority"
    """An authority or a utility."""


class Nature(StrEnum):
    """What stands behind it (C4)."""

    VALID = "valid"
    HELP = "help"
    ENQUIRY = "enquiry"
    VENTING = "venting"


COMMUNICATIVE = frozenset({Nature.HELP, Nature.ENQUIRY, Nature.VENTING})
"""Settled by talking well rather than by repairing (C4)."""


class Grounds(StrEnum):
    """Whether it has reason on its side (C4)."""

    REASONABLE = "reasonable"
    UNREASONABLE = "unreasonable"
    MALICIOUS = "malicious"


class Motive(StrEnum):
    """What the person wants at heart; a judgement of a person (C4)."""

    RESPECT = "respect"
    VENTING = "venting"
    COMPENSATION = "compensation"
    SOLUTION = "solution"


class PersonKind(StrEnum):
    """What kind of complainant; a judgement of a person (C4)."""

    FIRST_TIME = "first_time"
    REPEATED = "repeated"
    SPOKESMAN = "spokesman"
    """Speaks for others."""
    PROFESSIONAL = "professional"
    """Knows the rules and uses them."""
    VULNERABLE = "vulnerable"
    """Old, ill, alone, with small children: needs more care, not less."""


class Place(StrEnum):
    """Where it happened (C3)."""

    INDOORS = "indoors"
    CORRIDOR = "corridor"
    LIFT = "lift"
    GROUNDS = "grounds"
    GARAGE = "garage"
    OUTSIDE = "outside"


class TopicGroup(StrEnum):
    """What sort of topic; neighbour and developer topics are lists of their own (C4)."""

    NEIGHBOUR = "neighbour"
    DEVELOPER = "developer"
    UTILITIES = "utilities"
    BUILDING = "building"
    ORDER = "order"
    SERVICE = "service"


class Scope(StrEnum):
    """How near two houses must be for one topic to be one matter (C11)."""

    HOUSE = "house"
    """Only the same house: a leak here is not the leak there."""
    ENTRANCE = "entrance"
    BUILDING = "building"
    ESTATE = "estate"


class Follow(StrEnum):
    """Which call-back time a topic has (C13)."""

    SAFETY = "safety"
    LEAK = "leak"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Named:
    """One entry of a list and its name."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Topic:
    """What a ticket is about ⚙.

    Attributes:
        target: against whom it usually goes.
        script: code of its playbook (C9), "" for the base script alone.
        words: words that tell it in a text, longest counting most.
        scope: how near other households must be to be of the same matter.
        window_hours: within how long.
        follow: which call-back time.
        place_is_enough: two households near enough that speak of it mean one matter, as of an outage; else
            they must use a common word as well.
        apart: groups of words, each written ``甲 乙 丙``: two texts that name different groups only, such as
            two different shops, are two matters.
        utility: water or power: the 24-hour clock with the reply recorded (C6).
        where: the line of a key of its entry, for faults that show only beside the scripts.
    """

    code: str
    label: Label
    group: TopicGroup
    target: Target
    script: str
    words: tuple[str, ...]
    scope: Scope
    window_hours: int
    follow: Follow
    utility: bool
    place_is_enough: bool = False
    apart: tuple[tuple[str, ...], ...] = ()
    where: Where = field(default=nowhere, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Classes:
    """Every list as the company words it."""

    channels: tuple[Named, ...]
    kinds: tuple[Named, ...]
    targets: tuple[Named, ...]
    natures: tuple[Named, ...]
    grounds: tuple[Named, ...]
    motives: tuple[Named, ...]
    person_kinds: tuple[Named, ...]
    places: tuple[Named, ...]
    causes: tuple[Named, ...]
    topics: tuple[Topic, ...]

    def topic(self, code: str) -> Topic:
        """A topic by its code.

        Raises:
            KeyError: there is none.
        """
        for topic in self.topics:
            if topic.code == code:
                return topic
        raise KeyError(code)

    def topics_of(self, group: TopicGroup) -> tuple[Topic, ...]:
        """The topics of a group in their order, such as the ten of the developer."""
        return tuple(topic for topic in self.topics if topic.group is group)


@dataclass(frozen=True, slots=True)
class Classification:
    """How one ticket is sorted; "" or None where nobody has said."""

    kind: Kind
    topic: str = ""
    cause: str = ""
    target: Target | None = None
    nature: Nature | None = None
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is thought of the person: for supervisors' eyes only, never printed (C4)."""

    motive: Motive | None = None
    person_kind: PersonKind | None = None


SUPERVISORS_ONLY = ("motive", "person_kind")
"""The fields of `Judgement`; a view for a clerk and every paper leave them out."""


def for_paper(found: Classification) -> Classification:
    """The classification as a record prints it: without a word that judges the person (C4)."""
    grounds = None if found.grounds is Grounds.MALICIOUS else found.grounds
    return Classification(found.kind, found.topic, found.cause, found.target, found.nature, grounds)


def judgement_for(found: Judgement, *, supervisor: bool) -> Judgement:
    """What a person may see of it."""
    return found if supervisor else Judgement()


_ENUMS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "channels": Channel,
        "kinds": Kind,
        "targets": Target,
        "natures": Nature,
        "grounds": Grounds,
        "motives": Motive,
        "person_kinds": PersonKind,
        "places": Place,
    }
)
_Value = TypeVar("_Value", bound=StrEnum)


def parse_classes(source: Source, topics: Iterable[Topic]) -> Classes:
    """The lists of ``resources/rules/classes.toml``, with the topics of their own file.

    Raises:
        BadDataFile: with every fault by line and key; a list of an enumeration names each value once.
    """
    lists = {key: _worded(source.root, key, kinds) for key, kinds in _ENUMS.items()}
    causes = [(entry, Named(entry.code(), entry.label())) for entry in source.root.entries("causes")]
    report_twice((entry, named.code) for entry, named in causes)
    source.finish()
    return Classes(**lists, causes=tuple(named for _, named in causes), topics=tuple(topics))


def parse_topics(source: Source) -> tuple[Topic, ...]:
    """The topics of ``resources/rules/topics.toml`` in their order.

    Raises:
        BadDataFile: with every fault by line and key; a word that two topics claim is one.
    """
    read = [(entry, _topic(entry)) for entry in source.root.entries("topics")]
    report_twice((entry, topic.code) for entry, topic in read)
    claimed: dict[str, str] = {}
    for entry, topic in read:
        for word in topic.words:
            if claimed.setdefault(word, topic.code) != topic.code:
                entry.fault("words", "word_claimed", written=f'"{word}"', value=word, topic=claimed[word])
    source.finish()
    return tuple(topic for _, topic in read)


def _worded(root: Entry, key: str, kinds: type[_Value]) -> tuple[Named, ...]:
    read = [(entry, entry.choice("code", kinds), entry.label()) for entry in root.entries(key)]
    report_twice((entry, value.value) for entry, value, _ in read)
    named = {value for _, value, _ in read}
    for value in kinds:
        if read and value not in named:
            root.fault(key, "not_listed", value=value.value)
    return tuple(Named(value.value, label) for _, value, label in read)


def _apart(entry: Entry) -> tuple[tuple[str, ...], ...]:
    groups = tuple(tuple(group.split()) for group in entry.texts("apart", ()))
    if len(groups) == 1 or not all(groups):
        entry.fault("apart", "one_group")
    words = [word for group in groups for word in group]
    for word in sorted({word for word in words if words.count(word) > 1}):
        entry.fault("apart", "twice", written=word, value=word)
    return groups


def _topic(entry: Entry) -> Topic:
    words = entry.texts("words", ())
    for word in words:
        if len(word.strip()) < 2 or word != word.strip():
            entry.fault("words", "word_too_short", written=f'"{word}"', value=word)
    return Topic(
        code=entry.code(),
        label=entry.label(),
        group=entry.choice("group", TopicGroup),
        target=entry.choice("target", Target),
        script=entry.code("script") if "script" in entry else "",
        words=words,
        scope=entry.choice("scope", Scope, Scope.HOUSE),
        window_hours=entry.whole("window_hours", 1, 24 * 90, 72),
        follow=entry.choice("follow", Follow, Follow.OTHER),
        utility=entry.flag("utility", default=False),
        place_is_enough=entry.flag("place_is_enough", default=False),
        apart=_apart(entry),
        where=entry.line_of,
    )
