"""What the supervisor makes of a month before it is put on paper: words, measures, each way judged (C17)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from deskapp.base.i18n import say
from deskapp.domain.complaints.month import Judged
from deskapp.domain.documents import MethodLine
from deskapp.gui.complaints.cardform import CardForm
from deskapp.gui.complaints.phraseedit import plain_text
from deskapp.gui.complaints.wording import word
from deskapp.services.complaints.month import Method, MonthFigures
from deskapp.services.complaints.monthpaper import method_lines, proposed_summary

COLUMNS = 4


class MonthForm(CardForm):
    """Begins with what the figures propose; the supervisor changes it, and only then is it his judgement.

    Signals:
        given: (summary, measures, methods) as he leaves them.
    """

    given = Signal(str, object, object)

    def __init__(self, found: MonthFigures) -> None:
        super().__init__(say("complaints.panel.month.issue"), COLUMNS)
        self.confirm.clicked.connect(self.submit)
        self._add_words(found)
        self._methods = tuple(zip(found.methods, method_lines(found), strict=True))
        for method, line in self._methods:
            self._add_method(method, line)

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


def _judgements() -> QComboBox:
    """Nothing is chosen at first: what the figures propose stands beside it, and is not his judgement yet."""
    box = QComboBox()
    box.addItem(say("complaints.panel.month.by_pen"), "")
    for each in Judged:
        box.addItem(say(f"complaints.panel.month.judged.{each.value}"), each.value)
    return box
