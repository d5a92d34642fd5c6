"""The way to a household for who knows only part of its address: building, entrance, room (A2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.models.windowed import WindowModel
from deskapp.gui.residents import wording
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.records import room_columns
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.empty import EmptyState
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.changes import Changes
from deskapp.services.residents.browse import WINDOW, Branch, RoomRow

PAUSE = 200
"""Milliseconds without typing until the rooms are looked for."""
DOORS_WIDTH = 208


@dataclass(frozen=True, slots=True)
class Door:
    """A row on the left: the whole estate, or the houses behind one door of it."""

    name: str
    branches: tuple[Branch, ...]

    @property
    def houses(self) -> int:
        """How many."""
        return sum(branch.houses for branch in self.branches)


def doors_of(branches: Sequence[Branch]) -> tuple[Door, ...]:
    """The whole estate first, then each door; nothing for an estate without houses."""
    if not branches:
        return ()
    whole = Door(say("residents.browse.all"), tuple(branches))
    return (whole, *(Door(wording.branch(branch), (branch,)) for branch in branches))


def door_columns() -> tuple[Column[Door], ...]:
    """Name and number of houses."""
    return (
        Column(say("residents.column.door"), lambda row: row.name),
        Column(say("residents.column.houses"), lambda row: str(row.houses), 72, number=True),
    )


class BrowsePage(QWidget):
    """Doors on the left, their houses on the right, above them what to type when only the room is known.

    Signals:
        household_wanted: a house was opened (its id).
        import_wanted: a roster is to be imported.
    """

    household_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.browse")
        self._controller = controller
        self._stale = True
        self._typed = ""
        self._enter_pending = False
        self.doors: RowsModel[Door] = RowsModel(door_columns())
        self.door_table = RowTable("residents.browse.doors", say("residents.browse.doors"), self.doors)
        self.door_table.marked.connect(lambda _row: self._show_door())
        self.model: WindowModel[RoomRow] = WindowModel(room_columns(), WINDOW)
        self.model.more_wanted.connect(self._read_more)
        self.table = RowTable("residents.browse.rooms", say("residents.browse.rooms"), self.model)
        self.table.opened.connect(lambda row: self.household_wanted.emit(row.house_id))
        self.typed = named(QLineEdit(), "residents.browse.typed", say("residents.browse.typed"))
        self.typed.setPlaceholderText(say("residents.browse.typed_hint"))
        self.typed.setClearButtonEnabled(True)
        self.typed.setMaxLength(60)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        self.typed.textChanged.connect(self._edited)
        self.typed.returnPressed.connect(self._enter)
        self.importing = push_button(
            "residents.browse.import", say("residents.browse.import"), icon="fa6s.file-import"
        )
        self.importing.clicked.connect(self.import_wanted)
        self.said = named(text_label(wrap=True, role="muted"), "residents.browse.said")
        self._lay_out()

    def _lay_out(self) -> None:
        unit = tokens().unit
        top = QHBoxLayout()
        top.addWidget(self.typed, 1)
        top.addWidget(self.said, 2)
        top.addWidget(self.importing)
        lists = QHBoxLayout()
        lists.setSpacing(2 * unit)
        self.door_table.setFixedWidth(DOORS_WIDTH)
        lists.addWidget(self.door_table)
        lists.addWidget(self.table, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addLayout(lists, 1)
        may_import = self._controller.may(Action.ROSTER_IMPORT)
        self.empty = EmptyState(
            "residents.browse.empty",
            say("residents.browse.empty" if may_import else "residents.browse.empty_clerk"),
            icon="fa6s.house",
            next_step=say("residents.browse.import") if may_import else "",
        )
        self.empty.wanted.connect(self.import_wanted)
        self._pages = QStackedWidget()
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    # -- reading

    def refresh(self) -> None:
        """Reads the doors where they may have changed."""
        if self._stale:
            self._stale = False
            self._controller.read_branches(self._show_doors, self._refused)

    def changed(self, changes: Changes) -> None:
        """Rows shown of houses that changed are read anew; after an import everything is."""
        if changes.touch("all", 0):
            self._stale = True
        else:
            shown = {row.house_id for row in self.model.rows()}
            houses = {subject for kind, subject in changes.things if kind == "house"}
            if known := sorted(houses & shown):
                self._controller.read_rows(known, self._put)
            new = changes.touch("estate") and bool(houses - shown)
            self._stale = self._stale or new
        if self._stale and self.isVisible():
            self.refresh()

    def _refused(self, error: DeskError) -> None:
        self._stale = True
        self.empty.set_sentence(error.sentence())
        self._pages.setCurrentWidget(self.empty)

    def _show_doors(self, branches: Sequence[Branch]) -> None:
        before: Door | None = self.door_table.current()
        doors = doors_of(branches)
        self._pages.setCurrentIndex(0 if doors else 1)
        self.doors.show_rows(doors)
        if doors:
            again = next((door for door in doors if before and door.name == before.name), doors[0])
            self.door_table.mark(again)

    def _wanted(self) -> tuple[Branch, ...]:
        door: Door | None = self.door_table.current()
        return door.branches if door is not None else ()

    def _show_door(self) -> None:
        if not self._typed:
            self.said.setText(say("residents.browse.hint"))
            self.model.begin()
            self.model.fetchMore(QModelIndex())

    def _read_more(self, last: RoomRow | None) -> None:
        wanted = self._wanted()

        def add(rows: Sequence[RoomRow]) -> None:
            if not self._typed and wanted == self._wanted():
                self.model.add(rows)

        self._controller.read_rooms(wanted, last, add, self._failed)

    def _failed(self, error: DeskError) -> None:
        self.model.failed()
        self._controller.tell(error)

    def _put(self, rows: Sequence[RoomRow]) -> None:
        fresh = {row.house_id: row for row in rows}
        for at, row in enumerate(self.model.rows()):
            if row.house_id in fresh:
                self.model.put(at, replace(fresh[row.house_id], branch=row.branch))

    # -- part of an address

    def _edited(self) -> None:
        self._enter_pending = False
        self._pause.start()

    def _look(self) -> None:
        typed = self.typed.text().strip()
        if typed == self._typed:
            return
        self._typed = typed
        self.door_table.setEnabled(not typed)
        if not typed:
            self._show_door()
            return

        def show(rows: Sequence[RoomRow]) -> None:
            if self._typed == typed:
                self.model.begin(rows)
                self.model.complete = True
                found = say("residents.browse.candidates", n=len(rows))
                self.said.setText(found if rows else say("residents.browse.nothing", text=typed))
                if self._enter_pending:
                    self._enter()

        self._controller.read_candidates(typed, show, self._failed)

    def _enter(self) -> None:
        """To the candidates; a single one is opened. While they are on their way, Enter is remembered."""
        self._pause.stop()
        self._enter_pending = self.typed.text().strip() != self._typed
        if self._enter_pending:
            self._look()
        elif self._typed and self.model.rowCount() == 1:
            self.household_wanted.emit(self.model.rows()[0].house_id)
        elif self.model.rowCount():
            self.table.selectRow(0)
            self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the whole list."""
        if event.key() == Qt.Key.Key_Escape and self.typed.text():
            self.typed.clear()
            return
        super().keyPressEvent(event)
