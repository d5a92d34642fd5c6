"""An issued paper looked at in place and printed; it stands whatever the printer does (L1, Z23)."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.wording import form_title
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.pdf import PdfPreview
from deskapp.services import documents
from deskapp.services.documents import PrintJob


class PaperDesk(QWidget):
    """The preview page of the panel.

    Signals:
        ended: the clerk is done with it.
    """

    ended = Signal()

    def __init__(self, controller: MoveinController) -> None:
        super().__init__()
        self._controller = controller
        self._ids: dict[str, str] = {}
        self.number = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 0)
        head = QHBoxLayout()
        column.addLayout(head)
        self._title = text_label()
        self._title.setProperty("role", "title")
        head.addWidget(self._title, 1)
        self.print = QPushButton(say("movein.panel.paper.print"))
        self.back = QPushButton(say("movein.panel.paper.back"))
        for button, code in ((self.print, "print"), (self.back, "back")):
            named(button, f"movein.paper.{code}", button.text())
            button.setMinimumHeight(40)
            head.addWidget(button)
        self.preview = PdfPreview("movein.paper.preview")
        self.preview.failed.connect(lambda sentence: controller.said.emit(sentence, "error"))
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
        if job.number != self.number:
            return
        self._title.setText(f"{form_title(job.form)} {job.number}")
        self.preview.show_pdf(job.pdf)
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
        paper = f"{form_title(job.form)} {job.number}"
        if job.missing:
            text = say("movein.panel.paper.missing", characters="、".join(job.missing))
            self._controller.said.emit(text, "warning")
        self.preview.print_pdf(job.pdf, paper)
