"""The search box's index (A2): what is typed finds the household, on a plain ordered index."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskapp.domain.places import Place, PlaceKind, label, parse_label
from deskapp.domain.searchkeys import LONGEST, KeyKind, SearchEntry, keys_for, prefix_range, query_keys
from tests.domain.test_places import apartments, places

HOUSE = Place("", "3", "2", "1804")
ENTRY = SearchEntry(
    HOUSE,
    names=("龙强文", "单曾"),
    phones=("19900000007", "027-85551234-801"),
    id_tails=("42011119580109000X",),
    plates=("鄂A·12X45",),
    documents=("SJ-2026-000123", "WH2025-00001"),
)


def finds(text: str, entry: SearchEntry = ENTRY) -> bool:
    keys, terms = keys_for(entry), query_keys(text)
    return bool(terms) and all(term.met_by(keys) for term in terms)


@pytest.mark.parametrize(
    "text",
    [
        *("龙", "龙强文", "强文", "文", "龙强", "曾", "单曾"),
        *("longqiangwen", "longqiang", "qiangwen", "wen", "LongQ", "ｌｏｎｇ"),
        *("lqw", "qw", "LQ", "shanzeng", "danzeng", "shanceng", "danceng", "sz", "dz", "sc", "dc"),
        *(
            "1804",
            "18",
            "1804室",
            "3#1804",
            "3栋1804",
            "3幢2单元1804",
            "3-2-1804",
            "３＃１８０４",
            "三栋",
            "3号楼",
        ),
        *("3#", "3#2", "3#2单元", "2单元18", "3-2-18", "3# 1804", "3栋 2单元 1804", "3 1804", "3 2 1804"),
        *(
            "0007",
            "00007",
            "19900000007",
            "+86 19900000007".replace(" ", ""),
            "1234",
            "85551234",
            "02785551234",
        ),
        *("9000x", "000X", "09000x", "42011119580109000x"),
        *("鄂A12X45", "鄂a·12x45", "a12x", "12X45", "2x45", "鄂A"),
        *("SJ-2026-000123", "sj2026000123", "000123", "0123", "wh2025", "00001"),
        *("龙 1804", "3栋 lqw", "单曾 0007"),
    ],
)
def test_what_people_type_finds_the_household(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        *("强龙", "龙文", "lw", "longwen", "1805", "4#1804", "3-1-1804", "1990", "990000000", "801", "0008"),
        *(
            "鄂B12X45",
            "SJ-2026-000124",
            "龙 1805",
            "lqw 4栋",
            "王",
            "%",
            "_",
            "*",
            "'",
            "\x00",
            "",
            "   ",
            "~7000",
        ),
    ],
)
def test_what_is_not_its_does_not(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("赵𬱖", text) for text in ("𬱖", "赵𬱖", "zhaodi", "zd")),
        *(("王䶮", text) for text in ("䶮", "wangyan", "wy")),
        *(("张𠅤", text) for text in ("𠅤", "zhang")),
        *(
            ("阿依古丽·买买提", text)
            for text in ("买买提", "阿依古丽买买提", "阿依古丽·买买提", "ayiguli", "mmt", "maimaiti")
        ),
        *(
            ("Smith, John O'Neil", text)
            for text in ("smith", "John", "oneil", "o'neil", "SMITH,", "smith john", "sjo")
        ),
        *(("KIM MIN-JI", text) for text in ("kim", "min-ji", "minji", "ji", "kmj", "kim ji")),
        *(("陈<b>强</b>", text) for text in ("强", "陈")),
        *(("吕绿", text) for text in ("lv", "lü", "lyu", "ll")),
        *(("José Müller", text) for text in ("jose", "José", "muller", "müller")),
        *(("望湖置业(武汉)有限公司", text) for text in ("置业", "武汉", "whzy")),
        *(("尉迟恭", text) for text in ("yuchigong", "weichi", "ycg")),
        *(("万俟卨", text) for text in ("moqi", "wansi")),
        *(("司马萍萍", text) for text in ("simapp"[:4], "pingping", "smpp", "萍萍")),
        *(("解查", text) for text in ("xiecha", "jie", "xc")),
    ],
)
def test_names_of_every_kind(name: str, typed: str) -> None:
    assert finds(typed, SearchEntry(HOUSE, names=(name,)))


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        *(
            (Place("", "", "", "TC201", PlaceKind.TOWNHOUSE), text)
            for text in ("tc", "tc201", "TC 201", "201", "联排201", "t")
        ),
        *(
            (Place("", "3", "", "12", PlaceKind.SHOP), text)
            for text in ("底商12", "3#底商", "商铺12", "12", "3#12", "3栋门面12")
        ),
        *(
            (Place("", "", "", "B1-023", PlaceKind.PARKING), text)
            for text in ("车位b1", "B1-023", "车位23", "B1车位023", "23")
        ),
        *(
            (Place("一期", "3", "2", "1804"), text)
            for text in ("一期", "1期3#1804", "一期3栋2单元18", "3#1804", "1804")
        ),
        *((Place("", "", "", "0101"), text) for text in ("0101", "101")),
        *((Place("", "A", "", "1804"), text) for text in ("a", "A座1804", "a#", "a栋 1804")),
    ],
)
def test_places_of_every_kind(place: Place, typed: str) -> None:
    assert finds(typed, SearchEntry(place))


def test_a_bare_number_over_four_digits_may_be_many_things() -> None:
    (term,) = query_keys("0007")
    assert {meant.kind for meant in term.alternatives} == {
        KeyKind.ROOM,
        KeyKind.NAME,
        KeyKind.PHONE,
        KeyKind.PLATE,
        KeyKind.DOCUMENT,
        KeyKind.ID_TAIL,
    }


def test_short_numbers_are_rooms_and_not_ends_of_phones() -> None:
    for typed in ("1", "18", "180"):
        assert [meant.kind for meant in query_keys(typed)[0].alternatives] == [KeyKind.ROOM, KeyKind.NAME]


def test_never_more_than_six_characters_of_an_identity_number() -> None:
    tails = [key.text for key in keys_for(ENTRY) if key.kind is KeyKind.ID_TAIL]
    assert tails == ["x00090"]


def test_the_index_stays_small() -> None:
    assert len(keys_for(ENTRY)) <= 40
    company = SearchEntry(HOUSE, names=("望湖置业发展投资控股集团(武汉)物业管理咨询服务股份有限责任公司",))
    assert len(keys_for(company)) <= 60


@given(places)
def test_the_estates_own_writing_always_finds_the_place(place: Place) -> None:
    assert finds(label(place), SearchEntry(place))


@given(apartments, apartments)
def test_a_whole_label_finds_no_other_building(place: Place, other: Place) -> None:
    if place.building != other.building:
        assert not finds(label(Place("", place.building, "2", place.room)), SearchEntry(other))


@given(apartments, st.integers(1, 12))
def test_every_beginning_of_a_label_that_is_one_finds_the_place(place: Place, length: int) -> None:
    typed = label(place)[:length]
    assume(parse_label(typed).understood)
    assume(not place.phase or parse_label(typed).phase)
    assert finds(typed, SearchEntry(place))


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)


@given(names)
def test_any_name_is_found_as_it_is_written(name: str) -> None:
    assume(query_keys(name) and not any(map(str.isdigit, name)))
    assert finds(name, SearchEntry(HOUSE, names=(name,)))


@given(st.text(max_size=60))
def test_any_typed_text_gets_an_answer(text: str) -> None:
    for term in query_keys(text):
        for meant in term.alternatives:
            assert 0 < len(meant.prefix) <= LONGEST + 1
            assert "\x00" not in meant.prefix
            assert meant.bounds[0] < meant.bounds[1]


characters = st.characters(codec="utf-8") | st.sampled_from("\ud7ff\ue000\uffff\U00010000\U0010fffe")


@given(st.text(characters, max_size=6), st.text(characters, max_size=6))
def test_a_range_holds_exactly_what_begins_with_the_prefix(prefix: str, key: str) -> None:
    assume("\U0010ffff" not in prefix + key)
    low, high = prefix_range(prefix)
    for text in (key, prefix + key):
        assert (low.encode() <= text.encode() < high.encode()) == text.startswith(prefix)


def test_ranges_work_on_a_databases_plain_index() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("create table k (t text primary key) without rowid")
    texts = ["赵", "赵𬱖", "𬱖", "𬱖a", "\U0002ffff", "\ud7ff", "\ue000", "强文", "龙强文"]
    base.executemany("insert into k values (?)", [(text,) for text in texts])
    for prefix in ("𬱖", "赵", "\ud7ff", "强"):
        found = base.execute("select t from k where t >= ? and t < ?", prefix_range(prefix)).fetchall()
        assert sorted(text for (text,) in found) == sorted(text for text in texts if text.startswith(prefix))
    base.close()


@pytest.mark.parametrize(("half", "whole"), [("1#1单", "1#1"), ("3号", "3"), ("2#2单元1单", "2#2单元1")])
def test_a_word_that_is_half_typed_finds_what_came_before_it(half: str, whole: str) -> None:
    shorter = [term.alternatives for term in query_keys(whole)]
    assert [term.alternatives for term in query_keys(half)] == shorter
