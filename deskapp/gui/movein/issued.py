"""Papers that came out: offered for a look and for printing; a printer in trouble holds nothing up (L1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of

if TYPE_CHECKING:
    from deskapp.services import documents
    from deskapp.services.movein.views import DocumentRef
else:
    (documents,) = later("deskapp.services", "documents")


class IssuedStrip(QWidget):
    """One line a paper, the newest papers only; hidden while there are none.

    Signals:
        wanted: number of a paper, and whether it is printed at once.
    """

    wanted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("movein.issued")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._column.setSpacing(4)
        self.numbers: tuple[str, ...] = ()
        self.hide()

    def show_papers(self, papers: tuple[DocumentRef, ...]) -> None:
        """Offers papers in place of those before."""
        clear(self._column)
        self.numbers = tuple(paper.number for paper in papers)
        for paper in papers:
            self._column.addWidget(self._line(paper))
        self.setVisible(bool(papers))

    def _line(self, paper: DocumentRef) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        title = f"{documents.form_name(paper.form)} {paper.number}"
        label = text_label(say("movein.panel.issued", paper=title))
        label.setProperty("role", "good")
        row.addWidget(label)
        row.addStretch(1)
        for code, at_once in (("preview", False), ("print", True)):
            button = QPushButton(say(f"movein.panel.paper.{code}"))
            named(button, f"movein.issued.{paper.number}.{code}", told_of(button.text(), title))
            button.clicked.connect(partial(self.wanted.emit, paper.number, at_once))
            row.addWidget(button)
        return line
