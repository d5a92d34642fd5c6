"""Who stands here: the person, a number to call back, and the way he reached the desk (C1-C3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Channel, Named
from deskapp.domain.identity import normalise_phone
from deskapp.gui.complaints.momentedit import narrow
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.drafts import draft_of, restore_into
from deskapp.gui.widgets.naming import named, text_label, with_property
from deskapp.services.residents.views import PersonView

LONGEST_NAME, LONGEST_PHONE = 60, 30
FIELDS = ("caller", "phone", "channel")


class CallerBar(QWidget):
    """Three fields in one row above the form; with a household of one person they are filled in at once.

    Signals:
        changed: something was typed or chosen.
        channel_changed: another channel was chosen.
    """

    changed = Signal()
    channel_changed = Signal()

    def __init__(self, channels: Sequence[Named]) -> None:
        super().__init__()
        named(self, "complaints.intake.who_bar", say("complaints.panel.intake.caller"))
        self._people: dict[int, PersonView] = {}
        self.caller = QComboBox()
        self.caller.setEditable(True)
        self.caller.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.caller.setMinimumContentsLength(8)
        line = self.caller.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST_NAME)
        self.phone = QLineEdit()
        self.phone.setMaxLength(LONGEST_PHONE)
        self.channel = QComboBox()
        narrow(self.channel)
        for each in channels:
            self.channel.addItem(word(each.label), each.code)
        self._lay_out()
        self.caller.editTextChanged.connect(self._named_person)
        self.phone.textEdited.connect(self._phone_typed)
        self.phone.textChanged.connect(self.changed)
        self.channel.currentIndexChanged.connect(self._channel_chosen)
        self.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for key, widget, stretch in (
            ("caller", self.caller, 3),
            ("phone", self.phone, 3),
            ("channel", self.channel, 2),
        ):
            words = say(f"complaints.panel.intake.{key}")
            label = named(
                text_label(say(f"complaints.panel.who.{key}"), role="muted"), f"complaints.intake.{key}.label"
            )
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(named(widget, f"complaints.intake.{key}", words), stretch)

    # -- the household

    def show_people(self, people: Sequence[PersonView]) -> None:
        """Offers the people of a household; a name that was typed stays, one of another household goes."""
        typed = self.caller.currentText().strip() if self.person() is None else ""
        self._people = {person.person_id: person for person in people}
        self.caller.blockSignals(True)
        self.caller.clear()
        for person in self._people.values():
            self.caller.addItem(person.name, person.person_id)
            role = say(f"party.role.{person.role}")
            numbers = "、".join(phone.masked for phone in person.phones)
            tip = " · ".join(part for part in (person.name, role, numbers) if part)
            self.caller.setItemData(self.caller.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.caller.setCurrentIndex(0 if len(self._people) == 1 and not typed else -1)
        if typed:
            self.caller.setEditText(typed)
        self.caller.blockSignals(False)
        self._named_person()

    def person(self) -> PersonView | None:
        """The person of the household who stands here; None for somebody else."""
        at = self.caller.findText(self.caller.currentText().strip())
        return self._people.get(self.caller.itemData(at)) if at >= 0 else None

    def _named_person(self) -> None:
        """Whose number is on file need not say it again (C2)."""
        person = self.person()
        on_file = person.phones[0].masked if person is not None and person.phones else ""
        self.phone.setPlaceholderText(on_file or say("complaints.panel.who.any"))
        self.phone.setToolTip(say("complaints.panel.who.on_file", phone=on_file) if on_file else "")
        self.changed.emit()

    def _channel_chosen(self) -> None:
        self.channel_changed.emit()
        self.changed.emit()

    def _phone_typed(self) -> None:
        self._say_fault("")

    def _say_fault(self, sentence: str) -> None:
        with_property(self.phone, "fault", bool(sentence))
        self.phone.setToolTip(sentence)
        self.phone.setAccessibleDescription(sentence)

    # -- as a part of the form

    def chosen_channel(self) -> Channel:
        """The way he reached the desk."""
        return Channel(self.channel.currentData() or Channel.COUNTER.value)

    def fault(self) -> str:
        """Why the number cannot be called, a sentence; the field is marked."""
        phone = self.phone.text().strip()
        if not phone or normalise_phone(phone).ok:
            self._say_fault("")
            return ""
        sentence = Refused("complaints.phone_form", phone=phone).sentence()
        self._say_fault(sentence)
        return sentence

    def is_blank(self) -> bool:
        """Whether nothing was written here; who was only filled in by the household does not count."""
        written = self.caller.currentText().strip() and self.person() is None
        return not written and not self.phone.text().strip()

    def clear(self) -> None:
        """For the next one: at the counter, nobody named."""
        self._people = {}
        self.caller.clear()
        self.caller.setEditText("")
        self.phone.clear()
        self.channel.setCurrentIndex(max(self.channel.findData(Channel.COUNTER.value), 0))
        self._say_fault("")

    def values(self) -> dict[str, Any]:
        """What a draft keeps."""
        return {key: draft_of(getattr(self, key)) for key in FIELDS}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Shows what a draft kept."""
        for key in FIELDS:
            restore_into(getattr(self, key), kept.get(key))
