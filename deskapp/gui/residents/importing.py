"""Importing a roster: choose or drop a file, look, write; a page of the archive, not a dialog (A6)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.residents.importcontrol import Headings, ImportController, who_may
from deskapp.gui.residents.importpreview import ColumnsForm, PreviewTables, counts_line
from deskapp.gui.runner import Runner
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.messages import MessageBar
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.services.desk import Desk
from deskapp.services.residents.roster import RosterPreview, RosterResult
from deskapp.services.residents.roster_plan import RowKind

COLUMNS_WIDTH = 320


class ImportPage(QWidget):
    """The way of one roster into the archive.

    Signals:
        left: back to the list of households.
    """

    left = Signal()

    def __init__(self, desk: Desk, runner: Runner) -> None:
        super().__init__()
        named(self, "residents.import")
        self.controller = ImportController(desk, runner, self)
        self._writing = False
        self.messages = MessageBar("residents.import.messages")
        self.title = named(text_label(say("residents.import.title"), role="title"), "residents.import.title")
        self.file = named(text_label(role="muted"), "residents.import.file")
        self.sheet = named(QComboBox(), "residents.import.sheet", say("residents.import.sheet"))
        self.sheet.activated.connect(lambda _at: self.controller.choose_sheet(self.sheet.currentText()))
        self.counts = named(text_label(wrap=True), "residents.import.counts")
        self.notes = named(text_label(wrap=True, role="muted"), "residents.import.notes")
        self.columns = ColumnsForm()
        self.columns.said.connect(self.controller.map_column)
        self.tables = PreviewTables()
        self.bar = named(QProgressBar(), "residents.import.progress", say("residents.import.progress"))
        self._add_buttons()
        self._add_start()
        self._lay_out()
        self._join()
        self.start()

    def _add_buttons(self) -> None:
        self.back = push_button(
            "residents.import.back", say("residents.head.back"), role="quiet", icon="fa6s.arrow-left"
        )
        self.choose = push_button(
            "residents.import.choose", say("residents.import.choose"), icon="fa6s.folder-open"
        )
        self.write = push_button("residents.import.write", "", role="primary")
        self.good = push_button("residents.import.good", "", role="primary")
        self.rejected = push_button("residents.import.save_rejected", say("residents.import.save_rejected"))
        self.cancel = push_button("residents.import.cancel", say("residents.import.cancel"))
        self.back.clicked.connect(self._leave)
        self.choose.clicked.connect(self._choose)
        self.write.clicked.connect(lambda: self._write(good_rows=False))
        self.good.clicked.connect(lambda: self._write(good_rows=True))
        self.rejected.clicked.connect(self._save_rejected)
        self.cancel.clicked.connect(self._cancel)

    def _add_start(self) -> None:
        allowed = self.controller.allowed
        self.begin = EmptyState(
            "residents.import.start",
            say("residents.import.drop") if allowed else who_may(),
            icon="fa6s.file-excel",
            next_step=say("residents.import.choose") if allowed else "",
        )
        self.begin.wanted.connect(self._choose)

    def _lay_out(self) -> None:
        unit = tokens().unit
        head = QHBoxLayout()
        head.setSpacing(2 * unit)
        for widget in (self.back, self.title, self.file):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.sheet)
        head.addWidget(self.choose)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * unit)
        side = QVBoxLayout()
        side.addWidget(text_label(say("residents.import.columns"), role="section"))
        side.addWidget(self.columns, 1)
        self.columns.setFixedWidth(COLUMNS_WIDTH)
        row.addLayout(side)
        row.addWidget(self.tables, 1)
        self._looking = QWidget()
        look = QVBoxLayout(self._looking)
        look.setContentsMargins(0, 0, 0, 0)
        look.addWidget(self.counts)
        look.addWidget(self.notes)
        look.addWidget(middle, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.begin)
        self._pages.addWidget(self._looking)
        buttons = QHBoxLayout()
        for button in (self.write, self.good, self.rejected, self.cancel):
            buttons.addWidget(button)
        buttons.addWidget(self.bar, 1)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.setSpacing(unit)
        column.addLayout(head)
        column.addWidget(self.messages)
        column.addWidget(self._pages, 1)
        column.addLayout(buttons)

    def _join(self) -> None:
        controller = self.controller
        controller.reading.connect(self._reading)
        controller.sheets_known.connect(self._show_sheets)
        controller.previewed.connect(self._show_preview)
        controller.unreadable.connect(self._show_headings)
        controller.refused.connect(self._refuse)
        controller.progressed.connect(self._show_progress)
        controller.written.connect(self._written)
        controller.not_written.connect(self._not_written)
        controller.broken.connect(self._broken)
        controller.saved.connect(self._rejected_saved)
        controller.not_saved.connect(self._not_saved)

    # -- the states of the page

    def start(self) -> None:
        """Nothing is chosen yet."""
        self.controller.forget()
        self._pages.setCurrentWidget(self.begin)
        self.file.clear()
        self.choose.hide()
        self.sheet.hide()
        self._show_buttons(None)

    def take(self, path: Path) -> None:
        """Reads a file that was chosen or dropped; while one is being written nothing else is taken."""
        if self.controller.allowed and not self._writing:
            self.messages.clear()
            self.controller.take(path)

    def _reading(self, name: str) -> None:
        self.file.setText(say("residents.import.reading", file=name))
        self._show_buttons(None)
        self.cancel.show()

    def _show_sheets(self, sheets: tuple[str, ...], sheet: str) -> None:
        self.sheet.clear()
        self.sheet.addItems([*sheets])
        self.sheet.setCurrentText(sheet)
        self.sheet.setVisible(len(sheets) > 1)

    def _show_preview(self, seen: RosterPreview) -> None:
        self.messages.clear("refused")
        self.file.setText(seen.filename)
        self.counts.setText(counts_line(seen))
        self.notes.setText("\n".join(seen.notes))
        self.notes.setVisible(bool(seen.notes))
        self.columns.show_columns(seen.roster.headings, seen.columns)
        self.tables.show_preview(seen)
        self.choose.show()
        self._pages.setCurrentWidget(self._looking)
        self._show_buttons(seen)

    def _show_headings(self, found: Headings) -> None:
        """No roster as it stands: the clerk can say which column is what."""
        self.file.clear()
        self.messages.show_message("error", found.error.sentence(), key="refused")
        self.counts.setText(say("residents.import.say_columns"))
        self.notes.hide()
        self.columns.show_columns(found.headings, found.columns)
        self.tables.show_preview(None)
        self.choose.show()
        self._pages.setCurrentWidget(self._looking)
        self._show_buttons(None)
        self.cancel.show()

    def _refuse(self, error: DeskError) -> None:
        self.start()
        self.messages.show_message("error", error.sentence(), key="refused")

    def _show_buttons(self, seen: RosterPreview | None) -> None:
        """What can be done with the preview, with how many rows it would write."""
        rows = seen.count(RowKind.NEW) + seen.count(RowKind.UPDATED) if seen else 0
        whole = seen is not None and not seen.rejected_rows
        self.write.setText(say("residents.import.write", n=rows))
        self.good.setText(say("residents.import.good", n=rows))
        for button, shown in (
            (self.write, whole and rows > 0),
            (self.good, not whole and rows > 0),
            (self.rejected, seen is not None and not whole),
            (self.cancel, seen is not None),
            (self.bar, False),
        ):
            button.setVisible(shown)
        for button in (self.write, self.good):
            button.setAccessibleName(button.text())
        if whole and not rows:
            self.messages.show_message("info", say("residents.import.nothing_new"), key="refused")

    # -- what the clerk does

    def _choose(self) -> None:
        what = say("residents.import.files")
        name, _ = QFileDialog.getOpenFileName(self, say("residents.import.choose"), "", what)
        if name:
            self.take(Path(name))

    def _write(self, *, good_rows: bool) -> None:
        self._writing = True
        self._enable(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.controller.write(good_rows=good_rows, busy=self.good if good_rows else self.write)

    def _show_progress(self, done: int, total: int) -> None:
        if self._writing:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _enable(self, enabled: bool) -> None:
        """All but 取消, which stops the writing."""
        buttons = (self.write, self.good, self.rejected, self.choose, self.back)
        for widget in (*buttons, self.columns, self.sheet):
            widget.setEnabled(enabled)

    def _end_writing(self) -> None:
        self._writing = False
        self._enable(True)
        self.bar.hide()

    def _written(self, result: RosterResult) -> None:
        self._end_writing()
        said = say(
            "residents.import.written",
            new=result.accepted,
            updated=result.updated,
            unchanged=result.unchanged,
        )
        actions = [(say("residents.import.to_list"), self._leave)]
        if result.rejected:
            actions.insert(0, (say("residents.import.save_rejected"), self._save_rejected))
            said = say("residents.import.written_part", said=said, rejected=result.rejected)
        self.messages.show_message("done", said, actions, key="written", dismissible=False)
        self.write.hide()
        self.good.hide()
        self.cancel.hide()

    def _not_written(self, error: DeskError) -> None:
        self._end_writing()
        stopped = error.code == "roster.cancelled"
        self.messages.show_message("info" if stopped else "error", error.sentence(), key="written")

    def _broken(self) -> None:
        """What was chosen stands again as before it was read or written."""
        if self._writing:
            self._end_writing()
        else:
            self.start()

    def _save_rejected(self) -> None:
        seen = self.controller.preview
        if seen is None:
            return
        proposed = say("residents.import.rejected_file", name=Path(seen.filename).stem)
        name, _ = QFileDialog.getSaveFileName(
            self, say("residents.import.save_rejected"), proposed, say("residents.import.workbook")
        )
        if not name:
            return
        path = Path(name)
        self.controller.save_rejected(path if path.suffix else path.with_suffix(".xlsx"))

    def _rejected_saved(self, name: str) -> None:
        seen = self.controller.preview
        rows = seen.rejected_rows if seen else 0
        self.messages.show_message(
            "done", say("residents.import.rejected_saved", file=name, n=rows), key="saved"
        )

    def _not_saved(self, error: DeskError) -> None:
        self.messages.show_error(error, key="saved")

    def _cancel(self) -> None:
        """While it is being written: stops that; else lets go of the file."""
        if self._writing:
            self.controller.cancel()
        else:
            self.messages.clear()
            self.start()

    def _leave(self) -> None:
        if not self._writing:
            self.messages.clear()
            self.start()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel() if self._pages.currentWidget() is self._looking else self._leave()
            return
        super().keyPressEvent(event)
