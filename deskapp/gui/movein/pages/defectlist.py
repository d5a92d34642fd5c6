"""The defects of the house, each with a way to take one back that was written down by mistake (M10, I1)."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.defects import DefectState
from deskapp.domain.movein.outcomes import Need
from deskapp.gui.movein.asks import Ask, Given
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.wording import day_text
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.gui.widgets.picturerow import PictureRow
from deskapp.services.movein import defects
from deskapp.services.movein.record_views import DefectView


class DefectList(QWidget):
    """One line a defect."""

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)
        column.addStretch(1)
        self._shown: tuple[DefectView, ...] | None = None
        self._seen: dict[str, QImage] = {}

    def show_defects(self, found: tuple[DefectView, ...]) -> None:
        """Shows the defects in the order found."""
        if found == self._shown:
            return  # a photo that is being looked at stays open
        self._shown = found
        clear(self._grid)
        if not found:
            self._grid.addWidget(text_label(say("movein.panel.no_defects"), wrap=True), 0, 0)
        for number, each in enumerate(found):
            at = 2 * number
            self._grid.addWidget(text_label(_line(each), wrap=True), at, 0)
            photos = PictureRow(f"movein.defect.{each.number}.photos", self._page.controller, self._seen)
            self._grid.addWidget(photos, at + 1, 0, 1, 2)
            photos.show_photos(each.photos)
            if each.state in (DefectState.REGISTERED, DefectState.ORDERED):
                button = QPushButton(say("movein.panel.defect.remove"))
                name = told_of(button.text(), f"{each.place} {each.description}")
                named(button, f"movein.defect.remove.{each.number}", name)
                button.clicked.connect(partial(self._remove, each))
                self._grid.addWidget(button, at, 1)

    def _remove(self, each: DefectView) -> None:
        controller = self._page.controller

        def go(given: Given) -> None:
            reason = given.answer.reason
            controller.record(
                ("remove", each.defect_id, each.version, reason),
                lambda command: defects.remove_defect(
                    controller.desk, command, each.defect_id, each.version, reason
                ),
                lambda _: self._page.reload(),
            )

        title = say("movein.panel.defect.remove_title", what=f"{each.place} {each.description}")
        self._page.asks.emit(Ask("defect.remove", title, (Need.REASON,)), go)


def _line(each: DefectView) -> str:
    parts = [
        told_of(f"{each.number}. {each.place} {each.trade_title}", each.description),
        say(f"inspection.severity.{each.severity.value}"),
        say(f"inspection.party.{each.party.value}"),
        say("movein.panel.defect.due", day=day_text(each.due)),
        say(f"inspection.defect.state.{each.state.value}"),
    ]
    return "  ".join(parts)
