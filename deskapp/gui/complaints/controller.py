"""What the complaint panel knows, and its way to the services.

A command is made once: while its answer is awaited the same asked again does nothing (L9), and after
trouble of the world it is sent again under the same id, so that it happens once at most.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.base.clock import day_of
from deskapp.base.errors import Conflict, DeskError, WorldError
from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.staff import Action, may
from deskapp.domain.workdays import DeskHours
from deskapp.gui.complaints.wording import word
from deskapp.gui.runner import Runner
from deskapp.services.changes import Done
from deskapp.services.complaints import rules as rules_service
from deskapp.services.desk import Desk

T = TypeVar("T")


class ComplaintsController(QObject):
    """Reads and commands of the panel.

    Signals:
        said: (sentence, kind) for the message bar.
    """

    said = Signal(str, str)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.runner = desk, runner
        self._ids: dict[Hashable, str] = {}

    # -- what is in force

    @cached_property
    def rules(self) -> ComplaintRules:
        """The rules of the complaint desk."""
        return rules_service.rules(self.desk)

    @cached_property
    def hours(self) -> DeskHours:
        """The desk's hours."""
        return rules_service.hours(self.desk)

    def causes(self) -> dict[str, str]:
        """What a case may wait for: code -> name."""
        return {cause.code: word(cause.label) for cause in self.rules.clocks.causes}

    def now(self) -> datetime:
        """The moment at this desk."""
        return self.desk.now()

    def today(self) -> date:
        """The day at this desk."""
        return day_of(self.desk.now())

    def may(self, action: Action) -> bool:
        """Whether who sits here has a right."""
        return may(self.desk.member.role, action)

    # -- reading

    def read(
        self,
        key: str,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Asks in the background; a newer question of the same key takes its place."""
        name = f"complaints.{key}.{id(self)}"
        self.runner.read(call, done=done, failed=failed or self.tell, key=name, owner=self)

    def tell(self, error: DeskError) -> None:
        """Says an error to the clerk."""
        self.said.emit(error.sentence(), "error" if isinstance(error, WorldError) else "warning")

    # -- doing

    def command(
        self,
        key: tuple[Hashable, ...],
        call: Callable[[str], Done[T]],
        done: Callable[[T], None],
        *,
        failed: Callable[[DeskError], None] | None = None,
        busy: QWidget | None = None,
        conflicted: Callable[[], None] | None = None,
    ) -> bool:
        """Sends a command.

        Args:
            key: what it is with its inputs; the same again is the second click.
            call: gets the command's id.
            conflicted: told when somebody else changed the subject first, before ``failed`` is.

        Returns:
            Whether it was taken.
        """
        command_id = self._ids.setdefault(key, str(uuid.uuid4()))

        def answered(value: Any) -> None:
            self._ids.pop(key, None)
            done(value)

        def refused(error: DeskError) -> None:
            if not isinstance(error, WorldError):
                self._ids.pop(key, None)  # refused: asked again, it is another command
            if isinstance(error, Conflict) and conflicted is not None:
                conflicted()
            (failed or self.tell)(error)

        return self.runner.run(
            lambda: call(command_id),
            done=answered,
            failed=refused,
            busy=busy,
            key=f"complaints.{key!r}.{id(self)}",
            owner=self,
        )


def part_of(command_id: str, part: str) -> str:
    """The id of a further command of one act of the clerk: the same again for the same act."""
    return str(uuid.uuid5(uuid.UUID(command_id), part))
