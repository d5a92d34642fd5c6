"""A clerk at the complaint panel: clicks and keys on the real panel, waiting as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from deskapp.base.clock import SetClock
from deskapp.gui.complaints.panel import ComplaintsPanel
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk
from tests.gui.person import Person
from tests.services.estates import house_id

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Clerk(Person[ComplaintsPanel]):
    """One person at one panel."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        super().__init__(qtbot, desk, lambda runner: ComplaintsPanel(desk, runner), (1366, 640))
        self.panel.activateWindow()
        self.until(lambda: self.panel.built)

    def pass_time(self, **span: float) -> None:
        """The clock goes on."""
        clock = self.desk.clock
        assert isinstance(clock, SetClock)
        clock.forward(**span)

    @property
    def view(self) -> TicketView:
        """The ticket that is open."""
        view = self.panel.ticket.view
        assert view is not None
        return view

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Presses a key where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.panel, key, modifier)
        self.wait()

    def press(self, words: str) -> None:
        """Presses the button of a message that says so."""

        def there() -> list[QPushButton]:
            return [b for b in self.panel.messages.findChildren(QPushButton) if b.text() == words]

        self.until(lambda: bool(there()))
        there()[0].click()
        self.wait()

    def type(self, name: str, text: str) -> None:
        """Types into a field in place of what stands there, as an input method does."""
        edit = self.find(name)
        edit.setFocus()
        if isinstance(edit, QComboBox):
            edit.setEditText(text)
        elif isinstance(edit, QPlainTextEdit):
            edit.selectAll()
            edit.insertPlainText(text)
        else:
            assert isinstance(edit, QLineEdit)
            edit.selectAll()
            edit.insert(text)

    def write(self, text: str) -> None:
        """Types where the focus is."""
        edit = QApplication.focusWidget()
        assert isinstance(edit, QLineEdit | QPlainTextEdit)
        if isinstance(edit, QLineEdit):
            edit.insert(text)
        else:
            edit.insertPlainText(text)

    # -- the way

    def receive(self, label: str = "1#1单元101") -> None:
        """A household stands at the counter, found by the search box."""
        self.panel.show_household(house_id(self.desk, label))
        self.until(lambda: self.panel.intake.label == label)

    def take(
        self, matter: str = "厨房漏水", kind: str = "complaint", label: str = "1#1单元101"
    ) -> TicketView:
        """Takes a ticket by clicks."""
        self.receive(label)
        self.click(f"complaints.intake.kind.{kind}")
        self.type("complaints.intake.matter", matter)
        self.click("complaints.intake.save")
        self.until(lambda: self.panel.ticket.isVisible())
        return self.view

    def do(self, code: str) -> None:
        """Presses the button of a deed."""
        self.click(f"complaints.deed.{code}")

    def confirm(self) -> None:
        """Confirms the form that is open."""
        self.click("complaints.deed.confirm")
