"""The text of the yearly notice read as a calendar (C6; law.md)."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.assets import Assets
from deskapp.base.tomlfile import BadDataFile
from deskapp.domain.datatable import Source
from deskapp.domain.holidaynotice import calendar_text
from deskapp.domain.workdays import YearCalendar, load_calendar, parse_calendar

NOTICE_2026 = """国务院办公厅关于2026年
部分节假日安排的通知

各省、自治区、直辖市人民政府,国务院各部委、各直属机构:
    经国务院批准,现将2026年元旦、春节等放假调休日期的具体安排通知如下。
    一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
    二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
    三、清明节:4月4日(周六)至6日(周一)放假,共3天。
    四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。
    五、端午节:6月19日(周五)至21日(周日)放假,共3天。
    六、中秋节:9月25日(周五)至27日(周日)放假,共3天。
    七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。
    节假日期间,各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
WIDE = str.maketrans(",:()", "\uff0c\uff1a\uff08\uff09")


def read(notice: str, file: str = "notice.txt") -> YearCalendar:
    text = calendar_text(notice, file)
    return parse_calendar(Source(file, tomllib.loads(text), text))


@pytest.mark.parametrize("notice", [NOTICE_2026, NOTICE_2026.translate(WIDE)], ids=["narrow", "wide"])
def test_the_notice_of_2026_is_the_calendar_that_is_shipped(notice: str) -> None:
    found, shipped = read(notice), load_calendar(Assets()).years[2026]
    assert (found.year, set(found.rest), set(found.work)) == (2026, set(shipped.rest), set(shipped.work))
    assert {day: label.zh for day, label in found.rest.items()} == {
        day: label.zh for day, label in shipped.rest.items()
    }
    assert not found.provisional


def test_two_festivals_in_one_paragraph_and_days_of_the_year_before() -> None:
    notice = """关于2028年部分节假日安排的通知
一、元旦:2027年12月31日至2028年1月2日放假,共3天。
二、春节:1月25日至2月1日放假调休,共8天。1月23日(周日)、2月5日(周六)上班。
三、清明节:4月4日放假,与周末连休。
四、劳动节:5月1日至5日放假调休,共5天。
五、端午节:5月28日至30日放假调休,共3天。
六、国庆节、中秋节:10月1日至8日放假调休,共8天。"""
    year = read(notice)
    assert date(2027, 12, 31) not in year.rest
    assert date(2028, 1, 2) in year.rest
    assert year.rest[date(2028, 10, 3)].zh == "国庆节、中秋节"
    assert year.rest[date(2028, 2, 1)].zh == "春节"
    assert set(year.work) == {date(2028, 1, 23), date(2028, 2, 5)}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("关于2026年", "关于今年", "notice_no_year", 0),
        ("4月4日(周六)至6日(周一)放假", "4月4日起休息", "notice_unclear", 8),
        ("4月4日(周六)至6日", "4月4日(周六)至66日", "notice_unclear", 8),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(BadDataFile) as caught:
        read(NOTICE_2026.replace(old, new))
    assert [(p.code, p.line) for p in caught.value.problems] == [(code, line)]


def test_a_notice_without_a_holiday_or_with_a_day_left_out_is_refused() -> None:
    with pytest.raises(BadDataFile) as caught:
        read("关于2026年部分节假日安排的通知\n各单位:节日快乐。")
    assert caught.value.problems[0].code == "notice_no_holiday"
    without = "\n".join(line for line in NOTICE_2026.splitlines() if "端午节" not in line)
    with pytest.raises(BadDataFile) as caught:
        read(without)
    assert caught.value.problems[0].code == "value.statutory_missing"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for notice in (text, f"关于2026年部分节假日安排的通知\n元旦:{text}"):
        try:
            read(notice)
        except BadDataFile as refused:
            assert refused.problems  # noqa: PT017 - both outcomes are right
