"""Who sits here, what is saved, whether it is practice, whether the database answers (wireframes: window)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStatusBar, QWidget

from deskapp.base.i18n import say
from deskapp.gui.widgets.naming import with_property
from deskapp.services.desk import Desk


class StatusLine(QStatusBar):
    """The line at the foot of every tab.

    Signals:
        person_clicked: the clerk wants to hand the desk over.
        urgent_clicked: the clerk wants to see what is most urgent.
    """

    person_clicked = Signal()
    urgent_clicked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell.status")
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 16, 0)
        self._person = QPushButton(f"{desk.member.name or desk.member.number} · {desk.name}", self)
        self._person.setObjectName("shell.status.person")
        self._person.setAccessibleName(say("shell.person.change"))
        self._person.setToolTip(say("shell.person.change"))
        self._person.setProperty("role", "quiet")
        self._person.clicked.connect(self.person_clicked)
        self._saved = self._label("shell.status.saved", say("shell.saved.nothing_yet"))
        self._urgent = QPushButton(self)
        self._urgent.setObjectName("shell.status.urgent")
        self._urgent.setAccessibleName(say("shell.urgent"))
        self._urgent.setProperty("role", "quiet")
        self._urgent.clicked.connect(self.urgent_clicked)
        self._urgent.hide()
        self._hint = self._label("shell.status.hint", "")
        # A long hint is cut at its end, whole on hover; it never makes the window wider than its screen.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._work = self._label("shell.status.work", "")
        self._database = self._label("shell.status.database", say("shell.database.answers"))
        self.addWidget(self._person)
        self.addWidget(self._saved)
        self.addWidget(self._urgent)
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self._work)
        if desk.drill:
            drill = self._label("shell.status.drill", say("shell.drill"))
            drill.setProperty("role", "warning")
            self.addPermanentWidget(drill)
        self.addPermanentWidget(self._database)

    def _label(self, name: str, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setProperty("role", "muted")
        return label

    def saved(self, at: datetime) -> None:
        """A command was committed at this moment."""
        self._saved.setText(say("shell.saved.at", time=f"{at:%H:%M:%S}"))

    def show_urgent(self, text: str, tip: str, *, banner: bool, late: bool) -> None:
        """What is most urgent, in every tab; with something serious open the whole line is a banner.

        Args:
            text: "" for nothing to do.
            tip: the exact times and places behind it, one a line.
        """
        self._urgent.setText(text.replace("&", "&&"))
        self._urgent.setAccessibleName(text)
        lines = "<br>".join(escape(line) for line in tip.split("\n"))
        self._urgent.setToolTip(f"<qt>{lines}</qt>" if tip else "")
        self._urgent.setVisible(bool(text))
        with_property(self._urgent, "role", "danger" if banner or late else "quiet")
        with_property(self, "alarm", "true" if banner else "false")

    def hint(self, sentence: str) -> None:
        """What the focus or the mouse is on, in a sentence; "" for nothing."""
        self._hint.setText(sentence)
        self._hint.setToolTip(sentence)

    def working(self, going_on: bool) -> None:
        """Shows that work goes on."""
        self._work.setText(say("shell.working") if going_on else "")

    def database_answers(self, answers: bool) -> None:
        """Shows whether the database can be reached, in words and not by colour alone."""
        self._database.setText(say("shell.database.answers" if answers else "shell.database.silent"))
        self._database.setProperty("role", "muted" if answers else "danger")
        self._database.style().unpolish(self._database)
        self._database.style().polish(self._database)
