"""The main window: one row of tabs and the search box, the panels, the status line (wireframes: window)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.gui.panel import Panel
from deskapp.gui.runner import Runner
from deskapp.gui.scanner import Scanner
from deskapp.gui.shell.area import PanelArea
from deskapp.gui.shell.panels import Tab
from deskapp.gui.shell.progress_strip import ProgressStrip
from deskapp.gui.shell.search_box import SearchBox
from deskapp.gui.shell.status_line import StatusLine
from deskapp.gui.shell.taste import Taste, TasteButton
from deskapp.gui.theme import icon, load_rare_font
from deskapp.gui.widgets.messages import Kind, MessageBar
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk

if TYPE_CHECKING:
    from deskapp.gui.shell.urgency import UrgencyWatch
    from deskapp.services import news
    from deskapp.services.residents import search
    from deskapp.services.residents.search import Hit
else:
    (news,) = later("deskapp.services", "news")
    (search,) = later("deskapp.services.residents", "search")

CLOCK_PATIENCE = timedelta(minutes=1)
"""How far a clock may be behind before it is said."""
DRAWN_AFTER = 20
"""Milliseconds after which the first readings begin: the window is drawn by then, and has the interpreter
for itself until then."""
JUMP = timedelta(seconds=20)
"""More than this between two questions to the change feed: the machine slept, or its clock was put on."""
REFUSAL = "refused"
"""What the sentence of a panel's last refusal is filed under in the message bar."""
WATCH_AFTER = 2_500
"""Milliseconds after which the clocks of the complaint desk are looked at: all its rules are read for it."""
ASK_EVERY = 500
"""Milliseconds between two questions to the change feed."""


