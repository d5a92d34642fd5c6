"""A printed form as data: what a ``forms/<code>.toml`` says, read and checked (forms.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from deskapp.pdf.template import Template

MM = 72 / 25.4
"""Points in a millimetre."""


class Paper(StrEnum):
    """Papers of the desk."""

    A4 = "A4"
    A5 = "A5"
    CONTINUOUS = "241x140"
    """Three-part continuous paper as it lies in the printer."""


class Orientation(StrEnum):
    """How a sheet is turned."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class BlockKind(StrEnum):
    """The kinds of blocks a form can have."""

    FIELDS = "fields"
    TABLE = "table"
    TEXT = "text"
    BANNER = "banner"
    PHOTOS = "photos"
    SIGNATURES = "signatures"
    LINES = "lines"
    CHART = "chart"


class ChartShape(StrEnum):
    """How a chart shows its rows."""

    BARS = "bars"
    """A level bar for each row, with its number at its end."""
    LINES = "lines"
    """The rows from left to right, such as months, with their numbers in a table below."""


PAPERS: Mapping[Paper, tuple[float, float]] = {
    Paper.A4: (210, 297),
    Paper.A5: (148, 210),
    Paper.CONTINUOUS: (241, 140),
}
"""Width and height in millimetres, upright."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part 联 of a form.

    Attributes:
        internal: blocks marked ``internal`` are printed on it (the property's own part).
    """

    code: str
    name: str
    internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What every block has.

    Attributes:
        when, unless: path of a value that must, or must not, be there for the block to be printed.
        parts: codes of the parts it is printed on; empty means all.
        internal: printed on internal parts only.
    """

    title: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value; ``span`` grid columns wide, ``height`` mm at least (space to write)."""

    label: str
    value: Template
    span: int = 1
    height: float = 0
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGrid(Block):
    """Labels and values side by side, ``columns`` pairs a row; labels ``label_width`` mm wide."""

    fields: tuple[Field, ...]
    columns: int = 2
    label_width: float = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is its share of the whole.

    Attributes:
        picture: path of a row's drawn signature, shown as large as the cell allows.
    """

    head: str
    value: Template
    width: float = 1
    align: Align = Align.LEFT
    picture: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """Rows of values under heads that are repeated on every page.

    Attributes:
        rows: path of the rows.
        foot: line under the rows, right-aligned.
        empty: what stands there when there are no rows; "" leaves the whole table out.
        blank: further empty rows to be filled in by hand.
        row_height: mm at least.
    """

    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    foot: Template | None = None
    empty: str = ""
    blank: int = 0
    row_height: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Block):
    """Paragraphs; numbered ones are clauses. ``scale`` is the size against the form's."""

    paragraphs: tuple[Template, ...]
    numbered: bool = False
    scale: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner(Block):
    """A number to be read from afar, with the QR large beside it and lines under a caption."""

    text: Template
    caption: str
    lines: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos(Block):
    """Pictures, ``across`` a row, each with its caption.

    Attributes:
        rows: path of the rows that hold them.
        field: the field of a row that holds the pictures; "" when the rows are the pictures.
    """

    rows: tuple[str, ...]
    caption: Template
    field: str = ""
    across: int = 3


@dataclass(frozen=True, slots=True)
class Space:
    """Where somebody signs; ``seal`` leaves room for the stamp."""

    role: str
    label: str
    seal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures(Block):
    """Spaces to sign in, kept together on one page, ``height`` mm high."""

    spaces: tuple[Space, ...]
    across: int = 2
    height: float = 26
    statement: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Block):
    """Ruled lines to write on by hand."""

    count: int = 3
    label: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One number of every row, under its name; ``value`` is its path in the row."""

    name: str
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Block):
    """Numbers as lengths. Every number is also printed, and shapes rather than greys tell series apart.

    Attributes:
        rows: path of the rows.
        label: what a row is called.
        unit: of the numbers, such as 件.
        height: of the plot of lines, mm; bars are as high as their rows need.
        label_width: room for the rows' names beside bars, mm.
        zero: the scale of lines begins at 0; otherwise at a round number below the least.
        empty: what stands there when there are no rows; "" leaves the chart out.
    """

    rows: tuple[str, ...]
    shape: ChartShape
    label: Template
    series: tuple[Series, ...]
    unit: str = ""
    height: float = 40
    label_width: float = 34
    zero: bool = True
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as read from its file.

    Attributes:
        series: letters of its number series, "" if it has none.
        version: raised by whoever changes the file, so that a reprint finds the wording of its day.
        width, height: of the paper as it is printed on, points.
        margins: top, right, bottom, left, points.
        size: of the text, points.
        note: stands at the foot of every page, such as 非发票.
    """

    code: str
    title: str
    series: str
    version: int
    width: float
    height: float
    margins: tuple[float, float, float, float]
    size: float
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    subtitle: str = ""
    note: str = ""


def wording_of(block: Block) -> str:
    """Every text of a block that is the form's own, but for the large one of a banner."""
    texts = [block.title]
    match block:
        case FieldGrid():
            texts += [text for field in block.fields for text in (field.label, field.value.wording)]
        case Table():
            texts += [text for column in block.columns for text in (column.head, column.value.wording)]
            texts += [block.empty, block.foot.wording if block.foot else ""]
        case Text():
            texts += [paragraph.wording for paragraph in block.paragraphs]
        case Banner():
            texts += [block.caption, *(line.wording for line in block.lines)]
        case Signatures():
            texts += [
                *(space.label for space in block.spaces),
                block.statement.wording if block.statement else "",
            ]
        case Lines():
            texts.append(block.label)
        case Photos():
            texts.append(block.caption.wording)
        case Chart():
            texts += [block.label.wording, block.unit, block.empty, *(series.name for series in block.series)]
    return "".join(texts)
