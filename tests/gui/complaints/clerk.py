"""A clerk at the complaint panel: clicks and keys on the real panel, waiting as a person does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskapp.base.clock import SetClock
from deskapp.gui.complaints.panel import ComplaintsPanel
from deskapp.gui.runner import Runner
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk
from tests.services.estates import house_id

W = TypeVar("W", bound=QWidget)
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Clerk:
    """One person at one panel.

    Attributes:
        said: (kind, sentence) as the message bar got them.
    """

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.runner = Runner()
        self.panel = ComplaintsPanel(desk, self.runner)
        qtbot.addWidget(self.panel, before_close_func=lambda _: self.leave())
        self.said: list[tuple[str, str]] = []
        self.runner.changed.connect(self.panel.changed)
        self.runner.trouble.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        self.panel.said.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        self.panel.resize(1366, 640)
        self.panel.show()
        self.panel.activateWindow()
        self.until(lambda: self.panel.built)

    def wait(self) -> None:
        """Until every answer has arrived."""
        self.qtbot.waitUntil(lambda: self.runner.idle)

    def until(self, true: Callable[[], bool]) -> None:
        """Until something is so."""
        self.qtbot.waitUntil(true)
        self.wait()

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

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The widget of a name that is there now."""
        found = [w for w in self.panel.findChildren(kind, name) if w.objectName() == name]
        assert found, f"no {name}"
        return found[-1]

    def text(self, name: str) -> str:
        """What a label says."""
        return self.find(name, QLabel).text()

    def click(self, name: str) -> None:
        """Clicks where a person would."""
        self.qtbot.waitUntil(lambda: self.find(name).isVisible())
        widget = self.find(name)
        where = QPoint(12, widget.height() // 2) if isinstance(widget, QAbstractButton) else QPoint()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.wait()

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

    def choose(self, name: str, data: object) -> None:
        """Chooses from a list."""
        box = self.find(name, QComboBox)
        at = box.findData(data)
        assert at >= 0, f"{data} is not offered"
        box.setCurrentIndex(at)

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

    def leave(self) -> None:
        """The window closes."""
        self.wait()
        self.panel.keep_draft()
        self.runner.close()
