"""Station ④: the pack of papers, each handed over, short with a day, or refused (M6 ④)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import PaperState
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.movein.pages.signing import SigningStrip
from deskapp.gui.movein.pieces import day_edit, day_in, labelled
from deskapp.gui.movein.wording import day_text
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.services.movein import papers
from deskapp.services.movein.record_views import PackView, PaperView

STATES = (PaperState.DUE, PaperState.HANDED, PaperState.SHORT, PaperState.REFUSED)


class _Row:
    """The widgets of one paper."""

    def __init__(self, line: PaperView, page: PapersPage, grid: QGridLayout, at: int) -> None:
        title = f"{line.title} ×{line.copies}" if line.copies > 1 else line.title
        grid.addWidget(text_label(title, wrap=True), at, 0)
        self.group = QButtonGroup(page)
        self.buttons: dict[PaperState, QPushButton] = {}
        for column, state in enumerate(STATES, 1):
            button = QPushButton(say(f"papers.state.{state.value}"))
            button.setCheckable(True)
            button.setMinimumSize(84, 34)
            named(button, f"movein.papers.{line.code}.{state.value}", told_of(line.title, button.text()))
            if state is PaperState.REFUSED and not line.must_sign:
                button.setEnabled(False)
                button.setToolTip(say("movein.panel.papers.not_signed"))
            button.clicked.connect(partial(page.put, line.code, state))
            self.group.addButton(button)
            self.buttons[state] = button
            grid.addWidget(button, at, column)
        self.promised: QLabel = text_label()
        grid.addWidget(self.promised, at, len(STATES) + 1)

    def show(self, line: PaperView) -> None:
        """Shows what became of the paper."""
        self.buttons[line.state].setChecked(True)
        text = say("movein.panel.papers.promised", day=day_text(line.promised)) if line.promised else ""
        self.promised.setText(text)


class PapersPage(StationPage):
    """The pack in its fixed order."""

    station = Station.PAPERS
    after_handover = True

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        head = QHBoxLayout()
        self.column.addLayout(head)
        self.all_handed = QPushButton(say("movein.panel.papers.all"))
        named(self.all_handed, "movein.papers.all", self.all_handed.text())
        self.all_handed.setMinimumHeight(40)
        self.all_handed.clicked.connect(self._hand_all)
        head.addWidget(self.all_handed)
        today = day_of(controller.desk.now())
        self.day = day_edit(today + timedelta(days=7), today)
        named(self.day, "movein.papers.day", say("movein.panel.papers.day"))
        head.addWidget(labelled(say("movein.panel.papers.day"), self.day))
        head.addStretch(1)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.column.addWidget(scrolled(self._list, "movein.papers.list"), 1)
        self.signing = SigningStrip(self, "papers")
        self.column.addWidget(self.signing)
        self._rows: dict[str, _Row] = {}
        self._pack: PackView | None = None

    def first(self) -> QWidget | None:
        return self.all_handed

    def empty(self) -> None:
        self._pack, self._rows = None, {}
        clear(self._grid)

    def refresh(self) -> None:
        if self.view is not None:
            self.signing.show_view(self.view)

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read("pack", lambda: papers.papers_view(desk, view.pass_id), self.fill)

    def fill(self, pack: PackView) -> None:
        if self.view is None or pack.pass_id != self.view.pass_id:
            return
        self._pack = pack
        for at, line in enumerate(pack.lines):
            if line.code not in self._rows:
                self._rows[line.code] = _Row(line, self, self._grid, at)
            self._rows[line.code].show(line)
        self._grid.setRowStretch(len(pack.lines), 1)
        self.all_handed.setEnabled(any(line.state is PaperState.DUE for line in pack.lines))
        self.loaded()

    def put(self, code: str, state: PaperState) -> None:
        """Says what became of a paper; what is refused by the rules is shown as it was."""
        view, desk = self.view, self.controller.desk
        if view is None:
            return
        promised = day_in(self.day) if state is PaperState.SHORT else None
        self.controller.record(
            ("paper", view.pass_id, code, state, promised),
            lambda command: papers.set_paper(desk, command, view.pass_id, code, state, promised),
            self.fill,
        )

    def _hand_all(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.record(
                ("hand_all", view.pass_id), lambda c: papers.hand_all(desk, c, view.pass_id), self.fill
            )
