"""One search box, always there: name, pinyin, initials, room, phone tail, number (design: search)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deskapp.base.i18n import say
from deskapp.gui.runner import Runner
from deskapp.gui.theme import tokens
from deskapp.services.residents.search import Hit

MOST = 12
"""Hits shown below the box; who is not among them types one key more."""

UNSEEN = ("id_tail", "plate", "document", "queue")
"""Reasons of a hit that its row does not show by itself: they are named."""

Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """The hits of the last answer.

    Attributes:
        HIT: role that answers the `Hit` itself; None for the row that says nothing was found.
    """

    HIT = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._nothing = ""

    def show(self, hits: Sequence[Hit], nothing: str = "") -> None:
        """Takes the place of what was shown.

        Args:
            nothing: the one row where there are no hits; "" for no row.
        """
        self.beginResetModel()
        self._hits, self._nothing = tuple(hits), "" if hits else nothing
        self.endResetModel()

    def hits(self) -> tuple[Hit, ...]:
        """What is shown."""
        return self._hits

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only hits can be chosen."""
        return super().flags(index) if self._hits or not index.isValid() else Qt.ItemFlag.ItemNeverHasChildren

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """The number of hits."""
        return 0 if parent.isValid() else len(self._hits) or bool(self._nothing)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Label and names for reading aloud, the hit itself for the delegate."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()] if self._hits else None
        if role == self.HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (hit.label, hit.names, told_apart_by(hit)) if hit else (self._nothing,)
            return "  ".join(part for part in parts if part)
        return None


def told_apart_by(hit: Hit) -> str:
    """What tells a hit from its neighbours: where it is on its way, else phones and other houses (P5)."""
    if hit.queue_number:
        return f"{hit.queue_number} {say(f'movein.state.{hit.state}')}"
    if hit.document:
        return hit.document
    phones = " ".join(person.phone_masked for person in hit.people if person.phone_masked)
    others = "、".join(label for person in hit.people for label in person.others)
    told = say("shell.search.others", phones=phones, others=others) if others else phones
    why = say(f"find.why.{hit.why}") if hit.why in UNSEEN else ""
    return " · ".join(part for part in (why, told) if part)


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: label, names, and why it was found, on one line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the three parts in their columns; a part too long ends with an ellipsis."""
        hit: Hit | None = index.data(HitsModel.HIT)
        look, rect = tokens(), option.rect.adjusted(12, 0, -12, 0)
        painter.save()
        if hit is None:
            painter.setPen(QColor(look.muted))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, index.data())
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(look.selection))
        third = rect.width() // 10
        parts = ((hit.label, 3, look.text), (hit.names, 4, look.text), (told_apart_by(hit), 3, look.muted))
        left = rect.left()
        for text, share, colour in parts:
            cell = QRect(left, rect.top(), third * share - 8, rect.height())
            painter.setPen(QColor(colour))
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            left += third * share
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> Any:
        """A row's height."""
        size = super().sizeHint(option, index)
        size.setHeight(tokens().row * (1 if index.data(HitsModel.HIT) else 2))
        return size


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
        self._model = HitsModel(self)
        self._list = QListView(self.window() if parent is None else parent)
        self._list.setObjectName("shell.search.hits")
        self._list.setAccessibleName(say("shell.search.hits"))
        self._list.setProperty("role", "popup")
        self._list.setModel(self._model)
        self._list.setItemDelegate(HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._take)
        self._list.hide()
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
        self._answered, hits = answer
        if self._answered != self.text().strip():
            return
        self._model.show(hits, say("shell.search.nothing", text=self._answered))
        if not hits and self._enter_pending:
            self._enter_pending = False
            self._close()
            self.said.emit(say("shell.search.nothing", text=self._answered), "info")
            return
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._place_list(len(hits) or 2)
        if self._enter_pending and len(hits) == 1:
            self._enter()
        self._enter_pending = False  # of several the clerk chooses, with the list before her (P1, P5)

    def _place_list(self, count: int) -> None:
        host = self.window()
        if self._list.parentWidget() is not host:
            self._list.setParent(host)
        width = max(self.width(), 560)
        corner = self.mapTo(host, self.rect().bottomRight())
        left = max(8, corner.x() - width)
        self._list.setGeometry(left, corner.y() + 2, width, min(count, MOST) * tokens().row + 4)
        self._list.show()
        self._list.raise_()

    def _close(self) -> None:
        self._list.hide()
        self._model.show(())

    def _enter(self) -> None:
        """Opens the marked hit; while the answer is on its way, remembers that Enter was pressed."""
        self._enter_pending = False
        if self._answered == self.text().strip() and self._model.hits():
            self._take(self._list.currentIndex())
        elif self.text().strip():
            self._enter_pending = True
            self._ask()

    def _take(self, index: QModelIndex) -> None:
        hit = index.data(HitsModel.HIT)
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
        row, last = self._list.currentIndex().row(), self._model.rowCount() - 1
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentIndex(self._model.index(min(max(row + step, 0), last), 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The list closes when the box loses the focus."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(120, self, self._list.hide)
        return super().event(event)
