"""What every station's page is: it shows the records of one household, writes them, keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.controller import MoveinController

if TYPE_CHECKING:
    from deskapp.services.movein.views import PassView


class StationPage(QWidget):
    """A page of one station.

    Signals:
        typed: something was typed that is not on record yet.
        asks: something must be asked first (`Ask`, and who is told what was given).
        pad_wanted: a signature is to be drawn (its `SigningStrip`).
        paper_wanted: a paper is to be looked at (its number) and whether at once printed.
    """

    typed = Signal()
    asks = Signal(object, object)
    pad_wanted = Signal(object)
    paper_wanted = Signal(str, bool)

    station: Station | None = None
    after_handover = False
    """Whether something can be written after the household has left with its keys."""

    def __init__(self, controller: MoveinController) -> None:
        super().__init__()
        self.controller = controller
        self.view: PassView | None = None
        self._pending: dict[str, Any] | None = None
        self._loaded = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def first(self) -> QWidget | None:
        """Where the work of the page begins; None for a page that is only looked at."""
        return None

    def show_view(self, view: PassView) -> None:
        """Shows a household; its records are read when it is another one."""
        other = self.view is None or self.view.pass_id != view.pass_id
        self.view = view
        if other:
            self._loaded, self._pending = False, None
            self.empty()
        self.refresh()
        if other:
            self.reload()

    def writable(self, view: PassView) -> bool:
        """Whether records can be written now: while it is served here, or later where that is possible."""
        served = view.state is PassState.SERVING and view.at is self.station
        return served or (self.after_handover and view.state is PassState.DONE)

    def empty(self) -> None:
        """Forgets what was shown and typed of another household."""

    def refresh(self) -> None:
        """Shows what follows from the household itself."""

    def reload(self) -> None:
        """Reads the records of the station."""

    def fill(self, records: Any) -> None:
        """Shows the records of the station as they were read, or as a part of the page has written them."""

    def loaded(self) -> None:
        """The records are there: what was typed before can be put back."""
        self._loaded = True
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self.restore(pending)

    def put_back(self, values: dict[str, Any]) -> None:
        """Puts typed things back, as soon as the records are there."""
        if self._loaded:
            self.restore(values)
        else:
            self._pending = values

    def lacking(self) -> tuple[tuple[str, str, bool], ...]:
        """Code, title and whether it lacks, of every paper that is to be shown; only station ② has some."""
        return ()

    def values(self) -> dict[str, Any]:
        """What is typed and not on record, for the draft; empty for nothing."""
        return {}

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back."""


def scrolled(inside: QWidget, object_name: str) -> QScrollArea:
    """A part of a page that may be longer than the window."""
    area = QScrollArea()
    area.setObjectName(object_name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area
