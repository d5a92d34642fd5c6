"""Who belongs to the house and did before: roles, days, namesakes, and the forms that change it (P2, P5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from deskapp.base.errors import Conflict, DeskError
from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.models.rows import RowsModel
from deskapp.gui.residents import wording
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.editing import ContactForm, EndForm, PartyForm, PhoneForm
from deskapp.gui.residents.inlineform import FormRoom, InlineForm
from deskapp.gui.residents.personcard import PersonCard
from deskapp.gui.residents.records import people_columns
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.draftkeeping import DraftKeeper, Kept, Typed
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.residents.search import Hit
from deskapp.services.residents.views import HouseholdView, PersonView, PhoneView


class PeopleTab(QWidget):
    """The table of people, below it the one marked, or the form that is open.

    Drafts are kept under ``residents.people.<house>.<form>.<subject>`` and offered when the house is
    opened again.
    """

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.people")
        self._controller = controller
        self._view: HouseholdView | None = None
        self._form: InlineForm | None = None
        self._subject = ""
        self._person: PersonView | None = None
        self.drafts = DraftKeeper(controller, self._typed_now, self)
        self.model: RowsModel[PersonView] = RowsModel(people_columns(controller.today))
        self.table = RowTable("residents.people.rows", say("residents.tab.people"), self.model)
        self.table.marked.connect(self._mark)
        self.messages = MessageBar("residents.people.messages")
        self.add = push_button("residents.people.add", say("residents.people.add"), icon="fa6s.user-plus")
        self.add.clicked.connect(lambda: self.open_form("party", ""))
        self.ownership = named(text_label(wrap=True, role="muted"), "residents.people.ownership")
        self._room = FormRoom("residents.people.form")
        self.card = PersonCard(controller)
        self.card.phone_wanted.connect(self._want_phone)
        self.card.contact_wanted.connect(lambda: self._want("contact"))
        self.card.end_wanted.connect(lambda: self._want("end"))
        self._lay_out()
        self.add.setVisible(controller.may(Action.RESIDENTS_EDIT))
        self.card.hide()

    def _lay_out(self) -> None:
        unit = tokens().unit
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._column.setSpacing(unit)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.ownership, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.messages)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.card)
        self._column.addWidget(self._room)

    @property
    def count(self) -> int:
        """People who belong to the house now."""
        return len(self._view.people) if self._view else 0

    # -- showing

    def show_view(self, view: HouseholdView) -> None:
        """Shows the people; a form stays open for the same house, for another it closes and is kept."""
        other = self._view is None or self._view.house_id != view.house_id
        if other:
            self.drafts.keep()
            self._close_form()
            self.messages.clear()
        marked = self.table.current()
        self._view = view
        self.ownership.setText(wording.ownership(view))
        rows = (*view.people, *view.past)
        if other or rows != self.model.rows():
            self.model.show_rows(rows)
            again = next((row for row in rows if marked and row.party_id == marked.party_id), None)
            if again or rows:
                self.table.mark(again or rows[0])
        if self._person is not None:
            same = (row for row in rows if row.person_id == self._person.person_id)
            self._person = next(same, self._person)
        if other:
            self._ask_drafts()

    def _mark(self, person: PersonView | None) -> None:
        if person is not None:
            self.card.show_person(person)
        self.card.setVisible(person is not None and self._form is None)

    # -- forms

    def _want(self, form: str) -> None:
        person = self.card.person
        if person is not None:
            self.open_form(form, str(person.party_id))

    def _want_phone(self, phone: PhoneView | None) -> None:
        person = self.card.person
        if person is not None:
            self.open_form("phone", f"{person.party_id}.{phone.phone_id if phone else 0}")

    def open_form(self, kind: str, subject: str, values: dict[str, Any] | None = None) -> bool:
        """Opens a form below the table with what was kept of it; False where its person is gone.

        Args:
            kind: party, phone, contact, end.
            subject: party's id, for a phone also the phone's; "" for a new party.
            values: what a draft kept; None asks for it.
        """
        view = self._view
        if view is None:
            return False
        party, _, phone_id = subject.partition(".")
        person = next((row for row in self.model.rows() if str(row.party_id) == party), None)
        form = self._make(kind, person, phone_id)
        if form is None:
            return False
        self.drafts.keep()
        self._close_form()
        self._form, self._subject, self._person = form, f"{kind}.{subject}", person
        form.left.connect(self._leave)
        form.paused.connect(self.drafts.keep)
        self.messages.clear("draft")
        self.card.hide()
        self.add.setEnabled(False)
        self._room.hold(form)
        if values is not None:
            form.restore(values)
        else:
            self.drafts.find(self._key(), lambda kept: self._restore(form, kept))
        self._focus_first(form)
        return True

    def _make(self, kind: str, person: PersonView | None, phone_id: str) -> InlineForm | None:
        if kind == "party":
            return self._party_form()
        if person is None:
            return None
        if kind == "phone":
            return self._phone_form(person, int(phone_id or 0))
        if kind == "contact":
            contact = ContactForm(person)
            contact.save_wanted.connect(lambda: self._save_contact(contact))
            return contact
        end = EndForm(person, self._controller.today())
        end.save_wanted.connect(lambda: self._save_end(end))
        return end

    def _party_form(self) -> PartyForm:
        form = PartyForm(self._controller.today())

        def offer(name: str, hits: Sequence[Hit]) -> None:
            if isValid(form):  # the answer may come when the form was put away
                form.offer_known(name, hits)

        form.name_typed.connect(lambda name: self._controller.namesakes(name, lambda hits: offer(name, hits)))
        form.save_wanted.connect(lambda: self._save_party(form))
        return form

    def _phone_form(self, person: PersonView, phone_id: int) -> PhoneForm | None:
        phone = next((each for each in person.phones if each.phone_id == phone_id), None)
        if phone_id and phone is None:
            return None
        form = PhoneForm(person, phone)
        number = form.form.value
        form.save_wanted.connect(lambda: self._save_phone(form, phone_id, number("number"), form.save))
        form.removal_wanted.connect(lambda: self._save_phone(form, phone_id, "", form.remove))
        return form

    @staticmethod
    def _focus_first(form: InlineForm) -> None:
        for key in ("name", "number", "holder", "reason"):
            try:
                form.form.field(key).setFocus()
            except KeyError:
                continue
            return

    def _close_form(self) -> None:
        form, self._form, self._subject, self._person = self._form, None, "", None
        self.add.setEnabled(True)
        if form is not None:
            self._room.release()
        self.card.setVisible(self.table.current() is not None)

    def _leave(self) -> None:
        """The form goes, what was typed stays and is offered again."""
        self.drafts.keep()
        self._close_form()
        self.table.setFocus()
        self._ask_drafts()

    # -- saving

    def _save_party(self, form: PartyForm) -> None:
        assert self._view is not None
        self._controller.add_party(
            self._view.house_id, form.given(), self._saved(form), self._refused(form), form.save
        )

    def _save_phone(self, form: PhoneForm, phone_id: int, number: str, busy: QWidget) -> None:
        assert self._person is not None
        done, refused = self._saved(form), self._refused(form)
        self._controller.change_phone(self._person, phone_id, number, done, refused, busy)

    def _save_contact(self, form: ContactForm) -> None:
        assert self._person is not None
        holder, number = form.form.value("holder"), form.form.value("number")
        done, refused = self._saved(form), self._refused(form)
        self._controller.set_emergency_contact(self._person, holder, number, done, refused, form.save)

    def _save_end(self, form: EndForm) -> None:
        assert self._person is not None
        until, reason = form.form.value("until"), form.form.value("reason")
        self._controller.end_party(
            self._person, until, reason, self._saved(form), self._refused(form), form.save
        )

    def _saved(self, form: InlineForm) -> Any:
        key = self._key()

        def saved(_value: object) -> None:
            self.drafts.drop(key)
            if self._form is form:
                self._close_form()
                self.table.setFocus()

        return saved

    def _refused(self, form: InlineForm) -> Any:
        def refused(error: DeskError) -> None:
            if self._form is not form:
                self._controller.tell(error)
                return
            form.refuse(error)
            if isinstance(error, Conflict):
                self._controller.reload()  # what a colleague changed shows above; what was typed stays

        return refused

    # -- drafts

    @staticmethod
    def _beginning(house_id: int) -> str:
        return f"residents.people.{house_id}."

    def _key(self) -> str:
        assert self._view is not None
        return self._beginning(self._view.house_id) + self._subject

    def _typed_now(self) -> Typed | None:
        if self._form is None or self._view is None or not self._form.touched:
            return None
        return self._key(), self._view.label, self._form.values()

    def _restore(self, form: InlineForm, kept: Kept | None) -> None:
        if kept and self._form is form and not form.touched:
            form.restore(kept.values)

    def _ask_drafts(self) -> None:
        view = self._view
        if view is not None:
            house = view.house_id
            self.drafts.left_over((self._beginning(house),), lambda kept: self._offer_drafts(house, kept))

    def _offer_drafts(self, house_id: int, left: tuple[Kept, ...]) -> None:
        if self._view is None or self._view.house_id != house_id or self._form is not None or not left:
            return
        kind, _, subject = left[0].key.removeprefix(self._beginning(house_id)).partition(".")
        what = say(f"residents.draft.{kind}")
        self.drafts.offer(self.messages, left[0], lambda kept: self._go_on(kept, kind, subject), what=what)

    def _go_on(self, kept: Kept, kind: str, subject: str) -> None:
        if not self.open_form(kind, subject, kept.values):
            self.drafts.drop(kept.key)
            self.messages.show_message("warning", say("residents.draft.gone"), key="draft")
