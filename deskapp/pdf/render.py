"""A record and its form into a PDF: lays out every part, then writes the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskapp.domain.documents import FORMS, Copy, Record, digest
from deskapp.pdf import frame
from deskapp.pdf.album import Album
from deskapp.pdf.blocks import Setter
from deskapp.pdf.flow import Flow, Strip
from deskapp.pdf.form import Block, Form, Part, Signatures, wording_of
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.template import Scope, look_up
from deskapp.pdf.typeface import Ink
from deskapp.pdf.writer import written


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as it goes to the printer.

    Attributes:
        pages: of all parts together.
        missing: code points that no font has, such as ``U+30EDD``; each is drawn as a box with its number.
        damaged: hashes of pictures that are absent or no pictures; their places say so.
    """

    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


class WrongRecordError(ValueError):
    """The record is of another form, or the copy asks for a part that the form has not."""


def render(
    form: Form, record: Record, copy: Copy | None = None, pictures: Mapping[str, bytes] | None = None
) -> Rendered:
    """The PDF of a record; the same record, form and copy give the same bytes.

    Args:
        copy: a reprint, a void, or some of the parts only; by default the first print of all parts.
        pictures: sha256 -> bytes of the photos, signatures and logo that the record names.

    Raises:
        WrongRecordError: form, record and copy do not belong together.
    """
    copy = copy or Copy()
    if record.issue.form != form.code or type(record.values) is not FORMS[form.code]:
        raise WrongRecordError(record.issue.form)
    parts = _parts(form, copy)
    album = Album(pictures or {})
    scope = Scope(record.values, record.issue)
    check = digest(record)[:12]
    around = frame.Frame(form, record.issue, copy, album, check)
    blocks = {part: [block for block in form.blocks if _shown(block, part, scope)] for part in parts}
    ink = Ink(
        _wording(form, [block for block in form.blocks if any(block in shown for shown in blocks.values())])
    )
    setter = Setter(scope, album, around)
    sheets = [sheet for part in parts for sheet in _pages(around, part, blocks[part], setter, ink)]
    title = f"{form.title} {record.issue.number}".strip()
    pdf = written(sheets, ink.subsets, album.used, title)
    return Rendered(pdf, len(sheets), tuple(f"U+{code:04X}" for code in ink.missing), tuple(album.damaged))


def _parts(form: Form, copy: Copy) -> tuple[Part, ...]:
    wanted = tuple(part for part in form.parts if not copy.parts or part.code in copy.parts)
    if len(wanted) < len(set(copy.parts)):
        raise WrongRecordError(", ".join(copy.parts))
    return wanted


def _shown(block: Block, part: Part, scope: Scope) -> bool:
    """Whether a block is printed on a part; what is internal never is on anybody else's."""
    if (block.internal and not part.internal) or (block.parts and part.code not in block.parts):
        return False
    if block.when and not look_up(scope, block.when):
        return False
    return not (block.unless and look_up(scope, block.unless))


def _wording(form: Form, blocks: list[Block]) -> dict[bool, str]:
    """The characters of the form's own in a fixed order, by bold or not."""
    around = [frame.WORDS, form.subtitle, form.note, *(part.name for part in form.parts)]
    return {True: form.title, False: "".join([*around, *map(wording_of, blocks)])}


def _pages(around: frame.Frame, part: Part, blocks: list[Block], setter: Setter, ink: Ink) -> list[Sheet]:
    """The pages of one part, numbered among themselves."""
    form = around.form
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheet = Sheet(form.width, form.height, ink)
        sheets.append(sheet)
        return sheet, around.later(sheet) if len(sheets) > 1 else around.first(sheet, part)

    flow = Flow(new_page, around.bottom)
    strips: list[Strip] = []
    for block in blocks:
        if isinstance(block, Signatures) and strips:
            strips[-1] = replace(strips[-1], keep=True)  # nobody signs a page on which nothing else stands
        strips += setter.strips(block)
    flow.set(strips)
    for number, sheet in enumerate(sheets, 1):
        sheet.shared = len(sheet.ops)
        around.part_and_page(sheet, part, number, len(sheets))
    return sheets
