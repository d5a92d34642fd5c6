"""Charts of a form: level bars and lines over time, made to be read in black and white.

Every number is printed beside its length. Series differ in shape and dash, not in grey alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import Any

from deskapp.domain.documents import Issue
from deskapp.pdf.flow import Strip
from deskapp.pdf.form import MM, Chart, ChartShape
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.template import Scope, as_short, look_up
from deskapp.pdf.typeface import width_of
from deskapp.pdf.wrap import wrapped

Number = int | Decimal

ABSENT = "—"
"""Printed where a row has no number, such as the rate of a month in which nothing happened."""
FILLS = (0.3, 1.0, 0.75)
"""Grey of the first, second and third series; all are outlined."""
DASHES = ("", "4 2", "1.2 1.6")
LEAD = 1.34
_MARK = 2.3  # half the size of a mark on a line, points


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers as shares of a length: ``at(low)`` is 0, ``at(high)`` is 1.

    Attributes:
        ticks: round numbers from low to high.
    """

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    def at(self, value: Number) -> float:
        """The share, never outside 0 to 1."""
        return float(min(max((Decimal(value) - self.low) / (self.high - self.low), Decimal(0)), Decimal(1)))


def scale_for(values: Sequence[Number], *, zero: bool = True, steps: int = 5) -> Scale:
    """A scale about the values with at most so many steps of 1, 2 or 5 times a power of ten.

    Args:
        zero: it begins at 0; otherwise at a round number below the least, and below values all alike.
    """
    exact = [Decimal(value) for value in values]
    most = max(exact, default=Decimal(0))
    bottom = Decimal(0) if zero else max(min(exact, default=Decimal(0)), Decimal(0))
    step = _step(most - bottom, steps)
    low = bottom // step * step
    while low + step * steps < most:
        step = _step(step * steps + 1, steps)
        low = bottom // step * step
    if low == most and low > 0:
        low -= step
    high = max((most / step).to_integral_value(ROUND_CEILING) * step, low + step)
    return Scale(low, high, tuple(low + step * n for n in range(int((high - low) / step) + 1)))


def _step(span: Decimal, steps: int) -> Decimal:
    """The least round step, 1 or more, with which so many steps reach over a span."""
    size = Decimal(1)
    while size * 5 * steps < span:
        size *= 10
    return next(size * part for part in (1, 2, 5) if size * part * steps >= span)


