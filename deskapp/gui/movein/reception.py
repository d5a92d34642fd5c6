"""The reception: a household is searched, what is known of it is shown, it gets its number (M5, P5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.people import PartyRole
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import day_text, mark_line, owner_line
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import moment_text

if TYPE_CHECKING:
    from deskapp.services.movein import arrivals
    from deskapp.services.movein.views import ReceptionView
else:
    (arrivals,) = later("deskapp.services.movein", "arrivals")

PAUSE_MS = 60
"""Between the last key and the search; a scanner's keys come quicker."""
ROW = 32
"""Pixels of a row."""
HOUSE = Qt.ItemDataRole.UserRole + 1
ROLES = (PartyRole.OWNER, PartyRole.CO_OWNER, PartyRole.COMPANY_OWNER, PartyRole.AGENT, PartyRole.FAMILY)


class ReceptionPage(QWidget):
    """What is known of a house, and the form that gives it its number.

    Signals:
        typed: something was typed.
    """

    typed = Signal()

    def __init__(self, controller: MoveinController) -> None:
        super().__init__()
        self._controller = controller
        self._house: ReceptionView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        self._title = text_label(wrap=True)
        self._title.setProperty("role", "title")
        self._title.setObjectName("movein.reception.title")
        self._facts = text_label(wrap=True)
        self._facts.setObjectName("movein.reception.facts")
        self._attention = text_label(wrap=True)
        self._attention.setProperty("role", "warning")
        self._attention.setObjectName("movein.reception.attention")
        for label in (self._title, self._facts, self._attention):
            column.addWidget(label)
        self.attendee, self.role, self.priority = QComboBox(), QComboBox(), QComboBox()
        self.attendee.setEditable(True)
        for role in ROLES:
            self.role.addItem(say(f"party.role.{role.value}"), role.value)
        for priority in arrivals.PRIORITIES:
            word = say(f"movein.priority.{priority}") if priority else say("movein.panel.no_priority")
            self.priority.addItem(word, priority)
        grid = QGridLayout()
        column.addLayout(grid)
        for at, (widget, code) in enumerate(
            ((self.attendee, "attendee"), (self.role, "role"), (self.priority, "priority"))
        ):
            text = say(f"movein.panel.reception.{code}")
            named(widget, f"movein.reception.{code}", text)
            grid.addWidget(labelled(text, widget), 0, at)
            grid.setColumnStretch(at, 2 if code == "attendee" else 1)
        give = Outcome("arrive", say("movein.panel.reception.arrive"), "Return", role="primary")
        self.bar = OutcomeBar("movein.reception", [give], panel=self)
        column.addWidget(self.bar)
        column.addStretch(1)
        self.bar.chosen.connect(self._arrive)
        self.attendee.editTextChanged.connect(self._named)

    @property
    def house(self) -> ReceptionView | None:
        """The house shown."""
        return self._house

    def show_house(self, house: ReceptionView) -> None:
        """Shows a house; the first owner is taken to be the one who came until the clerk says otherwise."""
        other = self._house is None or self._house.house_id != house.house_id
        self._house = house
        self._title.setText(f"{house.label}   {'、'.join(owner.name for owner in house.owners)}")
        self._facts.setText("\n".join(self._known(house)))
        lines = [mark_line(mark) for mark in house.marks]
        if house.others:
            lines.append(say("movein.panel.others", houses=listed(house.others)))
        if house.namesakes:
            lines.append(say("movein.panel.namesakes", houses=listed(house.namesakes)))
        self._attention.setText("\n".join(lines))
        self._attention.setVisible(bool(lines))
        if other:
            self.attendee.clear()
            self.attendee.addItems([owner.name for owner in house.owners])
            self.priority.setCurrentIndex(0)
            self._named()
            self.bar.button("arrive").setFocus()

    def _known(self, house: ReceptionView) -> list[str]:
        lines = [owner_line(owner) for owner in house.owners] or [say("movein.panel.no_owner")]
        if house.moved_in_at is not None:
            lines.append(say("movein.panel.moved_in", at=moment_text(house.moved_in_at)))
        if house.booked_day is None:
            lines.append(say("movein.panel.no_batch"))
            return lines
        own = house.booked_day == day_of(self._controller.desk.now())
        key = "movein.panel.booked_today" if own else "movein.panel.booked_other"
        lines.append(f"{house.batch}  {say(key, day=day_text(house.booked_day))}")
        if not own:
            lines.append(say("movein.panel.room_today" if house.room_today else "movein.panel.no_room_today"))
        return lines

    def _named(self) -> None:
        """The role follows the name while it is an owner's."""
        house, name = self._house, self.attendee.currentText().strip()
        owner = next((o for o in house.owners if o.name == name), None) if house else None
        if owner is not None:
            self.role.setCurrentIndex(max(0, self.role.findData(owner.role)))
        self.typed.emit()

    def _arrive(self, _key: str) -> None:
        self._controller.give_number(
            self.attendee.currentText(), str(self.role.currentData()), str(self.priority.currentData())
        )

    def values(self) -> dict[str, Any]:
        """What was typed, for the draft; empty while it is what was offered."""
        house = self._house
        offered = house.owners[0].name if house and house.owners else ""
        if self.attendee.currentText() == offered and self.priority.currentIndex() == 0:
            return {}
        return {
            "attendee": self.attendee.currentText(),
            "role": self.role.currentData(),
            "priority": self.priority.currentData(),
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back."""
        self.attendee.setEditText(str(values.get("attendee", "")))
        self.role.setCurrentIndex(max(0, self.role.findData(values.get("role"))))
        self.priority.setCurrentIndex(max(0, self.priority.findData(values.get("priority"))))
