"""The head of a ticket's file: what it is, how it stands, who else has it open, and the ways out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.gui.complaints import ticketlines as lines
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.phrasing import listed
from deskapp.services.complaints.views import TicketView

SHOWN_FOR = 30_000
"""Milliseconds for which a phone stands there whole."""


class TicketHead(QWidget):
    """Labels above, buttons at their right.

    Signals:
        incident_wanted, bulletin_wanted, household_wanted, left: the buttons.
    """

    incident_wanted = Signal()
    bulletin_wanted = Signal()
    household_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = named(text_label(wrap=True, role="title"), "complaints.ticket.head")
        self._readers = named(text_label(role="muted"), "complaints.ticket.readers")
        self._phone = named(text_label(role="section"), "complaints.ticket.phone")
        self._serious = named(text_label(wrap=True, role="danger"), "complaints.ticket.serious")
        self._incident = named(text_label(wrap=True, role="warning"), "complaints.ticket.incident")
        self.to_incident = push_button(
            "complaints.ticket.to_incident", say("complaints.panel.file.to_incident")
        )
        self.bulletin = push_button("complaints.ticket.bulletin", say("complaints.panel.file.bulletin"))
        self.house = push_button("complaints.ticket.house", say("complaints.panel.file.house"))
        self.back = push_button("complaints.ticket.back", say("complaints.panel.file.back"))
        self._masking = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._masking.timeout.connect(self.mask_phone)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._readers)
        for button, signal in (
            (self.to_incident, self.incident_wanted),
            (self.bulletin, self.bulletin_wanted),
            (self.house, self.household_wanted),
            (self.back, self.left),
        ):
            row.addWidget(button)
            button.clicked.connect(signal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        for label in (self._phone, self._serious, self._incident):
            column.addWidget(label)
            label.hide()

    def show_view(self, rules: ComplaintRules, view: TicketView, now: datetime) -> None:
        """Shows a ticket."""
        self._title.setText(f"{lines.head_line(rules, view)}\n{view.form.matter}")
        say_in(self._serious, lines.severity_line(view, now))
        say_in(self._incident, _incident_line(view))
        self.say_readers(view.readers)
        self.to_incident.setVisible(view.incident is not None)
        self.house.setEnabled(view.form.house_id is not None)

    def say_readers(self, readers: Sequence[str]) -> None:
        """Who else has it open, at which desk (L12)."""
        say_in(self._readers, say("complaints.panel.file.readers", who=listed(readers)) if readers else "")

    def show_phone(self, phone: str) -> None:
        """The caller's phone whole, for half a minute."""
        name = say("complaints.panel.file.phone")
        say_in(self._phone, say("complaints.panel.file.row", name=name, text=phone))
        self._masking.start()

    def mask_phone(self) -> None:
        """The phone is masked again."""
        self._masking.stop()
        say_in(self._phone, "")

    def hideEvent(self, event: QHideEvent) -> None:
        self.mask_phone()
        super().hideEvent(event)


def _incident_line(view: TicketView) -> str:
    incident = view.incident
    if incident is None:
        return ""
    text = say(
        "complaints.panel.file.incident", number=incident.number, title=incident.title, n=incident.households
    )
    if incident.agreed_answer:
        text = f"{text} · " + say("complaints.panel.similar.answer", answer=incident.agreed_answer)
    return text


def say_in(label: QLabel, text: str) -> None:
    """Says something, or takes the label away."""
    label.setText(text)
    label.setVisible(bool(text))
