"""Alarms in the system's tray, where there is one; without one the window says them alone (C6, L11)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from deskapp.base.i18n import say
from deskapp.gui.theme import icon

_ICONS = {
    "error": QSystemTrayIcon.MessageIcon.Critical,
    "warning": QSystemTrayIcon.MessageIcon.Warning,
}
_CLICKS = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QObject):
    """The icon beside the system's clock; it is there from the first look on.

    Signals:
        wanted: the icon or its message was clicked: the window and what falls due are to be seen.
    """

    wanted = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self._icon: QSystemTrayIcon | None = None

    def show_line(self, text: str) -> None:
        """What the icon says when the mouse rests on it: the most urgent clock."""
        shown = self._shown()
        if shown is not None:
            shown.setToolTip(f"{self._title}\n{text}" if text else self._title)

    def tell(self, sentence: str, kind: str) -> None:
        """Says a sentence beside the icon."""
        shown = self._shown()
        if shown is not None and QSystemTrayIcon.supportsMessages():
            usual = QSystemTrayIcon.MessageIcon.Information
            shown.showMessage(say("complaints.panel.title"), sentence, _ICONS.get(kind, usual))

    def end(self) -> None:
        """The icon goes with the window."""
        if self._icon is not None:
            self._icon.hide()

    def _shown(self) -> QSystemTrayIcon | None:
        """The icon; None as long as the system has no tray. A tray may come later, or go for a while."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return None
        if self._icon is None:
            self._icon = QSystemTrayIcon(icon("fa6s.comments", "accent"), self)
            self._icon.messageClicked.connect(self.wanted)
            self._icon.activated.connect(self._clicked)
            self._icon.show()
        return self._icon

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _CLICKS:
            self.wanted.emit()
