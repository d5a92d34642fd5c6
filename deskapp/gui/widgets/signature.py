"""Signing on the screen by mouse, pen or finger (M8)."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.around import FieldAround
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.strokes import Dot, Stroke, bounds, draw, is_signature

Ground = Literal["transparent", "white"]
SHARPER = 3
"""Pixels of the picture per pixel of the pad: sharp on paper at 300 dpi."""
MARGIN = 8.0
PAPER, RULE = "#ffffff", "#c3cad1"
"""The pad is paper in every look: ink has its own colour."""


class Pad(QWidget):
    """The sheet that is written on.

    Signals:
        changed: a stroke came or went.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[Stroke] = []
        self._down = False
        self._finger = -1
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 140)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    def clear(self) -> None:
        """Takes all strokes away."""
        if self.strokes:
            self.strokes, self._down, self._finger = [], False, -1
            self._tell()

    def undo(self) -> None:
        """Takes the last stroke away."""
        if self.strokes and not self._down:
            self.strokes.pop()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _start(self, at: QPointF, pressure: float) -> None:
        self._down = True
        self.strokes.append(Stroke([Dot(at.x(), at.y(), pressure)]))
        self.update()

    def _go_on(self, at: QPointF, pressure: float) -> None:
        inside = QRectF(self.rect())
        x = min(max(at.x(), inside.left()), inside.right())
        y = min(max(at.y(), inside.top()), inside.bottom())
        if self._down and self.strokes[-1].add(Dot(x, y, pressure)):
            self.update()

    def _end(self) -> None:
        if self._down:
            self._down = False
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start(event.position(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # the second of two dots, as in 心

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen; accepted, so that Qt makes no mouse of it."""
        match event.type():
            case QEvent.Type.TabletPress:
                self._start(event.position(), event.pressure())
            case QEvent.Type.TabletMove:
                self._go_on(event.position(), event.pressure())
            case QEvent.Type.TabletRelease:
                self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger writes; the palm beside it does not."""
        if event.type() == QEvent.Type.TouchCancel:
            self._finger = -1
            self._end()
            return
        for point in event.points():
            if point.state().name == "Pressed" and self._finger < 0:
                self._finger = point.id()
                self._start(point.position(), 0.5)
            elif point.id() == self._finger and point.state().name == "Updated":
                self._go_on(point.position(), 0.5)
            elif point.id() == self._finger and point.state().name == "Released":
                self._finger = -1
                self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) or event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(look.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(QColor(look.focus if self.hasFocus() else look.line), 2 if self.hasFocus() else 1)
        painter.setPen(edge)
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(QColor(RULE), 1))
        base = self.height() * 0.78
        painter.drawLine(QPointF(24, base), QPointF(self.width() - 24, base))
        draw(painter, self.strokes)
        painter.end()


class SignaturePad(FieldAround):
    """A sheet to sign on, with undo and clear below it.

    Signals:
        changed: a stroke came or went.
    """

    changed = Signal()

    def __init__(self, object_name: str = "", spoken: str = "", parent: QWidget | None = None) -> None:
        self.pad = Pad()
        self._undo = push_button("", say("widgets.signature.undo"), role="quiet", icon="fa6s.rotate-left")
        self._clear = push_button("", say("widgets.signature.clear"), role="quiet", icon="fa6s.eraser")
        super().__init__(parent, pad=self.pad, undo=self._undo, clear=self._clear)
        self.pad.changed.connect(self._changed)
        self._undo.clicked.connect(self.pad.undo)
        self._clear.clicked.connect(self.pad.clear)
        below = QHBoxLayout()
        below.addWidget(text_label(say("widgets.signature.hint"), role="muted", wrap=True), 1)
        below.addWidget(self._undo)
        below.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().unit // 2)
        column.addWidget(self.pad, 1)
        column.addLayout(below)
        named(self, object_name, spoken or say("widgets.signature.name"))
        self._allow()

    def _changed(self) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        for button in (self._undo, self._clear):
            button.setEnabled(bool(self.pad.strokes))

    def clear(self) -> None:
        """An empty sheet for the next person."""
        self.pad.clear()

    def value(self) -> bytes | None:
        """The signature as a PNG on transparent ground; None while there is none."""
        return None if self.is_blank() or self.problem() else self.png()

    def set_value(self, _none: None) -> None:
        """Only an empty sheet can be set: a signature is made by its person."""
        self.clear()

    def png(self, ground: Ground = "transparent") -> bytes:
        """What is written, cut to its box, as a PNG.

        Raises:
            ValueError: there is no signature (`problem` says why).
        """
        if not is_signature(self.pad.strokes):
            raise ValueError("no signature")
        box = bounds(self.pad.strokes).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        image = QImage((box.size() * SHARPER).toSize(), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent if ground == "transparent" else Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(SHARPER, SHARPER)
        painter.translate(-box.topLeft())
        draw(painter, self.pad.strokes)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    def problem(self) -> str:
        """Why what is on the sheet is no signature; "" where it is one or empty."""
        if self.is_blank() or is_signature(self.pad.strokes):
            return ""
        return say("widgets.signature.too_small")

    def is_blank(self) -> bool:
        """Whether nothing is written."""
        return not self.pad.strokes

    def draft(self) -> Any:
        """Nothing: a signature belongs to its record and to no other file of the workstation."""
        return None

    def restore(self, kept: Any) -> None:
        """Nothing comes back: the person signs again."""
