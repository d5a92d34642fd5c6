"""The area that the roster did not say, asked for where the fees wait for it (F1)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from deskapp.base.errors import Refused
from deskapp.base.i18n import say
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import EnterForm, labelled
from deskapp.gui.widgets.naming import in_role, named, text_label
from deskapp.services.movein import area
from deskapp.services.movein.record_views import FeesView


class AreaRow(EnterForm):
    """Which fees wait, the area, and the button that puts them on the bill; hidden while none waits."""

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.told = named(in_role(text_label(wrap=True), "warning"), "movein.fees.uncounted")
        row.addWidget(self.told, 1)
        self.edit = named(QLineEdit(), "movein.fees.area", say("movein.panel.fees.area"))
        self.edit.setMaxLength(12)
        self.edit.setMaximumWidth(110)
        row.addWidget(labelled(say("movein.panel.fees.area"), self.edit))
        self.button = QPushButton(say("movein.panel.fees.count"))
        named(self.button, "movein.fees.count", self.button.text())
        row.addWidget(self.button)
        self.button.clicked.connect(self._count)
        self.entered.connect(self.button.click)
        self.hide()

    def show_fees(self, found: FeesView) -> None:
        """Shows what waits; an area that became known meanwhile needs no typing."""
        key = "movein.panel.fees.count_again" if found.area else "movein.panel.fees.uncounted"
        self.told.setText(say(key, titles="、".join(found.uncounted)))
        self.edit.setReadOnly(bool(found.area))
        if found.area:
            self.edit.setText(f"{found.area.normalize():f}")
        self.setVisible(bool(found.uncounted))

    def empty(self) -> None:
        """Another household."""
        self.edit.clear()
        self.hide()

    def _count(self) -> None:
        view, controller = self._page.view, self._page.controller
        if view is None:
            return
        try:
            given = Decimal(normalize("NFKC", self.edit.text()).strip())
        except InvalidOperation:
            controller.tell(Refused("fees.area"))
            return
        controller.record(
            ("area", view.house_id, given),
            lambda command: area.count_by_area(controller.desk, command, view.house_id, given),
            self._page.fill,
        )
