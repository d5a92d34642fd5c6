"""The head of a household's file: which house, whose, what must be seen first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.defects import ENDED
from deskapp.gui.residents import wording
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.records import owed
from deskapp.gui.residents.reveal import MaskedNumber
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.money import written
from deskapp.gui.widgets.naming import in_role, named, push_button, text_label
from deskapp.services.residents.views import HouseholdView, PersonView


class HouseholdHead(QWidget):
    """Three lines: the house, its people and phone, its marks and what is open."""

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.head")
        self._controller = controller
        self.label = named(text_label(role="title"), "residents.head.label")
        self.facts = named(text_label(role="muted"), "residents.head.facts")
        self.people = named(text_label(wrap=True), "residents.head.people")
        self.phone = MaskedNumber("residents.head.phone", controller)
        self.marks = named(text_label(wrap=True, role="warning"), "residents.head.marks")
        self.open = named(text_label(role="muted"), "residents.head.open")
        self.back = push_button(
            "residents.head.back", say("residents.head.back"), role="quiet", icon="fa6s.arrow-left"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit // 2)
        column.setSpacing(unit // 2)
        self._last = _row((self.marks, self.open), self.marks)
        column.addWidget(_row((self.back, self.label, self.facts), self.facts))
        column.addWidget(_row((self.people, self._phone_box()), self.people))
        column.addWidget(self._last)

    def _phone_box(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        self._phone_word: QLabel = in_role(text_label(say("residents.head.phone")), "muted")
        row.addWidget(self._phone_word)
        row.addWidget(self.phone)
        return box

    def show_view(self, view: HouseholdView) -> None:
        """Shows a household."""
        self.label.setText(view.label)
        facts = (wording.area(view.area), view.layout, wording.movein(view.movein))
        self.facts.setText(" · ".join(text for text in facts if text))
        self.people.setText(wording.people_line(view, self._controller.today()))
        self._show_phone(view)
        self.marks.setText("  ".join(wording.mark(mark) for mark in view.marks))
        self.open.setText(open_line(view))
        self._last.setVisible(bool(self.marks.text() or self.open.text()))

    def _show_phone(self, view: HouseholdView) -> None:
        person = first_with_phone(view)
        self._phone_word.setVisible(person is not None)
        if person is None:
            self.phone.show_masked("", "", 0, "")
            return
        phone = person.phones[0]
        whose = say("residents.head.phone_of", name=person.name)
        self.phone.show_masked(whose, phone.masked, person.person_id, f"phone:{phone.phone_id}")


def _row(widgets: Sequence[QWidget], stretched: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * tokens().unit)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0, Qt.AlignmentFlag.AlignVCenter)
    return box


def first_with_phone(view: HouseholdView) -> PersonView | None:
    """The first of the people who can be called, as the roster ranks them."""
    return next((person for person in view.people if person.phones), None)


def open_line(view: HouseholdView) -> str:
    """How many defects are open and what is owed: numbers of things to do, not praise (voice)."""
    defects = sum(row.state not in ENDED for row in view.defects)
    owing = sum((owed(row) for row in view.charges), Decimal(0))
    parts = [
        say("residents.head.defects", n=defects) if defects else "",
        say("residents.head.owed", amount=written(owing)) if owing else "",
    ]
    return "  ".join(part for part in parts if part)
