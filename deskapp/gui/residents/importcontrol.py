"""Taking a roster: read in the background, previewed, written whole or not at all (A6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.base.errors import DeskError, Refused, WorldError
from deskapp.base.i18n import Word, say
from deskapp.domain.staff import RIGHTS, Action, Role, may
from deskapp.gui.runner import Progress, Runner
from deskapp.gui.widgets.phrasing import listed
from deskapp.services.desk import Desk
from deskapp.services.residents import roster
from deskapp.services.residents.roster import RosterPreview, RosterResult

MOST_READ = 40_000_000
"""Bytes read of a file at most; the service says which size is too large."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read when it was chosen; what is written is what was previewed."""

    path: Path
    data: bytes


@dataclass(frozen=True, slots=True)
class Headings:
    """What can be said of a sheet that is no roster as it stands.

    Attributes:
        columns: heading -> field, as far as the clerk has said it.
        error: why it is none.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, str]
    error: DeskError


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    sheets: tuple[str, ...]
    sheet: str
    found: RosterPreview | Headings


def who_may() -> str:
    """Why this member cannot import, and who can."""
    allowed = [role for role in Role if role in RIGHTS[Action.ROSTER_IMPORT]]
    roles = listed(say(f"staff.role.{role.value}") for role in allowed)
    refused = Refused("staff.no_right", action=Word(f"staff.action.{Action.ROSTER_IMPORT.value}"))
    return say("residents.import.who_may", refused=refused.sentence(), roles=roles)


class ImportController(QObject):
    """One roster on its way into the archive.

    Attributes:
        preview: what writing it would do; None until it was read.

    Signals:
        reading: a file is being read (its name).
        sheets_known: (sheets, the one that is read).
        previewed: it is a roster (`RosterPreview`).
        unreadable: it is a sheet, but not a roster as it stands (`Headings`).
        refused: it is nothing that can be read (`DeskError`).
        progressed: (rows done, rows in all).
        written: `RosterResult`.
        not_written: why (`DeskError`); nothing was written.
        saved: the rows left out are in a file (its name).
        not_saved: why not (`DeskError`).
        broken: a fault of the program's own came between, and was said; nothing was read or written.
    """

    reading = Signal(str)
    sheets_known = Signal(object, str)
    previewed = Signal(object)
    unreadable = Signal(object)
    refused = Signal(object)
    progressed = Signal(int, int)
    written = Signal(object)
    not_written = Signal(object)
    saved = Signal(str)
    not_saved = Signal(object)
    broken = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self.allowed = may(desk.member.role, Action.ROSTER_IMPORT)
        self.preview: RosterPreview | None = None
        self._source: Source | None = None
        self._sheet: str | None = None  # as the clerk chose it
        self._shown_sheet = ""
        self._mapping: dict[str, str] = {}
        self._progress: Progress | None = None
        self._command = ""
        self._waits = False
        runner.progressed.connect(self._report)
        runner.idled.connect(self._idled)

    # -- reading

    def take(self, path: Path) -> None:
        """Reads a file that was chosen or dropped."""
        self.forget()
        self.reading.emit(path.name)
        self._ask(lambda: _read(path))

    def choose_sheet(self, sheet: str) -> None:
        """Reads another sheet of the file; what was said of columns belonged to the last."""
        source = self._source
        if source is not None and sheet != self._shown_sheet:
            self._sheet, self._mapping = sheet, {}
            self.reading.emit(source.path.name)
            self._ask(lambda: source)

    def map_column(self, heading: str, field: str) -> None:
        """What a column is, as the clerk says it; "" for nothing."""
        source = self._source
        if source is not None:
            self._mapping[heading] = field
            self._ask(lambda: source)

    def forget(self) -> None:
        """Lets go of the file; an answer still on its way is dropped."""
        self.preview, self._source, self._sheet, self._mapping = None, None, None, {}
        self._waits = False
        self._runner.read(lambda: None, done=lambda _: None, key=self._key, owner=self)

    @property
    def _key(self) -> str:
        return f"residents.import.{id(self)}"

    def _ask(self, file: Callable[[], Source]) -> None:
        self.preview, self._waits = None, True
        sheet, mapping = self._sheet, dict(self._mapping)
        self._runner.read(
            lambda: self._look(file(), sheet, mapping),
            done=self._show,
            failed=self._refused,
            key=self._key,
            owner=self,
        )

    def _look(self, source: Source, sheet: str | None, mapping: Mapping[str, str]) -> _Read:
        """Runs in the background: the preview, or the headings of what is no roster yet."""
        name = source.path.name
        file = roster.outline(self._desk, source.data, name, sheet=sheet)
        try:
            seen = roster.preview(self._desk, source.data, name, sheet=sheet, mapping=mapping)
        except Refused as error:
            if not file.headings:
                raise
            return _Read(source, file.sheets, file.sheet, Headings(file.headings, mapping, error))
        return _Read(source, file.sheets, file.sheet, seen)

    def _refused(self, error: DeskError) -> None:
        self._waits = False
        self.refused.emit(error)

    def _show(self, read: _Read) -> None:
        self._waits = False
        self._source, self._shown_sheet = read.source, read.sheet
        self.sheets_known.emit(read.sheets, read.sheet)
        if isinstance(read.found, Headings):
            self.unreadable.emit(read.found)
        else:
            self.preview, self._command = read.found, str(uuid.uuid4())
            self.previewed.emit(read.found)

    # -- writing

    def write(self, *, good_rows: bool, busy: QWidget) -> None:
        """Writes what was previewed; after trouble of the world the same once more, under the same id."""
        seen, command = self.preview, self._command
        if seen is None:
            return
        progress = self._progress = self._runner.progress()
        self._waits = True
        self._runner.run(
            lambda: roster.apply(self._desk, command, seen, good_rows=good_rows, progress=progress),
            done=self._written,
            failed=self._not_written,
            busy=busy,
            key=f"{self._key}.write",
            owner=self,
        )

    def _report(self, progress: Progress) -> None:
        if progress is self._progress:
            self.progressed.emit(progress.done, progress.total)

    def _written(self, result: RosterResult) -> None:
        self._waits = False
        self.written.emit(result)

    def _not_written(self, error: DeskError) -> None:
        self._waits = False
        self.not_written.emit(error)

    def _idled(self) -> None:
        """Nothing runs any more: an answer that is still waited for will not come."""
        if self._waits:
            self._waits = False
            self.broken.emit()

    def cancel(self) -> None:
        """Stops the writing at the next report; nothing of it stays."""
        if self._progress is not None:
            self._progress.cancel()

    def save_rejected(self, path: Path) -> None:
        """Saves the rows left out as a workbook, to correct and bring back."""
        seen = self.preview
        if seen is None:
            return

        def save() -> str:
            try:
                path.write_bytes(roster.rejected_workbook(seen))
            except OSError as error:
                raise WorldError("roster.not_saved", file=path.name) from error
            return path.name

        self._runner.read(save, done=self.saved.emit, failed=self.not_saved.emit, owner=self)


def _read(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            return Source(path, file.read(MOST_READ))
    except OSError as error:
        raise WorldError("roster.unreadable", file=path.name) from error
