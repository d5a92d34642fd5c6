"""The left half: the queue of a station or the households on their way, and what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.movein.flow import PassState
from deskapp.gui.movein.asks import LINE_ACTS, why_not_act
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.models import Column, Line, QueueModel
from deskapp.gui.movein.wording import aside_line, board_line, station_name
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar

if TYPE_CHECKING:
    from deskapp.services.movein.views import PassView, StationBoard

TICK_MS = 20_000
"""How often the waiting is counted again."""
LOWEST = 72
"""Pixels of the list that must be seen: heading and one row, so that a low window keeps every act."""
ONE_STATION_ONLY = ("call", "recall", "no_show")
"""What one clerk with all stations has no use for: his household stands before him."""

LEAST_STANDING, MOST_STANDING = 64, 160
"""Pixels of the last column; what does not fit is in the tooltip."""
LEAST_NAME = "欧阳明德"
"""A name that can be read whole in every row, however long the last column would like to be (L5)."""
NAME_MARGIN = 14
"""Pixels on either side of it."""


class QueueView(QWidget):
    """Head, table, acts.

    Signals:
        act_wanted: code of an act of `asks.LINE_ACTS`.
        next_wanted: the next household is to be called.
        hinted: why something cannot be done, for the status line.
        again: the household that stands before one was chosen once more.
    """

    act_wanted = Signal(str)
    next_wanted = Signal()
    hinted = Signal(str)
    again = Signal()

    def __init__(self, controller: MoveinController, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller, self._filling = controller, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._head, self._figures = text_label(parent=self), text_label(wrap=True, parent=self)
        self._head.setProperty("role", "title")
        self._head.setObjectName("movein.queue.head")
        self._figures.setProperty("role", "muted")
        column.addWidget(self._head)
        column.addWidget(self._figures)
        self.model = QueueModel(self, controller.desk.name)
        self._stack = QStackedWidget(self)
        self.table = self._table(self._stack)
        self._stack.addWidget(self.table)
        alone = controller.station is None
        self._empty = EmptyState(
            "movein.queue.empty",
            say("movein.panel.queue_empty_all" if alone else "movein.panel.queue_empty"),
            icon="fa6s.people-line",
            parent=self._stack,
        )
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(LOWEST)
        column.addWidget(self._stack, 1)
        self._aside = text_label(wrap=True, parent=self)
        self._aside.setObjectName("movein.queue.aside")
        column.addWidget(self._aside)
        self.bar = OutcomeBar("movein.station", panel=panel, parent=self)
        column.addWidget(self.bar)
        self.bar.chosen.connect(self._chosen)
        self.bar.explained.connect(self.hinted)
        # Where Enter begins with the household, its own key still does too.
        self._serve_key = QShortcut(QKeySequence("F8"), panel)
        self._serve_key.setContext(Qt.ShortcutContext.WindowShortcut)
        self._serve_key.activated.connect(lambda: self.bar.choose("serve"))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self.model.tick(controller.desk.now()))
        self._timer.start()
        controller.boards_shown.connect(self._show_boards)
        self.show_view(None)
        self._show_head(())

    def _table(self, parent: QWidget) -> QTableView:
        table = QTableView(parent)
        named(table, "movein.queue", say("movein.panel.queue"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.NAMES, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.STANDING, QHeaderView.ResizeMode.Interactive)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        alone = self._controller.station is None
        table.setColumnHidden(Column.WAITED if alone else Column.STATION, True)
        table.selectionModel().currentRowChanged.connect(self._current)
        table.clicked.connect(self._open)
        table.activated.connect(self._open)
        return table

    def _show_boards(self, boards: tuple[StationBoard, ...]) -> None:
        lines = [Line(board.station, row) for board in boards for row in board.waiting]
        lines += [Line(board.station, row) for board in boards for row in board.aside]
        self._filling = True
        if boards:
            self.model.show_lines(lines, boards[0].at)
            self._share_width()
        self._filling = False
        self._stack.setCurrentIndex(0 if lines else 1)
        self._show_head(boards)
        view = self._controller.view
        if view is not None:
            self._select(view.pass_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names keep their room in a narrow list too."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """What names need first, then the last column as much as it wants, the rest to the names."""
        table, ours = self.table, (Column.NAMES, Column.STANDING)
        others = (at for at in range(self.model.columnCount()) if at not in ours)
        taken = sum(table.columnWidth(at) for at in others if not table.isColumnHidden(at))
        names = table.fontMetrics().horizontalAdvance(LEAST_NAME) + 2 * NAME_MARGIN
        free = table.viewport().width() - taken - names
        wanted = min(table.sizeHintForColumn(Column.STANDING), MOST_STANDING, free)
        table.setColumnWidth(Column.STANDING, max(wanted, LEAST_STANDING))

    def _show_head(self, boards: tuple[StationBoard, ...]) -> None:
        station = self._controller.station
        if station is None:
            self._head.setText(say("movein.panel.on_their_way"))
            self._figures.hide()
            self._aside.hide()
            return
        self._head.setText(station_name(station))
        self._figures.setText(board_line(boards[0]) if boards else "")
        self._aside.setText(aside_line(boards[0]) if boards else "")
        self._aside.setVisible(bool(self._aside.text()))

    def _select(self, pass_id: int) -> None:
        at = self.model.position_of(pass_id)
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        if at >= 0:
            self.table.selectRow(at)
        else:
            self.table.clearSelection()
        selection.blockSignals(False)
        self.table.viewport().update()

    def _current(self, current: QModelIndex, before: QModelIndex) -> None:
        """The arrow keys open a household; a row that goes or comes, or the focus itself, opens none."""
        if self.table.hasFocus() and before.isValid() and not self._filling:
            self._open(current)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.line(index.row())
        view = self._controller.view
        if line is None:
            return
        if view is None or view.pass_id != line.row.pass_id:
            self._controller.open_pass(line.row.pass_id)
        else:
            self.again.emit()

    def show_view(self, view: PassView | None) -> None:
        """What can be done with the household before one."""
        buttons = []
        if self._controller.station is not None:
            natural = view is None or view.state not in (PassState.CALLED, PassState.SERVING)
            buttons.append(
                Outcome("next", say("movein.panel.act.next"), "F5", role="primary" if natural else "")
            )
        for each in LINE_ACTS:
            if self._controller.station is None and each.code in ONE_STATION_ONLY:
                continue
            why = why_not_act(each, view)
            natural = each.code == "serve" and not why and self._may_begin(view)
            if each.code == "serve":
                self._serve_key.setEnabled(natural)
            key = "Return" if natural else each.key
            role = "primary" if natural else ""
            buttons.append(Outcome(each.code, each.title, key, not why, why, role))
        self.bar.set_outcomes(buttons)
        if view is not None:
            self._select(view.pass_id)

    def _may_begin(self, view: PassView | None) -> bool:
        """Whether Enter may mean to begin: at a station with who was called, not with who did not come."""
        return self._controller.station is None or (view is not None and view.state is PassState.CALLED)

    def focus_natural(self) -> bool:
        """The focus on what comes next: begin with this one, or call the next; False for neither."""
        return self.bar.focus_primary()

    def _chosen(self, code: str) -> None:
        if code == "next":
            self.next_wanted.emit()
        else:
            self.act_wanted.emit(code)
