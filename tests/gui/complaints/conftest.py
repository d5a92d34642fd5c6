"""The small estate on a file, and a clerk at its complaint panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from deskapp.base.clock import SetClock
from deskapp.db.tables.estate import House
from deskapp.services.desk import Desk
from deskapp.services.residents.index import rebuild_keys
from tests.gui.complaints.clerk import Clerk
from tests.services.estates import small

Seat = Callable[..., Clerk]


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Twelve houses and a clock that can be moved; clerk 林晓 at 前台1, 9:00 on 2026-12-04, a Friday."""
    with small(sqlite_url, tmp_path / "desk") as opened:
        with opened.unit_of_machine("test.index") as unit:
            rebuild_keys(unit, list(unit.session.scalars(select(House.id))))
        yield replace(opened, clock=SetClock(opened.now()))


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Seat:
    """Seats clerks at panels; each leaves before its panel is closed."""
    return lambda at=None: Clerk(qtbot, at or desk)


@pytest.fixture
def clerk(seat: Seat) -> Clerk:
    """One clerk."""
    return seat()
