"""A clerk at its complaint panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from deskapp.services.desk import Desk
from tests.gui.complaints.clerk import Clerk

Seat = Callable[..., Clerk]


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk) -> Seat:
    """Seats clerks at panels; each leaves before its panel is closed."""
    return lambda at=None: Clerk(qtbot, at or desk)


@pytest.fixture
def clerk(seat: Seat) -> Clerk:
    """One clerk."""
    return seat()
