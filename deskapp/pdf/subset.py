"""The part of a font that one document uses, as a TrueType file ready for embedding.

Every character gets a code of its own, in a fixed order: the same text gives the same bytes, and what is
copied out of the PDF is the very character that was put in, even where two characters share a glyph.

What costs is compressing outlines, and most of a form's characters are its wording, which never changes.
So the wording's outlines are a chunk that is built and compressed once and kept; only what a record adds
(names, numbers) is new each time. The pieces are joined as one deflate stream: each ends in a full flush,
after which nothing refers back.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deskapp.pdf.outlines import COARSER
from deskapp.pdf.truetype import TrueType, numbers

LEVEL = 4
"""Of compression: a third faster than the usual 6 and 2 % larger on outlines."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Glyphs that follow one another, with all that can be reckoned of them ahead."""

    outlines: bytes
    lengths: tuple[int, ...]
    metrics: bytes
    deflated: bytes
    checksum: int
    widths: str
    unicodes: tuple[str, ...]


def _chunk(face: TrueType, codes: Mapping[str, int], glyphs: Sequence[int], end: int) -> _Chunk:
    """The glyphs in order; ``end`` is the zlib flush that closes the piece.

    Args:
        codes: those of the characters that the glyphs draw.
    """
    made = [face.coarse(glyph) for glyph in glyphs]
    outlines = [outline for outline, _ in made]
    whole = b"".join(outlines)
    return _Chunk(
        outlines=whole,
        lengths=tuple(map(len, outlines)),
        metrics=b"".join(metric for _, metric in made),
        deflated=_deflated(whole, end),
        checksum=_checksum(whole),
        widths=_widths(face, codes),
        unicodes=tuple(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()),
    )


def _widths(face: TrueType, codes: Mapping[str, int]) -> str:
    """Codes and advances in thousandths of an em, as a PDF lists them, but for those a full em wide."""
    advances = ((code, face.advance(ord(char))) for char, code in codes.items())
    return "".join(f"{code} [{advance}] " for code, advance in advances if advance != 1000)


@lru_cache(maxsize=256)
def _wording_chunk(face: TrueType, wording: str) -> _Chunk:
    glyphs = [0, *(face.glyph(ord(char)) for char in wording)]
    return _chunk(face, _numbered(wording), glyphs, zlib.Z_FULL_FLUSH)


def _numbered(wording: str) -> dict[str, int]:
    return {char: code for code, char in enumerate(wording, 1)}


def _deflated(data: bytes, end: int) -> bytes:
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush(end)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font as it lies in the PDF.

    Attributes:
        file: the TrueType file as FlateDecode reads it; ``length`` its length unpacked.
        widths: codes and advances for the array ``W``.
        to_unicode: the CMap back to characters, as FlateDecode reads it.
    """

    file: bytes
    length: int
    widths: str
    to_unicode: bytes


class Subset:
    """Collects the characters of a document in one font.

    Args:
        face: the font they are taken from.
        wording: the form's own characters in it, each once; they get the first codes.

    Attributes:
        codes: character -> its code, from 1 on; 0 is the glyph for "none".
    """

    def __init__(self, face: TrueType, wording: str = "") -> None:
        self.face = face
        self.codes = _numbered(wording)
        self._wording = _wording_chunk(face, wording)
        self._added: dict[str, int] = {}
        self._glyphs: list[int] = []

    def code(self, character: str, glyph: int) -> int:
        """The code of a character in this document, given at first use."""
        code = self.codes.get(character)
        if code is None:
            code = len(self._wording.lengths) + len(self._glyphs)
            self.codes[character] = self._added[character] = code
            self._glyphs.append(glyph)
        return code

    def embedded(self) -> Embedded:
        """All that the PDF needs of the font."""
        added = _chunk(self.face, self._added, self._glyphs, zlib.Z_FINISH)
        chunks = (self._wording, added)
        front = _front(self.face, chunks)
        check = zlib.adler32(front)
        for chunk in chunks:
            check = zlib.adler32(chunk.outlines, check)
        pieces = (_deflated(front, zlib.Z_FULL_FLUSH), *(chunk.deflated for chunk in chunks))
        return Embedded(
            file=b"\x78\x9c" + b"".join(pieces) + struct.pack(">I", check),
            length=len(front) + sum(len(chunk.outlines) for chunk in chunks),
            widths="".join(chunk.widths for chunk in chunks),
            to_unicode=zlib.compress(_cmap([*self._wording.unicodes, *added.unicodes]), LEVEL),
        )


def _front(face: TrueType, chunks: tuple[_Chunk, ...]) -> bytes:
    """All of the font file that stands before the outlines."""
    loca = [0]
    for chunk in chunks:
        for length in chunk.lengths:
            loca.append(loca[-1] + length)
    count = struct.pack(">H", len(loca) - 1)
    unit = COARSER * face.scale  # thousandths of an em in a unit
    em, (up, down) = struct.pack(">H", face.em // COARSER), (face.ascent / unit, face.descent / unit)
    box = struct.pack(">4h", *(round(side / unit) for side in face.box))
    head, hhea, maxp = (face.table(tag) for tag in ("head", "hhea", "maxp"))
    tables = {
        "head": head[:8]
        + bytes(4)
        + head[12:18]
        + em
        + head[20:36]
        + box
        + head[44:50]
        + b"\0\1"
        + head[52:],
        "hhea": hhea[:4] + struct.pack(">hh", round(up), round(down)) + hhea[8:34] + count,
        "hmtx": b"".join(chunk.metrics for chunk in chunks),
        "loca": struct.pack(f">{len(loca)}I", *loca),
        "maxp": maxp[:4] + count + maxp[6:],
    }
    return _assemble(tables, sum(chunk.checksum for chunk in chunks), loca[-1])


def _assemble(tables: dict[str, bytes], checksum: int, length: int) -> bytes:
    """The head of a TrueType file: directory and these tables, with the checksums of the format.

    The outlines (``glyf``, of this checksum and length) come last in the file and are not returned.
    """
    tags = sorted([*tables, "glyf"])
    at = 12 + 16 * len(tags)
    places, body = {}, []
    for tag, data in tables.items():
        places[tag] = (_checksum(data), at, len(data))
        body.append(data + bytes(-len(data) % 4))
        at += len(body[-1])
    places["glyf"] = (checksum & 0xFFFFFFFF, at, length)
    power = len(tags).bit_length() - 1
    start = struct.pack(">IHHHH", 0x10000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power))
    directory = start + b"".join(struct.pack(">4sIII", tag.encode("latin-1"), *places[tag]) for tag in tags)
    front = bytearray(directory + b"".join(body))
    whole = _checksum(bytes(front)) + checksum
    struct.pack_into(">I", front, places["head"][1] + 8, (0xB1B0AFBA - whole) & 0xFFFFFFFF)
    return bytes(front)


def _checksum(data: bytes) -> int:
    """Sum of the big-endian 32-bit words (OpenType specification, calculating checksums)."""
    return sum(numbers("I", data + bytes(-len(data) % 4))) & 0xFFFFFFFF


def _cmap(pairs: Sequence[str]) -> bytes:
    """The CMap by which a reader finds the text again."""
    blocks = []
    for at in range(0, len(pairs), 100):
        block = pairs[at : at + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return (_CMAP_HEAD + "".join(blocks) + _CMAP_FOOT).encode("ascii")


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
