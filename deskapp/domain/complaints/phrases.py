"""Phrases to avoid, marked while a reply or a promise is typed, with a better wording (C10).

At each place the longest match wins. A word that stands inside another word is no alarm: 不 in 不锈钢 is no
refusal, 不行 in 行不行 is a question. The list is data: ``resources/rules/phrases.toml`` ⚙.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deskapp.domain.datatable import Entry, Label, Source, report_twice


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sort of phrase.

    Attributes:
        label: what is wrong with it, in a few words.
        words: marked wherever they stand.
        alone: marked only as a sentence or clause of their own.
        begins: marked only where a clause begins with them.
        unless: longer words in which it is no alarm.
        flat: said flatly; no alarm in a clause that begins with “if” or the like (`Phrases.conditions`).
        better: what to say instead.
        put: the words that take the place of the clause when the better wording is accepted; "" puts
            `better` there. ``……`` in it is left for the clerk to fill in.
        put_word: takes the place of the marked word alone, where only the word is wrong.
    """

    code: str
    label: Label
    words: tuple[str, ...]
    alone: tuple[str, ...]
    unless: tuple[str, ...]
    better: Label
    put: str = ""
    put_word: str = ""
    begins: tuple[str, ...] = ()
    flat: bool = False

    @property
    def marked(self) -> tuple[str, ...]:
        """All its words, wherever they are marked."""
        return (*self.words, *self.alone, *self.begins)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text; ``start`` and ``end`` count characters (code points), the end excluded."""

    start: int
    end: int
    phrase: Phrase

    @property
    def better(self) -> Label:
        """What to say instead."""
        return self.phrase.better


BLANK = "……"
"""Stands in a better wording for what only the clerk knows: who, what time."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What an accepted better wording puts in place of what.

    Attributes:
        start, end: of the text that goes, in characters, the end excluded.
        text: what comes.
        blank: where in ``text`` the first `BLANK` begins; -1 for none.
    """

    start: int
    end: int
    text: str

    @property
    def blank(self) -> int:
        """Where the clerk goes on writing."""
        return self.text.find(BLANK)


def swap(text: str, mark: Mark) -> Swap:
    """The better wording in place of the clause that a phrase stands in, or of the word alone.

    What ends the clause stays: a full stop of the wording does not stand before the text's own comma.
    """
    if mark.phrase.put_word:
        return Swap(mark.start, mark.end, mark.phrase.put_word)
    start, end = clause_of(text, mark.start, mark.end)
    better = mark.phrase.put or mark.phrase.better.zh
    return Swap(start, end, better if end == len(text) else better.rstrip("。；"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases in force, made ready for matching.

    Attributes:
        conditions: words that make a clause a condition: “要是来不了” refuses nothing.
    """

    phrases: tuple[Phrase, ...]
    conditions: tuple[str, ...] = ()
    _of_part: tuple[Phrase, ...] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _shields: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sorts = [
            (word, phrase, before, after)
            for phrase in self.phrases
            for words, before, after in (
                (phrase.words, "", ""),
                (phrase.begins, _CLAUSE_BEGINS, ""),
                (phrase.alone, _CLAUSE_BEGINS, _CLAUSE_ENDS),
            )
            for word in words
        ]
        sorts.sort(key=lambda one: (-len(one[0]), one[0], one[2] == ""))
        shields = sorted(
            {word for phrase in self.phrases for word in phrase.unless}, key=lambda w: (-len(w), w)
        )
        object.__setattr__(self, "_of_part", tuple(phrase for _, phrase, _, _ in sorts))
        object.__setattr__(
            self, "_pattern", _any_of([before + _spelt(w) + end for w, _, before, end in sorts])
        )
        object.__setattr__(self, "_shields", _any_of([_spelt(word) for word in shields]))

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The phrases of a text in their order, none over another."""
        shielded = [_span(match) for match in self._shields.finditer(text)]
        found: list[Mark] = []
        for match in self._pattern.finditer(text):
            start, end = _span(match)
            phrase = self._of_part[(match.lastindex or 1) - 1]
            if any(a <= start and end <= b for a, b in shielded):
                continue
            if phrase.flat and self._is_condition(text, start, end):
                continue
            if found and start < found[-1].end:
                if end - start <= found[-1].end - found[-1].start:
                    continue  # of two that overlap the longer is meant
                found.pop()
            found.append(Mark(start, end, phrase))
        return tuple(found)

    def _is_condition(self, text: str, start: int, end: int) -> bool:
        """Whether the clause of a place only says “if”."""
        first, last = clause_of(text, start, end)
        return any(word in text[first:last] for word in self.conditions)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a place, from punctuation to punctuation, without it."""
    ends = [found.start() for found in re.finditer(_BOUNDARY, text)]
    return (
        max((at + 1 for at in ends if at < start), default=0),
        min((at for at in ends if at >= end), default=len(text)),
    )


_BOUNDARY = r"[\s,.;:!?\"'()~。、…“”‘’《》—\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09\uff5e-]"
"""Ends a clause: of either punctuation, the full-width one written as codes."""


_NOT_BOUNDARY = _BOUNDARY.replace("[", "[^", 1)
_CLAUSE_BEGINS, _CLAUSE_ENDS = f"(?<!{_NOT_BOUNDARY})", f"(?!{_NOT_BOUNDARY})"
_LONGEST_GAP = 8
"""Characters between the parts of a word like ``应该……吧``; they lie in one clause."""


def _spelt(word: str) -> str:
    """The pattern of a word."""
    return f"{_NOT_BOUNDARY}{{1,{_LONGEST_GAP}}}?".join(re.escape(part) for part in word.split(BLANK))


def _any_of(parts: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds, at every place, the first of the parts that fits; its group is that part's.

    It looks ahead without consuming, so that words that overlap are all seen.
    """
    return re.compile("(?=" + "|".join(f"({part})" for part in parts) + ")" if parts else r"(?!)()")


def _span(match: re.Match[str]) -> tuple[int, int]:
    """From where to where the part that fitted reaches."""
    return match.span(match.lastindex or 1)


def parse_phrases(source: Source) -> Phrases:
    """The phrases of ``resources/rules/phrases.toml``.

    Raises:
        BadDataFile: with every fault by line and key: a word in two phrases, an exception that holds none
            of the phrase's words.
    """
    read = [(entry, _phrase(entry)) for entry in source.root.entries("phrases")]
    report_twice((entry, phrase.code) for entry, phrase in read)
    conditions = source.root.texts("conditions", ())
    seen: set[str] = set()
    for entry, phrase in read:
        for word in phrase.marked:
            if word in seen:
                entry.fault("words", "twice", written=f'"{word}"', value=word)
            seen.add(word)
        for word in phrase.unless:
            if not any(part in word and part != word for part in phrase.marked):
                entry.fault("unless", "shields_nothing", written=f'"{word}"', value=word)
    source.finish()
    return Phrases(tuple(phrase for _, phrase in read), conditions)


def _phrase(entry: Entry) -> Phrase:
    return Phrase(
        code=entry.code(),
        label=entry.label(),
        words=entry.texts("words"),
        alone=entry.texts("alone", ()),
        unless=entry.texts("unless", ()),
        better=entry.label("better", "better_en"),
        put=entry.text("put", ""),
        put_word=entry.text("put_word", ""),
        begins=entry.texts("begins", ()),
        flat=entry.flag("flat", default=False),
    )
