"""Reading the blocks of a form file against the type of its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from deskapp.domain.datatable import Entry
from deskapp.domain.documents import Photo
from deskapp.pdf import form as f
from deskapp.pdf.template import Template, TemplateError, Words, compile_template, kind_at, row_type

NOTHING = Template("", ("",))
MOST_SERIES = 3
"""More could not be told apart in black and white."""


class BlockReader:
    """Reads blocks.

    Args:
        kind: type of the document's values, which placeholders are checked against.
        words: the form's tables of words.
        parts: codes of the form's parts.
    """

    def __init__(self, kind: type, words: Words, parts: frozenset[str]) -> None:
        self.kind = kind
        self.words = words
        self.parts = parts

    def read(self, entry: Entry) -> f.Block:
        """The block of an entry of ``[[blocks]]``."""
        kind = entry.text("kind")
        if kind in list(f.BlockKind):
            return _MAKERS[f.BlockKind(kind)](self, entry)
        if kind:
            entry.fault("kind", "not_one_of", value=kind, choices=", ".join(f.BlockKind))
        entry.leave()
        return f.Text(paragraphs=())

    def common(self, entry: Entry) -> dict[str, Any]:
        """What every block may say."""
        parts = entry.texts("parts", ())
        for code in parts:
            if code not in self.parts:
                entry.fault("parts", "unknown_part", value=code)
        return {
            "title": entry.text("title", ""),
            "when": self._path(entry, "when"),
            "unless": self._path(entry, "unless"),
            "parts": parts,
            "internal": entry.flag("internal", default=False),
        }

    def _path(self, entry: Entry, key: str) -> tuple[str, ...]:
        """A dotted path to a value of the document."""
        source = entry.text(key, "")
        steps = tuple(source.split(".")) if source else ()
        try:
            if steps:
                kind_at(self.kind, steps)
        except KeyError:
            entry.fault(key, "unknown_placeholder", value=source)
            return ()
        return steps

    def path_in(
        self,
        entry: Entry,
        key: str,
        kind: type | None,
        wanted: tuple[type, ...],
        code: str,
        required: bool = False,
    ) -> tuple[str, ...]:
        """A dotted path to a value of a row that is of one of the wanted types."""
        source = entry.text(key, None if required else "")
        if not source or kind is None:
            return ()
        steps = tuple(source.split("."))
        try:
            if kind_at(kind, steps) in wanted:
                return steps
        except KeyError:
            code = "unknown_placeholder"
        entry.fault(key, code, value=source)
        return ()

    def template(self, entry: Entry, key: str, source: str, kind: type | None = None) -> Template:
        """A text with placeholders of the document's type, or of a row's."""
        try:
            return compile_template(source, kind or self.kind, self.words)
        except TemplateError as error:
            entry.fault(key, error.code, written=source, value=error.placeholder)
            return NOTHING

    def text(self, entry: Entry, key: str) -> Template | None:
        """An optional text with placeholders."""
        source = entry.text(key, "")
        return self.template(entry, key, source) if source else None

    def texts(self, entry: Entry, key: str, default: tuple[str, ...] | None = None) -> tuple[Template, ...]:
        """A list of them."""
        return tuple(self.template(entry, key, source) for source in entry.texts(key, default))

    def rows(self, entry: Entry) -> tuple[tuple[str, ...], type | None]:
        """A path to rows, and their type; None if it leads to none."""
        source = entry.text("rows")
        kind = row_type(self.kind, source) if source else None
        if kind is None and source:
            entry.fault("rows", "not_rows", value=source)
        return tuple(source.split(".")), kind


def _grid(r: BlockReader, entry: Entry) -> f.Block:
    columns = entry.whole("columns", 1, 4, 2)
    fields = [
        f.Field(
            item.text("label"),
            r.template(item, "value", item.text("value", "")),
            item.whole("span", 1, columns, 1),
            item.number("height", 0, 200, 0),
            item.flag("strong", default=False),
        )
        for item in entry.entries("fields")
    ]
    width = entry.number("label_width", 8, 80, 24)
    return f.FieldGrid(**r.common(entry), fields=tuple(fields), columns=columns, label_width=width)


def _table(r: BlockReader, entry: Entry) -> f.Block:
    rows, kind = r.rows(entry)
    columns = [
        f.Column(
            item.text("head"),
            r.template(item, "value", item.text("value", ""), kind) if kind else NOTHING,
            item.number("width", 0.1, 50, 1),
            item.choice("align", f.Align, f.Align.LEFT),
            r.path_in(item, "picture", kind, (str,), "not_pictures"),
        )
        for item in entry.entries("columns")
    ]
    return f.Table(
        **r.common(entry),
        rows=rows,
        columns=tuple(columns),
        foot=r.text(entry, "foot"),
        empty=entry.text("empty", ""),
        blank=entry.whole("blank", 0, 60, 0),
        row_height=entry.number("row_height", 0, 100, 0),
    )


def _text(r: BlockReader, entry: Entry) -> f.Block:
    return f.Text(
        **r.common(entry),
        paragraphs=r.texts(entry, "paragraphs"),
        numbered=entry.flag("numbered", default=False),
        scale=entry.number("scale", 0.6, 3, 1),
    )


def _banner(r: BlockReader, entry: Entry) -> f.Block:
    return f.Banner(
        **r.common(entry),
        text=r.template(entry, "text", entry.text("text")),
        caption=entry.text("caption"),
        lines=r.texts(entry, "lines", ()),
    )


def _photos(r: BlockReader, entry: Entry) -> f.Block:
    rows, kind = r.rows(entry)
    field = entry.text("field", "")
    held = row_type(kind, field) if kind and field else kind
    if kind and held is not Photo:
        entry.fault("field" if field else "rows", "not_photos", value=field or ".".join(rows))
    caption = entry.text("caption", "")
    return f.Photos(
        **r.common(entry),
        rows=rows,
        field=field,
        caption=r.template(entry, "caption", caption, kind) if kind else NOTHING,
        across=entry.whole("across", 1, 6, 3),
    )


def _signatures(r: BlockReader, entry: Entry) -> f.Block:
    spaces = [
        f.Space(item.code("role"), item.text("label"), item.flag("seal", default=False))
        for item in entry.entries("spaces")
    ]
    return f.Signatures(
        **r.common(entry),
        spaces=tuple(spaces),
        across=entry.whole("across", 1, 6, 2),
        height=entry.number("height", 12, 80, 26),
        statement=r.text(entry, "statement"),
    )


def _lines(r: BlockReader, entry: Entry) -> f.Block:
    return f.Lines(**r.common(entry), count=entry.whole("count", 1, 40, 3), label=entry.text("label", ""))


def _chart(r: BlockReader, entry: Entry) -> f.Block:
    rows, kind = r.rows(entry)
    label = entry.text("label")
    series = [
        f.Series(
            item.text("name"), r.path_in(item, "value", kind, (int, Decimal), "not_numbers", required=True)
        )
        for item in entry.entries("series")
    ]
    if len(series) > MOST_SERIES:
        entry.fault("series", "out_of_range", low=1, high=MOST_SERIES)
    return f.Chart(
        **r.common(entry),
        rows=rows,
        shape=entry.choice("shape", f.ChartShape),
        label=r.template(entry, "label", label, kind) if kind else NOTHING,
        series=tuple(series),
        unit=entry.text("unit", ""),
        height=entry.number("height", 15, 150, 40),
        label_width=entry.number("label_width", 10, 90, 34),
        zero=entry.flag("zero", default=True),
        empty=entry.text("empty", ""),
    )


_MAKERS: Mapping[f.BlockKind, Callable[[BlockReader, Entry], f.Block]] = {
    f.BlockKind.FIELDS: _grid,
    f.BlockKind.TABLE: _table,
    f.BlockKind.TEXT: _text,
    f.BlockKind.BANNER: _banner,
    f.BlockKind.PHOTOS: _photos,
    f.BlockKind.SIGNATURES: _signatures,
    f.BlockKind.LINES: _lines,
    f.BlockKind.CHART: _chart,
}
"""Kind of a block -> what reads it."""
