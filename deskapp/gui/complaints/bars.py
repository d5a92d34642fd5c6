"""Bars drawn on the screen: how many of each, this month beside the month before (C17)."""

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
NUMBER_WIDTH = 84
THIN = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``before`` is drawn as a thin line below it, and both are written as numbers."""

    name: str
    value: int
    before: int
    text: str


class BarChart(QWidget):
    """Horizontal bars with their names and numbers; the numbers say all that the bars do."""

    def __init__(self, object_name: str, spoken: str) -> None:
        super().__init__()
        named(self, object_name, spoken)
        self._spoken = spoken
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draws these."""
        self.bars = tuple(bars)
        said = "; ".join(f"{bar.name} {bar.text}" for bar in self.bars)
        self.setAccessibleDescription(said)
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
        room = max(self.width() - names - NUMBER_WIDTH - 12, 1)
        most = max([1, *(max(bar.value, bar.before) for bar in self.bars)])
        for at, bar in enumerate(self.bars):
            top = at * ROW
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 8)
            painter.setPen(QColor(look.text))
            painter.drawText(QRect(0, top, names - 8, ROW), _MIDDLE, name)
            painter.fillRect(names, top + 4, room * bar.value // most, ROW - 12, QColor(look.accent))
            painter.fillRect(names, top + ROW - 7, room * bar.before // most, THIN, QColor(look.muted))
            painter.drawText(QRect(self.width() - NUMBER_WIDTH, top, NUMBER_WIDTH, ROW), _RIGHT, bar.text)
        painter.end()


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TrendChart(QWidget):
    """A column a month with its number above and the month below."""

    HEIGHT = 132

    def __init__(self, object_name: str, spoken: str) -> None:
        super().__init__()
        named(self, object_name, spoken)
        self.points: tuple[tuple[str, int, int], ...] = ()
        self.setFixedHeight(self.HEIGHT)

    def show_points(self, points: Sequence[tuple[str, int, int]]) -> None:
        """Draws months: name, how many came, how many of them were serious."""
        self.points = tuple(points)
        self.setAccessibleDescription("; ".join(f"{name} {came} {serious}" for name, came, serious in points))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        count = max(len(self.points), 1)
        width = self.width() // count
        high = self.HEIGHT - 44
        most = max([1, *(came for _, came, _ in self.points)])
        for at, (name, came, serious) in enumerate(self.points):
            left, tall = at * width, high * came // most
            column = QRect(left + width // 4, 20 + high - tall, width // 2, tall)
            painter.fillRect(column, QColor(look.accent))
            part = high * serious // most
            painter.fillRect(column.left(), 20 + high - part, column.width(), part, QColor(look.danger))
            painter.setPen(QColor(look.text))
            painter.drawText(QRect(left, column.top() - 20, width, 20), _CENTRE, f"{came}")
            painter.setPen(QColor(look.muted))
            painter.drawText(QRect(left, self.HEIGHT - 22, width, 22), _CENTRE, name)
        painter.end()


_CENTRE = Qt.AlignmentFlag.AlignCenter
