"""Typed reading of a parsed data file; every fault is kept with its line and key (design rule 5).

A parser asks an `Entry` for each value it needs. A fault is noted and a harmless value answered, so
that one run names every fault of a file; `Source.finish` then raises them all together. Keys that
nobody asked for are faults too: a misspelt key must not silently mean the default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from deskapp.base.tomlfile import BadDataFile, Problem

Choice = TypeVar("Choice", bound=StrEnum)

Where = Callable[[str], int]
"""Answers the line of a key, 0 if unknown; asked only for a fault."""


def nowhere(key: str) -> int:
    """The lines of what was not read from a file."""
    return 0


_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Label:
    """A name that a company may change: in Chinese, as forms print it, and in English for the screen."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The name in ``zh_CN`` or ``en``."""
        return self.en if language == "en" else self.zh


class Source:
    """One parsed data file and the faults found in it so far.

    Args:
        file: its name, as faults shall name it.
        data: what the TOML reader made of it.
        text: the file's text, from which lines are told; "" if unknown.
    """

    def __init__(self, file: str, data: Mapping[str, Any], text: str = "") -> None:
        self.file = file
        self.lines = text.splitlines()
        self.problems: list[Problem] = []
        self._entries: list[Entry] = []
        self.root = Entry(self, data, "", self._span_of_root)

    def add(self, line: int, key: str, code: str, **values: object) -> None:
        """Notes a fault."""
        kept = tuple((name, str(value)) for name, value in values.items())
        self.problems.append(Problem(self.file, line, key, f"value.{code}", kept))

    def finish(self) -> None:
        """Ends the reading.

        Raises:
            BadDataFile: with every fault found, unknown keys included, in the order of the file.
        """
        for entry in self._entries:
            entry.report_unknown()
        if self.problems:
            raise BadDataFile(sorted(self.problems, key=lambda p: p.line))

    def _opened(self, entry: Entry) -> None:
        self._entries.append(entry)

    def _headers(self) -> list[tuple[int, str]]:
        found = ((n, _HEADER.match(line)) for n, line in enumerate(self.lines, 1))
        return [(n, match.group(1).replace('"', "")) for n, match in found if match]

    def _span_of_root(self) -> tuple[int, int]:
        headers = self._headers()
        return (1, headers[0][0] if headers else len(self.lines) + 1) if self.lines else (0, 0)

    def span_of(self, name: str, index: int) -> tuple[int, int]:
        """First line and line after the last of the ``index``-th table written under ``name``, or (0, 0)."""
        headers = self._headers()
        places = [at for at, (_, header) in enumerate(headers) if header == name]
        if index >= len(places):
            return (0, 0)
        at = places[index]
        end = headers[at + 1][0] if at + 1 < len(headers) else len(self.lines) + 1
        return headers[at][0], end


