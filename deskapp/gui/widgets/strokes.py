"""Strokes of a pen: smooth lines of varying width, and when they are a signature at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

INK = "#10181f"
THIN, THICK = 1.4, 3.4
"""Width of a line in pixels, at the lightest and at full pressure."""
SHORTEST_PATH, SMALLEST_BOX = 48.0, 14.0
"""A signature is at least so long in all, and so large in one direction; a slip of the pen is neither."""
NEAREST = 0.8
"""Pixels between two points; nearer ones are the trembling of the device."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Where the pen was, and how hard it was pressed, from 0 to 1."""

    x: float
    y: float
    pressure: float = 0.5


@dataclass(slots=True)
class Stroke:
    """One line from pen down to pen up."""

    dots: list[Dot] = field(default_factory=list)

    def add(self, dot: Dot) -> bool:
        """Goes on to a point; False when it is too near to the last to count."""
        if self.dots and hypot(dot.x - self.dots[-1].x, dot.y - self.dots[-1].y) < NEAREST:
            return False
        self.dots.append(dot)
        return True

    def length(self) -> float:
        """Pixels along the line."""
        return sum(hypot(b.x - a.x, b.y - a.y) for a, b in zip(self.dots, self.dots[1:], strict=False))


def bounds(strokes: Iterable[Stroke]) -> QRectF:
    """The box around all points, without the width of the lines."""
    dots = [dot for stroke in strokes for dot in stroke.dots]
    if not dots:
        return QRectF()
    left, top = min(d.x for d in dots), min(d.y for d in dots)
    return QRectF(left, top, max(d.x for d in dots) - left, max(d.y for d in dots) - top)


def is_signature(strokes: Sequence[Stroke]) -> bool:
    """Whether it can be somebody's name: not empty, not a dot, not a slip."""
    box = bounds(strokes)
    size = max(box.width(), box.height())
    return sum(stroke.length() for stroke in strokes) >= SHORTEST_PATH and size >= SMALLEST_BOX


def draw(painter: QPainter, strokes: Iterable[Stroke]) -> None:
    """Draws all strokes in ink."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in strokes:
        _draw_stroke(painter, stroke.dots)


def _draw_stroke(painter: QPainter, dots: list[Dot]) -> None:
    if len(dots) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(INK)))
        radius = _width(dots[0].pressure) * 0.7
        painter.drawEllipse(QPointF(dots[0].x, dots[0].y), radius, radius)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for at in range(len(dots) - 1):
        path = _piece(dots, at)
        width = _width((dots[at].pressure + dots[at + 1].pressure) / 2)
        painter.setPen(
            QPen(
                QColor(INK), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
        )
        painter.drawPath(path)


def _piece(dots: list[Dot], at: int) -> QPainterPath:
    """The curve around point ``at``: from the middle before it to the middle after it, bent towards it."""
    here, after = QPointF(dots[at].x, dots[at].y), QPointF(dots[at + 1].x, dots[at + 1].y)
    middle_after = (here + after) / 2
    if at == 0:
        path = QPainterPath(here)
        path.lineTo(middle_after)
    else:
        before = QPointF(dots[at - 1].x, dots[at - 1].y)
        path = QPainterPath((before + here) / 2)
        path.quadTo(here, middle_after)
    if at == len(dots) - 2:
        path.lineTo(after)
    return path


def _width(pressure: float) -> float:
    return THIN + (THICK - THIN) * min(max(pressure, 0.0), 1.0)
