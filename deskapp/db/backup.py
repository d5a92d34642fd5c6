"""One verified file of everything, from either kind of database, and back again (S4).

The copy is an SQLite database whichever kind it came from, so that it can be looked at, tried and put
back anywhere. It is made beside its final name and takes that name only when it was found whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from deskapp.base.errors import Refused, WorldError
from deskapp.db.engine import open_engine, said_to_the_clerk, url_of
from deskapp.db.schema import HEAD, KNOWN, migrate, prepare
from deskapp.db.tables.whole import Base

AT_ONCE = 2000
"""Rows read and written together between two kinds of database."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made and found whole.

    Attributes:
        sha256: of the file.
        rows: in all tables.
    """

    file: Path
    sha256: str
    rows: int


def copy_to(engine: Engine, target: Path) -> Copied:
    """Copies the whole database into one new file and verifies it; others may go on working meanwhile.

    Raises:
        Refused: ``backup.exists``.
        WorldError: ``backup.not_written``, ``backup.not_whole``, or as the database.
    """
    if target.exists():
        raise Refused("backup.exists", file=target.name)
    fresh = target.with_name(f"{target.name}.part")
    with _written(fresh, target):
        fresh.unlink(missing_ok=True)
        counted = _from_sqlite(engine, fresh) if _is_sqlite(engine) else _from_server(engine, fresh)
        if problems := faults_of(fresh):
            raise WorldError("backup.not_whole", reason=problems[0])
        if rows_in(fresh) != counted:
            raise WorldError("backup.not_whole", reason="row count")
        fresh.replace(target)
    return Copied(target, sha256_of(target), sum(counted.values()))


@contextmanager
def _written(fresh: Path, target: Path) -> Iterator[None]:
    """Leaves no half file behind, and says what the disk says."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, sqlite3.Error) as error:
        raise WorldError("backup.not_written", file=str(target), reason=str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _from_sqlite(engine: Engine, fresh: Path) -> dict[str, int]:
    """SQLite's own online copy: the counts and the pages are of one moment."""
    with said_to_the_clerk(), engine.connect() as connection:
        counted = _counts(connection)  # begins the reading that the copy then goes on with
        source: Any = connection.connection.driver_connection
        with contextlib.closing(sqlite3.connect(fresh)) as into:
            source.backup(into)
            into.execute("PRAGMA journal_mode = DELETE")
    return counted


def _from_server(engine: Engine, fresh: Path) -> dict[str, int]:
    """Every row of every table as the server had them at one moment."""
    into = open_engine(url_of(fresh))
    try:
        migrate(into, HEAD)
        snapshot = engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        with said_to_the_clerk(), snapshot as source:
            _pour(source, into)
            counted = _counts(source)
    finally:
        into.dispose()
    with contextlib.closing(sqlite3.connect(fresh)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    return counted


def _pour(source: Connection, into: Engine) -> None:
    """All rows of all tables from one connection into an empty database of the other kind."""
    with into.connect().execution_options(deskapp_write=True) as target, target.begin():
        for table in Base.metadata.sorted_tables:
            _fill(source, target, table)


def _fill(source: Connection, target: Connection, table: Table) -> None:
    rows = source.execute(select(table).execution_options(yield_per=AT_ONCE))
    for part in rows.mappings().partitions(AT_ONCE):
        target.execute(insert(table), [dict(row) for row in part])


def _counts(connection: Connection) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def rows_in(file: Path) -> dict[str, int]:
    """The rows of each of our tables in a copy."""
    with _looking_at(file) as found:
        return {
            t.name: found.execute(f'SELECT count(*) FROM "{t.name}"').fetchone()[0]  # noqa: S608
            for t in Base.metadata.sorted_tables
        }


@contextmanager
def _looking_at(file: Path) -> Iterator[sqlite3.Connection]:
    """A file opened by the driver itself, to read only: an engine would turn its journal on."""
    with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as found:
        yield found


def faults_of(file: Path) -> list[str]:
    """What SQLite itself finds wrong with a file: broken pages, references to nothing."""
    try:
        with _looking_at(file) as found:
            return sqlite_faults(found)
    except sqlite3.Error as error:
        return [str(error)]


def sqlite_faults(found: Any) -> list[str]:
    """The same of an open connection of the driver."""
    said = [row[0] for row in found.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    lost = found.execute("PRAGMA foreign_key_check").fetchmany(20)
    return said + [f"{table} {rowid} -> {parent}" for table, rowid, parent, _ in lost]


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with file.open("rb") as body:
        return hashlib.file_digest(body, "sha256").hexdigest()


def check_copy(file: Path) -> None:
    """Refuses what is no copy of ours before anything is touched.

    Raises:
        Refused: ``backup.no_file``, ``backup.not_whole``, ``db.newer``, ``db.foreign``.
    """
    if not file.is_file():
        raise Refused("backup.no_file", file=str(file))
    if problems := faults_of(file):
        raise Refused("backup.not_whole", reason=problems[0])
    revision = _revision_in(file)
    if revision is None:
        raise Refused("db.foreign")
    if revision not in KNOWN:
        raise Refused("db.newer", revision=revision)


def _revision_in(file: Path) -> str | None:
    try:
        with _looking_at(file) as found:
            row = found.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def put_back(engine: Engine, file: Path, aside: Path, now: datetime) -> Path:
    """Puts a copy in the place of the present data, which is kept aside first.

    Args:
        aside: folder for the present data.

    Returns:
        The file that the present data was kept in.

    Raises:
        Refused: as `check_copy`.
        WorldError: disk or database in the way; then the present data stands.
    """
    check_copy(file)
    kept = aside / f"before-restore-{now:%Y%m%d-%H%M%S-%f}.sqlite3"
    if _is_sqlite(engine):
        return _put_back_file(engine, file, kept, now)
    copy_to(engine, kept)
    _put_back_rows(engine, file, aside, now)
    return kept


def _put_back_file(engine: Engine, file: Path, kept: Path, now: datetime) -> Path:
    live = Path(str(engine.url.database))
    if not live.exists() or faults_of(live):
        engine.dispose()
        return _replace_bytes(live, file, kept)  # too damaged to be copied as a database: kept as it is
    copy_to(engine, kept)
    with said_to_the_clerk(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        target: Any = connection.connection.driver_connection
        try:
            with contextlib.closing(
                sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
            ) as source:
                source.backup(target)  # one transaction: other windows see the old or the new, never half
        except (OSError, sqlite3.Error) as error:
            raise WorldError("backup.not_put_back", file=file.name, reason=str(error)) from error
    prepare(engine, kept.parent, now)
    return kept


def _replace_bytes(live: Path, file: Path, kept: Path) -> Path:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = live.with_name(f"{live.name}.part")
        shutil.copyfile(file, fresh)
        for ending in ("-wal", "-shm"):
            beside = live.with_name(live.name + ending)
            if beside.exists():
                beside.replace(kept.with_name(kept.name + ending))
        if live.exists():
            live.replace(kept)
        fresh.replace(live)
    except OSError as error:
        raise WorldError("backup.not_put_back", file=file.name, reason=str(error)) from error
    return kept


def _put_back_rows(engine: Engine, file: Path, aside: Path, now: datetime) -> None:
    """The rows of a copy into a server's tables, in one transaction."""
    working = aside / f"restoring-{now:%Y%m%d-%H%M%S-%f}.sqlite3"
    shutil.copyfile(file, working)
    copy = open_engine(url_of(working))
    try:
        prepare(copy, None, now)  # an older copy is brought to this program's revision first
        prepare(engine, None, now)
        with copy.connect() as source, said_to_the_clerk(), engine.connect() as target, target.begin():
            for table in reversed(Base.metadata.sorted_tables):
                target.execute(delete(table))
            for table in Base.metadata.sorted_tables:
                _fill(source, target, table)
    finally:
        copy.dispose()
        for ending in ("", "-wal", "-shm"):
            working.with_name(working.name + ending).unlink(missing_ok=True)
