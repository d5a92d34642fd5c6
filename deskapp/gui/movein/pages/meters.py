"""The meters of the house, each read with a photo (M6 ③)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.domain.meters import Meter
from deskapp.gui.movein.pieces import EnterForm, labelled
from deskapp.gui.widgets.naming import named
from deskapp.services.changes import Done
from deskapp.services.movein import meters
from deskapp.services.movein.record_views import InspectionView, MeterView

if TYPE_CHECKING:
    from deskapp.gui.movein.pages.inspection import InspectionPage


class _MeterForm(EnterForm):
    """One meter: digits as they stand there, a photo, and whether it is on record."""

    dropped = Signal(object)

    def __init__(self, row: MetersRow, meter: MeterView) -> None:
        super().__init__()
        self.meter = meter
        self.photo: Path | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        title = say(f"inspection.meter.{meter.meter}")
        self.reading = QLineEdit()
        self.reading.setMaxLength(13)
        self.reading.setMinimumWidth(84)
        named(self.reading, f"movein.meter.{meter.meter}.reading", title)
        line.addWidget(labelled(title, self.reading), 1)
        self.pick = QPushButton(say("movein.panel.meter.photo"))
        named(self.pick, f"movein.meter.{meter.meter}.photo", f"{title}: {self.pick.text()}")
        line.addWidget(self.pick)
        self.reading.textChanged.connect(row.typed)
        self.reading.editingFinished.connect(partial(row.save, self))
        self.pick.clicked.connect(partial(row.choose_photo, self))
        self.setAcceptDrops(True)
        self.dropped.connect(partial(row.take_photo, self))
        self.show_meter(meter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped: the photo from the camera's folder."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the first file that was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0])

    def show_meter(self, meter: MeterView) -> None:
        """Shows what is on record, unless something else is typed."""
        if self.reading.text() in ("", self.meter.reading):
            self.reading.setText(meter.reading)
        if meter.photo != self.meter.photo:
            self.photo = None
        self.meter = meter
        self._show_state()

    def take_photo(self, path: Path) -> None:
        """A picture was chosen; it goes on record with the reading."""
        self.photo = path
        self._show_state()

    @property
    def on_record(self) -> bool:
        """Whether what is shown is written down."""
        return bool(self.meter.photo) and self.photo is None and self.reading.text() == self.meter.reading

    def _show_state(self) -> None:
        key = "photo_there" if self.meter.photo or self.photo else "photo"
        self.pick.setText(say("movein.panel.meter.saved" if self.on_record else f"movein.panel.meter.{key}"))


class MetersRow(QWidget):
    """The meters side by side.

    Signals:
        typed: a reading was typed.
    """

    typed = Signal()

    def __init__(self, page: InspectionPage) -> None:
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
        chosen, _ = QFileDialog.getOpenFileName(
            self, form.pick.accessibleName(), "", say("movein.panel.meter.photo_files")
        )
        if chosen:
            self.take_photo(form, Path(chosen))

    def take_photo(self, form: _MeterForm, path: Path) -> None:
        """A photo was chosen or dropped; the digits are asked for next, if they are not there."""
        form.take_photo(path)
        form.reading.setFocus()
        self.save(form)

    def save(self, form: _MeterForm) -> None:
        """Writes a reading down, with its photo where one was chosen.

        Digits without a photo, or a photo without digits, wait for the other: both are wanted.
        """
        view, page = self._page.view, self._page
        there = form.reading.text().strip() and (form.photo or form.meter.photo)
        if view is None or not there or form.on_record:
            return
        desk, path, reading = page.controller.desk, form.photo, form.reading.text()
        meter = Meter(form.meter.meter)

        def call(command: str) -> Done[InspectionView]:
            photo = _bytes_of(path) if path is not None else None
            return meters.read_meter(desk, command, view.pass_id, meter, reading, photo)

        page.controller.record(("meter", view.pass_id, meter, reading, str(path)), call, page.fill)

    def values(self) -> dict[str, Any]:
        """Readings typed and not on record."""
        return {
            code: form.reading.text()
            for code, form in self.forms.items()
            if form.reading.text() not in ("", form.meter.reading)
        }

    def restore(self, values: dict[str, Any]) -> None:
        """Puts typed readings back."""
        for code, reading in values.items():
            if code in self.forms:
                self.forms[code].reading.setText(str(reading))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorldError("attachment.unreadable", name=path.name) from error
