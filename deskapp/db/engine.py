"""Opening the database: SQLite in a file for one workstation, PostgreSQL by URL for several (rule 9)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from deskapp.base.errors import Conflict, WorldError

LOCK_WAIT = 5000
"""Milliseconds that a write waits for another program's lock before it is said."""


def url_of(database: str | Path) -> URL:
    """The address of a database: a file's path is SQLite, anything else a URL.

    Raises:
        WorldError: ``db.bad_address``; only SQLite and PostgreSQL are known.
    """
    if isinstance(database, Path):
        return URL.create("sqlite+pysqlite", database=str(database))
    try:
        url = make_url(database)
    except ArgumentError:
        raise WorldError("db.bad_address") from None
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite+pysqlite")
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise WorldError("db.bad_address")


def open_engine(url: URL) -> Engine:
    """An engine with the house's settings: exact durability, foreign keys, one writer at a time."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": LOCK_WAIT / 1000, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5})


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={LOCK_WAIT}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A write takes its lock at once: a lock taken later can fail half way through (SQLITE_BUSY_SNAPSHOT).
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("deskapp_write") else "BEGIN")


@contextmanager
def said_to_the_clerk() -> Iterator[None]:
    """Turns the database's troubles into sentences; a stale row becomes a conflict.

    Raises:
        WorldError: ``db.locked``, ``db.full``, ``db.read_only``, ``db.gone``, ``db.damaged``.
        Conflict: ``db.changed_meanwhile``.
    """
    try:
        yield
    except StaleDataError as error:
        raise Conflict("db.changed_meanwhile") from error
    except (OperationalError, DBAPIError) as error:
        raise _world(error) from error


def _world(error: DBAPIError) -> Exception:
    text = str(error.orig).lower()
    for code, signs in _SIGNS.items():
        if any(sign in text for sign in signs):
            return WorldError(f"db.{code}")
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return WorldError("db.gone")
    return error


_SIGNS = {
    "locked": ("database is locked", "database table is locked", "lock timeout"),
    "full": ("disk is full", "no space left", "disk full"),
    "read_only": ("readonly database", "read-only", "unable to open database file"),
    "damaged": ("malformed", "not a database", "disk i/o error"),
}

__all__ = ["LOCK_WAIT", "open_engine", "said_to_the_clerk", "url_of"]
