"""A clerk at the move-in panel: clicks and keys on the real window, waiting as a person does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.pages.inspection import InspectionPage
from deskapp.gui.movein.panel import MoveInPanel
from deskapp.services.desk import Desk
from deskapp.services.movein.views import DocumentRef, PassView
from tests.gui.person import Person
from tests.services.estates import SUPERVISOR, house_id


class Clerk(Person[MoveInPanel]):
    """One person at one panel.

    Attributes:
        issued: numbers of the papers offered, in order.
    """

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path, station: Station | None = None) -> None:
        self._folder = folder
        super().__init__(qtbot, desk, lambda runner: MoveInPanel(desk, runner, station), (1366, 660))
        self.issued: list[str] = []
        self.panel.controller.issued.connect(self._note_papers)
        self.wait()

    def _note_papers(self, papers: tuple[DocumentRef, ...]) -> None:
        self.issued.extend(paper.number for paper in papers)

    @property
    def view(self) -> PassView:
        """The household before the clerk."""
        view = self.panel.controller.view
        assert view is not None
        return view

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the focus is."""
        target = self.panel.focusWidget() or self.panel
        self.qtbot.keyClick(target, key, modifier)
        self.wait()

    def type(self, name: str, text: str) -> None:
        """Types into a field in place of what stands there."""
        edit = self.find(name, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(edit, text)
        else:
            edit.insert(text)  # as an input method does

    def select_charge(self, at: int) -> None:
        """Chooses a charge of the table."""
        self.find("movein.fees.charges", QTableWidget).selectRow(at)
        self.wait()

    def photo(self) -> Path:
        """A picture from the camera."""
        path = self._folder / "meter.png"
        if not path.exists():
            Image.new("RGB", (8, 8), "white").save(path)
        return path

    def approve(self, reason: str = "主管同意", secret: str = SUPERVISOR[1]) -> None:
        """The supervisor comes over and gives his word."""
        self.find("movein.form.approval.number", QComboBox).setEditText(SUPERVISOR[0])
        self.type("movein.form.approval.secret", secret)
        self.type("movein.form.approval.reason", reason)

    @property
    def fault(self) -> str:
        """What the open form says is wrong; "" for nothing."""
        label = self.find("movein.form.fault", QLabel)
        return label.text() if label.isVisible() else ""

    # -- the way

    def receive(self, label: str = "1#1单元101") -> None:
        """A household comes to the reception and gets its number."""
        self.panel.show_household(house_id(self.desk, label))
        self.wait()
        self.click("movein.reception.arrive")
        self.until(lambda: self.panel.controller.view is not None)

    def serve(self) -> None:
        """Begins with the household, if it was not begun by itself."""
        if self.view.state is not PassState.SERVING:
            self.click("movein.station.serve")
        assert self.view.state is PassState.SERVING

    def show_papers(self) -> None:
        """Station ②: every paper is shown."""
        self.click("movein.documents.all")

    def sign(self, record: str) -> None:
        """The record is signed on paper."""
        self.click(f"movein.sign.{record}.paper")

    def read_meters(self) -> None:
        """Station ③: every meter, with its photo."""
        page = self.panel.household.page("inspection")
        assert isinstance(page, InspectionPage)
        for code, form in page.meters.forms.items():
            page.meters.take_photo(form, self.photo())
            self.type(f"movein.meter.{code}.reading", "00012.3")
            self.key(Qt.Key.Key_Return)

    def all_rooms_in_order(self) -> None:
        """Station ③: room after room."""
        page = self.panel.household.page("inspection")
        assert isinstance(page, InspectionPage)
        assert page.found is not None
        for _ in page.found.rooms:
            self.click("movein.inspection.room_ok")

    def add_defect(self) -> None:
        """Station ③: one defect by a touch."""
        self.click("movein.inspection.defect")
        self.click("movein.defect.quick.0")
        self.key(Qt.Key.Key_Return)

    def outcome(self, code: str) -> None:
        """Closes the station."""
        self.click(f"movein.outcome.{code}")

    def confirm(self) -> None:
        """Confirms the form that is open."""
        self.click("movein.form.confirm")

    def walk_to(self, station: Station) -> None:
        """Takes the household before one, well, to a station, where it is served."""
        steps: dict[Station, Callable[[], None]] = {
            Station.NOTICE: lambda: self.outcome("in_order"),
            Station.DOCUMENTS: self._documents,
            Station.INSPECTION: self._inspection,
            Station.PAPERS: self._papers,
            Station.FEES: self._fees,
        }
        while self.view.at is not station:
            self.serve()
            at = self.view.at
            steps[at]()
            self.until(lambda at=at: self.view.at is not at)  # type: ignore[misc]
            self.until(lambda: self.view.state is PassState.SERVING)

    def _documents(self) -> None:
        self.show_papers()
        self.sign("documents")
        self.outcome("in_order")

    def _inspection(self) -> None:
        self.read_meters()
        self.all_rooms_in_order()
        self.sign("inspection")
        self.outcome("accepted")

    def _papers(self) -> None:
        self.click("movein.papers.all")
        self.sign("papers")
        self.outcome("all_signed")

    def _fees(self) -> None:
        self.click("movein.fees.take")
        self.outcome("paid")
