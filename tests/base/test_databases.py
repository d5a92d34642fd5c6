"""The two databases of the tests: fresh, empty, both there, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from deskapp.db import schema
from tests.harness.postgres import Server


@pytest.mark.parametrize("run", [1, 2])
def test_a_database_is_fresh_for_every_test(database_url: str, run: int) -> None:
    engine = create_engine(database_url)
    try:
        assert inspect(engine).get_table_names() == []
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE room (name TEXT)"))
            connection.execute(text("INSERT INTO room VALUES ('1栋101')"))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT name FROM room")).scalar_one() == "1栋101"
    finally:
        engine.dispose()


def test_a_database_with_tables_is_the_newest_and_empty(tables_url: str) -> None:
    engine = create_engine(tables_url)
    try:
        assert schema.revision_of(engine) == schema.HEAD
        names = set(inspect(engine).get_table_names()) - {"alembic_version"}
        assert len(names) > 10
        with engine.connect() as connection:
            counts = {n: connection.execute(text(f'SELECT count(*) FROM "{n}"')).scalar_one() for n in names}
        assert set(counts.values()) == {0}
    finally:
        engine.dispose()


def test_a_database_can_be_copied_from_a_template(postgres: Server) -> None:
    template = postgres.create()
    with psycopg.connect(postgres.address(template)) as connection:
        connection.execute("CREATE TABLE room (name TEXT)")
    copy = postgres.create(template=template)
    with psycopg.connect(postgres.address(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM room").fetchone() == (0,)
    postgres.drop(copy)
    postgres.drop(template)


def test_the_server_does_not_run_as_root(postgres: Server) -> None:
    assert postgres.folder.stat().st_uid != 0


def test_a_stopped_server_leaves_nothing() -> None:
    with Server() as server:
        folder, address = server.folder, server.address("postgres")
        psycopg.connect(address).close()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_run_takes_the_server_down() -> None:
    source = (
        "from tests.harness.postgres import Server\n"
        "with Server() as server: print(server.address('postgres'), server.folder, flush=True); input()"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", source], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        address, folder = run.stdout.readline().split()
        with psycopg.connect(address) as connection:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT pg_sleep(60)")  # cut short when the server goes
    while Path(folder, "data", "postmaster.pid").exists():
        os.sched_yield()  # the last thing a server that goes removes
    shutil.rmtree(folder, ignore_errors=True)
