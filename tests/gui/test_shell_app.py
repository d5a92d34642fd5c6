"""A workplace: language, look, person, and bugs that are told instead of lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QtMsgType
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTabBar, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from deskapp.base import i18n
from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.gui import app as module
from deskapp.gui import theme
from deskapp.gui.app import Workplace
from deskapp.gui.movein.panel import MoveInPanel
from deskapp.gui.shell.taste import Taste, taste_of
from deskapp.services.desk import Desk
from deskapp.services.opening import seat
from tests.harness.watch import LogWatch


class Kept:
    """What a workstation remembers; or a folder that cannot be written."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.broken = False

    def __call__(self, **values: Any) -> None:
        if self.broken:
            raise WorldError("desk.folder", folder="D:/desk")
        self.values |= values


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def open_workplace(
    qapp: QApplication, qtbot: QtBot, desk: Desk, kept: Kept
) -> Iterator[Callable[..., Workplace]]:
    opened: list[Workplace] = []

    def open_it(station: Station | None = None) -> Workplace:
        made = Workplace(desk, Taste(), station=station, remember=kept)
        opened.append(made)
        with qtbot.waitActive(made.window):
            made.window.show()
            made.window.activateWindow()
        return made

    yield open_it
    for each in opened:
        each.close()
        each.scanner.deleteLater()
        qapp.removeTranslator(each._qt_words)
    theme.apply(qapp)


@pytest.fixture
def workplace(open_workplace: Callable[..., Workplace]) -> Workplace:
    return open_workplace()


def choose(workplace: Workplace, name: str) -> None:
    """Chooses from the menu of the window in front."""
    button = workplace.window.findChild(QToolButton, "shell.taste")
    assert button is not None
    action = next(a for a in button.menu().actions() if a.objectName() == f"shell.taste.{name}")
    action.trigger()


def tabs(workplace: Workplace) -> QTabBar:
    found = workplace.window.findChild(QTabBar, "shell.tabs")
    assert found is not None
    return found


def test_another_language_is_there_at_once_with_the_same_tab_in_front(
    workplace: Workplace, kept: Kept, qtbot: QtBot
) -> None:
    first = workplace.window
    first.show_tab(1)
    choose(workplace, "en")
    assert workplace.window is not first
    qtbot.waitUntil(lambda: not isValid(first))
    assert tabs(workplace).tabText(1) == say("complaints.panel.title")
    assert i18n.language() == "en"
    assert workplace.window.tab() == 1
    assert workplace.window.isVisible()
    assert kept.values == {"language": "en", "dark": False, "points": theme.USUAL}


def test_qt_s_own_words_follow_the_language(workplace: Workplace) -> None:
    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    assert cancel() == "取消"
    choose(workplace, "en")
    assert cancel() == "Cancel"


def test_look_and_size_change_in_place(workplace: Workplace, kept: Kept, qapp: QApplication) -> None:
    window = workplace.window
    choose(workplace, "dark")
    choose(workplace, "larger")
    assert workplace.window is window
    assert kept.values == {"language": "zh_CN", "dark": True, "points": theme.USUAL + 0.5}
    assert theme.tokens() is theme.DARK
    assert qapp.font().pointSizeF() == theme.USUAL + 0.5
    bar = window.grab().toImage()
    assert bar.pixelColor(bar.width() // 2, bar.height() - 3) == QColor(theme.DARK.surface)
    choose(workplace, "light")
    assert theme.tokens() is theme.LIGHT


def test_what_cannot_be_remembered_is_said_and_holds_for_now(workplace: Workplace, kept: Kept) -> None:
    kept.broken = True
    choose(workplace, "dark")
    assert theme.tokens() is theme.DARK
    assert workplace.window._messages.messages() == (
        ("error", WorldError("desk.folder", folder="D:/desk").sentence()),
    )


def test_another_person_sits_down(workplace: Workplace, kept: Kept, desk: Desk) -> None:
    workplace.window.person_wanted.emit(seat(desk, "1002").member)
    person = workplace.window.findChild(QPushButton, "shell.status.person")
    assert person is not None
    assert person.text() == "何敏 · 前台1"
    assert kept.values == {"staff": "1002"}


def test_a_scan_reaches_the_window_in_front_after_a_change(workplace: Workplace, qtbot: QtBot) -> None:
    choose(workplace, "en")
    workplace.scanner.scanned.emit("3#9999")
    wanted = ("info", say("shell.search.nothing", text="3#9999"))
    qtbot.waitUntil(lambda: workplace.window._messages.messages() == (wanted,))


def test_a_scan_by_keys_reaches_the_search(workplace: Workplace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is workplace.window.windowHandle())
    workplace.scanner._clock = lambda: 1.0  # all keys at one moment
    for letter in "LZ-2026-999999 0a1b2c3d4e5f\r":
        QTest.keyClick(QGuiApplication.focusWindow(), letter)
    qtbot.waitUntil(lambda: bool(workplace.window._messages.messages()))


def test_the_window_of_one_station_has_its_panel_only(open_workplace: Callable[..., Workplace]) -> None:
    workplace = open_workplace(Station.INSPECTION)
    assert tabs(workplace).count() == 1
    assert workplace.window.findChild(MoveInPanel) is not None


def test_a_bug_in_a_panel_is_logged_and_said_and_the_window_stays(
    workplace: Workplace, log_watch: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_watch.expect("incident", logger="deskapp.gui.runner")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    module.tell_of_bugs(workplace)
    error = ZeroDivisionError("ours")
    sys.excepthook(ZeroDivisionError, error, None)
    ((kind, sentence),) = workplace.window._messages.messages()
    number = log_watch.records[0].getMessage().split()[-1]
    assert kind == "error"
    assert number in sentence
    assert workplace.window.isVisible()


def test_a_bug_after_the_window_is_gone_goes_where_python_sends_it(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: told.append(error))
    module.tell_of_bugs(workplace)
    stop = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, stop, None)
    workplace.close()
    qtbot.waitUntil(lambda: not isValid(workplace.runner))
    late = ZeroDivisionError("late")
    sys.excepthook(ZeroDivisionError, late, None)
    assert told == [stop, late]


def test_qt_s_messages_go_to_the_log(monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch) -> None:
    handlers: list[Callable[..., None]] = []
    monkeypatch.setattr(module, "qInstallMessageHandler", handlers.append)
    log_watch.expect("layout is odd", logger="qt")
    module.log_qt_messages()
    handlers[0](QtMsgType.QtWarningMsg, None, "layout is odd")
    handlers[0](QtMsgType.QtDebugMsg, None, "nobody needs this")
    assert [record.getMessage() for record in log_watch.records] == ["layout is odd"]


@pytest.mark.parametrize(
    ("remembered", "taste"),
    [
        ({}, Taste("en")),
        ({"dark": True, "points": 12}, Taste("en", dark=True, points=12.0)),
        ({"dark": "yes", "points": "big"}, Taste("en")),
        ({"points": 400}, Taste("en")),
        ({"points": -1, "dark": 1}, Taste("en")),
        ({"points": float("nan")}, Taste("en")),
    ],
)
def test_a_damaged_memory_gives_the_usual_taste(remembered: dict[str, Any], taste: Taste) -> None:
    assert taste_of(remembered, "en") == taste
