"""Sheets into a PDF file, through reportlab. The same sheets give the same bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from deskapp.pdf.album import Picture
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.subset import Subset

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
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for ops, picture_name in sheet.stretches():
            canvas.addLiteral(ops)
            if picture_name:
                canvas.doForm(picture_name)
        canvas.showPage()
    for name, subset in subsets.items():
        if subset.codes:
            document.idToObject["BasicFonts"].dict[name] = _font(document, name, subset)
    canvas.save()
    return out.getvalue()


def _stream(data: bytes, **entries: Any) -> pdfdoc.PDFStream:
    """A stream whose bytes are already what its filter reads."""
    return pdfdoc.PDFStream(_dictionary(**entries), data, filters=())


def _dictionary(**entries: Any) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(entries)


def _image(picture: Picture) -> pdfdoc.PDFStream:
    looks: dict[str, Any] = {"ColorSpace": "/DeviceRGB", "BitsPerComponent": 8}
    if picture.stencil:
        looks = {"ImageMask": "true", "BitsPerComponent": 1}
    return _stream(
        picture.data,
        Type="/XObject",
        Subtype="/Image",
        Width=picture.width,
        Height=picture.height,
        Filter=f"/{picture.coding}",
        **looks,
    )


def _font(document: Any, name: str, subset: Subset) -> Any:
    """A reference to the composite font (ISO 32000, 9.7) whose codes are the subset's glyph numbers."""
    face, base = subset.face, f"/DESKAP+{name}"
    data, length = subset.font_file()
    file = document.Reference(_stream(data, Length1=length, Filter="/FlateDecode"))
    described = _dictionary(
        Type="/FontDescriptor",
        FontName=base,
        Flags=4,
        FontBBox=f"[{' '.join(map(str, face.box))}]",
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=700,
        StemV=80,
        FontFile2=file,
    )
    widths = " ".join(f"{code} [{width}]" for code, width in subset.widths().items())
    glyphs = _dictionary(
        Type="/Font",
        Subtype="/CIDFontType2",
        BaseFont=base,
        CIDSystemInfo="<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        FontDescriptor=document.Reference(described),
        DW=1000,
        W=f"[{widths}]",
        CIDToGIDMap="/Identity",
    )
    text = _stream(zlib.compress(subset.to_unicode(), 6), Filter="/FlateDecode")
    whole = _dictionary(
        Type="/Font",
        Subtype="/Type0",
        BaseFont=base,
        Encoding="/Identity-H",
        DescendantFonts=pdfdoc.PDFArray([document.Reference(glyphs)]),
        ToUnicode=document.Reference(text),
    )
    return document.Reference(whole)
