"""The meters of the house, each read with a photo (M6 ③)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from deskapp.base.i18n import say
from deskapp.domain.meters import Meter
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pieces import EnterForm, labelled
from deskapp.gui.widgets.naming import named
from deskapp.gui.widgets.phrasing import told_of
from deskapp.gui.widgets.picture_sources import (
    PasteHere,
    Source,
    ask_for_pictures,
    held_by,
    kept_of,
    may_hold,
    of_files,
)
from deskapp.services.changes import Done
from deskapp.services.movein import meters
from deskapp.services.movein.record_views import InspectionView, MeterView


class _MeterForm(EnterForm):
    """One meter: digits as they stand there, a photo, and whether it is on record.

    Attributes:
        photo: one that is not on record yet, as it will be kept.

    Signals:
        held: something was dropped or pasted (`QMimeData`).
    """

    held = Signal(object)

    def __init__(self, row: MetersRow, meter: MeterView) -> None:
        super().__init__()
        self.meter = meter
        self.photo: bytes | None = None
        self.reads = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        title = say(f"inspection.meter.{meter.meter}")
        self.reading = QLineEdit()
        self.reading.setMaxLength(13)
        self.reading.setMinimumWidth(84)
        named(self.reading, f"movein.meter.{meter.meter}.reading", title)
        line.addWidget(labelled(title, self.reading), 1)
        self.pick = QPushButton(say("movein.panel.meter.photo"))
        named(self.pick, f"movein.meter.{meter.meter}.photo", told_of(title, self.pick.text()))
        line.addWidget(self.pick)
        self.reading.textChanged.connect(row.typed)
        self.reading.editingFinished.connect(partial(row.save, self))
        self.pick.clicked.connect(partial(row.choose_photo, self))
        self.setAcceptDrops(True)
        self.held.connect(partial(row.take_held, self))
        PasteHere(self, self.held.emit)
        self.show_meter(meter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A photo may be dropped, as from the camera's folder."""
        if may_hold(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.held.emit(event.mimeData())

    def show_meter(self, meter: MeterView) -> None:
        """Shows what is on record, unless something else is typed."""
        if self.reading.text() in ("", self.meter.reading):
            self.reading.setText(meter.reading)
        if meter.photo != self.meter.photo:
            self.photo = None
        self.meter = meter
        self._show_state()

    def wait_for_photo(self) -> None:
        """A picture is being read."""
        self.reads = True
        self._show_state()

    def take_photo(self, photo: bytes | None) -> None:
        """A picture was read and goes on record with the reading; None where it is none."""
        self.reads = False
        self.photo = photo or self.photo
        self._show_state()

    @property
    def on_record(self) -> bool:
        """Whether what is shown is written down."""
        return bool(self.meter.photo) and self.photo is None and self.reading.text() == self.meter.reading

    def _show_state(self) -> None:
        key = "photo_there" if self.meter.photo or self.photo else "photo"
        text = say("movein.panel.meter.saved" if self.on_record else f"movein.panel.meter.{key}")
        self.pick.setText(say("widgets.photos.reading") if self.reads else text)
        self.pick.setToolTip(say("widgets.photos.hint"))


class MetersRow(QWidget):
    """The meters side by side.

    Signals:
        typed: a reading was typed.
    """

    typed = Signal()

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self._page = page
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self.forms: dict[str, _MeterForm] = {}

    def empty(self) -> None:
        """Another household, other meters."""
        for form in self.forms.values():
            self._row.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.forms = {}

    def show_meters(self, found: tuple[MeterView, ...]) -> None:
        """Shows the readings of this round."""
        for meter in found:
            if meter.meter not in self.forms:
                form = self.forms[meter.meter] = _MeterForm(self, meter)
                self._row.addWidget(form)
            self.forms[meter.meter].show_meter(meter)

    def choose_photo(self, form: _MeterForm) -> None:
        """Asks for the file of the photo."""
        for path in ask_for_pictures(self, several=False):
            self.take_photo(form, path)

    def take_photo(self, form: _MeterForm, path: Path) -> None:
        """A file was chosen."""
        self._take(form, of_files([path])[0])

    def take_held(self, form: _MeterForm, held: QMimeData) -> None:
        """Something was dropped or pasted: a picture, or the first of some files."""
        sources = held_by(held)
        if sources:
            self._take(form, sources[0])
        else:
            self._page.controller.said.emit(say("widgets.photos.nothing_there"), "warning")

    def _take(self, form: _MeterForm, source: Source) -> None:
        """Reads the picture in the background; the digits are asked for meanwhile."""
        form.wait_for_photo()
        form.reading.setFocus()
        key = f"meter_photo.{form.meter.meter}"
        self._page.controller.read(
            key, lambda: kept_of(source), lambda found: self._taken(form, found), owner=form
        )

    def _taken(self, form: _MeterForm, found: bytes | str) -> None:
        if isinstance(found, str):
            form.take_photo(None)
            self._page.controller.said.emit(found, "warning")
            return
        form.take_photo(found)
        self.typed.emit()
        self.save(form)

    def save(self, form: _MeterForm) -> None:
        """Writes a reading down, with its photo where one was chosen.

        Digits without a photo, or a photo without digits, wait for the other: both are wanted.
        """
        view, page = self._page.view, self._page
        there = form.reading.text().strip() and (form.photo or form.meter.photo)
        if view is None or not there or form.on_record:
            return
        desk, photo, reading = page.controller.desk, form.photo, form.reading.text()
        meter = Meter(form.meter.meter)

        def call(command: str) -> Done[InspectionView]:
            return meters.read_meter(desk, command, view.pass_id, meter, reading, photo)

        page.controller.record(("meter", view.pass_id, meter, reading, photo), call, page.fill)

    def values(self) -> dict[str, Any]:
        """Digits and photos that are not on record: code of the meter -> either or both."""
        kept: dict[str, Any] = {}
        for code, form in self.forms.items():
            there: dict[str, Any] = {}
            if form.reading.text() not in ("", form.meter.reading):
                there["reading"] = form.reading.text()
            if form.photo is not None:
                there["photo"] = form.photo
            if there:
                kept[code] = there
        return kept

    def restore(self, values: dict[str, Any]) -> None:
        """Puts what was kept back."""
        for code, kept in values.items():
            if code not in self.forms or not isinstance(kept, dict):
                continue
            if "reading" in kept:
                self.forms[code].reading.setText(str(kept["reading"]))
            if isinstance(kept.get("photo"), bytes):
                self.forms[code].take_photo(kept["photo"])
