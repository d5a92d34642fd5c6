"""The list by urgency, a window at a time; a click on a row explains its clock in place (C6, C12, L10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.clocks import ClockState
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.spans import SpanView, day_text, explained
from deskapp.gui.complaints.wording import left_text, word
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.choices import ChoiceList
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.spoken_time import exact
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.complaints.clocks import Explanation, explain
from deskapp.services.complaints.duelist import WINDOW, Counted, Only, clock_list, counted
from deskapp.services.complaints.views import ClockRow

ROOMY, LOW = 1240, 420
"""Pixels of width and height from which on nothing of the page is made smaller."""
KEPT_WIDE = (2, 3)
"""Columns of number and house: half of either is no use."""
MINUTE, TICK = 60_000, 10_000
"""Milliseconds between two readings of the list, and between two looks at the clock."""


class ClockModel(RowsModel[ClockRow]):
    """A window of what falls due; every text is counted from the moment the model was last told."""

    def __init__(self, departments: Mapping[str, str]) -> None:
        self._departments = departments
        self._now: datetime | None = None
        super().__init__(
            [
                Column(say("complaints.panel.list.left"), self.left, 170, colour=self.colour, tip=self.tip),
                Column(say("complaints.panel.list.due"), lambda row: word(row.rule_label), 200),
                Column(say("complaints.panel.list.number"), lambda row: row.number, 135),
                Column(say("complaints.panel.list.house"), _house, 120),
                Column(say("complaints.panel.list.matter"), lambda row: row.matter, 0),
                Column(say("complaints.panel.list.owner"), self.owner, 130),
                Column(say("complaints.panel.list.state"), _state, 180),
            ],
            key=lambda row: (row.what, row.clock_id),
        )

    def show_clocks(self, rows: Sequence[ClockRow], now: datetime) -> None:
        """Shows rows as they stand at a moment."""
        self.show_rows(rows)
        self.tell_time(now)

    def tell_time(self, now: datetime) -> None:
        """Says every time anew: the rows are the same, the moment is another."""
        again, self._now = self._now != now, now
        if again and self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def left(self, row: ClockRow) -> str:
        """还剩 12 分钟, 超时 5 分钟; of a clock that stands still what it will have left."""
        left = left_text(row.due_at, self._now or row.due_at)
        if row.state is ClockState.WAITING:
            return say("complaints.panel.list.stands_still_with", left=left)
        return left

    def colour(self, row: ClockRow) -> str:
        """Red only for what is overdue; the word says it too."""
        if row.state is ClockState.WAITING:
            return "muted"
        late = self._now is not None and row.due_at < self._now
        return "danger" if late else ""

    def tip(self, row: ClockRow) -> str:
        """The exact time."""
        return exact(row.due_at)

    def owner(self, row: ClockRow) -> str:
        """The department it lies with; else who promised it or looks after it."""
        if not row.department or row.what == "promise":
            return row.holder or say("complaints.panel.list.desk")
        return self._departments.get(row.department, row.department)


def _house(row: ClockRow) -> str:
    return row.label or say("complaints.panel.list.nobody")


def _state(row: ClockRow) -> str:
    parts = [say("complaints.panel.list.serious")] if row.serious else []
    if row.provisional:
        parts.append(say("complaints.panel.list.provisional"))
    if row.waiting_for is not None:
        parts.append(word(row.waiting_for))
    return " · ".join(parts)


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
        self._limit, self._all = WINDOW, 0
        self._share, self._low = 1.0, False
        departments = {one.code: word(one.label) for one in controller.rules.departments}
        self.model = ClockModel(departments)
        self.table = RowTable("complaints.list.rows", say("complaints.panel.list.title"), self.model)
        self.which = ChoiceList(
            "complaints.list.which",
            [(only.value, say(f"complaints.panel.list.which.{only.value}")) for only in Only],
            spoken=say("complaints.panel.list.which_title"),
        )
        self.which.set_value(Only.ALL.value)
        self.department = self._departments()
        self.head = named(text_label(role="muted"), "complaints.list.head")
        self.count = named(text_label(role="muted"), "complaints.list.count")
        self.open_button = push_button("complaints.list.open", say("complaints.panel.list.open"))
        self.spans = SpanView("complaints.list.why", controller)
        self.explained = QWidget()
        empty = say("complaints.panel.list.empty")
        self.empty = EmptyState(
            "complaints.list.empty", empty, icon="fa6s.mug-hot", next_step=say("complaints.panel.list.new")
        )
        self._lay_out()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.reload)
        self._tick = QTimer(self, interval=TICK)
        self._tick.timeout.connect(lambda: self.model.tell_time(controller.now()))
        self.which.changed.connect(self._choose)
        self.department.currentIndexChanged.connect(lambda _: self._choose())
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.table.opened.connect(lambda row: self.opened.emit(row.ticket_id))
        self.table.marked.connect(self._marked)
        self.open_button.clicked.connect(self._open)
        self.empty.wanted.connect(self.new_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.which)
        head.addWidget(self.department)
        head.addWidget(self.head, 1)
        head.addWidget(self.count)
        head.addWidget(self.open_button)
        below = QVBoxLayout(self.explained)
        below.setContentsMargins(0, 4, 0, 0)
        below.addWidget(self.spans, 1)
        self._parts = parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("complaints.list.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.explained)
        parts.setSizes([330, 270])
        self.stack = QStackedWidget()
        self.stack.addWidget(parts)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.explained.hide()

    def _departments(self) -> QComboBox:
        """Whose: what lies with one department is read out to its head, who has no window of his own."""
        box = QComboBox()
        named(box, "complaints.list.department", say("complaints.panel.list.department"))
        box.addItem(say("complaints.panel.list.everybody"), "")
        for one in self._controller.rules.departments:
            box.addItem(word(one.label), one.code)
        return box

    def _say_head(self) -> None:
        """Whom to call about what lies with the department."""
        found = self._controller.rules.department(self._department())
        said = "" if found is None else say("complaints.panel.list.head", head=found.head)
        phone = found.phone if found is not None else ""
        self.head.setText(f"{said} {phone}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At 150 % on a counter's screen: narrower columns, and more of what is low for the explanation."""
        super().resizeEvent(event)
        share, low = min(1.0, self.width() / ROOMY), self.height() < LOW
        if share != self._share:
            self._share = share
            scale = max(1.0, self.table.fontMetrics().height() / 20)
            for at, column in enumerate(self.model.columns):
                if column.width:
                    narrower = 1.0 if at in KEPT_WIDE else share
                    self.table.horizontalHeader().resizeSection(at, round(column.width * scale * narrower))
        if low != self._low:
            self._low = low
            self.spans.set_low(low)
            self._parts.setSizes([38, 62] if low else [55, 45])

    # -- the window of the list

    def show_only(self, only: Only) -> None:
        """Shows one part of the list from its top, ready for the arrow keys."""
        self.which.set_value(only.value)
        self.department.setCurrentIndex(0)
        self._choose()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Reads the window of the list as it is now."""
        desk, part, limit = self._controller.desk, (self._only(), self._department()), self._limit

        def ask() -> _Answer:
            now, (only, department) = desk.now(), part
            rows = clock_list(desk, now, limit=limit, only=only, department=department)
            return _Answer(part, rows, counted(desk, now, only, department), now)

        self._controller.read("clocks", ask, self._take)

    def _only(self) -> Only:
        return Only(self.which.value() or Only.ALL.value)

    def _department(self) -> str:
        return str(self.department.currentData())

    def _choose(self) -> None:
        self._say_head()
        self._limit = WINDOW
        self.table.scrollToTop()
        self.reload()

    def _scrolled(self, value: int) -> None:
        """The end of the window is near: the next one is read, once until it has come."""
        bar, read = self.table.verticalScrollBar(), self.model.rowCount()
        near = bar.maximum() > 0 and value >= bar.maximum() - bar.pageStep()
        if near and self._limit <= read < self._all:
            self._limit = read + WINDOW
            self.reload()

    def _take(self, answer: _Answer) -> None:
        if answer.part != (self._only(), self._department()):
            return  # another part was chosen meanwhile; its answer is on the way
        rows, counts = answer.rows, answer.counted
        self.model.show_clocks(rows, answer.now)
        self._all = counts.due
        self._limit = max(WINDOW, min(self._limit, len(rows)))
        self.count.setText(say("complaints.panel.list.count", n=counts.due, late=counts.late))
        self.stack.setCurrentIndex(0 if rows else 1)
        nothing = answer.part == (Only.ALL, "")
        self.empty.set_sentence(
            say("complaints.panel.list.empty" if nothing else "complaints.panel.list.none_such")
        )
        self._marked(self.table.current())

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
        self.spans.say_plainly(
            say(
                f"complaints.panel.why.of_{row.what}",
                began=day_text(row.began_at), at=day_text(row.due_at),
                left=left_text(row.due_at, self._controller.now()),
            )
        )  # fmt: skip
        self.explained.show()

    def _explain(self, found: Explanation) -> None:
        current = self.table.current()
        if current is None or current.clock_id != found.row.clock_id:
            return
        self.spans.show_clock(explained(found), self._controller.now())
        self.explained.show()

    def showEvent(self, event: QShowEvent) -> None:
        self.reload()
        self._minute.start()
        self._tick.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        self._tick.stop()
        super().hideEvent(event)


@dataclass(frozen=True, slots=True)
class _Answer:
    part: tuple[Only, str]
    rows: tuple[ClockRow, ...]
    counted: Counted
    now: datetime
