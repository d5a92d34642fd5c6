"""Strictness for every test, and the two databases.

Faults of any test: a warning (pyproject), a Qt message (pytest-qt), a log line at WARNING or above that
`log_watch.expect` did not announce, a thread left running; in ``tests/gui`` also a window left open.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from deskapp.base import i18n
from tests.harness.postgres import NoPostgres, Server
from tests.harness.watch import LogWatch, WatchHandler, threads_left

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# "ci" gives the same examples in every run; "dev" looks at new ones each time; "long" is for a night.
settings.register_profile("ci", max_examples=60, derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("DESKAPP_HYPOTHESIS", "ci"))


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails the test for log lines at WARNING or above that it did not announce with ``expect``."""
    watch = LogWatch()
    handler, root = WatchHandler(watch), logging.getLogger()
    root.addHandler(handler)
    yield watch
    root.removeHandler(handler)
    faults = watch.faults()
    assert not faults, "\n".join(faults)


@pytest.fixture(autouse=True)
def no_thread_left(log_watch: LogWatch) -> Iterator[None]:
    """Fails the test for a thread it began and did not end."""
    before = set(threading.enumerate())
    yield
    left = threads_left(before)
    assert not left, f"threads still running: {left}"


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Every test starts in the language the estate speaks, whatever the test before it chose."""
    i18n.use_language("zh_CN")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own folders lie in the tests' temporary folder: no test reads or writes real data."""
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("HOME", str(home))
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The throw-away PostgreSQL of this process (each xdist worker has its own; it starts in about a second).

    Where there is none the test is skipped, unless ``DESKAPP_REQUIRE_POSTGRES=1`` says there must be one.
    """
    try:
        server = Server().__enter__()
    except NoPostgres as reason:
        if os.environ.get("DESKAPP_REQUIRE_POSTGRES") == "1":
            raise
        pytest.skip(f"PostgreSQL: {reason}")
    yield server
    server.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A fresh, empty PostgreSQL database, for what only a server has."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh, empty SQLite database in a file, for what only a file has."""
    return f"sqlite:///{(tmp_path / 'estate.sqlite3').as_posix()}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "estate.sqlite3"
    make_tables(f"sqlite:///{file.as_posix()}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """The name of a PostgreSQL database with all tables, to be copied."""
    name = postgres.create()
    make_tables(postgres.url(name))
    return name


def make_tables(url: str) -> None:
    """Brings an empty database to the newest revision, as the program does at its first start."""
    from deskapp.db import schema  # most tests need no database and start quicker without
    from deskapp.db.engine import open_engine, url_of

    engine = open_engine(url_of(url))
    schema.prepare(engine, None, datetime.now(UTC))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def tables_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with all tables and no rows, on both kinds: much quicker than migrating each time."""
    if request.param == "sqlite":
        file = tmp_path / "estate.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file.as_posix()}"
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.create(template=request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database; a test that takes it runs on both kinds (design rule 9)."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url
