"""A clerk at its move-in panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.services.desk import Desk
from tests.gui.movein.clerk import Clerk

Seat = Callable[..., Clerk]


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Seat:
    """Seats clerks at panels; each leaves before its panel is closed."""
    return lambda station=None, at=None: Clerk(qtbot, at or desk, tmp_path, station)


@pytest.fixture
def clerk(seat: Seat) -> Clerk:
    """One clerk with all stations."""
    return seat()
