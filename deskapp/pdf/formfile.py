"""Reading one form file; every fault is named by file, line and key, and all of them at once."""

from __future__ import annotations

import re
from pathlib import Path

from deskapp.base import tomlfile
from deskapp.domain.datatable import Entry, Source, report_twice
from deskapp.domain.documents import FORMS
from deskapp.pdf import form as f
from deskapp.pdf.blockfile import BlockReader
from deskapp.pdf.template import Words

DEFAULT_MARGINS = (11.0, 14.0, 8.0, 14.0)


def read_form(path: Path) -> f.Form:
    """The form of a file.

    Raises:
        BadDataFile: names every fault by file, line and key.
    """
    data, text = tomlfile.read(path)
    source = Source(str(path), data, text)
    form = _form(source.root, path)
    source.finish()
    return form


def _form(root: Entry, path: Path) -> f.Form:
    code = root.text("code")
    kind = FORMS.get(code)
    if code and kind is None:
        root.fault("code", "unknown_form", value=code)
    elif code and path.stem.partition("@")[0] != code:  # wordings of the past are kept as code@version.toml
        root.fault("code", "not_file_name", value=code)
    parts = _parts(root)
    width, height = _paper(root)
    return f.Form(
        code=code,
        title=root.text("title"),
        subtitle=root.text("subtitle", ""),
        series=_series(root),
        version=root.whole("version", 1, 9999),
        width=width,
        height=height,
        margins=_margins(root),
        size=root.number("size", 6, 14, 9.5),
        note=root.text("note", ""),
        parts=parts,
        blocks=_blocks(
            root, BlockReader(kind or object, _words(root), frozenset(part.code for part in parts))
        ),
    )


def _blocks(root: Entry, reader: BlockReader) -> tuple[f.Block, ...]:
    entries = root.entries("blocks")
    if reader.kind is object:
        for entry in entries:
            entry.leave()  # of a form that does not exist no placeholder is right or wrong
        return ()
    return tuple(reader.read(entry) for entry in entries)


def _series(root: Entry) -> str:
    series = root.text("series", "")
    if series and not re.fullmatch(r"[A-Z]{1,4}", series):
        root.fault("series", "bad_series", value=series)
    return series


def _paper(root: Entry) -> tuple[float, float]:
    paper = root.choice("paper", f.Paper)
    turned = root.choice("orientation", f.Orientation, f.Orientation.PORTRAIT) is f.Orientation.LANDSCAPE
    width, height = (side * f.MM for side in f.PAPERS[paper])
    return (height, width) if turned and paper is not f.Paper.CONTINUOUS else (width, height)


def _margins(root: Entry) -> tuple[float, float, float, float]:
    if "margins" not in root:
        return tuple(side * f.MM for side in DEFAULT_MARGINS)  # type: ignore[return-value]
    entry = root.table("margins")
    sides = zip(("top", "right", "bottom", "left"), DEFAULT_MARGINS, strict=True)
    return tuple(entry.number(side, 3, 40, default) * f.MM for side, default in sides)  # type: ignore[return-value]


def _words(root: Entry) -> Words:
    if "words" not in root:
        return {}
    tables = root.table("words")
    found = {}
    for name in tables.keys():  # noqa: SIM118 an entry is no mapping
        table = tables.table(name)
        found[name] = {code: table.text(code) for code in table.keys()}  # noqa: SIM118
    return found


def _parts(root: Entry) -> tuple[f.Part, ...]:
    entries = root.entries("parts")
    parts = [
        f.Part(entry.code(), entry.text("name"), entry.flag("internal", default=False)) for entry in entries
    ]
    report_twice((entry, part.code) for entry, part in zip(entries, parts, strict=True))
    return tuple(parts)
