"""Which panels a window has; the one list to add a capability to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from deskapp.domain.movein.stations import Station
from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Tab:
    """A panel that may not be there yet: it is built when it is first wanted.

    Attributes:
        key, title_key, icon_name: as those of the panel.
        build: makes the panel inside a widget: one that moves there later is styled twice.
    """

    key: str
    title_key: str
    icon_name: str
    build: Callable[[QWidget], Panel]


def panels_of(desk: Desk, runner: Runner, station: Station | None) -> list[Tab]:
    """The panels of a desk, in the order of the tabs.

    Args:
        station: for the window of one station; None for a desk with the whole work.
    """

    def movein(parent: QWidget) -> Panel:
        from deskapp.gui.movein.panel import MoveInPanel  # the window stands sooner without the others

        return MoveInPanel(desk, runner, station, parent)

    def residents(parent: QWidget) -> Panel:
        from deskapp.gui.residents.panel import ResidentsPanel

        return ResidentsPanel(desk, runner, parent)

    def complaints(parent: QWidget) -> Panel:
        from deskapp.gui.complaints.panel import ComplaintsPanel

        return ComplaintsPanel(desk, runner, parent)

    first = Tab("movein", "movein.panel.title", "fa6s.key", movein)
    if station is not None:
        return [first]
    return [
        first,
        Tab("complaints", "complaints.panel.title", "fa6s.comments", complaints),
        Tab("residents", "residents.title", "fa6s.folder-open", residents),
    ]
