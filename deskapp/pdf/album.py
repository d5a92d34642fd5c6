"""Pictures on a document: photos as modest JPEGs without their metadata, signatures as one-bit stencils."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageChops, ImageOps

_PHOTO_SIDE = 900  # pixels; 60 mm wide that is 380 a inch
_STROKE_SIDE = 700
_LARGEST = 120_000_000  # pixels; beyond that it is no photo but an attack on memory
_INK = 105  # of 255: darker than this is part of a signature


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies in the PDF.

    Attributes:
        name: its name among the document's pictures.
        width, height: pixels.
        data: what the stream holds, in ``coding`` (a PDF filter).
        stencil: one bit a pixel, painted in black where set.
    """

    name: str
    width: int
    height: int
    data: bytes
    coding: str
    stencil: bool = False


class Album:
    """The pictures of one document, prepared at first use.

    Args:
        given: sha256 -> bytes of the file.

    Attributes:
        used: name -> picture.
        damaged: hashes of those that are absent, altered or no picture, in order.
    """

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self._given = given
        self.used: dict[str, Picture] = {}
        self.damaged: dict[str, None] = {}

    def photo(self, sha256: str) -> Picture | None:
        """A photo; None if it is absent or no picture."""
        return self._take("P", sha256)

    def stroke(self, sha256: str) -> Picture | None:
        """A signature or the like, dark on light or dark on nothing; None likewise."""
        return self._take("S", sha256)

    def _take(self, kind: str, sha256: str) -> Picture | None:
        data = self._given.get(sha256, b"")
        made = _prepared(kind, sha256, data)
        if made is None:
            self.damaged[sha256] = None
        else:
            self.used[made.name] = made
        return made


@lru_cache(maxsize=64)
def _prepared(kind: str, sha256: str, data: bytes) -> Picture | None:
    """The picture for printing; None if the bytes are not those that were hashed, or no picture."""
    if hashlib.sha256(data).hexdigest() != sha256:
        return None
    try:
        image = _opened(data)
        return (_photo if kind == "P" else _stencil)(kind + sha256[:16], image)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def _opened(data: bytes) -> Image.Image:
    with catch_warnings():
        simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(data))
    if image.width * image.height > _LARGEST:
        raise ValueError("too many pixels")
    return image


def _photo(name: str, image: Image.Image) -> Picture:
    image.draft("RGB", (_PHOTO_SIDE, _PHOTO_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE))
    flat = _on_white(upright)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=80)
    return Picture(name, flat.width, flat.height, out.getvalue(), "DCTDecode")


def _stencil(name: str, image: Image.Image) -> Picture:
    image.thumbnail((_STROKE_SIDE, _STROKE_SIDE))
    dark = ImageChops.invert(image.convert("L"))
    if image.mode in ("RGBA", "LA"):
        dark = ImageChops.multiply(dark, image.getchannel("A"))
    paper = dark.point([255 if level < _INK else 0 for level in range(256)])
    if (edge := ImageChops.invert(paper).getbbox()) is not None:
        paper = paper.crop(edge)
    bits = paper.convert("1", dither=Image.Dither.NONE)  # a stencil paints where the bit is 0
    return Picture(
        name, bits.width, bits.height, zlib.compress(bits.tobytes(), 6), "FlateDecode", stencil=True
    )


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which would print black."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        shaped = image.convert("RGBA")
        flat = Image.new("RGB", shaped.size, "white")
        flat.paste(shaped, mask=shaped.getchannel("A"))
        return flat
    return image.convert("RGB")
