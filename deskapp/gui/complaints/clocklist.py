"""The list by urgency; a click on a row explains its clock in place (C6, C12, L10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.clocks import ClockState
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.spans import SpanView
from deskapp.gui.complaints.wording import exact_text, left_text, moment_text, word
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.choices import ChoiceList
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.complaints.clocks import Explanation, clock_list, explain
from deskapp.services.complaints.views import ClockRow

MINUTE = 60_000
OPEN, MINE, SERIOUS = "open", "mine", "serious"


class ClockModel(RowsModel[ClockRow]):
    """Rows of what falls due; every text is counted from the moment the model was last told."""

    def __init__(self, departments: Mapping[str, str]) -> None:
        self._departments = departments
        self._now: datetime | None = None
        super().__init__(
            [
                Column(say("complaints.panel.list.left"), self.left, 150, colour=self.colour, tip=self.tip),
                Column(say("complaints.panel.list.due"), _what, 190),
                Column(say("complaints.panel.list.number"), lambda row: row.number, 150),
                Column(say("complaints.panel.list.house"), _house, 150),
                Column(say("complaints.panel.list.matter"), lambda row: row.matter, 0),
                Column(say("complaints.panel.list.owner"), self.owner, 120),
                Column(say("complaints.panel.list.state"), _state, 140),
            ],
            key=lambda row: (row.what, row.clock_id),
        )

    def show_clocks(self, rows: Sequence[ClockRow], now: datetime) -> None:
        """Shows rows as they stand at a moment."""
        again = self._now != now
        self._now = now
        self.show_rows(rows)
        if again and rows:  # the rows are the same, the time is another
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))

    def left(self, row: ClockRow) -> str:
        """还剩 12 分钟, 超时 5 分钟, or what it waits for."""
        if row.state is ClockState.WAITING:
            return say("complaints.panel.list.stands_still")
        return left_text(row.due_at, self._now or row.due_at)

    def colour(self, row: ClockRow) -> str:
        """Red only for what is overdue; the word says it too."""
        if row.state is ClockState.WAITING:
            return "muted"
        late = self._now is not None and row.due_at < self._now
        return "danger" if late else ""

    def tip(self, row: ClockRow) -> str:
        """The exact time."""
        return exact_text(row.due_at)

    def owner(self, row: ClockRow) -> str:
        """The department it lies with; else the desk."""
        if not row.department:
            return say("complaints.panel.list.desk")
        return self._departments.get(row.department, row.department)


def _what(row: ClockRow) -> str:
    name = word(row.rule_label)
    return say("complaints.panel.list.provisional", clock=name) if row.provisional else name


def _house(row: ClockRow) -> str:
    return row.label or say("complaints.panel.list.nobody")


def _state(row: ClockRow) -> str:
    if row.waiting_for is not None:
        return say("complaints.panel.list.waits", cause=word(row.waiting_for))
    return say("complaints.panel.list.serious") if row.serious else ""


class ClockListPage(QWidget):
    """Everything that falls due, the most urgent first, and why.

    Signals:
        opened: a ticket is to be opened (its id).
        new_wanted: a new ticket.
    """

    opened = Signal(object)
    new_wanted = Signal()

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.list", say("complaints.panel.list.title"))
        self._controller = controller
        self.rows: tuple[ClockRow, ...] = ()
        departments = {one.code: word(one.label) for one in controller.rules.departments}
        self.model = ClockModel(departments)
        self.table = RowTable("complaints.list.rows", say("complaints.panel.list.title"), self.model)
        self.which = ChoiceList(
            "complaints.list.which",
            [(code, say(f"complaints.panel.list.which.{code}")) for code in (OPEN, MINE, SERIOUS)],
            spoken=say("complaints.panel.list.which_title"),
        )
        self.which.set_value(OPEN)
        self.count = named(text_label(role="muted"), "complaints.list.count")
        self.open_button = push_button("complaints.list.open", say("complaints.panel.list.open"))
        self.spans = SpanView("complaints.list.why", controller.causes)
        self.explained = QWidget()
        empty = say("complaints.panel.list.empty")
        self.empty = EmptyState(
            "complaints.list.empty", empty, icon="fa6s.mug-hot", next_step=say("complaints.panel.list.new")
        )
        self._lay_out()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.reload)
        self.which.changed.connect(self._show)
        self.table.opened.connect(lambda row: self.opened.emit(row.ticket_id))
        self.table.marked.connect(self._marked)
        self.open_button.clicked.connect(self._open)
        self.empty.wanted.connect(self.new_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.which, 1)
        head.addWidget(self.count)
        head.addWidget(self.open_button)
        below = QVBoxLayout(self.explained)
        below.setContentsMargins(0, 4, 0, 0)
        below.addWidget(self.spans, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("complaints.list.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.explained)
        parts.setSizes([360, 240])
        self.stack = QStackedWidget()
        self.stack.addWidget(parts)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.explained.hide()

    def reload(self) -> None:
        """Reads the list as it is now: right within a minute after midnight, sleep or a changed clock."""
        desk = self._controller.desk
        self._controller.read("clocks", lambda: (clock_list(desk), desk.now()), self._take)

    def _take(self, answer: tuple[tuple[ClockRow, ...], datetime]) -> None:
        self.rows, now = answer
        self._show(now=now)

    def _show(self, *, now: datetime | None = None) -> None:
        wanted: dict[str, Callable[[ClockRow], bool]] = {
            OPEN: lambda row: True,
            MINE: self._is_mine,
            SERIOUS: lambda row: row.serious,
        }
        fits = wanted[self.which.value() or OPEN]
        rows = [row for row in self.rows if fits(row)]
        self.model.show_clocks(rows, now or self._controller.now())
        late = sum(row.state is ClockState.LATE for row in rows)
        self.count.setText(say("complaints.panel.list.count", n=len(rows), late=late))
        self.stack.setCurrentIndex(0 if rows else 1)
        self.empty.set_sentence(
            say("complaints.panel.list.empty" if not self.rows else "complaints.panel.list.none_such")
        )
        self._marked(self.table.current())

    def _is_mine(self, row: ClockRow) -> bool:
        return row.owner_id == self._controller.desk.member.id

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.opened.emit(row.ticket_id)

    # -- why

    def _marked(self, row: Any) -> None:
        self.open_button.setEnabled(row is not None)
        if not isinstance(row, ClockRow):
            self.explained.hide()
            return
        if row.what != "clock":
            self._explain_plainly(row)
            return
        desk, clock_id = self._controller.desk, row.clock_id
        self._controller.read("explain", lambda: explain(desk, clock_id), self._explain)

    def _explain_plainly(self, row: ClockRow) -> None:
        """A promise, a dispatch or a call back falls due at the time that was said."""
        self.spans.show_clock(word(row.rule_label), row.due_at, (), self._controller.now())
        self.spans.headline.setText(
            say(
                f"complaints.panel.why.of_{row.what}",
                began=moment_text(row.began_at), at=moment_text(row.due_at),
                left=left_text(row.due_at, self._controller.now()),
            )
        )  # fmt: skip
        self.spans.table.hide()
        self.explained.show()

    def _explain(self, found: Explanation) -> None:
        current = self.table.current()
        if current is None or current.clock_id != found.row.clock_id:
            return
        self.spans.show_clock(
            word(found.row.rule_label), found.due.at, found.due.counted, self._controller.now(),
            provisional=found.due.provisional,
        )  # fmt: skip
        self.spans.table.show()
        self.explained.show()

    def showEvent(self, event: QShowEvent) -> None:
        self.reload()
        self._minute.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)
