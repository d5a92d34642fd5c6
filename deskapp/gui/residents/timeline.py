"""Everything that happened to a household, the newest first, read in windows (A1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.models.windowed import WindowModel
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.records import timeline_columns
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.residents.household import WINDOW
from deskapp.services.residents.views import HouseholdView, TimelineRow


class TimelineTab(QWidget):
    """The time line.

    Signals:
        opened: a row was entered (`TimelineRow`).
    """

    opened = Signal(object)
    count = 0
    """Not counted: what was read is only a window."""

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.timeline")
        self._controller = controller
        self._house = 0
        self.model: WindowModel[TimelineRow] = WindowModel(timeline_columns(controller.now), WINDOW)
        self.model.more_wanted.connect(self._read_more)
        self.table = RowTable("residents.timeline.rows", say("residents.tab.timeline"), self.model)
        self.table.opened.connect(self.opened)
        empty = text_label(say("residents.timeline.empty"), wrap=True, role="muted")
        self._empty = named(empty, "residents.timeline.empty")
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty)

    def show_view(self, view: HouseholdView) -> None:
        """Begins with the newest; what is still the same keeps its place in the list."""
        newest = self.model.rows()[: len(view.timeline)]
        if view.house_id != self._house or newest != view.timeline:
            self._house = view.house_id
            self.model.begin(view.timeline)
        self._empty.setVisible(not view.timeline)

    def _read_more(self, last: TimelineRow | None) -> None:
        house = self._house

        def add(rows: Sequence[TimelineRow]) -> None:
            if self._house == house and (self.model.rows() or (None,))[-1] == last:
                self.model.add(rows)

        def failed(error: DeskError) -> None:
            self.model.failed()
            self._controller.tell(error)

        self._controller.read_timeline(last, add, failed)
