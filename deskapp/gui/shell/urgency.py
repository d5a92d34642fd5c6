"""The most urgent clock in every tab, and what must be told: in digests, not in bursts (L11, wireframes)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from deskapp.base.i18n import say
from deskapp.domain.staff import Action, may
from deskapp.gui.runner import Runner
from deskapp.gui.theme import icon
from deskapp.gui.widgets.spoken_time import Sense, exact, spoken
from deskapp.services.changes import Changes
from deskapp.services.complaints.alarms import Digest, digest, raise_due
from deskapp.services.complaints.clocks import Urgent, urgent
from deskapp.services.desk import Desk

ASK_EVERY = 30_000
"""Milliseconds between two looks, beside those after a change."""
FIRST_AFTER = 3_000
"""The window stands before the rules of the clocks are read."""
SOON_AFTER_CHANGE = 400
DIGEST_EVERY = timedelta(minutes=15)
"""Between two digests; a serious case is told at once."""
KINDS = ("ticket", "promise", "incident", "alarm", "clock")


@dataclass(frozen=True, slots=True)
class Line:
    """What the status line shows; ``banner`` while something serious is open."""

    text: str
    tip: str
    banner: bool
    late: bool


def line_of(found: Urgent, now: datetime) -> Line:
    """The line of a look, said as it is now."""
    if found.first is None:
        text = say("shell.urgent.none", n=found.open) if found.open else ""
        return Line(text, "", found.serious > 0, late=False)
    first = found.first
    left = spoken(first.due_at - now, Sense.DUE).text()
    key = "shell.urgent.serious" if found.serious else "shell.urgent.line"
    text = say(key, open=found.open, left=left, serious=found.serious)
    place = first.label or first.number
    tip = say("shell.urgent.tip", place=place, matter=first.matter, at=exact(first.due_at))
    return Line(text, tip, found.serious > 0, late=first.due_at < now)


class UrgencyWatch(QObject):
    """Looks at the clocks in the background for as long as the window stands.

    Signals:
        shown: the `Line` for the status line.
        told: (sentence, kind): serious alarms at once, all else together.
    """

    shown = Signal(object)
    told = Signal(str, str)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._since = self._last_digest = desk.now()
        self._told: set[int] = set()
        self._late: set[tuple[str, int, datetime]] = set()
        self._found: Urgent | None = None
        self._tray: QSystemTrayIcon | None = None
        self._each = QTimer(self, interval=ASK_EVERY)
        self._each.timeout.connect(self.look)
        self._soon = QTimer(self, singleShot=True, interval=SOON_AFTER_CHANGE)
        self._soon.timeout.connect(self.look)

    def start(self) -> None:
        """Begins to look, unless who sits here may not see complaints."""
        if may(self._desk.member.role, Action.COMPLAINTS_VIEW):
            self._soon.start(FIRST_AFTER)
            self._each.start()

    def stop(self) -> None:
        """Looks no more."""
        self._each.stop()
        self._soon.stop()
        if self._tray is not None:
            self._tray.hide()

    def changed(self, changes: Changes) -> None:
        """Something changed that may have a clock: looked at soon."""
        if self._each.isActive() and any(changes.touch(kind) for kind in KINDS):
            self._soon.start(SOON_AFTER_CHANGE)

    def look(self) -> None:
        """Reads how the clocks stand; heads are told of what is overdue, once for each thing."""
        desk, since = self._desk, self._since

        def ask() -> tuple[Urgent, Digest]:
            raise_due(desk)
            return urgent(desk), digest(desk, since)

        # A silent database is said by the status line already; the next look asks again.
        self._runner.read(ask, done=self._take, failed=lambda _: None, key="shell.urgency", owner=self)

    def _take(self, answer: tuple[Urgent, Digest]) -> None:
        self._found, found = answer
        self._since = found.at
        self.shown.emit(line_of(self._found, found.at))
        self._tell_serious(found)
        self._late |= {(row.what, row.clock_id, row.due_at) for row in found.late}
        if self._late and found.at - self._last_digest >= DIGEST_EVERY:
            self._tell(say("shell.urgent.digest", n=len(self._late), soon=len(found.soon)), "warning")
            self._late, self._last_digest = set(), found.at

    def _tell_serious(self, found: Digest) -> None:
        fresh = [alarm for alarm in found.at_once if alarm.alarm_id not in self._told]
        if not fresh:
            return
        self._told |= {alarm.alarm_id for alarm in fresh}
        places = "、".join(dict.fromkeys(alarm.label or alarm.number for alarm in fresh))
        self._tell(say("shell.urgent.at_once", n=len(fresh), places=places), "error")

    def _tell(self, sentence: str, kind: str) -> None:
        """In the window, and in the tray where the system has one."""
        self.told.emit(sentence, kind)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("fa6s.comments", "accent"), self)
            self._tray.setToolTip(say("shell.title", estate=self._desk.estate_name))
            self._tray.show()
        self._tray.showMessage(say("complaints.panel.title"), sentence)
