"""What a test may not leave behind unseen: lines in the log, running threads, open windows."""

from __future__ import annotations

import gc
import logging
import re
import threading
from dataclasses import dataclass, field

JOIN_SECONDS = 5.0


@dataclass(slots=True)
class _Expected:
    pattern: re.Pattern[str]
    logger: str
    level: int
    seen: int = 0

    def takes(self, record: logging.LogRecord) -> bool:
        in_logger = record.name == self.logger or record.name.startswith(f"{self.logger}.") or not self.logger
        return in_logger and record.levelno >= self.level and bool(self.pattern.search(record.getMessage()))


@dataclass(slots=True)
class LogWatch:
    """Every log line at WARNING or above; a test names those it expects, all others are faults.

    Example:
        def test_gate(log_watch):
            log_watch.expect(r"printer .* missing", logger="deskapp.services")
    """

    _expected: list[_Expected] = field(default_factory=list)
    _records: list[logging.LogRecord] = field(default_factory=list)

    def expect(self, pattern: str, logger: str = "", level: int = logging.WARNING) -> None:
        """Announces lines matching a regular expression; one must come, in that logger or below it."""
        self._expected.append(_Expected(re.compile(pattern), logger, level))

    @property
    def records(self) -> tuple[logging.LogRecord, ...]:
        """The lines so far, expected or not."""
        return tuple(self._records)

    def add(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def faults(self) -> list[str]:
        """Lines nobody expected, and expectations that no line met."""
        stray = []
        for record in self._records:
            takers = [wanted for wanted in self._expected if wanted.takes(record)]
            for wanted in takers:
                wanted.seen += 1
            if not takers:
                stray.append(f"stray log line: {record.levelname} {record.name}: {record.getMessage()}")
        unmet = [f"no log line matched {w.pattern.pattern!r}" for w in self._expected if not w.seen]
        return stray + unmet


class WatchHandler(logging.Handler):
    """Hands lines at WARNING and above to the watch."""

    def __init__(self, watch: LogWatch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.add(record)


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Names of Python threads begun since ``before`` that still run, after they had time to end.

    A thread that Qt began and Python only passed through has no end that Python sees (its name says
    Dummy); the pool that owns it is waited for by the fixture of ``tests/gui``.
    """
    left = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(JOIN_SECONDS)
        if thread.is_alive():
            left.append(thread.name)
    return sorted(left)


class WindowWatch:
    """The top-level widgets there were before a test, to tell those it left behind."""

    # Qt makes these for itself and keeps them: the bubble of a tooltip, the blinking of a rubber band.
    QT_OWN = frozenset({"QTipLabel", "QWhatsThat"})

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        self._before = list(QApplication.topLevelWidgets())  # held, so that no address is used again

    def left(self) -> list[str]:
        """Windows left by the test, as ``Class objectName``."""
        from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

        QThreadPool.globalInstance().waitForDone(int(JOIN_SECONDS * 1000))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        if self._new():
            gc.collect()  # a window in a cycle of Python objects is forgotten, not left open
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return self._new()

    def _new(self) -> list[str]:
        from PySide6.QtWidgets import QApplication
        from shiboken6 import getCppPointer, isValid

        known = {getCppPointer(widget)[0] for widget in self._before if isValid(widget)}
        return sorted(
            f"{widget.metaObject().className()} {widget.objectName() or '(no objectName)'}"
            for widget in QApplication.topLevelWidgets()
            if getCppPointer(widget)[0] not in known and widget.metaObject().className() not in self.QT_OWN
        )
