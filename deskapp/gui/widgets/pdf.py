"""A PDF looked at in place, printed page by page, or saved; a printer in trouble loses nothing (L1, Z23).

Pages are drawn by pypdfium2, the engine that QtPdf has inside: QtPdf comes apart from the whole PySide6 only
with a version that cannot be used on Python 3.11 (see pyproject.toml).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named, push_button, text_label

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
    from PySide6.QtPrintSupport import QPrinter

RESOLUTION = 300
"""Dots an inch that pages are sent to the printer with."""
MARGIN = 16
"""Pixels around a page on the screen."""


def ask_printer(parent: QWidget) -> QPrinter | None:
    """Asks which printer; None when the clerk thinks better of it.

    Raises:
        WorldError: ``print.no_printer``: this machine knows none.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        raise WorldError("print.no_printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class PdfPages:
    """The pages of a PDF as pictures, drawn when they are asked for."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument

        self._document: PdfDocument = PdfDocument(data)

    def __len__(self) -> int:
        return len(self._document)

    def points(self, number: int) -> QSizeF:
        """Width and height of a page in points of 1/72 inch."""
        return QSizeF(*self._document.get_page_size(number))

    def picture(self, number: int, dots: float) -> QImage:
        """A page at so many dots a point."""
        page = self._document[number]
        try:
            bitmap = page.render(scale=dots, rev_byteorder=True, prefer_bgrx=True)
            form = QImage.Format.Format_RGBX8888
            drawn = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
            return drawn.copy()  # the bitmap's memory ends with it
        finally:
            page.close()

    def close(self) -> None:
        """Gives the document's memory back."""
        self._document.close()


class PdfPreview(QWidget):
    """Shows one PDF, page below page, as wide as there is room.

    Args:
        printer: answers the printer to use, None for nobody; a test or a tour puts its own here.

    Signals:
        failed: (sentence) printing or saving did not go; the document stands all the same.
        printed: the pages were handed to the printer.
    """

    failed = Signal(str)
    printed = Signal()

    def __init__(
        self,
        object_name: str,
        parent: QWidget | None = None,
        *,
        printer: Callable[[QWidget], QPrinter | None] = ask_printer,
    ) -> None:
        super().__init__(parent)
        named(self, object_name, say("widgets.pdf"))
        self.printer = printer
        self._data = b""
        self._pages: PdfPages | None = None
        self._undrawn: list[int] = []
        self._labels: list[QLabel] = []
        self.messages = MessageBar(f"{object_name}.message")
        self.count = text_label(role="muted")
        self.count.setObjectName(f"{object_name}.pages")
        self.save = push_button(f"{object_name}.save", say("widgets.pdf.save"), icon="fa6s.file-arrow-down")
        self.save.clicked.connect(self._ask_where)
        self.save.setEnabled(False)
        self._sheets = QWidget()
        self._stack = QVBoxLayout(self._sheets)
        self._stack.setSpacing(MARGIN)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._sheets)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        named(self._scroll, f"{object_name}.view", say("widgets.pdf"))
        line = QHBoxLayout()
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.messages)
        column.addLayout(line)
        column.addWidget(self._scroll, 1)
        # One page at a time, so that a long paper never holds the window up.
        self._drawing = QTimer(self, interval=0)
        self._drawing.timeout.connect(self._draw_next)

    @property
    def page_count(self) -> int:
        """Pages of what is shown, 0 for nothing."""
        return len(self._pages) if self._pages is not None else 0

    def show_pdf(self, data: bytes) -> None:
        """Shows a PDF in place of the one before."""
        if self._pages is not None:
            self._pages.close()
        self._data, self._pages = data, PdfPages(data)
        self.destroyed.connect(self._pages.close)
        for label in self._labels:
            self._stack.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for number in range(len(self._pages)):
            label = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
            label.setAccessibleName(say("widgets.pdf.page", number=number + 1))
            self._stack.addWidget(label)
            self._labels.append(label)
        self.count.setText(say("widgets.pdf.pages", count=len(self._pages)))
        self.save.setEnabled(True)
        self._scroll.verticalScrollBar().setValue(0)
        self._draw_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws the pages anew in their new width."""
        super().resizeEvent(event)
        self._draw_again()

    def _draw_again(self) -> None:
        if self._pages is not None:
            self._undrawn = list(range(len(self._pages)))
            self._drawing.start()

    def _draw_next(self) -> None:
        if not self._undrawn or self._pages is None:
            self._drawing.stop()
            return
        number = self._undrawn.pop(0)
        ratio = self.devicePixelRatioF()
        room = max(200, self._scroll.viewport().width() - 2 * MARGIN)
        width = min(room, 1000)
        dots = width * ratio / self._pages.points(number).width()
        picture = QPixmap.fromImage(self._pages.picture(number, dots))
        picture.setDevicePixelRatio(ratio)
        self._labels[number].setPixmap(picture)

    # -- printing

    def print_pdf(self, data: bytes, title: str) -> None:
        """Prints a PDF; what goes wrong is said here, and the paper can be printed again anywhere.

        Args:
            title: of the paper, such as its form and number, for the sentence and the printer's queue.
        """
        try:
            printer = self.printer(self)
            if printer is None:
                return
            send(printer, data, title)
        except WorldError:
            self._say(say("error.print.no_printer", paper=title))
            return
        self.printed.emit()

    # -- saving

    def _ask_where(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, say("widgets.pdf.save"), "", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Saves what is shown; an old file stays whole when the new one cannot be written."""
        file = file if file.suffix.lower() == ".pdf" else file.with_name(f"{file.name}.pdf")
        fresh = file.with_name(f"{file.name}.new")
        try:
            fresh.write_bytes(self._data)
            fresh.replace(file)
        except OSError:
            if fresh.exists():
                fresh.unlink()
            self._say(say("error.print.not_saved", file=str(file)))

    def _say(self, sentence: str) -> None:
        self.messages.show_message("error", sentence)
        self.failed.emit(sentence)


def send(printer: QPrinter, data: bytes, title: str) -> None:
    """Sends every page in its own size to a printer.

    Raises:
        WorldError: ``print.no_printer``: it does not take them.
    """
    pages = PdfPages(data)
    painter = QPainter()
    printer.setDocName(title)
    printer.setResolution(RESOLUTION)
    printer.setFullPage(True)
    try:
        for number in range(len(pages)):
            _lay_page(printer, pages.points(number))
            if not (printer.newPage() if number else painter.begin(printer)):
                raise WorldError("print.no_printer")
            painter.drawImage(0, 0, pages.picture(number, RESOLUTION / 72))
    finally:
        if painter.isActive():
            painter.end()
        pages.close()


def _lay_page(printer: QPrinter, points: QSizeF) -> None:
    lies = points.width() > points.height()
    printer.setPageSize(QPageSize(points.transposed() if lies else points, QPageSize.Unit.Point))
    orientation = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(orientation)
