"""One page being drawn: texts, lines and boxes as PDF operators; places are points from the top left."""

from __future__ import annotations

from functools import lru_cache

from deskapp.pdf.qr import SIZE, symbol
from deskapp.pdf.typeface import CHAINS, Ink, Run, width_of

GREY = 0.93
"""Fill of heads and labels, light enough for a copier."""


class Sheet:
    """A page.

    Attributes:
        ops: content stream operators; ``@`` and a name stand for a picture.
        shared: how many of ``ops`` come before those that differ from part to part.
        tags_at: top of the boxes that name the part.
    """

    def __init__(self, width: float, height: float, ink: Ink) -> None:
        self.width = width
        self.height = height
        self.ink = ink
        self.ops: list[str] = []
        self.shared = 0
        self.tags_at = 0.0

    def text(
        self, x: float, y: float, text: str, size: float, bold: bool = False, align: str = "left"
    ) -> None:
        """One line on the baseline ``y``; ``x`` is its left end, middle or right end after ``align``."""
        if not text:
            return
        if align != "left":
            width = width_of(text, bold) * size / 1000
            x -= width if align == "right" else width / 2
        codes = self.ink.codes(text, bold)
        if codes is not None:
            self._show(x, y, CHAINS[bold][0], codes, size)
            return
        for run in self.ink.runs(text, bold):
            if run.font is None:
                self._unknown(x, y, run, size)
            else:
                self._show(x, y, run.font, run.codes, size)
            x += run.width * size / 1000

    def _show(self, x: float, y: float, font: str, codes: str, size: float) -> None:
        self.ops.append(f"BT /{font} {size:g} Tf {x:.2f} {self.height - y:.2f} Td <{codes}> Tj ET")

    def _unknown(self, x: float, y: float, run: Run, size: float) -> None:
        """A box with the code point, where no font has the character."""
        side, tiny = size * 0.92, size * 0.4
        self.box(x + size * 0.04, y - size * 0.8, side, side, stroke=0.5)
        code = run.codes.zfill(4)
        half = (len(code) + 1) // 2
        for row, digits in enumerate((code[:half], code[half:])):
            self.text(x + size / 2, y - size * (0.4 - 0.42 * row), digits, tiny, align="center")

    def lines(
        self,
        x: float,
        y: float,
        lines: tuple[str, ...],
        size: float,
        lead: float,
        width: float,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Lines under one another in a column; ``y`` is the column's top."""
        if align != "left":
            x += width if align == "right" else width / 2
        baseline = y + (lead + size * 0.76) / 2
        for line in lines:
            self.text(x, baseline, line, size, bold, align)
            baseline += lead

    def rule(self, x: float, y: float, width: float, weight: float = 0.5) -> None:
        """A level line."""
        at = self.height - y
        self.ops.append(f"{weight:g} w {x:.2f} {at:.2f} m {x + width:.2f} {at:.2f} l S")

    def box(
        self, x: float, y: float, width: float, height: float, stroke: float = 0, fill: float | None = None
    ) -> None:
        """A rectangle with its outline, its fill, or both."""
        shape = f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re"
        if fill is not None:
            self.ops.append(f"{fill:g} g {shape} f 0 g")
        if stroke:
            self.ops.append(f"{stroke:g} w {shape} S")

    def boxes(self, y: float, height: float, places: list[tuple[float, float, bool]], stroke: float) -> None:
        """Boxes side by side: left end, width, and whether filled grey."""
        low = self.height - y - height
        filled = " ".join(f"{x:.2f} {low:.2f} {w:.2f} {height:.2f} re" for x, w, fill in places if fill)
        if filled:
            self.ops.append(f"{GREY:g} g {filled} f 0 g")
        start, end = places[0][0], places[-1][0] + places[-1][1]
        walls = " ".join(f"{x:.2f} {low:.2f} m {x:.2f} {low + height:.2f} l" for x, _, _ in places[1:])
        self.ops.append(f"{stroke:g} w {start:.2f} {low:.2f} {end - start:.2f} {height:.2f} re {walls} S")

    def path(self, points: list[tuple[float, float]], weight: float, dash: str = "") -> None:
        """A line through points; ``dash`` as PDF writes it, such as ``4 2``."""
        along = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points)
        )
        self.ops.append(f"q [{dash}] 0 d 1 j {weight:g} w {along} S Q")

    def polygon(self, points: list[tuple[float, float]], fill: float) -> None:
        """A closed shape, outlined in black."""
        along = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points)
        )
        self.ops.append(f"q {fill:g} g 0.7 w {along} h B Q")

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """A QR symbol; its quiet zone is left to the caller."""
        self.ops.append(f"q {side / SIZE:.5f} 0 0 {side / SIZE:.5f} {x:.2f} {self.height - y - side:.2f} cm")
        self.ops += [_dark(text), "f Q"]

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture known to the document by its name, filling the rectangle."""
        place = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {self.height - y - height:.2f}"
        self.ops += [f"q {place} cm", f"@{name}", "Q"]

    def across(self, text: str, size: float, down: float = 0.5) -> None:
        """A word aslant over the page in light grey, drawn before all else; ``down`` is its place, 0 to 1."""
        half = width_of(text, bold=True) * size / 2000 * 0.7071
        x, y = self.width / 2 - half + size * 0.25, self.height * (1 - down) - half - size * 0.25
        for run in self.ink.runs(text, bold=True):
            place = f"0.7071 0.7071 -0.7071 0.7071 {x:.2f} {y:.2f} Tm <{run.codes}> Tj"
            self.ops.append(f"0.85 g BT /{run.font} {size:g} Tf {place} ET 0 g")


@lru_cache(maxsize=32)
def _dark(text: str) -> str:
    """The dark modules of a symbol as rectangles, neighbours in one; the same on every part and page."""
    shapes = []
    for row, modules in enumerate(symbol(text)):
        start = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                shapes.append(f"{start} {SIZE - 1 - row} {column - start} 1 re")
                start = None
    return " ".join(shapes)
