"""Backups, putting one back, and the check of everything that must hold (S3, S4, design rule 3)."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskapp.base.clock import Clock, day_of, system_clock
from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.db import backup as files
from deskapp.db.audit import broken_links
from deskapp.db.engine import open_engine, url_of
from deskapp.db.tables.complaints import Ticket
from deskapp.db.tables.incidents import Incident
from deskapp.db.tables.record import Attachment, Document, NumberSeries
from deskapp.db.tables.stations import Receipt
from deskapp.domain.staff import Action
from deskapp.services.desk import Desk
from deskapp.services.documents import record_of
from deskapp.services.opening import Place, open_desk

FOLDER = "backups"
DAYS, WEEKS, MONTHS = 14, 8, 24
"""Generations of automatic copies that are kept: one a day, a week, a month (S4)."""

_SERIES = re.compile(r"[A-Z]{2}-\d{4}", re.ASCII)
_YEARLY = re.compile(r"([A-Z]{2}-\d{4})-(\d{6,9})", re.ASCII)
_AUTOMATIC = re.compile(r"auto-(\d{4})(\d{2})(\d{2})\.sqlite3", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold.

    Attributes:
        code: its sentence is ``keeping.problem.<code>`` with ``values``.
    """

    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """What is wrong, in the language shown."""
        return say(f"keeping.problem.{self.code}", **self.values)


def backup(desk: Desk, target: Path | None = None) -> files.Copied:
    """A verified copy of everything in one file.

    Args:
        target: where; None for the data folder's backups, named after the moment.

    Raises:
        Refused: ``staff.no_right``, ``backup.exists``.
        WorldError: ``backup.not_written``, ``backup.not_whole``.
    """
    desk.require(Action.BACKUP_MAKE)
    file = target or desk.folder / FOLDER / f"backup-{desk.now():%Y%m%d-%H%M%S}.sqlite3"
    copied = files.copy_to(desk.engine, file)
    with desk.unit(Action.BACKUP_MAKE) as unit:
        data = {"file": copied.file.name, "sha256": copied.sha256, "rows": copied.rows}
        unit.record("backup.made", "estate", desk.estate_id, data=data)
    return copied


def restore(desk: Desk, file: Path) -> Path:
    """Puts a copy back in the place of the present data.

    Returns:
        The file in which the present data was kept.

    Raises:
        Refused: ``staff.no_right``, ``backup.no_file``, ``backup.not_whole``, ``db.newer``, ``db.foreign``;
            nothing changed.
        WorldError: disk or database in the way; nothing changed.
    """
    desk.require(Action.BACKUP_RESTORE)
    kept = files.put_back(desk.engine, file, desk.folder / FOLDER, desk.now())
    _note_restore(desk, file, kept)
    return kept


def restore_at(place: Place, file: Path, *, clock: Clock = system_clock) -> tuple[Desk, Path]:
    """The same for data that cannot be opened any more: the way out of a damaged database (S4).

    Returns:
        The desk on the data put back, and the file in which the damaged data was kept.
    """
    engine = open_engine(url_of(place.database or place.file))
    try:
        kept = files.put_back(engine, file, place.folder / FOLDER, clock())
    finally:
        engine.dispose()
    desk = open_desk(place, clock=clock)
    _note_restore(desk, file, kept)
    return desk, kept


def _note_restore(desk: Desk, file: Path, kept: Path) -> None:
    with desk.unit_of_machine("restore") as unit:
        data = {"file": file.name, "kept": kept.name}
        unit.record("backup.restored", "estate", desk.estate_id, data=data)
        unit.touch("all", 0)


def backup_of_today(desk: Desk) -> files.Copied | None:
    """The automatic copy of the day, if there is none yet; older ones are thinned out by generation (S4).

    Raises:
        WorldError: it could not be made; to be said, and tried again.
    """
    folder = desk.folder / FOLDER
    target = folder / f"auto-{day_of(desk.now()):%Y%m%d}.sqlite3"
    if target.exists():
        return None
    copied = files.copy_to(desk.engine, target)
    for old in superseded(sorted(folder.glob("auto-*.sqlite3")), day_of(desk.now())):
        old.unlink(missing_ok=True)
    return copied


