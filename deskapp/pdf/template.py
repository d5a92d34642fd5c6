"""Placeholders in a form's wording: ``{house.label}``, ``{total:capitals}``, ``{method:words.method}``.

A placeholder names a field of the document's type, so a wrong name is found when the form is read.
In a table it names a field of the row; ``{#}`` is the row's number. ``{issue.number}`` and the like name
the heading. What stands in square brackets is left out when a placeholder in it has nothing to say:
``[{reading} {unit}]``. The text that is put in is data: nothing in it is looked at again.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from deskapp.base.clock import CHINA
from deskapp.domain.documents import Issue
from deskapp.domain.documents.frozen import hints
from deskapp.domain.money import capitals, yuan

Words = Mapping[str, Mapping[str, str]]
"""Name of a table -> code -> what it reads on paper."""

_GROUP = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SHAPE = re.compile(r"(#|[a-z_]+(?:\.[a-z_]+)*)(?::([a-z_.]+))?")


class TemplateError(ValueError):
    """A placeholder that cannot be.

    Attributes:
        code: ``bad_placeholder``, ``unknown_placeholder``, ``unknown_format``, ``wrong_format``.
        placeholder: as written.
    """

    def __init__(self, code: str, placeholder: str) -> None:
        super().__init__(f"{code}: {placeholder}")
        self.code = code
        self.placeholder = placeholder


def as_day(value: date) -> str:
    """A day as forms write it: 2026年11月3日."""
    if isinstance(value, datetime):
        value = value.astimezone(CHINA)
    return f"{value.year}年{value.month}月{value.day}日"


def as_moment(value: datetime) -> str:
    """A moment at the estate: 2026年11月3日 09:30."""
    return f"{as_day(value)} {value.astimezone(CHINA):%H:%M}"


def as_short(value: Any) -> str:
    """A value where no format is asked for: days as 2026-11-03, moments as 2026-11-03 09:30."""
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return "、".join(value)
    return str(value)


FORMATS: Mapping[str, tuple[tuple[type, ...], Callable[[Any], str]]] = {
    "": ((str, int, Decimal, date, datetime, tuple), as_short),
    "date": ((date, datetime), as_day),
    "moment": ((datetime,), as_moment),
    "clock": ((datetime,), lambda value: f"{value.astimezone(CHINA):%H:%M}"),
    "monthday": ((date, datetime), lambda value: f"{value:%m-%d}"),
    "money": ((Decimal,), lambda value: f"{yuan(value):,.2f}"),
    "capitals": ((Decimal,), lambda value: capitals(yuan(value))),
    "area": ((Decimal,), lambda value: f"{value:f} ㎡"),
    "percent": ((Decimal,), lambda value: f"{value:.1f}"),
    "nonzero": ((int,), lambda value: str(value) if value else ""),
    "tick": ((bool,), lambda value: "√" if value else ""),
    "count": ((tuple,), lambda value: str(len(value))),
    "month": ((date, datetime), lambda value: f"{value.year}年{value.month}月"),
    "yearmonth": ((date, datetime), lambda value: f"{value:%Y-%m}"),
    "each": ((tuple,), lambda value: "\n".join(f"{n}. {text}" for n, text in enumerate(value, 1))),
}
"""Format -> kinds of value it takes, and how it writes them."""
ABSENT = {"percent": "—"}
"""Format -> what it writes where there is no value; others write nothing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a placeholder is looked up in.

    Attributes:
        values: the document's values, or a row of a table.
        issue: the heading.
        number: of the row, from 1.
    """

    values: Any
    issue: Issue
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Slot:
    path: tuple[str, ...]
    write: Callable[[Any], str]
    absent: str = ""

    def fill(self, scope: Scope) -> str:
        value = look_up(scope, self.path)
        return self.absent if value is None else self.write(value)


@dataclass(frozen=True, slots=True)
class _Group:
    """A stretch in square brackets."""

    pieces: tuple[str | _Slot, ...]

    def fill(self, scope: Scope) -> str:
        filled = [(piece, piece if isinstance(piece, str) else piece.fill(scope)) for piece in self.pieces]
        if any(not text and not isinstance(piece, str) for piece, text in filled):
            return ""
        return "".join(text for _, text in filled)


_Piece = str | _Slot | _Group


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders, checked against the type it will be filled from."""

    source: str
    pieces: tuple[_Piece, ...]

    def fill(self, scope: Scope) -> str:
        """The text; empty if it has placeholders and all of them are."""
        if len(self.pieces) == 1:
            only = self.pieces[0]
            return only if isinstance(only, str) else only.fill(scope)
        filled = [piece if isinstance(piece, str) else piece.fill(scope) for piece in self.pieces]
        slots = [text for text, piece in zip(filled, self.pieces, strict=True) if not isinstance(piece, str)]
        return "".join(filled) if any(slots) or not slots else ""

    @property
    def wording(self) -> str:
        """The part of the text that is the form's own."""
        inner = [
            part
            for piece in self.pieces
            for part in (piece.pieces if isinstance(piece, _Group) else (piece,))
        ]
        return "".join(part for part in inner if isinstance(part, str))


