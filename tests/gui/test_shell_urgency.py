"""The most urgent clock in the status line of every tab; digests, not bursts (L11, Z8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from deskapp.base.clock import SetClock
from deskapp.base.i18n import say
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.staff import Role
from deskapp.gui.runner import Runner
from deskapp.gui.shell.status_line import StatusLine
from deskapp.gui.shell.urgency import Line, UrgencyWatch
from deskapp.services.complaints.intake import take
from deskapp.services.complaints.views import FactsIn, TicketIn
from deskapp.services.desk import Desk
from deskapp.services.opening import seat
from tests.services.estates import house_id, small


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with small(sqlite_url, tmp_path / "desk") as opened:
        yield replace(opened, clock=SetClock(opened.now()))


class Watched:
    """A watch with what it showed and told."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.qtbot, self.runner, self.parent = qtbot, Runner(), QObject()
        self.watch = UrgencyWatch(desk, self.runner, self.parent)
        self.lines: list[Line] = []
        self.told: list[tuple[str, str]] = []
        self.numbers: list[str] = []
        self.watch.shown.connect(self.lines.append)
        self.watch.told.connect(self._tell)

    def _tell(self, text: str, kind: str, number: str) -> None:
        self.told.append((kind, text))
        self.numbers.append(number)

    def end(self) -> None:
        self.watch.stop()
        self.runner.close()

    def look(self) -> Line:
        before = len(self.lines)
        self.watch.look()
        self.qtbot.waitUntil(lambda: len(self.lines) > before)
        return self.lines[-1]


