"""Promises made at the counter: what, who, until when (C7); phrases to avoid are marked in them (C10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.phrases import Phrases
from deskapp.gui.complaints.momentedit import MomentEdit, narrow
from deskapp.gui.complaints.phraseedit import PhraseEdit
from deskapp.gui.widgets.naming import discard, named, push_button, text_label
from deskapp.gui.widgets.tabbing import follow_in_order

MOST = 9
OFFERS = (
    "complaints.panel.moment.half_hour",
    "complaints.panel.moment.two_hours",
    "complaints.panel.moment.today_six",
    "complaints.panel.moment.tomorrow_ten",
)


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise as typed."""

    text: str
    who: str
    due: datetime


class PromiseRow(QWidget):
    """One promise.

    Signals:
        changed: something was typed.
        dropped: the row is not wanted.
    """

    changed = Signal()
    dropped = Signal()

    def __init__(self, phrases: Phrases, people: Sequence[str], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.text = PhraseEdit(phrases=phrases, lines=1)
        self.text.edit.setPlaceholderText(say("complaints.panel.promise.text"))
        self.who = QComboBox()
        self.who.setEditable(True)
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        narrow(self.who)
        self.who.addItems(list(people))
        self.who.setCurrentIndex(-1)
        line = self.who.lineEdit()
        assert line is not None
        line.setPlaceholderText(say("complaints.panel.promise.who"))
        self.due = MomentEdit(now=now, offers=[say(key) for key in OFFERS])
        self.fault = text_label(wrap=True, role="danger")
        self.drop = push_button("", say("complaints.panel.promise.drop"), role="quiet")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.text, 4), (self.who, 3), (self.due, 5), (self.drop, 0)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)  # advice below the text moves nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.text.advice)
        column.addWidget(self.fault)
        self.fault.hide()
        self.text.changed.connect(self._touched)
        self.who.editTextChanged.connect(self._touched)
        self.due.changed.connect(self._touched)
        self.drop.clicked.connect(self.dropped)

    def name(self, beginning: str, number: int) -> None:
        """Names the parts by the row's place."""
        words = say("complaints.panel.promise.number", number=number)
        for widget, code in ((self.text, "text"), (self.who, "who"), (self.due, "due"), (self.drop, "drop")):
            spoken = say(f"complaints.panel.promise.{code}")
            named(widget, f"{beginning}.{number}.{code}", f"{words} {spoken}")

    def _touched(self) -> None:
        self.fault.hide()
        self.changed.emit()

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return self.text.is_blank() and not self.who.currentText().strip() and self.due.is_blank()

    def problem(self) -> str:
        """What it still lacks; "" for nothing."""
        if self.is_blank():
            return ""
        if self.text.is_blank():
            return say("complaints.panel.promise.no_text")
        if not self.who.currentText().strip():
            return say("complaints.panel.promise.no_who")
        if self.due.problem():
            return self.due.problem()
        due = self.due.value()
        if due is None:
            return say("complaints.panel.promise.no_due")
        return "" if due > self._now() else say("complaints.panel.promise.past")

    def check(self) -> bool:
        """Whether it can be taken; says below it why not."""
        problem = self.problem()
        self.fault.setText(problem)
        self.fault.setVisible(bool(problem))
        return not problem

    def value(self) -> Promised | None:
        """The promise; None for a row that is blank or lacks something."""
        due = self.due.value()
        if self.is_blank() or self.problem() or due is None:
            return None
        return Promised(self.text.value().strip(), self.who.currentText().strip(), due)

    def draft(self) -> dict[str, Any]:
        """What a draft keeps."""
        return {"text": self.text.value(), "who": self.who.currentText(), "due": self.due.draft()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows what a draft kept."""
        self.text.restore(kept.get("text"))
        self.who.setEditText(str(kept.get("who", "")))
        self.due.restore(kept.get("due"))


class PromiseRows(QWidget):
    """All promises of a ticket that is being taken.

    Attributes:
        follows: after which field Tab comes to the first row.

    Signals:
        changed: something was typed, a row came or went.
    """

    changed = Signal()

    def __init__(
        self, object_name: str, phrases: Phrases, people: Sequence[str], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        named(self, object_name, say("complaints.panel.promise.title"))
        self._phrases, self._people, self._now = phrases, people, now
        self.rows: list[PromiseRow] = []
        self.follows: QWidget | None = None
        self.add = push_button(
            f"{object_name}.add", say("complaints.panel.promise.add"), role="quiet", icon="fa6s.plus"
        )
        self.add.clicked.connect(lambda: self.add_row().text.setFocus())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def add_row(self) -> PromiseRow:
        """One row more, at most `MOST`: then the last one."""
        if len(self.rows) >= MOST:
            return self.rows[-1]
        row = PromiseRow(self._phrases, self._people, self._now)
        before = self.rows[-1].drop if self.rows else self.follows
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        row.show()
        row.changed.connect(self.changed)
        row.dropped.connect(lambda: self._drop_by_hand(row))
        self._number()
        stops = [row.text.edit, row.who, row.due.edit, row.drop, self.add]
        follow_in_order([before, *stops] if before is not None else stops)
        return row

    def _number(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.name(self.objectName(), number)
        self.add.setEnabled(len(self.rows) < MOST)
        self.add.setToolTip("" if self.add.isEnabled() else say("complaints.panel.promise.enough", most=MOST))

    def _drop(self, row: PromiseRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        discard(row)
        self._number()
        self.changed.emit()

    def _drop_by_hand(self, row: PromiseRow) -> None:
        self._drop(row)
        self.add.setFocus()

    def check(self) -> bool:
        """Whether every row can be taken; goes to the first that cannot."""
        wrong = [row for row in self.rows if not row.check()]
        if wrong:
            wrong[0].text.setFocus()
        return not wrong

    def value(self) -> tuple[Promised, ...]:
        """The promises, blank rows left out."""
        return tuple(promised for row in self.rows if (promised := row.value()) is not None)

    def is_blank(self) -> bool:
        """Whether nothing was typed in any row."""
        return all(row.is_blank() for row in self.rows)

    def draft(self) -> list[dict[str, Any]]:
        """What a draft keeps."""
        return [row.draft() for row in self.rows if not row.is_blank()]

    def restore(self, kept: Any) -> None:
        """Shows what a draft kept."""
        for row in list(self.rows):
            self._drop(row)
        for each in kept if isinstance(kept, list) else ():
            if isinstance(each, dict):
                self.add_row().restore(each)
