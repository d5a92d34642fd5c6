"""The file of a ticket: course, clocks, promises, orders, and what can be done with it (C7, C12-C14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.complaints.departments import posts_of
from deskapp.gui.complaints import filelines
from deskapp.gui.complaints import ticketlines as lines
from deskapp.gui.complaints.asked import Deed
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedlist import Beside, deed_groups, deed_of_line
from deskapp.gui.complaints.deedroom import DeedRoom, scrolled
from deskapp.gui.complaints.paperdeeds import bulletin_deed
from deskapp.gui.complaints.photorow import PhotoRow
from deskapp.gui.complaints.spans import SpanView
from deskapp.gui.complaints.tickethead import TicketHead, say_in
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.naming import discard, named, push_button, text_label
from deskapp.gui.widgets.sections import Section
from deskapp.services.changes import Changes
from deskapp.services.complaints import intake, presence
from deskapp.services.complaints.browse import phone_of
from deskapp.services.complaints.clocks import Explanation, explain
from deskapp.services.complaints.disputes import dispute
from deskapp.services.complaints.incidents import IncidentView
from deskapp.services.complaints.papers import bulletin_draft
from deskapp.services.complaints.risks import risk
from deskapp.services.complaints.similar import similar
from deskapp.services.complaints.views import TicketView
from deskapp.services.movein.views import DocumentRef

RIGHT = 470
MINUTE = 60_000


class TicketPage(QWidget):
    """One ticket.

    Signals:
        shown: it was read; True for the first time.
        left: back to the list.
        opened: another ticket is wanted (its id).
        typed: something was typed into a form.
        paper_wanted: number of a paper to be looked at.
        household_wanted: the file of its house.
        incident_wanted: the incident it belongs to (its id).
    """

    shown = Signal(bool)
    left = Signal()
    opened = Signal(object)
    typed = Signal()
    paper_wanted = Signal(str)
    household_wanted = Signal(object)
    incident_wanted = Signal(object)

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.ticket", say("complaints.panel.page.ticket"))
        self._controller = controller
        self.view: TicketView | None = None
        self._wanted, self._to_front = 0, False
        self._beside = Beside()
        self.deeds = DeedRoom("complaints.ticket.deeds", controller)
        self.deeds.done.connect(self._done)
        self.deeds.typed.connect(self.typed)
        self.deeds.conflicted.connect(self.reload)
        self.head = TicketHead()
        self.head.left.connect(self.left)
        self.head.incident_wanted.connect(self._open_incident)
        self.head.bulletin_wanted.connect(self._word_bulletin)
        self.head.household_wanted.connect(self._open_house)
        self.photos = PhotoRow(controller)
        self.spans = SpanView("complaints.ticket.why", controller.causes)
        self.spans.setMinimumHeight(220)
        self._sections: dict[str, Section] = {}
        self._rows: list[QWidget] = []
        self._lay_out()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._each_minute)
        back = QShortcut(QKeySequence("Alt+Up"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)

    # -- layout

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("complaints.ticket.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._left())
        parts.addWidget(self.deeds)
        parts.setStretchFactor(0, 1)
        parts.setSizes([1366 - RIGHT, RIGHT])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(parts, 1)

    def _left(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for code in (
            "form",
            "clocks",
            "alarms",
            "promises",
            "dispatches",
            "call_backs",
            "dispute",
            "risk",
            "papers",
            "course",
        ):
            section = Section(f"complaints.ticket.{code}", say(f"complaints.panel.section.{code}"))
            self._sections[code] = section
            column.addWidget(section)
            if code == "form":
                column.addWidget(self.photos)
            if code == "clocks":
                column.addWidget(self.spans)
        column.addStretch(1)
        self.spans.hide()
        return scrolled(inside, "complaints.ticket.area")

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
        """Reads a ticket and shows it; it comes to the front."""
        self._wanted, self._to_front = ticket_id, True
        self._ask()

    def reload(self) -> None:
        """Reads the open ticket anew, wherever the clerk is meanwhile."""
        if self.ticket_id and self._wanted == self.ticket_id:
            self._ask()

    def _ask(self) -> None:
        desk, wanted = self._controller.desk, self._wanted
        self._controller.read("ticket", lambda: intake.ticket(desk, wanted), self._read)

    def _read(self, view: TicketView) -> None:
        if view.ticket_id == self._wanted:
            first, self._to_front = self._to_front, False
            self.show_view(view, first=first)

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
            self._leave_reading()
            self.head.mask_phone()
            self._beside = Beside()
            self._show_files()
            self.spans.hide()
        self.view, self._wanted = view, view.ticket_id
        now, rules = self._controller.now(), self._controller.rules
        self.head.show_view(rules, view, now)
        say_in(self.deeds.note, lines.missing_line(view))
        self.photos.show_photos(view.attachments)
        self._show_lines("form", lines.form_lines(rules, view, now))
        self._show_lines("clocks", lines.clock_lines(view, now))
        self._show_lines("alarms", lines.alarm_lines(view, now, posts_of(self._controller.desk.member.role)))
        self._show_lines("promises", lines.promise_lines(view, now))
        self._show_lines("dispatches", lines.dispatch_lines(view, now))
        self._show_lines("call_backs", lines.call_back_lines(view, now))
        self._show_lines("papers", filelines.paper_lines(view, now))
        self._show_lines("course", lines.course_lines(view, now))
        self._offer(view)
        self._read_beside(view)
        if other:
            self._look()
        self.shown.emit(first)

    def _look(self) -> None:
        """Tells the others that it is open here, and who has it open elsewhere (L12)."""
        desk, number = self._controller.desk, self.ticket_id
        if number and self.isVisible():
            self._controller.read("look", lambda: presence.look(desk, number)[0], self.head.say_readers)

    def _leave_reading(self) -> None:
        desk, number = self._controller.desk, self.ticket_id
        if number:
            self._controller.read(f"leave.{number}", lambda: presence.leave(desk, number), lambda _: None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        self._leave_reading()
        super().hideEvent(event)

    def _each_minute(self) -> None:
        """Times are counted anew from now, and the others see that it is still open here."""
        self._look()
        self.reload()

    def _read_beside(self, view: TicketView) -> None:
        """What it may be one matter with, and its special files."""
        desk, form, number = self._controller.desk, view.form, view.ticket_id

        def ask() -> tuple[int, Beside]:
            text = f"{form.matter} {form.story}"
            hits = (
                similar(desk, text, form.house_id, form.topic, but=number) if view.closed_at is None else ()
            )
            alike = tuple(hit for hit in hits if hit.ticket_id != number)
            return number, Beside(alike, dispute(desk, number), risk(desk, number))

        self._controller.read("beside", ask, self._beside_found)

    def _beside_found(self, answer: tuple[int, Beside]) -> None:
        number, beside = answer
        if self.view is not None and number == self.ticket_id:
            self._beside = beside
            self._show_files()
            self._offer(self.view)

    def _show_files(self) -> None:
        now = self._controller.now()
        self._show_lines("dispute", filelines.dispute_lines(self._beside.dispute, now))
        self._show_lines("risk", filelines.risk_lines(self._beside.risk, now))

    def _offer(self, view: TicketView) -> None:
        key = (view.ticket_id, view.version)
        self.deeds.show_subject(view, key, deed_groups(self._controller, view, self._beside))

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
        if code == "phone":
            self._show_phone()
        elif code == "open_paper" and self.view is not None:
            self.paper_wanted.emit(self.view.documents[subject].number)
        elif code == "why":
            desk = self._controller.desk
            self._controller.read("explain", lambda: explain(desk, subject), self._explain)
        elif self.view is not None and (deed := deed_of_line(code, subject, self.view)) is not None:
            self.deeds.do(deed)

    def _show_phone(self) -> None:
        """The caller's phone whole for half a minute; the look is in the audit trail (design rule 6)."""
        desk, number = self._controller.desk, self.ticket_id
        self._controller.read("phone", lambda: phone_of(desk, number), self.head.show_phone)

    def _explain(self, found: Explanation) -> None:
        name = word(found.row.rule_label)
        self.spans.show_clock(
            name, found.due.at, found.due.counted, self._controller.now(), provisional=found.due.provisional
        )
        self.spans.show()

    def _word_bulletin(self) -> None:
        """The bulletin is proposed from the record, and worded by the clerk before it is issued."""
        desk, number = self._controller.desk, self.ticket_id
        self._controller.read(
            "bulletin",
            lambda: bulletin_draft(desk, number),
            lambda draft: self.deeds.do(bulletin_deed(number, draft)),
        )

    def _done(self, deed: Deed, value: Any) -> None:
        self._controller.said.emit(say("complaints.panel.done", deed=deed.title), "done")
        if isinstance(value, TicketView) and value.ticket_id == self.ticket_id:
            self.show_view(value)
        else:
            self.reload()
        if isinstance(value, DocumentRef):
            self.paper_wanted.emit(value.number)
        elif isinstance(value, IncidentView):
            self.incident_wanted.emit(value.brief.incident_id)

    def _open_incident(self) -> None:
        if self.view is not None and self.view.incident is not None:
            self.incident_wanted.emit(self.view.incident.incident_id)

    def _open_house(self) -> None:
        if self.view is not None and self.view.form.house_id is not None:
            self.household_wanted.emit(self.view.form.house_id)

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps: every form that was begun."""
        return self.deeds.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back: its form is opened again."""
        self.deeds.restore(kept)
