"""Sheets into a PDF file, through reportlab. The same sheets give the same bytes."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from deskapp.pdf.album import Picture
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.subset import LEVEL, Subset

rl_config.useA85 = 0  # streams stay binary: a quarter smaller, and nobody reads a PDF as text


def written(
    sheets: Sequence[Sheet], subsets: Mapping[str, Subset], pictures: Mapping[str, Picture], title: str
) -> bytes:
    """The PDF of these sheets; nothing in it depends on the day or the machine."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, lang="zh-CN")
    canvas.setTitle(title)
    canvas.setProducer("deskapp")
    canvas.setCreator("deskapp")
    document = canvas._doc
    for picture in pictures.values():
        document.addForm(picture.name, _image(picture))
    bodies = _shared_bodies(document, sheets)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        if name := bodies.get(_text(sheet)):
            canvas.doForm(name)
        else:
            _draw(canvas, sheet.ops[: sheet.shared])
        _draw(canvas, sheet.ops[sheet.shared :])
        canvas.showPage()
    for name, subset in subsets.items():
        if subset.codes:
            document.idToObject["BasicFonts"].dict[name] = _font(document, subset)
    canvas.save()
    return out.getvalue()


def _draw(canvas: Any, ops: Sequence[str]) -> None:
    """Operators into the page; a picture is named to the canvas, so that the page's resources list it."""
    start = 0
    for at, op in enumerate(ops):
        if op[0] == "@":
            canvas.addLiteral("\n".join(ops[start:at]))
            canvas.doForm(op[1:])
            start = at + 1
    canvas.addLiteral("\n".join(ops[start:]))


def _text(sheet: Sheet) -> str:
    return "\n".join(sheet.ops[: sheet.shared])


def _shared_bodies(document: Any, sheets: Sequence[Sheet]) -> dict[str, str]:
    """What stands on several pages (the parts of a form repeat one another), written once."""
    counted = Counter(map(_text, sheets))
    shared = {text: f"B{n}" for n, (text, times) in enumerate(counted.items()) if times > 1 and text}
    for sheet in sheets:
        text = _text(sheet)
        if text in shared and not document.hasForm(shared[text]):
            document.addForm(shared[text], _body(document, sheet, text))
    return shared


def _body(document: Any, sheet: Sheet, text: str) -> _Literal:
    """A form XObject (ISO 32000, 8.10) that draws a body."""
    ops = text.split("\n")
    names = dict.fromkeys(pdfdoc.xObjectName(op[1:]) for op in ops if op[0] == "@")
    used = " ".join(f"/{name} {_reference(document, name)}" for name in names)
    drawn = "\n".join(f"/{pdfdoc.xObjectName(op[1:])} Do" if op[0] == "@" else op for op in ops)
    data = zlib.compress(drawn.encode("ascii"), LEVEL)
    entries = (
        f"/Type /XObject /Subtype /Form /BBox [0 0 {sheet.width:.2f} {sheet.height:.2f}] /Filter /FlateDecode"
        f" /Resources << /Font {_reference(document, 'BasicFonts')} /XObject << {used} >> >>"
        f" /Length {len(data)}"
    )
    return _Literal(f"<< {entries} >>\nstream\n".encode("ascii") + data + b"\nendstream\n")


def _reference(document: Any, name: str) -> str:
    return str(pdfdoc.PDFObjectReference(name).format(document), "ascii")


class _Literal(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """A PDF object already written: the general way costs more than laying out the page."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        return self.data


def _add(document: Any, entries: str, stream: bytes | None = None) -> str:
    """Puts an object into the document; returns how others refer to it."""
    data = f"<< {entries} >>".encode("ascii")
    if stream is not None:
        data = f"<< {entries} /Length {len(stream)} >>\nstream\n".encode("ascii") + stream + b"\nendstream\n"
    return str(document.Reference(_Literal(data)).format(document), "ascii")


def _image(picture: Picture) -> _Literal:
    looks = (
        "/ImageMask true /BitsPerComponent 1"
        if picture.stencil
        else "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    entries = (
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        f" {looks} /Filter /{picture.coding} /Length {len(picture.data)}"
    )
    return _Literal(f"<< {entries} >>\nstream\n".encode("ascii") + picture.data + b"\nendstream\n")


def _font(document: Any, subset: Subset) -> str:
    """A reference to the composite font (ISO 32000, 9.7) whose codes are the subset's glyph numbers."""
    face, base, made = subset.face, f"/DESKAP+{subset.face.name}", subset.embedded()
    file = _add(document, f"/Filter /FlateDecode /Length1 {made.length}", made.file)
    text = _add(document, "/Filter /FlateDecode", made.to_unicode)
    box = " ".join(map(str, face.box))
    described = _add(
        document,
        f"/Type /FontDescriptor /FontName {base} /Flags 4 /FontBBox [{box}] /ItalicAngle 0"
        f" /Ascent {face.ascent} /Descent {face.descent} /CapHeight 700 /StemV 80 /FontFile2 {file}",
    )
    glyphs = _add(
        document,
        f"/Type /Font /Subtype /CIDFontType2 /BaseFont {base} /FontDescriptor {described}"
        f" /DW 1000 /W [{made.widths}] /CIDToGIDMap /Identity"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
    )
    return _add(
        document,
        f"/Type /Font /Subtype /Type0 /BaseFont {base} /Encoding /Identity-H"
        f" /DescendantFonts [{glyphs}] /ToUnicode {text}",
    )
