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
        assert law.since.year >= 1997


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
