"""Station ②: the papers the person shows, ticked one by one (M6 ②), beside the owner's data card (M9)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import Attending
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.ownercard import OwnerCardLeaf
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.movein.pages.signing import SigningStrip
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import bubble
from deskapp.gui.widgets.naming import caption, clear, named, text_label
from deskapp.services.movein import owner_papers
from deskapp.services.movein.owner_papers import OwnerPapersView


class DocumentsPage(StationPage):
    """Ticks and the data card, each on its own leaf."""

    station = Station.DOCUMENTS

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("movein.documents.tabs")
        self.column.addWidget(self.tabs, 1)
        self.tabs.addTab(self._ticks(), say("movein.panel.documents.ticks"))
        self.card = OwnerCardLeaf(self)
        self.tabs.addTab(self.card, say("movein.panel.documents.card"))
        self.signing = SigningStrip(self, "documents")
        self.column.addWidget(self.signing)
        self._papers: OwnerPapersView | None = None
        self.card.typed.connect(self.typed)

    def _ticks(self) -> QWidget:
        leaf = QWidget()
        column = QVBoxLayout(leaf)
        head = QHBoxLayout()
        column.addLayout(head)
        self.attending = QComboBox()
        named(self.attending, "movein.documents.attending", say("movein.panel.documents.attending"))
        for each in Attending:
            self.attending.addItem(say(f"papers.attending.{each.value}"), each.value)
        self.attending.currentIndexChanged.connect(self._lay_out)
        head.addWidget(labelled(say("movein.panel.documents.attending"), self.attending))
        self.all_shown = QPushButton(say("movein.panel.documents.all"))
        named(self.all_shown, "movein.documents.all", self.all_shown.text())
        self.all_shown.clicked.connect(self._show_all)
        head.addWidget(self.all_shown)
        head.addStretch(1)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self._list, "movein.documents.list"), 1)
        self._boxes: dict[str, QCheckBox] = {}
        return leaf

    def first(self) -> QWidget | None:
        return self.all_shown

    def empty(self) -> None:
        self._papers = None
        self._clear()
        self.card.empty()

    def refresh(self) -> None:
        if self.view is not None:
            self.signing.show_view(self.view)

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read(
                "owner_papers", lambda: owner_papers.owner_papers_view(desk, view.pass_id), self.fill
            )
            self.card.reload()

    def fill(self, papers: OwnerPapersView) -> None:
        if self.view is None or papers.pass_id != self.view.pass_id:
            return
        first = self._papers is None
        self._papers = papers
        if first:
            self.attending.setCurrentIndex(self.attending.findData(papers.attending.value))
        self._lay_out()

    def _clear(self) -> None:
        self._boxes = {}
        clear(self._rows)

    def _lay_out(self) -> None:
        papers = self._papers
        if papers is None:
            return
        needed = papers.needed(Attending(self.attending.currentData()))
        if list(self._boxes) != [line.code for line in needed]:
            self._clear()
            for line in needed:
                self._add(line)
            self._rows.addStretch(1)
        for line in needed:
            box = self._boxes[line.code]
            box.blockSignals(True)
            box.setChecked(line.shown)
            box.blockSignals(False)
        self.all_shown.setEnabled(any(not line.shown for line in needed))

    def _add(self, line: owner_papers.OwnerPaperLine) -> None:
        box = QCheckBox(caption(line.title))
        named(box, f"movein.documents.paper.{line.code}", line.title)
        box.setToolTip(bubble(line.why))
        box.setMinimumHeight(28)
        box.toggled.connect(partial(self._tick, line.code))
        self._boxes[line.code] = box
        why: QLabel = text_label(line.why)
        why.setProperty("role", "muted")
        why.setIndent(28)
        self._rows.addWidget(box)
        self._rows.addWidget(why)

    def _tick(self, code: str, shown: bool) -> None:
        self._write({code: shown})

    def _show_all(self) -> None:
        self._write({code: True for code, box in self._boxes.items() if not box.isChecked()})

    def _write(self, ticks: Mapping[str, bool]) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None and ticks:
            self.controller.record(
                ("owner_papers", view.pass_id, *ticks.items()),
                lambda command: owner_papers.show_papers(desk, command, view.pass_id, ticks),
                self.fill,
            )

    def lacking(self) -> tuple[tuple[str, str, bool], ...]:
        """Code, title and whether it lacks, of every paper that is to be shown."""
        papers = self._papers
        if papers is None:
            return ()
        needed = papers.needed(Attending(self.attending.currentData()))
        return tuple((line.code, line.title, not line.shown) for line in needed)

    def values(self) -> dict[str, Any]:
        return self.card.values()

    def restore(self, values: dict[str, Any]) -> None:
        self.card.restore(values)
