"""Revisions: the scripts make the tables the program works with, up and down, with rows (issue: store)."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from deskapp.base.errors import WorldError
from deskapp.db import schema
from deskapp.db.engine import open_engine, url_of
from deskapp.db.tables.whole import Base
from tests.db.stores import ESTATE, NOW, store


def test_the_program_knows_every_script_and_wants_the_newest(sqlite_url: str) -> None:
    engine = open_engine(url_of(sqlite_url))
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(schema.alembic_config(connection))
        assert scripts.get_current_head() == schema.HEAD
        assert [s.revision for s in reversed(list(scripts.walk_revisions()))] == list(schema.KNOWN)
    engine.dispose()


def test_the_scripts_make_exactly_the_tables_of_the_program(database_url: str) -> None:
    with store(database_url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_key_begins_with_the_estate() -> None:
    for table in Base.metadata.tables.values():
        assert next(iter(table.primary_key)).name == "estate_id", table.name
        for constraint in table.foreign_key_constraints:
            assert constraint.column_keys[0] == "estate_id", (table.name, constraint.name)


def test_down_and_up_again(database_url: str) -> None:
    with store(database_url) as engine:
        schema.migrate(engine, "base")
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        schema.migrate(engine, schema.HEAD)
        assert "house" in inspect(engine).get_table_names()


def test_a_newer_database_is_refused_and_left_alone(database_url: str) -> None:
    with store(database_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(WorldError) as told:
            schema.prepare(engine, None, NOW)
        assert told.value.code == "db.newer"
        with engine.connect() as connection:
            assert connection.execute(text("SELECT name FROM estate")).scalar() == "云栖里"


def test_somebody_elses_database_is_refused(database_url: str) -> None:
    engine = open_engine(url_of(database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (x INTEGER)"))
    with pytest.raises(WorldError) as told:
        schema.prepare(engine, None, NOW)
    assert told.value.code == "db.foreign"
    engine.dispose()


def test_an_older_database_is_backed_up_before_it_is_migrated(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store(sqlite_url) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        monkeypatch.setattr(schema, "KNOWN", ("0000", *schema.KNOWN))
        done: list[str] = []
        monkeypatch.setattr(schema, "migrate", lambda _engine, revision: done.append(revision))
        kept = schema.prepare(engine, tmp_path / "backups", NOW)
    assert done == [schema.HEAD]
    assert kept is not None
    copy = open_engine(url_of(kept))
    with copy.connect() as connection:
        assert connection.execute(text("SELECT estate_id FROM estate")).scalar() == ESTATE
    copy.dispose()


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be read as one" * 40, b"\x89PNG\r\n"]
)
def test_a_file_that_is_no_database_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "estate.sqlite3"
    path.write_bytes(content)
    engine = open_engine(url_of(path))
    with pytest.raises(WorldError) as told:
        schema.prepare(engine, None, NOW)
    assert told.value.code == "db.damaged"
    assert path.read_bytes() == content
    engine.dispose()
