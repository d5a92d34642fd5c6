"""What the shell asks of a panel, whatever capability it shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from deskapp.services.changes import Changes


class Panel(QWidget):
    """One tab of the main window.

    Attributes:
        key: stable, also the beginning of its objectNames, such as ``movein``.
        title_key: of its tab in the translations.
        icon_name: qtawesome name of the icon beside the title.

    Signals:
        said: (sentence, kind) for the message bar.
        hinted: a sentence for the status line, "" to take it away.
        household_wanted: a house to be shown in the archive.
        search_wanted: the search box is to have the focus: first comes who (C2).
    """

    key = ""
    title_key = ""
    icon_name = ""

    said = Signal(str, str)
    hinted = Signal(str)
    household_wanted = Signal(object)
    search_wanted = Signal()

    def show_household(self, house_id: int) -> None:
        """Opens a household here, as found by the search box."""

    def scan(self, text: str) -> bool:
        """Takes a scanned text; False when it means nothing here."""
        return False

    def show_due(self, *, late: bool = False) -> None:
        """Shows what falls due, the most urgent first, or only what is late; nothing without clocks."""

    def changed(self, changes: Changes) -> None:
        """Something changed here or at another desk; what is shown of it is read again."""

    def take_focus(self) -> bool:
        """Takes the focus of a fresh window where the work begins; False leaves it to the search."""
        return False

    def shown(self) -> None:
        """The tab came to the front."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus: it does the next natural thing everywhere."""
        focus = QApplication.focusWidget()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and plain and not event.isAutoRepeat() and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def place(self) -> Any:
        """What stands before the clerk, for `go_on_at` of the window made in its place; None for nothing."""
        return None

    def go_on_at(self, place: Any) -> None:
        """Goes on where the window before this one stood: nothing is asked, nothing is typed again."""

    def keep_draft(self) -> None:
        """Keeps what is half filled in before the window goes (design rule 4)."""
