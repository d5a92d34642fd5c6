"""The application: its look, its window, and a new window when language, look or person change."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from deskapp.base import i18n
from deskapp.domain.movein.stations import Station
from deskapp.gui import theme
from deskapp.gui.runner import Runner
from deskapp.gui.scanner import Scanner
from deskapp.gui.shell.panels import panels_of
from deskapp.gui.shell.taste import Taste
from deskapp.gui.shell.window import MainWindow
from deskapp.services.desk import Desk, Member

log = logging.getLogger("qt")


def application() -> QApplication:
    """The one application, made if there is none yet."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("deskapp")
    return app


def log_qt_messages() -> None:
    """Qt's own messages go to the log instead of a console nobody sees."""
    levels = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}

    def note(kind: QtMsgType, _context: object, message: str) -> None:
        log.log(levels.get(kind, logging.DEBUG), message)

    qInstallMessageHandler(note)


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
        self.window = self._open()

    def _open(self) -> MainWindow:
        i18n.use_language(self.taste.language)
        QLocale.setDefault(QLocale("zh_CN" if self.taste.language == "zh_CN" else "en_GB"))
        theme.apply(self.app, dark=self.taste.dark, points=self.taste.points)
        runner = Runner()
        window = MainWindow(
            self.desk, runner, panels_of(self.desk, runner, self._station), self.taste, self.scanner
        )
        runner.setParent(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.taste_wanted.connect(self._dress)
        window.person_wanted.connect(self._staff)
        return window

    def _dress(self, taste: Taste) -> None:
        self.taste = taste
        self._remember(language=taste.language, dark=taste.dark, points=taste.points)
        self._renew()

    def _staff(self, member: Member) -> None:
        self.desk = replace(self.desk, member=member)
        self._remember(staff=member.number)
        self._renew()

    def _renew(self) -> None:
        """A new window in the old one's place; drafts carry over what was half filled in."""
        old = self.window
        self.scanner.scanned.disconnect(old.scan)
        old.keep_drafts()
        geometry, maximised = old.saveGeometry(), old.isMaximized()
        self.window = self._open()
        self.window.restoreGeometry(geometry)
        self.window.showMaximized() if maximised else self.window.show()
        old.close()

    def close(self) -> None:
        """Closes the window and gives the database back."""
        self.window.close()
        self.desk.engine.dispose()


def run(workplace: Workplace) -> int:
    """Shows the window until it is closed; returns the exit status."""
    log_qt_messages()
    screen = workplace.app.primaryScreen().availableGeometry()
    small = screen.width() <= 1366 or screen.height() <= 768
    workplace.window.showMaximized() if small else workplace.window.show()
    status = workplace.app.exec()
    workplace.desk.engine.dispose()
    return status
