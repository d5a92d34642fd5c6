"""The most urgent clock in the status line of every tab; digests, not bursts (L11, Z8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
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
        self.watch.shown.connect(self.lines.append)
        self.watch.told.connect(lambda text, kind: self.told.append((kind, text)))

    def look(self) -> Line:
        before = len(self.lines)
        self.watch.look()
        self.qtbot.waitUntil(lambda: len(self.lines) > before)
        return self.lines[-1]


@pytest.fixture
def watched(desk: Desk, qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(desk, qtbot)
    yield made
    made.watch.stop()
    made.runner.close()


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
    above.watch.stop()
    above.runner.close()


def test_who_may_not_see_complaints_is_not_bothered(desk: Desk, qtbot: QtBot) -> None:
    helper = replace(desk, member=replace(desk.member, role=Role.STATION))
    runner, parent = Runner(), QObject()
    watch = UrgencyWatch(helper, runner, parent)
    watch.start()
    assert not any(timer.isActive() for timer in (watch._each, watch._soon))
    runner.close()
