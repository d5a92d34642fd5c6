"""The file of a ticket: course, clocks, promises, orders, and what can be done with it (C7, C12-C14)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.complaints.departments import posts_of
from deskapp.domain.complaints.script import Side
from deskapp.domain.complaints.session import Session
from deskapp.gui.complaints import filelines
from deskapp.gui.complaints import ticketlines as lines
from deskapp.gui.complaints.asked import Deed
from deskapp.gui.complaints.closeneeds import linked, needs_of, sentence
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedlist import Beside, deed_groups, deed_of_line
from deskapp.gui.complaints.deedroom import DeedRoom, scrolled
from deskapp.gui.complaints.deeds import contact_deed
from deskapp.gui.complaints.endings import promise_deed
from deskapp.gui.complaints.filetalks import talk_lines
from deskapp.gui.complaints.linesection import LineSection
from deskapp.gui.complaints.paperdeeds import bulletin_deed
from deskapp.gui.complaints.spans import SpanView, explained
from deskapp.gui.complaints.talkroom import TalkRoom
from deskapp.gui.complaints.tickethead import TicketHead
from deskapp.gui.widgets.naming import named
from deskapp.gui.widgets.picturerow import PictureRow
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
TALK_WIDTH = 600
"""Pixels of the file's right side while a talk is led there."""
MINUTE = 60_000
TALK = "talk"
"""Under which a draft keeps a talk beside the forms of deeds."""


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
        carried_over: what was told at intake is noted here.
    """

    shown = Signal(bool)
    left = Signal()
    opened = Signal(object)
    typed = Signal()
    paper_wanted = Signal(str)
    household_wanted = Signal(object)
    incident_wanted = Signal(object)
    carried_over = Signal()

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
        self.deeds.followed.connect(self._go_to)
        self.deeds.room_wanted.connect(self._open_talk)
        self.talk = TalkRoom(controller, keys_in=self)
        self.talk.saved.connect(self._talked)
        self.talk.left.connect(self._leave_talk)
        self.talk.typed.connect(self.typed)
        self._right = QStackedWidget()
        self._carried: Deed | None = None
        self.head = TicketHead()
        self.head.left.connect(self.left)
        self.head.incident_wanted.connect(self._open_incident)
        self.head.bulletin_wanted.connect(self._word_bulletin)
        self.head.household_wanted.connect(self._open_house)
        self.photos = PictureRow("complaints.ticket.photos", controller)
        self.spans = SpanView("complaints.ticket.why", controller)
        self.spans.setMinimumHeight(220)
        self._sections: dict[str, LineSection] = {}
        self._lay_out()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._each_minute)
        back = QShortcut(QKeySequence("Alt+Up"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)

    # -- layout

    def _lay_out(self) -> None:
        self._parts = parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("complaints.ticket.parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._left())
        for each in (self.deeds, self.talk):
            self._right.addWidget(each)
        parts.addWidget(self._right)
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
            "talks",
            "dispute",
            "risk",
            "papers",
            "course",
        ):
            section = LineSection(f"complaints.ticket.{code}", say(f"complaints.panel.section.{code}"))
            section.acted.connect(self._act)
            self._sections[code] = section
            column.addWidget(section)
            if code == "form":
                column.addWidget(self.photos)
            if code == "clocks":
                column.addWidget(self.spans)
        column.addStretch(1)
        self.spans.hide()
        self._area = scrolled(inside, "complaints.ticket.area")
        return self._area

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
            self._leave_talk()
            self.spans.hide()
        self.view, self._wanted = view, view.ticket_id
        self.talk.show_view(view)
        now, rules = self._controller.now(), self._controller.rules
        self.head.show_view(rules, view, now)
        self.photos.show_photos(view.attachments)
        self._sections["form"].show_lines(lines.form_lines(rules, view, now))
        self._sections["clocks"].show_lines(lines.clock_lines(view, now))
        self._sections["alarms"].show_lines(
            lines.alarm_lines(view, now, posts_of(self._controller.desk.member.role))
        )
        self._sections["promises"].show_lines(lines.promise_lines(view, now))
        self._sections["dispatches"].show_lines(lines.dispatch_lines(view, now))
        self._sections["call_backs"].show_lines(lines.call_back_lines(view, now))
        self._sections["talks"].show_lines(talk_lines(rules, view, now))
        self._sections["papers"].show_lines(filelines.paper_lines(view, now))
        self._sections["course"].show_lines(lines.course_lines(view, now))
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
        self._sections["dispute"].show_lines(filelines.dispute_lines(self._beside.dispute, now))
        self._sections["risk"].show_lines(filelines.risk_lines(self._beside.risk, now))

    def _offer(self, view: TicketView) -> None:
        key, groups = (view.ticket_id, view.version), deed_groups(self._controller, view, self._beside)
        self.deeds.show_subject(view, key, groups)
        needs = needs_of(view, self._beside.risk)
        self.deeds.say_note(linked(needs, groups), sentence(needs))

    def _go_to(self, code: str) -> None:
        """A section of the file: its first button has the focus and comes in sight."""
        button = self._sections[code].findChild(QPushButton)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(button)

    def _act(self, code: str, subject: int) -> None:
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
        self.spans.show_clock(explained(found), self._controller.now())
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
        if deed is self._carried:
            self._carried = None
            self.carried_over.emit()
        if isinstance(value, TicketView) and value.ticket_id == self.ticket_id:
            self.show_view(value)
        else:
            self.reload()
        if isinstance(value, DocumentRef):
            self.paper_wanted.emit(value.number)
        elif isinstance(value, IncidentView):
            self.incident_wanted.emit(value.brief.incident_id)

    # -- talks

    def take_over(self, told: str, how: str, talk: Session | None) -> None:
        """What was told at intake before this ticket was found, to be noted here: nobody types it twice."""
        if told or talk is not None:
            self._carried = contact_deed(told, how, talk)
            self.deeds.do(self._carried)

    def _open_talk(self, side: str) -> None:
        self._to_talk()
        self.talk.begin(Side(side))

    def _to_talk(self) -> None:
        """The script has the room of a page of its own; the file stays beside it."""
        if self._right.currentWidget() is not self.talk:
            self._right.setCurrentWidget(self.talk)
            whole = sum(self._parts.sizes())
            self._parts.setSizes([whole - TALK_WIDTH, TALK_WIDTH])

    def _leave_talk(self) -> None:
        if self._right.currentWidget() is self.talk:
            self._right.setCurrentWidget(self.deeds)
            whole = sum(self._parts.sizes())
            self._parts.setSizes([whole - RIGHT, RIGHT])
            self.deeds.focus_first()

    def _talked(self, view: TicketView, agreed: tuple[str, str, datetime | None] | None) -> None:
        """On record; what was agreed waits to become a promise with a person and a time (C7)."""
        self._leave_talk()
        self._controller.said.emit(say("complaints.panel.talk.noted", number=view.number), "done")
        self.show_view(view)
        if agreed is not None:
            text, who, due = agreed
            self.deeds.do(promise_deed(view, text, who or view.form.against, due))

    def _open_incident(self) -> None:
        if self.view is not None and self.view.incident is not None:
            self.incident_wanted.emit(self.view.incident.incident_id)

    def _open_house(self) -> None:
        if self.view is not None and self.view.form.house_id is not None:
            self.household_wanted.emit(self.view.form.house_id)

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps: every form that was begun."""
        talk = self.talk.values()
        return {**self.deeds.values(), **({TALK: talk} if talk else {})}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back: its form is opened again, its talk stands where it was left."""
        self.deeds.restore({code: values for code, values in kept.items() if code != TALK})
        if isinstance(kept.get(TALK), dict):
            self.talk.restore(kept[TALK])
            self._to_talk()
