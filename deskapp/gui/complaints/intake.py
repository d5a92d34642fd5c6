"""Intake: who, what is open there, the form beside the script, the clocks that will start (C1-C11)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.domain.complaints.script import Field
from deskapp.gui.complaints.clocksahead import ClocksAhead
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.intakeform import IntakeForm
from deskapp.gui.complaints.openhere import OpenHere
from deskapp.gui.complaints.scriptpanel import ScriptPanel
from deskapp.gui.complaints.similarstrip import SimilarStrip
from deskapp.gui.complaints.taking import Taken, Wanted, take_in
from deskapp.gui.complaints.talk import Talk
from deskapp.gui.complaints.wording import listed
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.services.complaints import intake
from deskapp.services.complaints.similar import similar
from deskapp.services.complaints.views import OpenTicket, SimilarHit
from deskapp.services.residents.household import household
from deskapp.services.residents.views import HouseholdView

MINUTE = 60_000
SCRIPT_WIDTH = 520


class IntakePage(QWidget):
    """One ticket being taken.

    Signals:
        taken: it is on record (`Taken`).
        opened: a ticket to be opened (its id).
        typed: something changed, for the draft.
        house_changed: another household is before one (its id, 0 for none).
    """

    taken = Signal(object)
    opened = Signal(object)
    typed = Signal()
    house_changed = Signal(object)

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.intake.page", say("complaints.panel.intake.title"))
        self._controller = controller
        self.house_id, self.label = 0, ""
        self._turn = 0
        self.talk = Talk(controller.rules.scripts, controller.now, self)
        self.who = named(text_label(wrap=True, role="title"), "complaints.intake.who")
        self.open_here, self.similar = OpenHere(), SimilarStrip()
        self.form = IntakeForm(controller)
        self.script = ScriptPanel(self.talk, keys_in=self)
        self.clocks = ClocksAhead(controller)
        self.save = push_button("complaints.intake.save", say("complaints.panel.intake.save"), role="primary")
        self.nobody = push_button(
            "complaints.intake.nobody", say("complaints.panel.intake.nobody"), role="quiet"
        )
        self._lay_out()
        self._join()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._count_clocks)
        self._minute.start()
        self._show_house()

    # -- layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.who, 1)
        head.addWidget(self.nobody, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.open_here)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setObjectName("complaints.intake.middle")
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.script)
        middle.addWidget(self._right())
        middle.setStretchFactor(1, 1)
        middle.setSizes([SCRIPT_WIDTH, 1366 - SCRIPT_WIDTH])
        column.addWidget(middle, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.clocks, 1)
        self.save.setMinimumHeight(40)
        foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.similar)
        column.addWidget(self.form, 1)
        area = QScrollArea()
        named(area, "complaints.intake.area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _join(self) -> None:
        self.nobody.clicked.connect(self.show_nobody)
        self.open_here.opened.connect(self.opened)
        self.open_here.another.connect(self.form.kind.setFocus)
        self.similar.opened.connect(self.opened)
        self.similar.changed.connect(self.typed)
        self.form.typed.connect(self._form_typed)
        self.form.paused.connect(self._look_for_similar)
        self.form.sorted_anew.connect(self._sorted)
        self.form.more.channel.currentIndexChanged.connect(self._channel_chosen)
        self.talk.answered.connect(self._answered)
        self.talk.moved.connect(self.typed)
        self.script.begun.connect(self.begin_talk)
        self.save.clicked.connect(lambda: self.try_save())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)
            key.activated.connect(lambda: self.try_save())

    # -- who

    def show_house(self, house_id: int) -> None:
        """The household before one; what is open with it is read first (C2)."""
        if house_id != self.house_id:
            self.house_changed.emit(house_id)
        self.house_id, self.label = house_id, ""
        self._turn += 1
        turn = self._turn
        self._show_house()
        self.open_here.show_tickets((), self._controller.now())
        desk = self._controller.desk

        def found(answer: tuple[HouseholdView, tuple[OpenTicket, ...]]) -> None:
            if turn == self._turn:
                self._house_found(*answer)

        self._controller.read(
            "house", lambda: (household(desk, house_id), intake.open_here(desk, house_id)), found
        )

    def _house_found(self, house: HouseholdView, tickets: tuple[OpenTicket, ...]) -> None:
        self.label = house.label
        names = listed(person.name for person in house.people[:3])
        self.who.setText(say("complaints.panel.intake.house", label=house.label, names=names).strip())
        self.open_here.show_tickets(tickets, self._controller.now())
        if tickets:
            self.open_here.focus_first()
        elif not self.form.isAncestorOf(self.focusWidget() or self):
            self.form.kind.setFocus()
        self._begin_by_itself()
        self._look_for_similar()

    def reload_open(self) -> None:
        """What is open with the house, after something changed elsewhere."""
        house_id, turn, desk = self.house_id, self._turn, self._controller.desk
        if not house_id:
            return

        def found(tickets: tuple[OpenTicket, ...]) -> None:
            if turn == self._turn:
                self.open_here.show_tickets(tickets, self._controller.now())

        self._controller.read("open_here", lambda: intake.open_here(desk, house_id), found)

    def show_nobody(self) -> None:
        """An anonymous caller or somebody from outside."""
        if self.house_id:
            self.house_changed.emit(0)
        self.house_id, self.label = 0, ""
        self._turn += 1
        self.open_here.show_tickets((), self._controller.now())
        self._show_house()
        self.who.setText(say("complaints.panel.intake.anonymous"))
        self.form.more.open_at("caller")
        self._begin_by_itself()

    def _show_house(self) -> None:
        if not self.house_id:
            self.who.setText(say("complaints.panel.intake.who_first"))

    # -- the script

    def begin_talk(self) -> None:
        """The clerk is led from here on."""
        self.talk.begin(Channel(self.form.more.channel.currentData() or Channel.COUNTER.value))
        self.talk.set_topic(self.form.chosen_topic())

    def _begin_by_itself(self) -> None:
        if self.form.chosen_kind() is Kind.COMPLAINT and self.talk.session is None:
            self.begin_talk()

    def _channel_chosen(self) -> None:
        self.talk.set_channel(Channel(self.form.more.channel.currentData() or Channel.COUNTER.value))

    def _answered(self, field: Field, text: str) -> None:
        self.form.take_answer(field, text)

    def _form_typed(self) -> None:
        for field, text in self.form.answers().items():
            self.script.show_answer(field, text)
            self.talk.note(field, text)
        self.typed.emit()

    def _sorted(self) -> None:
        kind = self.form.chosen_kind()
        if kind is Kind.COMPLAINT and self.house_id:
            self._begin_by_itself()
        elif kind is not Kind.COMPLAINT and self.talk.untouched and self.talk.session is not None:
            self.talk.forget()  # a repair call needs no calming; it is one key away
        self.talk.set_topic(self.form.chosen_topic())
        self._count_clocks()

    def _count_clocks(self) -> None:
        form = self.form
        self.clocks.count(form.chosen_kind(), form.chosen_target(), form.chosen_topic())

    # -- what is alike

    def _look_for_similar(self) -> None:
        text, desk, house = self.form.text(), self._controller.desk, self.house_id or None
        if len(text) < 2:
            self.similar.clear()
            return
        topic = str(self.form.topic.currentData() or "")
        self._controller.read("similar", lambda: similar(desk, text, house, topic=topic), self._show_similar)

    def _show_similar(self, hits: tuple[SimilarHit, ...]) -> None:
        own = {ticket.ticket_id for ticket in self.open_here.tickets}
        others = [hit for hit in hits if hit.ticket_id not in own]
        self.similar.show_hits(others, self._controller.now())

    # -- saving

    def try_save(self) -> None:
        """Puts it on record and gives it to who will do it; what is missing is said at its field."""
        if not self.save.isEnabled() or not self.form.check():
            return
        wanted = self.wanted()
        if wanted.reply and wanted.form.next_contact is None and not wanted.form.promises:
            self.form.main.set_fault("next_contact", say("complaints.panel.intake.next_contact_missing"))
            return
        desk, talk = self._controller.desk, self.talk.ended()
        self._controller.command(
            ("take", hash(repr(wanted))),
            lambda command: take_in(desk, command, wanted, talk),
            self._saved,
            busy=self.save,
        )

    def wanted(self) -> Wanted:
        """Everything of the form as one act."""
        form = self.form.ticket_in(self.house_id or None, None)
        joined = self.similar.joined
        return Wanted(
            form=form,
            reply=self.form.reply.value().strip(),
            department=str(self.form.department.currentData()),
            person=self.form.person.text().strip(),
            joined=joined.ticket_id if joined is not None else 0,
        )

    def _saved(self, taken: Taken) -> None:
        self.clear()
        self.taken.emit(taken)

    def clear(self) -> None:
        """Ready for the next one."""
        self.house_id, self.label = 0, ""
        self._turn += 1
        self.form.clear()
        self.talk.forget()
        self.similar.clear()
        self.open_here.show_tickets((), self._controller.now())
        self._show_house()
        self._count_clocks()

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps; empty while nothing was written."""
        if self.form.is_blank() and self.talk.untouched:
            return {}
        return {"house": self.house_id, "form": self.form.values(), "talk": self.talk.as_data()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back."""
        self.form.restore(kept.get("form", {}))
        self.talk.restore(kept.get("talk", {}))
        self._count_clocks()
        self._look_for_similar()
