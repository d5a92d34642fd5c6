"""Half-filled forms kept on the workstation at every pause in typing, and offered again (design rule 4).

What is asked last of a key is what stands: a draft kept while its form was being saved is not there again
after the save dropped it, however slow the disk is and whoever is at it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.controller import Controller
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.spoken_time import moment_text
from deskapp.services.drafts import drafts_under, drop_draft, find_draft, keep_draft

PAUSE_MS = 500
"""Without typing, before what is typed is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is offered.

    Attributes:
        key: ends in a dot and what it belongs to, such as ``movein.pass.12345``.
        saved: when it was kept, as people read it.
    """

    key: str
    title: str
    saved: str
    values: dict[str, Any]

    @property
    def subject(self) -> int:
        """The id of what it belongs to, 0 for none."""
        ending = self.key.rsplit(".", 1)[1]
        return int(ending) if ending.isdecimal() else 0


Typed = tuple[str, str, dict[str, Any]]
"""Key, title and values of what is typed now; empty values mean that nothing is half filled in."""


class DraftKeeper(QObject):
    """Keeps what `collect` answers, in the background.

    Args:
        collect: what is typed now; None where nothing is before one.
    """

    def __init__(self, controller: Controller, collect: Callable[[], Typed | None], parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._collect = controller, collect
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._one_at_a_time = threading.Lock()
        self._asked: dict[str, Callable[[], None]] = {}

    # -- keeping

    def typed(self) -> None:
        """Something was typed; it is kept at the next pause."""
        self._pause.start()

    def keep(self) -> None:
        """Keeps what is typed now."""
        self._collect_now()
        self._catch_up_later()

    def keep_at_once(self) -> None:
        """Keeps what is typed before the window goes; waits until all that was asked stands on the disk.

        Raises:
            WorldError: ``drafts.not_kept``.
        """
        self._collect_now()
        self._catch_up()

    def drop(self, key: str) -> None:
        """Forgets a draft: it was saved, or the clerk does not want it."""
        if self._pause.isActive():
            self._collect_now()  # typed for another key, it shall not be lost; for this one it is dropped too
        desk = self._controller.desk
        self._asked[key] = lambda: drop_draft(desk, key)
        self._catch_up_later()

    def _collect_now(self) -> None:
        self._pause.stop()
        found = self._collect()
        if found is not None:
            key, title, values = found
            desk = self._controller.desk
            put = (lambda: keep_draft(desk, key, title, values)) if values else lambda: drop_draft(desk, key)
            self._asked[key] = put

    def _catch_up_later(self) -> None:
        if self._asked:
            self._controller.runner.read(self._catch_up, done=_nothing, failed=self._controller.tell)

    def _catch_up(self) -> None:
        """Does what was asked: of each key the last, and nothing while another thread is at it."""
        trouble: DeskError | None = None
        with self._one_at_a_time:
            while self._asked:
                _key, put = self._asked.popitem()
                try:
                    put()
                except DeskError as error:  # the others are kept all the same
                    trouble = error
        if trouble is not None:
            raise trouble

    # -- looking

    def find(self, key: str, found: Callable[[Kept | None], None]) -> None:
        """Asks for the draft of a key, as it is after all that was asked before."""
        desk = self._controller.desk

        def ask() -> Kept | None:
            self._catch_up()
            draft = find_draft(desk, key)
            return Kept(draft.key, draft.title, _clock(draft.saved_at), draft.values) if draft else None

        self._controller.read("draft", ask, found)

    def left_over(self, beginnings: tuple[str, ...], found: Callable[[tuple[Kept, ...]], None]) -> None:
        """Asks for every draft whose key begins so, the newest first."""
        desk = self._controller.desk

        def ask() -> tuple[Kept, ...]:
            self._catch_up()
            return tuple(
                Kept(draft.key, draft.title, _clock(draft.saved_at), draft.values)
                for draft in drafts_under(desk, beginnings)
            )

        self._controller.read("drafts", ask, found)

    # -- offering

    def offer(
        self, messages: MessageBar, kept: Kept | None, put_back: Callable[[Kept], object], what: str = ""
    ) -> None:
        """Offers the draft of what is before one; None takes an older offer away.

        Args:
            what: which form it is of, where there are several.
        """
        if kept is None:
            messages.clear("draft")
            return
        actions = (
            (say("widgets.draft.put_back"), lambda: put_back(kept)),
            (say("widgets.draft.drop"), lambda: self.drop(kept.key)),
        )
        what = what or say("widgets.draft.something")
        sentence = say("widgets.draft.here", what=what, saved=kept.saved)
        messages.show_message("info", sentence, actions, key="draft")


def offer_left_over(messages: MessageBar, left: tuple[Kept, ...], open_it: Callable[[Kept], object]) -> None:
    """Offers the newest of what was not finished when the program ended."""
    if not left:
        return
    newest = left[0]
    sentence = say("widgets.draft.left", n=len(left), title=newest.title, saved=newest.saved)
    actions = ((say("widgets.draft.open"), lambda: open_it(newest)),)
    messages.show_message("info", sentence, actions, key="left_over")


def _clock(saved_at: str) -> str:
    try:
        return moment_text(datetime.fromisoformat(saved_at))
    except ValueError:
        return saved_at


def _nothing(_: object) -> None:
    pass
