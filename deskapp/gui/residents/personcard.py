"""One person of the house: how he is reached, what he may do, who else bears his name (P2, P4, P5)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.residents import wording
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.reveal import MaskedNumber
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import in_role, named, push_button, text_label
from deskapp.services.residents.reveal import ID_NUMBER, PHONE
from deskapp.services.residents.views import PersonView, PhoneView


class PersonCard(QFrame):
    """The person marked in the table, with what can be done.

    Signals:
        phone_wanted: a number is to be changed (`PhoneView`) or added (None).
        contact_wanted: the emergency contact is to be written down.
        end_wanted: what the person is to the house ends.
    """

    phone_wanted = Signal(object)
    contact_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.person")
        in_role(self, "card")
        self._controller = controller
        self.person: PersonView | None = None
        unit = tokens().unit
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._column.setSpacing(unit // 2)
        self.name = named(text_label(role="section"), "residents.person.name")
        self.identity = MaskedNumber("residents.person.identity", controller)
        self._kind = in_role(text_label(), "muted")
        self._head = QHBoxLayout()
        for widget in (self.name, self._kind, self.identity):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        self._numbers: QWidget | None = None
        self.authority = named(text_label(wrap=True), "residents.person.authority")
        self.apart = named(text_label(wrap=True, role="warning"), "residents.person.apart")
        self._column.addWidget(self.authority)
        self._column.addWidget(self.apart)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self.add_phone = push_button("residents.person.add_phone", say("residents.person.add_phone"))
        self.contact = push_button("residents.person.contact", say("residents.person.contact"))
        self.end = push_button("residents.person.end", say("residents.person.end"))
        self.add_phone.clicked.connect(lambda: self.phone_wanted.emit(None))
        self.contact.clicked.connect(self.contact_wanted)
        self.end.clicked.connect(self.end_wanted)
        row = QHBoxLayout()
        for button in (self.add_phone, self.contact, self.end):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        for button in (self.add_phone, self.contact, self.end):
            button.setVisible(self._controller.may(Action.RESIDENTS_EDIT))

    def show_person(self, person: PersonView) -> None:
        """Shows a person; numbers that were shown whole are masked again."""
        self.person = person
        self.name.setText(say("residents.person.title", role=wording.role(person.role), name=person.name))
        known = bool(person.id_kind and person.id_masked)
        self._kind.setText(say(f"residents.id.{person.id_kind}") if known else "")
        whose = say("residents.person.identity_of", name=person.name)
        self.identity.show_masked(whose, person.id_masked, person.person_id, ID_NUMBER)
        self._show_numbers(person)
        self.authority.setText(wording.authority(person))
        self.authority.setVisible(bool(self.authority.text()))
        self.apart.setText(wording.told_apart(person))
        self.apart.setVisible(bool(self.apart.text()))
        ended = person.until is not None and person.until < self._controller.today()
        self.end.setVisible(not ended and self._controller.may(Action.RESIDENTS_EDIT))

    def _show_numbers(self, person: PersonView) -> None:
        if self._numbers is not None:
            self._column.removeWidget(self._numbers)
            self._numbers.hide()
            self._numbers.setObjectName("")
            self._numbers.deleteLater()
        self._numbers = QWidget(self)
        flow = FlowLayout(self._numbers, gap=2 * tokens().unit)
        for phone in person.phones:
            flow.addWidget(self._number(person, phone))
        if not person.phones:
            flow.addWidget(in_role(text_label(say("residents.person.no_phone")), "muted"))
        self._column.insertWidget(1, self._numbers)

    def _number(self, person: PersonView, phone: PhoneView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        word = say(f"residents.phone.use.{phone.use}")
        row.addWidget(in_role(text_label(f"{word} {phone.holder}".strip()), "muted"))
        number = MaskedNumber(f"residents.person.phone{phone.phone_id}", self._controller)
        row.addWidget(number)
        whose = f"{person.name} {word}"
        number.show_masked(whose, phone.masked, person.person_id, f"{PHONE}{phone.phone_id}")
        if self._controller.may(Action.RESIDENTS_EDIT):
            change = push_button(
                f"residents.person.phone{phone.phone_id}.change", say("residents.person.change"), role="quiet"
            )
            change.setAccessibleName(say("residents.person.change_of", masked=phone.masked))
            change.clicked.connect(lambda: self.phone_wanted.emit(phone))
            row.addWidget(change)
        return box
