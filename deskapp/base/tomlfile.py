"""Reading the data files: TOML whose faults are named by file, line and key (design rule 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a data file.

    Attributes:
        file: the file's path as given.
        line: 1-based, 0 where no line can be named.
        key: dotted key, "" for the whole file.
        code: stable code, the key of its sentence under ``data.`` in the translations.
        values: placeholders of the sentence.
    """

    file: str
    line: int
    key: str
    code: str
    values: tuple[tuple[str, str], ...] = ()


class BadDataFile(Exception):
    """A data file that cannot be used; holds its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.file}:{p.line} {p.key} {p.code}" for p in problems))
        self.problems = problems


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The parsed file and its text.

    Raises:
        BadDataFile: not UTF-8, or not TOML; names the line.
    """
    import tomllib  # brings a parser with it that no window waits for

    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise BadDataFile([Problem(str(path), 0, "", "not_utf8")]) from error
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where.group(1)) if where else 0
        raise BadDataFile([Problem(str(path), line, "", "not_toml", (("reason", str(error)),))]) from error


def line_of(text: str, key: str) -> int:
    """The line on which the last part of a dotted key is first written, or 0.

    Good enough to lead a person there; parts that are list positions (digits) are passed over.
    """
    parts = [p for p in key.split(".") if not p.isdigit()]
    if not parts:
        return 0
    pattern = re.compile(rf"^\s*(\[+.*)?\"?{re.escape(parts[-1])}\"?\s*(=|\]|\.)")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 0