class MainWindow(QMainWindow):
    """The window of one desk.

    Signals:
        taste_wanted: the clerk wants another language, look or size (`Taste`).
        person_wanted: another `Member` sits down.
    """

    taste_wanted = Signal(object)
    person_wanted = Signal(object)

    def __init__(
        self, desk: Desk, runner: Runner, panels: Sequence[Tab], taste: Taste, scanner: Scanner
    ) -> None:
        super().__init__()
        self.setObjectName("shell.window")
        self.setWindowTitle(say("shell.title", estate=desk.estate_name))
        self._desk, self._places, self._taste = desk, tuple(panels), taste
        self._panels: dict[str, Panel] = {}
        self.runner = self._runner = runner
        runner.hold()
        # From the outside inwards: what moves into another widget is styled anew with all that is in it.
        body = QWidget(self)
        top = QWidget(body)
        self._tabs = self._tab_bar(top)
        self._search = SearchBox(lambda text, limit: search.find(desk, text, limit), runner, top)
        self._taste_button = TasteButton(taste, top)
        self._messages = MessageBar("shell.message", body)
        self._progress = ProgressStrip(body)
        self._stack = QStackedWidget(body)
        for tab in self._places:
            self._stack.addWidget(PanelArea(tab.key, self._stack))
        self._status = StatusLine(desk, self)
        self._urgency: UrgencyWatch | None = None
        self._lay_out(body, top)
        self._join(scanner)
        self._keys()
        self._news: news.News | None = None
        self._news_awaited = False
        self._clock_told = False
        self._last_asked = desk.now()
        self._asking = QTimer(self, interval=ASK_EVERY)
        self._asking.timeout.connect(self._ask_news)
        self.resize(1366, 728)
        QTimer.singleShot(0, self, self._settle)

    # -- layout

    def _tab_bar(self, parent: QWidget) -> QTabBar:
        tabs = QTabBar(parent)
        tabs.setObjectName("shell.tabs")
        tabs.setAccessibleName(say("shell.tabs"))
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        for tab in self._places:
            tabs.addTab(say(tab.title_key))
        return tabs

    def _lay_out(self, body: QWidget, top: QWidget) -> None:
        top.setProperty("role", "bar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self._tabs)
        row.addStretch(1)
        self._search.setMinimumWidth(360)
        row.addWidget(self._search, 2)
        row.addWidget(self._taste_button)
        body.setProperty("role", "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._messages)
        column.addWidget(self._progress)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        self.setStatusBar(self._status)

    def _join(self, scanner: Scanner) -> None:
        self._tabs.currentChanged.connect(self._bring_to_front)
        self._search.chosen.connect(self._open_hit)
        self._search.said.connect(self.say)
        self._taste_button.changed.connect(self.taste_wanted)
        self._status.person_clicked.connect(self._ask_person)
        self._runner.trouble.connect(self.say)
        self._runner.saved.connect(self._saved)
        self._runner.working.connect(self._status.working)
        self._runner.changed.connect(self._spread)
        self._runner.progressed.connect(self._progress.show_progress)
        self._runner.idled.connect(self._progress.end)
        scanner.scanned.connect(self.scan)
        self._panel(0)

    def _saved(self) -> None:
        self._status.saved(self._desk.now())
        self._messages.clear(REFUSAL)

    def _panel(self, number: int) -> Panel:
        """The panel of a tab, built now if this is the first time it is wanted."""
        tab = self._places[number]
        if tab.key not in self._panels:
            area = self._stack.widget(number)
            assert isinstance(area, PanelArea)
            panel = area.hold(tab.build)
            panel.said.connect(self._say_of_panel)
            panel.hinted.connect(self._status.hint)
            panel.household_wanted.connect(self._open_in_archive)
            panel.search_wanted.connect(self._focus_search)
            self._panels[tab.key] = panel
        return self._panels[tab.key]

    def _keys(self) -> None:
        find_key = QShortcut(QKeySequence(Qt.Key.Key_F2), self)
        find_key.activated.connect(self._focus_search)
        for number in range(len(self._places)):
            key = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            key.activated.connect(lambda n=number: self._tabs.setCurrentIndex(n))
        for keys, step in (("Ctrl++", 0.5), ("Ctrl+=", 0.5), ("Ctrl+-", -0.5)):
            key = QShortcut(QKeySequence(keys), self)
            key.activated.connect(lambda s=step: self.taste_wanted.emit(self._taste.larger(s)))
        usual = QShortcut(QKeySequence("Ctrl+0"), self)
        usual.activated.connect(lambda: self.taste_wanted.emit(Taste(self._taste.language, self._taste.dark)))

    def _settle(self) -> None:
        """What the window can do without until it stands: icons, the rare font, the change feed."""
        for number, tab in enumerate(self._places):
            self._tabs.setTabIcon(number, icon(tab.icon_name, "accent"))
        self._taste_button.dress()
        if not self._panel(0).take_focus():
            self._search.setFocus()
        QTimer.singleShot(DRAWN_AFTER, self, self._runner.release)
        self._runner.read(self._open_news, done=lambda _: self._asking.start(), owner=self)
        QTimer.singleShot(WATCH_AFTER, self, self._watch_clocks)
        QTimer.singleShot(200, self, load_rare_font)

    def _watch_clocks(self) -> None:
        """The most urgent clock in every tab, where there is a desk for complaints; stations have none."""
        number = next((at for at, tab in enumerate(self._places) if tab.key == "complaints"), None)
        if number is None:
            return
        from deskapp.gui.shell.urgency import Line, UrgencyWatch  # the window stands sooner without it

        def show(line: Line) -> None:
            self._status.show_urgent(line.text, line.tip, banner=line.banner, late=line.late)

        def see(ticket: str = "", *, late: bool = False) -> None:
            self._tabs.setCurrentIndex(number)
            if not ticket or not self._panel(number).scan(ticket):
                self._panel(number).show_due(late=late)

        def tell(sentence: str, kind: str, ticket: str) -> None:
            words = say("shell.urgent.look_one" if ticket else "shell.urgent.look")
            act = (words, lambda: see(ticket, late=kind == "warning"))
            self._messages.show_message(cast("Kind", kind), sentence, [act], key=f"urgent.{kind}.{ticket}")

        self._urgency = UrgencyWatch(self._desk, self._runner, self)
        self._urgency.shown.connect(show)
        self._urgency.told.connect(tell)
        self._urgency.wanted.connect(self._come_forward)
        self._urgency.wanted.connect(see)
        self._status.urgent_clicked.connect(see)
        self._urgency.start()

    def _come_forward(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def wear(self, taste: Taste) -> None:
        """Takes note of a taste that the application has put on."""
        self._taste = taste
        self._taste_button.offer(taste)

    def tab(self) -> int:
        """The tab in front."""
        return self._tabs.currentIndex()

    def show_tab(self, number: int) -> None:
        """Brings a tab to the front; one that is not there is passed over."""
        self._tabs.setCurrentIndex(number)

    def places(self) -> dict[str, Any]:
        """What stands before the clerk in each tab that was opened: key of the panel -> its place."""
        found = {key: panel.place() for key, panel in self._panels.items()}
        return {key: place for key, place in found.items() if place is not None}

    def go_on_at(self, places: Mapping[str, Any]) -> None:
        """Goes on where another window stood (`places`)."""
        for number, tab in enumerate(self._places):
            if tab.key in places:
                self._panel(number).go_on_at(places[tab.key])

    # -- what happens

    def say(self, sentence: str, kind: str = "info") -> None:
        """Says a sentence in the message bar."""
        self._messages.show_message(cast("Kind", kind), sentence)

    def _say_of_panel(self, sentence: str, kind: str) -> None:
        """Says a panel's sentence; a refusal stands until the next one, or until something was saved."""
        self._messages.show_message(cast("Kind", kind), sentence, key=REFUSAL if kind == "warning" else "")

    def scan(self, text: str) -> None:
        """A scanned code: the panel in front may take it, then the others, else it is searched for.

        While a dialog waits for a decision nothing is opened behind it.
        """
        if QApplication.activeModalWidget() is not None:
            self.say(say("shell.scan.dialog_open"), "warning")
            return
        front = self._stack.currentIndex()
        for number in sorted(range(len(self._places)), key=lambda number: number != front):
            if self._panel(number).scan(text):
                self._tabs.setCurrentIndex(number)
                return
        self._search.look_up(text)

    def _focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _bring_to_front(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._status.hint("")
        self._panel(number).shown()

    def _open_hit(self, hit: Hit) -> None:
        if hit.house_id:
            self._panel(self._stack.currentIndex()).show_household(hit.house_id)
        else:
            self.say(say("shell.search.document_of_no_house", number=hit.document))

    def _open_in_archive(self, house_id: int) -> None:
        number = next((at for at, tab in enumerate(self._places) if tab.key == "residents"), None)
        if number is not None:
            self._tabs.setCurrentIndex(number)
            self._panel(number).show_household(house_id)

    def _spread(self, changes: Changes) -> None:
        for panel in self._panels.values():
            panel.changed(changes)
        if self._urgency is not None:
            self._urgency.changed(changes)

    def _ask_person(self) -> None:
        from deskapp.gui.shell.change_person import ChangePerson  # seldom wanted; the window stands sooner

        dialog = ChangePerson(self._desk, self._runner, self)
        dialog.signed_in.connect(self.person_wanted)
        dialog.open()

    # -- news of other desks

    def _open_news(self) -> None:
        self._news = news.News(self._desk)  # kept at once: the window may close before the answer comes

    def _ask_news(self) -> None:
        """Asks again when the last question was answered: a silent database is not asked twice."""
        if self._news is not None and not self._news_awaited:
            self._news_awaited = True
            self._runner.read(self._news.ask, done=self._tell_news, failed=self._no_news, owner=self)

    def _tell_news(self, changes: Changes) -> None:
        self._news_awaited = False
        self._status.database_answers(True)
        self._check_clock()
        if changes:
            self._spread(changes)

    def _check_clock(self) -> None:
        """A clock set back is said once, with what becomes of the times meanwhile."""
        now = self._desk.now()
        if now - self._last_asked > JUMP:
            self._wake()
        self._last_asked = now
        behind = self._desk.clock_behind()
        if behind < CLOCK_PATIENCE:
            self._clock_told = False
        elif not self._clock_told:
            self._clock_told = True
            minutes = int(behind.total_seconds() // 60)
            self.say(say("shell.clock_behind", minutes=minutes), "warning")

    def _wake(self) -> None:
        """The machine slept, or its clock was put forward: what shows times is read again at once."""
        if self._urgency is not None:
            self._urgency.look()
        self._panel(self._stack.currentIndex()).shown()

    def _no_news(self, _error: DeskError) -> None:
        self._news_awaited = False
        self._status.database_answers(False)

    def keep_drafts(self) -> None:
        """Every panel keeps what is half filled in."""
        for panel in self._panels.values():
            panel.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost with the window (design rule 4)."""
        self.keep_drafts()
        self._asking.stop()
        if self._urgency is not None:
            self._urgency.stop()
        self._runner.close()
        if self._news is not None:
            self._news.close()
        super().closeEvent(event)
