"""Labels of houses in every writing (P1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.places import (
    LabelQuery,
    Place,
    PlaceKind,
    label,
    matches,
    parse_label,
    place_key,
    place_of,
)

HOUSE = Place("", "3", "2", "1906")
PLAIN = Place("", "3", "", "1906")
TOWNHOUSE = Place("", "", "", "TC201", PlaceKind.TOWNHOUSE)
SHOP = Place("", "3", "", "12", PlaceKind.SHOP)
PARKING = Place("", "", "", "B1-023", PlaceKind.PARKING)
STOREROOM = Place("", "3", "", "7", PlaceKind.STOREROOM)

buildings = st.integers(1, 199).map(str) | st.sampled_from("ABCD")
entrances = st.integers(1, 12).map(str) | st.just("")
rooms = st.builds(lambda floor, door: f"{floor}{door:02d}", st.integers(1, 60), st.integers(1, 12))
phases = st.sampled_from(["", "一期", "二期", "东区", "竹苑", "三组团"])
apartments = st.builds(Place, phases, buildings, entrances, rooms)
places = st.one_of(
    apartments,
    st.builds(lambda n: Place("", "", "", f"TC{n}", PlaceKind.TOWNHOUSE), st.integers(1, 999)),
    st.builds(lambda n: Place("", "", "", f"{n}", PlaceKind.TOWNHOUSE), st.integers(1, 999)),
    st.builds(lambda p, b, n: Place(p, b, "", str(n), PlaceKind.SHOP), phases, buildings, st.integers(1, 99)),
    st.builds(lambda n: Place("", "", "", f"B1-{n:03d}", PlaceKind.PARKING), st.integers(1, 999)),
    st.builds(lambda b, n: Place("", b, "", str(n), PlaceKind.STOREROOM), buildings, st.integers(1, 99)),
)


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (HOUSE, "3#2单元1906"),
        (PLAIN, "3#1906"),
        (TOWNHOUSE, "TC201"),
        (SHOP, "3#底商12"),
        (PARKING, "车位B1-023"),
        (STOREROOM, "3#储藏室7"),
        (Place("", "", "", "1906"), "1906"),
        (Place("", "", "", "8", PlaceKind.TOWNHOUSE), "联排8"),
    ],
)
def test_the_estates_own_writing(place: Place, written: str) -> None:
    assert label(place) == written


@pytest.mark.parametrize(
    "text",
    [
        *(
            "3幢2单元1906",
            "3-2-1906",
            "3#2单元1906",
            "3栋2单元1906室",
            "３＃２单元１９０６",
            "3 # 2 单元 1906",
        ),
        *("三栋二单元一九零六", "三栋二单元1906", "3号楼2单元1906房", "3—2—1906", "3/2/1906", "3.2.1906"),
        *(
            "3 2 1906",
            "3#2-1906",
            "3座2门1906",
            "3栋2单元19层06",
            "3-2-19-06",
            "03#02单元1906",
            "望湖花园3栋2单元1906",
        ),
    ],
)
def test_every_writing_names_the_whole_house(text: str) -> None:
    query = parse_label(text)
    assert (query.building, query.entrance, query.room) == ("3", "2", "1906")
    assert query.text == text, "the writing as received is kept"
    assert matches(query, HOUSE)


@pytest.mark.parametrize(
    "text", ["3#1906", "3栋1906", "3-1906", "3 1906", "3号1906", "3号楼1906室", "三幢1906"]
)
def test_an_entrance_not_said_stays_open(text: str) -> None:
    query = parse_label(text)
    assert query.known == ("building", "room")
    assert query.open == ("phase", "entrance", "kind")
    assert matches(query, HOUSE)
    assert matches(query, PLAIN)
    assert not matches(query, Place("", "8", "2", "1906"))


@pytest.mark.parametrize("text", ["1906", "1906室", "１９０６", "19楼1906", "一九零六室"])
def test_a_room_alone_has_candidates_in_every_building(text: str) -> None:
    query = parse_label(text)
    assert query.known == ("room",)
    assert all(matches(query, Place("", building, "1", "1906")) for building in ("1", "3", "9"))
    assert not matches(query, Place("", "3", "1", "1907"))


@pytest.mark.parametrize("text", ["3号楼", "3#", "三栋", "3幢", "第3栋"])
def test_a_building_alone(text: str) -> None:
    assert parse_label(text).known == ("building",)
    assert matches(parse_label(text), HOUSE)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(
            (text, TOWNHOUSE)
            for text in ("TC201", "tc 201", "ＴＣ２０１", "TC-201", "联排201", "201", "联排TC201", "201号")
        ),
        *(
            (text, SHOP)
            for text in ("3#底商12", "3栋商铺12", "底商12", "12号商铺", "3号楼门面12", "3#底商012")
        ),
        *(
            (text, PARKING)
            for text in (
                "车位B1-023",
                "B1-023",
                "B1-023车位",
                "B1车位023",
                "地下一层023号车位",
                "负一层车位023",
            )
        ),
        *((text, STOREROOM) for text in ("储藏室7", "3#储藏室7", "3栋储物间7", "3号楼储藏间07")),
    ],
)
def test_places_that_are_no_apartments(text: str, place: Place) -> None:
    assert matches(parse_label(text), place)


def test_a_said_kind_excludes_the_others() -> None:
    assert not matches(parse_label("3#底商12"), Place("", "3", "", "12"))
    assert not matches(parse_label("车位12"), SHOP)
    assert not matches(parse_label("3#201"), TOWNHOUSE), "a building was said, a townhouse has none"


@pytest.mark.parametrize(
    "text", ["", "  ", "你好", "#", "-", "abc", "3#2#1", "1906a b", "=1+1", "<b>3</b>", "3#\x00", "𬱖"]
)
def test_what_is_no_label_means_no_house(text: str) -> None:
    query = parse_label(text)
    assert not query.understood
    assert query.known == ()
    assert not matches(query, HOUSE)
    assert place_of(query) is None


def test_the_estates_name_in_front_does_not_hide_the_house() -> None:
    assert matches(parse_label("望湖花园一期3栋1906"), PLAIN)
    assert matches(parse_label("望湖花园一期3栋1906"), Place("一期", "3", "", "1906"))
    assert matches(parse_label("1期3#1906"), Place("一期", "3", "", "1906"))
    assert not matches(parse_label("二期3#1906"), Place("一期", "3", "", "1906"))


def test_leading_zeros_make_no_second_house() -> None:
    assert place_key(Place("", "3", "", "0101")) == place_key(Place("", "3", "", "101"))
    assert place_key(Place("一期", "3", "", "101")) == place_key(Place("1期", "3", "", "101"))
    assert place_key(SHOP) != place_key(Place("", "3", "", "12"))


@given(places)
def test_the_own_writing_is_read_back(place: Place) -> None:
    query = parse_label(label(place))
    assert matches(query, place)
    assert place_of(query, place.kind) == place


@given(
    apartments,
    st.sampled_from(["{b}栋", "{b}幢", "{b}号楼", "{b}座", "{b} # "]),
    st.sampled_from(["", "室", "房"]),
)
def test_other_writings_name_the_same_house(place: Place, building: str, end: str) -> None:
    entrance = f" {place.entrance} 单元" if place.entrance else ""
    text = f"{place.phase}{building.format(b=place.building)}{entrance} {place.room}{end}"
    assert place_of(parse_label(text)) == place


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    query = parse_label(text)
    assert isinstance(query, LabelQuery)
    assert query.understood == bool(query.known)
