"""The archive's tab: the way to a household, its file, and the import of rosters (A1, A2, A6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.panel import Panel
from deskapp.gui.residents.browse import BrowsePage
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.file import HouseholdFile
from deskapp.gui.residents.importing import ImportPage
from deskapp.gui.runner import Runner
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk
from deskapp.services.residents.search import Hit
from deskapp.services.residents.views import HouseholdView

_DOCUMENT = re.compile(r"([A-Z]{2}-\d{4}-\d{6}|[a-z]+(?:-[a-z]+)*-\d{6})(?: [0-9a-f]{12})?", re.ASCII)
"""What the QR of a document says: its number, and the beginning of its hash."""
_OF_PASSES = "LZ-"
"""Numbers of passes belong to the move-in, which shows where the household stands."""


class ResidentsPanel(Panel):
    """The archive: one file a household."""

    key = "residents"
    title_key = "residents.title"
    icon_name = "fa6s.folder-open"

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("residents")
        self.setAccessibleName(say("residents.title"))
        self.setAcceptDrops(True)
        self.controller = ResidentsController(desk, runner, self)
        self.browse = BrowsePage(self.controller)
        self.file = HouseholdFile(self.controller)
        self.drafts = self.file.people.drafts
        self.importing = ImportPage(desk, runner)
        self._pages = QStackedWidget()
        for page in (self.browse, self.file, self.importing):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._document = ""
        self._join()

    def _join(self) -> None:
        self.controller.said.connect(self.said)
        self.controller.shown.connect(self._show)
        self.browse.household_wanted.connect(self.show_household)
        self.browse.import_wanted.connect(lambda: self._pages.setCurrentWidget(self.importing))
        self.file.closed.connect(self._back_to_list)
        self.importing.left.connect(self._back_to_list)

    # -- what the shell asks

    def show_household(self, house_id: int) -> None:
        """Opens the file of a household."""
        self._document = ""
        self.controller.open(house_id)

    def scan(self, text: str) -> bool:
        """Takes the number of a document: its household is opened and the document marked."""
        found = _DOCUMENT.fullmatch(text.strip())
        if found is None or text.startswith(_OF_PASSES):
            return False
        number = found[1]
        if self._pages.currentWidget() is self.file and self.file.open_document(number):
            return True
        self.controller.whose_document(number, lambda hits: self._open_document(number, hits))
        return True

    def changed(self, changes: Changes) -> None:
        """What is shown is read again where it may be old."""
        self.controller.changed(changes)
        self.browse.changed(changes)

    def shown(self) -> None:
        """The tab came to the front: what it did not need to know until now is read."""
        if self._pages.currentWidget() is self.browse:
            self.browse.refresh()

    def keep_draft(self) -> None:
        """Keeps what is half filled in before the window goes."""
        self.drafts.keep_at_once()

    # -- pages

    def _show(self, view: HouseholdView) -> None:
        again = self._pages.currentWidget() is self.file and self._showing == view.house_id
        self._showing = view.house_id
        self.file.show_view(view)
        if not again:
            self.file.first_leaf()
            self._pages.setCurrentWidget(self.file)
        if self._document:
            self.file.open_document(self._document)
            self._document = ""

    _showing = 0

    def _open_document(self, number: str, hits: Sequence[Hit]) -> None:
        hit = next((each for each in hits if each.document == number), None)
        if hit is None:
            self.said.emit(say("residents.document.unknown", number=number), "info")
        elif not hit.house_id:
            self.said.emit(say("residents.document.of_no_house", number=number), "info")
        else:
            self.show_household(hit.house_id)
            self._document = number

    def _back_to_list(self) -> None:
        self.drafts.keep()
        self.controller.close()
        self._pages.setCurrentWidget(self.browse)
        self.browse.refresh()

    # -- a roster dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file is read as a roster."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        self.drafts.keep()
        self._pages.setCurrentWidget(self.importing)
        if len(paths) > 1:
            self.said.emit(say("residents.import.one_file", name=paths[0].name), "info")
        self.importing.take(paths[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from a file to the list; nothing typed is lost with it."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self._pages.currentWidget() is self.file:
            self._back_to_list()
            return
        super().keyPressEvent(event)
