"""A time that goes on by itself, with the exact one on hover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from deskapp.base.clock import system_clock
from deskapp.gui.widgets.naming import named, with_property
from deskapp.gui.widgets.spoken_time import Sense, exact, spoken

MINUTE = 60_000


class TimeText(QLabel):
    """Says how long it is until or since a moment; counted again once a minute while it is shown.

    What is overdue is said so in words and in the colour of danger.

    Args:
        now: the present moment.
        interval: milliseconds between two counts.
    """

    def __init__(
        self,
        object_name: str,
        *,
        now: Callable[[], datetime] = system_clock,
        interval: int = MINUTE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, object_name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._now = now
        self._moment: datetime | None = None
        self._sense = Sense.DUE
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.count)

    def set_moment(self, moment: datetime | None, sense: Sense = Sense.DUE) -> None:
        """Shows a moment, an aware time; None shows nothing."""
        self._moment, self._sense = moment, sense
        self.count()

    def count(self) -> None:
        """Says it as it is now."""
        if self._moment is None:
            self.clear()
            self.setToolTip("")
            return
        away = self._moment - self._now()
        overdue = self._sense is Sense.DUE and away < timedelta()
        self.setText(spoken(away if self._sense is Sense.DUE else -away, self._sense).text())
        self.setToolTip(exact(self._moment))
        self.setAccessibleDescription(exact(self._moment))
        with_property(self, "role", "danger" if overdue else "")

    def showEvent(self, event: QShowEvent) -> None:
        self.count()
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
