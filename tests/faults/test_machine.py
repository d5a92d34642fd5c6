"""The machine in the way: disk full, folder read-only, file locked, clock set back, two clerks at once.

Each is said in a sentence, and nothing that was confirmed is lost.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deskapp.base.clock import SetClock
from deskapp.base.errors import Conflict, DeskError, Refused, WorldError
from deskapp.db.drafts import Draft
from deskapp.db.tables.movein import Visit
from deskapp.domain.movein.stations import Station
from deskapp.services.desk import Desk
from deskapp.services.keeping import check
from deskapp.services.movein import closing, line
from deskapp.services.movein.views import Answer
from deskapp.services.opening import PROGRAM, Place, create, named, open_desk, seat
from tests.services.estates import NOW, ROOMS, house_id, on_day, small
from tests.walk import PHOTO, Walk


@pytest.fixture
def estate(tables_url: str, tmp_path: Path) -> Iterator[Desk]:
    with small(tables_url, tmp_path / "desk") as desk:
        yield desk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB; needs the right to mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and os.name == "posix" and os.geteuid() == 0
    options = ["-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if not made or subprocess.run([str(mount), *options], capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path) -> None:
    url = f"sqlite:///{(small_disk / 'estate.sqlite3').as_posix()}"
    with small(url, small_disk) as desk:
        first = Walk(desk, house_id(desk, "1#1单元101"))
        first.whole()
        before = first.view
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
            while True:
                file.write(b"x" * 4096)
        said = _until_it_is_said(desk)
        assert said.code == "db.full"
        assert "磁盘满了" in said.sentence()
        with pytest.raises(WorldError) as told:
            desk.drafts.keep(Draft("k", "t", "2026-12-04T09:00:00+08:00", {"x": "y" * 100_000}))
        assert told.value.code == "drafts.not_kept"
        ballast.unlink()
        assert first.view == before
        assert check(desk.staffed_by(PROGRAM)) == ()
        Walk(desk, house_id(desk, "1#1单元502")).arrive()


def _until_it_is_said(desk: Desk) -> DeskError:
    for room in ROOMS[1:9]:
        try:
            Walk(desk, house_id(desk, f"1#1单元{room}")).arrive()
        except DeskError as error:
            return error
    raise AssertionError("the disk was not full")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorldError) as told:
        create(Place(tmp_path / "file" / "desk"), clock=SetClock(NOW))
    assert told.value.code == "desk.folder"
    assert str(tmp_path) in told.value.sentence()


def test_a_database_that_another_program_holds_is_said_and_the_act_can_be_repeated(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.db.engine.LOCK_WAIT", 100)
    with small(sqlite_url, tmp_path / "desk") as desk:
        walk = Walk(desk, house_id(desk, "1#1单元101"), seed="w")
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorldError) as told:
            walk.arrive()
        assert told.value.code == "db.locked"
        other.execute("ROLLBACK")
        other.close()
        Walk(desk, house_id(desk, "1#1单元101"), seed="w").arrive()
        assert len(line.station_board(desk, Station.NOTICE).waiting) == 1


def test_a_clock_set_back_changes_no_place_in_the_queue(sqlite_url: str, tmp_path: Path) -> None:
    place = Place(tmp_path / "desk", sqlite_url)
    with small(sqlite_url, place.folder) as desk:
        early = Walk(desk, house_id(desk, "1#1单元101"))
        early.arrive()
    back = named(seat(open_desk(place, clock=SetClock(NOW - timedelta(hours=5))), "1001"), "前台1")
    try:
        late = Walk(back, house_id(back, "1#1单元102"))
        late.arrive()
        assert back.clock_behind() > timedelta(hours=4)
        waiting = [row.pass_id for row in line.station_board(back, Station.NOTICE).waiting]
        assert waiting == [early.pass_id, late.pass_id]
        assert check(back.staffed_by(PROGRAM)) == ()
    finally:
        back.engine.dispose()


def test_two_clerks_close_one_station_and_one_wins(estate: Desk) -> None:
    walk = Walk(estate, house_id(estate, "1#1单元101"))
    walk.arrive()
    walk.serve()
    seen = walk.view
    ready, outcomes = threading.Barrier(2), []
    desks = [estate, on_day(estate, desk_name="验房 2 号台", number="1002")]

    def click(desk: Desk, command: str) -> None:
        ready.wait()
        try:
            closing.close(desk, command, seen.pass_id, seen.version, "in_order", Answer())
            outcomes.append("closed")
        except (Conflict, Refused) as told:
            outcomes.append(told.code)

    clerks = [threading.Thread(target=click, args=(d, f"c{n}")) for n, d in enumerate(desks)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert sorted(outcomes)[0] == "closed"
    assert sorted(outcomes)[1] in {"movein.changed_meanwhile", "db.changed_meanwhile"}
    with estate.reading() as session:
        ended = select(func.count()).select_from(Visit).where(Visit.outcome == "in_order")
        assert session.scalar(ended) == 1


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00 not a picture", b"<svg onload='x'/>", b"\x89PNG"])
def test_a_photo_that_is_no_picture_is_said_and_the_reading_is_not_taken(estate: Desk, data: bytes) -> None:
    from deskapp.domain.inspection import Meter
    from deskapp.services.movein import inspection, meters

    walk = Walk(estate, house_id(estate, "1#1单元101"))
    walk.arrive()
    with pytest.raises(Refused):
        meters.read_meter(estate, "m1", walk.pass_id, Meter.WATER, "00012", data)
    assert all(not meter.reading for meter in inspection.inspection_view(estate, walk.pass_id).meters)
    meters.read_meter(estate, "m2", walk.pass_id, Meter.WATER, "00012", PHOTO)
