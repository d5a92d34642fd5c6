"""Whoever complained is not recognisable on the board (C15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.errors import Refused
from deskapp.domain.complaints.anonymity import check_bulletin, recognisable
from deskapp.domain.documents import ComplaintBulletin
from deskapp.domain.searchkeys import readings

NAMES = ("徐东静", "欧阳明月", "Smith, John O'Neil", "阿依古丽·买买提", "李&王", "区小明", "于洋")
LABELS = ("3#2单元1804", "TC201", "1#1单元303")
BULLETIN = ComplaintBulletin(
    received_on=date(2026, 11, 3),
    area="3栋2单元",
    matter="厨房顶棚渗水",
    handling="工程部当日上门封堵漏点。",
    result="闭水 24 小时无渗漏。",
    receiver="前台 徐小姐",
)


def _with(item: str, text: str) -> ComplaintBulletin:
    changes: dict[str, Any] = {item: text}
    return replace(BULLETIN, **changes)


@pytest.mark.parametrize(
    "told",
    [
        *("19900000010", "199 0000 0010", "199-0000-0010", "１９９００００００１０", "199****0010"),
        *(
            "幺九九零零零零零零幺零",
            "一九九零零零零零零一零",
            "拨85551234",
            "027-85551234",
            "+86 19900000010",
        ),
        *("11010119900307000X", "110***********000X", "京A·12345"),
        *(
            "3栋1804",
            "三栋2单元1804的住户",
            "3#2单元 1804",
            "1804室",
            "1804漏水",
            "一八零四",
            "3-2-1804",
            "３栋１８０４",
        ),
        *("TC201", "TC-201", "303 室", "住303的", "3栋2单元1906室", "2006户主", "底商12", "2单元0602"),
        *(
            "徐东静",
            "徐 东静",
            "徐\u200b东静",
            "徐女士",
            "老徐",
            "欧阳女士",
            "SMITH",
            "John",
            "阿依古丽 买买提",
            "李&王",
        ),
        *(
            "xu dongjing",
            "XuDongJing",
            "Xú Dōngjìng",
            "Dongjing Xu",
            "ouyang mingyue",
            "Xu女士",
            "Ms. Xu",
            "XDJ女士",
        ),
        *("Yu-Yang", "yú yáng", "东静姐", "明月阿姨", "Mr Ouyang", "O’Neil"),
        *("18楼东户", "十八层西边户", "顶楼那户", "18楼业主", "一楼人家", "20层的住户"),
        *("微信号 dj_xu88", "微信:abc12345", "QQ 123456789", "dongjing.x@example.com"),
    ],
)
def test_what_shows_somebody_is_found(told: str) -> None:
    assert recognisable(f"据反映，{told}，已处理。", NAMES, LABELS)


@pytest.mark.parametrize(
    "told",
    [
        *("3栋2单元", "3栋1、2单元", "3栋、5栋", "小区东门", "于某日夜间", "徐徐推进"),
        *("2026年11月3日 10:22", "2026-11-03", "20261103", "2026-11-03 至 2026-11-05", "08:30-18:00"),
        *("共 12 户", "1804 元", "1804元", "1250000 元", "303 户", "24 小时", "7 个工作日", "304 不锈钢水管"),
        *(
            "18楼公共走廊",
            "十八层以上各户",
            "一层大厅",
            "高层住户",
            "顶层防水",
            "二楼住户均已恢复",
            "3 层楼道",
        ),
        *("东静路", "明月当空", "XDJ-2 型门禁", "xuan ze", "LED 灯", "微信群通知", "扫描微信二维码"),
        *("拨打 119 或 12345", "400-820-8820", "GG-2026-000001", "民法典 1254 条", ""),
    ],
)
def test_what_shows_nobody_is_let_through(told: str) -> None:
    assert recognisable(told, NAMES, LABELS) == ""


@given(st.integers(3, 9), st.integers(0, 10**9 - 1), st.sampled_from(["", " ", "-"]))
def test_no_mobile_number_is_overlooked(second: int, rest: int, gap: str) -> None:
    digits = f"1{second}{rest:09d}"
    assert recognisable(f"电话{digits[:3]}{gap}{digits[3:7]}{gap}{digits[7:]}。", (), ())


@given(st.text(max_size=60))
def test_the_stretch_found_is_short_or_nothing(text: str) -> None:
    assert len(recognisable(text, NAMES, LABELS)) < 40


@pytest.mark.parametrize(
    "item", ["area", "matter", "handling", "result", "call_back", "advice", "time_limit"]
)
def test_a_bulletin_names_the_item_that_shows_somebody(item: str) -> None:
    check_bulletin(BULLETIN, NAMES, LABELS)
    with pytest.raises(Refused) as caught:
        check_bulletin(_with(item, "徐女士 3栋1804"), NAMES, LABELS)
    assert caught.value.code == "complaints.recognisable"
    assert caught.value.values["item"] == item


def test_staff_may_bear_the_surname_of_the_complainant_but_not_be_her() -> None:
    check_bulletin(replace(BULLETIN, follower="徐女士", responsible="老徐"), NAMES, LABELS)
    with pytest.raises(Refused):
        check_bulletin(replace(BULLETIN, follower="徐东静"), NAMES, LABELS)
    with pytest.raises(Refused):
        check_bulletin(replace(BULLETIN, responsible="张工 19900000010"), NAMES, LABELS)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_refusal_says_what_was_found(language: str) -> None:
    before = i18n.language()
    i18n.use_language(language)
    try:
        with pytest.raises(Refused) as caught:
            check_bulletin(replace(BULLETIN, matter="1804 漏水"), NAMES, LABELS)
        assert "1804" in caught.value.sentence()
    finally:
        i18n.use_language(before)


def test_a_shop_is_known_by_its_name_without_its_legal_form() -> None:
    names = ("望湖清禾餐饮有限公司",)
    assert recognisable("望湖清禾餐饮油烟扰民", names, ())
    assert recognisable("某餐饮公司油烟扰民", names, ()) == ""


@given(
    st.sampled_from(["徐东静", "欧阳明月", "吕绿", "单于洋", "王䶮"]), st.sampled_from(["", " ", "-", "."])
)
def test_no_name_in_pinyin_is_overlooked(name: str, gap: str) -> None:
    for syllables in readings(name):
        for order in (syllables, [*syllables[1:], syllables[0]]):
            for told in (gap.join(order), gap.join(order).upper(), gap.join(order).title()):
                assert recognisable(f"住户 {told} 反映", (name,), ())
