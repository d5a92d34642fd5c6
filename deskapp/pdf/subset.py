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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from deskapp.pdf.truetype import TrueType, component_places, numbers

_KEPT_WHOLE = ("cvt ", "fpgm", "prep")  # what glyph instructions lean on


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Glyphs that follow one another: those asked for, then the components they are made of."""

    outlines: bytes
    lengths: tuple[int, ...]
    metrics: bytes
    deflated: bytes


def _chunk(face: TrueType, glyphs: Sequence[int], first: int, end: int) -> _Chunk:
    """Glyphs whose codes begin at ``first``; ``end`` is the zlib flush that closes the piece."""
    order, added = list(glyphs), dict[int, int]()
    outlines, metrics = [], []
    for glyph in order:  # grows while components are found
        outline = face.outline(glyph)
        for place in component_places(outline):
            part = struct.unpack_from(">H", outline, place)[0]
            if part not in added:
                added[part] = first + len(order)
                order.append(part)
            outline = outline[:place] + struct.pack(">H", added[part]) + outline[place + 2 :]
        outlines.append(outline + bytes(-len(outline) % 4))
        metrics.append(face.metric_bytes(glyph))
    whole = b"".join(outlines)
    return _Chunk(whole, tuple(map(len, outlines)), b"".join(metrics), _deflated(whole, end))


@lru_cache(maxsize=256)
def _wording_chunk(face: TrueType, wording: str) -> _Chunk:
    glyphs = [0, *(face.glyph(ord(char)) for char in wording)]
    return _chunk(face, glyphs, 0, zlib.Z_FULL_FLUSH)


def _deflated(data: bytes, end: int) -> bytes:
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush(end)


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
        self.codes = {char: code for code, char in enumerate(wording, 1)}
        self._wording = _wording_chunk(face, wording)
        self._next = len(self._wording.lengths)
        self._first = self._next
        self._glyphs: list[int] = []

    def code(self, character: str, glyph: int) -> int:
        """The code of a character in this document, given at first use."""
        code = self.codes.get(character)
        if code is None:
            code = self.codes[character] = self._next
            self._glyphs.append(glyph)
            self._next += 1
        return code

    def widths(self) -> dict[int, int]:
        """Code -> advance in thousandths of an em, for all that are not a full em wide."""
        face = self.face
        advances = ((code, face.advance(ord(char))) for char, code in self.codes.items())
        return {code: advance for code, advance in advances if advance != 1000}

    def font_file(self) -> tuple[bytes, int]:
        """The TrueType file as the PDF filter FlateDecode reads it, and its length unpacked."""
        added = _chunk(self.face, self._glyphs, self._first, zlib.Z_FINISH)
        chunks = (self._wording, added)
        front = self._front_tables(chunks)
        check = zlib.adler32(front)
        for chunk in chunks:
            check = zlib.adler32(chunk.outlines, check)
        pieces = (_deflated(front, zlib.Z_FULL_FLUSH), *(chunk.deflated for chunk in chunks))
        length = len(front) + sum(len(chunk.outlines) for chunk in chunks)
        return b"\x78\x9c" + b"".join(pieces) + struct.pack(">I", check), length

    def _front_tables(self, chunks: tuple[_Chunk, ...]) -> bytes:
        """All of the file that stands before the outlines."""
        loca = [0]
        for chunk in chunks:
            for length in chunk.lengths:
                loca.append(loca[-1] + length)
        count = struct.pack(">H", len(loca) - 1)
        head, hhea, maxp = (self.face.table(tag) for tag in ("head", "hhea", "maxp"))
        tables = {
            "head": head[:8] + bytes(4) + head[12:50] + b"\0\1" + head[52:],
            "hhea": hhea[:34] + count,
            "hmtx": b"".join(chunk.metrics for chunk in chunks),
            "loca": struct.pack(f">{len(loca)}I", *loca),
            "maxp": maxp[:4] + count + maxp[6:],
        }
        tables.update((tag, data) for tag in _KEPT_WHOLE if (data := self.face.table(tag)))
        return _assemble(tables, b"".join(chunk.outlines for chunk in chunks))

    def to_unicode(self) -> bytes:
        """The CMap by which a reader finds the text again."""
        pairs = [f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in self.codes.items()]
        blocks = []
        for at in range(0, len(pairs), 100):
            block = pairs[at : at + 100]
            blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
        return (_CMAP_HEAD + "".join(blocks) + _CMAP_FOOT).encode("ascii")


def _assemble(tables: dict[str, bytes], outlines: bytes) -> bytes:
    """The head of a TrueType file: directory and these tables, with the checksums of the format.

    The outlines (``glyf``) come last in the file and are counted, but not in what is returned.
    """
    tags = sorted([*tables, "glyf"])
    at = 12 + 16 * len(tags)
    places, body = {}, []
    for tag, data in tables.items():
        places[tag] = (_checksum(data), at, len(data))
        body.append(data + bytes(-len(data) % 4))
        at += len(body[-1])
    places["glyf"] = (_checksum(outlines), at, len(outlines))
    power = len(tags).bit_length() - 1
    start = struct.pack(">IHHHH", 0x10000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power))
    directory = start + b"".join(struct.pack(">4sIII", tag.encode("latin-1"), *places[tag]) for tag in tags)
    front = bytearray(directory + b"".join(body))
    whole = (_checksum(bytes(front)) + places["glyf"][0]) & 0xFFFFFFFF
    struct.pack_into(">I", front, places["head"][1] + 8, (0xB1B0AFBA - whole) & 0xFFFFFFFF)
    return bytes(front)


def _checksum(data: bytes) -> int:
    """Sum of the big-endian 32-bit words (OpenType specification, calculating checksums)."""
    return sum(numbers("I", data + bytes(-len(data) % 4))) & 0xFFFFFFFF


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
