"""Work in the background: the window's thread never waits for the database, a file or a PDF (design rule 7).

Writes run one after another in the order they were asked for; reads run beside them, and of reads with the
same key only the newest is answered. Answers arrive on the window's thread.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.services.changes import Changes, Done

log = logging.getLogger(__name__)

SLOW_AFTER = 300
"""Milliseconds after which it is shown that work goes on."""
LONG_AFTER = 3000
"""Milliseconds after which work that reports its progress gets a bar, and a way to stop it."""


class Progress:
    """Handed to long work: it reports how far it is, and asks whether it shall stop.

    Attributes:
        done, total: of the last report.
        began: moment it was handed out, as `time.monotonic` counts.
        cancelled: whether the clerk wants it to stop; the work looks at it after a report.
    """

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report
        self._last = 0.0
        self.began = time.monotonic()
        self.done, self.total = 0, 0
        self.cancelled = False

    def __call__(self, done: int, total: int) -> None:
        """Says how far the work is; at most twenty times a second reach the window."""
        self.done, self.total = done, total
        now = time.monotonic()
        if done >= total or now - self._last > 0.05:
            self._last = now
            self._report(self)

    def cancel(self) -> None:
        """Asks the work to stop at its next report."""
        self.cancelled = True


@dataclass(eq=False)
class _Job:
    call: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[DeskError], None] | None
    owner: QObject | None
    key: str
    write: bool
    busy: QWidget | None
    had_focus: bool = False
    focus_went_to: QWidget | None = None
    answer: Any = None
    error: BaseException | None = None
    began: float = field(default_factory=time.monotonic)


class Runner(QObject):
    """Runs calls of services and hands their answers back to the panels.

    Signals:
        changed: `Changes` of a command, once a command, after its own panel was answered.
        saved: a command was committed.
        trouble: (sentence, kind) for the message bar, where the caller did not ask for the error itself.
        working: whether some work has been going on for longer than `SLOW_AFTER`.
        progressed: the `Progress` of work that reports.
        idled: the last answer was delivered; nothing runs.
    """

    changed = Signal(object)
    saved = Signal()
    trouble = Signal(str, str)
    working = Signal(bool)
    progressed = Signal(object)
    idled = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's threads, not QThreadPool: its start(callable) miscounts references to None before 3.12.
        self._writes = ThreadPoolExecutor(1, "writes")
        self._reads = ThreadPoolExecutor(2, "reads")
        self._running: list[_Job] = []
        self._newest: dict[str, _Job] = {}
        self._closed = False
        self._held: list[_Job] | None = None
        self._shows_working = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._slow = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._slow.timeout.connect(self._look_at_the_time)

    def run(
        self,
        call: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
        busy: QWidget | None = None,
        key: str = "",
        owner: QObject | None = None,
    ) -> bool:
        """Runs a command of the services, after those asked for before it.

        Args:
            call: without arguments, such as a lambda over ``services.movein.line.serve``; answers `Done`.
            done: gets the value of `Done` on the window's thread.
            failed: gets a `DeskError`; without it the sentence goes to `trouble`.
            busy: greyed while the command runs; a second click does nothing (L9).
            key: a command whose key is running already is not run again (L9).
            owner: when it is gone, the answer is not delivered; ``busy`` stands in for it.

        Returns:
            Whether it was taken.
        """
        if self._closed or (key and any(job.write and job.key == key for job in self._running)):
            return False
        self._start(_Job(call, done, failed, owner or busy, key, True, busy))
        return True

    def read(
        self,
        call: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
        key: str = "",
        owner: QObject | None = None,
    ) -> None:
        """Reads beside the commands; of several reads with one key only the newest is answered."""
        if self._closed:
            return
        job = _Job(call, done, failed, owner, key, False, None)
        if key:
            self._newest[key] = job
        self._start(job)

    def _start(self, job: _Job) -> None:
        if job.busy is not None:
            job.had_focus = job.busy.hasFocus()
            job.busy.setEnabled(False)
            job.focus_went_to = QApplication.focusWidget()
        self._running.append(job)
        if not self._slow.isActive():
            self._slow.start(SLOW_AFTER)
        if self._held is None:
            self._submit(job)
        else:
            self._held.append(job)

    def _submit(self, job: _Job) -> None:
        (self._writes if job.write else self._reads).submit(self._work, job)

    def hold(self) -> None:
        """Takes work but begins none: while a window is made, nobody shares the interpreter with it."""
        self._held = self._held or []

    def release(self) -> None:
        """Begins the work that was held, and all that comes after."""
        held, self._held = self._held, None
        for job in held or ():
            self._submit(job)

    def _work(self, job: _Job) -> None:
        if not job.key or job.write or self._newest.get(job.key) is job:
            try:
                job.answer = job.call()
            except BaseException as error:  # noqa: BLE001 - a bug must reach the log and the clerk, not the pool
                job.error = error
        if isValid(self):
            self._finished.emit(job)

    def _deliver(self, job: _Job) -> None:
        if self._closed:
            return
        self._running.remove(job)
        if job.busy is not None and isValid(job.busy):
            job.busy.setEnabled(True)
            if job.had_focus and QApplication.focusWidget() is job.focus_went_to:  # nobody typed meanwhile
                job.busy.setFocus()
        newest = not job.key or job.write or self._newest.get(job.key) is job
        if newest:
            if not job.write:
                self._newest.pop(job.key, None)
            try:
                self._answer(job)
            except Exception as error:  # noqa: BLE001 - a panel that stumbles over its answer is a bug of ours
                self.incident(error)
        self._look_at_the_time()
        if not self._running:
            self.idled.emit()

    def _answer(self, job: _Job) -> None:
        if job.error is not None:
            self._fail(job, job.error)
            return
        value, changes = job.answer, Changes()
        if isinstance(job.answer, Done):
            value, changes = job.answer.value, job.answer.changes
        if changes:
            self.saved.emit()
        try:
            if job.done is not None and (job.owner is None or isValid(job.owner)):
                job.done(value)
        finally:  # what was committed is told to everybody, whatever its own panel made of it
            if changes:
                self.changed.emit(changes)

    def _fail(self, job: _Job, error: BaseException) -> None:
        if isinstance(error, DeskError):
            if job.failed is not None and (job.owner is None or isValid(job.owner)):
                job.failed(error)
            else:
                self.trouble.emit(error.sentence(), "error")
            return
        self.incident(error)

    def incident(self, error: BaseException) -> None:
        """Logs a bug of ours whole, and says the number under which it is found (design rule 8)."""
        number = secrets.token_hex(3).upper()
        log.error("incident %s", number, exc_info=error)
        self.trouble.emit(say("shell.incident", number=number), "error")

    def _look_at_the_time(self) -> None:
        """Says that work goes on once something has run for long, and that it does no more."""
        oldest = min((job.began for job in self._running), default=None)
        left = 1.0 if oldest is None else SLOW_AFTER / 1000 - (time.monotonic() - oldest)
        if (left <= 0) != self._shows_working:
            self._shows_working = left <= 0
            self.working.emit(self._shows_working)
        if oldest is None:
            self._slow.stop()
        elif left > 0:
            self._slow.start(int(left * 1000) + 1)

    @property
    def idle(self) -> bool:
        """Whether nothing runs and every answer was delivered."""
        return not self._running

    def progress(self) -> Progress:
        """A progress whose reports arrive as `progressed`."""
        return Progress(self._report)

    def _report(self, progress: Progress) -> None:
        if isValid(self):
            self.progressed.emit(progress)

    def close(self) -> None:
        """Lets commands that were taken come to their end, forgets reads, and delivers nothing more."""
        self.release()
        self._closed = True
        self._slow.stop()
        self._reads.shutdown(cancel_futures=True)
        self._writes.shutdown()
        self._running.clear()
