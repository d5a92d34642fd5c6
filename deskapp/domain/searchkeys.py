"""The search box's own index: what a household is found by, and what a typed text may mean (A2).

Every key is a text of one kind. A household is found if every term of the query has one alternative that is
the beginning of one of its keys, so that both databases answer with a range over an ordinary index in
code-point order (SQLite ``BINARY``, PostgreSQL ``COLLATE "C"``). What is said from its end (phone, plate,
document) is stored backwards as well, names from each of their characters on.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice, product

from deskapp.domain import surnames
from deskapp.domain.identity import phone_digits
from deskapp.domain.places import (
    KIND_MARK,
    LabelQuery,
    Place,
    PlaceKind,
    fold_phase,
    fold_room,
    parse_label,
)


class KeyKind(StrEnum):
    """What a key is made from; the values are stored."""

    ROOM = "room"
    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    PHONE = "phone"
    PLATE = "plate"
    DOCUMENT = "document"
    ID_TAIL = "id_tail"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One entry of the index; `text` is folded and at most `LONGEST` characters."""

    text: str
    kind: KeyKind


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What one household can be found by.

    Attributes:
        id_tails: the last characters of its people's identity numbers; the last six are kept, never more.
        documents: numbers of its papers and contract.
    """

    place: Place
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    id_tails: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One meaning of a typed word: keys of the kind that begin with `prefix`; see `prefix_range`."""

    kind: KeyKind
    prefix: str

    @property
    def bounds(self) -> tuple[str, str]:
        """The range of keys, the upper end excluded."""
        return prefix_range(self.prefix)


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word; a household matches it by any of its alternatives."""

    text: str
    alternatives: tuple[Alternative, ...]

    def met_by(self, keys: Iterable[Key]) -> bool:
        """Whether a household with these keys matches the word."""
        return any(
            key.kind is meant.kind and key.text.startswith(meant.prefix)
            for key in keys
            for meant in self.alternatives
        )


LONGEST = 24
"""Characters of a key; longer texts are cut on both sides alike."""

_LONGEST_INITIALS = 8
_STARTS = 12
"""A name is found from each of its first characters on, this many."""
_VARIANTS = 4
"""Ways of reading a whole name aloud that are kept."""
_BACKWARDS = "~"
"""Marks keys and prefixes that are written from their end."""
_LAST = 0x10FFFF

_ACCENT = re.compile("[\u0300-\u036f]")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_U_UMLAUT = str.maketrans("üǖǘǚǜ", "vvvvv")


def keys_for(entry: SearchEntry) -> frozenset[Key]:
    """Everything one household is found by; about thirty keys for two owners."""
    keys: set[Key] = {Key(text[:LONGEST], KeyKind.ROOM) for text in _room_keys(entry.place)}
    for name in entry.names:
        keys.update(name_keys(name))
    for phone in entry.phones:
        if digits := phone_digits(phone):
            keys.add(Key(digits[::-1][:LONGEST], KeyKind.PHONE))
    for number in entry.id_tails:
        keys.add(Key(_squeezed(number)[-6:][::-1], KeyKind.ID_TAIL))
    for plate in entry.plates:
        keys.update(Key(text, KeyKind.PLATE) for text in _plate_keys(_squeezed(plate)[:LONGEST]))
    for number in entry.documents:
        text = _squeezed(number)[:LONGEST]
        keys.update((Key(text, KeyKind.DOCUMENT), Key(_BACKWARDS + text[::-1], KeyKind.DOCUMENT)))
    return frozenset(key for key in keys if key.text.strip(_BACKWARDS))


_HALF_TYPED = re.compile(r"(?<=\d)[单号]$")
"""The first half of 单元 or 号楼, while the second is still being typed."""


def query_keys(text: str) -> tuple[Term, ...]:
    """What a typed or scanned text may mean; all its words must be met. Empty: nothing to look for."""
    words = _HALF_TYPED.sub("", unicodedata.normalize("NFKC", text).casefold()).split()
    return tuple(Term(word, tuple(dict.fromkeys(_meanings(word)))) for word in words if _squeezed(word))


def prefix_range(prefix: str) -> tuple[str, str]:
    """The range ``low <= key < high`` that holds exactly the keys beginning with `prefix`.

    In order of code points, which is the byte order of UTF-8. U+10FFFF is not a character and in no key.
    """
    for at in range(len(prefix) - 1, -1, -1):
        if (code := ord(prefix[at])) < _LAST:
            after = 0xE000 if code == 0xD7FF else code + 1  # surrogates are no characters
            return prefix, prefix[:at] + chr(after)
    return prefix, prefix + chr(_LAST)


def name_keys(name: str) -> set[Key]:
    """Keys of one name, from each of its characters or foreign words on: written, in pinyin, in initials."""
    keys: set[Key] = set()
    parts = _name_parts(name)
    keys.update(Key("".join(parts[at:])[:LONGEST], KeyKind.NAME) for at in range(min(len(parts), _STARTS)))
    if not any(map(_HAN.match, parts)):
        keys.update(_initials("".join(part[0] for part in parts)))
        return keys
    for syllables in _readings(parts):
        starts = range(min(len(syllables), _STARTS))
        keys.update(Key("".join(syllables[at:])[:LONGEST], KeyKind.PINYIN) for at in starts)
        keys.update(_initials("".join(syllable[0] for syllable in syllables)))
    return keys


def readings(name: str) -> list[list[str]]:
    """The ways a Chinese name is read aloud, syllable by syllable without tones; none of a foreign name."""
    parts = _name_parts(name)
    return _readings(parts) if any(map(_HAN.match, parts)) else []


def _initials(letters: str) -> Iterable[Key]:
    """From each letter on, but never the last alone: it would find nobody in particular."""
    starts = range(max(1, min(len(letters) - 1, _STARTS)))
    return (Key(letters[at:][:LONGEST], KeyKind.INITIALS) for at in starts)


def _folded(text: str) -> str:
    """Half width, small letters, no accents: José is typed jose."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _ACCENT.sub("", apart))