@pytest.fixture
def watched(desk: Desk, qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(desk, qtbot)
    yield made
    made.end()


def form(desk: Desk, **more: object) -> TicketIn:
    made = TicketIn(kind=Kind.REPAIR, house_id=house_id(desk, "1#1单元101"), matter="家里停电")
    return replace(made, **more)  # type: ignore[arg-type]


def forward(desk: Desk, **step: float) -> None:
    assert isinstance(desk.clock, SetClock)
    desk.clock.forward(**step)


def test_nothing_to_do_says_nothing(watched: Watched) -> None:
    assert watched.look() == Line("", "", banner=False, late=False)


def test_the_most_urgent_is_said_with_the_exact_time_behind(desk: Desk, watched: Watched) -> None:
    take(desk, "00000000-0000-4000-8000-000000000001", form(desk))
    line = watched.look()
    assert line.text == say("shell.urgent.line", open=1, left=say("time.left.day", n=1))
    assert "2026-12-05 09:00:00" in line.tip
    assert not line.banner


def test_a_serious_case_makes_the_line_a_banner(desk: Desk, watched: Watched, qtbot: QtBot) -> None:
    take(desk, "00000000-0000-4000-8000-000000000002", form(desk, facts=FactsIn(danger=True)))
    line = watched.look()
    assert line.banner
    status = StatusLine(desk)
    qtbot.addWidget(status)
    status.show_urgent(line.text, line.tip, banner=line.banner, late=line.late)
    assert status.property("alarm") == "true"


def test_what_became_late_is_told_together_and_once(desk: Desk, watched: Watched) -> None:
    for number in range(3):
        take(desk, f"00000000-0000-4000-8000-00000000010{number}", form(desk, matter=f"灯{number}"))
    watched.look()
    forward(desk, hours=24, minutes=1)
    assert watched.look().late
    assert len(watched.told) == 1
    assert watched.told[0][0] == "warning"
    watched.look()
    forward(desk, minutes=20)
    watched.look()
    assert len(watched.told) == 1


def test_the_supervisor_hears_of_a_serious_case_at_once_and_once(desk: Desk, qtbot: QtBot) -> None:
    above = Watched(replace(seat(desk, "4001"), clock=desk.clock), qtbot)
    take(desk, "00000000-0000-4000-8000-000000000003", form(desk, facts=FactsIn(danger=True)))
    above.look()
    above.look()
    assert [kind for kind, _ in above.told] == ["error"]
    above.end()


def test_who_may_not_see_complaints_is_not_bothered(desk: Desk, qtbot: QtBot) -> None:
    helper = replace(desk, member=replace(desk.member, role=Role.STATION))
    runner, parent = Runner(), QObject()
    watch = UrgencyWatch(helper, runner, parent)
    watch.start()
    assert not any(timer.isActive() for timer in (watch._each, watch._soon))
    runner.close()


def test_the_line_names_the_serious_case_beside_what_is_more_urgent(desk: Desk, watched: Watched) -> None:
    take(desk, "00000000-0000-4000-8000-000000000201", form(desk, matter="灯"))
    forward(desk, hours=23, minutes=50)
    take(desk, "00000000-0000-4000-8000-000000000202", form(desk, facts=FactsIn(danger=True)))
    line = watched.look()
    first, gravest = say("time.left.min", minutes=10), say("time.left.min", minutes=15)
    assert line.text == say("shell.urgent.serious_due", serious=1, serious_left=gravest, open=2, left=first)
    assert len(line.tip.splitlines()) == 2


def test_a_serious_case_can_be_opened_from_its_alarm(desk: Desk, qtbot: QtBot) -> None:
    above = Watched(replace(seat(desk, "4001"), clock=desk.clock), qtbot)
    view = take(desk, "00000000-0000-4000-8000-000000000203", form(desk, facts=FactsIn(danger=True))).value
    above.look()
    assert above.numbers == [view.number]
    above.end()


def test_a_head_who_comes_in_the_morning_hears_of_the_night(
    desk: Desk, watched: Watched, qtbot: QtBot
) -> None:
    """Raised by another desk's look before this window stood: told together, once."""
    for number in range(3):
        take(desk, f"00000000-0000-4000-8000-00000000030{number}", form(desk, matter=f"灯{number}"))
    forward(desk, hours=25)
    watched.look()
    forward(desk, hours=8)
    head = Watched(replace(seat(desk, "3001"), clock=desk.clock), qtbot)
    head.look()
    assert head.told == [("warning", say("shell.urgent.digest", n=3))]
    forward(desk, hours=1)
    head.look()
    assert len(head.told) == 1
    head.end()


def test_never_a_burst(desk: Desk, watched: Watched) -> None:
    """Thirty things that fall due one after another: a digest every quarter of an hour."""
    for number in range(30):
        take(desk, f"00000000-0000-4000-8000-0000000004{number:02}", form(desk, matter=f"灯{number}"))
        forward(desk, minutes=1)
    forward(desk, hours=23, minutes=30)
    for _ in range(35):
        watched.look()
        forward(desk, minutes=1)
    assert 2 <= len(watched.told) <= 3
    assert all(kind == "warning" for kind, _ in watched.told)


@pytest.mark.parametrize("hours", [-6, 9])
def test_a_clock_set_back_or_a_long_sleep_loses_no_alarm(desk: Desk, watched: Watched, hours: int) -> None:
    take(desk, "00000000-0000-4000-8000-000000000501", form(desk))
    forward(desk, hours=25)
    watched.look()
    assert len(watched.told) == 1
    take(desk, "00000000-0000-4000-8000-000000000502", form(desk, matter="门禁坏了"))
    forward(desk, hours=hours)
    watched.look()
    forward(desk, hours=24 - hours, minutes=16)
    watched.look()
    assert len(watched.told) == 2  # the first is not told again, the second is


class FakeTray:
    """A tray that notes what it was told; the offscreen platform has none."""

    said: ClassVar[list[str]] = []

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
        self.said.clear()
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: there))
        monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: there))
        monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
        monkeypatch.setattr(
            QSystemTrayIcon, "showMessage", lambda _icon, _title, text, _kind: self.said.append(text)
        )


@pytest.mark.parametrize("there", [True, False])
def test_the_tray_says_it_too_where_there_is_one(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    tray = FakeTray(monkeypatch, there=there)
    above = Watched(replace(seat(desk, "4001"), clock=desk.clock), qtbot)
    take(desk, "00000000-0000-4000-8000-000000000601", form(desk, facts=FactsIn(danger=True)))
    above.look()
    assert [text for _, text in above.told] == (tray.said if there else [above.told[0][1]])
    assert bool(tray.said) is there
    icons = above.watch.findChildren(QSystemTrayIcon)
    assert len(icons) == there
    if there:
        assert above.lines[-1].text in icons[0].toolTip()
        with qtbot.waitSignal(above.watch.wanted):
            icons[0].messageClicked.emit()
    above.end()
