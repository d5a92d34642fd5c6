"""Setting strips one under another over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskapp.pdf.sheet import Sheet

Draw = Callable[[Sheet, float], None]
"""Draws a strip with its top at the given place."""
Split = Callable[[float], "tuple[Strip, Strip] | None"]
"""Breaks a strip at a height."""
_ROUND = 0.01


@dataclass(slots=True)
class Strip:
    """A piece as wide as the page; it is broken only where it has very many lines.

    Attributes:
        height: points.
        keep: it stays on one page with the strip that follows.
        head: repeated above it when it begins a page (the head of its table).
        gap: nothing but distance, left out where a page begins.
        split: breaks it so that the first part is not higher than the room given; None where that cannot be.
        least: points that its first part needs.
        drawn: the operators of its last drawing and where that was: the parts of a form repeat one another.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Strip | None = None
    gap: bool = False
    split: Split | None = None
    least: float = 0
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
        left = list(group)
        while left:
            strip = left[0]
            if strip.gap and self._fresh:
                left.pop(0)
                continue
            room = (
                self._bottom - self._top - (strip.head.height if self._fresh and strip.head else 0) + _ROUND
            )
            if _needed(left) <= room:
                self._draw(left.pop(0))
            elif parts := strip.split(min(room, strip.height - 1)) if strip.split else None:
                self._draw(_like(strip, parts[0]))
                left[0] = _like(strip, parts[1])
                self._turn()
            elif not self._fresh:
                self._turn()
            else:
                self._draw(left.pop(0))

    def _turn(self) -> None:
        self._sheet, self._top = self._new_page()
        self._fresh = True

    def _draw(self, strip: Strip) -> None:
        if self._fresh and strip.head is not None:
            self._put(strip.head)
        self._put(strip)

    def _put(self, strip: Strip) -> None:
        strip.draw_on(self._sheet, self._top)
        self._top += strip.height
        self._fresh = False


def _needed(group: Sequence[Strip]) -> float:
    """The room for the first strip whole and for what must stay with it: of a strip that may be broken the
    least."""
    height = 0.0
    for number, strip in enumerate(group):
        if number and strip.split is not None:
            return height + strip.least
        height += strip.height
    return height


def _like(whole: Strip, part: Strip) -> Strip:
    """A part of a strip under the same head and held by the same neighbours."""
    part.head, part.keep = whole.head, whole.keep
    return part
