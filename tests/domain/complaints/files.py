"""The shipped data files, and reading a changed one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import TypeVar

import pytest

from deskapp.base import tomlfile
from deskapp.base.assets import shipped
from deskapp.base.tomlfile import BadDataFile
from deskapp.domain.datatable import Source

Meaning = TypeVar("Meaning")


def text_of(relative: str) -> str:
    return shipped(relative).read_text(encoding="utf-8")


def parsed(relative: str, parse: Callable[[Source], Meaning]) -> Meaning:
    data, text = tomlfile.read(shipped(relative))
    return parse(Source(relative, data, text))


def faults(text: str, parse: Callable[[Source], object], file: str = "f.toml") -> list[tuple[int, str, str]]:
    with pytest.raises(BadDataFile) as caught:
        parse(Source(file, tomllib.loads(text), text))
    return [(p.line, p.key, p.code) for p in caught.value.problems]
