"""The one household before one: who, where on the way, what every desk must see, and a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pages.signing import SigningPad, SigningStrip
from deskapp.gui.movein.trail import Trail
from deskapp.gui.movein.wording import (
    clock_text,
    house_line,
    mark_line,
    owners_line,
    state_line,
    station_name,
)
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.phrasing import listed

if TYPE_CHECKING:
    from deskapp.gui.movein.pages import (
        documents,
        errands,
        fees,
        inspection,
        issuedpapers,
        keys,
        notice,
        papers,
    )
    from deskapp.services.movein.views import PassView, StationMark
else:
    documents, errands, fees, inspection = later(
        "deskapp.gui.movein.pages", "documents", "errands", "fees", "inspection"
    )
    issuedpapers, keys, notice, papers = later(
        "deskapp.gui.movein.pages", "issuedpapers", "keys", "notice", "papers"
    )

ERRANDS, ISSUED = "errands", "issued"
LOWEST = 64
"""Pixels of a page that must be seen at once."""
BESIDE = (ERRANDS, ISSUED)
"""Pages of no station, there at any time."""
_PAGES: dict[str, Callable[[], type[StationPage]]] = {
    Station.NOTICE.value: lambda: notice.NoticePage,
    Station.DOCUMENTS.value: lambda: documents.DocumentsPage,
    Station.INSPECTION.value: lambda: inspection.InspectionPage,
    Station.PAPERS.value: lambda: papers.PapersPage,
    Station.FEES.value: lambda: fees.FeesPage,
    Station.KEYS.value: lambda: keys.KeysPage,
    ERRANDS: lambda: errands.ErrandsPage,
    ISSUED: lambda: issuedpapers.IssuedPapersPage,
}
"""Each page's class; asked for when the page is first wanted."""