class Entry:
    """One table of a data file, asked value by value.

    Every asking method notes a fault and answers a harmless value when the value is missing, of
    another type or out of bounds. A ``default`` makes a key optional.
    """

    def __init__(
        self, source: Source, data: Mapping[str, Any], path: str, span: Callable[[], tuple[int, int]]
    ) -> None:
        self._source = source
        self._data = data
        self._path = path
        self._span = span  # asked only for a fault: most files have none, and are read at every start
        self._asked: set[str] = set()
        source._opened(self)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def keys(self) -> tuple[str, ...]:
        """The keys written in this table."""
        return tuple(self._data)

    def fault(self, key: str, code: str, written: str = "", **values: object) -> None:
        """Notes a fault of a key, or of the table itself for "".

        Args:
            written: what stands wrong in the file, where the key's line alone would not lead there.
        """
        dotted = ".".join(part for part in (self._path, key) if part)
        self._source.add(self._line_of(written) or self._line(key), dotted, code, **values)

    def line_of(self, key: str) -> int:
        """Where a key is written, for faults that show only beside other files; 0 if unknown."""
        return self._line(key)

    def text(self, key: str, default: str | None = None, limit: int = 2000) -> str:
        """A text without surrounding blanks; a required one is not empty."""
        value: str | None = self._get(key, str, default)
        if value is None:
            return ""
        value = value.strip()
        if not value and default is None:
            self.fault(key, "empty")
        if len(value) > limit:
            self.fault(key, "too_long", limit=limit)
        return value

    def code(self, key: str = "code") -> str:
        """A stable code: lower-case letters, digits and underscores."""
        value = self.text(key)
        if value and not _CODE.fullmatch(value):
            self.fault(key, "not_code", value=value)
        return value

    def label(self, zh: str = "zh", en: str = "en") -> Label:
        """A name in both languages; English may be left out by a site and then repeats the Chinese."""
        chinese = self.text(zh)
        return Label(chinese, self.text(en, default=chinese) or chinese)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """A truth value."""
        return bool(self._get(key, bool, default))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within its bounds."""
        value: int | None = self._get(key, int, default)
        if value is None:
            return low
        if not low <= value <= high:
            self.fault(key, "out_of_range", low=low, high=high)
            return low
        return value

    def decimal(self, key: str, low: Decimal, high: Decimal, default: Decimal | None = None) -> Decimal:
        """An exact number, written in quotes or as a whole number: a binary fraction is refused."""
        if key not in self._data and default is not None:
            self._asked.add(key)
            return default
        raw = self._get(key, (str, int), None)
        if raw is None:
            return low
        try:
            value = Decimal(str(raw))
        except InvalidOperation:
            self.fault(key, "not_number", value=raw)
            return low
        if not value.is_finite() or not low <= value <= high:
            self.fault(key, "out_of_range", low=low, high=high)
            return low
        return value

    def number(self, key: str, low: float, high: float, default: float) -> float:
        """A measure, for which a binary fraction is good enough (millimetres, shares of a width)."""
        value: float = self._get(key, (int, float), default)
        if not low <= value <= high:
            self.fault(key, "out_of_range", low=low, high=high)
            return default
        return value

    def choice(self, key: str, kinds: type[Choice], default: Choice | None = None) -> Choice:
        """One of an enumeration's values."""
        value = self._get(key, str, default.value if default is not None else None)
        return self._chosen(key, value, kinds) if value is not None else next(iter(kinds))

    def choices(
        self, key: str, kinds: type[Choice], default: Iterable[Choice] | None = None
    ) -> tuple[Choice, ...]:
        """Several of an enumeration's values, none twice; a required list is not empty."""
        if key not in self._data and default is not None:
            self._asked.add(key)
            return tuple(default)
        chosen = tuple(
            self._chosen(key, value, kinds) for value in self.texts(key, () if default is not None else None)
        )
        if len(set(chosen)) < len(chosen):
            self.fault(key, "twice", value=", ".join(sorted({c for c in chosen if chosen.count(c) > 1})))
        return chosen

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; a required one is not empty."""
        values = self._get(key, list, list(default) if default is not None else None)
        if values is None:
            return ()
        if not values and default is None:
            self.fault(key, "empty")
        if not all(isinstance(value, str) for value in values):
            self.fault(key, "wrong_type", wanted="texts")
        return tuple(value for value in values if isinstance(value, str))

    def table(self, key: str) -> Entry:
        """A table of one's own (``[key]``), or an empty one with its fault noted."""
        path = ".".join(part for part in (self._path, key) if part)
        value = self._get(key, dict, None)
        return Entry(self._source, value or {}, path, lambda: self._span_below(path, 0, key))

    def entries(self, key: str, required: bool = True) -> list[Entry]:
        """The tables of a list (``[[key]]`` or ``key = [{…}, …]``) in their order."""
        path = ".".join(part for part in (self._path, key) if part)
        values = self._get(key, list, None if required else [])
        if values is None:
            return []
        if required and not values:
            self.fault(key, "empty")
        found = []
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                self.fault(key, "wrong_type", wanted="table")
                continue
            span = partial(self._span_below, path, index, key)
            found.append(Entry(self._source, value, f"{path}.{index}", span))
        return found

    def leave(self) -> None:
        """Its keys are not looked at, for want of something to judge them by."""
        self._asked.update(self._data)

    def report_unknown(self) -> None:
        """Notes the keys that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                self.fault(key, "unknown_key", value=key)

    def _chosen(self, key: str, value: str, kinds: type[Choice]) -> Choice:
        try:
            return kinds(value)
        except ValueError:
            self.fault(key, "not_one_of", value=value, choices=", ".join(kinds))
            return next(iter(kinds))

    def _get(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if default is None:
                self.fault(key, "missing")
            return default
        value = self._data[key]
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fault(key, "wrong_type", wanted=" / ".join(_WANTED[k] for k in kinds))
            return default
        return value

    def _span_below(self, path: str, index: int, key: str) -> tuple[int, int]:
        """Where a table below lies; for one written inline, its own line, or else its key's."""
        span = self._source.span_of(path, index)
        if span != (0, 0):
            return span
        start, inline = self._line(key), []
        for number in range(start, self._span()[1]) if start else ():
            line = self._source.lines[number - 1].strip()
            if line.startswith("{"):
                inline.append(number)
            if line.endswith("]"):
                break  # what follows is another list's
        at = inline[index] if index < len(inline) else start
        return at, at + 1 if at else 0

    def _line_of(self, written: str) -> int:
        """The first line of the table that holds a text, or 0."""
        start, end = self._span()
        lines = range(max(start, 1), end) if written else ()
        return next((n for n in lines if written in self._source.lines[n - 1]), 0)

    def _line(self, key: str) -> int:
        start, end = self._span()
        pattern = re.compile(rf"^\s*(\[.*\.)?\"?{re.escape(key)}\"?\s*(=|\.|\])")
        if key:
            for number in range(max(start, 1), end):
                if pattern.match(self._source.lines[number - 1]):
                    return number
        return start


_WANTED: Mapping[type, str] = {
    str: "text",
    bool: "true/false",
    int: "whole number",
    float: "number",
    list: "list",
    dict: "table",
}


def report_twice(entries: Iterable[tuple[Entry, str]], key: str = "code") -> None:
    """Notes each entry whose code another entry before it has."""
    seen: set[str] = set()
    for entry, code in entries:
        if code in seen:
            entry.fault(key, "twice", value=code)
        seen.add(code)
