"""A layout that goes on in the next row where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays items from left to right and then into further rows.

    Args:
        even: every item is as wide as the widest and the rows are filled to their end, as a grid of buttons.
        gap: pixels between items and between rows.
    """

    def __init__(self, parent: QWidget | None = None, *, even: bool = False, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._even = even
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        shown = [item for item in self._items if not item.isEmpty()]
        for item, place in zip(shown, self._places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _places(self, width: int) -> list[QRect]:
        """Where each shown item goes in a width, from the top left at 0, 0."""
        shown = [item for item in self._items if not item.isEmpty()]
        sizes = [item.sizeHint() for item in shown]
        if self._even and sizes:
            sizes = [self._even_size(width, sizes)] * len(sizes)
        places, at, row_height = [], QPoint(0, 0), 0
        for size in sizes:
            size = QSize(min(size.width(), max(width, 1)), size.height())
            if at.x() > 0 and at.x() + size.width() > width:
                at, row_height = QPoint(0, at.y() + row_height + self.spacing()), 0
            places.append(QRect(at, size))
            at = QPoint(at.x() + size.width() + self.spacing(), at.y())
            row_height = max(row_height, size.height())
        return places

    def _even_size(self, width: int, sizes: list[QSize]) -> QSize:
        widest = max(size.width() for size in sizes)
        fit = max(1, (width + self.spacing()) // (widest + self.spacing()))
        rows = -(-len(sizes) // fit)
        columns = -(-len(sizes) // rows)  # rows of like length rather than a full one and a rest
        return QSize(
            (width - self.spacing() * (columns - 1)) // columns, max(size.height() for size in sizes)
        )
