"""Reading a TrueType font: the little that drawing and embedding need, straight from the mapped file.

A CJK font has thirty to sixty thousand glyphs and a page uses a few hundred, so nothing is unpacked
ahead but the index of outlines and of characters (two arrays, milliseconds).
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from pathlib import Path

from deskapp.pdf.outlines import COARSER, coarse


class NotTrueTypeError(ValueError):
    """The file is no TrueType font with outlines of its own (a collection or PostScript outlines, say)."""


class TrueType:
    """A font file.

    Attributes:
        name: PostScript-like name, here the file's stem.
        em: font units to an em.
        scale: thousandths of an em per font unit.
        ascent, descent: thousandths of an em; descent is below zero.
        box: bounding box of all glyphs, thousandths of an em.

    Raises:
        NotTrueTypeError: not such a font.
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._tables = self._directory()
        head, hhea = self.table("head"), self.table("hhea")
        self.em: int = struct.unpack_from(">H", head, 18)[0]
        self.scale = 1000 / self.em
        self.box = tuple(round(v * self.scale) for v in struct.unpack_from(">4h", head, 36))
        self.ascent, self.descent = (round(v * self.scale) for v in struct.unpack_from(">hh", hhea, 4))
        self._advances = struct.unpack_from(">H", hhea, 34)[0]
        long_index = struct.unpack_from(">h", head, 50)[0]
        self._loca = numbers("I" if long_index else "H", self.table("loca"))
        self._loca_unit = 1 if long_index else 2
        self._glyf = self._tables["glyf"][0]
        self._hmtx = self._tables["hmtx"][0]
        self._widths: dict[int, int] = {}
        self._coarse: dict[int, tuple[bytes, bytes]] = {}
        self._starts, self._ends, self._firsts = self._characters()

    def _directory(self) -> dict[str, tuple[int, int]]:
        if self._data[:4] not in (b"\0\1\0\0", b"true"):
            raise NotTrueTypeError(self.name)
        found = {}
        for at in range(12, 12 + 16 * struct.unpack_from(">H", self._data, 4)[0], 16):
            tag, _, offset, length = struct.unpack_from(">4sIII", self._data, at)
            found[tag.decode("latin-1")] = (offset, length)
        if not {"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"} <= found.keys():
            raise NotTrueTypeError(self.name)
        return found

    def table(self, tag: str) -> bytes:
        """The bytes of a table, empty if the font has none."""
        offset, length = self._tables.get(tag, (0, 0))
        return self._data[offset : offset + length]

    def _characters(self) -> tuple[array[int], array[int], array[int]]:
        """Ranges of characters (first, last, glyph of the first) of the full Unicode subtable, format 12."""
        cmap = self.table("cmap")
        for at in range(4, 4 + 8 * struct.unpack_from(">H", cmap, 2)[0], 8):
            offset = struct.unpack_from(">I", cmap, at + 4)[0]
            if struct.unpack_from(">H", cmap, offset)[0] == 12:
                count = struct.unpack_from(">I", cmap, offset + 12)[0]
                flat = numbers("I", cmap[offset + 16 : offset + 16 + 12 * count])
                return flat[0::3], flat[1::3], flat[2::3]
        raise NotTrueTypeError(f"{self.name}: no cmap of format 12")

    def glyph(self, codepoint: int) -> int:
        """Number of the glyph of a character; 0 if the font has none."""
        at = bisect_right(self._starts, codepoint) - 1
        if at < 0 or codepoint > self._ends[at]:
            return 0
        return self._firsts[at] + codepoint - self._starts[at]

    def units(self, glyph: int) -> int:
        """Advance of a glyph in font units."""
        at = self._hmtx + 4 * min(glyph, self._advances - 1)
        found: int = struct.unpack_from(">H", self._data, at)[0]
        return found

    def advance(self, codepoint: int) -> int:
        """Advance of a character in thousandths of an em."""
        found = self._widths.get(codepoint)
        if found is None:
            found = self._widths[codepoint] = round(self.units(self.glyph(codepoint)) * self.scale)
        return found

    def coarse(self, glyph: int) -> tuple[bytes, bytes]:
        """The glyph as `outlines` makes it smaller: description, and entry of the ``hmtx`` table.

        Both are kept, for they are asked for often.
        """
        found = self._coarse.get(glyph)
        if found is None:
            outline = coarse(self.outline, glyph)
            advance = struct.pack(">H", round(self.units(glyph) / COARSER))
            found = self._coarse[glyph] = outline, advance + (outline[2:4] or b"\0\0")  # side bearing: xMin
        return found

    def outline(self, glyph: int) -> bytes:
        """The glyph's description as the font holds it, empty for a blank one."""
        start, end = self._loca[glyph] * self._loca_unit, self._loca[glyph + 1] * self._loca_unit
        return self._data[self._glyf + start : self._glyf + end]


def numbers(kind: str, data: bytes) -> array[int]:
    """Big-endian unsigned numbers of 2 (``H``) or 4 (``I``) bytes."""
    found = array(kind)
    found.frombytes(data[: len(data) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found
