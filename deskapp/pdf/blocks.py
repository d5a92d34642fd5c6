"""Blocks of a form turned into strips: what is measured here is drawn later, on whichever page it lands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deskapp.domain.documents import Issue, Photo
from deskapp.pdf import form as f
from deskapp.pdf.album import Album
from deskapp.pdf.charts import Charts
from deskapp.pdf.flow import Strip, space
from deskapp.pdf.form import MM
from deskapp.pdf.frame import Frame
from deskapp.pdf.marks import draw_stroke, signature_strip
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.template import Scope, as_short, look_up
from deskapp.pdf.typeface import width_of
from deskapp.pdf.wrap import wrapped

LEAD = 1.34
"""Distance of baselines in text sizes."""
PAD = 3.0
"""Points between the text of a cell and its left and right edge."""
RISE = 1.7
"""Points above and below it."""
LINE = 0.5
"""Thickness of rules in points."""
LONG = 10
"""Lines from which on a row or a paragraph is broken where the page ends."""
FEW = 3
"""Lines that stand together at least on either side of the break."""
GOES_ON = "（续）"
"""Stands by the label of what goes on from the page before."""


@dataclass(slots=True)
class Cell:
    """A cell of a row; ``x`` from the left end of the row; ``picture`` is a signature's sha256."""

    x: float
    width: float
    lines: tuple[str, ...]
    bold: bool = False
    align: str = "left"
    fill: bool = False
    picture: str = ""


