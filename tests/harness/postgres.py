"""A throw-away PostgreSQL: made in a temporary folder, gone when the tests end, whatever way they end.

It is the server of the machine's own packages, run as an ordinary user (it refuses to run as root),
on a free port of the loopback address, without any care for durability. On Linux a killed
test run takes the server down with it.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER = "deskapp_test"
START_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1

# Nothing of these databases outlives the run, so nothing needs to reach the disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}


class NoPostgres(Exception):
    """PostgreSQL cannot be had on this machine; the text says why."""


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``: the newest Debian package's, else that of the PATH.

    Raises:
        NoPostgres: there is none.
    """
    if sys.platform == "win32":
        raise NoPostgres("the throw-away PostgreSQL needs Linux or macOS")
    packaged = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb") if p.parts[4].isdigit()]
    if packaged:
        return max(packaged, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    raise NoPostgres("no PostgreSQL server is installed (Debian's package is named postgresql)")


def _ordinary_user() -> dict[str, Any]:
    """How `subprocess` must start the server so that it does not run as root."""
    import pwd  # not there on Windows, where `programs` has already refused

    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


def _die_with_parent() -> None:
    """In the child, before the server: be killed when the test run is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running server. Use it as a context manager; databases are made empty or from a template."""

    def __init__(self) -> None:
        self._bin = programs()
        self._as_user = _ordinary_user()
        self._password = secrets.token_hex(12)
        self._names = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.folder = Path(tempfile.mkdtemp(prefix="deskapp-postgres-"))
        if self._as_user:
            os.chown(self.folder, self._as_user["user"], self._as_user["group"])

    def __enter__(self) -> Server:
        try:
            self._make()
            self._start()
            self._admin = psycopg.connect(self.address("postgres"), autocommit=True)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._admin.close()
        self.stop()

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self._password)
        if self._as_user:
            os.chown(secret, self._as_user["user"], self._as_user["group"])
        command = [
            str(self._bin / "initdb"), "--pgdata", str(self.folder / "data"), "--username", OWNER,
            "--pwfile", str(secret), "--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync",
            "--no-instructions",
        ]  # fmt: skip
        done = subprocess.run(
            command, **self._as_user, cwd=self.folder, env=self._environment(), capture_output=True, text=True
        )
        if done.returncode:
            raise NoPostgres(f"initdb failed: {done.stderr.strip()}")

    def _start(self) -> None:
        """Starts the server; another program may take the free port first, so a few are tried."""
        for _ in range(5):
            self.port = _free_port()
            settings = [f"--{name}={value}" for name, value in {**_SETTINGS, "port": str(self.port)}.items()]
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [str(self._bin / "postgres"), "-D", str(self.folder / "data"), *settings],
                    **self._as_user,
                    cwd=self.folder,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl+C belongs to pytest, which then stops the server in order
                    preexec_fn=_die_with_parent,
                )
            if self._answers():
                return
        raise NoPostgres(f"the server did not start: {self.log.read_text(errors='replace')[-2000:]}")

    def _answers(self) -> bool:
        """Waits until the server takes connections; False when it has ended instead."""
        assert self._process
        deadline = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=5).close()
                return True
            except psycopg.OperationalError:
                time.sleep(0.05)  # a server that starts gives no other sign
        return False

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "HOME": str(self.folder)}

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    def address(self, database: str) -> str:
        """The database's URL as libpq takes it."""
        return f"postgresql://{OWNER}:{self._password}@127.0.0.1:{self.port}/{quote(database)}"

    def url(self, database: str) -> str:
        """The database's URL as deskapp and SQLAlchemy take it."""
        return self.address(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def create(self, template: str = "template0", name: str | None = None) -> str:
        """Makes a database, a copy of the template (to which nobody may be connected); returns its name."""
        name = name or f"t{next(self._names)}"
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop(self, name: str) -> None:
        """Removes a database together with whoever is still connected to it."""
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stops the server at once and removes its folder; may be called twice."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
