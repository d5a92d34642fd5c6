"""Background work: order, supersession, errors, progress, and an end that loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from deskapp.base.errors import Conflict, Refused
from deskapp.gui import runner as module
from deskapp.gui.runner import Progress, Runner
from deskapp.services.changes import Changes, Done
from tests.harness.watch import LogWatch

ONE_PASS = Changes(frozenset({("pass", 7)}))


class Heard:
    """What a runner said, in order."""

    def __init__(self, runner: Runner) -> None:
        self.said: list[tuple[str, Any]] = []
        runner.changed.connect(lambda changes: self.said.append(("changed", changes)))
        runner.saved.connect(lambda: self.said.append(("saved", None)))
        runner.trouble.connect(lambda sentence, kind: self.said.append((kind, sentence)))
        runner.working.connect(lambda on: self.said.append(("working", on)))

    def of(self, what: str) -> list[Any]:
        return [value for name, value in self.said if name == what]


class Gate:
    """A call that waits on its thread until the test lets it go on."""

    def __init__(self, answer: Any = None) -> None:
        self.answer, self.begun, self._open = answer, threading.Event(), threading.Event()

    def __call__(self) -> Any:
        self.begun.set()
        assert self._open.wait(10)
        return self.answer

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def heard(runner: Runner) -> Heard:
    return Heard(runner)


@pytest.fixture
def settle(runner: Runner, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: runner.idle)


def fail(error: BaseException) -> Callable[[], Any]:
    def call() -> Any:
        raise error

    return call


def test_a_command_answers_its_panel_on_the_window_s_thread_and_then_everybody(
    runner: Runner, heard: Heard, settle: Callable[[], None]
) -> None:
    threads = []
    runner.run(
        lambda: (threads.append(threading.current_thread()), Done("A001", ONE_PASS))[1],
        done=lambda value: (threads.append(threading.current_thread()), heard.said.append(("done", value))),
    )
    settle()
    assert heard.said == [("saved", None), ("done", "A001"), ("changed", ONE_PASS)]
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_what_changed_nothing_is_not_said_to_be_saved(
    runner: Runner, heard: Heard, settle: Callable[[], None]
) -> None:
    runner.run(lambda: Done("looked"))
    settle()
    assert heard.said == []


def test_commands_run_one_after_another_in_the_order_they_were_asked_for(
    runner: Runner, settle: Callable[[], None]
) -> None:
    order: list[int] = []
    for number in range(20):
        runner.run(lambda n=number: order.append(n))
    settle()
    assert order == list(range(20))


def test_of_several_reads_only_the_newest_is_answered(runner: Runner, settle: Callable[[], None]) -> None:
    slow, answers = Gate("wa"), []
    runner.read(slow, done=answers.append, key="search")
    assert slow.begun.wait(10)
    runner.read(lambda: "wang", done=answers.append, key="search")
    runner.read(lambda: "other", done=answers.append, key="queue")
    slow.open()
    settle()
    assert sorted(answers) == ["other", "wang"]


def test_a_read_superseded_before_it_began_is_not_even_asked(
    runner: Runner, settle: Callable[[], None]
) -> None:
    gates, asked = (Gate(), Gate()), []
    for gate in gates:
        runner.read(gate, done=lambda _: None)
    for gate in gates:
        assert gate.begun.wait(10)
    for text in "abc":
        runner.read(lambda t=text: asked.append(t), done=lambda _: None, key="search")
    for gate in gates:
        gate.open()
    settle()
    assert asked == ["c"]


def test_a_read_does_not_wait_for_a_command(runner: Runner, qtbot: QtBot) -> None:
    write, answers = Gate(Done(None)), []
    runner.run(write)
    assert write.begun.wait(10)
    runner.read(lambda: "there", done=answers.append)
    qtbot.waitUntil(lambda: answers == ["there"])
    write.open()


def test_a_busy_button_is_grey_and_gets_the_focus_back(
    runner: Runner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    button, gate, clicks = QPushButton("通过"), Gate(Done(None)), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: (clicks.append(1), runner.run(gate, busy=button)))
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    button.setFocus()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # L9: the second click does nothing
    assert clicks == [1]
    assert not button.isEnabled()
    gate.open()
    settle()
    assert button.isEnabled()
    assert button.hasFocus()


def test_the_focus_stays_where_the_clerk_went_meanwhile(
    runner: Runner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window, gate = QWidget(), Gate(Done(None))
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, other, name = QPushButton("通过"), QPushButton("打印"), QLineEdit()
    for widget in (button, other, name):
        column.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.setFocus()
    runner.run(gate, busy=button)
    name.setFocus()
    gate.open()
    settle()
    assert name.hasFocus()


def test_a_command_whose_key_is_running_is_not_taken_twice(
    runner: Runner, settle: Callable[[], None]
) -> None:
    gate = Gate(Done(None))
    assert runner.run(gate, key="pass.7")
    assert not runner.run(lambda: pytest.fail("ran twice"), key="pass.7")
    gate.open()
    settle()
    assert runner.run(lambda: Done(None), key="pass.7")
    settle()


def test_an_error_of_the_world_is_said_or_handed_to_who_asked_for_it(
    runner: Runner, heard: Heard, settle: Callable[[], None]
) -> None:
    refused, conflicts = Refused("roster.cancelled"), []
    runner.run(fail(refused))
    settle()
    assert heard.said == [("error", refused.sentence())]
    runner.run(fail(Conflict("roster.cancelled")), failed=conflicts.append)
    settle()
    assert [type(each) for each in conflicts] == [Conflict]
    assert len(heard.said) == 1


def test_a_bug_is_logged_whole_and_said_with_its_number(
    runner: Runner, heard: Heard, settle: Callable[[], None], log_watch: LogWatch
) -> None:
    log_watch.expect("incident [0-9A-F]{6}", logger="deskapp.gui.runner")
    runner.run(fail(ZeroDivisionError("ours")), failed=lambda _: pytest.fail("no error of the world"))
    settle()
    (record,) = log_watch.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    (sentence,) = heard.of("error")
    assert record.getMessage().split()[-1] in sentence


def test_a_panel_that_stumbles_over_its_answer_does_not_keep_it_from_the_others(
    runner: Runner, heard: Heard, settle: Callable[[], None], log_watch: LogWatch
) -> None:
    log_watch.expect("incident", logger="deskapp.gui.runner")
    runner.run(lambda: Done(None, ONE_PASS), done=lambda _: {}["missing"])
    settle()
    assert heard.of("changed") == [ONE_PASS]
    assert len(heard.of("error")) == 1


def test_an_answer_whose_owner_is_gone_is_not_delivered(
    runner: Runner, heard: Heard, settle: Callable[[], None]
) -> None:
    owner, gate = QObject(), Gate(Done("late", ONE_PASS))
    runner.run(gate, done=lambda _: pytest.fail("nobody is there"), owner=owner)
    delete(owner)
    gate.open()
    settle()
    assert heard.of("changed") == [ONE_PASS]


def test_slow_work_is_shown_and_quick_work_is_not(
    runner: Runner, heard: Heard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SLOW_AFTER", 1)
    gate = Gate()
    runner.read(gate, done=lambda _: None)
    qtbot.waitUntil(lambda: heard.of("working") == [True])
    gate.open()
    qtbot.waitUntil(lambda: heard.of("working") == [True, False])
    monkeypatch.setattr(module, "SLOW_AFTER", 3_600_000)
    runner.read(lambda: None, done=lambda _: None)
    qtbot.waitUntil(lambda: runner.idle)
    assert heard.of("working") == [True, False]


def test_work_reports_how_far_it_is_and_stops_when_asked(runner: Runner, qtbot: QtBot) -> None:
    seen: list[Progress] = []
    runner.progressed.connect(seen.append)
    progress, stopped = runner.progress(), []

    def work() -> Done[int]:
        for row in range(1, 1001):
            progress(row, 1000)
            if progress.cancelled:
                return Done(row)
        return Done(1000)

    progress.cancel()
    runner.run(work, done=stopped.append)
    qtbot.waitUntil(lambda: stopped == [1])
    qtbot.waitUntil(lambda: seen == [progress])
    assert (progress.done, progress.total) == (1, 1000)


def test_reports_are_thinned_out_but_the_last_one_arrives(runner: Runner, qtbot: QtBot) -> None:
    seen: list[int] = []
    runner.progressed.connect(lambda progress: seen.append(progress.done))
    progress = runner.progress()
    for row in range(1, 10_001):
        progress(row, 10_000)
    assert seen[-1] == 10_000
    assert len(seen) < 1000


def test_the_end_waits_for_commands_that_were_taken_and_says_nothing_more(qtbot: QtBot) -> None:
    runner, gate, written = Runner(), Gate(), []
    heard = Heard(runner)
    runner.run(gate)
    for number in range(3):
        runner.run(lambda n=number: written.append(n), done=lambda _: pytest.fail("the window is gone"))
    assert gate.begun.wait(10)
    threading.Timer(0.01, gate.open).start()
    runner.close()
    assert written == [0, 1, 2]
    qtbot.wait(1)  # answers that were on their way
    assert heard.said == []
    assert not runner.run(lambda: pytest.fail("closed"))
    runner.read(lambda: pytest.fail("closed"), done=lambda _: None)
    runner.close()
