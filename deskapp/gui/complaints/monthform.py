"""What the supervisor makes of a month before it is put on paper: words, measures, each way judged (C17)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.domain.complaints.month import Judged
from deskapp.domain.documents import MethodLine
from deskapp.gui.complaints.phraseedit import plain_text
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.naming import in_role, named, push_button, text_label
from deskapp.services.complaints.month import Method, MonthFigures
from deskapp.services.complaints.monthpaper import method_lines, proposed_summary

COLUMNS = 4


class MonthForm(QWidget):
    """Begins with what the figures propose; the supervisor changes it, and only then is it his judgement.

    Signals:
        given: (summary, measures, methods) as he leaves them.
        left: back to the figures.
        typed: something was typed.
    """

    given = Signal(str, object, object)
    left = Signal()
    typed = Signal()

    def __init__(self, found: MonthFigures) -> None:
        super().__init__()
        named(self, "complaints.deed", say("complaints.panel.month.issue"))
        in_role(self, "card")
        self.form = FieldForm("complaints.deed", columns=COLUMNS)
        self._add_words(found)
        self._methods = tuple(zip(found.methods, method_lines(found), strict=True))
        for method, line in self._methods:
            self._add_method(method, line)
        self.problem = named(text_label(wrap=True, role="danger"), "complaints.deed.problem")
        self.problem.hide()
        title = say("complaints.panel.month.issue")
        self.confirm = push_button("complaints.deed.confirm", title, role="primary")
        self.back = push_button("complaints.deed.back", say("complaints.panel.deed_back"))
        self.confirm.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        self.form.changed.connect(self._touched)
        self.touched = False
        self._lay_out(title)

    def _lay_out(self, title: str) -> None:
        row = QHBoxLayout()
        row.addWidget(self.confirm)
        row.addWidget(self.back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(text_label(title, role="section"))
        column.addWidget(self.form)
        column.addWidget(self.problem)
        column.addLayout(row)

    def _add_words(self, found: MonthFigures) -> None:
        words = {"summary": proposed_summary(found), "measures": ""}
        for key, text in words.items():
            edit = plain_text("", "", 3)
            edit.setPlainText(text)
            self.form.add(key, say(f"complaints.panel.ask.{key}"), edit, span=COLUMNS // 2)

    def _add_method(self, method: Method, line: MethodLine) -> None:
        hint = say("complaints.panel.month.nothing_proposed")
        if method.judged is not None:
            judged = say(f"complaints.panel.month.judged.{method.judged.value}")
            hint = say("complaints.panel.month.proposed", judged=judged, percent=method.good.percent)
        edit = QLineEdit(line.method)
        edit.setCursorPosition(0)
        subject = say("complaints.panel.month.method_of", matter=word(method.label), n=line.cases)
        self.form.add(f"method_{method.topic}", subject, edit, span=COLUMNS // 2)
        judged_as = say("complaints.panel.month.judge")
        self.form.add(f"judged_{method.topic}", judged_as, _judgements(), hint=hint)
        self.form.add(f"better_{method.topic}", say("complaints.panel.month.better"), QLineEdit())

    def _touched(self) -> None:
        self.touched = True
        self.problem.hide()
        self.typed.emit()

    def focus_first(self) -> None:
        """The supervisor's words have the focus."""
        self.form.field("summary").setFocus()

    def submit(self) -> None:
        """Gives what stands in it."""
        if not self.confirm.isEnabled():
            return
        said = self.form.answers()
        measures = tuple(filter(None, (line.strip() for line in said["measures"].splitlines())))
        self.given.emit(said["summary"].strip(), measures, tuple(self._judged(said)))

    def _judged(self, said: dict[str, Any]) -> list[MethodLine]:
        return [
            replace(
                line,
                method=said[f"method_{method.topic}"].strip(),
                judged=said[f"judged_{method.topic}"] or "",
                better=said[f"better_{method.topic}"].strip(),
            )
            for method, line in self._methods
        ]

    def refuse(self, error: DeskError) -> None:
        """Says why it was not done; what was typed stays."""
        self.problem.setText(error.sentence())
        self.problem.show()

    def values(self) -> dict[str, Any]:
        """What a draft keeps; empty while nothing was typed."""
        return self.form.values() if self.touched else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows what a draft kept."""
        self.form.restore(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _judgements() -> QComboBox:
    """Nothing is chosen at first: what the figures propose stands beside it, and is not his judgement yet."""
    box = QComboBox()
    box.addItem(say("complaints.panel.month.by_pen"), "")
    for each in Judged:
        box.addItem(say(f"complaints.panel.month.judged.{each.value}"), each.value)
    return box
