"""The application: its look, its window, and a new window when language, look or person change."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from deskapp.base import i18n
from deskapp.base.errors import DeskError
from deskapp.domain.movein.stations import Station
from deskapp.gui import theme
from deskapp.gui.garbage import GarbageCollector
from deskapp.gui.runner import Runner
from deskapp.gui.scanner import Scanner
from deskapp.gui.shell.panels import panels_of
from deskapp.gui.shell.taste import Taste
from deskapp.gui.shell.window import MainWindow
from deskapp.services.desk import Desk, Member

log = logging.getLogger("qt")

STYLE = "fusion"
"""What the style sheet draws on; named as an argument, for `setStyle` would hand a style to Python."""


HAND_OVER = 0.0005
"""Seconds after which work in the background lets the window's thread on: with Python's usual 5 ms, a window
that is drawn while a file is read would wait them at each call into Qt."""


def application() -> QApplication:
    """The one application, made if there is none yet."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    sys.setswitchinterval(HAND_OVER)
    app = QApplication([*sys.argv[:1], "-style", STYLE])
    app.setApplicationName("deskapp")
    GarbageCollector(app)
    return app


def log_qt_messages() -> None:
    """Qt's own messages go to the log instead of a console nobody sees."""
    levels = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}

    def note(kind: QtMsgType, _context: object, message: str) -> None:
        if "propagateSizeHints" in message:
            return  # the platform without a screen says so at every window
        log.log(levels.get(kind, logging.DEBUG), message)

    qInstallMessageHandler(note)


def tell_of_bugs(workplace: Workplace) -> None:
    """A bug of ours in a panel is logged and said with its number, and the window stays (design rule 8)."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception) or not isValid(workplace.runner):
            sys.__excepthook__(kind, error, trace)
            return
        workplace.runner.incident(error)

    sys.excepthook = tell


class Workplace:
    """A desk with its window; the window is made anew when what it shows everywhere changes.

    Args:
        remember: keeps values for the next start, such as language and size.
    """

    def __init__(
        self,
        desk: Desk,
        taste: Taste,
        *,
        station: Station | None = None,
        remember: Callable[..., None] = lambda **_values: None,
    ) -> None:
        self.desk, self.taste, self._station, self._remember = desk, taste, station, remember
        self.app = application()
        self.scanner = Scanner(self.app)
        self._qt_words = QTranslator(self.app)
        self.runner, self.window = self._open()

    def _open(self) -> tuple[Runner, MainWindow]:
        i18n.use_language(self.taste.language)
        QLocale.setDefault(QLocale("zh_CN" if self.taste.language == "zh_CN" else "en_GB"))
        self._translate_qt()
        theme.apply(self.app, dark=self.taste.dark, points=self.taste.points)
        runner = Runner()
        window = MainWindow(
            self.desk, runner, panels_of(self.desk, runner, self._station), self.taste, self.scanner
        )
        runner.setParent(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.taste_wanted.connect(self._dress)
        window.person_wanted.connect(self._staff)
        return runner, window

    def _translate_qt(self) -> None:
        """Qt's own words too: the menus of text fields, the dialogs for files and printers."""
        self.app.removeTranslator(self._qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.taste.language != "en" and self._qt_words.load(f"qtbase_{self.taste.language}", folder):
            self.app.installTranslator(self._qt_words)

    def _dress(self, taste: Taste) -> None:
        """Look and size change in place; another language is another window."""
        before, self.taste = self.taste, taste
        if taste.language != before.language:
            self._renew(going_on=True)
        else:
            theme.apply(self.app, dark=taste.dark, points=taste.points)
            self.window.wear(taste)
        self._keep(language=taste.language, dark=taste.dark, points=taste.points)

    def _staff(self, member: Member) -> None:
        self.desk = replace(self.desk, member=member)
        self._renew()
        self._keep(staff=member.number)

    def _keep(self, **values: object) -> None:
        try:
            self._remember(**values)
        except DeskError as error:  # it holds until the program ends, and that is said
            self.window.say(error.sentence(), "error")

    def _renew(self, *, going_on: bool = False) -> None:
        """A new window in the old one's place, at once; drafts carry over what was half filled in.

        In another language the same clerk goes on where she was. Another clerk begins at the beginning and is
        offered the drafts.
        """
        old = self.window
        self.scanner.scanned.disconnect(old.scan)
        old.keep_drafts()
        places = old.places() if going_on else {}
        geometry, maximised = old.saveGeometry(), old.isMaximized()
        self.runner, self.window = self._open()
        self.window.restoreGeometry(geometry)
        self.window.showMaximized() if maximised else self.window.show()
        self.window.go_on_at(places)
        self.window.show_tab(old.tab())
        old.close()

    def close(self) -> None:
        """Closes the window and gives the database back."""
        if isValid(self.window):
            self.window.close()
        self.desk.engine.dispose()


def run(workplace: Workplace) -> int:
    """Shows the window until it is closed; returns the exit status."""
    log_qt_messages()
    tell_of_bugs(workplace)
    screen = workplace.app.primaryScreen().availableGeometry()
    small = screen.width() <= 1366 or screen.height() <= 768
    workplace.window.showMaximized() if small else workplace.window.show()
    GarbageCollector.settle()
    status = workplace.app.exec()
    workplace.desk.engine.dispose()
    return status
