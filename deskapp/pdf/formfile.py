"""Reading one form file; every fault is named by file, line and key, and all of them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deskapp.base import tomlfile
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.domain.documents import FORMS
from deskapp.pdf import form as f
from deskapp.pdf.blockfile import MAKERS, BlockReader
from deskapp.pdf.reading import Place
from deskapp.pdf.template import Words


class _FormReader(BlockReader):
    """Reads one form against the type of its document."""

    def __init__(self, file: Path, text: str, data: Mapping[str, Any]) -> None:
        super().__init__(file, text)
        self.data = data

    def read(self) -> f.Form:
        data = self.data
        self.known(
            data,
            (
                "code",
                "title",
                "subtitle",
                "series",
                "version",
                "paper",
                "orientation",
                "margins",
                "size",
                "note",
                "parts",
                "words",
                "blocks",
            ),
            (),
        )
        code = self.take(data, "code", (), str)
        self.kind = FORMS.get(code)
        if "code" in data and self.kind is None:
            self.fault(("code",), "unknown_form", value=code)
        elif code and self._stem() != code:
            self.fault(("code",), "code_not_file", value=code)
        self.words = self._words()
        self.parts = self._parts()
        width, height = self._paper()
        return f.Form(
            code=code,
            title=self._needed_text("title"),
            subtitle=self.take(data, "subtitle", (), str, ""),
            series=self._series(),
            version=self.number(data, "version", (), 1, 9999, 1),
            width=width,
            height=height,
            margins=self._margins(),
            size=self.number(data, "size", (), 6.0, 14.0, 9.5),
            note=self.take(data, "note", (), str, ""),
            parts=self.parts,
            blocks=self._blocks(),
        )

    def _stem(self) -> str:
        """The file's name without ``@version``, by which wordings of the past are kept."""
        return Path(self.file).stem.partition("@")[0]

    def _needed_text(self, key: str) -> str:
        found = self.take(self.data, key, (), str)
        if key in self.data and not found.strip():
            self.fault((key,), "empty_text")
        return found

    def _series(self) -> str:
        series = self.take(self.data, "series", (), str)
        if series and not re.fullmatch(r"[A-Z]{1,4}", series):
            self.fault(("series",), "bad_series", value=series)
        return series

    def _paper(self) -> tuple[float, float]:
        paper = self.choice(self.data, "paper", (), f.PAPERS)
        turned = (
            self.choice(self.data, "orientation", (), ("portrait", "landscape"), "portrait") == "landscape"
        )
        width, height = (side * f.MM for side in f.PAPERS[paper])
        return (height, width) if turned and paper != "241x140" else (width, height)

    def _margins(self) -> tuple[float, float, float, float]:
        given = self.take(self.data, "margins", (), list, [11, 14, 8, 14])
        if len(given) != 4 or any(type(side) not in (int, float) or not 3 <= side <= 40 for side in given):
            self.fault(("margins",), "bad_margins")
            given = [11, 14, 8, 14]
        top, right, bottom, left = (side * f.MM for side in given)
        return top, right, bottom, left

    def _words(self) -> Words:
        tables = self.take(self.data, "words", (), dict, {})
        found: dict[str, dict[str, str]] = {}
        for name, table in tables.items():
            if not isinstance(table, dict) or any(not isinstance(text, str) for text in table.values()):
                self.fault(("words", name), "wrong_type", wanted="str")
                table = {}
            found[name] = table
        return found

    def _parts(self) -> tuple[f.Part, ...]:
        found: list[f.Part] = []
        for n, table in enumerate(self.tables(self.data, "parts", ())):
            at: Place = ("parts", n)
            self.known(table, ("code", "name", "internal"), at)
            part = f.Part(
                self.take(table, "code", at, str),
                self.take(table, "name", at, str),
                self.take(table, "internal", at, bool, False),
            )
            if any(part.code == other.code for other in found):
                self.fault((*at, "code"), "twice", value=part.code)
            found.append(part)
        return tuple(found)

    def _blocks(self) -> tuple[f.Block, ...]:
        found = []
        for n, table in enumerate(self.tables(self.data, "blocks", ())):
            at: Place = ("blocks", n)
            kind = self.take(table, "kind", at, str)
            maker = MAKERS.get(kind)
            if maker is None:
                if "kind" in table:
                    self.fault((*at, "kind"), "unknown_block", value=kind, choices=", ".join(MAKERS))
            elif self.kind is not None:
                found.append(maker(self, table, at))
        return tuple(found)


def examine(path: Path) -> tuple[f.Form | None, list[Problem]]:
    """The form of a file and what is wrong with it; None when it is no TOML at all."""
    try:
        data, text = tomlfile.read(path)
    except BadDataFile as error:
        return None, error.problems
    reader = _FormReader(path, text, data)
    form = reader.read()
    return form, reader.problems


def read_form(path: Path) -> f.Form:
    """The form of a file.

    Raises:
        BadDataFile: names every fault by file, line and key.
    """
    form, problems = examine(path)
    if form is None or problems:
        raise BadDataFile(problems)
    return form