class _PageArea(QScrollArea):
    """Scrolls a page up and down where the window is low; it is never cut off at the side."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("movein.household.page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another page, or the same with more on it, needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        assert inside is not None
        page, bar = inside.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(page.width() + bar.width(), min(page.height(), LOWEST))


class HouseholdView(QWidget):
    """Head, the way through the stations as buttons, and the page of the one chosen.

    Signals:
        typed: something was typed on a page.
        file_wanted: the household's file is to be opened in the archive (its house).
        arrived: another household, or the same at another station, is to be worked on.
        asks: a page must ask something first (`Ask`, who is told).
        paper_wanted: a paper is to be looked at, or printed at once.
    """

    typed = Signal()
    file_wanted = Signal(object)
    arrived = Signal()
    asks = Signal(object, object)
    paper_wanted = Signal(str, bool)

    def __init__(self, controller: MoveinController) -> None:
        super().__init__()
        self._controller = controller
        self._view: PassView | None = None
        self._chosen = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 0)
        self._title = text_label(wrap=True)
        self._title.setProperty("role", "title")
        self._title.setObjectName("movein.household.title")
        self._state = text_label(wrap=True)
        self._state.setObjectName("movein.household.state")
        self._attention = text_label(wrap=True)
        self._attention.setProperty("role", "warning")
        self._attention.setObjectName("movein.household.attention")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self._file = QPushButton(say("movein.panel.open_file"))
        named(self._file, "movein.household.file", self._file.text())
        self._file.setProperty("role", "quiet")
        if controller.station is not None:
            self._file.hide()  # no archive there; shown before it has a parent, it would be a window
        self._file.clicked.connect(self._open_file)
        head.addWidget(self._file)
        column.addLayout(head)
        for label in (self._state, self._attention):
            column.addWidget(label)
        self._trail = Trail(self._choose)
        column.addWidget(self._trail)
        self._stack = QStackedWidget()
        self._stack.currentChanged.connect(self._only_the_shown_asks_for_room)
        self._not_yet = text_label(say("movein.panel.not_yet"))
        self._not_yet.setProperty("role", "muted")
        column.addWidget(self._not_yet)
        column.addWidget(_PageArea(self._stack), 1)
        self._pages: dict[str, StationPage] = {}
        self._pad: SigningPad | None = None

    def page(self, code: str) -> StationPage:
        """The page of a station, or of the errands; made when it is first wanted."""
        if code not in self._pages:
            page = self._pages[code] = _PAGES[code]()(self._controller)
            page.typed.connect(self.typed)
            page.asks.connect(self.asks)
            page.pad_wanted.connect(self._show_pad)
            page.paper_wanted.connect(self.paper_wanted)
            self._stack.addWidget(page)
        return self._pages[code]

    @property
    def shown_page(self) -> StationPage | None:
        """The page that is looked at."""
        return self._pages.get(self._chosen)

    def show_view(self, view: PassView) -> None:
        """Shows a household; the page follows it to its station."""
        before, self._view = self._view, view
        self._title.setText(f"{view.queue_number}   {view.label}   {owners_line(view.owners)}")
        self._state.setText(self._standing(view))
        self._attention.setText(_attention(view))
        self._attention.setVisible(bool(self._attention.text()))
        self._lay_trail(view)
        moved_on = before is None or before.pass_id != view.pass_id or before.at is not view.at
        begins = view.state is PassState.SERVING and (before is None or before.state is not view.state)
        if moved_on or not self._chosen:
            self._chosen = view.at.value
        self._show_page()
        if moved_on or begins:
            self.arrived.emit()

    def focus_first(self) -> None:
        """Where the work on the page begins."""
        page = self.shown_page
        first = page.first() if page is not None and page.isEnabled() else None
        if first is not None:
            first.setFocus()

    def reload(self) -> None:
        """Reads the records of the page shown again."""
        if (page := self.shown_page) is not None:
            page.reload()

    def _standing(self, view: PassView) -> str:
        came = say("movein.panel.came", name=view.attendee, role=say(f"party.role.{view.attendee_role}"))
        return "   ".join((state_line(view), came, house_line(view)))

    def _lay_trail(self, view: PassView) -> None:
        self._trail.lay([*(mark.station.value for mark in view.stations), *BESIDE])
        for mark in view.stations:
            self._show_step(mark, view)
        for code in BESIDE:
            words = say(f"movein.panel.page.{code}")
            self._trail.put(code, words, words, words)

    def _show_step(self, mark: StationMark, view: PassView) -> None:
        full = station_name(mark.station)
        sign = "✓" if mark.closed else "●" if mark.station is view.at else ""
        past = mark.closed and mark.station is not view.at
        words = f"{full[0]} ✓ {clock_text(mark.at)}" if past else f"{full} {sign}".strip()
        outcome = say(f"movein.outcome.{mark.station.value}.{mark.outcome}") if mark.outcome else ""
        told = " · ".join(
            part for part in (full, clock_text(mark.at), outcome, mark.by, mark.desk, mark.overruled) if part
        )
        self._trail.put(mark.station.value, words, f"{full[0]} {sign}".strip(), told)

    def _open_file(self) -> None:
        if self._view is not None:
            self.file_wanted.emit(self._view.house_id)

    def _choose(self, code: str) -> None:
        self._chosen = code
        self._show_page()

    def choose_station(self, station: Station) -> None:
        """Shows the page of a station."""
        self._choose(station.value)

    def _show_page(self) -> None:
        view = self._view
        if view is None:
            return
        page = self.page(self._chosen)
        page.show_view(view)
        page.setEnabled(page.writable(view))
        before = view.state in (PassState.WAITING, PassState.CALLED, PassState.HELD, PassState.AWAITING)
        self._not_yet.setVisible(before and page.station is view.at)
        self._trail.choose(self._chosen)
        if not self._signing:
            self._stack.setCurrentWidget(page)

    def _only_the_shown_asks_for_room(self, shown: int) -> None:
        """Else the highest page that was ever opened would make every other one scroll."""
        for at in range(self._stack.count()):
            policy = QSizePolicy.Policy.Preferred if at == shown else QSizePolicy.Policy.Ignored
            page = self._stack.widget(at)
            assert page is not None
            page.setSizePolicy(policy, policy)

    @property
    def _signing(self) -> bool:
        return self._pad is not None and self._stack.currentWidget() is self._pad

    def _show_pad(self, strip: SigningStrip) -> None:
        if self._pad is None:
            self._pad = SigningPad()
            self._stack.addWidget(self._pad)
            self._pad.ended.connect(self._leave_pad)
        self._pad.show_strip(strip)
        self._stack.setCurrentWidget(self._pad)

    @property
    def title(self) -> str:
        """How a draft of this household is offered: number and house, no names."""
        view = self._view
        return f"{view.queue_number} {view.label}" if view is not None else ""

    def values(self) -> dict[str, Any]:
        """What is typed on the pages and not on record."""
        view = self._view
        kept = {
            code: page.values()
            for code, page in self._pages.items()
            if view is not None and page.view is not None and page.view.pass_id == view.pass_id
        }
        return {code: values for code, values in kept.items() if values}

    def put_back(self, values: dict[str, Any]) -> None:
        """Puts typed things back on their pages."""
        for code, typed in values.items():
            if code in _PAGES and self._view is not None:
                page = self.page(code)
                page.show_view(self._view)
                page.put_back(typed)

    def _leave_pad(self) -> None:
        page = self.shown_page
        if page is not None:
            self._stack.setCurrentWidget(page)


def _attention(view: PassView) -> str:
    """What every desk must see: marks, other houses, namesakes (M6 ④, P5)."""
    lines = [mark_line(mark) for mark in view.marks]
    if view.others:
        lines.append(say("movein.panel.others", houses=listed(view.others)))
    if view.namesakes:
        lines.append(say("movein.panel.namesakes", houses=listed(view.namesakes)))
    return " | ".join(lines)
