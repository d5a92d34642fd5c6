"""Every paper of the house: looked at, printed again at any desk, voided with a reason (rule 3)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from deskapp.base.i18n import say
from deskapp.domain.movein.outcomes import Need
from deskapp.gui.movein.asks import Ask, Given
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.gui.widgets.spoken_time import moment_text
from deskapp.services import documents
from deskapp.services.documents import form_name
from deskapp.services.movein.views import Approval, DocumentRef, PassView

RECEIPT = "fee-receipt"
"""Voided at the fees, because money goes back with it."""


class IssuedPapersPage(StationPage):
    """One line a paper, the newest first."""

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.column.addWidget(scrolled(self._list, "movein.papers_issued.list"), 1)
        self._shown: tuple[DocumentRef, ...] | None = None

    def writable(self, view: PassView) -> bool:
        return True

    def empty(self) -> None:
        self._shown = None

    def refresh(self) -> None:
        view = self.view
        if view is None or view.documents == self._shown:
            return
        self._shown = view.documents
        clear(self._grid)
        for at, paper in enumerate(view.documents):
            self._add(at, paper)
        if not view.documents:
            self._grid.addWidget(text_label(say("movein.panel.no_papers"), wrap=True), 0, 1)
        self._grid.setRowStretch(max(1, len(view.documents)), 1)

    def _add(self, at: int, paper: DocumentRef) -> None:
        self._grid.addWidget(text_label(paper.number), at, 0)
        parts = [form_name(paper.form), moment_text(paper.issued_at), paper.issuer]
        parts.append(say("movein.panel.paper.prints", n=paper.prints))
        if paper.voided:
            parts.append(say("movein.panel.paper.voided"))
        self._grid.addWidget(text_label("   ".join(parts), wrap=True), at, 1)
        for column, code in enumerate(("preview", "print"), 2):
            button = QPushButton(say(f"movein.panel.paper.{code}"))
            named(button, f"movein.papers_issued.{paper.number}.{code}", told_of(button.text(), paper.number))
            button.clicked.connect(partial(self.paper_wanted.emit, paper.number, code == "print"))
            self._grid.addWidget(button, at, column)
        if not paper.voided and paper.form != RECEIPT:
            button = QPushButton(say("movein.panel.paper.void"))
            named(button, f"movein.papers_issued.{paper.number}.void", told_of(button.text(), paper.number))
            button.clicked.connect(partial(self._void, paper.number))
            self._grid.addWidget(button, at, 4)

    def _void(self, number: str) -> None:
        controller = self.controller

        def go(given: Given) -> None:
            word = given.answer.approval or Approval("", "")  # without one the service says so
            controller.record(
                ("void_paper", number, word),
                lambda command: documents.void(controller.desk, command, number, word),
            )

        self.asks.emit(
            Ask("paper.void", told_of(say("movein.panel.paper.void"), number), (Need.SUPERVISOR,)), go
        )
