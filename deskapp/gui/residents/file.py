"""The file of one household: its head and the leaves of what is known of it (A1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui.residents import records
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.residents.documents import DocumentsTab
from deskapp.gui.residents.head import HouseholdHead
from deskapp.gui.residents.people import PeopleTab
from deskapp.gui.residents.recordtab import RecordTab, Section
from deskapp.gui.residents.timeline import TimelineTab
from deskapp.gui.widgets.naming import named
from deskapp.services.residents.views import ErrandRow, HouseholdView, ReceiptRow, TimelineRow

LEAVES = ("timeline", "people", "papers", "keys", "defects", "fees", "documents", "signatures")


class HouseholdFile(QWidget):
    """One household.

    Signals:
        closed: back to the list.
    """

    closed = Signal()

    def __init__(self, controller: ResidentsController) -> None:
        super().__init__()
        named(self, "residents.file")
        self._controller = controller
        self.head = HouseholdHead(controller)
        self.head.back.clicked.connect(self.closed)
        self.timeline = TimelineTab(controller)
        self.people = PeopleTab(controller)
        self.documents = DocumentsTab(controller)
        self.leaves: Mapping[str, Any] = {
            "timeline": self.timeline,
            "people": self.people,
            **_record_leaves(controller),
            "documents": self.documents,
        }
        self.tabs = named(QTabWidget(), "residents.tabs", say("residents.tabs"))
        for key in LEAVES:
            self.tabs.addTab(self.leaves[key], say(f"residents.tab.{key}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self.timeline.opened.connect(self._open_happened)
        self.leaves["fees"].opened.connect(self._open_receipt)
        self.leaves["papers"].opened.connect(self._open_errand)
        self.leaves["defects"].opened.connect(lambda _key, row: self._open_number(row.order_number))

    def show_view(self, view: HouseholdView) -> None:
        """Shows a household; the same one read anew keeps leaf, place and what is half typed."""
        self.head.show_view(view)
        for at, key in enumerate(LEAVES):
            leaf = self.leaves[key]
            leaf.show_view(view)
            count = leaf.count
            title = say(f"residents.tab.{key}")
            counted = say("residents.tab.counted", title=title, count=count)
            self.tabs.setTabText(at, counted if count else title)

    def first_leaf(self) -> None:
        """To the time line, as a file that is newly opened."""
        self.tabs.setCurrentIndex(0)
        self.timeline.table.setFocus()

    def open_document(self, number: str) -> bool:
        """Marks a document of this household; False where it is not one of its documents."""
        if not self.documents.mark(number):
            return False
        self.tabs.setCurrentWidget(self.documents)
        return True

    def _open_happened(self, row: TimelineRow) -> None:
        number = row.data.get("number")
        papers = row.data.get("documents")
        found = [number, *(papers if isinstance(papers, list) else ())]
        next((each for each in found if isinstance(each, str) and self.open_document(each)), None)

    def _open_receipt(self, key: str, row: Any) -> None:
        if key == "receipts" and isinstance(row, ReceiptRow):
            self.open_document(row.number)

    def _open_errand(self, key: str, row: Any) -> None:
        if key == "errands" and isinstance(row, ErrandRow):
            self.open_document(row.number)

    def _open_number(self, number: str) -> None:
        if number:
            self.open_document(number)


def _record_leaves(controller: ResidentsController) -> dict[str, RecordTab]:
    rules, now, today = controller.desk.rules, controller.now, controller.today
    sections = {
        "papers": (
            Section(
                "papers",
                say("residents.tab.papers"),
                records.paper_columns(rules),
                lambda view: view.papers,
                say("residents.papers.empty"),
            ),
            Section(
                "errands",
                say("residents.section.errands"),
                records.errand_columns(today),
                lambda view: view.errands,
                say("residents.errands.empty"),
            ),
        ),
        "keys": (
            Section(
                "keys",
                say("residents.section.keys"),
                records.key_columns(rules),
                lambda view: view.keys,
                say("residents.keys.empty"),
            ),
            Section(
                "meters",
                say("residents.section.meters"),
                records.meter_columns(now),
                lambda view: view.meters,
                say("residents.meters.empty"),
                photos=lambda row: (row.photo,) if row.photo else (),
            ),
        ),
        "defects": (
            Section(
                "defects",
                say("residents.tab.defects"),
                records.defect_columns(rules, today),
                lambda view: view.defects,
                say("residents.defects.empty"),
                photos=lambda row: row.photos,
            ),
        ),
        "fees": (
            Section(
                "charges",
                say("residents.section.charges"),
                records.charge_columns(),
                lambda view: view.charges,
                say("residents.charges.empty"),
            ),
            Section(
                "receipts",
                say("residents.section.receipts"),
                records.receipt_columns(now),
                lambda view: view.receipts,
                say("residents.receipts.empty"),
            ),
        ),
        "signatures": (
            Section(
                "signatures",
                say("residents.tab.signatures"),
                records.signature_columns(now),
                lambda view: view.signatures,
                say("residents.signatures.empty"),
            ),
        ),
    }
    return {key: RecordTab(f"residents.{key}", each, controller) for key, each in sections.items()}
