"""A panel's way to the services: reading in the background, and commands that are made once.

While the answer to a command is awaited the same asked again does nothing (L9), and after trouble of the
world it is sent again under the same id, so that it happens once at most.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.base.clock import day_of
from deskapp.base.errors import Conflict, DeskError, WorldError
from deskapp.domain.staff import Action, may
from deskapp.gui.runner import Runner
from deskapp.services.changes import Done
from deskapp.services.desk import Desk

T = TypeVar("T")
Told = Callable[[DeskError], None]


class Controller(QObject):
    """What every panel asks and does in the same way; a capability's own adds what it knows.

    Attributes:
        name: of the capability, such as ``movein``; keys of its reads begin with it.

    Signals:
        said: (sentence, kind) for the message bar; kinds ``info``, ``warning``, ``error``, ``done``.
    """

    said = Signal(str, str)

    def __init__(self, name: str, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name, self.desk, self.runner = name, desk, runner
        self._ids: dict[Hashable, str] = {}

    def now(self) -> datetime:
        """The moment at this desk."""
        return self.desk.now()

    def today(self) -> date:
        """The day at this desk."""
        return day_of(self.desk.now())

    def may(self, action: Action) -> bool:
        """Whether who sits here has a right."""
        return may(self.desk.member.role, action)

    def tell(self, error: DeskError) -> None:
        """Says an error of the world or of a rule to the clerk."""
        self.said.emit(error.sentence(), "error" if isinstance(error, WorldError) else "warning")

    def read(
        self,
        key: str,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Told | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Asks in the background; a newer question of the same key takes its place.

        Args:
            owner: who is answered; when it is gone by then, nobody is.
        """
        name = f"{self.name}.{key}.{id(self)}"
        self.runner.read(call, done=done, failed=failed or self.tell, key=name, owner=owner or self)

    def command(
        self,
        act: Hashable,
        call: Callable[[str], Done[T]],
        done: Callable[[T], None],
        *,
        failed: Told | None = None,
        busy: QWidget | None = None,
        conflicted: Callable[[], None] | None = None,
    ) -> bool:
        """Sends a command under an id that stays with the act until it is answered.

        Args:
            act: what is done with its inputs; the same again is the second click.
            call: gets the command's id.
            busy: greyed while the command runs.
            conflicted: told when somebody else changed the subject first, before ``failed`` is.

        Returns:
            Whether it was taken.
        """
        command_id = self._ids.setdefault(act, str(uuid.uuid4()))

        def answered(value: Any) -> None:
            self._ids.pop(act, None)
            done(value)

        def refused(error: DeskError) -> None:
            if not isinstance(error, WorldError):
                self._ids.pop(act, None)  # refused: asked again, it is another command
            if isinstance(error, Conflict) and conflicted is not None:
                conflicted()
            (failed or self.tell)(error)

        return self.runner.run(
            lambda: call(command_id),
            done=answered,
            failed=refused,
            busy=busy,
            key=f"{self.name} {command_id}",
            owner=self,
        )
