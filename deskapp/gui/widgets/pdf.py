"""A PDF looked at in place, printed, or saved; a printer or disk in trouble loses nothing (L1, Z23)."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.pdf_pages import PdfPages
from deskapp.gui.widgets.pdf_view import PageView
from deskapp.gui.widgets.printing import PrintRun, ask_printer

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LONG = 5
"""Pages from which on it is shown how far the printing is, and it can be stopped."""


class PdfPreview(QWidget):
    """Shows one PDF, page below page, as wide as there is room, larger or smaller.

    Args:
        printer: answers the printer to use, None for nobody, LookupError where there is none; a test or the
            tour puts its own here.
        where: answers the file to save to, given a name to propose; None for nowhere.

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
        where: Callable[[QWidget, str], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, object_name, say("widgets.pdf"))
        self.printer = printer
        self._where = where or ask_file
        self._data, self._title = b"", ""
        self._pages: PdfPages | None = None
        held: list[PdfPages] = []
        self._held = held
        self.destroyed.connect(lambda: _close_all(held))  # of itself it knows nothing any more by then
        self._runs: list[PrintRun] = []
        self.messages = MessageBar(f"{object_name}.message")
        self.count = text_label(role="muted")
        self.count.setObjectName(f"{object_name}.pages")
        self.view = named(PageView(), f"{object_name}.view", say("widgets.pdf"))
        self.view.page_changed.connect(lambda _page: self._say_page())
        self.smaller = push_button(f"{object_name}.smaller", say("widgets.pdf.smaller"), role="quiet")
        self.larger = push_button(f"{object_name}.larger", say("widgets.pdf.larger"), role="quiet")
        self.fit = push_button(f"{object_name}.fit", say("widgets.pdf.fit"), role="quiet")
        self.save = push_button(f"{object_name}.save", say("widgets.pdf.save"), icon="fa6s.file-arrow-down")
        self.smaller.clicked.connect(lambda: self.view.enlarge(-1))
        self.larger.clicked.connect(lambda: self.view.enlarge(1))
        self.fit.clicked.connect(lambda: self.view.set_zoom(None))
        self.save.clicked.connect(self._ask_where)
        self._lay_out()
        self._allow()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().unit // 2)
        line.addWidget(self.count)
        line.addStretch(1)
        for button in (self.smaller, self.larger, self.fit, self.save):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.messages)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    @property
    def page_count(self) -> int:
        """Pages of what is shown, 0 for nothing."""
        return len(self._pages) if self._pages is not None else 0

    def show_pdf(self, data: bytes, title: str = "") -> None:
        """Shows a PDF in place of the one before.

        Args:
            title: of the paper, its form and number; proposed as the name of a file.
        """
        before, self._data, self._title = self._pages, data, title
        self._pages = PdfPages(data)
        self.view.set_pages(self._pages)
        self._held[:] = [self._pages]
        if before is not None:
            before.close()
        self._say_page()
        self._allow()

    def _allow(self) -> None:
        for button in (self.smaller, self.larger, self.fit, self.save):
            button.setEnabled(self.page_count > 0)

    def _say_page(self) -> None:
        here = say("widgets.pdf.here", page=self.view.page() + 1, pages=self.page_count)
        self.count.setText(here if self.page_count else "")
        self.view.setAccessibleDescription(self.count.text())

    # -- printing

    def print_pdf(self, data: bytes, title: str) -> None:
        """Prints a PDF; what goes wrong is said here, and the paper can be printed again anywhere.

        Args:
            title: of the paper, such as its form and number, for the sentence and the printer's queue.
        """
        try:
            printer = self.printer(self)
        except LookupError:
            self._say(WorldError("print.no_printer", paper=title))
            return
        if printer is None:
            return
        run = PrintRun(printer, data, title, self)
        self._runs.append(run)
        run.progressed.connect(lambda done, pages: self._say_progress(run, done, pages))
        run.ended.connect(lambda: self._end(run, None))
        run.failed.connect(lambda error: self._end(run, error))
        run.start()

    def _say_progress(self, run: PrintRun, done: int, pages: int) -> None:
        if pages >= LONG and done < pages:
            words = say("widgets.pdf.printing", page=done, pages=pages)
            stop = (say("widgets.pdf.stop"), lambda: self._stop(run))
            self.messages.show_message("info", words, [stop], key="printing", dismissible=False)

    def _stop(self, run: PrintRun) -> None:
        run.cancel()
        self._forget(run)

    def _end(self, run: PrintRun, error: WorldError | None) -> None:
        self._forget(run)
        if error is not None:
            self._say(error)
        else:
            self.printed.emit()

    def _forget(self, run: PrintRun) -> None:
        self.messages.clear("printing")
        self._runs.remove(run)
        run.deleteLater()

    # -- saving

    def _ask_where(self) -> None:
        chosen = self._where(self, f"{file_name(self._title)}.pdf" if self._title else "")
        if chosen is not None:
            self.save_to(chosen)

    def save_to(self, file: Path) -> None:
        """Saves what is shown; an old file stays whole when the new one cannot be written."""
        file = file if file.suffix.lower() == ".pdf" else file.with_name(f"{file.name}.pdf")
        fresh = file.with_name(f"{file.name}.new")
        try:
            with fresh.open("wb") as stream:
                stream.write(self._data)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            self._say(WorldError("print.not_saved", file=str(file)))
            return
        self.messages.show_message("done", say("widgets.pdf.saved", file=str(file)), key="saved")

    def _say(self, error: WorldError) -> None:
        self.messages.show_error(error, key=error.code)
        self.failed.emit(error.sentence())


def ask_file(parent: QWidget, proposed: str) -> Path | None:
    """Asks where to save; None when the clerk thinks better of it."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, say("widgets.pdf.save"), proposed, f"{say('widgets.pdf.file')} (*.pdf)"
    )
    return Path(chosen) if chosen else None


def file_name(title: str) -> str:
    """A title as a file may be called on every system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", title).strip(" .")[:120] or "_"


def _close_all(held: list[PdfPages]) -> None:
    for pages in held:
        pages.close()
