"""Keys that change hands after the hand-over, each time against a signature on paper (M6 ⑥, Z17)."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.domain.keys import Custody, KeyMove
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import EnterForm, day_edit, day_in, labelled
from deskapp.gui.widgets.naming import named
from deskapp.services.movein import keys
from deskapp.services.movein.record_views import KeysMoved, KeysView, KeyView
from deskapp.services.movein.signatures import SignatureIn

MOVES = (KeyMove.RETURN, KeyMove.LEAVE, KeyMove.LEND, KeyMove.BRING_BACK)
TAKER = {
    KeyMove.RETURN: "owner",
    KeyMove.LEAVE: "property",
    KeyMove.LEND: "witness",
    KeyMove.BRING_BACK: "property",
}
"""As what the person signs who takes the keys."""
UNDER_CUSTODY = (KeyMove.LEAVE, KeyMove.LEND)


class KeyMovesForm(EnterForm):
    """One move: which keys, how, how many, who signs for them."""

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self._lines: tuple[KeyView, ...] = ()
        self.kind, self.how, self.pieces = QComboBox(), QComboBox(), QSpinBox()
        self.taker, self.keeper, self.why = QLineEdit(), QLineEdit(), QLineEdit()
        today = day_of(page.controller.desk.now())
        self.until = day_edit(today + timedelta(days=7), today)
        self.pieces.setRange(1, 50)
        for move in MOVES:
            self.how.addItem(say(f"keys.move.{move.value}"), move.value)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        fields: tuple[tuple[QWidget, str], ...] = (
            (self.kind, "kind"),
            (self.how, "move"),
            (self.pieces, "pieces"),
            (self.taker, "taker"),
            (self.keeper, "keeper"),
            (self.why, "why"),
            (self.until, "until"),
        )
        for at, (widget, code) in enumerate(fields):
            text = say(f"movein.panel.keys.{code}")
            named(widget, f"movein.keymove.{code}", text)
            grid.addWidget(labelled(text, widget), at // 4, at % 4)
        self.done = QPushButton(say("movein.panel.keys.move_done"))
        named(self.done, "movein.keymove.done", self.done.text())
        self.done.setMinimumHeight(40)
        grid.addWidget(self.done, 1, 3)
        self.how.currentIndexChanged.connect(self._chosen)
        self.done.clicked.connect(self._go)
        self.entered.connect(self.done.click)
        self._chosen()

    def _chosen(self) -> None:
        under = KeyMove(self.how.currentData()) in UNDER_CUSTODY
        for widget in (self.keeper, self.why, self.until):
            widget.setEnabled(under)

    def show_keys(self, found: KeysView) -> None:
        """The kinds to choose from."""
        self._lines = found.lines
        if self.kind.count() != len(found.lines):
            self.kind.clear()
            for line in found.lines:
                self.kind.addItem(line.title, line.kind)
        view = self._page.view
        if view is not None and not self.taker.text():
            self.taker.setText(view.attendee)

    def _go(self) -> None:
        page, desk = self._page, self._page.controller.desk
        line = next((each for each in self._lines if each.kind == self.kind.currentData()), None)
        if page.view is None or line is None:
            return
        house, move = page.view.house_id, KeyMove(self.how.currentData())
        pieces, signed = self.pieces.value(), SignatureIn(self.taker.text(), TAKER[move])
        custody = None
        if move in UNDER_CUSTODY:
            custody = Custody(self.keeper.text(), self.why.text(), day_in(self.until))

        def moved(value: KeysMoved) -> None:
            page.fill(value.view)
            page.controller.issued.emit((value.document,))

        page.controller.record(
            ("keymove", house, line.kind, line.version, move, pieces, signed.name),
            lambda command: keys.move_keys(
                desk, command, house, line.kind, line.version, move, pieces, signed, custody
            ),
            moved,
        )
