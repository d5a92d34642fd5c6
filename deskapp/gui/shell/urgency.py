"""The most urgent clock in every tab, and what must be told: in digests, not in bursts (L11, wireframes)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.staff import Action, may
from deskapp.gui.runner import Runner
from deskapp.gui.shell.tray import Tray
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import Sense, exact, spoken
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk

if TYPE_CHECKING:
    from deskapp.domain.complaints import clocks as states
    from deskapp.services.complaints import alarms, calendars, clocks
    from deskapp.services.complaints.alarms import Digest
    from deskapp.services.complaints.clocks import Urgent
    from deskapp.services.complaints.views import ClockRow
else:
    (states,) = later("deskapp.domain.complaints", "clocks")
    alarms, calendars, clocks = later("deskapp.services.complaints", "alarms", "calendars", "clocks")

ASK_EVERY = 30_000
"""Milliseconds between two looks, beside those after a change."""
FIRST_AFTER = 500
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
    first, gravest = found.first, found.first_serious
    values: dict[str, Any] = {"open": found.open, "left": _left(first, now), "serious": found.serious}
    if gravest is not None and gravest != first:
        text = say("shell.urgent.serious_due", serious_left=_left(gravest, now), **values)
    else:
        text = say("shell.urgent.serious" if found.serious else "shell.urgent.line", **values)
    told = [row for row in (gravest, first) if row is not None]
    tip = "\n".join(dict.fromkeys(_tip(row) for row in told))
    return Line(text, tip, found.serious > 0, late=first.due_at < now)


def _left(row: ClockRow, now: datetime) -> str:
    if row.state is states.ClockState.WAITING:
        return say("complaints.panel.list.stands_still")
    return spoken(row.due_at - now, Sense.DUE).text()


def _tip(row: ClockRow) -> str:
    place = row.label or row.number
    return say("shell.urgent.tip", place=place, matter=row.matter, at=exact(row.due_at))


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look found; ``moved`` clocks have another time since the rules or calendars changed."""

    urgent: Urgent
    digest: Digest
    moved: int
    changes: Changes


Subject = tuple[int, datetime]
"""A thing that falls due, and when: it is told again only if it falls due anew."""


class UrgencyWatch(QObject):
    """Looks at the clocks in the background for as long as the window stands.

    Signals:
        shown: the `Line` for the status line.
        told: (sentence, kind, number): serious cases at once with the ticket's number, all else together
            without one.
        wanted: what falls due is to be seen, from outside the window.
    """

    shown = Signal(object)
    told = Signal(str, str, str)
    wanted = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._since = desk.now()
        self._last_digest: datetime | None = None
        self._serious_told: set[int] = set()
        self._waiting: set[Subject] = set()
        self._told: set[Subject] = set()
        self._found: Urgent | None = None
        self._tray = Tray(say("shell.title", estate=desk.estate_name), self)
        self._tray.wanted.connect(self.wanted)
        self._each = QTimer(self, interval=ASK_EVERY)
        self._each.timeout.connect(lambda: self.look())
        self._soon = QTimer(self, singleShot=True, interval=SOON_AFTER_CHANGE)
        self._soon.timeout.connect(lambda: self.look(raising=self._found is None))

    def start(self) -> None:
        """Begins to look, unless who sits here may not see complaints."""
        if may(self._desk.member.role, Action.COMPLAINTS_VIEW):
            self._soon.start(FIRST_AFTER)
            self._each.start()

    def stop(self) -> None:
        """Looks no more."""
        self._each.stop()
        self._soon.stop()
        self._tray.end()

    def changed(self, changes: Changes) -> None:
        """Something changed that may have a clock: looked at soon."""
        if self._each.isActive() and any(changes.touch(kind) for kind in KINDS):
            self._soon.start(SOON_AFTER_CHANGE)

    def look(self, *, raising: bool = True) -> None:
        """Reads how the clocks stand.

        Args:
            raising: heads are told of what is overdue, once for each thing. A look after a change only reads:
                what it raised would be the next change.
        """
        desk, since, first = self._desk, self._since, self._found is None

        def ask() -> _Look:
            moved, changes = calendars.follow_rules(desk) if first else (0, Changes())
            changes |= alarms.raise_due(desk)
            return _Look(clocks.urgent(desk), alarms.digest(desk, since), moved, changes)

        # A silent database is said by the status line already; the next look asks again.
        self._runner.read(ask, done=self._take, failed=lambda _: None, key="shell.urgency", owner=self)

    def _take(self, answer: _Look) -> None:
        self._found, found = answer.urgent, answer.digest
        self._since = found.at
        if answer.changes:
            self._runner.changed.emit(answer.changes)
        if answer.moved:
            self._tell(say("shell.urgent.moved", n=answer.moved), "warning", "")
        line = line_of(self._found, found.at)
        self.shown.emit(line)
        self._tray.show_line(line.text)
        self._tell_serious(found)
        self._tell_together(found)

    def _tell_serious(self, found: Digest) -> None:
        fresh = [alarm for alarm in found.at_once if alarm.alarm_id not in self._serious_told]
        if not fresh:
            return
        self._serious_told |= {alarm.alarm_id for alarm in fresh}
        self._told |= {(alarm.subject_id, alarm.due_at) for alarm in fresh}
        places = listed(dict.fromkeys(alarm.label or alarm.number for alarm in fresh))
        tickets = {alarm.number for alarm in fresh}
        sentence = say("shell.urgent.at_once", n=len(tickets), places=places)
        self._tell(sentence, "error", fresh[0].number if len(tickets) == 1 else "")

    def _tell_together(self, found: Digest) -> None:
        """What fell due since the last digest, and what this post was told of elsewhere, in one sentence."""
        due = {(row.clock_id, row.due_at) for row in found.late}
        due |= {(alarm.subject_id, alarm.due_at) for alarm in found.alarms}
        self._waiting |= due - self._told
        if self._last_digest is not None and found.at < self._last_digest:
            self._last_digest = found.at  # the clock was set back: counted from there
        rests = self._last_digest is not None and found.at - self._last_digest < DIGEST_EVERY
        if not self._waiting or rests:
            return
        sentence = say("shell.urgent.digest", n=len(self._waiting))
        if found.soon:
            soon = say("shell.urgent.soon", n=len(found.soon))
            sentence = say("shell.urgent.digest_soon", digest=sentence, soon=soon)
        self._told |= self._waiting
        self._waiting, self._last_digest = set(), found.at
        self._tell(sentence, "warning", "")

    def _tell(self, sentence: str, kind: str, number: str) -> None:
        """In the window, and in the tray where the system has one."""
        self.told.emit(sentence, kind, number)
        self._tray.tell(sentence, kind)
