"""Which revision a database has, and bringing it to this program's: backed up first, never silently."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from deskapp.base.errors import WorldError
from deskapp.db.engine import said_to_the_clerk

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
"""The revision this program works with; a test compares it with the newest script."""

KNOWN = ("0001", "0002")
"""Every revision there ever was, oldest first; one that is not here was made by a newer program."""


def revision_of(engine: Engine) -> str | None:
    """The database's revision, None for one that has no tables of ours.

    Raises:
        WorldError: the file is no database, or something else's database (``db.foreign``).
    """
    with said_to_the_clerk(), engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError as error:
            if not _says_no_table(error):
                raise
    with said_to_the_clerk(), engine.connect() as connection:
        if inspect(connection).get_table_names():
            raise WorldError("db.foreign")
    return None


def _says_no_table(error: DBAPIError) -> bool:
    said = str(error.orig).lower()
    return "no such table" in said or "does not exist" in said


def prepare(engine: Engine, backup_folder: Path | None, now: datetime) -> Path | None:
    """Makes the database ready for this program: created, up to date, or refused.

    Args:
        backup_folder: where an older SQLite database is copied to before it is migrated; None for a
            server, whose operator backs it up.

    Returns:
        The backup that was made, None where none was needed.

    Raises:
        WorldError: ``db.newer`` for a database of a newer program, ``db.foreign``, or the machine's trouble.
    """
    revision = revision_of(engine)
    if revision == HEAD:
        return None
    if revision is not None and revision not in KNOWN:
        raise WorldError("db.newer", revision=revision)
    kept = None
    if revision is not None and backup_folder is not None and engine.dialect.name == "sqlite":
        kept = _copy_of(engine, backup_folder / f"before-{HEAD}-{now:%Y%m%d-%H%M%S}.sqlite")
    migrate(engine, HEAD)
    return kept


def _copy_of(engine: Engine, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with said_to_the_clerk(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
    return target


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for the scripts beside this module, on an open connection."""
    from alembic.config import Config  # slow to import, needed only when a database changes its revision

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, revision: str) -> None:
    """Brings the database up (or down) to a revision, in one transaction."""
    from alembic import command

    with (
        said_to_the_clerk(),
        engine.connect().execution_options(deskapp_write=True) as connection,
        connection.begin(),
    ):
        now = _current(connection)
        down = revision == "base" or (now is not None and KNOWN.index(now) > KNOWN.index(revision))
        (command.downgrade if down else command.upgrade)(alembic_config(connection), revision)


def _current(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
