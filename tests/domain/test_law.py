"""The law as it may be cited (law.md)."""

from __future__ import annotations

import re
import tomllib

import pytest

from deskapp.base.assets import shipped
from deskapp.base.tomlfile import BadDataFile
from deskapp.domain.datatable import Source
from deskapp.domain.law import Checked, Law, parse_law

TEXT = shipped("resources/rules/law.toml").read_text(encoding="utf-8")


def parsed(text: str) -> tuple[Law, ...]:
    return parse_law(Source("law.toml", tomllib.loads(text), text))


LAWS = {law.code: law for law in parsed(TEXT)}


def test_what_nobody_checked_is_not_printed() -> None:
    assert [law.code for law in LAWS.values() if not law.printable] == ["fitout_forbidden"]
    assert LAWS["noise"].checked is Checked.REPORT
    assert LAWS["noise"].printable


def test_citations_read_as_written_on_a_notice() -> None:
    assert LAWS["neighbours"].citation == "《民法典》第288条、第294条、第295条"
    assert LAWS["thrown_objects_crime"].citation == "《刑法》第291条之二"
    assert LAWS["letting"].citation == "《住房租赁条例》"


def test_no_law_out_of_force_and_no_practice_as_law() -> None:
    assert not re.search(r"act = \"(民法通则|物权法|侵权责任法|合同法)", TEXT)
    assert not re.search(r"says_zh = .*(工作日|24 ?小时)", TEXT)
    for law in LAWS.values():
        assert law.about.zh
        assert law.says.en.isascii(), law.code
        assert law.since is None or law.since.year >= 1997


# Read in the text of the act (its last article, or the amendment's), but for the letting of homes.
IN_FORCE = {
    "民法典": "2021-01-01",
    "物业管理条例": "2003-09-01",
    "最高人民法院关于适用民法典侵权责任编的解释（一）": "2024-09-27",
    "建设工程质量管理条例": "2000-01-30",
    "住宅室内装饰装修管理办法": None,
    "噪声污染防治法": "2022-06-05",
    "治安管理处罚法": "2026-01-01",
    "消防法": "2009-05-01",
    "保安服务管理条例": "2010-01-01",
    "个人信息保护法": "2021-11-01",
    "最高人民法院关于审理使用人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定": "2021-08-01",
    "住房租赁条例": "2025-09-15",
}


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_day_of_coming_into_force_is_said_only_where_it_was_read(law: Law) -> None:
    since = law.since.isoformat() if law.since else None
    if law.act == "刑法":  # article 291-2 came with an amendment
        assert since == ("2021-03-01" if law.articles == ("291-2",) else "1997-10-01")
    else:
        assert since == IN_FORCE[law.act]


def test_a_text_of_several_editions_says_which_one_is_meant() -> None:
    assert LAWS["public_parts"].citation == "《物业管理条例》（2018年修订）第49条、第50条"
    assert LAWS["noise_police"].citation == "《治安管理处罚法》（2025年修订）第88条"


ACTS = sorted({law.act for law in LAWS.values()}, key=len, reverse=True)
CITED = re.compile(rf"({'|'.join(map(re.escape, ACTS))})》?第([〇零一二三四五六七八九十百千]+|\d+)条")
ANY_ACT = re.compile(r"《([^》]*(?:法典|法|条例|办法|规定|解释))》")


def number(written: str) -> str:
    """九百四十四 as 944."""
    if written.isdecimal():
        return written
    total, last = 0, 0
    for char in written:
        digit = "〇一二三四五六七八九".find("〇" if char == "零" else char)
        if digit >= 0:
            last = digit
        else:
            total, last = total + (last or 1) * {"十": 10, "百": 100, "千": 1000}[char], 0
    return str(total + last)


def printed_texts() -> dict[str, str]:
    """Everything of ours that can come onto paper or before a resident's eyes."""
    found = {}
    for folder, name in (("forms", "*.toml"), ("resources/translations/zh_CN", "*.po")):
        for path in sorted(shipped(folder).glob(name)):
            found[path.name] = path.read_text(encoding="utf-8")
    return found | {"documents.toml": shipped("resources/rules/documents.toml").read_text(encoding="utf-8")}


def test_no_paper_and_no_sentence_cites_law_that_nobody_checked() -> None:
    printable = {(law.act, article) for law in LAWS.values() if law.printable for article in law.articles}
    cited = [
        (name, found[1], number(found[2]))
        for name, text in printed_texts().items()
        for found in CITED.finditer(text)
    ]
    assert len(cited) >= 5
    assert [one for one in cited if one[1:] not in printable] == []


def test_no_paper_names_an_act_that_the_list_does_not_know() -> None:
    named = {
        act.removeprefix("中华人民共和国")
        for text in printed_texts().values()
        for act in ANY_ACT.findall(text)
    }
    assert named
    assert named <= set(ACTS)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"288"', '"二八八"', "value.not_article"),
        ('"291-2"', '"291-"', "value.not_article"),
        ('since = "2021-01-01"', 'since = "2021"', "value.not_day"),
        ('checked = "text"', 'checked = "hearsay"', "value.not_one_of"),
        ('code = "animals"', 'code = "trees"', "value.twice"),
    ],
)
def test_a_fault_is_named(old: str, new: str, code: str) -> None:
    with pytest.raises(BadDataFile) as caught:
        parsed(TEXT.replace(old, new, 1))
    assert code in [p.code for p in caught.value.problems]
