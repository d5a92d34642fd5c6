"""Setting strips one under another over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from deskapp.pdf.sheet import Sheet

Draw = Callable[[Sheet, float], None]
"""Draws a strip with its top at the given place."""


@dataclass(slots=True)
class Strip:
    """A piece as wide as the page that is never broken.

    Attributes:
        height: points.
        keep: it stays on one page with the strip that follows.
        head: repeated above it when it begins a page (the head of its table).
        gap: nothing but distance, left out where a page begins.
        drawn: the operators of its last drawing and where that was: the parts of a form repeat one another.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Strip | None = None
    gap: bool = False
    drawn: tuple[float, list[str]] | None = None

    def draw_on(self, sheet: Sheet, top: float) -> None:
        """Draws it with its top at the given place."""
        if self.drawn is None or self.drawn[0] != top:
            start = len(sheet.ops)
            self.draw(sheet, top)
            self.drawn = (top, sheet.ops[start:])
        else:
            sheet.ops += self.drawn[1]


def space(height: float) -> Strip:
    """Distance between blocks."""
    return Strip(height, lambda sheet, top: None, keep=True, gap=True)


class Flow:
    """Fills pages from the top.

    Args:
        new_page: makes a page and says where its body begins.
        bottom: where the body of every page ends.
    """

    def __init__(self, new_page: Callable[[], tuple[Sheet, float]], bottom: float) -> None:
        self._new_page = new_page
        self._bottom = bottom
        self._sheet, self._top = new_page()
        self._fresh = True

    def set(self, strips: list[Strip]) -> None:
        """Places the strips in order; those kept together go to the next page together.

        A group that is higher than a page is broken all the same, where the page ends.
        """
        group: list[Strip] = []
        for strip in strips:
            group.append(strip)
            if not strip.keep:
                self._place(group)
                group = []
        self._place(group)

    def _place(self, group: list[Strip]) -> None:
        if not self._fresh and self._top + sum(strip.height for strip in group) > self._bottom + 0.01:
            self._turn()
        for strip in group:
            if strip.gap and self._fresh:
                continue
            if not self._fresh and self._top + strip.height > self._bottom + 0.01:
                self._turn()
            if self._fresh and strip.head is not None:
                self._draw(strip.head)
            self._draw(strip)

    def _turn(self) -> None:
        self._sheet, self._top = self._new_page()
        self._fresh = True

    def _draw(self, strip: Strip) -> None:
        strip.draw_on(self._sheet, self._top)
        self._top += strip.height
        self._fresh = False