def look_up(scope: Scope, path: tuple[str, ...]) -> Any:
    """The value a dotted path leads to; None where the way ends early."""
    if path == ("#",):
        return scope.number
    value, path = (scope.issue, path[1:]) if path[0] == "issue" else (scope.values, path)
    for name in path:
        if value is None:
            return None
        value = getattr(value, name)
    return value


def kind_at(kind: type, path: tuple[str, ...]) -> Any:
    """The declared type a dotted path leads to, without ``| None``.

    Raises:
        KeyError: no such field.
    """
    found: Any = kind
    if path == ("#",):
        return int
    if path[0] == "issue":
        found, path = Issue, path[1:]
    for name in path:
        if not dataclasses.is_dataclass(found):
            raise KeyError(name)
        found = _bare(hints(typing.cast("type", found))[name])
    return found


def _bare(kind: Any) -> Any:
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return next(part for part in typing.get_args(kind) if part is not type(None))
    return kind


def row_type(kind: type, path: str) -> type | None:
    """Type of the rows a path leads to; None if it leads to no rows."""
    try:
        found = kind_at(kind, tuple(path.split(".")))
    except KeyError:
        return None
    rows = typing.get_args(found)[:1] if typing.get_origin(found) is tuple else ()
    return typing.cast("type", rows[0]) if rows and dataclasses.is_dataclass(rows[0]) else None


def compile_template(source: str, kind: type, words: Words) -> Template:
    """Reads a text of a form against the type its placeholders name.

    Raises:
        TemplateError: names the first placeholder that cannot be.
    """
    pieces: list[_Piece] = []
    at = 0
    for match in _GROUP.finditer(source):
        pieces += _pieces(source[at : match.start()], kind, words)
        pieces.append(_Group(tuple(_pieces(match.group(1), kind, words))))
        at = match.end()
    pieces += _pieces(source[at:], kind, words)
    return Template(source, tuple(pieces) or ("",))


def _pieces(source: str, kind: type, words: Words) -> list[str | _Slot]:
    found: list[str | _Slot] = []
    at = 0
    for match in _PLACEHOLDER.finditer(source):
        found += [source[at : match.start()], _slot(match.group(1), kind, words)]
        at = match.end()
    found.append(source[at:])
    for piece in found:
        if isinstance(piece, str) and set(piece) & set("{}[]"):
            raise TemplateError("bad_placeholder", piece.strip())
    return [piece for piece in found if piece != ""]


def _slot(inner: str, kind: type, words: Words) -> _Slot:
    shape = _SHAPE.fullmatch(inner)
    if not shape:
        raise TemplateError("bad_placeholder", inner)
    path, style = tuple(shape.group(1).split(".")), shape.group(2) or ""
    try:
        found = kind_at(kind, path)
    except KeyError:
        raise TemplateError("unknown_placeholder", inner) from None
    if style.startswith("words."):
        return _Slot(path, _worded(inner, style.removeprefix("words."), found, words))
    if style not in FORMATS:
        raise TemplateError("unknown_format", inner)
    plain = tuple if typing.get_origin(found) is tuple else found
    takes, write = FORMATS[style]
    if plain not in takes or (
        style in ("", "each") and plain is tuple and typing.get_args(found)[0] is not str
    ):
        raise TemplateError("wrong_format", inner)
    return _Slot(path, write, ABSENT.get(style, ""))


def _worded(inner: str, table: str, kind: Any, words: Words) -> Callable[[Any], str]:
    if table not in words:
        raise TemplateError("unknown_format", inner)
    if kind not in (str, bool):
        raise TemplateError("wrong_format", inner)
    readings = words[table]
    if kind is bool:
        return lambda value: readings.get("yes" if value else "no", "")
    return lambda value: readings.get(value, value)