def superseded(copies: list[Path], today: date) -> list[Path]:
    """Which automatic copies no generation keeps: the last days, the newest of each week and month stay."""
    dated = []
    for copy in copies:
        if found := _AUTOMATIC.fullmatch(copy.name):
            dated.append((date(*map(int, found.groups())), copy))
    keep: set[Path] = {copy for day, copy in dated if (today - day).days < DAYS}
    for most, period in ((WEEKS, _week), (MONTHS, _month)):
        newest: dict[tuple[int, int], Path] = {period(day): copy for day, copy in sorted(dated)}
        keep.update(newest[key] for key in sorted(newest)[-most:])
    return [copy for _, copy in sorted(dated) if copy not in keep]


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def check(desk: Desk) -> tuple[Problem, ...]:
    """Everything that must hold and does not: database, audit chain, documents, numbers, attachments.

    Raises:
        Refused: ``staff.no_right``.
        WorldError: the database cannot be read at all.
    """
    desk.require(Action.CHECK_RUN)
    found = list(_database(desk))
    with desk.reading() as session:
        found += [Problem("audit", {"entry": seq}) for seq in broken_links(session, desk.estate_id)]
        found += _documents(session, desk.estate_id)
        found += _numbers(session, desk.estate_id)
        found += _receipts(session, desk.estate_id)
        found += _attachments(session, desk.estate_id)
    return tuple(found)


def _database(desk: Desk) -> Iterator[Problem]:
    if desk.engine.dialect.name != "sqlite":
        return  # a server watches its own pages and references
    with desk.engine.connect() as connection:
        for said in files.sqlite_faults(connection.connection.driver_connection):
            yield Problem("database", {"said": said})


def _documents(session: Session, estate_id: int) -> Iterator[Problem]:
    rows = select(Document).where(Document.estate_id == estate_id).order_by(Document.id)
    for row in session.scalars(rows.execution_options(yield_per=500)):
        try:
            record_of(row)
        except WorldError:
            yield Problem("document", {"number": row.number})


def _numbers(session: Session, estate_id: int) -> Iterator[Problem]:
    """Numbers of a yearly series that nothing bears, and numbers beyond the last one given."""
    borne: dict[str, set[int]] = defaultdict(set)
    for table in (Document, Ticket, Incident):
        rows = select(table.number).where(table.estate_id == estate_id)
        for number in session.scalars(rows.execution_options(yield_per=1000)):
            if found := _YEARLY.fullmatch(number):
                borne[found[1]].add(int(found[2]))
    series = select(NumberSeries.series, NumberSeries.last).where(NumberSeries.estate_id == estate_id)
    given = {name: last for name, last in session.execute(series) if _SERIES.fullmatch(name)}
    for name in sorted(given.keys() | borne.keys()):
        for nth in sorted(set(range(1, given.get(name, 0) + 1)) ^ borne[name]):
            yield Problem("number", {"number": f"{name}-{nth:06d}"})


def _receipts(session: Session, estate_id: int) -> Iterator[Problem]:
    """Money taken without the document that says so."""
    issued = select(Document.id).where(
        Document.estate_id == Receipt.estate_id, Document.number == Receipt.number
    )
    rows = select(Receipt.number).where(Receipt.estate_id == estate_id, ~issued.exists())
    for number in session.scalars(rows.order_by(Receipt.number)):
        yield Problem("receipt", {"number": number})


def _attachments(session: Session, estate_id: int) -> Iterator[Problem]:
    rows = select(Attachment.sha256, Attachment.name, Attachment.body).where(
        Attachment.estate_id == estate_id
    )
    for sha256, name, body in session.execute(rows.execution_options(yield_per=20)):
        if hashlib.sha256(body).hexdigest() != sha256:
            yield Problem("attachment", {"name": name, "sha256": sha256[:12]})
