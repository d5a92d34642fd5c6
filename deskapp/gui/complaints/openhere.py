"""What is open with this house, before anything is asked: nobody tells the story twice (C2, Z1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.complaints.wording import is_late, left_text, short_moment, word
from deskapp.gui.widgets.naming import discard, in_role, named, push_button, text_label
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import exact
from deskapp.services.complaints.views import OpenTicket

SHOWN = 3
"""Tickets in the strip; the others are counted and stand in the list."""


class OpenHere(QFrame):
    """One line a ticket with what was promised and what falls due.

    Signals:
        opened: a ticket to be opened (its id).
        another: it is another matter; the form is wanted.
    """

    opened = Signal(object)
    another = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "complaints.open_here", say("complaints.panel.open_here.title"))
        in_role(self, "message")
        self.setProperty("kind", "warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tickets: tuple[OpenTicket, ...] = ()
        self._head = named(text_label(role="section"), "complaints.open_here.count")
        self.another_button = push_button(
            "complaints.open_here.another", say("complaints.panel.open_here.another")
        )
        self.another_button.clicked.connect(self.another)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self.another_button)
        self._column.addLayout(head)
        self.hide()

    def show_tickets(self, tickets: Sequence[OpenTicket], now: datetime) -> None:
        """Shows what is open; nothing where nothing is."""
        self.tickets = tuple(tickets)
        for row in self._rows:
            self._column.removeWidget(row)
            discard(row)
        self._rows = []
        self._head.setText(say("complaints.panel.open_here.count", n=len(tickets)))
        for ticket in self.tickets[:SHOWN]:
            row = self._row(ticket, now)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()
            QWidget.setTabOrder(self.another_button, self._button_of(ticket))
        self.setVisible(bool(tickets))

    def _row(self, ticket: OpenTicket, now: datetime) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        text = text_label(_line(ticket, now), wrap=True)
        text.setToolTip(_exact(ticket))
        named(text, f"complaints.open_here.{ticket.number}.line", text.text())
        line.addWidget(text, 3)
        due, late = _due(ticket, now)
        if due:
            label = text_label(due, wrap=True, role="danger" if late else "")
            label.setToolTip(_exact(ticket))
            line.addWidget(named(label, f"complaints.open_here.{ticket.number}.due", due), 2)
        button = push_button(
            f"complaints.open_here.{ticket.number}", say("complaints.panel.open_here.open"), role="primary"
        )
        button.clicked.connect(lambda: self.opened.emit(ticket.ticket_id))
        line.addWidget(button)
        return row

    def focus_first(self) -> None:
        """The original ticket has the focus: it is the likelier one."""
        if self.tickets:
            self._button_of(self.tickets[0]).setFocus()

    def _button_of(self, ticket: OpenTicket) -> QWidget:
        found = self.findChild(QWidget, f"complaints.open_here.{ticket.number}")
        assert found is not None
        return found


def _line(ticket: OpenTicket, now: datetime) -> str:
    parts = [
        say(
            "complaints.panel.open_here.line",
            number=ticket.number,
            matter=ticket.matter,
            at=short_moment(ticket.received_at, now),
            state=say(f"complaints.code.state.{ticket.state.value}"),
        )
    ]
    if ticket.incident is not None and ticket.incident.agreed_answer:
        parts.append(say("complaints.panel.open_here.answer", answer=ticket.incident.agreed_answer))
    if ticket.last_contact and ticket.last_contact != ticket.matter:
        parts.append(say("complaints.panel.open_here.last", text=ticket.last_contact))
    if ticket.readers:
        parts.append(say("complaints.panel.open_here.readers", who=listed(ticket.readers)))
    return " · ".join(parts)


def _due(ticket: OpenTicket, now: datetime) -> tuple[str, bool]:
    """What was promised and what runs out, and whether it is overdue; it stands apart, for a glance."""
    parts, late = [], False
    promise, clock = ticket.promise, ticket.clock
    if promise is not None:
        at, left = short_moment(promise.due_at, now), left_text(promise.due_at, now)
        late = is_late(promise.due_at, now)
        parts.append(
            say("complaints.panel.open_here.promise", text=promise.text, who=promise.who, due=at, left=left)
        )
    if clock is not None and (promise is None or is_late(clock.due_at, now)):
        late = late or is_late(clock.due_at, now)
        left = left_text(clock.due_at, now)
        parts.append(say("complaints.panel.open_here.clock", clock=word(clock.rule_label), left=left))
    return " · ".join(parts), late


def _exact(ticket: OpenTicket) -> str:
    moments = [exact(ticket.received_at)]
    if ticket.promise is not None:
        moments.append(exact(ticket.promise.due_at))
    if ticket.clock is not None:
        moments.append(exact(ticket.clock.due_at))
    return " → ".join(moments)
