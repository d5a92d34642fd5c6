"""The unit of work: one user action, one transaction, its history, audit entry and changes (rule 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Update, bindparam, select, update
from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.later import later
from deskapp.db.audit import add_entry, locked_head
from deskapp.db.base import new_id
from deskapp.db.engine import said_to_the_clerk

if TYPE_CHECKING:
    from deskapp.db.tables import record
else:
    (record,) = later("deskapp.db.tables", "record")


@dataclass(frozen=True, slots=True)
class Who:
    """Whose hand it is.

    Attributes:
        estate_id: the estate all rows belong to.
        staff_id, name: the member of staff, 0 and the program's name for the machine itself.
        desk: the workstation's name.
    """

    estate_id: int
    staff_id: int
    name: str
    desk: str


@cache
def _keep_answer() -> Update:
    """Ends every command, so it is built once."""
    return (
        update(record.Command)
        .where(
            record.Command.estate_id == bindparam("estate"),
            record.Command.command_id == bindparam("command"),
        )
        .values(answer=bindparam("answer"))
    )


@dataclass
class Unit:
    """One unit of work, open until its block ends.

    Attributes:
        session: the rows; nothing outside the block may keep one.
        now: the moment of the action, one for all its rows.
        command_id: the client-made UUID.
        answered: what the same command answered before, None when it is new.
        changes: (kind, id) of the things changed so far.
    """

    session: Session
    who: Who
    now: datetime
    command_id: str
    answered: dict[str, Any] | None = None
    changes: set[tuple[str, int]] = field(default_factory=set)
    _answer: dict[str, Any] = field(default_factory=dict)
    _audit: list[dict[str, Any]] = field(default_factory=list)

    @property
    def estate_id(self) -> int:
        """The estate all rows belong to."""
        return self.who.estate_id

    def answer(self, **values: Any) -> None:
        """Keeps what a repetition of this command must answer: ids and numbers, JSON values only."""
        self._answer = values

    def number(self, letters: str) -> str:
        """The next number of a yearly series, ``SJ-2026-000001``; no gap, whoever asks at the same time."""
        year = day_of(self.now).year
        return f"{letters}-{year}-{self.count(f'{letters}-{year}'):06d}"

    def count(self, series: str) -> int:
        """The next whole number of any series, from 1; taken only if this unit commits."""
        dialect = self.session.get_bind().dialect.name
        make = _insert_of(dialect)
        statement = make(record.NumberSeries).values(estate_id=self.estate_id, series=series, last=1)
        statement = statement.on_conflict_do_update(
            index_elements=["estate_id", "series"], set_={"last": record.NumberSeries.last + 1}
        )
        return int(self.session.execute(statement.returning(record.NumberSeries.last)).scalar_one())

    def record(
        self,
        act: str,
        kind: str,
        subject_id: int,
        *,
        house_id: int | None = None,
        data: dict[str, Any] | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Writes the action down: a history row, an audit entry, change events for the thing and its house.

        Args:
            act: dotted code, its sentence under ``history.`` in the translations.
            kind: of the thing, such as ``pass``.
            data: values of the sentence; also audited as ``after`` where that is not given.
        """
        values = data or {}
        self.session.add(record.History(**self.history_row(act, kind, subject_id, house_id, values)))
        self.audit(act, kind, subject_id, before or {}, values if after is None else after)
        self.touch(kind, subject_id)
        if house_id is not None:
            self.touch("house", house_id)

    def history_row(
        self, act: str, kind: str, subject_id: int, house_id: int | None, data: dict[str, Any]
    ) -> dict[str, Any]:
        """The columns of one history row by this hand, for who writes many in one statement."""
        return {
            "estate_id": self.estate_id,
            "id": new_id(),
            "at": self.now,
            "kind": kind,
            "subject_id": subject_id,
            "house_id": house_id,
            "staff_id": self.who.staff_id,
            "staff": self.who.name,
            "desk": self.who.desk,
            "act": act,
            "data": data,
            "command_id": self.command_id,
        }

    def audit(
        self, act: str, kind: str, subject_id: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """An audit entry alone, for acts that change nothing, such as a look at masked data."""
        self._audit.append(
            {"act": act, "kind": kind, "subject_id": subject_id, "before": before, "after": after}
        )

    def touch(self, kind: str, subject_id: int) -> None:
        """Says that a thing changed, to this and the other workstations."""
        self.changes.add((kind, subject_id))

    def finish(self) -> None:
        """Writes what stands at the end of the transaction: answer, audit links, change events."""
        self.session.flush()
        if self.command_id and self.answered is None:
            own = {"estate": self.estate_id, "command": self.command_id, "answer": self._answer}
            self.session.connection().execute(_keep_answer(), own)
        if not self._audit and not self.changes:
            return
        head = locked_head(self.session, self.estate_id)
        for what in self._audit:
            add_entry(self.session, head, self.now, self.who.staff_id, self.who.desk, what)
        for kind, subject_id in sorted(self.changes):
            head.change_seq += 1
            self.session.add(
                record.Change(
                    estate_id=self.estate_id,
                    seq=head.change_seq,
                    kind=kind,
                    subject_id=subject_id,
                    at=self.now,
                    origin=self.who.desk,
                )
            )

    def begin_command(self, name: str) -> None:
        """Claims the command id; a repetition waits for the first and then finds its answer."""
        dialect = self.session.get_bind().dialect.name
        make = _insert_of(dialect)
        row = {
            "estate_id": self.estate_id,
            "command_id": self.command_id,
            "name": name,
            "answer": {},
            "at": self.now,
        }
        claimed = self.session.execute(
            make(record.Command).values(row).on_conflict_do_nothing().returning(record.Command.command_id)
        ).scalar()
        if claimed is None:
            own = (record.Command.estate_id == self.estate_id) & (
                record.Command.command_id == self.command_id
            )
            self.answered = self.session.scalars(select(record.Command.answer).where(own)).one()


@contextmanager
def unit_of_work(engine: Engine, who: Who, now: datetime, name: str, command_id: str = "") -> Iterator[Unit]:
    """Runs one action in one transaction: commits when the block ends, rolls back when it raises.

    Args:
        name: of the command, for the record of commands.
        command_id: client-made UUID; "" for acts that may simply happen again.

    Raises:
        WorldError, Conflict: as `said_to_the_clerk` says.
    """
    with (
        said_to_the_clerk(),
        engine.connect().execution_options(deskapp_write=True) as connection,
        connection.begin(),
        Session(connection, expire_on_commit=False) as session,
    ):
        unit = Unit(session, who, now, command_id)
        if command_id:
            unit.begin_command(name)
        yield unit
        unit.finish()
        session.flush()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session to read with; what it changes is thrown away."""
    with said_to_the_clerk(), engine.connect() as connection, Session(connection, autoflush=False) as session:
        yield session


def _insert_of(dialect: str) -> Any:
    """The INSERT of a dialect that can deal with what is there already.

    A dialect is imported where it is used: that of the other kind of database would cost each start 80 ms.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert
