"""The small estate on a file, and a clerk at its move-in panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from deskapp.db.tables.estate import House
from deskapp.services.desk import Desk
from deskapp.services.residents.index import rebuild_keys
from tests.gui.movein.clerk import Clerk
from tests.services.estates import small

Seat = Callable[..., Clerk]


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Twelve houses that can be searched; clerk 林晓 at 前台1."""
    with small(sqlite_url, tmp_path / "desk") as opened:
        with opened.unit_of_machine("test.index") as unit:
            rebuild_keys(unit, list(unit.session.scalars(select(House.id))))
        yield opened


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Seat:
    """Seats clerks at panels; each leaves before its panel is closed."""
    return lambda station=None, at=None: Clerk(qtbot, at or desk, tmp_path, station)


@pytest.fixture
def clerk(seat: Seat) -> Clerk:
    """One clerk with all stations."""
    return seat()
