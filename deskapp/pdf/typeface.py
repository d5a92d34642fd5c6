"""Which font draws which character, and how wide it is (P3: no missing glyph, or the app says which).

Noto Sans SC draws nearly all; the rest of the supplementary planes falls back glyph by glyph on
HanaMinB; a character that none has becomes a visible box with its code point and is reported.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from deskapp.base import assets
from deskapp.pdf.subset import Subset
from deskapp.pdf.truetype import TrueType

REGULAR, BOLD, FALLBACK = "R", "B", "H"
FILES = {REGULAR: "NotoSansSC-Regular", BOLD: "NotoSansSC-Bold", FALLBACK: "HanaMinB"}
"""What a font is called in content streams, and its file."""
CHAINS = {False: (REGULAR, FALLBACK), True: (BOLD, FALLBACK)}
_UNSEEN = {*range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF, 0xAD}
_UNSEEN.update(range(0xE0100, 0xE01F0))
"""Characters that by definition leave no mark: joiners, direction marks, variation selectors."""


@cache
def face(name: str) -> TrueType:
    """A shipped font by its short name, opened at first use."""
    return TrueType(assets.shipped(f"resources/fonts/{FILES[name]}.ttf"))


@cache
def face_for(character: str, bold: bool) -> str | None:
    """Name of the font that draws the character, None if there is none."""
    return next((name for name in CHAINS[bold] if face(name).glyph(ord(character))), None)


class _Widths(dict[str, int]):
    """Character -> advance in thousandths of an em, looked up once."""

    def __init__(self, bold: bool) -> None:
        self.bold = bold

    def __missing__(self, character: str) -> int:
        if ord(character) in _UNSEEN:
            width = 0
        else:
            name = face_for(character, self.bold)
            width = face(name).advance(ord(character)) if name else 1000
        self[character] = width
        return width


_WIDTHS = {False: _Widths(False), True: _Widths(True)}


def width_of(text: str, bold: bool = False) -> int:
    """Width of one line of text in thousandths of an em."""
    return sum(map(_WIDTHS[bold].__getitem__, text))


def character_widths(bold: bool = False) -> dict[str, int]:
    """Width by character; asking for one not yet known looks it up."""
    return _WIDTHS[bold]


@lru_cache(maxsize=256)
def drawable(text: str, bold: bool = False) -> str:
    """Those characters of a text that the style's first font draws, each once, in order."""
    first = face(CHAINS[bold][0])
    return "".join(char for char in dict.fromkeys(text) if first.glyph(ord(char)))


class Run(NamedTuple):
    """Characters in one font, ready for a content stream.

    Attributes:
        font: name of the font, None for a character that no font has.
        codes: hexadecimal glyph codes; for the unknown character its code point.
        width: thousandths of an em.
    """

    font: str | None
    codes: str
    width: int


class _Codes(dict[str, str]):
    """Character -> four hexadecimal digits in the first font of a style, or ``!`` where that has none."""

    def __init__(self, subset: Subset) -> None:
        super().__init__((char, f"{code:04x}") for char, code in subset.codes.items())
        self._subset = subset

    def __missing__(self, character: str) -> str:
        glyph = self._subset.face.glyph(ord(character))
        code = "!"
        if glyph and ord(character) not in _UNSEEN:
            code = f"{self._subset.code(character, glyph):04x}"
        self[character] = code
        return code


class Ink:
    """The fonts of one document.

    Args:
        wording: the form's own characters, by bold or not; they get their codes first.

    Attributes:
        subsets: font name -> what the document uses of it, in a fixed order.
        missing: code points that no font has, in order of first use.
    """

    def __init__(self, wording: dict[bool, str]) -> None:
        self.subsets = {
            REGULAR: Subset(face(REGULAR), drawable(wording[False])),
            BOLD: Subset(face(BOLD), drawable(wording[True], bold=True)),
        }
        self.missing: dict[int, None] = {}
        self._codes = {bold: _Codes(self.subsets[CHAINS[bold][0]]) for bold in (False, True)}

    def codes(self, text: str, bold: bool) -> str | None:
        """The glyph codes of a text in the style's first font; None if it needs another font too."""
        codes = "".join(map(self._codes[bold].__getitem__, text))
        return None if "!" in codes else codes

    def runs(self, text: str, bold: bool) -> list[Run]:
        """The text in as many runs as it needs fonts."""
        runs: list[Run] = []
        for char in text:
            if ord(char) in _UNSEEN:
                continue
            run = self._run_of(char, bold)
            if runs and run.font and runs[-1].font == run.font:
                last = runs.pop()
                run = Run(run.font, last.codes + run.codes, last.width + run.width)
            runs.append(run)
        return runs

    def _run_of(self, char: str, bold: bool) -> Run:
        name = face_for(char, bold)
        width = _WIDTHS[bold][char]
        if name is None:
            self.missing[ord(char)] = None
            return Run(None, f"{ord(char):04X}", width)
        if name not in self.subsets:
            self.subsets[name] = Subset(face(name))
        return Run(name, f"{self.subsets[name].code(char, face(name).glyph(ord(char))):04x}", width)
