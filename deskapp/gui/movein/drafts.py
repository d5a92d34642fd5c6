"""Half-filled forms kept on the workstation at every pause in typing, and offered again (design rule 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.wording import moment_text
from deskapp.services.desk import Desk
from deskapp.services.drafts import drop_draft, keep_draft

PAUSE_MS = 500
"""Without typing, before what is typed is kept."""
OF_PASS, OF_HOUSE = "movein.pass.", "movein.house."


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is offered.

    Attributes:
        saved: when it was kept, as people read it.
    """

    key: str
    title: str
    saved: str
    values: dict[str, Any]


class DraftKeeper(QObject):
    """Keeps what `collect` answers, in the background and in the order of typing.

    Args:
        collect: key, title and values of what is typed now; None where nothing is before one. Empty
            values mean that nothing is half filled in: the draft is dropped.
    """

    def __init__(
        self,
        controller: MoveinController,
        collect: Callable[[], tuple[str, str, dict[str, Any]] | None],
        parent: QObject,
    ) -> None:
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
            self._controller.runner.read(call, done=_nothing, failed=self._controller.tell)

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
        desk = self._controller.desk
        self._asked += 1
        turn = self._asked

        def write() -> None:
            with self._order:  # two readers of the runner may be at it; the later typing stands
                if self._written.get(key, 0) > turn:
                    return
                self._written[key] = turn
                if values:
                    keep_draft(desk, key, title, values)
                else:
                    drop_draft(desk, key)

        return write

    def find(self, key: str, found: Callable[[Kept | None], None]) -> None:
        """Asks for the draft of a key."""
        desk = self._controller.desk
        self._controller.read("draft", lambda: _of_key(desk, key), found)

    def left_over(self, found: Callable[[tuple[Kept, ...]], None]) -> None:
        """Asks for the drafts of passes and houses, the newest first."""
        desk = self._controller.desk
        self._controller.read("drafts", lambda: _of_movein(desk), found)

    def drop(self, key: str) -> None:
        """Throws a draft away at the clerk's wish."""
        desk = self._controller.desk
        self._controller.runner.read(
            lambda: drop_draft(desk, key), done=_nothing, failed=self._controller.tell
        )


def _of_key(desk: Desk, key: str) -> Kept | None:
    draft = desk.drafts.find(key)
    return Kept(draft.key, draft.title, _clock(draft.saved_at), draft.values) if draft else None


def _of_movein(desk: Desk) -> tuple[Kept, ...]:
    return tuple(
        Kept(d.key, d.title, _clock(d.saved_at), d.values)
        for d in desk.drafts.all()
        if d.key.startswith((OF_PASS, OF_HOUSE))
    )


def _clock(saved_at: str) -> str:
    try:
        return moment_text(datetime.fromisoformat(saved_at))
    except ValueError:
        return saved_at


def _nothing(_: object) -> None:
    pass
