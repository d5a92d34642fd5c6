"""Backups that can be put back, and a check that finds what does not hold (S3, S4, design rule 3)."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from deskapp.base.clock import SetClock
from deskapp.base.errors import Refused, WorldError
from deskapp.db.backup import rows_in, sha256_of
from deskapp.db.tables.estate import House
from deskapp.db.tables.record import Attachment, AuditEntry, Document, NumberSeries
from deskapp.services.attachments import keep
from deskapp.services.desk import Desk
from deskapp.services.keeping import backup, backup_of_today, check, restore, restore_at, superseded
from deskapp.services.movein.arrivals import arrive
from deskapp.services.opening import Place, open_desk
from deskapp.services.residents.household import household
from tests.services.estates import NOW, house_id, on_day, small

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def admin(small_estate: Desk) -> Desk:
    """The small estate, one household on its way, its administrator at the desk."""
    arrive(small_estate, "a-1", house_id(small_estate, "1#1单元101"), attendee="王䶮", role="owner")
    return on_day(small_estate, number="5001")


def codes(desk: Desk) -> list[str]:
    return [problem.code for problem in check(desk)]


def test_a_sound_estate_has_no_problem(admin: Desk) -> None:
    assert check(admin) == ()


def test_a_backup_is_one_file_and_puts_everything_back(admin: Desk, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "one.sqlite3"
    copied = backup(admin, target)
    assert sorted(p.name for p in target.parent.iterdir()) == ["one.sqlite3"]
    assert copied.sha256 == sha256_of(target)
    assert copied.rows == sum(rows_in(target).values())
    assert rows_in(target)["house"] == 12
    before = household(on_day(admin), house_id(admin, "1#1单元101"))
    with admin.unit_of_machine("loss") as unit:
        unit.session.execute(delete(Document))
    assert codes(admin) == ["number"]
    kept = restore(admin, target)
    assert rows_in(kept)["document"] == 0
    assert check(admin) == ()
    assert household(on_day(admin), before.house_id) == before


def test_a_copy_of_one_kind_of_database_can_be_put_into_the_other(
    admin: Desk, sqlite_url: str, tmp_path: Path
) -> None:
    copied = backup(admin, tmp_path / "one.sqlite3")
    place = Place(tmp_path / "elsewhere", sqlite_url.replace("estate.", "other."))
    desk, _ = restore_at(place, copied.file, clock=SetClock(NOW))
    try:
        assert desk.estate_name == "云栖里"
        assert check(desk) == ()
        assert household(on_day(desk), house_id(admin, "1#1单元101")).movein.number == "LZ-2026-000001"
    finally:
        desk.engine.dispose()


def test_what_is_no_copy_is_refused_and_nothing_is_touched(admin: Desk, tmp_path: Path) -> None:
    picture, cut, other, newer = (
        tmp_path / name for name in ("a.png", "cut", "other.sqlite3", "newer.sqlite3")
    )
    picture.write_bytes(PNG)
    whole = backup(admin, tmp_path / "whole.sqlite3").file.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    newer.write_bytes(whole)
    for file, statement in (
        (other, "CREATE TABLE x (y)"),
        (newer, "UPDATE alembic_version SET version_num = '9999'"),
    ):
        connection = sqlite3.connect(file)
        connection.execute(statement)
        connection.commit()
        connection.close()
    said = {}
    for file in (picture, cut, other, newer, tmp_path / "nowhere"):
        with pytest.raises(Refused) as error:
            restore(admin, file)
        said[file.name] = error.value.code
        assert "{" not in error.value.sentence()
    assert said == {
        "a.png": "backup.not_whole",
        "cut": "backup.not_whole",
        "other.sqlite3": "db.foreign",
        "newer.sqlite3": "db.newer",
        "nowhere": "backup.no_file",
    }
    assert check(admin) == ()


def test_a_backup_never_overwrites_and_leaves_no_half_file(admin: Desk, tmp_path: Path) -> None:
    target = tmp_path / "mine.sqlite3"
    target.write_text("something of the clerk's")
    with pytest.raises(Refused) as error:
        backup(admin, target)
    assert error.value.code == "backup.exists"
    assert target.read_text() == "something of the clerk's"
    (tmp_path / "file").write_text("")
    with pytest.raises(WorldError) as error:
        backup(admin, tmp_path / "file" / "below.sqlite3")
    assert error.value.code == "backup.not_written"
    assert not list(tmp_path.glob("*.part"))


def test_a_clerk_can_neither_copy_nor_put_back(admin: Desk, tmp_path: Path) -> None:
    clerk = on_day(admin, number="1001")
    for act in (lambda: backup(clerk), lambda: restore(clerk, tmp_path / "x"), lambda: check(clerk)):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "staff.no_right"


def test_the_check_names_what_was_tampered_with(admin: Desk) -> None:
    with admin.unit_of_machine("photo") as unit:
        keep(unit, admin, PNG, "客厅.png", kind="defect", subject_id=1)
    with admin.engine.begin() as connection:
        connection.execute(update(AuditEntry).where(AuditEntry.seq == 2).values(act="nothing.happened"))
        connection.execute(update(Document).values(values={"issue": {}, "values": {}}))
        connection.execute(update(NumberSeries).where(NumberSeries.series == "LZ-2026").values(last=3))
        connection.execute(update(Attachment).values(body=PNG[:-1]))
    problems = check(admin)
    assert {problem.code for problem in problems} == {"audit", "document", "number", "attachment"}
    assert [p.values["number"] for p in problems if p.code == "number"] == [
        "LZ-2026-000002",
        "LZ-2026-000003",
    ]
    assert all("{" not in p.sentence() and not p.sentence().startswith("keeping.") for p in problems)


def test_a_copy_of_the_day_is_made_once(admin: Desk) -> None:
    made = backup_of_today(admin)
    assert made is not None
    assert made.file.name == "auto-20261204.sqlite3"
    assert backup_of_today(admin) is None


def test_old_copies_are_thinned_out_by_generation() -> None:
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(330)]
    copies = [Path(f"auto-{day:%Y%m%d}.sqlite3") for day in days]
    today = days[-1]
    kept = set(copies) - set(superseded([*copies, Path("auto-mine.sqlite3")], today))
    assert set(copies[-14:]) <= kept
    assert 14 + 6 <= len(kept) <= 14 + 8 + 24
    assert Path("auto-20260131.sqlite3") in kept
    assert Path("auto-20260115.sqlite3") not in kept


def test_a_damaged_database_is_kept_aside_and_replaced(tmp_path: Path) -> None:
    place = Place(tmp_path / "desk")
    with small("", tmp_path / "desk") as desk:
        copied = backup(on_day(desk, number="5001"), tmp_path / "one.sqlite3")
    place.file.write_bytes(b"no database at all" * 100)
    with pytest.raises(WorldError) as error:
        open_desk(place)
    assert error.value.code == "db.damaged"
    restored, kept = restore_at(place, copied.file, clock=SetClock(NOW))
    try:
        assert kept.read_bytes().startswith(b"no database")
        with restored.reading() as session:
            assert session.query(House).count() == 12
        assert check(restored) == ()
    finally:
        restored.engine.dispose()
