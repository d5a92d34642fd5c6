"""Rosters as they come (A6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from deskapp.base.errors import Refused
from deskapp.domain.identity import IdKind
from deskapp.domain.people import PartyRole
from deskapp.domain.places import PlaceKind, label
from deskapp.domain.roster_reading import read_sheet
from deskapp.domain.sample import sample_roster
from deskapp.exchange.roster import Roster, Sheet, read_roster
from tests.exchange.rosters import HEADINGS, NUMBERS, TODAY, row, table, text, xls, xlsx

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "roster-799.xlsx"


def read(rows: list[Any], **options: Any) -> Roster:
    return read_roster(xlsx(rows, **options), "名单.xlsx", today=TODAY)


def codes(roster: Roster) -> list[tuple[int, str]]:
    return [(issue.row, issue.code) for issue in roster.issues]


@pytest.mark.skipif(not SHARED.exists(), reason="the sales department's file lies beside the clone only")
def test_the_first_batch_is_accepted_whole() -> None:
    roster = read_roster(SHARED.read_bytes(), SHARED.name, today=TODAY)
    assert (roster.rows_read, len(roster.rows), roster.issues) == (799, 799, ())
    assert [(note.code, dict(note.values)) for note in roster.notes] == [("skipped_rows", {"rows": "802"})]
    by_label = {label(taken.place): taken for taken in roster.rows}
    assert len(by_label) == 799
    two = by_label["1#1单元201"]
    assert [(owner.name, owner.role) for owner in two.owners] == [
        ("龙强文", PartyRole.OWNER),
        ("沈熙", PartyRole.CO_OWNER),
    ]
    assert [owner.id_number for owner in two.owners] == ["350203199810090003", ""]
    assert (two.balance, two.balance_received) == (Decimal(40000), "欠尾款4万元")
    assert by_label["3#2单元402"].owners[0].name == "Smith, John O'Neil"
    assert by_label["1#2单元1502"].owners[0].name == "赵𬱖"
    assert by_label["TC219"].place.kind is PlaceKind.TOWNHOUSE
    assert sum(len(taken.owners) > 1 for taken in roster.rows) > 100
    assert {taken.notified_day for taken in roster.rows} == {date(2026, 12, day) for day in range(4, 14)}


def test_the_sample_estate_goes_through_the_same_door() -> None:
    roster = read_sheet(Sheet("样例", sample_roster().cells()), today=TODAY)
    assert (roster.rows_read, len(roster.rows), roster.issues) == (799, 799, ())


def test_a_row_is_read_whole() -> None:
    cells = row(
        1,
        业主姓名="曹红玉、郑欣",
        身份证号=f"{NUMBERS[0]}、{NUMBERS[1]}",
        房款情况="欠尾款3.5万元",
        备注="记者",
    )
    (taken,) = read(table(cells)).rows
    assert taken.row == 3
    assert taken.label_received == "1#1单元101"
    assert [(owner.name, owner.id_kind, owner.id_number) for owner in taken.owners] == [
        ("曹红玉", IdKind.RESIDENT_ID, NUMBERS[0]),
        ("郑欣", IdKind.RESIDENT_ID, NUMBERS[1]),
    ]
    assert (taken.area, taken.balance, taken.layout) == (Decimal("89.5"), Decimal(35000), "三室一厅一卫")
    assert (taken.contract_number, taken.contract_date) == ("WH2025-00001", date(2025, 5, 11))
    assert (taken.payment, taken.notified_day, taken.remark) == ("按揭", date(2026, 12, 4), "记者")
    assert taken.phones == ("19900000001",)


ROWS = table(row(1), row(2, 业主姓名="王䶮、赵𬱖"), row(3, 业主姓名="=1+1", 备注='a,b"c'), row(4, 单元=None))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xls(ROWS), "旧.xls"),
        (text(ROWS, "utf-8"), "a.csv"),
        (text(ROWS, "utf-8-sig"), "a.csv"),
        (text(ROWS, "gb18030"), "a.csv"),
        (text(ROWS, "utf-16", "\t"), "a.txt"),
        (text(ROWS, "utf-8", ";"), "a.csv"),
        (xls(ROWS), "名单.csv"),
        (xlsx(ROWS), "没有扩展名"),
    ],
)
def test_every_kind_of_file_says_the_same(data: bytes, name: str) -> None:
    wanted, found = read(ROWS), read_roster(data, name, today=TODAY)
    assert found.rows == wanted.rows
    assert len(found.rows) == 4
    assert found.rows[1].owners[1].name == "赵𬱖"
    assert found.rows[2].owners[0].name == "=1+1"


def test_any_order_of_columns_and_other_headings() -> None:
    headings = ["客户名称", "手机号码", "房屋坐落", "证件号码", "面积(㎡)", "交房日期", "颜色"]
    roster = read(
        [headings, ["张三", 19900000001.0, "望湖花园3栋2单元1906室", NUMBERS[0], "118.26㎡", 46360, "红"]]
    )
    (taken,) = roster.rows
    assert label(taken.place) == "3#2单元1906"
    assert taken.label_received == "望湖花园3栋2单元1906室"
    assert (taken.area, taken.notified_day) == (Decimal("118.26"), date(2026, 12, 4))
    assert taken.phones == ("19900000001",)
    assert roster.columns == {
        "客户名称": "owners",
        "手机号码": "phone",
        "房屋坐落": "room",
        "证件号码": "id_number",
        "面积(㎡)": "area",
        "交房日期": "notified_day",
    }
    assert [(note.code, dict(note.values)) for note in roster.notes] == [
        ("ignored_columns", {"columns": "颜色"})
    ]


def test_headings_that_nobody_knows_can_be_mapped() -> None:
    rows = [["宅", "谁", "电"], ["3#1906", "张三", "19900000001"]]
    with pytest.raises(Refused, match="房号"):
        read(rows)
    mapping = {"宅": "room", "谁": "owners", "电": "phone"}
    roster = read_roster(xlsx(rows), "a.xlsx", mapping=mapping, today=TODAY)
    assert roster.columns == mapping
    assert roster.rows[0].owners[0].name == "张三"
    for wrong, code in (
        ({"宅": "house!"}, "roster.unknown_field"),
        (mapping | {"无": "area"}, "roster.unknown_heading"),
    ):
        with pytest.raises(Refused) as refused:
            read_roster(xlsx(rows), "a.xlsx", mapping=wrong, today=TODAY)
        assert refused.value.code == code


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-04",
        "2026/12/4",
        "2026年12月4日",
        "20261204",
        20261204,
        46360,
        "46360",
        "2026.12.4",
        "２０２６-12-04",
        "二〇二六年十二月四日",
        "2026年十二月4日(星期五)",
    ],
)
def test_days_in_any_usual_writing(written: Any) -> None:
    (taken,) = read(table(row(1, 通知办理日期=written))).rows
    assert taken.notified_day == date(2026, 12, 4)


@pytest.mark.parametrize("written", ["—", "-", "——", "/", "无", "待定", "未售", "空置", "n/a", " 暂无 "])
def test_a_stroke_is_nobodys_name(written: str) -> None:
    found = read(table(row(1, 业主姓名=written)))
    (taken,) = found.rows
    assert taken.owners == ()
    assert "owner_missing" in {issue.code for issue in found.issues}


def test_totals_blanks_repeated_headings_and_signatures_are_no_houses() -> None:
    rows = table(
        row(1),
        ["小计", None, None, "1户", None, 89.5],
        [],
        HEADINGS,
        row(2),
        [None, "1#合计", None, "2户"],
        ["合计", None, None, "2户", None, 179],
        ["制表人:张三", None, None, None, None, None, "审核:李四"],
    )
    roster = read(rows)
    assert [taken.row for taken in roster.rows] == [3, 7]
    assert roster.rows_read == 2
    assert [dict(note.values) for note in roster.notes] == [{"rows": "4、6、8、9、10"}]


def test_a_merged_building_counts_for_all_its_rows() -> None:
    rows = table(row(1), row(2, 楼栋=None), row(3, 楼栋=None), row(4, 楼栋="2#"))
    roster = read(rows, merge=["B3:B5", "A1:O1"])
    assert [taken.place.building for taken in roster.rows] == ["1", "1", "1", "2"]
    assert codes(read(rows)) == [(4, "house_incomplete"), (5, "house_incomplete")], (
        "without merging it is a gap"
    )


def test_a_merged_room_with_two_rows_is_one_house_with_two_owners() -> None:
    second = [None] * 6 + ["郑欣", NUMBERS[1], "19900000099"]
    roster = read(table(row(1), second, row(2)), merge=["A3:A4", "B3:B4", "C3:C4", "D3:D4"])
    assert [len(taken.owners) for taken in roster.rows] == [2, 1]
    first = roster.rows[0]
    assert [owner.name for owner in first.owners] == ["曹红玉", "郑欣"]
    assert [owner.id_number for owner in first.owners] == [NUMBERS[1], NUMBERS[1]]
    assert first.phones == ("19900000001", "19900000099")
    assert roster.rows_read == 2


def test_a_building_standing_over_its_rows() -> None:
    rows = [
        ["房号", "业主姓名"],
        ["3号楼"],
        ["1906", "张三"],
        ["2单元1907", "李四"],
        ["5号楼"],
        ["1906", "王五"],
    ]
    assert [label(taken.place) for taken in read(rows).rows] == ["3#1906", "3#2单元1907", "5#1906"]


def test_hidden_sheets_are_left_alone_and_said() -> None:
    hidden = table(row(7), row(8))
    sheets = {"密": (hidden, "hidden"), "很密": (hidden, "veryHidden"), "二批": (table(row(9)), "visible")}
    data = xlsx(table(row(1)), sheets=sheets)
    roster = read_roster(data, "a.xlsx", today=TODAY)
    assert (roster.sheet, len(roster.rows)) == ("名单", 1)
    assert {note.code: dict(note.values) for note in roster.notes} == {
        "hidden_sheets": {"sheets": "密、很密"},
        "other_sheets": {"sheet": "名单", "sheets": "二批"},
    }
    assert len(read_roster(data, "a.xlsx", sheet="密", today=TODAY).rows) == 2
    with pytest.raises(Refused) as refused:
        read_roster(data, "a.xlsx", sheet="三批", today=TODAY)
    assert refused.value.code == "roster.no_such_sheet"


def test_the_roster_may_stand_on_the_second_sheet() -> None:
    sheets = {"名单二": (table(row(1)), "visible")}
    assert read_roster(xlsx([["填表说明"]], sheets=sheets), "a.xlsx", today=TODAY).sheet == "名单二"


@pytest.mark.parametrize(
    "cell", [350203199805100000, 3.50203199805100e17, "3.50203E+17", "350203199805101000"]
)
def test_a_rounded_identity_number_stays_open(cell: Any) -> None:
    roster = read(table(row(1, 身份证号=cell)))
    assert codes(roster) == [(3, "id_rounded")]
    assert roster.rows[0].owners[0].id_number == ""
    assert roster.rows[0].owners[0].id_kind is None
    assert roster.warnings == roster.issues


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("21010219641023000", "id_length"),
        ("210102196413230007", "id_date"),
        ("210102196410230008", "id_checksum"),
        ("2101021964102300A7", "id_characters"),
        (f"{NUMBERS[0]}、{NUMBERS[1]}", "id_extra"),
    ],
)
def test_a_wrong_identity_number_is_a_warning_and_masked(cell: str, code: str) -> None:
    (issue,) = read(table(row(1, 身份证号=cell))).issues
    assert issue.code == code
    assert "19641023" not in issue.value
    assert issue.column == "身份证号"


def test_the_same_house_twice_names_the_first() -> None:
    other = row(2, 楼栋="一栋", 单元="1", 房号="１０１室")
    roster = read(table(row(1), other, row(3)))
    (issue,) = roster.rejected
    assert (issue.row, issue.code, issue.values["first"], issue.values["label"]) == (
        4,
        "duplicate_house",
        3,
        "1#1单元101",
    )
    assert [taken.row for taken in roster.rows] == [3, 5]
    assert roster.rows_read == 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"房号": None}, "house_missing"),
        ({"房号": "待定"}, "house_unreadable"),
        ({"房号": "8#101"}, "house_conflict"),
        ({"房号": "1#3单元101"}, "house_conflict"),
        ({"楼栋": None}, "house_incomplete"),
        ({"房号": date(2026, 3, 2)}, "house_date"),
        ({"业主姓名": "名" * 61}, "name_too_long"),
        ({"业主姓名": "王\x7f强"}, "name_control"),
    ],
)
def test_rows_that_cannot_be_taken(changed: dict[str, Any], code: str) -> None:
    roster = read(table(row(1, **changed), row(2)))
    assert [(issue.row, issue.code) for issue in roster.rejected] == [(3, code)]
    assert [taken.row for taken in roster.rows] == [4]
    assert [number for number, _ in roster.rejected_rows] == [3]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"业主姓名": None, "身份证号": None}, "owner_missing"),
        ({"联系电话": "待补"}, "phone_format"),
        ({"建筑面积": "大"}, "area_unreadable"),
        ({"建筑面积": -3}, "area_unreadable"),
        ({"通知办理日期": "2026-02-30"}, "date_unreadable"),
        ({"签约日期": "去年"}, "date_unreadable"),
        ({"房款情况": "未结清"}, "balance_unreadable"),
    ],
)
def test_fields_that_stay_open(changed: dict[str, Any], code: str) -> None:
    roster = read(table(row(1, **changed)))
    assert [(issue.code, issue.severity.value) for issue in roster.issues] == [(code, "warning")]
    assert len(roster.rows) == 1


def test_a_balance_in_ten_thousands_is_said_by_its_heading() -> None:
    rows = [
        ["房号", "业主", "尾款(万元)"],
        ["3#1906", "张三", 4],
        ["3#1907", "李四", "已结清"],
        ["3#1908", "王五", None],
    ]
    assert [taken.balance for taken in read(rows).rows] == [Decimal(40000), Decimal(0), None]


@pytest.mark.parametrize(
    ("building", "rooms", "labels"),
    [
        ("3#", ("3-101", "3-102"), ["3#101", "3#102"]),
        ("3#", ("3-101", "2-102"), ["3#3单元101", "3#2单元102"]),
        ("3#", ("3-2-101", "3栋2单元102"), ["3#2单元101", "3#2单元102"]),
    ],
)
def test_dashes_in_the_room_are_read_alike_in_the_whole_column(
    building: str, rooms: tuple[str, ...], labels: list[str]
) -> None:
    rows = [["楼栋", "房号", "业主"], *([building, room, "张三"] for room in rooms)]
    assert [label(taken.place) for taken in read(rows).rows] == labels


def test_each_owner_in_a_column_of_his_own() -> None:
    headings = ["房号", "业主姓名", "身份证号", "共有人姓名", "共有人身份证号", "电话1", "电话2"]
    cells = ["3#1906", "张三", None, "李四", NUMBERS[1], 19900000001, "027-85551234"]
    (taken,) = read([headings, cells]).rows
    assert [(owner.name, owner.id_number) for owner in taken.owners] == [("张三", ""), ("李四", NUMBERS[1])]
    assert taken.phones == ("19900000001", "027-85551234")


def test_shares_companies_shops_and_parking() -> None:
    rows = [
        ["房号", "业主"],
        ["3#1906", "张三(60%)、李四(40%)"],
        ["3#底商5", "望湖置业有限公司"],
        ["车位B1-023", "张三"],
        ["tc 201", "KIM MIN-JI"],
    ]
    taken = read(rows).rows
    assert [owner.share for owner in taken[0].owners] == ["60%", "40%"]
    assert taken[1].owners[0].role is PartyRole.COMPANY_OWNER
    assert [one.place.kind.value for one in taken] == ["apartment", "shop", "parking", "townhouse"]
    assert [label(one.place) for one in taken] == ["3#1906", "3#底商5", "车位B1-023", "TC201"]
