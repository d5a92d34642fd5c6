"""The frame around the panels, by real clicks and keys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskapp.base import i18n
from deskapp.base.clock import NeverBack, SetClock
from deskapp.base.i18n import say
from deskapp.gui.runner import Runner
from deskapp.gui.shell import progress_strip
from deskapp.gui.shell.panels import panels_of
from deskapp.gui.shell.search_box import SearchBox
from deskapp.gui.shell.taste import Taste
from deskapp.services.changes import Changes, Done
from deskapp.services.desk import Desk
from tests.gui.shells import Shell, open_shell, shell
from tests.services.estates import house_id

__all__ = ["open_shell", "shell"]

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_window_names_the_estate_and_who_sits_there(shell: Shell) -> None:
    assert shell.window.windowTitle() == "云栖里 · 服务中心前台"
    assert shell.find(QPushButton, "shell.status.person").text() == "林晓 · 前台1"
    assert [shell.find(QTabBar, "shell.tabs").tabText(n) for n in (0, 1)] == [
        say("movein.panel.title"),
        say("residents.title"),
    ]


def test_a_panel_is_built_when_its_tab_is_first_wanted(shell: Shell) -> None:
    assert set(shell.panels) == {"movein"}
    shell.key(Qt.Key.Key_2, CTRL)
    assert shell.panels["residents"].noted == [("shown", None)]
    assert shell.panels["residents"].isVisible()
    assert not shell.panels["movein"].isVisible()
    shell.key(Qt.Key.Key_1, CTRL)
    assert shell.panels["movein"].noted == [("shown", None)]


def test_f2_leads_to_the_search_from_anywhere_and_enter_opens_the_household(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    shell.panels["movein"].field.setFocus()
    qtbot.keyClicks(shell.panels["movein"].field, "halb")
    shell.key(Qt.Key.Key_F2)
    box = shell.find(SearchBox, "shell.search")
    assert box.hasFocus()
    qtbot.keyClicks(box, "TC")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    wanted = ("household", house_id(desk, "TC201"))
    qtbot.waitUntil(lambda: wanted in shell.panels["movein"].noted)
    assert shell.panels["movein"].field.text() == "halb"


def test_the_front_panel_is_asked_first_what_a_scan_means(shell: Shell, qtbot: QtBot) -> None:
    shell.window.show_tab(1)
    shell.window.scan("residents-1")
    assert ("scan", "residents-1") in shell.panels["residents"].noted
    assert ("scan", "residents-1") not in shell.panels["movein"].noted
    shell.window.scan("movein-1")
    assert shell.window.tab() == 0
    shell.window.scan("3#9999")
    qtbot.waitUntil(lambda: shell.sentences() == [say("shell.search.nothing", text="3#9999")])


def test_a_scan_opens_nothing_behind_a_dialog(shell: Shell, qtbot: QtBot) -> None:
    dialog = QDialog(shell.window)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    shell.window.scan("movein-1")
    dialog.close()
    assert shell.panels["movein"].noted == []
    assert shell.sentences() == [say("shell.scan.dialog_open")]


def test_what_is_saved_is_said_to_the_second_and_spread_once(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    assert shell.label("shell.status.saved") == say("shell.saved.nothing_yet")
    changes = Changes(frozenset({("pass", 3)}))
    shell.runner.run(lambda: Done(None, changes))
    qtbot.waitUntil(lambda: shell.panels["movein"].noted == [("changed", changes)])
    assert shell.label("shell.status.saved") == say("shell.saved.at", time="09:00:00")


def test_what_another_desk_changed_arrives(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(shell.window._asking.isActive)
    with desk.unit_of_machine("test.change") as unit:
        unit.touch("house", house_id(desk, "TC201"))

    def told() -> bool:
        return any(
            what == "changed" and changes.touch("house", house_id(desk, "TC201"))
            for what, changes in shell.panels["movein"].noted
        )

    qtbot.waitUntil(told)


def test_a_household_is_opened_in_the_archive_from_another_panel(shell: Shell) -> None:
    shell.panels["movein"].household_wanted.emit(7)
    assert shell.window.tab() == 1
    assert shell.panels["residents"].noted == [("shown", None), ("household", 7)]


def test_a_panel_speaks_in_the_message_bar_and_the_status_line(shell: Shell) -> None:
    shell.panels["movein"].said.emit("这一户还没有流转单。", "warning")
    shell.panels["movein"].hinted.emit("先验房,再收费。")
    assert shell.sentences() == ["这一户还没有流转单。"]
    assert shell.label("shell.status.hint") == "先验房,再收费。"
    shell.window.show_tab(1)
    assert shell.label("shell.status.hint") == ""


def test_long_work_shows_a_bar_that_can_be_stopped(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_strip, "LONG_AFTER", 0)
    progress, step, answers = shell.runner.progress(), threading.Semaphore(0), []

    def work() -> Done[int]:
        for row in range(1, 100):
            assert step.acquire(timeout=10)
            progress._last = 0.0  # every report counts here
            progress(row, 100)
            if progress.cancelled:
                return Done(row)
        raise AssertionError("was not stopped")

    shell.runner.run(work, done=answers.append)
    strip, bar = shell.find(QWidget, "shell.progress"), shell.find(QProgressBar, "shell.progress.bar")
    assert not strip.isVisible()
    step.release()
    qtbot.waitUntil(lambda: strip.isVisible() and bar.value() == 1)
    assert shell.label("shell.progress.words") == say("shell.progress.at", done=1, total=100)
    stop = shell.find(QPushButton, "shell.progress.stop")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not stop.isEnabled()
    assert shell.label("shell.progress.words") == say("shell.progress.stopping", done=1, total=100)
    step.release()
    qtbot.waitUntil(lambda: answers == [2])
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_short_work_shows_no_bar(shell: Shell, qtbot: QtBot) -> None:
    progress = shell.runner.progress()
    progress(1, 2)
    assert not shell.find(QWidget, "shell.progress").isVisible()


def test_a_database_that_does_not_answer_is_said_in_words(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskapp.base.errors import WorldError
    from deskapp.services.news import News

    def silent(_: News) -> Changes:
        raise WorldError("db.gone")

    monkeypatch.setattr(News, "ask", silent)
    qtbot.waitUntil(lambda: shell.label("shell.status.database") == say("shell.database.silent"))
    monkeypatch.undo()
    qtbot.waitUntil(lambda: shell.label("shell.status.database") == say("shell.database.answers"))


def test_a_clock_set_back_is_said_once(open_shell: Callable[[Desk], Shell], desk: Desk, qtbot: QtBot) -> None:
    machine = SetClock(desk.now())
    shell = open_shell(replace(desk, clock=NeverBack(machine, desk.now())))
    qtbot.waitUntil(shell.window._asking.isActive)
    machine.now -= timedelta(hours=3)
    qtbot.waitUntil(lambda: shell.sentences() == [say("shell.clock_behind", minutes=180)])


def test_a_drill_says_so(open_shell: Callable[[Desk], Shell], desk: Desk) -> None:
    assert open_shell(desk).window.findChild(QLabel, "shell.status.drill") is None
    assert open_shell(replace(desk, drill=True)).label("shell.status.drill") == say("shell.drill")


def test_the_keys_for_the_size_of_the_text(shell: Shell) -> None:
    wanted: list[Taste] = []
    shell.window.taste_wanted.connect(wanted.append)
    shell.key(Qt.Key.Key_Plus, CTRL)
    shell.key(Qt.Key.Key_Minus, CTRL)
    shell.window.wear(Taste(points=14.0))
    shell.key(Qt.Key.Key_0, CTRL)
    assert [taste.points for taste in wanted] == [11.0, 10.0, 10.5]


def test_the_menu_for_language_and_look(shell: Shell) -> None:
    wanted: list[Taste] = []
    shell.window.taste_wanted.connect(wanted.append)
    menu = shell.find(QToolButton, "shell.taste").menu()
    actions = {action.objectName(): action for action in menu.actions()}
    assert actions["shell.taste.zh_CN"].isChecked()
    assert actions["shell.taste.light"].isChecked()
    actions["shell.taste.en"].trigger()
    actions["shell.taste.dark"].trigger()
    actions["shell.taste.larger"].trigger()
    assert wanted == [Taste("en"), Taste(dark=True), Taste(points=11.0)]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 700), (911, 470)], ids=["100 %", "150 %"])
def test_everything_fits_a_counter_pc(
    language: str, size: tuple[int, int], open_shell: Callable[[Desk], Shell], desk: Desk
) -> None:
    i18n.use_language(language)
    shell = open_shell(desk)
    shell.window.resize(*size)
    QApplication.processEvents()
    assert shell.window.size().toTuple() == size
    for name in ("shell.tabs", "shell.search", "shell.taste", "shell.status", "shell.status.person"):
        widget = shell.find(QWidget, name)
        place = widget.rect().translated(widget.mapTo(shell.window, widget.rect().topLeft()))
        assert shell.window.rect().contains(place), name
        assert widget.width() >= widget.minimumSizeHint().width(), name
    area = shell.find(QScrollArea, "shell.area.movein")
    panel = shell.panels["movein"]
    reach = area.verticalScrollBar().maximum() + area.viewport().height()
    assert reach >= panel.minimumHeight()


def test_everything_a_person_can_act_on_has_its_names(shell: Shell) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in (QPushButton, QToolButton, QLineEdit, QTabBar, QProgressBar)
        for widget in shell.window.findChildren(kind)
        if widget not in (shell.panels["movein"].field,)
        and not widget.objectName().startswith(("qt_", "Scroll"))
        and not isinstance(widget.parent(), QLineEdit)
        and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []


def test_closing_keeps_what_was_typed(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClicks(shell.panels["movein"].field, "lamp")
    shell.window.close()
    assert ("draft", "lamp") in shell.panels["movein"].noted


def test_closing_at_once_leaves_nothing_open(open_shell: Callable[[Desk], Shell], desk: Desk) -> None:
    shell = open_shell(desk)
    shell.close()
    assert shell.runner.idle
    assert not shell.runner.run(lambda: pytest.fail("closed"))


def test_the_tabs_say_what_their_panels_say(desk: Desk, qtbot: QtBot) -> None:
    runner, place = Runner(), QWidget()
    qtbot.addWidget(place)
    for tab in panels_of(desk, runner, None):
        panel = tab.build(place)
        assert (panel.key, panel.title_key, panel.icon_name) == (tab.key, tab.title_key, tab.icon_name)
        assert i18n.has_text(tab.title_key)
    runner.close()
