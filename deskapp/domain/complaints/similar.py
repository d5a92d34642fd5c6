"""Whether two complaints are one matter (C11): by house, place, topic, words and time.

Two questions are asked of it. While a clerk types: which open tickets are like this (`similar`; better one
too many)? And by itself: which of them are the same matter (`linked`, `incidents`; better one too few)?

The store keeps `keys_of` each open ticket in an index and looks new texts up by equality, a few of the
newest tickets for each key, so that a search costs the same among a hundred tickets and a hundred thousand.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from deskapp.domain.complaints.classes import Scope, Topic
from deskapp.domain.complaints.severity import Came, distinct_households
from deskapp.domain.datatable import Source


class Likeness(StrEnum):
    """Why two tickets seem alike."""

    SAME_HOUSE = "same_house"
    SAME_ENTRANCE = "same_entrance"
    SAME_BUILDING = "same_building"
    SAME_TOPIC = "same_topic"
    SAME_WORDS = "same_words"
    CHASED = "chased"
    """The household asks again after what is open."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The settings of ``resources/rules/matching.toml`` ⚙.

    Attributes:
        again_days: within how long the same household means the same matter by the same topic.
        households: from how many distinct households on a group is pointed out as an incident.
        offer_from: percent of likeness from which a ticket is offered. offered: how many at most.
        per_key: how many of the newest tickets the store fetches for each key.
        chase: words of somebody who asks again. ignored: pairs of characters that tell nothing.
    """

    again_days: int
    households: int
    offer_from: int
    offered: int
    per_key: int
    chase: tuple[str, ...]
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody lives: stable texts, "" where unknown. An anonymous caller has none at all."""

    house: str = ""
    building: str = ""
    entrance: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A ticket as far as likeness goes.

    Attributes:
        id: the ticket's.
        topics: those of its text, and the one the clerk chose first.
        main: of these the chosen one and the likeliest: what it is about, not what it also mentions.
    """

    id: str
    at: datetime
    spot: Spot
    text: str
    topics: tuple[str, ...]
    main: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that is like the new one: percent of likeness, and why."""

    id: str
    percent: int
    why: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Tickets that are one matter.

    Attributes:
        ids: in the order in which they came.
        households: distinct households in the order in which they first came.
        topics: what all of it is about, the most frequent first.
    """

    ids: tuple[str, ...]
    households: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """The rules of likeness with the topics in force, made ready for many texts."""

    matching: Matching
    topics: tuple[Topic, ...]
    _topic_of: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _words: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _by_code: Mapping[str, Topic] = field(init=False, repr=False, compare=False)
    _order: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _weighed: Callable[[str], Mapping[str, int]] = field(init=False, repr=False, compare=False)
    """`_weigh`, kept for a while: the same open tickets are compared again at every pause in typing."""

    def __post_init__(self) -> None:
        topic_of = {word: topic.code for topic in self.topics for word in topic.words}
        longest_first = sorted(topic_of, key=lambda word: (-len(word), word))
        pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        object.__setattr__(self, "_topic_of", MappingProxyType(topic_of))
        object.__setattr__(self, "_words", pattern)
        object.__setattr__(self, "_by_code", MappingProxyType({t.code: t for t in self.topics}))
        object.__setattr__(self, "_order", {topic.code: place for place, topic in enumerate(self.topics)})
        object.__setattr__(self, "_weighed", lru_cache(maxsize=4096)(self._weigh))

    def topics_of(self, text: str) -> tuple[str, ...]:
        """What a text is about, the likeliest first: every topic with half the weight of the first."""
        return tuple(self._weighed(text))

    def _weigh(self, text: str) -> Mapping[str, int]:
        """The topics of a text in their order, with the characters of the words that tell each."""
        weights: dict[str, int] = {}
        for word in self._words_of(text):
            topic = self._topic_of[word]
            weights[topic] = weights.get(topic, 0) + len(word)
        best = max(weights.values(), default=0)
        heavy = [code for code in weights if 2 * weights[code] >= best]
        heavy.sort(key=lambda code: (-weights[code], self._order[code]))
        return {code: weights[code] for code in heavy}

    def _words_of(self, text: str) -> set[str]:
        """The words of any topic in a text."""
        return set(self._words.findall(_folded(text)))

    def report(self, ticket: str, at: datetime, spot: Spot, text: str, topic: str = "") -> Report:
        """A ticket made ready; ``topic`` is the clerk's choice, which comes before what the words say."""
        found = self._weighed(text)
        best = max(found.values(), default=0)
        chosen = (topic,) if topic in self._by_code else ()
        topics = chosen + tuple(code for code in found if code != topic)
        main = tuple(code for code in topics if code in chosen or found[code] == best)
        return Report(ticket, at, spot, text, topics, main)

    def keys_of(self, report: Report) -> tuple[str, ...]:
        """The keys of a ticket in the index, and those a new text is looked up by; at most 48 characters."""
        spot = report.spot
        keys = [f"h:{spot.house}"] if spot.house else []
        for code in report.topics:
            estate_wide = self._by_code[code].scope is Scope.ESTATE
            keys.append(f"t:{code}" if estate_wide or not spot.building else f"t:{code}@{spot.building}")
        keys += [f"x:{band}" for band in _bands(self._pairs(report.text))]
        return tuple(dict.fromkeys(key[:LONGEST_KEY] for key in keys))

    def chases(self, report: Report) -> bool:
        """Whether the text asks after something that is open already."""
        folded = _folded(report.text)
        return any(word in folded for word in self.matching.chase)

    def similar(self, new: Report, candidates: Iterable[Report]) -> tuple[Found, ...]:
        """The tickets to be offered while typing, the likest first."""
        chased, pairs = self.chases(new), self._pairs(new.text)
        found = []
        for other in candidates:
            if other.id == new.id:
                continue
            percent, why = self._likeness(new, pairs, chased, other)
            if percent >= self.matching.offer_from:
                found.append((percent, other.at, Found(other.id, percent, why)))
        found.sort(key=lambda one: (-one[0], -one[1].timestamp(), one[2].id))
        return tuple(one[2] for one in found[: self.matching.offered])

    def linked(self, new: Report, candidates: Iterable[Report]) -> tuple[str, ...]:
        """The tickets that are the same matter as the new one, the newest first.

        A household that only asks again is linked to the newest of its open tickets.
        """
        earlier = sorted(candidates, key=lambda other: (other.at, other.id), reverse=True)
        others = [other for other in earlier if other.id != new.id]
        found = tuple(other.id for other in others if self._same_matter(new, other))
        if found or not self.chases(new) or new.topics:
            return found
        own = (other.id for other in others if self._same_household(new, other))
        return tuple([*own][:1])

    def incidents(self, reports: Sequence[Report]) -> tuple[Incident, ...]:
        """The matters among tickets, each with two tickets at least, in the order in which they began."""
        in_order = sorted(reports, key=lambda one: (one.at, one.id))
        group_of: dict[str, list[Report]] = {}
        for at, new in enumerate(in_order):
            joined = [new]
            for ticket in self.linked(new, in_order[:at]):
                if group_of[ticket] is not joined:
                    joined = _joined(group_of, group_of[ticket], joined)
            for one in joined:
                group_of[one.id] = joined
        groups = {id(group): group for group in group_of.values() if len(group) > 1}
        found = [_incident(sorted(group, key=lambda one: (one.at, one.id))) for group in groups.values()]
        place = {one.id: number for number, one in enumerate(in_order)}
        return tuple(sorted(found, key=lambda incident: place[incident.ids[0]]))

    def is_mass(self, incident: Incident) -> bool:
        """Whether so many households came that it is pointed out by itself."""
        return len(incident.households) >= self.matching.households

    def _same_household(self, new: Report, other: Report) -> bool:
        near = abs(new.at - other.at) <= timedelta(days=self.matching.again_days)
        return near and bool(new.spot.house) and new.spot.house == other.spot.house

    def _same_matter(self, new: Report, other: Report) -> bool:
        shared = [self._by_code[code] for code in new.topics if code in other.topics]
        if self._same_household(new, other):
            return bool(shared)
        if shared:
            main = [topic for topic in shared if topic.code in new.main and topic.code in other.main]
            return any(self._one_matter(topic, new, other) for topic in main)
        silent = not new.topics and not other.topics
        near = bool(new.spot.building) and new.spot.building == other.spot.building
        soon = abs(new.at - other.at) <= _UNSORTED_WINDOW
        return silent and near and soon and _dice(self._pairs(new.text), self._pairs(other.text)) >= _ALIKE

    def _one_matter(self, topic: Topic, new: Report, other: Report) -> bool:
        """Whether two households that speak of a topic mean the same by it: near, soon, and not apart."""
        near = _within(topic.scope, new.spot, other.spot)
        soon = abs(new.at - other.at) <= timedelta(hours=topic.window_hours)
        if not (near and soon) or _apart(topic, new.text, other.text):
            return False
        return topic.place_is_enough or self._speaks_alike(topic, new.text, other.text)

    def _speaks_alike(self, topic: Topic, one: str, other: str) -> bool:
        both = self._words_of(one) & self._words_of(other)
        if any(self._topic_of[word] == topic.code for word in both):
            return True
        return _dice(self._pairs(one), self._pairs(other)) >= _FEW_WORDS

    def _likeness(
        self, new: Report, pairs: frozenset[str], chased: bool, other: Report
    ) -> tuple[int, tuple[Likeness, ...]]:
        percent, why = 0.0, []
        place = _nearness(new.spot, other.spot)
        if place is not None:
            percent += _PLACE_PERCENT[place]
            why.append(place)
        if set(new.topics) & set(other.topics):
            percent += 35
            why.append(Likeness.SAME_TOPIC)
        words = _dice(pairs, self._pairs(other.text))
        percent += 40 * words
        if words >= _FEW_WORDS:
            why.append(Likeness.SAME_WORDS)
        if chased and place is Likeness.SAME_HOUSE:
            percent += 20
            why.append(Likeness.CHASED)
        days = abs(new.at - other.at) / timedelta(days=1)
        percent += max(10 * (1 - days / max(self.matching.again_days, 1)), 0)
        return min(round(percent), 100), tuple(why)

    def _pairs(self, text: str) -> frozenset[str]:
        """The pairs of neighbouring characters of a text that tell something."""
        return _pairs_of(text) - self.matching.ignored