class Setter:
    """Turns the blocks of a form into strips for one document.

    What a block looks like does not depend on the part it is printed on, so it is set once.

    Args:
        scope: the document.
        around: says where the body of a page is, and what the QR says.
    """

    def __init__(self, scope: Scope, album: Album, around: Frame) -> None:
        self.scope = scope
        self.album = album
        self.size = around.form.size
        self.left = around.left
        self.width = around.width
        self.lead = self.size * LEAD
        self.qr_text = around.qr_text
        self._set: dict[int, list[Strip]] = {}

    def strips(self, block: f.Block) -> list[Strip]:
        """The strips of a block with its title above; none if it has nothing to say."""
        if id(block) not in self._set:
            found = self._strips(block)
            if found and block.title:
                found.insert(0, self._title(block.title))
            self._set[id(block)] = [space(self.size * 0.55), *found] if found else []
        return self._set[id(block)]

    def _strips(self, block: f.Block) -> list[Strip]:
        match block:
            case f.FieldGrid():
                return self._grid(block)
            case f.Table():
                return self._table(block)
            case f.Text():
                return self._text(block)
            case f.Banner():
                return [self._banner(block)]
            case f.Photos():
                return self._photos(block)
            case f.Signatures():
                return self._signatures(block)
            case f.Lines():
                return self._lines(block)
            case f.Chart():
                return self._chart(block)
            case _:
                raise TypeError(type(block).__name__)

    def _title(self, title: str) -> Strip:
        """A title with a bar before it, which marks it without the bold font's weight in bytes."""
        size, bar = self.size + 1, self.size * 0.45
        lead = size * LEAD
        lines = wrapped(title, self.width - bar, size)

        def draw(sheet: Sheet, top: float) -> None:
            sheet.box(self.left, top + lead * 0.14, 2, lead * len(lines) - lead * 0.28, fill=0.25)
            sheet.lines(self.left + bar, top, lines, size, lead, self.width - bar)

        return Strip(lead * len(lines) + 1.2, draw, keep=True)

    # Rows ----------------------------------------------------------------------------------------------

    def cell(self, x: float, width: float, text: str, **style: Any) -> Cell:
        """A cell with its text broken into lines."""
        return Cell(x, width, wrapped(text, width - 2 * PAD, self.size, style.get("bold", False)), **style)

    def row(self, cells: Sequence[Cell], least: float = 0) -> Strip:
        """One row of cells; with very many lines it goes on over the page, its label repeated."""
        most = max(len(cell.lines) for cell in cells)
        strip = self._row(cells, max(most * self.lead + 2 * RISE, least))
        if most >= LONG:
            strip.least = FEW * self.lead + 2 * RISE
            strip.split = lambda room: self._split_row(cells, most, room)
        return strip

    def _split_row(self, cells: Sequence[Cell], most: int, room: float) -> tuple[Strip, Strip] | None:
        count = min(int((room - 2 * RISE) / self.lead), most - FEW)
        if count < FEW:
            return None
        first = [replace(cell, lines=cell.lines[:count]) for cell in cells]
        rest = [self._going_on(cell, count) for cell in cells]
        return self._row(first, count * self.lead + 2 * RISE), self.row(rest)

    def _going_on(self, cell: Cell, count: int) -> Cell:
        """What a cell says after the break; a label and the first cell of a row say that the row goes on."""
        if len(cell.lines) > count or (cell.x and not cell.fill) or not cell.lines:
            return replace(cell, lines=cell.lines[count:], picture="")
        if cell.fill:
            said = "".join(cell.lines).removesuffix(GOES_ON) + GOES_ON
        else:
            wide = width_of(GOES_ON) * self.size / 1000 > cell.width - 2 * PAD
            said = GOES_ON[1] if wide else GOES_ON
        return self.cell(cell.x, cell.width, said, bold=cell.bold, align=cell.align, fill=cell.fill)

    def _row(self, cells: Sequence[Cell], height: float) -> Strip:
        def draw(sheet: Sheet, top: float) -> None:
            sheet.boxes(top, height, [(self.left + cell.x, cell.width, cell.fill) for cell in cells], LINE)
            for cell in cells:
                x = self.left + cell.x
                if cell.picture:
                    room = (x + PAD, top + RISE, cell.width - 2 * PAD, height - 2 * RISE)
                    draw_stroke(sheet, self.album, cell.picture, room)
                if not cell.lines:
                    continue
                above = (height - len(cell.lines) * self.lead) / 2
                sheet.lines(
                    x + PAD,
                    top + above,
                    cell.lines,
                    self.size,
                    self.lead,
                    cell.width - 2 * PAD,
                    cell.bold,
                    cell.align,
                )

        return Strip(height, draw)

    def _grid(self, block: f.FieldGrid) -> list[Strip]:
        pair, label = self.width / block.columns, block.label_width * MM
        found: list[Strip] = []
        for row in _packed(block.fields, block.columns):
            cells, x = [], 0.0
            for field, span in row:
                cells.append(self.cell(x, label, field.label, fill=True))
                value = field.value.fill(self.scope)
                cells.append(self.cell(x + label, pair * span - label, value, bold=field.strong))
                x += pair * span
            found.append(self.row(cells, max(field.height for field, _ in row) * MM))
        return found

    def _table(self, block: f.Table) -> list[Strip]:
        items: Sequence[Any] = look_up(self.scope, block.rows) or ()
        if not items and not block.empty and not block.blank:
            return []
        share = self.width / sum(column.width for column in block.columns)
        widths = [column.width * share for column in block.columns]
        lefts = [sum(widths[:n]) for n in range(len(widths))]
        places = list(zip(block.columns, lefts, widths, strict=True))
        heads = [self.cell(x, w, c.head, align="center", fill=True) for c, x, w in places]
        head = self.row(heads)
        body: list[Strip] = []
        for number, item in enumerate(items, 1):
            scope = Scope(item, self.scope.issue, number)
            body.append(
                self.row([self._table_cell(c, x, w, scope) for c, x, w in places], block.row_height * MM)
            )
        if not items and block.empty:
            body.append(self.row([self.cell(0, self.width, block.empty, align="center")]))
        for _ in range(block.blank):
            body.append(self.row([Cell(x, w, ()) for _, x, w in places], max(block.row_height, 7) * MM))
        last = len(body) - 1
        if block.foot and (text := block.foot.fill(self.scope)):
            body.append(self.row([self.cell(0, self.width, text, align="right")]))
        return _held_together(head, body, last)

    def _table_cell(self, column: f.Column, x: float, width: float, scope: Scope) -> Cell:
        picture = look_up(scope, column.picture) if column.picture else ""
        return self.cell(x, width, column.value.fill(scope), align=column.align, picture=picture)

    def _chart(self, block: f.Chart) -> list[Strip]:
        items: Sequence[Any] = look_up(self.scope, block.rows) or ()
        if items:
            return Charts(block, self.scope.issue, self.left, self.width, self.size).strips(items)
        return [self.row([self.cell(0, self.width, block.empty, align="center")])] if block.empty else []

    def _text(self, block: f.Text) -> list[Strip]:
        size, lead = self.size * block.scale, self.lead * block.scale
        indent = size * 1.6 if block.numbered else 0
        found: list[Strip] = []
        texts = [text for paragraph in block.paragraphs if (text := paragraph.fill(self.scope))]
        for number, text in enumerate(texts, 1):
            lines = wrapped(text, self.width - indent, size)
            found.append(self._paragraph(lines, f"{number}." if block.numbered else "", size, lead, indent))
        return found

    def _paragraph(self, lines: tuple[str, ...], mark: str, size: float, lead: float, indent: float) -> Strip:
        def draw(sheet: Sheet, top: float) -> None:
            sheet.lines(self.left, top, (mark,), size, lead, indent)
            sheet.lines(self.left + indent, top, lines, size, lead, self.width - indent)

        def split(room: float) -> tuple[Strip, Strip] | None:
            count = min(int((room - 1.2) / lead), len(lines) - FEW)
            if count < FEW:
                return None
            first = self._paragraph(lines[:count], mark, size, lead, indent)
            return first, self._paragraph(lines[count:], "", size, lead, indent)

        strip = Strip(len(lines) * lead + 1.2, draw)
        if len(lines) >= LONG:
            strip.split, strip.least = split, FEW * lead + 1.2
        return strip

    def _banner(self, block: f.Banner) -> Strip:
        side, edge = 30 * MM, 4 * MM
        called = block.text.fill(self.scope)
        lines = [said for line in block.lines if (said := line.fill(self.scope))]
        room = self.width - side - 3 * edge
        broken = [line for whole in lines for line in wrapped(whole, room * 0.52, self.size + 1)]
        height = max(side + 2 * edge, (len(broken) + 1) * self.lead * 1.15)
        big = min(54.0, room * 0.42 * 1000 / max(1, width_of(called, bold=True)))

        def draw(sheet: Sheet, top: float) -> None:
            sheet.box(self.left, top, self.width, height, stroke=1)
            sheet.qr(self.left + self.width - side - edge, top + (height - side) / 2, side, self.qr_text)
            sheet.text(self.left + edge, top + self.size * 1.9, block.caption, self.size + 1)
            sheet.text(self.left + edge, top + height / 2 + big * 0.42, called, big, bold=True)
            above = (height - len(broken) * self.lead * 1.15) / 2
            x, lead = self.left + edge + room * 0.48, self.lead * 1.15
            sheet.lines(x, top + above, tuple(broken), self.size + 1, lead, room * 0.52)

        return Strip(height, draw)

    def _photos(self, block: f.Photos) -> list[Strip]:
        shown = list(_photos_of(block, look_up(self.scope, block.rows) or (), self.scope.issue))
        width = self.width / block.across
        found = []
        for start in range(0, len(shown), block.across):
            row = shown[start : start + block.across]
            captions = [wrapped(caption, width - 2 * PAD, self.size - 1) for _, caption in row]
            most = max(len(lines) for lines in captions)
            height = width * 0.74 + most * (self.size - 1) * LEAD + 2 * RISE
            found.append(Strip(height, self._photo_row([photo for photo, _ in row], captions, width, height)))
        return found

    def _photo_row(
        self, photos: list[Photo], captions: list[tuple[str, ...]], width: float, height: float
    ) -> Any:
        size, high = self.size - 1, width * 0.74 - 2 * PAD

        def draw(sheet: Sheet, top: float) -> None:
            for n, (photo, lines) in enumerate(zip(photos, captions, strict=True)):
                x = self.left + n * width
                sheet.box(x, top, width, height, stroke=LINE)
                picture = self.album.photo(photo.sha256)
                if picture is None:
                    sheet.text(x + width / 2, top + high / 2, "照片无法显示", size, align="center")
                    sheet.text(
                        x + width / 2, top + high / 2 + size * 1.4, photo.sha256[:16], size, align="center"
                    )
                else:
                    scale = min((width - 2 * PAD) / picture.width, high / picture.height)
                    w, h = picture.width * scale, picture.height * scale
                    sheet.picture(picture.name, x + (width - w) / 2, top + PAD + (high - h) / 2, w, h)
                sheet.lines(x + PAD, top + width * 0.74, lines, size, size * LEAD, width - 2 * PAD)

        return draw

    # What is signed or written by hand -----------------------------------------------------------------

    def _signatures(self, block: f.Signatures) -> list[Strip]:
        found: list[Strip] = []
        if block.statement and (text := block.statement.fill(self.scope)):
            lines = wrapped(text, self.width, self.size)
            found.append(self._paragraph(lines, "", self.size, self.lead, 0))
        signed = {signature.role: signature for signature in getattr(self.scope.values, "signatures", ())}
        for start in range(0, len(block.spaces), block.across):
            row = block.spaces[start : start + block.across]
            pairs = [(space, signed.get(space.role)) for space in row]
            found.append(
                signature_strip(
                    pairs,
                    self.album,
                    left=self.left,
                    width=self.width,
                    height=block.height * MM,
                    size=self.size,
                )
            )
        for strip in found[:-1]:
            strip.keep = True
        return found

    def _lines(self, block: f.Lines) -> list[Strip]:
        step, label = 8 * MM, wrapped(block.label, self.width - 2 * PAD, self.size) if block.label else ()
        height = len(label) * self.lead + RISE + block.count * step

        def draw(sheet: Sheet, top: float) -> None:
            sheet.box(self.left, top, self.width, height, stroke=LINE)
            sheet.lines(self.left + PAD, top + RISE, label, self.size, self.lead, self.width)
            for n in range(1, block.count):
                y = top + height - n * step
                sheet.rule(self.left + 2 * PAD, y, self.width - 4 * PAD, 0.25)

        return [Strip(height, draw)]


