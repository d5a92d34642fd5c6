"""One search box, always there: name, pinyin, initials, room, phone tail, number (design: search)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.gui.runner import Runner
from deskapp.gui.theme import tokens

if TYPE_CHECKING:
    from deskapp.gui.shell import hits
    from deskapp.gui.shell.hits import HitList
    from deskapp.services.residents.search import Hit
else:
    (hits,) = later("deskapp.gui.shell", "hits")

MOST = 12
"""Hits shown below the box; who is not among them types one key more."""


class SearchBox(QLineEdit):
    """Where every household is found; F2 or a scan leads here from anywhere.

    Signals:
        chosen: a `Hit` was taken with Enter or a click.
        said: (sentence, kind): nothing found, or the search could not be asked.
    """

    chosen = Signal(object)
    said = Signal(str, str)

    def __init__(
        self, search: Callable[[str, int], Sequence[Hit]], runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shell.search")
        self.setAccessibleName(say("shell.search.name"))
        self.setPlaceholderText(say("shell.search.hint"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(120)
        self._search, self._runner = search, runner
        self._answered = ""
        self._enter_pending = False
        self._list: HitList | None = None
        self._pause = QTimer(self, singleShot=True, interval=30)
        self._pause.timeout.connect(self._ask_typed)
        self.textEdited.connect(self._edited)

    def _edited(self) -> None:
        self._enter_pending = False
        self._pause.start()

    def _ask_typed(self) -> None:
        """Asks for what was typed, unless it was a scan's and has been taken out again."""
        if self.isModified():
            self._ask()

    def _ask(self) -> None:
        text = self.text().strip()
        if not text:
            self._close()
            return
        self._runner.read(
            lambda: (text, self._search(text, MOST)),
            done=self._show,
            failed=lambda error: self.said.emit(error.sentence(), "error"),
            key="shell.search",
            owner=self,
        )

    def _show(self, answer: tuple[str, Sequence[Hit]]) -> None:
        self._answered, found = answer
        if self._answered != self.text().strip():
            return
        shown = self._hit_list()
        shown.hits.show(found, say("shell.search.nothing", text=self._answered))
        if not found and self._enter_pending:
            self._enter_pending = False
            self._close()
            self.said.emit(say("shell.search.nothing", text=self._answered), "info")
            return
        shown.setCurrentIndex(shown.hits.index(0, 0))
        self._place(shown, len(found) or 2)
        if self._enter_pending and len(found) == 1:
            self._enter()
        self._enter_pending = False  # of several the clerk chooses, with the list before her (P1, P5)

    def _hit_list(self) -> HitList:
        if self._list is None:
            self._list = hits.HitList(self.window())
            self._list.clicked.connect(self._take)
        return self._list

    def _place(self, shown: HitList, count: int) -> None:
        host = self.window()
        if shown.parentWidget() is not host:
            shown.setParent(host)
        width = max(self.width(), 560)
        corner = self.mapTo(host, self.rect().bottomRight())
        left = max(8, corner.x() - width)
        shown.setGeometry(left, corner.y() + 2, width, min(count, MOST) * tokens().row + 4)
        shown.show()
        shown.raise_()

    def _close(self) -> None:
        self._hide()
        if self._list is not None:
            self._list.hits.show(())

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _enter(self) -> None:
        """Opens the marked hit; while the answer is on its way, remembers that Enter was pressed."""
        self._enter_pending = False
        if self._list is not None and self._answered == self.text().strip() and self._list.hits.hits():
            self._take(self._list.currentIndex())
        elif self.text().strip():
            self._enter_pending = True
            self._ask()

    def _take(self, index: QModelIndex) -> None:
        hit = index.data(hits.HitsModel.HIT)
        if hit is None:
            return
        self._close()
        self.selectAll()
        self.chosen.emit(hit)

    def look_up(self, text: str) -> None:
        """Searches for a scanned text as if it had been typed and entered."""
        self.setText(text)
        self._enter_pending = True
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk through the hits, Enter takes one, Esc closes the list and keeps the text."""
        walks = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if walks and self._list is not None and self._list.isVisible():
            self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list closes when the box loses the focus."""
        QTimer.singleShot(120, self, self._hide)
        super().focusOutEvent(event)
