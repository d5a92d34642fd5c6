"""The owner's data card (M9): each datum says what it is for, and each may be declined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.movein.pieces import EnterForm
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.services.movein import owner_card
from deskapp.services.movein.owner_card import CardIn, OwnerCardView, OwnerDatum
from deskapp.services.movein.owner_card_data import Contact, HouseholdCard, Member, Pet, Vehicle

COLUMNS = {
    "contacts": ("name", "phone", "relation"),
    "members": ("name", "relation", "born_on"),
    "vehicles": ("plate", "description", "space"),
    "pets": ("kind", "description", "licence"),
}
OF_OWNERS = {"trade": ("trade", "post"), "native_place": ("native_place",)}


class LinesEdit(QWidget):
    """Lines of a few short texts; blank lines do not count.

    Signals:
        typed: something was typed.
    """

    typed = Signal()

    def __init__(self, code: str, columns: Sequence[str]) -> None:
        super().__init__()
        self._code, self._columns = code, tuple(columns)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lines: list[tuple[int, list[QLineEdit]]] = []
        self.more = QPushButton(say("movein.panel.card.more"))
        self.more.setProperty("role", "quiet")
        named(self.more, f"movein.card.{code}.more", f"{self.more.text()} {say(f'records.datum.{code}')}")
        self._grid.addWidget(self.more, 0, len(self._columns))
        self.more.clicked.connect(lambda: self._add(0, [""] * len(self._columns)))

    def show_lines(self, lines: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Shows lines, each with the id of what is kept under it, 0 for a new one."""
        for _, edits in self._lines:
            for edit in edits:
                edit.hide()
                edit.deleteLater()
        self._lines = []
        for kept, texts in lines or [(0, [""] * len(self._columns))]:
            self._add(kept, texts)

    def lines(self) -> list[tuple[int, list[str]]]:
        """What is filled in."""
        found = [(kept, [edit.text().strip() for edit in edits]) for kept, edits in self._lines]
        return [(kept, texts) for kept, texts in found if any(texts)]

    def _add(self, kept: int, texts: Sequence[str]) -> None:
        at, edits = len(self._lines), []
        for column, (name, text) in enumerate(zip(self._columns, texts, strict=True)):
            edit = QLineEdit(text)
            edit.setMaxLength(owner_card.LONGEST)
            word = say(f"movein.panel.card.{self._code}.{name}")
            edit.setPlaceholderText(word)
            named(edit, f"movein.card.{self._code}.{at}.{name}", word)
            edit.textChanged.connect(self.typed)
            self._grid.addWidget(edit, at, column)
            edits.append(edit)
        self._lines.append((kept, edits))


