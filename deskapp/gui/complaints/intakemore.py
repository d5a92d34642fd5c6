"""The further part of the form: channel, caller, evidence, and the facts that make a case serious (C3-C5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Named
from deskapp.domain.complaints.script import Field
from deskapp.domain.complaints.severity import hints
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.wording import listed, word
from deskapp.gui.widgets.choices import CheckList
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.money import MoneyEdit
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.photos import PhotoStrip

DETAILS = ("witnesses", "evidence", "loss", "injured", "affected", "course")
"""What only some cases have, in words (C3)."""
FACTS = ("injury", "danger", "press")
COUNTS = ("affected_count", "crowd_count")
MOST_COUNTED = 99_999
OF_FIELD = {
    Field.CALLER: "caller",
    Field.EVIDENCE: "evidence",
    Field.WITNESSES: "witnesses",
    Field.LOSS: "loss",
    Field.INJURED: "injured",
    Field.AFFECTED: "affected",
}


def box_of(names: Sequence[Named]) -> QComboBox:
    """A list of names with nothing chosen first."""
    box = QComboBox()
    box.addItem(say("complaints.panel.intake.open_choice"), "")
    for each in names:
        box.addItem(word(each.label), each.code)
    return box


class CountEdit(QLineEdit):
    """A number of people or households; nothing typed is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, MOST_COUNTED, self))

    def count(self) -> int:
        """The number; letters cannot be typed into it."""
        text = self.text().strip()
        return int(text) if text.isdecimal() else 0


class MoreFields(QWidget):
    """Folded away until it is wanted, or until the words of the story ask for it.

    Signals:
        changed: something was typed.
        paused: the time to keep a draft.
    """

    changed = Signal()
    paused = Signal()

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        self._criteria = controller.rules.criteria
        classes = controller.rules.classes
        self.fold = push_button("complaints.intake.more", say("complaints.panel.intake.more"), role="quiet")
        self.fold.setCheckable(True)
        self.hint = named(text_label(wrap=True, role="warning"), "complaints.intake.hint")
        self.form = FieldForm("complaints.intake", columns=6)
        self.channel, self.cause = box_of(classes.channels), box_of(classes.causes)
        self.nature, self.grounds = box_of(classes.natures), box_of(classes.grounds)
        self.caller, self.phone = QLineEdit(), QLineEdit()
        self.details = {key: QLineEdit() for key in DETAILS}
        self.counts = {key: CountEdit() for key in COUNTS}
        self.loss_amount = MoneyEdit()
        self.facts = CheckList(
            options=[(fact, say(f"complaints.panel.fact.{fact}")) for fact in FACTS], columns=3, whole=False
        )
        self.photos = PhotoStrip()
        self._lay_out()
        self.fold.toggled.connect(self.form.setVisible)
        self.form.changed.connect(self.changed)
        self.form.paused.connect(self.paused)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.fold)
        column.addWidget(self.form)
        fields: list[tuple[str, QWidget, int]] = [
            ("channel", self.channel, 2),
            ("caller", self.caller, 2),
            ("phone", self.phone, 2),
            ("cause", self.cause, 2),
            ("nature", self.nature, 2),
            ("grounds", self.grounds, 2),
            *((key, edit, 2) for key, edit in self.details.items()),
            *((key, edit, 2) for key, edit in self.counts.items()),
            ("loss_amount", self.loss_amount, 2),
            ("facts", self.facts, 6),
            ("photos", self.photos, 6),
        ]
        for key, widget, span in fields:
            self.form.add(key, say(f"complaints.panel.intake.{key}"), widget, span=span)
        self.hint.hide()
        self.form.hide()

    def show_hints(self, text: str) -> None:
        """What the story speaks of that would make the case serious: the clerk decides whether it holds."""
        found = hints(self._criteria, text)
        names = {criterion.code: word(criterion.label) for criterion in self._criteria}
        parts = [
            say("complaints.panel.intake.hint_part", words=listed(words), criterion=names[code])
            for code, words in found.items()
        ]
        self.hint.setText(say("complaints.panel.intake.hint", parts=";".join(parts)) if parts else "")
        self.hint.setVisible(bool(parts))
        if parts and not self.fold.isChecked():
            self.fold.setChecked(True)

    def answers(self) -> dict[str, Any]:
        """Every value, typed."""
        return {
            "channel": self.channel.currentData(),
            "caller": self.caller.text().strip(),
            "phone": self.phone.text().strip(),
            "cause": str(self.cause.currentData() or ""),
            "nature": self.nature.currentData(),
            "grounds": self.grounds.currentData(),
            **{key: edit.text().strip() for key, edit in self.details.items()},
            **{key: edit.count() for key, edit in self.counts.items()},
            "loss_amount": self.loss_amount.value(),
            "facts": self.facts.value(),
        }

    def is_blank(self) -> bool:
        """Whether nothing was written here."""
        edits = (self.caller, self.phone, *self.details.values(), *self.counts.values())
        return (
            not any(edit.text().strip() for edit in edits)
            and not self.facts.value()
            and self.loss_amount.is_blank()
            and self.photos.is_blank()
        )

    def clear(self) -> None:
        """Empty again, and folded away."""
        for edit in (self.caller, self.phone, *self.details.values(), *self.counts.values()):
            edit.clear()
        for box in (self.channel, self.cause, self.nature, self.grounds):
            box.setCurrentIndex(0)
        self.channel.setCurrentIndex(1)
        self.facts.set_value(())
        self.loss_amount.set_value(None)
        self.photos.clear()
        self.hint.hide()
        self.fold.setChecked(False)

    def values(self) -> dict[str, Any]:
        """What a draft keeps."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows what a draft kept."""
        self.form.restore(kept)
        if not self.is_blank():
            self.fold.setChecked(True)

    def check(self) -> bool:
        """Whether it can be taken; unfolds where it cannot."""
        if self.form.check():
            return True
        self.fold.setChecked(True)
        return False

    def open_at(self, key: str) -> None:
        """Unfolds it and goes to a field."""
        self.fold.setChecked(True)
        self.form.field(key).setFocus()

    def take_answer(self, field: Field, text: str) -> None:
        """What was answered at the script."""
        key = OF_FIELD.get(field)
        if key == "caller":
            self.caller.setText(text)
        elif key is not None:
            self.details[key].setText(text)
        if key is not None and text:
            self.fold.setChecked(True)

    def script_answers(self) -> dict[Field, str]:
        """What stands here, for the lines of the script that name it."""
        edits = {"caller": self.caller, **self.details}
        return {field: edits[key].text() for field, key in OF_FIELD.items()}