def _packed(fields: Sequence[f.Field], columns: int) -> Iterator[list[tuple[f.Field, int]]]:
    """Fields in rows of so many columns; the last of a row takes what is left of it."""
    row: list[tuple[f.Field, int]] = []
    used = 0
    for field in fields:
        if used + field.span > columns:
            yield _filled(row, columns)
            row, used = [], 0
        row.append((field, field.span))
        used += field.span
    if row:
        yield _filled(row, columns)


def _filled(row: list[tuple[f.Field, int]], columns: int) -> list[tuple[f.Field, int]]:
    field, span = row[-1]
    return [*row[:-1], (field, span + columns - sum(taken for _, taken in row))]


def _held_together(head: Strip, body: list[Strip], last: int) -> list[Strip]:
    """A table in which the head never stands alone, nor the first or the last row.

    Args:
        last: the last row; after it comes at most the foot, which stays with two rows.
    """
    for strip in body:
        strip.head = head
    for strip in body[:1] + body[max(last - 1, 0) : -1]:
        strip.keep = len(body) > 1
    return [replace(head, keep=True), *body]


def _photos_of(block: f.Photos, rows: Sequence[Any], issue: Issue) -> Iterator[tuple[Photo, str]]:
    """Every picture with its caption: the row's, then its own and when it was taken."""
    for number, row in enumerate(rows, 1):
        caption = block.caption.fill(Scope(row, issue, number))
        for photo in getattr(row, block.field) if block.field else (row,):
            taken = as_short(photo.taken_at) if photo.taken_at else ""
            yield photo, " ".join(text for text in (caption, photo.caption, taken) if text)
