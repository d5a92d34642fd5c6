"""The desk: what every use case is handed: the database, the moment, the rules, and whose hand it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from deskapp.base.assets import Assets
from deskapp.base.clock import Clock, NeverBack
from deskapp.base.errors import Refused
from deskapp.base.i18n import Word
from deskapp.db.drafts import DraftBox
from deskapp.db.unit import Unit, Who, reading, unit_of_work
from deskapp.domain.rules import Rules
from deskapp.domain.staff import Action, Role, may
from deskapp.services.changes import Changes


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as panels may know him.

    Attributes:
        id: 0 for the program itself (imports at the command line, the tour's preparations).
        number: staff number 工号.
    """

    id: int
    number: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Desk:
    """One workstation at work.

    Attributes:
        member: who sits there.
        name: the workstation's name, as in 前台1 or 验房 2 号台.
        estate_name: for titles and papers.
        drill: a practice estate: its paper says 演练 (S5).
        folder: the data folder of this workstation: drafts, backups, logs.
    """

    engine: Engine
    clock: Clock
    assets: Assets
    rules: Rules
    estate_id: int
    estate_name: str
    drill: bool
    member: Member
    name: str
    folder: Path
    drafts: DraftBox

    def staffed_by(self, member: Member) -> Desk:
        """The same desk with somebody else at it."""
        return replace(self, member=member)

    @property
    def who(self) -> Who:
        """Whose hand it is, as rows keep it."""
        return Who(self.estate_id, self.member.id, self.member.name, self.name)

    def now(self) -> datetime:
        """The moment, from the clock this desk was given."""
        return self.clock()

    def clock_behind(self) -> timedelta:
        """How far the machine's clock is behind the newest record; nothing while it is right."""
        return self.clock.behind if isinstance(self.clock, NeverBack) else timedelta()

    def require(self, action: Action) -> None:
        """Refuses what this member's role may not do (S2).

        Raises:
            Refused: ``staff.no_right``.
        """
        if not may(self.member.role, action):
            raise Refused("staff.no_right", action=Word(f"staff.action.{action.value}"))

    @contextmanager
    def unit(self, action: Action, command_id: str = "") -> Iterator[Unit]:
        """One user action in one transaction, after the role check (design: services).

        Args:
            action: the right it needs; its code names the command.
            command_id: client-made UUID; the same again changes nothing (design rule 2).
        """
        self.require(action)
        with unit_of_work(self.engine, self.who, self.now(), action.value, command_id) as unit:
            yield unit

    @contextmanager
    def unit_of_machine(self, name: str) -> Iterator[Unit]:
        """A transaction that no right is asked for: what the program notes by itself, such as a sign-in."""
        with unit_of_work(self.engine, self.who, self.now(), name) as unit:
            yield unit

    def reading(self) -> AbstractContextManager[Session]:
        """A session to read with."""
        return reading(self.engine)


def changes_of(unit: Unit) -> Changes:
    """What a unit changed, for its answer."""
    return Changes(frozenset(unit.changes))