class OwnerCardLeaf(EnterForm):
    """The card as a form.

    Signals:
        typed: something was typed that is not saved.
    """

    typed = Signal()

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self._card: OwnerCardView | None = None
        self._dirty = False
        column = QVBoxLayout(self)
        self._holder = QWidget()
        self._rows = QGridLayout(self._holder)
        self._rows.setColumnStretch(1, 1)
        column.addWidget(scrolled(self._holder, "movein.card.form"), 1)
        row = QHBoxLayout()
        column.addLayout(row)
        row.addWidget(text_label(say("movein.panel.card.why"), wrap=True), 1)
        self.save = QPushButton(say("movein.panel.card.save"))
        named(self.save, "movein.card.save", self.save.text())
        self.save.setMinimumHeight(40)
        row.addWidget(self.save)
        self.save.clicked.connect(self._save)
        self.entered.connect(self._save)
        self._lists: dict[str, LinesEdit] = {}
        self._texts: dict[tuple[int, str], QLineEdit] = {}
        self._declined: dict[str, QCheckBox] = {}

    def empty(self) -> None:
        """Another household: nothing of the last one stays."""
        self._card, self._dirty = None, False
        self._lists, self._texts, self._declined = {}, {}, {}
        clear(self._rows)

    def reload(self) -> None:
        """Reads the card."""
        view, controller = self._page.view, self._page.controller
        if view is not None:
            desk, house = controller.desk, view.house_id
            controller.read("owner_card", lambda: owner_card.owner_card_view(desk, house), self._fill)

    def _fill(self, card: OwnerCardView) -> None:
        if self._page.view is None or card.house_id != self._page.view.house_id:
            return
        first, self._card = self._card is None, card
        if first:
            self._lay_out(card)
        if first or not self._dirty:
            self._show(card)
        self._page.loaded()

    def _lay_out(self, card: OwnerCardView) -> None:
        for at, code in enumerate(card.data):
            title = text_label(say(f"records.datum.{code}"))
            title.setToolTip(say(f"records.purpose.{code}"))
            self._rows.addWidget(title, 2 * at, 0)
            inputs = self._inputs(code, card)
            self._rows.addWidget(inputs, 2 * at, 1)
            declined = self._declined[code] = QCheckBox(say("movein.panel.card.declined"))
            named(declined, f"movein.card.{code}.declined", told_of(declined.text(), title.text()))
            declined.toggled.connect(inputs.setDisabled)
            declined.toggled.connect(self._touched)
            self._rows.addWidget(declined, 2 * at, 2)
            why = text_label(say(f"records.purpose.{code}"), wrap=True)
            why.setProperty("role", "muted")
            self._rows.addWidget(why, 2 * at + 1, 1)

    def _inputs(self, code: str, card: OwnerCardView) -> QWidget:
        if code in COLUMNS:
            lines = self._lists[code] = LinesEdit(code, COLUMNS[code])
            lines.typed.connect(self._touched)
            return lines
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, owner in enumerate(card.owners):
            grid.addWidget(text_label(owner.name), at, 0)
            for column, name in enumerate(OF_OWNERS[code], 1):
                edit = self._texts[owner.person_id, name] = QLineEdit()
                edit.setMaxLength(owner_card.LONGEST)
                word = say(f"movein.panel.card.{name}")
                edit.setPlaceholderText(word)
                named(edit, f"movein.card.{name}.{at}", told_of(owner.name, word))
                edit.textChanged.connect(self._touched)
                grid.addWidget(edit, at, column)
        return box

    def _touched(self) -> None:
        self._dirty = True
        self.typed.emit()

    def _show(self, card: OwnerCardView) -> None:
        household = card.household
        for owner in card.owners:
            for (person, name), edit in self._texts.items():
                if person == owner.person_id:
                    edit.setText(getattr(owner, name))
        kept: dict[str, list[tuple[int, list[str]]]] = {
            "contacts": [(c.phone_id, [c.name, c.phone, c.relation]) for c in household.contacts],
            "members": [
                (0, [m.name, m.relation, m.born_on.isoformat() if m.born_on else ""])
                for m in household.members
            ],
            "vehicles": [(0, [v.plate, v.description, v.space]) for v in household.vehicles],
            "pets": [(0, [p.kind, p.description, p.licence]) for p in household.pets],
        }
        for code, lines in kept.items():
            self._lists[code].show_lines(lines)
        for code, box in self._declined.items():
            box.setChecked(code in household.declined)
        self._dirty = False

    def _lines(self, code: str) -> list[tuple[int, list[str]]]:
        return [] if self._declined[code].isChecked() else self._lists[code].lines()

    def _household(self) -> HouseholdCard:
        """What is filled in; raises ValueError for a day of birth that is none."""
        return HouseholdCard(
            contacts=tuple(
                Contact(name, phone, relation, kept)
                for kept, (name, phone, relation) in self._lines("contacts")
            ),
            members=tuple(
                Member(name, relation, date.fromisoformat(born) if born else None)
                for _, (name, relation, born) in self._lines("members")
            ),
            vehicles=tuple(Vehicle(*texts) for _, texts in self._lines("vehicles")),
            pets=tuple(Pet(*texts) for _, texts in self._lines("pets")),
            declined=tuple(code for code, box in self._declined.items() if box.isChecked()),
        )

    def _save(self) -> None:
        card, controller = self._card, self._page.controller
        if card is None:
            return
        try:
            household = self._household()
        except ValueError:
            controller.said.emit(say("movein.panel.card.born_wrong"), "warning")
            return
        addresses = {owner.person_id: owner.address for owner in card.owners}
        told = tuple(
            OwnerDatum(
                owner.person_id,
                **{name: edit.text() for (who, name), edit in self._texts.items() if who == owner.person_id},
                address=addresses[owner.person_id],
            )
            for owner in card.owners
        )
        given, house, version = CardIn(told, household), card.house_id, card.version

        def saved(found: OwnerCardView) -> None:
            self._dirty = False
            self._fill(found)
            controller.said.emit(say("movein.panel.card.saved"), "done")

        controller.record(
            ("card", house, version, given),
            lambda command: owner_card.save_owner_card(controller.desk, command, house, version, given),
            saved,
        )

    def values(self) -> dict[str, Any]:
        """What is typed and not saved."""
        if not self._dirty:
            return {}
        return {
            "lists": {code: lines.lines() for code, lines in self._lists.items()},
            "texts": [[person, name, edit.text()] for (person, name), edit in self._texts.items()],
            "declined": [code for code, box in self._declined.items() if box.isChecked()],
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back."""
        for code, lines in values.get("lists", {}).items():
            if code in self._lists:
                self._lists[code].show_lines([(int(kept), texts) for kept, texts in lines])
        for person, name, text in values.get("texts", ()):
            if (person, name) in self._texts:
                self._texts[person, name].setText(str(text))
        for code, box in self._declined.items():
            box.setChecked(code in values.get("declined", ()))
        self._dirty = self._card is not None
