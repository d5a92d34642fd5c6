"""A test of the window leaves no window behind, and no work on Qt's threads."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from deskapp.base.clock import SetClock
from deskapp.db.tables.estate import House
from deskapp.gui.scanner import Scanner
from deskapp.services.desk import Desk
from deskapp.services.opening import Place, named, open_desk, seat
from deskapp.services.residents.index import rebuild_keys
from tests.harness.watch import LogWatch, WindowWatch
from tests.services.estates import NOW, small


class PatientQtBot(QtBot):
    """Waits a minute where pytest-qt waits 5 s: on a busy disk one synced commit alone can take that long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:  # noqa: N802
        """Until something is so."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with patience."""
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def garbage_here(qapp: QApplication) -> Iterator[None]:
    """As in the program: nothing of Qt is freed by a collection on a background thread.

    Afterwards what the test itself made is looked through, which is young; a look at everything would cost
    each test more than the test.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what goes later goes now
    gc.collect(0)
    gc.enable()
    assert not qapp.findChildren(Scanner), "a scanner was left behind: it takes the keys of others"


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication, log_watch: LogWatch) -> Iterator[None]:
    """Fails the test for a top-level widget that is neither closed nor given to ``qtbot.addWidget``."""
    watch = WindowWatch()
    yield
    left = watch.left()
    assert not left, f"windows left behind: {left}"


@pytest.fixture(scope="session")
def estate_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small estate, to be copied: twelve houses that can be searched."""
    folder = tmp_path_factory.mktemp("estate")
    with small("", folder) as desk, desk.unit_of_machine("test.index") as unit:
        rebuild_keys(unit, list(unit.session.scalars(select(House.id))))
    return folder


@pytest.fixture
def desk(estate_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """The small estate in a file of the test's own and a clock that can be moved; clerk 林晓 at 前台1."""
    place = Place(tmp_path / "desk")
    shutil.copytree(estate_template, place.folder)
    opened = named(seat(open_desk(place, clock=SetClock(NOW)), "1001"), "前台1")
    yield replace(opened, clock=SetClock(NOW))
    opened.engine.dispose()
