"""Intake: who, what is open there, the form beside the script, the clocks that will start (C1-C11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.script import Field
from deskapp.gui.complaints.clocksahead import ClocksAhead
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.intakeform import IntakeForm
from deskapp.gui.complaints.intakehead import IntakeHead
from deskapp.gui.complaints.openhere import OpenHere
from deskapp.gui.complaints.scriptpanel import WIDTH, ScriptPanel
from deskapp.gui.complaints.taking import Taken, take_in
from deskapp.gui.complaints.talk import Talk
from deskapp.gui.widgets.naming import named, push_button
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.scrolling import ScrollingPart
from deskapp.gui.widgets.tabbing import follow_in_order, stops_of
from deskapp.services.complaints import intake
from deskapp.services.complaints.similar import similar
from deskapp.services.complaints.views import OpenTicket, SimilarHit
from deskapp.services.residents.household import household
from deskapp.services.residents.views import HouseholdView

MINUTE = 60_000


class IntakePage(QWidget):
    """One ticket being taken.

    Signals:
        taken: it is on record (`Taken`).
        opened: a ticket to be opened (its id).
        typed: something changed, for the draft.
        carried: what was typed under a household (its id, 0 for none) now belongs to another.
        put_aside: what was typed stays with the household before (its id, label, values); another one comes.
        original_wanted: the open ticket that the person comes about again (its id).
    """

    taken = Signal(object)
    opened = Signal(object)
    typed = Signal()
    carried = Signal(object)
    put_aside = Signal(object, str, object)
    original_wanted = Signal(object)

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.intake.page", say("complaints.panel.intake.title"))
        self._controller = controller
        self.house_id, self.label = 0, ""
        self._anonymous = False
        self._turn = 0
        self.talk = Talk(controller.rules.scripts, controller.now, self)
        self.open_here, self.form = OpenHere(), IntakeForm(controller)
        self.similar = self.form.similar
        self.head = IntakeHead(self.form.who)
        self.script = ScriptPanel(
            "complaints.script", self.talk, controller.rules, controller.now, keys_in=self
        )
        self.clocks = ClocksAhead(controller)
        self.save = push_button("complaints.intake.save", say("complaints.panel.intake.save"), role="primary")
        self.save_print = push_button(
            "complaints.intake.save_print", say("complaints.panel.intake.save_print"), icon="fa6s.print"
        )
        self._saves = QWidget()
        self._lay_out()
        self._join()
        self._order()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._count_clocks)
        self._minute.start()
        self._show_house()

    # -- layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.open_here)
        self._middle = middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setObjectName("complaints.intake.middle")
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.script)
        middle.addWidget(self._right())
        middle.setStretchFactor(1, 1)
        column.addWidget(middle, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.clocks, 1)
        saves = QHBoxLayout(self._saves)
        saves.setContentsMargins(0, 0, 0, 0)
        for button in (self.save_print, self.save):
            button.setMinimumHeight(40)
            saves.addWidget(button)
        foot.addWidget(self._saves, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Script and form side by side, on a narrow screen with half of it each."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            script = min(WIDTH, event.size().width() // 2)
            self._middle.setSizes([script, event.size().width() - script])

    def _order(self) -> None:
        """Tab goes as one reads: who, what is open, the form, saving, the script."""
        first = (*self.head.stops(), self.open_here.another_button)
        follow_in_order(
            (*first, *stops_of(self.form, but=first), self.clocks.why, self.save_print, self.save)
        )
        follow_in_order((self.save, *self.script.stops()))

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.form, 1)
        return ScrollingPart("complaints.intake.area", inside)

    def _join(self) -> None:
        self.head.nobody.clicked.connect(self.show_nobody)
        self.open_here.opened.connect(self.original_wanted)
        self.open_here.another.connect(self.form.kind.setFocus)
        self.similar.opened.connect(self.opened)
        self.similar.changed.connect(self.typed)
        self.form.typed.connect(self._form_typed)
        self.form.paused.connect(self._look_for_similar)
        self.form.sorted_anew.connect(self._sorted)
        self.form.who.channel_changed.connect(self._channel_chosen)
        self.talk.answered.connect(self._answered)
        self.talk.moved.connect(self.typed)
        self.script.begun.connect(self.begin_talk)
        self.save.clicked.connect(lambda: self.try_save())
        self.save_print.clicked.connect(lambda: self.try_save(printing=True))
        acts: dict[str, Callable[[], None]] = {
            "Ctrl+Return": self.try_save,
            "Ctrl+Enter": self.try_save,
            "Ctrl+P": lambda: self.try_save(printing=True),
            "F6": self._other_side,
            "Alt+N": self.form.kind.setFocus,
        }
        for keys, act in acts.items():
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)
            key.activated.connect(act)

    # -- who

    def show_house(self, house_id: int) -> None:
        """The household before one; what is open with it is read first (C2)."""
        if house_id != self.house_id:
            self._make_room()
        self.house_id, self.label, self._anonymous = house_id, "", False
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
        self.head.who.setText(say("complaints.panel.intake.house", label=house.label, names=names).strip())
        self.form.who.show_people(house.people)
        self._show_open(tickets)
        if tickets:
            self.open_here.focus_first()
        elif not self._is_typing():
            self.form.kind.setFocus()
        self._begin_by_itself()
        self._count_clocks()
        self._look_for_similar()
        self.typed.emit()

    def _is_typing(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.form.isAncestorOf(focus)

    def _make_room(self) -> None:
        """What was typed before anybody was found goes with him; the household before keeps its own.

        Nothing told by one household is ever saved under another's name.
        """
        values = self.values()
        if values and (self.house_id or self._anonymous):
            self.put_aside.emit(self.house_id, self.label, values)
            self._empty()
        elif values:
            self.carried.emit(0)

    def _show_open(self, tickets: tuple[OpenTicket, ...]) -> None:
        self.open_here.show_tickets(tickets, self._controller.now())
        self.head.nothing_open.setVisible(not tickets)

    def _other_side(self) -> None:
        """F6 goes from the form to the script and back."""
        if self.script.isAncestorOf(self.focusWidget() or self):
            self.form.matter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.script.focus_question()

    def reload_open(self) -> None:
        """What is open with the house, after something changed elsewhere."""
        house_id, turn, desk = self.house_id, self._turn, self._controller.desk
        if not house_id:
            return

        def found(tickets: tuple[OpenTicket, ...]) -> None:
            if turn == self._turn and self.label:
                self._show_open(tickets)

        self._controller.read("open_here", lambda: intake.open_here(desk, house_id), found)

    def show_nobody(self) -> None:
        """An anonymous caller or somebody from outside."""
        if self.house_id and self.values():
            self.carried.emit(self.house_id)
        self.house_id, self.label, self._anonymous = 0, "", True
        self._turn += 1
        self.open_here.show_tickets((), self._controller.now())
        self._show_house()
        self.form.who.show_people(())
        self.form.who.caller.setFocus()
        self._begin_by_itself()
        self._count_clocks()

    def _show_house(self) -> None:
        self.head.nothing_open.hide()
        if not self.house_id:
            whom = "anonymous" if self._anonymous else "who_first"
            self.head.who.setText(say(f"complaints.panel.intake.{whom}"))

    # -- the script

    def begin_talk(self) -> None:
        """The clerk is led from here on."""
        self.talk.begin(self.form.who.chosen_channel())
        self.talk.set_topic(self.form.chosen_topic())

    def _begin_by_itself(self) -> None:
        if self.form.chosen_kind() is Kind.COMPLAINT and self.talk.session is None:
            self.begin_talk()

    def _channel_chosen(self) -> None:
        self.talk.set_channel(self.form.who.chosen_channel())

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

    def try_save(self, *, printing: bool = False) -> None:
        """Puts it on record and gives it to who will do it; what is missing is said at its field.

        Args:
            printing: its record is issued in the same go, and printed.
        """
        if not self._saves.isEnabled() or not self.form.check() or not self._somebody():
            return
        wanted = self.form.wanted(self.house_id)
        if wanted.reply and wanted.form.next_contact is None and not wanted.form.promises:
            self.form.main.set_fault("next_contact", say("complaints.panel.intake.next_contact_missing"))
            return
        desk, talk = self._controller.desk, None if self.talk.untouched else self.talk.ended()
        self._controller.command(
            ("take", hash(repr(wanted))),
            lambda command: take_in(desk, command, wanted, talk, printing=printing),
            self._saved,
            busy=self._saves,
        )

    def _somebody(self) -> bool:
        """First comes who (C2): a ticket of nobody is one only when the clerk says so."""
        if self.house_id or self._anonymous:
            return True
        self._controller.said.emit(say("complaints.panel.intake.nobody_yet"), "warning")
        self.head.nobody.setFocus()
        return False

    def _saved(self, taken: Taken) -> None:
        self.clear()
        self.taken.emit(taken)

    def clear(self) -> None:
        """Ready for the next one."""
        self.house_id, self.label, self._anonymous = 0, "", False
        self._turn += 1
        self._empty()
        self.open_here.show_tickets((), self._controller.now())
        self._show_house()
        self._count_clocks()

    def _empty(self) -> None:
        self.form.clear()
        self.talk.forget()
        self.similar.clear()

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps; empty while nothing was written."""
        if self.form.is_blank() and self.talk.untouched:
            return {}
        return {
            "house": self.house_id,
            "anonymous": self._anonymous,
            "form": self.form.values(),
            "talk": self.talk.as_data(),
        }

    def told(self) -> str:
        """What was written down so far, as one text; the original ticket takes it over."""
        return "\n".join(
            filter(None, (self.form.matter.text().strip(), self.form.story.toPlainText().strip()))
        )

    def take_up(self, house_id: int, kept: dict[str, Any], *, going_on: bool = False) -> None:
        """Goes on with what was typed for a household; what is before one is put aside first."""
        self._make_room()
        self.clear()
        if house_id:
            self.show_house(house_id)
        self.restore(kept, going_on=going_on)

    def restore(self, kept: dict[str, Any], *, going_on: bool = False) -> None:
        """Puts a draft back.

        Args:
            going_on: the talk goes on where it stood; else it was left with the window and can be taken up.
        """
        if kept.get("anonymous") and not self.house_id:
            self.show_nobody()
        self.form.restore(kept.get("form", {}))
        self.talk.restore(kept.get("talk", {}))
        if going_on and not kept.get("talk", {}).get("left", True):
            self.talk.resume()
        self._count_clocks()
        self._look_for_similar()
