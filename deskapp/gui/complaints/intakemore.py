"""The further part of the form: sorting, evidence, conduct of staff, what makes it serious (C3-C5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Named, about_conduct
from deskapp.domain.complaints.script import Field
from deskapp.domain.complaints.severity import hints
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.momentedit import narrow
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.choices import CheckList
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.money import MoneyEdit
from deskapp.gui.widgets.naming import caption, named, push_button, text_label
from deskapp.gui.widgets.photos import PhotoStrip
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.signature import SignaturePad

DETAILS = ("witnesses", "evidence", "loss", "injured", "affected", "course")
"""What only some cases have, in words (C3)."""
OF_CONDUCT = ("course", "signature")
"""Asked only where staff are complained about; witnesses and evidence belong to it, too (C3)."""
FACTS = ("injury", "danger", "press")
COUNTS = ("affected_count", "crowd_count")
MOST_COUNTED = 99_999
OF_FIELD = {
    Field.EVIDENCE: "evidence",
    Field.WITNESSES: "witnesses",
    Field.LOSS: "loss",
    Field.INJURED: "injured",
    Field.AFFECTED: "affected",
}


def box_of(names: Sequence[Named]) -> QComboBox:
    """A list of names with nothing chosen first."""
    box = QComboBox()
    narrow(box)
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
        self._criteria, self._topic = controller.rules.criteria, ""
        classes = controller.rules.classes
        self.fold = push_button("complaints.intake.more", say("complaints.panel.intake.more"), role="quiet")
        self.fold.setCheckable(True)
        self.hint = named(text_label(wrap=True, role="warning"), "complaints.intake.hint")
        self.form = FieldForm("complaints.intake", columns=6)
        self.cause = box_of(classes.causes)
        self.nature, self.grounds = box_of(classes.natures), box_of(classes.grounds)
        self.details = {key: QLineEdit() for key in DETAILS}
        self.counts = {key: CountEdit() for key in COUNTS}
        self.loss_amount = MoneyEdit()
        self.facts = CheckList(
            options=[(fact, say(f"complaints.panel.fact.{fact}")) for fact in FACTS], columns=3, whole=False
        )
        self.photos = PhotoStrip()
        self.conduct = QCheckBox(caption(say("complaints.panel.intake.conduct_tick")))
        self.signature = SignaturePad()
        self._lay_out()
        self.conduct.toggled.connect(self._about_conduct)
        self.cause.currentIndexChanged.connect(self._cause_chosen)
        self.fold.toggled.connect(self.form.setVisible)
        self.fold.clicked.connect(lambda on: self.cause.setFocus() if on else None)
        self.photos.changed.connect(self._show_photos)
        self.photos.refused.connect(lambda _sentence: self.fold.setChecked(True))
        self.form.changed.connect(self.changed)
        self.form.paused.connect(self.paused)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)
        fields: list[tuple[str, QWidget, int]] = [
            ("cause", self.cause, 2),
            ("nature", self.nature, 2),
            ("grounds", self.grounds, 2),
            *((key, edit, 2) for key, edit in self.details.items() if key not in OF_CONDUCT),
            *((key, edit, 2) for key, edit in self.counts.items()),
            ("loss_amount", self.loss_amount, 2),
            ("facts", self.facts, 6),
            ("photos", self.photos, 6),
            ("conduct", self.conduct, 6),
            ("course", self.details["course"], 6),
            ("signature", self.signature, 6),
        ]
        for key, widget, span in fields:
            self.form.add(key, say(f"complaints.panel.intake.{key}"), widget, span=span)
        self.hint.hide()
        self.form.hide()
        self._about_conduct(False)

    def _show_photos(self) -> None:
        """Photos that came, as by Ctrl+V, are seen."""
        if not self.photos.is_blank():
            self.fold.setChecked(True)

    def _about_conduct(self, on: bool) -> None:
        for key in OF_CONDUCT:
            self.form.field(key).setVisible(on)

    def _cause_chosen(self) -> None:
        self.sort_conduct(self._topic)

    def sort_conduct(self, topic: str) -> None:
        """By cause or topic it is about staff; the clerk may say otherwise, and what was written stays."""
        self._topic = topic
        found = about_conduct(str(self.cause.currentData() or ""), topic)
        if found or (not self.details["course"].text() and self.signature.is_blank()):
            self.conduct.setChecked(found)
        if found:
            self.fold.setChecked(True)

    def show_hints(self, text: str) -> None:
        """What the story speaks of that would make the case serious: the clerk decides whether it holds."""
        found = hints(self._criteria, text)
        names = {criterion.code: word(criterion.label) for criterion in self._criteria}
        parts = [
            say("complaints.panel.intake.hint_part", words=listed(words), criterion=names[code])
            for code, words in found.items()
        ]
        self.hint.setText(say("complaints.panel.intake.hint", parts=listed(parts)) if parts else "")
        self.hint.setVisible(bool(parts))
        if parts and not self.fold.isChecked():
            self.fold.setChecked(True)

    def answers(self) -> dict[str, Any]:
        """Every value, typed."""
        return {
            "cause": str(self.cause.currentData() or ""),
            "nature": self.nature.currentData(),
            "grounds": self.grounds.currentData(),
            **{key: edit.text().strip() for key, edit in self.details.items()},
            "signature": self.signature.value() if self.conduct.isChecked() else None,
            **{key: edit.count() for key, edit in self.counts.items()},
            "loss_amount": self.loss_amount.value(),
            "facts": self.facts.value(),
        }

    def is_blank(self) -> bool:
        """Whether nothing was written here."""
        edits = (*self.details.values(), *self.counts.values())
        return (
            not any(edit.text().strip() for edit in edits)
            and not self.facts.value()
            and self.loss_amount.is_blank()
            and self.photos.is_blank()
            and self.signature.is_blank()
        )

    def clear(self) -> None:
        """Empty again, and folded away."""
        for edit in (*self.details.values(), *self.counts.values()):
            edit.clear()
        for box in (self.cause, self.nature, self.grounds):
            box.setCurrentIndex(0)
        self.facts.set_value(())
        self.loss_amount.set_value(None)
        self.photos.clear()
        self.signature.clear()
        self.conduct.setChecked(False)
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

    def take_answer(self, field: Field, text: str) -> None:
        """What was answered at the script."""
        key = OF_FIELD.get(field)
        if key is not None:
            self.details[key].setText(text)
        if key is not None and text:
            self.fold.setChecked(True)

    def script_answers(self) -> dict[Field, str]:
        """What stands here, for the lines of the script that name it."""
        return {field: self.details[key].text() for field, key in OF_FIELD.items()}
