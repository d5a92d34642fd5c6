"""Which panels a window has; the one list to add a capability to."""

from __future__ import annotations

from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.panel import MoveInPanel
from deskapp.gui.panel import Panel
from deskapp.gui.residents.panel import ResidentsPanel
from deskapp.gui.runner import Runner
from deskapp.services.desk import Desk


def panels_of(desk: Desk, runner: Runner, station: Station | None) -> list[Panel]:
    """The panels of a desk, in the order of the tabs.

    Args:
        station: for the window of one station; None for a desk with the whole work.
    """
    if station is not None:
        return [MoveInPanel(desk, runner, station)]
    return [MoveInPanel(desk, runner), ResidentsPanel(desk, runner)]