class Charts:
    """Turns a chart and its rows into strips.

    Args:
        left, width: where the strips stand, points.
        size: of the text, points.
    """

    def __init__(self, block: Chart, issue: Issue, left: float, width: float, size: float) -> None:
        self.block = block
        self.issue = issue
        self.left = left
        self.width = width
        self.size = size

    def strips(self, items: Sequence[Any]) -> list[Strip]:
        """The chart; a bar chart may run over pages, lines stay together."""
        scopes = [Scope(item, self.issue, number) for number, item in enumerate(items, 1)]
        labels = [self.block.label.fill(scope) for scope in scopes]
        columns = [[_number(scope, series.value) for scope in scopes] for series in self.block.series]
        if self.block.shape is ChartShape.LINES:
            return [self._lines(labels, columns)]
        return self._bars(labels, columns)

    # Bars ----------------------------------------------------------------------------------------------

    def _bars(self, labels: Sequence[str], columns: Sequence[Sequence[Number | None]]) -> list[Strip]:
        shown = [value for column in columns for value in column if value is not None]
        scale = Scale(Decimal(0), max([Decimal(1), *map(Decimal, shown)]), ())
        beside = max(self._wide(written(value)) for column in columns for value in column) + 6
        found = [self._legend()] if len(columns) > 1 or self.block.unit else []
        for number, label in enumerate(labels):
            found.append(self._bar_row(label, [column[number] for column in columns], scale, beside))
        for strip in found[:2]:
            strip.keep = True  # neither the legend alone nor a single bar before the end of a page
        found[-1].keep = False
        return found

    def _bar_row(self, label: str, values: Sequence[Number | None], scale: Scale, beside: float) -> Strip:
        name = self.block.label_width * MM
        lines = wrapped(label, name - 6, self.size)
        lead, bar = self.size * LEAD, self.size * 1.05
        height = max(len(lines) * lead, len(values) * bar) + 4
        start = self.left + name
        room = self.width - name - beside

        def draw(sheet: Sheet, top: float) -> None:
            sheet.lines(
                self.left,
                top + (height - len(lines) * lead) / 2,
                lines,
                self.size,
                lead,
                name - 4,
                align="right",
            )
            sheet.path([(start, top), (start, top + height)], 0.7)
            y = top + (height - len(values) * bar) / 2
            for number, value in enumerate(values):
                length = 0.0 if value is None else scale.at(value) * room
                if length:
                    sheet.box(start, y + 1, length, bar - 2, fill=FILLS[number])
                    sheet.box(start, y + 1, length, bar - 2, stroke=0.5)
                sheet.text(
                    start + length + 3, y + bar * 0.5 + self.size * 0.37, written(value), self.size - 0.5
                )
                y += bar

        return Strip(height, draw)

    def _legend(self) -> Strip:
        side = self.size * 0.8
        lead = self.size * LEAD

        def draw(sheet: Sheet, top: float) -> None:
            x = self.left + self.block.label_width * MM
            base = top + lead * 0.5 + self.size * 0.37
            if len(self.block.series) > 1:
                for number, series in enumerate(self.block.series):
                    sheet.box(x, base - side * 0.9, side * 1.6, side, fill=FILLS[number])
                    sheet.box(x, base - side * 0.9, side * 1.6, side, stroke=0.5)
                    x += side * 1.6 + 3
                    sheet.text(x, base, series.name, self.size)
                    x += self._wide(series.name) + self.size * 1.6
            if self.block.unit:
                sheet.text(self.left + self.width, base, f"单位：{self.block.unit}", self.size, align="right")

        return Strip(lead + 3, draw)

    # Lines ---------------------------------------------------------------------------------------------

    def _lines(self, labels: Sequence[str], columns: Sequence[Sequence[Number | None]]) -> Strip:
        shown = [value for column in columns for value in column if value is not None]
        scale = scale_for(shown, zero=self.block.zero)
        mark = self.size * 2.6
        gutter = max(
            [self._wide(series.name) + mark + 8 for series in self.block.series]
            + [self._wide(written(tick)) + 8 for tick in scale.ticks]
        )
        each = (self.width - gutter) / len(labels)
        small = self._fitting(
            [*labels, *(written(value) for column in columns for value in column)], each - 3
        )
        plot, row = self.block.height * MM, self.size * 1.55
        above = self.size * 0.8 + (self.size * LEAD if self.block.unit else 0)
        height = above + plot + row * (1 + len(columns)) + 2

        def draw(sheet: Sheet, top: float) -> None:
            start, low = self.left + gutter, top + above + plot
            if self.block.unit:
                sheet.text(
                    self.left + self.width,
                    top + self.size,
                    f"单位：{self.block.unit}",
                    self.size,
                    align="right",
                )
            for tick in scale.ticks:
                y = low - scale.at(tick) * plot
                sheet.path(
                    [(start, y), (self.left + self.width, y)], 0.25, "" if tick == scale.low else "1 2"
                )
                sheet.text(start - 4, y + self.size * 0.35, written(tick), self.size - 1, align="right")
            for number, column in enumerate(columns):
                places = [
                    None if value is None else (start + each * (n + 0.5), low - scale.at(value) * plot)
                    for n, value in enumerate(column)
                ]
                self._curve(sheet, places, number)
            self._below(sheet, low + 2, labels, columns, (gutter, each, row, small))

        return Strip(height, draw)

    def _curve(self, sheet: Sheet, places: Sequence[tuple[float, float] | None], number: int) -> None:
        """A line through the places with a mark at each; it stops where there is none."""
        for there, run in groupby(places, key=lambda place: place is not None):
            points = [place for place in run if place is not None]
            if there and len(points) > 1:
                sheet.path(points, 1.1, DASHES[number])
        for place in places:
            if place is not None:
                _mark(sheet, *place, number)

    def _below(
        self,
        sheet: Sheet,
        top: float,
        labels: Sequence[str],
        columns: Sequence[Sequence[Number | None]],
        sizes: tuple[float, float, float, float],
    ) -> None:
        """The names of the rows and, under them, every number of every series."""
        gutter, each, row, small = sizes
        start = self.left + gutter
        for n, label in enumerate(labels):
            sheet.text(start + each * (n + 0.5), top + row * 0.7, label, small, align="center")
        for number, (series, column) in enumerate(zip(self.block.series, columns, strict=True)):
            y = top + row * (number + 1)
            sheet.rule(self.left, y, self.width, 0.25)
            middle = y + row * 0.5
            reach = self.size * 2
            sheet.path([(self.left, middle), (self.left + reach, middle)], 1.1, DASHES[number])
            _mark(sheet, self.left + reach / 2, middle, number)
            sheet.text(self.left + self.size * 2.6, y + row * 0.7, series.name, self.size)
            for n, value in enumerate(column):
                sheet.text(start + each * (n + 0.5), y + row * 0.7, written(value), small, align="center")

    def _wide(self, text: str) -> float:
        return width_of(text) * self.size / 1000

    def _fitting(self, texts: Sequence[str], room: float) -> float:
        """The size at which the widest of the texts stands in a column."""
        widest = max(width_of(text) for text in texts)
        return min(self.size - 0.5, room * 1000 / max(widest, 1))


def written(value: Number | None) -> str:
    """A number as charts print it."""
    if value is None:
        return ABSENT
    return as_short(value.normalize() if isinstance(value, Decimal) else value)


def _number(scope: Scope, path: tuple[str, ...]) -> Number | None:
    found = look_up(scope, path)
    return found if isinstance(found, int | Decimal) else None


def _mark(sheet: Sheet, x: float, y: float, number: int) -> None:
    """A black square, a white diamond, or a grey triangle."""
    half = _MARK
    shapes = (
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)],
        [(x, y - half * 1.4), (x + half * 1.4, y), (x, y + half * 1.4), (x - half * 1.4, y)],
        [(x, y - half * 1.4), (x + half * 1.3, y + half), (x - half * 1.3, y + half)],
    )
    sheet.polygon(shapes[number], (0.0, 1.0, 0.75)[number])