def _squeezed(text: str) -> str:
    """Letters and digits only, folded: plates, document numbers, names."""
    return "".join(character for character in _folded(text) if character.isalnum())


def _name_parts(name: str) -> list[str]:
    """The pieces that a name can be found from: each Chinese character, each foreign word."""
    parts: list[str] = []
    joined = False
    for character in _folded(name).replace("'", "").replace("’", ""):
        if _HAN.match(character):
            parts.append(character)
            joined = False
        elif character.isalnum():
            if joined:
                parts[-1] += character
            else:
                parts.append(character)
            joined = True
        elif not unicodedata.combining(character):
            joined = False
    return parts


def _readings(parts: list[str]) -> list[list[str]]:
    """The ways a name is read, the usual first; both readings of surnames such as 单 and 曾."""
    pair = "".join(parts[:2])
    heads: tuple[tuple[str, ...], ...]
    if pair in surnames.COMPOUND and len(parts) > 2:
        plain = (_reading(parts[0])[0], _reading(parts[1])[0])
        heads, rest = surnames.COMPOUND_READINGS.get(pair, (plain,)), parts[2:]
    else:
        first = surnames.READINGS.get(parts[0], _reading(parts[0])[:1])
        heads, rest = tuple((reading,) for reading in first), parts[1:]
    choices = [surnames.GIVEN_READINGS.get(part, _reading(part)[:1]) for part in rest]
    return [
        [*head, *given] for given in islice(product(*choices), _VARIANTS // len(heads) or 1) for head in heads
    ]


@lru_cache(maxsize=16384)
def _reading(part: str) -> tuple[str, ...]:
    """Dictionary readings of one Chinese character; a foreign word reads as it is written."""
    if not _HAN.match(part):
        return (part,)
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # read one by one: its 40,000 phrases stay unloaded
    from pypinyin import Style, pinyin  # takes 0.1 s to load, which a search never needs

    found = pinyin(part, style=Style.NORMAL, heteronym=True, errors="default")[0]
    return tuple(reading.translate(_U_UMLAUT) for reading in found if reading) or (part,)


def _room_keys(place: Place) -> set[str]:
    """Every way down to the room that can be said: from the building, the entrance, or the room alone."""
    mark = KIND_MARK.get(place.kind, "")
    room = place.room.casefold()
    tails = {mark + room, mark + fold_room(room)}
    if mark or place.kind is PlaceKind.TOWNHOUSE:
        number = [fold_room(digits) for digits in re.findall(r"\d+", room)[-1:]]
        tails.update([room, *number, *(mark + digits for digits in number)])
    ways = set(tails)
    building = f"{place.building.casefold()}#" if place.building else ""
    if building:
        ways.update(building + tail for tail in tails)
    if place.entrance:
        entrance = place.entrance.casefold()
        ways.update(f"{building}{entrance}-{tail}" for tail in tails)
        ways.update(f"{entrance}单元{tail}" for tail in tails)
    if place.phase:
        phase = fold_phase(place.phase).casefold()
        ways.update([phase + way for way in ways if way.startswith(building or mark)])
    return ways


def _plate_keys(plate: str) -> Iterable[str]:
    yield from (plate[at:] for at in range(min(3, len(plate))))
    yield _BACKWARDS + plate[::-1]


def _meanings(word: str) -> Iterable[Alternative]:
    """All that one typed word may mean; '0007' is the end of a phone, of a document, or a room."""
    label = parse_label(word)
    yield from (Alternative(KeyKind.ROOM, prefix[:LONGEST]) for prefix in _room_prefixes(word, label))
    squeezed = _squeezed(word.translate(_U_UMLAUT))
    if (label.building or label.entrance) and any(map(str.isdigit, word)):
        return  # a level was named: 3-2-18 is the end of no phone
    if squeezed.isascii() and squeezed.isdigit():
        yield from _number_meanings(phone_digits(word) or squeezed)
        return
    yield Alternative(KeyKind.NAME, "".join(_name_parts(word))[:LONGEST])
    if squeezed.isascii():
        yield from _latin_meanings(squeezed)
    elif re.fullmatch(r"[\u4e00-\u9fff][a-z][a-z0-9]*", squeezed):
        yield Alternative(KeyKind.PLATE, squeezed[:LONGEST])


def _number_meanings(digits: str) -> Iterable[Alternative]:
    if len(digits) <= 6:
        yield Alternative(KeyKind.NAME, digits)  # 360 and its like are companies
    if len(digits) < 4:
        return
    backwards = digits[::-1]
    yield Alternative(KeyKind.PHONE, backwards[:LONGEST])
    yield Alternative(KeyKind.PLATE, _BACKWARDS + backwards[:LONGEST])
    yield Alternative(KeyKind.DOCUMENT, _BACKWARDS + backwards[:LONGEST])
    if len(digits) <= 6 or len(digits) == 18:
        yield Alternative(KeyKind.ID_TAIL, backwards[:6])


def _latin_meanings(word: str) -> Iterable[Alternative]:
    if word.isalpha():
        read = word.replace("lyu", "lv").replace("nyu", "nv")
        yield Alternative(KeyKind.PINYIN, read[:LONGEST])
        if len(word) <= _LONGEST_INITIALS:
            yield Alternative(KeyKind.INITIALS, word)
        return
    yield Alternative(KeyKind.PLATE, word[:LONGEST])
    yield Alternative(KeyKind.PLATE, _BACKWARDS + word[::-1][:LONGEST])
    if len(word) >= 4:
        yield Alternative(KeyKind.DOCUMENT, word[:LONGEST])
        yield Alternative(KeyKind.DOCUMENT, _BACKWARDS + word[::-1][:LONGEST])
    if re.fullmatch(r"\d{3,5}x|\d{17}x", word):
        yield Alternative(KeyKind.ID_TAIL, word[::-1][:6])


def _room_prefixes(word: str, query: LabelQuery) -> Iterable[str]:
    if not query.understood:
        if re.fullmatch(r"[a-z]{1,3}-?", word):
            yield word.strip("-")  # the beginning of tc201, or of a building with a letter
        return
    if re.fullmatch(r"[a-z]\d?-\d+", word):
        yield word  # B1-023 may be building B1 or a parking space
    head = fold_phase(query.phase).casefold() if query.phase else ""
    yield head + _room_prefix(query)
    room = query.room or ""
    if query.kind is PlaceKind.TOWNHOUSE and room.isdigit():
        yield head + fold_room(room)
    if room.startswith("0") and len(fold_room(room)) >= 3:
        yield head + fold_room(room)


def _room_prefix(query: LabelQuery) -> str:
    """The beginning that all keys of the places meant have in common."""
    mark = KIND_MARK.get(query.kind, "") if query.kind else ""
    room = (query.room or "").casefold()
    building = f"{query.building.casefold()}#" if query.building else ""
    if query.entrance and building:
        return f"{building}{query.entrance.casefold()}-{mark}{room}"
    if query.entrance:
        return f"{query.entrance.casefold()}单元{mark}{room}"
    if mark and room.isdigit():
        room = fold_room(room)
    return f"{building}{mark}{room}"
