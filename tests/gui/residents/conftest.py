"""People at its archive."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from deskapp.services.desk import Desk
from tests.gui.residents.archivist import Archivist
from tests.services.estates import on_day

Seat = Callable[..., Archivist]


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Seat:
    """Seats people at panels, by staff number; each leaves before the panel is closed."""
    return lambda number="1001", at=None: Archivist(qtbot, on_day(at or desk, number=number))


@pytest.fixture
def clerk(seat: Seat) -> Archivist:
    """林晓 of the front desk."""
    return seat()
