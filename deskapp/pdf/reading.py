"""Taking values out of a data file's tables; every fault is noted with file, line and key, none stops it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from deskapp.base.tomlfile import Problem

T = TypeVar("T")
Place = tuple[str | int, ...]
"""Where in a file: keys and positions in lists."""

_REQUIRED = object()
_HEADER = re.compile(r"^\s*\[")


def place_of(text: str, path: Place, literal: str = "") -> int:
    """The line a fault stands on: the literal in its block, else the key, else the block."""
    lines = text.splitlines()
    start, end = 0, len(lines)
    if len(path) > 1 and isinstance(path[1], int):
        heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{path[0]}\s*\]\]", line)]
        if path[1] < len(heads):
            start = heads[path[1]]
            end = next((n for n in range(start + 1, end) if _HEADER.match(lines[n])), end)
    elif len(path) > 1:
        start = next((n for n, line in enumerate(lines) if line.strip() == f"[{path[0]}.{path[1]}]"), 0)
    region = range(start, end)
    if literal and (found := next((n for n in region if literal in lines[n]), None)) is not None:
        return found + 1
    items = [n for n in region if lines[n].lstrip().startswith("{")]
    if len(path) > 3 and isinstance(path[3], int) and path[3] < len(items):
        return items[path[3]] + 1
    keys = [str(part) for part in path if isinstance(part, str)][::-1]
    for key in keys:
        if (
            found := next((n for n in region if re.match(rf"\s*{re.escape(key)}\s*=", lines[n])), None)
        ) is not None:
            return found + 1
    return start + 1


class Reader:
    """Takes values out of parsed TOML and notes what is wrong with them."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = str(file)
        self.text = text
        self.problems: list[Problem] = []

    def fault(self, path: Place, code: str, literal: str = "", **values: str) -> None:
        line = place_of(self.text, path, literal)
        key = ".".join(str(part) for part in path)
        self.problems.append(Problem(self.file, line, key, code, tuple(values.items())))

    def take(
        self, table: Mapping[str, Any], key: str, path: Place, kind: type[T], default: Any = _REQUIRED
    ) -> T:
        """The value of a key; its default, or an empty one of the kind, where missing or of another kind."""
        fallback: T = kind() if default is _REQUIRED else default
        if key not in table:
            if default is _REQUIRED:
                self.fault((*path, key), "missing_key")
            return fallback
        value = table[key]
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            self.fault((*path, key), "wrong_type", wanted=kind.__name__)
            return fallback
        return value

    def number(
        self, table: Mapping[str, Any], key: str, path: Place, low: float, high: float, default: T
    ) -> T:
        value = self.take(table, key, path, type(default), default)
        if not low <= value <= high:  # type: ignore[operator]
            self.fault((*path, key), "out_of_range", low=str(low), high=str(high))
            return default
        return value

    def choice(
        self,
        table: Mapping[str, Any],
        key: str,
        path: Place,
        choices: Mapping[str, T] | tuple[str, ...],
        default: Any = _REQUIRED,
    ) -> str:
        value = self.take(table, key, path, str, default)
        if value not in choices and (key in table):
            self.fault((*path, key), "unknown_choice", f'"{value}"', value=value, choices=", ".join(choices))
            return next(iter(choices))
        return value if value in choices else next(iter(choices))

    def tables(
        self, table: Mapping[str, Any], key: str, path: Place, needed: bool = True
    ) -> list[dict[str, Any]]:
        """A list of tables that is not empty."""
        found = self.take(table, key, path, list, _REQUIRED if needed else [])
        if any(not isinstance(item, dict) for item in found):
            self.fault((*path, key), "wrong_type", wanted="table")
            return []
        if needed and not found and key in table:
            self.fault((*path, key), "empty_list")
        return found

    def texts(self, table: Mapping[str, Any], key: str, path: Place, default: Any = _REQUIRED) -> list[str]:
        found = self.take(table, key, path, list, default)
        if any(not isinstance(item, str) for item in found):
            self.fault((*path, key), "wrong_type", wanted="str")
            return []
        return found

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], path: Place) -> None:
        for key in table:
            if key not in keys:
                self.fault((*path, key), "unknown_key")
