"""Half-filled forms kept on the workstation at every pause in typing, and offered again (design rule 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.wording import moment_text
from deskapp.services.desk import Desk
from deskapp.services.drafts import drop_draft, keep_draft

PAUSE_MS = 500
"""Without typing, before what is typed is kept."""
INTAKE, TICKET = "complaints.intake.", "complaints.ticket."
INCIDENT, MONTH = "complaints.incident.", "complaints.month."


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is offered; ``saved`` as people read it."""

    key: str
    title: str
    saved: str
    values: dict[str, Any]

    @property
    def subject(self) -> int:
        """The house or ticket it belongs to, 0 for none."""
        ending = self.key.rsplit(".", 1)[1]
        return int(ending) if ending.isdecimal() else 0


Collect = Callable[[], tuple[str, str, dict[str, Any]] | None]
"""Key, title and values of what is typed now; None where nothing is before one. Empty values mean that
nothing is half filled in: the draft is dropped."""


class DraftKeeper(QObject):
    """Keeps what `collect` answers, in the background and in the order of typing."""

    def __init__(self, controller: ComplaintsController, collect: Collect, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._collect = controller, collect
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._order = threading.Lock()
        self._asked = 0
        self._written: dict[str, int] = {}

    def typed(self) -> None:
        """Something was typed; it is kept at the next pause."""
        self._pause.start()

    def keep(self) -> None:
        """Keeps what is typed now."""
        call = self._writing()
        if call is not None:
            self._controller.runner.read(call, done=lambda _: None, failed=self._controller.tell)

    def keep_at_once(self) -> None:
        """Keeps what is typed before the window goes; waits for the file."""
        call = self._writing()
        if call is not None:
            call()

    def _writing(self) -> Callable[[], None] | None:
        self._pause.stop()
        found = self._collect()
        if found is None:
            return None
        key, title, values = found
        return self._write(key, lambda desk: _put(desk, key, title, values))

    def drop(self, key: str) -> None:
        """Forgets a draft: it was saved, or the clerk does not want it."""
        self._pause.stop()
        call = self._write(key, lambda desk: drop_draft(desk, key))
        self._controller.runner.read(call, done=lambda _: None, failed=self._controller.tell)

    def _write(self, key: str, call: Callable[[Desk], None]) -> Callable[[], None]:
        desk = self._controller.desk
        self._asked += 1
        turn = self._asked

        def write() -> None:
            with self._order:  # two readers of the runner may be at it; the later typing stands
                if self._written.get(key, 0) <= turn:
                    self._written[key] = turn
                    call(desk)

        return write

    def find(self, key: str, found: Callable[[Kept | None], None]) -> None:
        """Asks for the draft of a key."""
        desk = self._controller.desk

        def ask() -> Kept | None:
            draft = desk.drafts.find(key)
            return Kept(draft.key, draft.title, _clock(draft.saved_at), draft.values) if draft else None

        self._controller.read("draft", ask, found)

    def left_over(self, found: Callable[[tuple[Kept, ...]], None]) -> None:
        """Asks for every draft of this panel, the newest first."""
        desk = self._controller.desk

        def ask() -> tuple[Kept, ...]:
            return tuple(
                Kept(each.key, each.title, _clock(each.saved_at), each.values)
                for each in desk.drafts.all()
                if each.key.startswith((INTAKE, TICKET, INCIDENT))
            )

        self._controller.read("drafts", ask, found)


def _put(desk: Desk, key: str, title: str, values: dict[str, Any]) -> None:
    if values:
        keep_draft(desk, key, title, values)
    else:
        drop_draft(desk, key)


def _clock(saved_at: str) -> str:
    try:
        return moment_text(datetime.fromisoformat(saved_at))
    except ValueError:
        return saved_at
