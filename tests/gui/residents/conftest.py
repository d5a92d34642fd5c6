"""The small estate on a file, and people at its archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from deskapp.db.tables.estate import House
from deskapp.services.desk import Desk
from deskapp.services.residents.index import rebuild_keys
from tests.gui.residents.archivist import Archivist
from tests.services.estates import on_day, small

Seat = Callable[..., Archivist]


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Twelve houses that can be searched; clerk 林晓 at 前台1."""
    with small(sqlite_url, tmp_path / "desk") as opened:
        with opened.unit_of_machine("test.index") as unit:
            rebuild_keys(unit, list(unit.session.scalars(select(House.id))))
        yield opened


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Iterator[Seat]:
    """Seats people at panels, by staff number; all leave at the end."""
    seated: list[Archivist] = []

    def sit(number: str = "1001", at: Desk | None = None) -> Archivist:
        made = Archivist(qtbot, on_day(at or desk, number=number))
        seated.append(made)
        return made

    yield sit
    for each in seated:
        each.leave()


@pytest.fixture
def clerk(seat: Seat) -> Archivist:
    """林晓 of the front desk."""
    return seat()
