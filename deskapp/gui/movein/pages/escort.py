"""Who accompanies the household: who is free, who is with whom and for how long (M11)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import labelled
from deskapp.gui.movein.wording import span
from deskapp.gui.widgets.naming import named
from deskapp.services.movein import escorts
from deskapp.services.movein.record_views import EscortView


class EscortChooser(QWidget):
    """The pool; somebody who is with another household cannot be chosen."""

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self.choice = QComboBox()
        named(self.choice, "movein.inspection.escort", say("movein.panel.escort"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(labelled(say("movein.panel.escort"), self.choice))
        self.choice.activated.connect(self._chosen)

    def reload(self) -> None:
        """Reads the pool again."""
        desk = self._page.controller.desk
        self._page.controller.read("escorts", lambda: escorts.escorts(desk), self._fill)

    def _fill(self, pool: tuple[EscortView, ...]) -> None:
        view = self._page.view
        if view is None or self.choice.view().isVisible():
            return
        self.choice.clear()
        self.choice.addItem(say("movein.panel.escort_none"), 0)
        for each in pool:
            self.choice.addItem(self._line(each), each.staff_id)
            if each.pass_id not in (0, view.pass_id):
                model = self.choice.model()
                assert isinstance(model, QStandardItemModel)
                item = model.item(self.choice.count() - 1)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            if each.pass_id == view.pass_id:
                self.choice.setCurrentIndex(self.choice.count() - 1)

    def _line(self, each: EscortView) -> str:
        view, now = self._page.view, self._page.controller.desk.now()
        since = span(int((now - each.since).total_seconds())) if each.since is not None else ""
        if each.free:
            return say("movein.panel.escort_free", name=each.name, count=each.inspections_today)
        here = view is not None and each.pass_id == view.pass_id
        key = "movein.panel.escort_here" if here else "movein.panel.escort_busy"
        return say(key, name=each.name, number=each.queue_number, since=since)

    def _chosen(self) -> None:
        view, controller = self._page.view, self._page.controller
        if view is None:
            return
        staff_id = int(self.choice.currentData())
        controller.record(
            ("escort", view.pass_id, staff_id),
            lambda command: escorts.assign_escort(controller.desk, command, view.pass_id, staff_id),
            self._fill,
        )
