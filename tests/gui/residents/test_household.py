"""The file of a household: its head, its leaves, what is shown whole and who saw it (A1, design rule 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from deskapp.db.tables.record import AuditEntry
from deskapp.domain.inspection import Severity, Trade
from deskapp.domain.people import PartyRole
from deskapp.services.desk import Desk
from deskapp.services.movein.defects import DefectIn, add_defect
from deskapp.services.movein.errands import ErrandIn, take_errand
from deskapp.services.residents.editing import PartyIn, add_party
from deskapp.services.residents.household import household
from tests.gui.residents.archivist import Archivist
from tests.services.estates import house_id, on_day
from tests.walk import PHOTO, Walk

HOUSE = "1#1单元101"
DEFECTS = 4
Seat = Callable[..., Archivist]


def looks(desk: Desk) -> list[dict[str, object]]:
    """What the audit trail says of looks at masked numbers."""
    with desk.reading() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "residents.revealed"))
        return [dict(row.after) for row in rows]


def test_the_head_says_house_people_and_what_must_be_seen(clerk: Archivist) -> None:
    clerk.open(HOUSE)
    assert clerk.text("residents.head.label") == HOUSE
    assert "118.26㎡" in clerk.text("residents.head.facts")
    assert "三室两厅两卫" in clerk.text("residents.head.facts")
    assert "2026-12-04" in clerk.text("residents.head.facts")
    assert clerk.text("residents.head.people") == "业主 王䶮 · 租户 —"
    assert clerk.text("residents.head.phone.text") == "199****0000"
    assert not clerk.shows("residents.head.marks")
    clerk.open("1#1单元601")
    assert "40000" in clerk.text("residents.head.marks")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1#1单元202", "陈<b>强</b>"),
        ("1#1单元301", "李&王"),
        ("1#1单元302", "=1+1"),
        ("1#1单元501", "赵𬱖"),
        ("1#1单元402", "Smith, John O'Neil"),
    ],
)
def test_names_are_text_whatever_they_hold(clerk: Archivist, label: str, name: str) -> None:
    clerk.open(label, leaf=1)
    assert name in clerk.text("residents.head.people")
    assert clerk.find("residents.head.people", QLabel).textFormat() == Qt.TextFormat.PlainText
    assert clerk.column("residents.people.rows", 1) == [name]


def test_a_number_is_shown_once_asked_for_and_the_look_is_written_down(clerk: Archivist) -> None:
    clerk.open(HOUSE)
    clerk.click("residents.head.phone.show")
    assert clerk.text("residents.head.phone.text") == "19900000000"
    assert [look["shown"] for look in looks(clerk.desk)] == ["199****0000"]
    clerk.click("residents.head.phone.show")
    assert clerk.text("residents.head.phone.text") == "199****0000"
    clerk.click("residents.head.phone.show")
    assert len(looks(clerk.desk)) == 2
    clerk.open("1#1单元102")
    assert clerk.text("residents.head.phone.text") == "199****0001"
    clerk.open(HOUSE)
    assert clerk.text("residents.head.phone.text") == "199****0000"


def test_who_may_not_see_numbers_whole_is_not_offered_it(seat: Seat) -> None:
    auditor = seat("6001")
    auditor.open(HOUSE, leaf=1)
    assert not auditor.shows("residents.head.phone.show")
    for name in ("residents.people.add", "residents.person.end", "residents.person.add_phone"):
        assert not auditor.shows(name)


def test_every_leaf_of_a_household_that_has_moved_in_is_filled(clerk: Archivist, desk: Desk) -> None:
    Walk(desk, house_id(desk, HOUSE), "way").whole()
    clerk.open(HOUSE)
    view = household(desk, house_id(desk, HOUSE))
    assert "新入住" in clerk.text("residents.head.people")
    assert clerk.leaves() == [
        "时间线",
        "人员权属 1",
        f"资料 {len(view.papers)}",
        f"钥匙表具 {len(view.keys)}",
        "缺陷返修",
        f"费用 {len(view.charges)}",
        f"单据 {len(view.documents)}",
        f"签字 {len(view.signatures)}",
    ]
    assert all(state == "已交" for state in clerk.column("residents.papers.papers", 2))
    assert {row[0]: row[1] for row in clerk.cells("residents.keys.meters")}["电表"] == "00011"
    total, handed = clerk.column("residents.keys.keys", 1), clerk.column("residents.keys.keys", 2)
    assert total == handed
    assert clerk.column("residents.fees.charges", 3) == ["0.00"] * len(view.charges)
    assert clerk.column("residents.fees.receipts", 0) == [view.receipts[0].number]
    assert set(clerk.column("residents.signatures.signatures", 1)) == {"王䶮"}
    assert clerk.text("residents.defects.defects.empty") == "没有登记缺陷。验房时发现的都会记在这里。"
    assert not clerk.cells("residents.defects.defects")


def test_the_photos_of_a_defect_are_looked_at_below_its_line(clerk: Archivist, desk: Desk) -> None:
    walk = Walk(desk, house_id(desk, HOUSE), "way")
    walk.arrive()
    walk.notice()
    walk.documents()
    walk.serve()
    for words, photos in (("墙面空鼓", ()), ("窗扇划痕", (PHOTO,))):
        given = DefectIn(words, Severity.MINOR, room="living", trade=Trade.WALLS)
        walk.command(f"defect {words}", add_defect, walk.pass_id, given, photos)
    clerk.open(HOUSE, leaf=DEFECTS)
    assert clerk.column("residents.defects.defects", 8) == ["", "1"]
    assert not clerk.shows("residents.defects.defects.photos")
    clerk.mark("residents.defects.defects", 1)
    assert clerk.shows("residents.defects.defects.photos")
    clerk.click("residents.defects.defects.photos.1")
    assert clerk.shows("residents.defects.defects.photos.large")
    clerk.mark("residents.defects.defects", 0)
    assert not clerk.shows("residents.defects.defects.photos")


def test_an_errand_stands_with_the_papers_and_says_when_it_is_late(seat: Seat, desk: Desk) -> None:
    promised = desk.now().date() + timedelta(days=2)
    given = ErrandIn("燃气开户", (), promised, "王䶮", fee=Decimal(50))
    number = take_errand(desk, "gas", house_id(desk, HOUSE), given).value.view.number
    clerk = seat()
    clerk.open(HOUSE)
    assert clerk.cells("residents.papers.errands") == [
        [number, "燃气开户", "办理中", promised.isoformat(), "50.00"]
    ]
    later = seat(at=on_day(desk, days=3))
    later.open(HOUSE)
    assert later.column("residents.papers.errands", 3) == [f"{promised} 已超期"]


def test_no_line_of_the_time_line_is_a_bare_code(clerk: Archivist, desk: Desk) -> None:
    Walk(desk, house_id(desk, HOUSE), "way").whole()
    clerk.open(HOUSE)
    table = clerk.table("residents.timeline.rows")
    table.scrollToBottom()
    clerk.wait()
    said = clerk.column("residents.timeline.rows", 1)
    assert [line for line in said if "{" in line or line.isascii()] == []
    assert "签收资料：全部签收 · ZL-2026-000001" in said
    assert all(when.startswith("今天 ") for when in clerk.column("residents.timeline.rows", 0))


def _until(clerk: Archivist, rows: int) -> None:
    clerk.until(lambda: clerk.table("residents.timeline.rows").model().rowCount() == rows)


def test_the_time_line_is_read_in_windows_as_it_is_walked_down(clerk: Archivist, desk: Desk) -> None:
    house = house_id(desk, HOUSE)
    for number in range(120):
        add_party(desk, f"party {number}", house, PartyIn(f"客{number}", PartyRole.FAMILY))
    clerk.open(HOUSE)
    assert len(clerk.cells("residents.timeline.rows")) == 50
    for rows in (100, 120):
        clerk.table("residents.timeline.rows").scrollToBottom()
        _until(clerk, rows)
    said = clerk.column("residents.timeline.rows", 1)
    assert said == [f"登记家属 客{number}" for number in reversed(range(120))]


def test_enter_on_what_happened_opens_its_paper(clerk: Archivist, desk: Desk) -> None:
    Walk(desk, house_id(desk, HOUSE), "way").whole()
    clerk.open(HOUSE)
    said = clerk.column("residents.timeline.rows", 1)
    paid = next(at for at, line in enumerate(said) if line.startswith("收款 "))
    clerk.table("residents.timeline.rows").selectRow(paid)
    clerk.table("residents.timeline.rows").setFocus()
    clerk.key(Qt.Key.Key_Return)
    current = clerk.table("residents.documents.rows").current()
    assert current.number == "SJ-2026-000001"
    assert clerk.shows("residents.documents.preview")


def test_what_a_colleague_changes_is_read_again(seat: Seat, desk: Desk) -> None:
    here, there = seat(), on_day(desk, desk_name="前台2", number="1002")
    here.open(HOUSE, leaf=1)
    done = add_party(there, "elsewhere", house_id(desk, HOUSE), PartyIn("李㛃", PartyRole.CO_OWNER))
    here.panel.changed(done.changes)
    here.until(lambda: "共有 李㛃" in here.text("residents.head.people"))
    assert here.column("residents.people.rows", 1) == ["王䶮", "李㛃"]
    others = add_party(there, "next door", house_id(desk, "1#1单元102"), PartyIn("别家", PartyRole.FAMILY))
    here.panel.changed(others.changes)
    here.wait()
    assert here.text("residents.head.label") == HOUSE


def test_a_house_that_is_gone_is_said_in_a_sentence(clerk: Archivist) -> None:
    clerk.panel.show_household(987654321)
    clerk.wait()
    assert clerk.said == [("warning", "档案里没有这一户，可能刚被合并；请重新查找。")]
    assert not clerk.shows("residents.file")


def test_a_scanned_document_opens_its_household(clerk: Archivist, desk: Desk) -> None:
    Walk(desk, house_id(desk, HOUSE), "way").whole()
    assert clerk.panel.scan("JF-2026-000001 0123456789ab")
    clerk.until(lambda: clerk.shows("residents.documents.rows"))
    assert clerk.text("residents.head.label") == HOUSE
    assert clerk.table("residents.documents.rows").current().number == "JF-2026-000001"
    assert clerk.panel.scan("YS-2026-000001")
    clerk.wait()
    assert clerk.table("residents.documents.rows").current().number == "YS-2026-000001"


@pytest.mark.parametrize("text", ["LZ-2026-000001 0123456789ab", "6901234567892", "", "张三", "JF-2026-1"])
def test_what_is_no_document_is_left_to_others(clerk: Archivist, text: str) -> None:
    assert not clerk.panel.scan(text)


def test_a_document_nobody_issued_is_said(clerk: Archivist) -> None:
    assert clerk.panel.scan("JF-2026-999999 0123456789ab")
    clerk.wait()
    assert clerk.said == [("info", "没有编号为 JF-2026-999999 的单据，请核对后再扫。")]
