"""A roster into the archive: previewed, whole or not at all, the same file again nothing (A6, P4, P5)."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from deskapp.base.clock import SetClock
from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House, SearchKey
from deskapp.db.tables.movein import Batch, Booking
from deskapp.db.tables.record import AuditEntry, Change, History
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.domain.staff import Role
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, Member
from deskapp.services.opening import Place, create
from deskapp.services.residents.household import household
from deskapp.services.residents.roster import (
    RosterResult,
    RowKind,
    apply,
    preview,
    rejected_workbook,
)
from deskapp.services.residents.search import find
from tests.services.estates import NOW

HEAD = (
    "楼栋,单元,房号,户型,建筑面积,业主姓名,身份证号,联系电话,合同编号,签约日期,房款情况,通知办理日期,备注\n"
)
ROWS = (
    "1#,1单元,101,三室两厅,89.5,曹红玉,,19900000000,WH-1,2025-05-11,已结清,2026-12-04,记者\n"
    "1#,1单元,102,三室两厅,118.26,龙强文、沈熙,,19900000001,WH-2,2025-06-11,欠尾款4万元,2026-12-05,\n"
    "1#,1单元,103,三室两厅,118.26,王䶮,420111198309150007,19900000002,WH-3,2025-06-11,已结清,2026-12-05,\n"
    "1#,1单元,104,三室两厅,118.26,王䶮,420111198309150007,19900000002,WH-4,2025-06-11,已结清,2026-12-05,\n"
    "1#,1单元,201,三室两厅,118.26,孙强,,19900000005,WH-5,2025-06-11,已结清,2026-12-06,\n"
    "1#,1单元,202,三室两厅,118.26,孙强,,19900000006,WH-6,2025-06-11,已结清,2026-12-06,\n"
    "1#,1单元,301,三室两厅,118.26,孙强,,19900000006,WH-7,2025-06-11,已结清,2026-12-06,\n"
)


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """An estate without houses, with its manager at the desk."""
    made = create(Place(tmp_path / "desk", database_url), clock=SetClock(NOW), estate="云栖里")
    yield made.staffed_by(Member(0, "", "deskapp", Role.MANAGER))
    made.engine.dispose()


def take(desk: Desk, text: str, *, good_rows: bool = False, command: str = "") -> Done[RosterResult]:
    seen = preview(desk, text.encode(), "首批.csv")
    return apply(desk, command or str(uuid.uuid4()), seen, good_rows=good_rows)


def count(desk: Desk, table: type) -> int:
    with desk.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def id_of(desk: Desk, label: str) -> int:
    return find(desk, label)[0].house_id


def test_a_preview_writes_nothing(desk: Desk) -> None:
    seen = preview(desk, (HEAD + ROWS).encode(), "首批.csv")
    assert (seen.rows_read, seen.count(RowKind.NEW), seen.rejected) == (7, 7, ())
    assert [count(desk, table) for table in (House, Person, Batch, SearchKey)] == [0, 0, 0, 0]


def test_houses_people_batch_days_and_keys_are_written_together(desk: Desk) -> None:
    done = take(desk, HEAD + ROWS)
    assert done.value == RosterResult(accepted=7, updated=0, unchanged=0, rejected=0, batch="首批")
    assert done.changes.touch("house", id_of(desk, "1#1单元101"))
    with desk.reading() as session:
        batch = session.scalars(select(Batch)).one()
        assert (batch.first_day, batch.last_day) == (date(2026, 12, 4), date(2026, 12, 6))
        assert session.scalar(select(func.count()).select_from(Booking)) == 7
        house = session.scalars(select(House).where(House.room == "102")).one()
        assert (house.label, house.area, house.developer_balance) == (
            "1#1单元102",
            Decimal("118.26"),
            Decimal(40000),
        )
    view = household(desk, id_of(desk, "1#1单元102"))
    assert [(p.name, p.role, len(p.phones)) for p in view.people] == [
        ("龙强文", "owner", 1),
        ("沈熙", "co_owner", 0),
    ]
    assert view.people[0].since == date(2025, 6, 11)
    assert view.movein.booked_day == date(2026, 12, 5)
    assert [row.act for row in view.timeline] == ["roster.house_added"]
    assert household(desk, id_of(desk, "1#1单元101")).remark == "记者"


def test_one_identity_number_is_one_person_and_namesakes_need_the_same_phone(desk: Desk) -> None:
    take(desk, HEAD + ROWS)
    with desk.reading() as session:
        names = session.scalars(select(Person.name).order_by(Person.id)).all()
        assert names.count("王䶮") == 1
        assert names.count("孙强") == 2
        owner = session.scalars(select(Person).where(Person.name == "王䶮")).one()
        assert owner.birth == date(1983, 9, 15)
        phones = session.scalar(select(func.count()).select_from(Phone).where(Phone.person_id == owner.id))
        assert phones == 1
    assert [hit.people[0].others for hit in find(desk, "王䶮")] == [("1#1单元104",), ("1#1单元103",)]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    take(desk, HEAD + ROWS)
    tables = (House, Person, Phone, Party, Booking, Batch, SearchKey, History, AuditEntry, Change)
    before = [count(desk, table) for table in tables]
    done = take(desk, HEAD + ROWS)
    assert done.value == RosterResult(accepted=0, updated=0, unchanged=7, rejected=0, batch="")
    assert not done.changes
    assert [count(desk, table) for table in tables] == before


def test_the_same_command_again_answers_as_the_first_time(desk: Desk) -> None:
    first = take(desk, HEAD + ROWS, command="import-1")
    again = take(desk, HEAD + ROWS, command="import-1")
    assert again.value == first.value
    assert count(desk, House) == 7


def test_what_would_change_is_shown_and_then_written_with_before_and_after(desk: Desk) -> None:
    take(desk, HEAD + ROWS)
    text = (HEAD + ROWS).replace("89.5,曹红玉,,19900000000", "90.1,曹红玉,,19900000099").replace("记者", "")
    text = text.replace("WH-1,2025-05-11,已结清,2026-12-04", "WH-1,2025-05-11,已结清,2026-12-10")
    seen = preview(desk, text.encode(), "更正.csv")
    changed = [row for row in seen.rows if row.kind is RowKind.UPDATED]
    assert [(row.label, [c.field for c in row.changes]) for row in changed] == [
        ("1#1单元101", ["area", "notified_day", "phone"])
    ]
    assert [(c.old, c.new) for c in changed[0].changes] == [
        ("89.5", "90.1"),
        ("2026-12-04", "2026-12-10"),
        ("", "199****0099"),
    ]
    done = apply(desk, "import-2", seen)
    assert (done.value.updated, done.value.unchanged) == (1, 6)
    view = household(desk, id_of(desk, "1#1单元101"))
    assert (view.area, view.remark, view.movein.booked_day) == (Decimal("90.1"), "记者", date(2026, 12, 10))
    assert [p.masked for p in view.people[0].phones] == ["199****0099", "199****0000"]
    with desk.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "roster.house_updated")).one()
        assert (entry.before["area"], entry.after["area"]) == ("89.5", "90.1")
    assert find(desk, "0099")[0].label == "1#1单元101"


def test_a_house_that_was_sold_keeps_its_former_owner_in_its_history(desk: Desk) -> None:
    take(desk, HEAD + ROWS)
    take(desk, (HEAD + ROWS).replace("曹红玉,,19900000000", "许新宇,,19900000088"))
    view = household(desk, id_of(desk, "1#1单元101"))
    assert [p.name for p in view.people] == ["许新宇"]
    assert [(p.name, p.until) for p in view.past] == [("曹红玉", date(2026, 12, 3))]
    assert find(desk, "曹红玉") == ()


def test_a_day_that_the_desk_rebooked_is_not_put_back_by_the_same_file(desk: Desk) -> None:
    take(desk, HEAD + ROWS)
    house = id_of(desk, "1#1单元101")
    with desk.unit_of_machine("rebook") as unit:
        unit.session.get_one(Booking, (desk.estate_id, house)).day = date(2026, 12, 12)
    assert take(desk, HEAD + ROWS).value.unchanged == 7
    assert household(desk, house).movein.booked_day == date(2026, 12, 12)


def test_nothing_is_written_while_a_row_is_rejected(desk: Desk) -> None:
    text = HEAD + ROWS + "1#,1单元,101,三室,89.5,邓平,,19900000077,WH-9,2025-05-11,已结清,2026-12-04,\n"
    seen = preview(desk, text.encode(), "首批.csv")
    assert [(issue.row, issue.code) for issue in seen.rejected] == [(9, "duplicate_house")]
    with pytest.raises(Refused) as refusal:
        apply(desk, "import-3", seen)
    assert refusal.value.code == "roster.rejected_rows"
    assert count(desk, House) == 0
    done = apply(desk, "import-4", seen, good_rows=True)
    assert (done.value.accepted, done.value.rejected) == (7, 1)
    sheet = load_workbook(io.BytesIO(rejected_workbook(seen))).active
    assert sheet is not None
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "邓平" in texts
    assert "曹红玉" not in texts


def test_an_identity_number_under_two_names_is_said_and_not_believed(desk: Desk) -> None:
    text = HEAD + ROWS.replace("孙强,,19900000005", "孙强,420111198309150007,19900000005")
    seen = preview(desk, text.encode(), "首批.csv")
    assert [(w.row, w.code) for w in seen.warnings] == [(6, "id_of_another")]
    assert "420111198309150007" not in repr(seen.warnings)
    apply(desk, "import-5", seen)
    assert count(desk, Person) == 6


def test_what_a_listener_raises_undoes_the_whole_import(desk: Desk) -> None:
    seen = preview(desk, (HEAD + ROWS).encode(), "首批.csv")

    def cancel(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(desk, "import-6", seen, progress=cancel)
    assert [count(desk, table) for table in (House, Person, Batch, SearchKey, History)] == [0, 0, 0, 0, 1]
    assert apply(desk, "import-6", seen).value.accepted == 7


def test_a_clerk_may_not_import(desk: Desk) -> None:
    clerk = desk.staffed_by(Member(1, "1001", "林晓", Role.CLERK))
    with pytest.raises(Refused) as refusal:
        preview(clerk, (HEAD + ROWS).encode(), "首批.csv")
    assert refusal.value.code == "staff.no_right"
    assert count(desk, House) == 0


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, b"PK\x03\x04cut off", b"hello, world"]
)
def test_what_is_no_roster_is_refused_in_a_sentence(desk: Desk, data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        preview(desk, data, "名单.xlsx")
    assert refusal.value.code.startswith("roster.")
    assert "{" not in refusal.value.sentence()
    assert refusal.value.sentence() != f"error.{refusal.value.code}"
