"""Reading the blocks of a form file against the type of its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deskapp.domain.documents import Photo
from deskapp.pdf import form as f
from deskapp.pdf.reading import Place, Reader
from deskapp.pdf.template import Template, TemplateError, Words, compile_template, kind_at, row_type

_BLOCK_KEYS = ("kind", "title", "when", "unless", "parts", "internal")


class BlockReader(Reader):
    """Reads what blocks are made of.

    Attributes:
        kind: type of the document's values; None while the form's code is not known.
    """

    def __init__(self, file: Path, text: str) -> None:
        super().__init__(file, text)
        self.kind: type | None = None
        self.words: Words = {}
        self.parts: tuple[f.Part, ...] = ()

    def block(self, table: Mapping[str, Any], at: Place, own: tuple[str, ...]) -> dict[str, Any]:
        """The keys that every block may have."""
        self.known(table, (*_BLOCK_KEYS, *own), at)
        parts = self.texts(table, "parts", at, [])
        for code in parts:
            if code not in {part.code for part in self.parts}:
                self.fault((*at, "parts"), "unknown_part", f'"{code}"', value=code)
        return {
            "title": self.take(table, "title", at, str, ""),
            "when": self.path(table, "when", at),
            "unless": self.path(table, "unless", at),
            "parts": tuple(parts),
            "internal": self.take(table, "internal", at, bool, False),
        }

    def path(self, table: Mapping[str, Any], key: str, at: Place) -> tuple[str, ...]:
        """A dotted path to a value of the document."""
        source = self.take(table, key, at, str, "")
        if not source:
            return ()
        steps = tuple(source.split("."))
        try:
            kind_at(self._kind(), steps)
        except KeyError:
            self.fault((*at, key), "unknown_placeholder", source, value=source)
            return ()
        return steps

    def _kind(self) -> type:
        assert self.kind is not None  # blocks are read only for a known form
        return self.kind

    def template(self, source: str, path: Place, kind: type | None = None) -> Template:
        """A text with placeholders of the document's type, or of a row's."""
        try:
            return compile_template(source, kind or self._kind(), self.words)
        except TemplateError as error:
            self.fault(path, error.code, source, value=error.placeholder)
            return Template("", ("",))

    def optional(self, table: Mapping[str, Any], key: str, at: Place) -> Template | None:
        source = self.take(table, key, at, str, "")
        return self.template(source, (*at, key)) if source else None

    def rows(self, table: Mapping[str, Any], at: Place) -> tuple[tuple[str, ...], type | None]:
        """A path to rows, and their type; None if it leads to none."""
        source = self.take(table, "rows", at, str)
        kind = row_type(self._kind(), source)
        if kind is None and source:
            self.fault((*at, "rows"), "not_rows", f'"{source}"', value=source)
        return tuple(source.split(".")), kind


def _grid(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    columns = r.number(table, "columns", at, 1, 4, 2)
    fields = []
    for n, item in enumerate(r.tables(table, "fields", at)):
        here: Place = (*at, "fields", n)
        r.known(item, ("label", "value", "span", "height", "strong"), here)
        value = r.template(r.take(item, "value", here, str), (*here, "value"))
        span = r.number(item, "span", here, 1, columns, 1)
        height, strong = (
            r.number(item, "height", here, 0.0, 200.0, 0.0),
            r.take(item, "strong", here, bool, False),
        )
        fields.append(f.Field(r.take(item, "label", here, str), value, span, height, strong))
    return f.FieldGrid(
        **r.block(table, at, ("fields", "columns", "label_width")),
        fields=tuple(fields),
        columns=columns,
        label_width=r.number(table, "label_width", at, 8.0, 80.0, 24.0),
    )


def _table(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    rows, kind = r.rows(table, at)
    columns = []
    for n, item in enumerate(r.tables(table, "columns", at)):
        here: Place = (*at, "columns", n)
        r.known(item, ("head", "value", "width", "align"), here)
        source = r.take(item, "value", here, str)
        value = r.template(source if kind else "", (*here, "value"), kind)
        width = r.number(item, "width", here, 0.1, 50.0, 1.0)
        align = r.choice(item, "align", here, ("left", "center", "right"), "left")
        columns.append(f.Column(r.take(item, "head", here, str), value, width, align))
    own = ("rows", "columns", "foot", "empty", "blank", "row_height")
    return f.Table(
        **r.block(table, at, own),
        rows=rows,
        columns=tuple(columns),
        foot=r.optional(table, "foot", at),
        empty=r.take(table, "empty", at, str, ""),
        blank=r.number(table, "blank", at, 0, 60, 0),
        row_height=r.number(table, "row_height", at, 0.0, 100.0, 0.0),
    )


def _text(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    sources = r.texts(table, "paragraphs", at)
    return f.Text(
        **r.block(table, at, ("paragraphs", "numbered", "scale")),
        paragraphs=tuple(r.template(source, (*at, "paragraphs")) for source in sources),
        numbered=r.take(table, "numbered", at, bool, False),
        scale=r.number(table, "scale", at, 0.6, 3.0, 1.0),
    )


def _banner(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    lines = r.texts(table, "lines", at, [])
    return f.Banner(
        **r.block(table, at, ("text", "caption", "lines")),
        text=r.template(r.take(table, "text", at, str), (*at, "text")),
        caption=r.take(table, "caption", at, str),
        lines=tuple(r.template(source, (*at, "lines")) for source in lines),
    )


def _photos(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    rows, kind = r.rows(table, at)
    field = r.take(table, "field", at, str, "")
    held = row_type(kind, field) if kind and field else kind
    if kind and held is not Photo:
        r.fault((*at, "field" if field else "rows"), "not_photos", value=field)
    caption = r.take(table, "caption", at, str, "")
    return f.Photos(
        **r.block(table, at, ("rows", "field", "caption", "across")),
        rows=rows,
        field=field,
        caption=r.template(caption if kind else "", (*at, "caption"), kind),
        across=r.number(table, "across", at, 1, 6, 3),
    )


def _signatures(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    spaces = []
    for n, item in enumerate(r.tables(table, "spaces", at)):
        here: Place = (*at, "spaces", n)
        r.known(item, ("role", "label", "seal"), here)
        role, label = r.take(item, "role", here, str), r.take(item, "label", here, str)
        spaces.append(f.Space(role, label, r.take(item, "seal", here, bool, False)))
    return f.Signatures(
        **r.block(table, at, ("spaces", "across", "height", "statement")),
        spaces=tuple(spaces),
        across=r.number(table, "across", at, 1, 6, 2),
        height=r.number(table, "height", at, 12.0, 80.0, 26.0),
        statement=r.optional(table, "statement", at),
    )


def _lines(r: BlockReader, table: Mapping[str, Any], at: Place) -> f.Block:
    return f.Lines(
        **r.block(table, at, ("count", "label")),
        count=r.number(table, "count", at, 1, 40, 3),
        label=r.take(table, "label", at, str, ""),
    )


MAKERS: Mapping[str, Callable[[BlockReader, Mapping[str, Any], Place], f.Block]] = {
    "fields": _grid,
    "table": _table,
    "text": _text,
    "banner": _banner,
    "photos": _photos,
    "signatures": _signatures,
    "lines": _lines,
}
"""Kind of a block -> what reads it."""
