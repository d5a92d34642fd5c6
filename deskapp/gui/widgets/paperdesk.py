"""An issued paper looked at in place and printed; it stands whatever the printer does (L1, Z23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.gui.controller import Controller
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.pdf import PdfPreview

if TYPE_CHECKING:
    from deskapp.services import documents
    from deskapp.services.documents import PrintJob
else:
    (documents,) = later("deskapp.services", "documents")


class PaperDesk(QWidget):
    """The page of a panel that shows a paper; its objectNames begin with ``<capability>.paper``.

    Signals:
        ended: the clerk is done with it.
    """

    ended = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        name = f"{controller.name}.paper"
        named(self, name, say("widgets.paper"))
        self._controller = controller
        self.number = ""
        self._title = named(text_label(role="title"), f"{name}.number")
        self.print = push_button(f"{name}.print", say("widgets.paper.print"), role="primary")
        self.back = push_button(f"{name}.back", say("widgets.paper.back"))
        self.preview = PdfPreview(f"{name}.preview")
        self.preview.failed.connect(lambda sentence: controller.said.emit(sentence, "error"))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.print)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        self.print.clicked.connect(lambda: self.print_number(self.number))
        self.back.clicked.connect(self.ended)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what was before one."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.ended.emit()
            return
        super().keyPressEvent(event)

    def show_number(self, number: str) -> None:
        """Shows a paper as it would print now."""
        desk = self._controller.desk
        self.number = number
        self._title.setText(number)
        self._controller.read("preview", lambda: documents.preview(desk, number), self._show)

    def _show(self, job: PrintJob) -> None:
        if job.number != self.number:
            return
        self._title.setText(title_of(job))
        self.preview.show_pdf(job.pdf, title_of(job))
        self.back.setFocus()

    def print_number(self, number: str) -> None:
        """Counts the print, then hands it to the printer; a second click meanwhile prints nothing."""
        desk = self._controller.desk
        if number:
            self._controller.command(
                ("print", number), lambda command: documents.printed(desk, command, number), self._print
            )

    def _print(self, job: PrintJob) -> None:
        if job.missing:
            self._controller.said.emit(missing_in(job), "warning")
        self.preview.print_pdf(job.pdf, title_of(job))


def title_of(job: PrintJob) -> str:
    """What a paper is called: its form and its number."""
    return f"{documents.form_name(job.form)} {job.number}"


def missing_in(job: PrintJob) -> str:
    """Which characters no font has, a sentence."""
    return say("widgets.paper.missing", characters=" ".join(job.missing))
