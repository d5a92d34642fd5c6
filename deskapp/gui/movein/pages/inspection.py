"""Station ③: the sheet room by room, defects in seconds, meters with photos, the escort (M6 ③, M10, M11)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.inspection import Finding
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.defect import DefectForm
from deskapp.gui.movein.pages.defectlist import DefectList
from deskapp.gui.movein.pages.escort import EscortChooser
from deskapp.gui.movein.pages.meters import MetersRow
from deskapp.gui.movein.pages.page import StationPage, scrolled
from deskapp.gui.movein.pages.signing import SigningStrip
from deskapp.gui.movein.wording import bubble
from deskapp.gui.widgets.naming import clear, named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.services.movein import inspection
from deskapp.services.movein.record_views import InspectionView, SheetLine

ROOM = Qt.ItemDataRole.UserRole + 1
ROW = 32
"""Pixels of a row: big enough for a finger."""
DEFECTS = "defects"
"""Stands in the list of rooms for the list of defects."""


class InspectionPage(StationPage):
    """Rooms to the left, the items of one room to the right, meters and signatures below."""

    station = Station.INSPECTION

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self.column.addLayout(self._head())
        middle = QHBoxLayout()
        self.column.addLayout(middle, 1)
        self.rooms = QListWidget()
        named(self.rooms, "movein.inspection.rooms", say("movein.panel.rooms"))
        self.rooms.setFixedWidth(180)
        self.rooms.setTabKeyNavigation(False)
        self.rooms.currentItemChanged.connect(lambda *_: self._lay_out())
        middle.addWidget(self.rooms)
        self.stack = QStackedWidget()
        middle.addWidget(self.stack, 1)
        self._items = QWidget()
        self._rows = QGridLayout(self._items)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(0, 1)
        self.stack.addWidget(scrolled(self._items, "movein.inspection.items"))
        self.defects = DefectList(self)
        self.stack.addWidget(scrolled(self.defects, "movein.inspection.defects"))
        self.form = DefectForm(self)
        self.stack.addWidget(self.form)
        self.meters = MetersRow(self)
        self.column.addWidget(self.meters)
        self.signing = SigningStrip(self, "inspection")
        self.waiver = SigningStrip(self, "waiver", Need.WAIVER)
        self.column.addWidget(self.signing)
        self.column.addWidget(self.waiver)
        self.form.typed.connect(self.typed)
        self.form.ended.connect(self._lay_out)
        self.meters.typed.connect(self.typed)
        self.found: InspectionView | None = None
        self._laid: list[SheetLine] = []

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.escort = EscortChooser(self)
        row.addWidget(self.escort, 1)
        self.progress = text_label()
        row.addWidget(self.progress)
        self.room_ok = QPushButton(say("movein.panel.room_ok"))
        named(self.room_ok, "movein.inspection.room_ok", self.room_ok.text())
        self.add = QPushButton(say("movein.panel.defect_add"))
        named(self.add, "movein.inspection.defect", self.add.text())
        for button, key, slot in (
            (self.room_ok, "Ctrl+O", self._room_ok),
            (self.add, "Ctrl+D", self._add_defect),
        ):
            button.setMinimumHeight(40)
            button.clicked.connect(slot)
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        return row

    @property
    def room(self) -> str:
        """Code of the room chosen, "" for the list of defects or none."""
        item = self.rooms.currentItem()
        code = str(item.data(ROOM)) if item is not None else ""
        return "" if code == DEFECTS else code

    def first(self) -> QWidget | None:
        return self.rooms

    def empty(self) -> None:
        self.found = None
        self.rooms.clear()
        self.form.empty()
        self.meters.empty()

    def refresh(self) -> None:
        if self.view is not None:
            self.signing.show_view(self.view)
            self.waiver.show_view(self.view)
            self.waiver.setVisible(self._untouched())

    def _untouched(self) -> bool:
        """Whether nothing was looked at: only then the owner can wish not to inspect."""
        return self.found is None or not any(
            line.finding is not Finding.UNCHECKED for line in self.found.lines
        )

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read(
                "inspection", lambda: inspection.inspection_view(desk, view.pass_id), self.fill
            )
            self.escort.reload()

    def fill(self, found: InspectionView) -> None:
        """Shows the sheet as it stands."""
        if self.view is None or found.pass_id != self.view.pass_id:
            return
        self.found = found
        self._fill_rooms(found)
        self.meters.show_meters(found.meters)
        self.defects.show_defects(found.defects)
        total = len(found.lines)
        self.progress.setText(say("movein.panel.sheet_progress", done=total - found.unchecked, total=total))
        self.waiver.setVisible(self._untouched())
        if self.stack.currentWidget() is not self.form:
            self._lay_out()
        self.loaded()

    def _fill_rooms(self, found: InspectionView) -> None:
        codes = [code for code, _ in found.rooms]
        if [self.rooms.item(at).data(ROOM) for at in range(self.rooms.count())] != [*codes, DEFECTS]:
            self.rooms.blockSignals(True)
            self.rooms.clear()
            for code in [*codes, DEFECTS]:
                item = QListWidgetItem()
                item.setData(ROOM, code)
                item.setSizeHint(QSize(0, ROW))
                self.rooms.addItem(item)
            self.rooms.setCurrentRow(0)
            self.rooms.blockSignals(False)
        for at, (code, place) in enumerate(found.rooms):
            lines = [line for line in found.lines if line.room == code]
            left = sum(line.finding is Finding.UNCHECKED for line in lines)
            faulty = sum(line.finding is Finding.DEFECT for line in lines)
            marks = [f"✗{faulty}"] if faulty else []
            marks.append("✓" if not left else f"{len(lines) - left}/{len(lines)}")
            self.rooms.item(at).setText(f"{place}  {' '.join(marks)}")
        text = say("movein.panel.defects_count", count=len(found.defects))
        self.rooms.item(len(codes)).setText(text)

    def _lay_out(self) -> None:
        room = self.room
        self.room_ok.setEnabled(bool(room))
        self.stack.setCurrentIndex(0 if room or self.found is None else 1)
        lines = [line for line in self.found.lines if line.room == room] if self.found else []
        if lines == self._laid:
            return
        self._laid = lines
        clear(self._rows)
        for at, line in enumerate(lines):
            self._add_item(at, line)
        self._rows.setRowStretch(len(lines), 1)

    def _add_item(self, at: int, line: SheetLine) -> None:
        title = text_label(f"{line.trade_title} · {line.title}", wrap=True)
        title.setToolTip(bubble(line.method))
        self._rows.addWidget(title, at, 0)
        group = QButtonGroup(title)
        for column, finding in enumerate((Finding.IN_ORDER, Finding.DEFECT), 1):
            button = QPushButton(say(f"inspection.finding.{finding.value}"))
            button.setCheckable(True)
            button.setChecked(line.finding is finding)
            button.setMinimumSize(84, 34)
            spoken = told_of(f"{line.place} {line.title}", button.text())
            named(button, f"movein.inspection.{line.key}.{finding.value}", spoken)
            slot = self._in_order if finding is Finding.IN_ORDER else self._faulty
            button.clicked.connect(partial(slot, line))
            group.addButton(button)
            self._rows.addWidget(button, at, column)

    def _in_order(self, line: SheetLine) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.record(
                ("finding", view.pass_id, line.key),
                lambda c: inspection.set_findings(desk, c, view.pass_id, {line.key: Finding.IN_ORDER}),
                self.fill,
            )

    def _faulty(self, line: SheetLine) -> None:
        self._open_form(line.room, line.key)

    def _room_ok(self) -> None:
        view, desk, room = self.view, self.controller.desk, self.room
        if view is None or not room:
            return

        def done(found: InspectionView) -> None:
            self.fill(found)
            self._next_room()

        self.controller.record(
            ("room", view.pass_id, room),
            lambda c: inspection.room_in_order(desk, c, view.pass_id, room),
            done,
        )

    def _next_room(self) -> None:
        """The next natural thing: the next room that is not finished."""
        if self.found is None:
            return
        left = {line.room for line in self.found.lines if line.finding is Finding.UNCHECKED}
        for at in range(self.rooms.count()):
            if self.rooms.item(at).data(ROOM) in left:
                self.rooms.setCurrentRow(at)
                return

    def _add_defect(self) -> None:
        self._open_form(self.room, "")

    def _open_form(self, room: str, item: str) -> None:
        if self.found is not None:
            self.form.show_sheet(self.found, room, item)
            self.stack.setCurrentWidget(self.form)

    def values(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        if self.stack.currentWidget() is self.form and self.form.started:
            kept["defect"] = self.form.values()
        if meters := self.meters.values():
            kept["meters"] = meters
        return kept

    def restore(self, values: dict[str, Any]) -> None:
        self.meters.restore(values.get("meters", {}))
        if "defect" in values and self.found is not None:
            self._open_form("", "")
            self.form.restore(values["defect"])
