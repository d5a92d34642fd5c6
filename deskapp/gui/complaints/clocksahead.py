"""The clocks that will start when the ticket is saved, and why they run out then (C6, L10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Kind, Target, Topic
from deskapp.domain.complaints.clocks import ClockRule, Due, due, rules_for, so_far
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.spans import Explained, SpanView
from deskapp.gui.complaints.wording import short_moment, word
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.spoken_time import exact

HEIGHT = 190


@dataclass(frozen=True, slots=True)
class Ahead:
    """One clock that would start now."""

    rule: ClockRule
    due: Due


class ClocksAhead(QWidget):
    """A line with what falls due when; 为什么? unfolds the explanation."""

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        self._controller = controller
        self.ahead: tuple[Ahead, ...] = ()
        self.line = named(text_label(wrap=True), "complaints.intake.clocks")
        self.why: QPushButton = push_button(
            "complaints.intake.clocks.why", say("complaints.panel.clocks.why"), role="quiet"
        )
        self.why.setCheckable(True)
        self.which = named(
            QComboBox(), "complaints.intake.clocks.which", say("complaints.panel.clocks.which")
        )
        self.spans = SpanView("complaints.intake.why", controller)
        self._folded = QWidget()
        inner = QVBoxLayout(self._folded)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.which)
        inner.addWidget(self.spans, 1)
        self._folded.setFixedHeight(HEIGHT)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._folded)
        column.addLayout(row)
        self._folded.hide()
        self.why.toggled.connect(self._folded.setVisible)
        self.which.currentIndexChanged.connect(self._explain)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def count(self, kind: Kind, target: Target | None, topic: Topic | None) -> None:
        """Counts the clocks of such a ticket as if it were saved now."""
        controller, now = self._controller, self._controller.now()
        rules = rules_for(controller.rules.clocks.clocks, kind=kind, target=target, topic=topic)
        self.ahead = tuple(
            Ahead(rule, due(rule, now, calendar=controller.rules.calendar, hours=controller.hours))
            for rule in rules
        )
        parts = [_part(ahead, now) for ahead in self.ahead]
        text = (
            say("complaints.panel.clocks.line", parts=" · ".join(parts))
            if parts
            else say("complaints.panel.clocks.none")
        )
        self.line.setText(text)
        self.line.setToolTip("\n".join(f"{word(a.rule.label)} {exact(a.due.at)}" for a in self.ahead))
        self.why.setVisible(bool(parts))
        if not parts:
            self.why.setChecked(False)
        chosen = self.which.currentText()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([word(ahead.rule.label) for ahead in self.ahead])
        self.which.setCurrentIndex(max(self.which.findText(chosen), 0))
        self.which.blockSignals(False)
        self._explain()

    def _explain(self) -> None:
        at = self.which.currentIndex()
        if 0 <= at < len(self.ahead):
            ahead = self.ahead[at]
            controller, rule = self._controller, ahead.rule
            calendar, hours = controller.rules.calendar, controller.hours
            reached = so_far(ahead.due, rule.unit, calendar=calendar, hours=hours)
            clock = Explained(rule.label, rule.unit, rule.amount, rule.may_wait, ahead.due, reached)
            self.spans.show_clock(clock, controller.now())


def _part(ahead: Ahead, now: datetime) -> str:
    text = say(
        "complaints.panel.clocks.part", clock=word(ahead.rule.label), at=short_moment(ahead.due.at, now)
    )
    return say("complaints.panel.clocks.provisional", part=text) if ahead.due.provisional else text
