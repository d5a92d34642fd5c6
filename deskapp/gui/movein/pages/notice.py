"""Station ①: what the notice and the roster say of the household, to be held against what it brings."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QWidget

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.wording import day_text, house_line, owner_line
from deskapp.gui.widgets.naming import named, text_label
from deskapp.services.movein.views import OwnerView, PassView
from deskapp.services.residents.reveal import ID_NUMBER, reveal


class NoticePage(StationPage):
    """The facts of the notice."""

    station = Station.NOTICE

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self._facts = QWidget()
        self.column.addWidget(self._facts)
        self.column.addStretch(1)
        self._seen: dict[int, str] = {}

    def empty(self) -> None:
        self._seen = {}

    def refresh(self) -> None:
        view = self.view
        if view is None:
            return
        facts = QWidget()
        form = QFormLayout(facts)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(text_label(say("movein.panel.fact.booked")), text_label(self._booked(view), wrap=True))
        form.addRow(text_label(say("movein.panel.fact.batch")), text_label(view.batch or "–"))
        for owner in view.owners:
            form.addRow(text_label(say("movein.panel.fact.owner")), self._owner(owner))
        form.addRow(text_label(say("movein.panel.fact.came")), text_label(view.attendee))
        form.addRow(text_label(say("movein.panel.fact.house")), text_label(house_line(view)))
        self.column.replaceWidget(self._facts, facts)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts

    def _booked(self, view: PassView) -> str:
        if view.booked_day is None:
            return say("movein.panel.no_batch")
        today = day_of(self.controller.desk.now())
        key = "movein.panel.booked_today" if view.booked_day == today else "movein.panel.booked_other"
        return say(key, day=day_text(view.booked_day))

    def _owner(self, owner: OwnerView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        shown = self._seen.get(owner.person_id, "")
        row.addWidget(text_label(f"{owner_line(owner)}  {shown}".strip()))
        if owner.id_masked and not shown:
            button = QPushButton(say("movein.panel.show_id"))
            named(button, f"movein.notice.show_id.{owner.person_id}", f"{button.text()} {owner.name}")
            button.clicked.connect(partial(self._reveal, owner.person_id))
            row.addWidget(button)
        row.addStretch(1)
        return box

    def _reveal(self, person_id: int) -> None:
        def show(number: str) -> None:
            self._seen[person_id] = number
            self.refresh()

        desk = self.controller.desk
        self.controller.record(
            ("reveal", person_id), lambda command: reveal(desk, command, person_id, ID_NUMBER), show
        )
