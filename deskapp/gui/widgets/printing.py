"""Papers sent to a printer, a page at a time, so that a long one holds nobody up and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from deskapp.base.errors import WorldError
from deskapp.gui.widgets.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FINEST = 600
"""Dots an inch that pages are drawn with at most, whatever more the printer has."""


def ask_printer(parent: QWidget) -> QPrinter | None:
    """Asks which printer; None when the clerk thinks better of it.

    Raises:
        LookupError: this machine knows no printer.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        raise LookupError("no printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class PrintRun(QObject):
    """One paper on its way to a printer.

    Args:
        title: of the paper, its form and number: for the printer's queue and for the sentence.

    Signals:
        progressed: (pages sent, pages).
        ended: all pages were sent.
        failed: `WorldError` ``print.no_printer``; the paper stands and can be printed anywhere.
    """

    progressed = Signal(int, int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, printer: QPrinter, data: bytes, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer, self._title = printer, title
        self._pages = PdfPages(data)
        self._painter = QPainter()
        self._next = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Sends the pages, one each time the window has nothing else to do."""
        self._printer.setDocName(self._title)
        self._printer.setFullPage(True)
        if self._printer.resolution() > FINEST:
            self._printer.setResolution(FINEST)
        self._timer.start()

    def cancel(self) -> None:
        """Stops after the page on its way; what the printer has taken already is its own."""
        if self._timer.isActive():
            self._printer.abort()
            self._close()

    def _step(self) -> None:
        number, pages = self._next, len(self._pages)
        if not self._send(number):
            self._close()
            self.failed.emit(WorldError("print.no_printer", paper=self._title))
            return
        self._next += 1
        self.progressed.emit(self._next, pages)
        if self._next == pages:
            went = self._close()
            if went:
                self.ended.emit()
            else:
                self.failed.emit(WorldError("print.no_printer", paper=self._title))

    def _send(self, number: int) -> bool:
        points = self._pages.points(number)
        _set_paper(self._printer, points)
        began = self._printer.newPage() if number else self._painter.begin(self._printer)
        if not began or _in_trouble(self._printer):
            return False
        dots = self._printer.resolution() / 72
        sheet = QRect(0, 0, round(points.width() * dots), round(points.height() * dots))
        self._painter.drawImage(sheet, self._pages.picture(number, dots))
        return not _in_trouble(self._printer)

    def _close(self) -> bool:
        self._timer.stop()
        went = self._painter.end() if self._painter.isActive() else False
        self._pages.close()
        return went and not _in_trouble(self._printer)


def _in_trouble(printer: QPrinter) -> bool:
    return printer.printerState().name in ("Error", "Aborted")


def _set_paper(printer: QPrinter, points: QSizeF) -> None:
    lies = points.width() > points.height()
    printer.setPageSize(QPageSize(points.transposed() if lies else points, QPageSize.Unit.Point))
    orientation = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(orientation)
