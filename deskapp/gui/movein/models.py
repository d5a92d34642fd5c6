"""The queue of a station, or of all stations, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.wording import bubble, standing, station_name, waited

if TYPE_CHECKING:
    from deskapp.services.movein.views import QueueRow

Index = QModelIndex | QPersistentModelIndex
PASS_ID = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns of the queue."""

    NUMBER = 0
    STATION = 1
    HOUSE = 2
    NAMES = 3
    WAITED = 4
    STANDING = 5


TITLES = {
    Column.NUMBER: "movein.panel.column.number",
    Column.STATION: "movein.panel.column.station",
    Column.HOUSE: "movein.panel.column.house",
    Column.NAMES: "movein.panel.column.names",
    Column.WAITED: "movein.panel.column.waited",
    Column.STANDING: "movein.panel.column.standing",
}

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a household in the queue of a station."""

    station: Station
    row: QueueRow


class QueueModel(QAbstractTableModel):
    """Households in calling order, those aside after them.

    Args:
        here: this desk, which need not be named.
    """

    def __init__(self, parent: QObject | None = None, here: str = "") -> None:
        super().__init__(parent)
        self._here = here
        self._lines: tuple[Line, ...] = ()
        self._now: datetime | None = None

    def show_lines(self, lines: Sequence[Line], now: datetime) -> None:
        """Shows other lines; while the same households stand in the same order nothing is reset."""
        same = [each.row.pass_id for each in lines] == [each.row.pass_id for each in self._lines]
        if not same:
            self.beginResetModel()
        self._lines, self._now = tuple(lines), now
        if not same:
            self.endResetModel()
        elif self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))

    def tick(self, now: datetime) -> None:
        """Time went on: the waiting is counted again."""
        self._now = now
        if self._lines:
            last = self.index(len(self._lines) - 1, Column.WAITED)
            self.dataChanged.emit(self.index(0, Column.WAITED), last, [Qt.ItemDataRole.DisplayRole])

    def line(self, position: int) -> Line | None:
        """The line at a position."""
        return self._lines[position] if 0 <= position < len(self._lines) else None

    def position_of(self, pass_id: int) -> int:
        """Where a household stands, -1 where it does not."""
        return next((at for at, line in enumerate(self._lines) if line.row.pass_id == pass_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(TITLES[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.WAITED:
            return RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return bubble(
                f"{line.row.queue_number}  {line.row.label}  {line.row.names}  {standing(line.row)}"
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.WAITED:
            return RIGHT
        if role == PASS_ID:
            return line.row.pass_id
        return None

    def _text(self, line: Line, column: Column) -> str:
        row = line.row
        if column is Column.WAITED:
            return waited(row, self._now or row.since)
        return {
            Column.NUMBER: row.queue_number,
            Column.STATION: station_name(line.station)[0],
            Column.HOUSE: row.label,
            Column.NAMES: row.names,
            Column.STANDING: standing(row, self._here),
        }[column]
