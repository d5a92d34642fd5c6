"""The power goes at any moment (Z24): what was confirmed is there, nothing twice, numbers without gaps.

A child process walks households through the stations and reports every command the service has confirmed.
It is killed with SIGKILL at a random moment, the database is judged, and the day goes on with the same
commands. ``DESKAPP_KILLS=200`` asks for more cuts than a test run needs.
"""

from __future__ import annotations

import json
import os
import random
import select as waiting
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from deskapp.base.clock import SetClock
from deskapp.db.audit import broken_links
from deskapp.db.drafts import Draft
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Command, Document, History, NumberSeries
from deskapp.db.tables.stations import Receipt, ReceiptLine
from deskapp.domain.movein.flow import PassState
from deskapp.services.desk import Desk
from deskapp.services.keeping import check
from deskapp.services.movein.views import Closed
from deskapp.services.opening import PROGRAM, Place, named, open_desk, seat
from tests.services.estates import NOW, ROOMS, house_id, small
from tests.walk import Walk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

KILLS = int(os.environ.get("DESKAPP_KILLS", "12"))
LABELS = [f"1#1单元{room}" for room in ROOMS if room != "601"]


@dataclass
class Child:
    """A process at work, and what it has reported so far."""

    pid: int
    pipe: int

    def reports(self, most: int) -> Iterator[dict[str, Any]]:
        """Its next reports; fewer when it has finished."""
        with os.fdopen(os.dup(self.pipe), "r", encoding="utf-8") as lines:
            for _ in range(most):
                line = lines.readline()
                if not line.endswith("\n"):
                    return
                yield json.loads(line)

    def cut(self, chance: random.Random) -> None:
        """SIGKILL within the next 25 ms, whatever it is doing."""
        waiting.select([], [], [], chance.uniform(0, 0.025))
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def begin_day(place: Place) -> Child:
    """Forks a clerk who walks every household that has no keys yet."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    status = 1
    try:
        os.close(reading)
        _work(place, writing)
        status = 0
    except BaseException as error:  # noqa: BLE001 - a forked child must not return into pytest
        os.write(writing, (json.dumps({"fault": repr(error)}) + "\n").encode())
    finally:
        os._exit(status)


def _work(place: Place, pipe: int) -> None:
    desk = named(seat(open_desk(place, clock=SetClock(NOW)), "1001"), "前台1")
    for label in LABELS:

        def confirmed(name: str, value: Any, label: str = label) -> None:
            numbers = [paper.number for paper in value.documents] if isinstance(value, Closed) else []
            os.write(pipe, (json.dumps({"what": f"{label} {name}", "numbers": numbers}) + "\n").encode())
            desk.drafts.keep(Draft(f"movein.{label}", label, "2026-12-04T09:00:00+08:00", {"after": name}))

        if not _has_keys(desk, label):
            Walk(desk, house_id(desk, label), seed="day", confirmed=confirmed).whole()
        desk.drafts.drop(f"movein.{label}")


def _has_keys(desk: Desk, label: str) -> bool:
    with desk.reading() as session:
        done = select(Pass.id).where(
            Pass.house_id == house_id(desk, label), Pass.state == PassState.DONE.value
        )
        return session.scalar(done) is not None


def judge(desk: Desk, numbers: set[str], confirmed: int) -> None:
    """Everything that must hold after a power cut."""
    with desk.reading() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert list(broken_links(session, desk.estate_id)) == []
        present = set(session.scalars(select(Document.number)))
        assert numbers <= present, "a confirmed paper is gone"
        assert (session.scalar(select(func.count()).select_from(Command)) or 0) >= confirmed
        doubled = select(History.command_id).where(History.command_id != "").group_by(History.command_id)
        assert session.execute(doubled.having(func.count() > 1)).all() == [], "an act happened twice"
        for series, last in session.execute(select(NumberSeries.series, NumberSeries.last)):
            if series[2:3] == "-":
                given = {f"{series}-{n:06d}" for n in range(1, last + 1)}
                assert given == {n for n in present if n.startswith(f"{series}-")}, "a gap in a series"
        per_house = select(Pass.house_id).group_by(Pass.house_id).having(func.count() > 1)
        assert session.execute(per_house).all() == [], "a household got two numbers"
        paid = session.scalar(select(func.sum(ReceiptLine.amount)))
        assert paid == session.scalar(select(func.sum(Receipt.amount)))


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_power_goes_at_any_moment(sqlite_url: str, tmp_path: Path) -> None:
    chance = random.Random(20261204)
    place = Place(tmp_path / "desk", sqlite_url)
    with small(sqlite_url, place.folder) as desk:
        numbers: set[str] = set()
        names: set[str] = set()
        cuts = drafts = 0
        for _ in range(KILLS):
            child = begin_day(place)
            for report in child.reports(chance.randrange(1, 40)):
                assert "fault" not in report, report
                names.add(report["what"])
                numbers.update(report["numbers"])
            child.cut(chance)
            os.close(child.pipe)
            cuts += 1
            judge(desk, numbers, len(names))
            drafts += sum(1 for _ in desk.drafts.all())
        print(
            f"{cuts} cuts, {len(names)} confirmed commands, {len(numbers)} papers, {drafts} drafts",
            file=sys.stderr,
        )
        assert cuts == KILLS
        assert check(desk.staffed_by(PROGRAM)) == ()
        assert names
        assert drafts, "no half-filled work was offered again"
