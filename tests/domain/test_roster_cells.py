"""Cells and headings of rosters in every writing (A6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.roster_cells import Cell, cell_text, read_area, read_balance, read_date, rounded_number
from deskapp.domain.roster_columns import RosterField, field_of, find_columns

days = st.dates(date(1955, 1, 1), date(2099, 12, 31))


@given(days)
def test_a_day_is_read_in_each_of_its_writings(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    writings: list[Cell] = [
        *(
            f"{day}",
            f"{day:%Y/%m/%d}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
        ),
        *(
            f"{day:%Y%m%d}",
            int(f"{day:%Y%m%d}"),
            f"{day} 09:30:00",
            f"{day.year}.{day.month}.{day.day}",
            serial,
        ),
        *(str(serial), float(serial), day),
    ]
    assert {read_date(writing) for writing in writings} == {day}


@pytest.mark.parametrize(
    "cell", ["12/4/2026", "2026-13-01", "2026-02-30", "去年", 5, "0", True, "99999999", date(1, 1, 1)]
)
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(ValueError):
        read_date(cell)


@pytest.mark.parametrize("cell", ["", None, "无", "-", "—"])
def test_an_empty_cell_is_no_day_and_no_area(cell: Cell) -> None:
    assert read_date(cell) is None
    assert read_area(cell) is None


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        *(
            (cell, "118.26")
            for cell in (
                "118.26㎡",
                118.26,
                "118.26平方米",
                "１１８．２６ m²",
                "约118.26",
                118.25999999999999,
            )
        ),
        ("1,118.26", "1118.26"),
        (96, "96"),
        (Decimal("226.50"), "226.50"),
    ],
)
def test_areas_with_units(cell: Cell, area: str) -> None:
    assert read_area(cell) == Decimal(area)


@pytest.mark.parametrize("cell", [0, -3, "大", "118.26亩", "1e3", "100000"])
def test_what_is_no_area(cell: Cell) -> None:
    with pytest.raises(ValueError):
        read_area(cell)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        *((cell, 0) for cell in ("已结清", "结清", "无", "0", 0, "房款已结清", "无欠款", "全款已付清", "—")),
        *(
            (cell, 40000)
            for cell in (
                "欠尾款4万元",
                "欠 4 万",
                "40,000.00",
                "¥40000",
                40000,
                "欠尾款四万元",
                "尾款4万元未付",
            )
        ),
        ("尾款3.5万元", 35000),
        ("欠款12万3千元", 123000),
        ("1万2千500元", 12500),
    ],
)
def test_money_owed_to_the_developer(cell: Cell, yuan: int) -> None:
    assert read_balance(cell) == Decimal(yuan)


def test_an_amount_in_the_headings_unit() -> None:
    assert read_balance(4.5, Decimal(10000)) == Decimal(45000)
    assert read_balance("已结清", Decimal(10000)) == 0
    assert read_balance("欠4万元", Decimal(10000)) == Decimal(40000)
    assert read_balance(None) is None


@pytest.mark.parametrize("cell", ["未结清", "欠款", "按揭中", -5, "约定另付", "万元"])
def test_an_amount_that_is_not_said(cell: Cell) -> None:
    with pytest.raises(ValueError):
        read_balance(cell)


def test_texts_of_cells() -> None:
    assert cell_text(101.0) == "101"
    assert cell_text(' ="0101" ') == "0101"
    assert cell_text("'19900000007") == "19900000007"
    assert cell_text("a\n\x00 b\u3000c") == "a b c"
    assert cell_text(date(2026, 12, 4)) == "2026-12-04"
    assert cell_text("=1+1") == "=1+1"


@pytest.mark.parametrize("cell", [4.2e17, 420111195801090006, "4.20111E+17", Decimal("1e15")])
def test_numbers_a_spreadsheet_has_rounded(cell: Cell) -> None:
    assert rounded_number(cell)


@pytest.mark.parametrize(
    "cell", ["420111195801090006", 19900000007.0, 123456789012345, "", None, True, "E12345678"]
)
def test_numbers_that_are_whole(cell: Cell) -> None:
    assert not rounded_number(cell)


any_cell = (
    st.none() | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | days
)


@given(any_cell)
def test_any_cell_is_read_or_left_open(cell: Cell) -> None:
    assert cell_text(cell) == cell_text(cell).strip()
    for read in (read_date, read_area, read_balance):
        try:
            found = read(cell)
        except ValueError:
            continue
        assert found is None or isinstance(found, date | Decimal)


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        (
            RosterField.ROOM,
            (
                "房号",
                "房间号",
                "室号",
                "房屋坐落",
                "楼栋/单元/房号",
                "房 号",
                "房号 ",
                "Room No.",
                "房屋编码",
            ),
        ),
        (RosterField.BUILDING, ("楼栋", "幢号", "栋", "楼号", "Building")),
        (RosterField.ENTRANCE, ("单元", "单元号")),
        (
            RosterField.OWNERS,
            ("业主姓名", "客户名称", "买受人", "产权人", "共有人", "姓名", "业主2", "Owner Name"),
        ),
        (
            RosterField.ID_NUMBER,
            ("身份证号", "证件号码", "身份证号码", "统一社会信用代码", "共有人身份证号", "ID No."),
        ),
        (RosterField.PHONE, ("联系电话", "手机号", "手机号码", "联系方式", "电话1", "Phone")),
        (RosterField.AREA, ("建筑面积", "建筑面积(㎡)", "面积", "建筑面积\n(平方米)")),
        (RosterField.CONTRACT_NUMBER, ("合同编号", "购房合同号")),
        (RosterField.CONTRACT_DATE, ("签约日期", "合同签订日期")),
        (RosterField.BALANCE, ("房款情况", "尾款(万元)", "欠款金额")),
        (RosterField.NOTIFIED_DAY, ("通知办理日期", "入伙日期", "交房时间", "办理日期")),
        (RosterField.REMARK, ("备注", "备注说明", "Remarks")),
        (
            None,
            (
                "序号",
                "证件类型",
                "紧急联系人电话",
                "代办人姓名",
                "套内面积",
                "销售顾问",
                "车位号",
                "",
                None,
                3,
                "问题",
            ),
        ),
    ],
)
def test_headings_as_they_are_written(field: RosterField | None, headings: tuple[object, ...]) -> None:
    assert {heading: field_of(heading) for heading in headings} == dict.fromkeys(headings, field)


def test_the_row_with_most_fields_is_that_of_the_headings() -> None:
    rows = [["一期 房号 表"], ["房屋", "业主"], ["房号", "业主姓名", "电话", "备注"], ["3#1906", "张三"]]
    columns = find_columns(rows)
    assert columns is not None
    assert columns.heading_row == 2
    assert find_columns([["姓名", "电话"]]) is None
    assert find_columns([]) is None


def test_a_heading_twice_counts_once() -> None:
    columns = find_columns([["房号", "房间号", "业主", "备注", "颜色"]])
    assert columns is not None
    assert columns.of[RosterField.ROOM] == (0,)
    assert columns.ignored == ("房间号", "颜色")
