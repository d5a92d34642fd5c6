"""Handing the desk to a colleague by staff number and PIN (S1)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.runner import Runner
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, Member
from deskapp.services.staff import sign_in


class ChangePerson(QDialog):
    """Asks who sits down; the one who sits there stays until the PIN was right.

    Signals:
        signed_in: the `Member` who sits there now.
    """

    signed_in = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell.person")
        self.setWindowTitle(say("shell.person.change"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._runner = desk, runner
        self._number = self._field("shell.person.number", say("shell.person.number"))
        self._secret = self._field("shell.person.secret", say("shell.person.secret"))
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._problem = QLabel()
        self._problem.setObjectName("shell.person.problem")
        self._problem.setProperty("role", "danger")
        self._problem.setWordWrap(True)
        self._go = QPushButton(say("shell.person.sign_in"))
        self._go.setObjectName("shell.person.go")
        self._go.setProperty("role", "primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._sign_in)
        stay = QPushButton(say("shell.person.stay"))
        stay.setObjectName("shell.person.stay")
        stay.clicked.connect(self.close)
        self._lay_out(stay)

    def _field(self, name: str, spoken: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        return field

    def _lay_out(self, stay: QPushButton) -> None:
        form = QFormLayout()
        form.addRow(say("shell.person.number"), self._number)
        form.addRow(say("shell.person.secret"), self._secret)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(stay)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._problem)
        layout.addLayout(buttons)
        self.setMinimumWidth(380)

    def _sign_in(self) -> None:
        number, secret = self._number.text().strip(), self._secret.text()
        self._runner.run(
            lambda: Done(sign_in(self._desk, number, secret)),
            done=self._welcome,
            failed=self._refuse,
            busy=self._go,
            key="shell.person",
        )

    def _welcome(self, member: Member) -> None:
        self.signed_in.emit(member)
        self.close()

    def _refuse(self, error: DeskError) -> None:
        self._problem.setText(error.sentence())
        self._secret.selectAll()
        self._secret.setFocus()
