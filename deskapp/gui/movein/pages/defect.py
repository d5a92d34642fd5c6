"""Writing down a defect in seconds: place, item, a usual description by one touch, photos (M10)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.clock import day_of
from deskapp.base.i18n import language, say
from deskapp.domain.inspection import QuickDefect, ResponsibleParty, Severity, Trade, deadline_for
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import EnterForm, labelled
from deskapp.gui.movein.wording import day_text
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import caption, clear, named, text_label
from deskapp.gui.widgets.photos import PhotoStrip
from deskapp.services.movein import defects
from deskapp.services.movein.defects import DefectIn
from deskapp.services.movein.record_views import InspectionView


class DefectForm(EnterForm):
    """One defect.

    Signals:
        typed: something was typed; kept as a draft.
        ended: written down, or left; the rooms come back.
    """

    typed = Signal()
    ended = Signal()

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self._checklist = page.controller.desk.rules.checklist
        self._sheet: InspectionView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._where())
        self._quick = QWidget()
        self._quick_row = FlowLayout(self._quick, gap=6)
        column.addWidget(self._quick)
        self.words = QLineEdit()
        self.words.setMaxLength(defects.LONGEST)
        text = say("movein.panel.defect.words")
        named(self.words, "movein.defect.words", text)
        column.addWidget(labelled(text, self.words))
        column.addLayout(self._how())
        self.photos = PhotoStrip("movein.defect.photos")
        self.photos.refused.connect(lambda sentence: page.controller.said.emit(sentence, "warning"))
        column.addWidget(self.photos)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.entered.connect(self.take)
        self.words.textChanged.connect(self.typed)
        self.photos.changed.connect(self.typed)
        self.photos.take_pastes_of(self)
        self.room.currentIndexChanged.connect(self._room_chosen)
        self.item.currentIndexChanged.connect(self._item_chosen)
        self.trade.currentIndexChanged.connect(self._trade_chosen)
        self.severity.currentIndexChanged.connect(self._severity_chosen)

    def _where(self) -> QGridLayout:
        grid = QGridLayout()
        self.room, self.item, self.trade = QComboBox(), QComboBox(), QComboBox()
        for at, (widget, code) in enumerate(
            ((self.room, "room"), (self.item, "item"), (self.trade, "trade"))
        ):
            text = say(f"movein.panel.defect.{code}")
            named(widget, f"movein.defect.{code}", text)
            grid.addWidget(labelled(text, widget), 0, at)
            grid.setColumnStretch(at, 2 if code == "item" else 1)
        for sheet in self._checklist.trades:
            self.trade.addItem(sheet.title.in_language(language()), sheet.trade.value)
        return grid

    def _how(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.severity, self.party, self.due = QComboBox(), QComboBox(), text_label()
        for severity in Severity:
            self.severity.addItem(say(f"inspection.severity.{severity.value}"), severity.value)
        for party in ResponsibleParty:
            self.party.addItem(say(f"inspection.party.{party.value}"), party.value)
        for widget, code in ((self.severity, "severity"), (self.party, "party")):
            text = say(f"movein.panel.defect.{code}")
            named(widget, f"movein.defect.{code}", text)
            row.addWidget(labelled(text, widget))
        row.addWidget(self.due, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.back = QPushButton(say("movein.panel.form_back"))
        self.save = QPushButton(say("movein.panel.defect.save"))
        self.save.setProperty("role", "primary")
        for button, code in ((self.save, "save"), (self.back, "back")):
            named(button, f"movein.defect.{code}", button.text())
            button.setMinimumHeight(40)
            row.addWidget(button)
        self.back.clicked.connect(self.ended)
        self.save.clicked.connect(self.take)
        return row

    @property
    def started(self) -> bool:
        """Whether something was typed."""
        return bool(self.words.text().strip()) or not self.photos.is_blank()

    def empty(self) -> None:
        """Forgets what was typed."""
        self.words.clear()
        self.photos.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.ended.emit()  # what was typed stays in the form and in the draft
            return
        super().keyPressEvent(event)

    def show_sheet(self, sheet: InspectionView, room: str, item: str) -> None:
        """Begins a defect at an item, or in a room beside the list."""
        self._sheet = sheet
        self.room.blockSignals(True)
        self.room.clear()
        for code, place in sheet.rooms:
            self.room.addItem(place, code)
        self.room.setCurrentIndex(max(0, self.room.findData(room)))
        self.room.blockSignals(False)
        self._room_chosen()
        self.item.setCurrentIndex(max(0, self.item.findData(item)))
        self._item_chosen()
        self.words.setFocus()

    def _room_chosen(self) -> None:
        if self._sheet is None:
            return
        self.item.blockSignals(True)
        self.item.clear()
        self.item.addItem(say("movein.panel.defect.beside"), "")
        for line in self._sheet.lines:
            if line.room == self.room.currentData():
                self.item.addItem(f"{line.trade_title} · {line.title}", line.key)
        self.item.blockSignals(False)
        self._item_chosen()

    def _item_chosen(self) -> None:
        key = self.item.currentData()
        line = next((each for each in self._sheet.lines if each.key == key), None) if self._sheet else None
        self.trade.setEnabled(line is None)
        if line is not None:
            self.trade.setCurrentIndex(self.trade.findData(line.trade.value))
        self._trade_chosen()

    def _trade_chosen(self) -> None:
        sheet = self._checklist.trade(Trade(self.trade.currentData()))
        self.party.setCurrentIndex(self.party.findData(sheet.party.value))
        clear(self._quick_row)
        for at, quick in enumerate(sheet.quick):
            text = quick.label.in_language(language())
            button = QPushButton(caption(text))
            named(button, f"movein.defect.quick.{at}", text)
            button.setMinimumHeight(36)
            button.clicked.connect(partial(self._quick_chosen, quick))
            self._quick_row.addWidget(button)
        self._severity_chosen()

    def _quick_chosen(self, quick: QuickDefect) -> None:
        self.words.setText(quick.label.zh)
        self.severity.setCurrentIndex(self.severity.findData(quick.severity.value))
        self.party.setCurrentIndex(self.party.findData(quick.party.value))
        self.words.setFocus()

    def _severity_chosen(self) -> None:
        today = day_of(self._page.controller.desk.now())
        due = deadline_for(Severity(self.severity.currentData()), today, self._checklist)
        self.due.setText(say("movein.panel.defect.due", day=day_text(due)))

    def take(self) -> None:
        """Writes the defect down."""
        page, view = self._page, self._page.view
        if view is None:
            return
        desk, photos = page.controller.desk, tuple(self.photos.value())
        given = DefectIn(
            description=self.words.text(),
            severity=Severity(self.severity.currentData()),
            item=str(self.item.currentData() or ""),
            room=str(self.room.currentData() or ""),
            trade=Trade(self.trade.currentData()),
            party=ResponsibleParty(self.party.currentData()),
        )

        def written(found: InspectionView) -> None:
            self.empty()
            self.ended.emit()
            page.fill(found)

        page.controller.record(
            ("defect", view.pass_id, given, len(photos)),
            lambda command: defects.add_defect(desk, command, view.pass_id, given, photos),
            written,
        )

    def values(self) -> dict[str, Any]:
        """What was typed, for the draft, with the photos."""
        return {
            "room": self.room.currentData(),
            "item": self.item.currentData(),
            "trade": self.trade.currentData(),
            "severity": self.severity.currentData(),
            "party": self.party.currentData(),
            "words": self.words.text(),
            "photos": self.photos.draft(),
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed things back."""
        for widget, code in (
            (self.room, "room"),
            (self.item, "item"),
            (self.trade, "trade"),
            (self.severity, "severity"),
            (self.party, "party"),
        ):
            widget.setCurrentIndex(max(0, widget.findData(values.get(code))))
        self.words.setText(str(values.get("words", "")))
        self.photos.restore(values.get("photos"))
