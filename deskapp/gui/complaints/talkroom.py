"""A talk beside the file of a ticket: with the other party, or with who complained once more (C8, C9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.complaints.script import Field, Script, Side
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.moment_reading import read_moment
from deskapp.gui.complaints.phraseedit import plain_text
from deskapp.gui.complaints.scriptpanel import ScriptPanel
from deskapp.gui.complaints.talk import Talk
from deskapp.gui.widgets.naming import named, push_button
from deskapp.services.complaints.talks import save_talk
from deskapp.services.complaints.views import TicketView

NOTE_LINES = 3
BACK_AGAIN = "open_case"
"""The step of the base script for somebody who comes about an open matter."""


def script_for(rules: ComplaintRules, view: TicketView, side: Side) -> Script | None:
    """The script of a talk about a ticket: for the other side its playbook, None where there is none."""
    if side is Side.COMPLAINANT:
        return rules.scripts.script("base")
    topic = rules.topic(view.form.topic)
    return rules.scripts.playbook(topic.script, side) if topic is not None else None


class TalkRoom(QWidget):
    """The script, and a field for what was said; nothing is on record before it is noted.

    Args:
        keys_in: the page inside which Alt and a digit take a way on.

    Signals:
        saved: the ticket as it is now (`TicketView`), and what was agreed: (text, who, due) or None.
        left: back to the file; the talk stays as it is and can be taken up.
        typed: something changed, for the draft.
    """

    saved = Signal(object, object)
    left = Signal()
    typed = Signal()

    def __init__(self, controller: ComplaintsController, keys_in: QWidget) -> None:
        super().__init__()
        named(self, "complaints.talk.room", say("complaints.panel.talk.title"))
        self._controller = controller
        self._view: TicketView | None = None
        self._side = Side.OTHER_PARTY
        self.talk = Talk(controller.rules.scripts, controller.now, self)
        self.script = ScriptPanel("complaints.talk", self.talk, controller.rules, controller.now, keys_in)
        self.note = plain_text("complaints.talk.note", say("complaints.panel.talk.note"), NOTE_LINES)
        self.note.setPlaceholderText(say("complaints.panel.talk.note"))
        self.save = push_button("complaints.talk.save", say("complaints.panel.talk.save"), role="primary")
        self.back = push_button("complaints.talk.back_to_file", say("complaints.panel.talk.back"))
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.script, 1)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)

    def _join(self) -> None:
        self.script.begun.connect(lambda: self.begin(self._side))
        self.talk.moved.connect(self._moved)
        self.note.textChanged.connect(lambda: self.talk.note(Field.STORY, self.note.toPlainText()))
        self.save.clicked.connect(self.try_save)
        self.back.clicked.connect(self.left)
        key = QShortcut(QKeySequence("Ctrl+Return"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(self.try_save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- a ticket

    def show_view(self, view: TicketView) -> None:
        """The ticket that is open; a talk of another one is put away."""
        if self._view is None or self._view.ticket_id != view.ticket_id:
            self._forget()
        self._view = view

    def _forget(self) -> None:
        self.talk.forget()
        self.note.setPlainText("")

    @property
    def running(self) -> bool:
        """Whether a talk was begun that is not on record yet."""
        return self.talk.session is not None

    def begin(self, side: Side) -> None:
        """Begins a talk with a side; one with the same side that was left goes on."""
        view, rules = self._view, self._controller.rules
        if view is None:
            return
        if self.running and side is self._side:
            self.talk.resume()
        else:
            script = script_for(rules, view, side)
            if script is None:
                return
            self._forget()
            self._side = side
            step = BACK_AGAIN if side is Side.COMPLAINANT else ""
            self.talk.topic = rules.topic(view.form.topic)
            self.talk.begin(view.form.channel, script=script.code, step=step, answers=_known(view))
        self.script.focus_question()

    def _moved(self) -> None:
        session = self.talk.session
        text = session.answers.get(Field.STORY, "") if session is not None else ""
        if not self.note.hasFocus() and text != self.note.toPlainText():
            self.note.setPlainText(text)
        self.typed.emit()

    # -- on record

    def try_save(self) -> None:
        """Notes the talk on the ticket: its way, its moods, what was said."""
        view, talk = self._view, self.talk.ended()
        if view is None or talk is None or not self.save.isEnabled():
            return
        desk, number = self._controller.desk, view.ticket_id
        self._controller.command(
            ("talk", number, hash((talk.path, *sorted(talk.answers.items())))),
            lambda command: save_talk(desk, command, number, talk),
            self._saved,
            busy=self.save,
        )

    def _saved(self, view: TicketView) -> None:
        agreed = self._agreed()
        self._forget()
        self.saved.emit(view, agreed)

    def _agreed(self) -> tuple[str, str, datetime | None] | None:
        """What was agreed, to become a promise with a person and a time (C7); None where nothing was."""
        answers = dict(self.talk.session.answers) if self.talk.session is not None else {}
        text = answers.get(Field.ACTION) or answers.get(Field.REPLY) or ""
        due = answers.get(Field.DUE, "")
        if not text and not due:
            return None
        try:
            moment = read_moment(due, self._controller.now(), past=False)
        except ValueError:
            moment = None
        return text, answers.get(Field.OWNER, ""), moment

    # -- drafts

    def values(self) -> dict[str, Any]:
        """What a draft keeps; empty while no talk was begun."""
        return {"side": self._side.value, "talk": self.talk.as_data()} if self.running else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a talk back, left where it stood."""
        if kept.get("side") in set(Side):
            self._side = Side(kept["side"])
        self.talk.restore(kept.get("talk", {}))


def _known(view: TicketView) -> dict[Field, str]:
    """What is on file and need not be asked again."""
    form = view.form
    known = {Field.MATTER: form.matter, Field.PLACE: form.place_text, Field.AGAINST: form.against}
    return {field: text for field, text in known.items() if text}
