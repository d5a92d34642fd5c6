"""The hits below the search box; made when the first answer comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deskapp.base.i18n import say
from deskapp.gui.theme import tokens

if TYPE_CHECKING:
    from deskapp.services.residents.search import Hit

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
            said = (hit.label, hit.names, told_apart_by(hit)) if hit else (self._nothing,)
            return "  ".join(part for part in said if part)
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


class HitList(QListView):
    """The list itself; the focus stays in the box.

    Attributes:
        hits: its model.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shell.search.hits")
        self.setAccessibleName(say("shell.search.hits"))
        self.setProperty("role", "popup")
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.hide()

    def step(self, by: int) -> None:
        """Marks the next hit, or the one before; the first and the last are the ends."""
        row = self.currentIndex().row() + by
        self.setCurrentIndex(self.hits.index(min(max(row, 0), self.hits.rowCount() - 1), 0))
