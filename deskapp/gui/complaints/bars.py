"""Figures of a month drawn on the screen, every bar from nought and every number in words beside it (C17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named

ROW = 24
NAME_SHARE = 0.34
LEAST_BESIDE = 84
LEAST_ROOM = 120
"""Pixels that the bars keep for themselves; where the numbers would take them, they are shortened."""
THIN = 4
_GAP = 12
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``before`` is drawn as a thin line below it, ``target`` as a tick across both.

    Attributes:
        text: all its numbers in words; short: the first of them, for a chart too narrow for all.
    """

    name: str
    value: int
    before: int
    text: str
    target: int | None = None
    short: str = ""


class BarChart(QWidget):
    """Level bars with their names and numbers; the numbers say all that the bars do.

    Args:
        most: what the whole width stands for, such as 100 for shares; 0 for the greatest bar.
    """

    def __init__(self, object_name: str, spoken: str, most: int = 0) -> None:
        super().__init__()
        named(self, object_name, spoken)
        self._most = most
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draws these."""
        self.bars = tuple(bars)
        said = [f"{bar.name} {bar.text}" for bar in self.bars]
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, ROW * len(self.bars) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, ROW * len(self.bars) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, metrics = tokens(), QFontMetrics(self.font())
        names = int(self.width() * NAME_SHARE)
        texts = self._texts(metrics, self.width() - names - _GAP - LEAST_ROOM)
        beside = max([LEAST_BESIDE, *(metrics.horizontalAdvance(text) + 4 for text in texts)])
        room = max(self.width() - names - beside - _GAP, 1)
        most = self._most or max([1, *(max(bar.value, bar.before) for bar in self.bars)])
        for at, (bar, text) in enumerate(zip(self.bars, texts, strict=True)):
            top = at * ROW
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 8)
            painter.setPen(QColor(look.text))
            painter.drawText(QRect(0, top, names - 8, ROW), _MIDDLE, name)
            painter.drawText(QRect(self.width() - beside, top, beside, ROW), _RIGHT, text)
            painter.fillRect(names, top + 4, room * bar.value // most, ROW - 12, QColor(look.accent))
            painter.fillRect(names, top + ROW - 7, room * bar.before // most, THIN, QColor(look.muted))
            if bar.target is not None:
                painter.fillRect(names + room * bar.target // most, top + 2, 2, ROW - 4, QColor(look.text))
        if self.bars:
            painter.fillRect(names - 1, 0, 1, ROW * len(self.bars), QColor(look.muted))
        painter.end()

    def _texts(self, metrics: QFontMetrics, room: int) -> list[str]:
        """The numbers beside the bars: all of them where there is room, else the first; hovering says all."""
        wide = any(metrics.horizontalAdvance(bar.text) > room for bar in self.bars)
        return [(bar.short if wide else "") or bar.text for bar in self.bars]


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the trend.

    Attributes:
        name: of the month. came, serious: how many tickets, and how many of them are serious.
        below: what stands under the month, a text for each row of `TrendChart.rows`.
    """

    name: str
    came: int
    serious: int
    below: tuple[str, ...] = ()


class TrendChart(QWidget):
    """A column a month with its number above; below it the month and a row of numbers for each rate."""

    COLUMNS = 104
    """Pixels of the highest column with its number."""

    def __init__(self, object_name: str, spoken: str, rows: Sequence[str]) -> None:
        super().__init__()
        named(self, object_name, spoken)
        self.rows = tuple(rows)
        self.points: tuple[MonthPoint, ...] = ()
        self.setMinimumHeight(self.COLUMNS + ROW * (len(self.rows) + 1))

    def show_points(self, points: Sequence[MonthPoint]) -> None:
        """Draws these months, the oldest at the left."""
        self.points = tuple(points)
        self.setAccessibleDescription("; ".join(map(self._said, self.points)))
        self.update()

    def _said(self, point: MonthPoint) -> str:
        below = (f"{row} {text}" for row, text in zip(self.rows, point.below, strict=True))
        return ", ".join((f"{point.name} {point.came} {point.serious}", *below))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, metrics = tokens(), QFontMetrics(self.font())
        gutter = max([0, *(metrics.horizontalAdvance(row) for row in self.rows)]) + 8
        width = (self.width() - gutter) // max(len(self.points), 1)
        high, most = self.COLUMNS - 20, max([1, *(point.came for point in self.points)])
        for at, point in enumerate(self.points):
            left, tall = gutter + at * width, high * point.came // most
            column = QRect(left + width // 4, self.COLUMNS - tall, width // 2, tall)
            painter.fillRect(column, QColor(look.accent))
            part = high * point.serious // most
            painter.fillRect(column.left(), self.COLUMNS - part, column.width(), part, QColor(look.danger))
            painter.setPen(QColor(look.text))
            painter.drawText(QRect(left, column.top() - 20, width, 20), _CENTRE, f"{point.came}")
            for row, text in enumerate((point.name, *point.below)):
                painter.setPen(QColor(look.text if row else look.muted))
                painter.drawText(QRect(left, self.COLUMNS + row * ROW, width, ROW), _CENTRE, text)
        painter.fillRect(gutter, self.COLUMNS, width * len(self.points), 1, QColor(look.muted))
        painter.setPen(QColor(look.muted))
        for row, name in enumerate(self.rows, 1):
            painter.drawText(QRect(0, self.COLUMNS + row * ROW, gutter, ROW), _MIDDLE, name)
        painter.end()
