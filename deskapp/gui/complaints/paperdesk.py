"""An issued paper looked at in place and printed; it stands whatever the printer does (L1, Z23)."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.wording import listed
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.pdf import PdfPreview
from deskapp.services import documents
from deskapp.services.documents import PrintJob


class PaperDesk(QWidget):
    """The preview page of the panel.

    Signals:
        ended: the clerk is done with it.
    """

    ended = Signal()

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.paper", say("complaints.panel.paper.title"))
        self._controller = controller
        self._ids: dict[str, str] = {}
        self.number = ""
        self._title = named(text_label(role="title"), "complaints.paper.number")
        self.print = push_button(
            "complaints.paper.print", say("complaints.panel.paper.print"), role="primary"
        )
        self.back = push_button("complaints.paper.back", say("complaints.panel.paper.back"))
        self.preview = PdfPreview("complaints.paper.preview")
        self.preview.failed.connect(lambda sentence: controller.said.emit(sentence, "error"))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.print)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        self.print.clicked.connect(lambda: self.print_number(self.number))
        self.back.clicked.connect(self.ended)

    def keyPressEvent(self, event: QKeyEvent) -> None:
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
        if job.number == self.number:
            self.preview.show_pdf(job.pdf, job.number)
            self.back.setFocus()

    def print_number(self, number: str) -> None:
        """Counts the print, then hands it to the printer; a second click meanwhile prints nothing."""
        if not number or number in self._ids:
            return
        desk, command = self._controller.desk, str(uuid.uuid4())
        self._ids[number] = command

        def failed(error: DeskError) -> None:
            self._ids.pop(number, None)
            self._controller.tell(error)

        self._controller.runner.run(
            lambda: documents.printed(desk, command, number), done=self._print, failed=failed, owner=self
        )

    def _print(self, job: PrintJob) -> None:
        self._ids.pop(job.number, None)
        if job.missing:
            text = say("complaints.panel.paper.missing", characters=listed(job.missing))
            self._controller.said.emit(text, "warning")
        self.preview.print_pdf(job.pdf, job.number)