LONGEST_KEY = 48
"""Characters of a key of the index."""

_UNSORTED_WINDOW = timedelta(hours=72)
_ALIKE = 0.5
"""Share of common pairs from which texts without a topic are one matter."""
_FEW_WORDS = 0.25
_PLACE_PERCENT = {Likeness.SAME_HOUSE: 35, Likeness.SAME_ENTRANCE: 18, Likeness.SAME_BUILDING: 12}
_BANDS, _ROWS = 4, 2
_RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")


@lru_cache(maxsize=4096)
def _pairs_of(text: str) -> frozenset[str]:
    """Kept for a while: the same open tickets are compared again at every pause in typing."""
    runs = _RUNS.findall(_folded(text))
    return frozenset(run[at : at + 2] for run in runs for at in range(max(len(run) - 1, 1)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of pairs that two texts have in common, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _bands(pairs: frozenset[str]) -> tuple[str, ...]:
    """Short marks that texts with many pairs in common are likely to share (a min-hash)."""
    if len(pairs) < _BANDS:
        return ()
    codes = [pair.encode() for pair in pairs]
    least = [min(zlib.crc32(code, seed * 0x9E3779B1 & 0xFFFFFFFF) for code in codes) for seed in _SEEDS]
    rows = range(0, _BANDS * _ROWS, _ROWS)
    return tuple(f"{n // _ROWS}{zlib.crc32(str(least[n : n + _ROWS]).encode()):08x}" for n in rows)


_SEEDS = range(1, _BANDS * _ROWS + 1)


def _nearness(one: Spot, other: Spot) -> Likeness | None:
    if one.house and one.house == other.house:
        return Likeness.SAME_HOUSE
    if not one.building or one.building != other.building:
        return None
    return Likeness.SAME_ENTRANCE if one.entrance == other.entrance else Likeness.SAME_BUILDING


def _apart(topic: Topic, one: str, other: str) -> bool:
    """Whether two texts of a topic name different things only: two shops, a road lamp and a gate."""
    if not topic.apart:
        return False
    first, second = (
        {at for at, group in enumerate(topic.apart) if any(word in _folded(text) for word in group)}
        for text in (one, other)
    )
    return bool(first and second) and not first & second


def _within(scope: Scope, one: Spot, other: Spot) -> bool:
    """Whether two households are near enough for one matter."""
    near = _nearness(one, other)
    return {
        Scope.HOUSE: near is Likeness.SAME_HOUSE,
        Scope.ENTRANCE: near in (Likeness.SAME_HOUSE, Likeness.SAME_ENTRANCE),
        Scope.BUILDING: near is not None,
        Scope.ESTATE: True,
    }[scope]


def _joined(group_of: dict[str, list[Report]], one: list[Report], other: list[Report]) -> list[Report]:
    """Two groups made one; every ticket knows its group."""
    one += other
    for report in one:
        group_of[report.id] = one
    return one


def _incident(group: list[Report]) -> Incident:
    counts: dict[str, int] = {}
    for report in group:
        for code in report.topics:
            counts[code] = counts.get(code, 0) + 1
    common = tuple(sorted(counts, key=lambda code: (-counts[code], code)))
    households = distinct_households(Came(report.spot.house, report.at) for report in group)
    return Incident(tuple(report.id for report in group), households, common)


def parse_matching(source: Source) -> Matching:
    """The settings of ``resources/rules/matching.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    root = source.root
    matching = Matching(
        again_days=root.whole("again_days", 1, 365),
        households=root.whole("households", 2, 1000),
        offer_from=root.whole("offer_from", 1, 100),
        offered=root.whole("offered", 1, 50),
        per_key=root.whole("per_key", 1, 1000),
        chase=root.texts("chase", ()),
        ignored=frozenset(root.texts("ignored", ())),
    )
    for word in matching.ignored:
        if len(word) != 2:
            root.fault("ignored", "not_pair", written=f'"{word}"', value=word)
    source.finish()
    return matching
