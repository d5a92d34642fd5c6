"""The file of a ticket: course, clocks, promises, orders, and what can be done with it (C7, C12-C14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.complaints import ticketlines as lines
from deskapp.gui.complaints.asked import Answers, Deed
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedform import DeedForm
from deskapp.gui.complaints.deedlist import DeedGroup, deed_groups, deed_of_line
from deskapp.gui.complaints.spans import SpanView
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import discard, named, push_button, text_label, with_property
from deskapp.gui.widgets.sections import Section
from deskapp.services.changes import Changes
from deskapp.services.complaints import intake
from deskapp.services.complaints.clocks import Explanation, explain
from deskapp.services.complaints.similar import similar
from deskapp.services.complaints.views import SimilarHit, TicketView

RIGHT = 470


class TicketPage(QWidget):
    """One ticket.

    Signals:
        shown: it was read; True for the first time.
        left: back to the list.
        opened: another ticket is wanted (its id).
        typed: something was typed into a form.
        paper_wanted: number of a paper to be looked at.
        household_wanted: the file of its house.
    """

    shown = Signal(bool)
    left = Signal()
    opened = Signal(object)
    typed = Signal()
    paper_wanted = Signal(str)
    household_wanted = Signal(object)

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.ticket", say("complaints.panel.page.ticket"))
        self._controller = controller
        self.view: TicketView | None = None
        self._wanted = 0
        self.form: DeedForm | None = None
        self._alike: tuple[SimilarHit, ...] = ()
        self._kept: dict[str, dict[str, Any]] = {}
        self._head = named(text_label(wrap=True, role="title"), "complaints.ticket.head")
        self._serious = named(text_label(wrap=True, role="danger"), "complaints.ticket.serious")
        self._incident = named(text_label(wrap=True, role="warning"), "complaints.ticket.incident")
        self._readers = named(text_label(role="muted"), "complaints.ticket.readers")
        self.missing = named(text_label(wrap=True, role="warning"), "complaints.ticket.missing")
        self.spans = SpanView("complaints.ticket.why", controller.causes)
        self.spans.setMinimumHeight(220)
        self._sections: dict[str, Section] = {}
        self._rows: list[QWidget] = []
        self._groups: list[QWidget] = []
        self._lay_out()
        back = QShortcut(QKeySequence("Alt+Up"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)

    # -- layout

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._readers)
        self.house = push_button("complaints.ticket.house", say("complaints.panel.file.house"))
        self.back = push_button("complaints.ticket.back", say("complaints.panel.file.back"))
        self.house.clicked.connect(self._open_house)
        self.back.clicked.connect(self.left)
        head.addWidget(self.house)
        head.addWidget(self.back)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("complaints.ticket.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._left())
        parts.addWidget(self._right())
        parts.setStretchFactor(0, 1)
        parts.setSizes([1366 - RIGHT, RIGHT])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        for label in (self._serious, self._incident):
            column.addWidget(label)
        column.addWidget(parts, 1)

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for code in ("form", "clocks", "alarms", "promises", "dispatches", "call_backs", "course"):
            section = Section(f"complaints.ticket.{code}", say(f"complaints.panel.section.{code}"))
            self._sections[code] = section
            column.addWidget(section)
            if code == "clocks":
                column.addWidget(self.spans)
        column.addStretch(1)
        self.spans.hide()
        return _scrolled(inside, "complaints.ticket.area")

    def _right(self) -> QWidget:
        inside = QWidget()
        self._deeds = QVBoxLayout(inside)
        self._deeds.setContentsMargins(8, 0, 0, 0)
        self._deeds.addWidget(self.missing)
        self._deeds.addStretch(1)
        self._form_room = QWidget()
        room = QVBoxLayout(self._form_room)
        room.setContentsMargins(8, 0, 0, 0)
        room.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(inside, "complaints.ticket.deeds"))
        self._stack.addWidget(_scrolled(self._form_room, "complaints.ticket.form_area"))
        return self._stack

    # -- reading

    @property
    def ticket_id(self) -> int:
        """The ticket that is open, 0 for none."""
        return self.view.ticket_id if self.view is not None else 0

    @property
    def number(self) -> str:
        """Its number."""
        return self.view.number if self.view is not None else ""

    def open(self, ticket_id: int) -> None:
        """Reads a ticket and shows it."""
        self._wanted = ticket_id
        desk = self._controller.desk
        self._controller.read("ticket", lambda: intake.ticket(desk, ticket_id), self._read)

    def _read(self, view: TicketView) -> None:
        if view.ticket_id == self._wanted:
            self.show_view(view, first=view.ticket_id != self.ticket_id or not self.isVisible())

    def reload(self) -> None:
        """Reads the open ticket anew."""
        if self.ticket_id:
            self.open(self.ticket_id)

    def changed(self, changes: Changes) -> None:
        """Changed here or elsewhere: what was typed stays, what is shown is read anew."""
        if self.ticket_id and any(
            changes.touch(kind) for kind in ("ticket", "promise", "incident", "alarm", "document")
        ):
            self.reload()

    # -- showing

    def show_view(self, view: TicketView, *, first: bool = False) -> None:
        """Shows a ticket; a form that is open stays open over it."""
        other = view.ticket_id != self.ticket_id
        if other:
            self._close_form()
            self._kept = {}
            self.spans.hide()
        self.view, self._wanted = view, view.ticket_id
        now, rules = self._controller.now(), self._controller.rules
        self._head.setText(f"{lines.head_line(rules, view)}\n{view.form.matter}")
        _say(self._serious, lines.severity_line(view, now))
        _say(self._incident, self._incident_line(view))
        _say(
            self._readers,
            say("complaints.panel.file.readers", who="、".join(view.readers)) if view.readers else "",
        )
        _say(self.missing, lines.missing_line(view))
        self.house.setEnabled(view.form.house_id is not None)
        self._show_lines("form", lines.form_lines(rules, view, now))
        self._show_lines("clocks", lines.clock_lines(view, now))
        self._show_lines("alarms", lines.alarm_lines(view, now))
        self._show_lines("promises", lines.promise_lines(view, now))
        self._show_lines("dispatches", lines.dispatch_lines(view, now))
        self._show_lines("call_backs", lines.call_back_lines(view, now))
        self._show_lines("course", lines.course_lines(view, now))
        self._show_deeds(deed_groups(self._controller, view, self._alike))
        if other:
            self._look_for_similar(view)
        self.shown.emit(first)

    def _look_for_similar(self, view: TicketView) -> None:
        """What it may be one matter with; asked once a ticket."""
        self._alike = ()
        desk, text, topic = self._controller.desk, f"{view.form.matter} {view.form.story}", view.form.topic
        house, number = view.form.house_id, view.ticket_id
        if view.closed_at is None:
            call = lambda: similar(desk, text, house, topic, but=number)  # noqa: E731
            self._controller.read("alike", call, self._alike_found)

    def _alike_found(self, hits: tuple[SimilarHit, ...]) -> None:
        self._alike = tuple(hit for hit in hits if hit.ticket_id != self.ticket_id)
        if self.view is not None:
            self._show_deeds(deed_groups(self._controller, self.view, self._alike))

    def _incident_line(self, view: TicketView) -> str:
        incident = view.incident
        if incident is None:
            return ""
        text = say(
            "complaints.panel.file.incident",
            number=incident.number,
            title=incident.title,
            n=incident.households,
        )
        if incident.agreed_answer:
            text = f"{text} · " + say("complaints.panel.similar.answer", answer=incident.agreed_answer)
        return text

    def _show_lines(self, code: str, found: Sequence[lines.Line]) -> None:
        section = self._sections[code]
        while section.body.count():
            item = section.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                discard(widget)
        for number, line in enumerate(found, 1):
            row = self._line(f"complaints.ticket.{code}.{number}", line)
            section.body.addWidget(row)
        section.setVisible(bool(found))

    def _line(self, name: str, line: lines.Line) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        text = named(text_label(line.text, wrap=True, role=line.role), name, line.text)
        text.setToolTip(line.tip)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        across.addWidget(text, 1)
        for code, words in line.acts:
            button = push_button(f"{name}.{code}", words, role="quiet")
            button.clicked.connect(lambda _=False, code=code, line=line: self._line_act(code, line.subject))
            across.addWidget(button)
        return row

    def _line_act(self, code: str, subject: int) -> None:
        if code == "why":
            desk = self._controller.desk
            self._controller.read("explain", lambda: explain(desk, subject), self._explain)
        elif self.view is not None and (deed := deed_of_line(code, subject, self.view)) is not None:
            self.do(deed)

    def _explain(self, found: Explanation) -> None:
        name = word(found.row.rule_label)
        self.spans.show_clock(
            name, found.due.at, found.due.counted, self._controller.now(), provisional=found.due.provisional
        )
        self.spans.show()

    # -- doing

    def _show_deeds(self, groups: Sequence[DeedGroup]) -> None:
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None else ""
        for old in self._groups:
            self._deeds.removeWidget(old)
            discard(old)
        self._groups = []
        for group in groups:
            section = Section(f"complaints.deeds.{group.code}", say(f"complaints.panel.deeds.{group.code}"))
            room = QWidget()
            flow = FlowLayout(room, gap=6)
            for deed in group.deeds:
                flow.addWidget(self._button(deed))
            section.body.addWidget(room)
            self._deeds.insertWidget(self._deeds.count() - 1, section)
            self._groups.append(section)
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def _button(self, deed: Deed) -> QWidget:
        """A deed that cannot be done now is greyed, and says why on hover and when it is clicked."""
        button = push_button(f"complaints.deed.{deed.code}", deed.title, role=deed.role)
        button.setToolTip(deed.why_not)
        button.setAccessibleDescription(deed.why_not)
        with_property(button, "blocked", "true" if deed.why_not else "false")
        button.clicked.connect(lambda: self.do(deed))
        return button

    def do(self, deed: Deed) -> None:
        """Does a deed, or asks first what it needs."""
        if deed.why_not:
            self._controller.said.emit(deed.why_not, "info")
        elif deed.asks:
            self._open_form(deed)
        else:
            self._send(deed, {})

    def _open_form(self, deed: Deed) -> None:
        self._close_form()
        form = DeedForm(deed, self._controller.rules.phrases, self._controller.now)
        self.form = form
        room = self._form_room.layout()
        assert isinstance(room, QVBoxLayout)
        room.insertWidget(0, form)
        form.restore(self._kept.get(deed.code, {}))
        form.given.connect(lambda given: self._send(deed, given))
        form.left.connect(self._leave_form)
        form.typed.connect(self.typed)
        self._stack.setCurrentIndex(1)
        form.show()
        form.focus_first()

    def _leave_form(self) -> None:
        """Back to the buttons; what was typed is offered when the form is opened again."""
        if self.form is not None and self.form.values():
            self._kept[self.form.deed.code] = self.form.values()
        self._close_form()
        self.typed.emit()

    def _close_form(self) -> None:
        if self.form is not None:
            room = self._form_room.layout()
            assert room is not None
            room.removeWidget(self.form)
            discard(self.form)
            self.form = None
        self._stack.setCurrentIndex(0)

    def _send(self, deed: Deed, given: Answers) -> None:
        view, desk, form = self.view, self._controller.desk, self.form
        if view is None:
            return

        def failed(error: DeskError) -> None:
            if form is not None and self.form is form:
                form.refuse(error)
            else:
                self._controller.tell(error)

        self._controller.command(
            (deed.code, view.ticket_id, view.version, repr(sorted(given.items(), key=lambda item: item[0]))),
            lambda command: deed.call(desk, command, view, given),
            lambda value: self._done(deed, value),
            failed=failed,
            busy=form.confirm if form is not None else None,
            ticket_id=view.ticket_id,
        )

    def _done(self, deed: Deed, value: Any) -> None:
        self._kept.pop(deed.code, None)
        self._close_form()
        self.typed.emit()
        self._controller.said.emit(say("complaints.panel.done", deed=deed.title), "done")
        if isinstance(value, TicketView) and value.ticket_id == self.ticket_id:
            self.show_view(value)
        else:
            self.reload()

    def _open_house(self) -> None:
        if self.view is not None and self.view.form.house_id is not None:
            self.household_wanted.emit(self.view.form.house_id)

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps: every form that was begun."""
        kept = dict(self._kept)
        if self.form is not None and self.form.values():
            kept[self.form.deed.code] = self.form.values()
        return kept

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back: its form is opened again."""
        self._kept = {code: values for code, values in kept.items() if isinstance(values, dict)}
        if self.view is None:
            return
        for group in deed_groups(self._controller, self.view, self._alike):
            for deed in group.deeds:
                if deed.code in self._kept and not deed.why_not:
                    self._open_form(deed)
                    return


def _say(label: Any, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _scrolled(inside: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    named(area, name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area
