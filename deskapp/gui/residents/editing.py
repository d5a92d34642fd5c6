"""The forms that change who belongs to a house and how they are reached (P2, P4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from deskapp.base.i18n import say
from deskapp.domain.identity import IdKind
from deskapp.domain.people import NAME_LIMIT, PartyRole
from deskapp.gui.residents import wording
from deskapp.gui.residents.inlineform import InlineForm
from deskapp.gui.widgets.dates import DateEdit
from deskapp.gui.widgets.naming import push_button
from deskapp.services.residents.editing import PartyIn
from deskapp.services.residents.search import Hit
from deskapp.services.residents.views import PersonView, PhoneView

PAUSE = 300
"""Milliseconds without typing in the name until people of that name are looked for."""
AUTHORITY = ("matter", "scope", "ends", "signed")
COMPANY = ("licence", "letter")


def _line(longest: int = 200) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    return field


def _day(today: date, day: date | None = None) -> DateEdit:
    field = DateEdit(today=lambda: today, quick=())
    field.set_value(day)
    return field


class PartyForm(InlineForm):
    """Adds a person or company; who has a known name is told apart before anyone acts (P5).

    Signals:
        name_typed: a name, to look for people who bear it.
    """

    FAULTS = {  # noqa: RUF012 - read only
        "name.": "name",
        "identity.": "id_number",
        "phone.": "phone",
        "residents.agent_authority": "matter",
        "residents.ends_before": "until",
    }

    name_typed = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__("residents.party", say("residents.party.title"))
        self.role, self.known, self.id_kind = QComboBox(), QComboBox(), QComboBox()
        for role in PartyRole:
            self.role.addItem(wording.role(role.value), role.value)
        self.role.setCurrentIndex(self.role.findData(PartyRole.FAMILY.value))
        self.id_kind.addItem("", "")
        for kind in IdKind:
            self.id_kind.addItem(say(f"residents.id.{kind.value}"), kind.value)
        self._add_fields(today)
        self.known.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.role.currentIndexChanged.connect(self._role_chosen)
        self.known.currentIndexChanged.connect(self._known_chosen)
        name = self.form.field("name").input
        self._typed = QTimer(self, singleShot=True, interval=PAUSE)
        self._typed.timeout.connect(lambda: self.name_typed.emit(self.form.value("name")))
        assert isinstance(name, QLineEdit)
        name.textEdited.connect(lambda _text: self._typed.start())
        self.offer_known("", ())
        self._role_chosen()

    def _add_fields(self, today: date) -> None:
        add = self.form.add

        def word(key: str) -> str:
            return say(f"residents.party.{key}")

        add("role", word("role"), self.role, required=True)
        add("name", word("name"), _line(NAME_LIMIT + 1), required=True)
        add("known", word("known"), self.known, span=2)
        add("phone", word("phone"), _line(40))
        add("id_kind", word("id_kind"), self.id_kind)
        add("id_number", word("id_number"), _line(40), span=2)
        add("since", word("since"), _day(today, today), required=True)
        add("until", word("until"), _day(today))
        add("share", word("share"), _line(20), span=2)
        add("matter", word("matter"), _line(), required=True)
        add("scope", word("scope"), _line(), required=True)
        add("ends", word("ends"), _day(today), required=True)
        add("signed", word("signed"), _line(NAME_LIMIT), required=True)
        add("licence", word("licence"), _line(60), span=2)
        add("letter", word("letter"), _line(100), span=2)

    def _role_chosen(self) -> None:
        role = self.role.currentData()
        shown = {
            **dict.fromkeys(AUTHORITY, role == PartyRole.AGENT),
            **dict.fromkeys(COMPANY, role == PartyRole.COMPANY_OWNER),
            "share": role in (PartyRole.OWNER, PartyRole.CO_OWNER),
        }
        for key, visible in shown.items():
            self.form.field(key).setVisible(visible)

    def offer_known(self, name: str, hits: Sequence[Hit]) -> None:
        """Offers those who have the name already; nobody is taken for another by himself."""
        chosen = self.known.currentData()
        people = {p.person_id: (p, hit) for hit in hits for p in hit.people if p.name == name}
        self.known.blockSignals(True)
        self.known.clear()
        self.known.addItem(say("residents.party.new_person"), 0)
        for person, hit in people.values():
            parts = (hit.label, *person.others, wording.role(person.role), person.phone_masked)
            self.known.addItem(" · ".join(part for part in parts if part), person.person_id)
        self.known.setCurrentIndex(max(0, self.known.findData(chosen)))
        self.known.blockSignals(False)
        self.form.field("known").setVisible(bool(people))
        self._known_chosen()

    def _known_chosen(self) -> None:
        known = bool(self.known.currentData())
        for key in ("id_kind", "id_number"):
            self.form.field(key).setVisible(not known)

    def given(self) -> PartyIn:
        """The person as typed."""
        answers = self.form.answers()
        detail = {key: answers[key] for key in (*AUTHORITY, *COMPANY) if answers.get(key)}
        if "ends" in detail:
            detail["until"] = detail.pop("ends").isoformat()
        kind = answers.get("id_kind")
        return PartyIn(
            name=answers["name"],
            role=PartyRole(answers["role"]),
            person_id=answers.get("known") or 0,
            id_kind=IdKind(kind) if kind else None,
            id_number=answers.get("id_number", ""),
            phone=answers["phone"],
            share=answers.get("share", ""),
            since=answers["since"],
            until=answers["until"],
            detail=detail or None,
        )

    def restore(self, values: Any) -> None:
        """Shows a draft; people of the name are looked for anew."""
        super().restore(values)
        self.name_typed.emit(self.form.value("name"))


class PhoneForm(InlineForm):
    """Writes a number over an old one, adds one, or takes one away.

    Signals:
        removal_wanted: the old number is to be taken away.
    """

    FAULTS = {"phone.": "number"}  # noqa: RUF012 - read only

    removal_wanted = Signal()

    def __init__(self, person: PersonView, phone: PhoneView | None) -> None:
        title = (
            say("residents.phone.change", name=person.name, masked=phone.masked)
            if phone
            else say("residents.phone.add", name=person.name)
        )
        super().__init__("residents.phone", title)
        self.form.add("number", say("residents.party.phone"), _line(40), required=True, span=2)
        self.remove = push_button("residents.phone.remove", say("residents.phone.remove"), role="danger")
        self.remove.clicked.connect(self.removal_wanted)
        self.add_button(self.remove)
        self.remove.setVisible(phone is not None)


class ContactForm(InlineForm):
    """Whom to call when the person cannot be reached (P4)."""

    FAULTS = {"phone.": "number", "name.": "holder"}  # noqa: RUF012 - read only

    def __init__(self, person: PersonView) -> None:
        super().__init__("residents.contact", say("residents.contact.title", name=person.name))
        self.form.add("holder", say("residents.contact.holder"), _line(NAME_LIMIT + 1), required=True)
        self.form.add("number", say("residents.party.phone"), _line(40), required=True)


class EndForm(InlineForm):
    """Ends what a person is to the house; the row stays with its days (P2)."""

    FAULTS = {  # noqa: RUF012 - read only
        "residents.reason_needed": "reason",
        "residents.ends_before": "until",
        "residents.party_ended": "until",
    }

    def __init__(self, person: PersonView, today: date) -> None:
        role = wording.role(person.role)
        super().__init__("residents.end", say("residents.end.title", role=role, name=person.name))
        self.form.add("until", say("residents.end.until"), _day(today, today), required=True)
        self.form.add("reason", say("residents.end.reason"), _line(), required=True, span=3)
        self.save.setText(say("residents.end.save"))
        self.save.setAccessibleName(self.save.text())
