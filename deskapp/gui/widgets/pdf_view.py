"""Pages below one another, as large as one likes; only those in sight are drawn and kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from deskapp.gui import theme
from deskapp.gui.widgets.pdf_pages import PdfPages

MARGIN = 16
"""Pixels around a page on the screen."""
WIDEST = 1000
"""Pixels of a page that fits the width: on a wide screen a page as wide as it is no easier to read."""
SMALLEST, LARGEST, STEP = 0.4, 5.0, 1.25
"""Pixels a point, and by how much one step enlarges."""


class PageView(QAbstractScrollArea):
    """Shows the pages of a document.

    Signals:
        page_changed: number of the page at the top, from 0.
    """

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages: PdfPages | None = None
        self._zoom: float | None = None
        self._places: list[QRectF] = []
        self._drawn: dict[int, QPixmap] = {}
        self._top = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def sizeHint(self) -> QSize:
        return QSize(600, 700)

    def set_pages(self, pages: PdfPages | None) -> None:
        """Shows another document from its first page; the one before belongs to the caller still."""
        self._pages, self._drawn = pages, {}
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def zoom(self) -> float | None:
        """Pixels a point; None while the width is fitted."""
        return self._zoom

    def set_zoom(self, zoom: float | None) -> None:
        """Enlarges to so many pixels a point, or fits the width; what stands at the top stays there."""
        bar = self.verticalScrollBar()
        at = bar.value() / max(1, bar.maximum())
        self._zoom = None if zoom is None else min(max(zoom, SMALLEST), LARGEST)
        self._lay_out()
        bar.setValue(round(at * bar.maximum()))

    def enlarge(self, steps: int) -> None:
        """Larger by so many steps, or smaller."""
        self.set_zoom(self._scale(0) * STEP**steps)

    def page(self) -> int:
        """Number of the page at the top, from 0."""
        return self._top

    def _scale(self, number: int) -> float:
        if self._zoom is not None or self._pages is None or not len(self._pages):
            return self._zoom or 1.0
        room = max(160, min(self.viewport().width() - 2 * MARGIN, WIDEST))
        return room / self._pages.points(number).width()

    def _lay_out(self) -> None:
        self._places, y, widest = [], float(MARGIN), 0.0
        for number in range(len(self._pages) if self._pages else 0):
            assert self._pages
            size = self._pages.points(number) * self._scale(number)
            self._places.append(QRectF(0, y, round(size.width()), round(size.height())))
            widest, y = max(widest, size.width()), y + round(size.height()) + MARGIN
        seen = self.viewport().size()
        for place in self._places:
            place.moveLeft(round(max((max(seen.width(), widest + 2 * MARGIN) - place.width()) / 2, MARGIN)))
        self.verticalScrollBar().setRange(0, max(0, round(y) - seen.height()))
        self.verticalScrollBar().setPageStep(max(1, seen.height() - 2 * MARGIN))
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, round(widest + 2 * MARGIN) - seen.width()))
        self.horizontalScrollBar().setPageStep(max(1, seen.width()))
        self.horizontalScrollBar().setSingleStep(48)
        self.viewport().update()

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        top = next((at for at, place in enumerate(self._places) if place.bottom() >= middle), 0)
        if top != self._top:
            self._top = top
            self.page_changed.emit(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = theme.tokens()
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        seen = QRectF(self.viewport().rect()).translated(offset)
        in_sight = [at for at, place in enumerate(self._places) if place.intersects(seen)]
        for number in in_sight:
            place = self._places[number].translated(-offset)
            painter.drawPixmap(place.toRect(), self._picture(number))
            painter.setPen(QColor(look.line))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QColor(look.focus))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()
        near = {number + away for number in in_sight for away in (-1, 0, 1)}
        self._drawn = {number: drawn for number, drawn in self._drawn.items() if number in near}

    def _picture(self, number: int) -> QPixmap:
        assert self._pages
        width = round(self._places[number].width() * self.devicePixelRatioF())
        drawn = self._drawn.get(number)
        if drawn is None or abs(drawn.width() - width) > 1:
            picture = self._pages.picture(number, width / self._pages.points(number).width())
            drawn = self._drawn[number] = QPixmap.fromImage(picture)
        return drawn

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.enlarge(1)
            case Qt.Key.Key_Minus:
                self.enlarge(-1)
            case Qt.Key.Key_0:
                self.set_zoom(None)
            case Qt.Key.Key_Home:
                self.verticalScrollBar().setValue(0)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case _:
                super().keyPressEvent(event)
