"""Phrases to avoid, marked while a reply or a promise is typed, with a better wording (C10).

At each place the longest match wins. A word that stands inside another word is no alarm: 不 in 不锈钢 is no
refusal, 不行 in 行不行 is a question. The list is data: ``resources/rules/phrases.toml`` ⚙.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from deskapp.domain.datatable import Entry, Label, Source, report_twice


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sort of phrase.

    Attributes:
        label: what is wrong with it, in a few words.
        words: marked wherever they stand.
        alone: marked only as a sentence or clause of their own.
        unless: longer words in which it is no alarm.
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
    ends = [found.start() for found in re.finditer(_BOUNDARY, text)]
    start = max((at + 1 for at in ends if at < mark.start), default=0)
    end = min((at for at in ends if at >= mark.end), default=len(text))
    better = mark.phrase.put or mark.phrase.better.zh
    return Swap(start, end, better if end == len(text) else better.rstrip("。；"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases in force, made ready for matching."""

    phrases: tuple[Phrase, ...]
    _of_word: dict[str, Phrase] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _shields: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {word: phrase for phrase in self.phrases for word in (*phrase.alone, *phrase.words)}
        alone = {word for phrase in self.phrases for word in phrase.alone}
        shields = {word for phrase in self.phrases for word in phrase.unless}
        object.__setattr__(self, "_of_word", words)
        object.__setattr__(self, "_pattern", _any_of(words, alone))
        object.__setattr__(self, "_shields", _any_of(shields, ()))

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The phrases of a text in their order, none over another."""
        shielded = [match.span(1) for match in self._shields.finditer(text)]
        found: list[Mark] = []
        for match in self._pattern.finditer(text):
            start, end = match.span(1)
            if found and start < found[-1].end:
                continue  # inside the phrase before it
            if not any(a <= start and end <= b for a, b in shielded):
                found.append(Mark(start, end, self._of_word[match[1]]))
        return tuple(found)


_BOUNDARY = r"[\s,.;:!?\"'()~。、…“”‘’《》—\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09\uff5e-]"
"""Ends a clause: of either punctuation, the full-width one written as codes."""


def _any_of(words: object, alone: object) -> re.Pattern[str]:
    """A pattern that finds, at every place, the longest of the words; group 1 is the word.

    It looks ahead without consuming, so that words that overlap are all seen.
    """
    assert isinstance(words, dict | set)
    assert isinstance(alone, set | tuple)
    parts = [
        rf"(?<!{_NOT_BOUNDARY}){re.escape(word)}(?!{_NOT_BOUNDARY})" if word in alone else re.escape(word)
        for word in sorted(words, key=lambda w: (-len(w), w))
    ]
    return re.compile(f"(?=({'|'.join(parts)}))" if parts else r"(?!)()")


_NOT_BOUNDARY = _BOUNDARY.replace("[", "[^", 1)


def parse_phrases(source: Source) -> Phrases:
    """The phrases of ``resources/rules/phrases.toml``.

    Raises:
        BadDataFile: with every fault by line and key: a word in two phrases, an exception that holds none
            of the phrase's words.
    """
    read = [(entry, _phrase(entry)) for entry in source.root.entries("phrases")]
    report_twice((entry, phrase.code) for entry, phrase in read)
    seen: set[str] = set()
    for entry, phrase in read:
        for word in (*phrase.words, *phrase.alone):
            if word in seen:
                entry.fault("words", "twice", written=f'"{word}"', value=word)
            seen.add(word)
        for word in phrase.unless:
            if not any(part in word and part != word for part in (*phrase.words, *phrase.alone)):
                entry.fault("unless", "shields_nothing", written=f'"{word}"', value=word)
    source.finish()
    return Phrases(tuple(phrase for _, phrase in read))


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
    )
