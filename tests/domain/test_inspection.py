"""Rooms from layouts, the sheet of a house, defects and meter readings (M6 ③, M10)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.domain.inspection import (
    Finding,
    ResponsibleParty,
    Severity,
    Trade,
    deadline_for,
    defect_at,
    sheet_for,
    unchecked,
    undescribed,
)
from deskapp.domain.meters import Meter, reading_problem, reading_text
from deskapp.domain.places import PlaceKind
from deskapp.domain.rooms import Room, RoomKind, layout_counts, layout_rooms, rooms_of
from deskapp.domain.rules import load_rules

CHECKLIST = load_rules(Assets()).checklist
FOUND = date(2026, 12, 4)


def codes(layout: str) -> list[str]:
    return [room.code for room in layout_rooms(layout)]


def test_a_layout_gives_its_rooms_as_one_walks() -> None:
    assert codes("三室两厅两卫") == [
        "whole",
        "living",
        "dining",
        "bedroom_1",
        "bedroom_2",
        "bedroom_3",
        "kitchen",
        "bath_1",
        "bath_2",
        "balcony",
    ]
    assert codes("一室一厅一卫") == ["whole", "living", "bedroom", "kitchen", "bath", "balcony"]
    assert codes("四室三厅三卫两阳台").count("family") == 1
    assert "living" not in codes("开间")


@pytest.mark.parametrize(
    "same",
    [
        "三房二厅二卫",
        "3室2厅2卫",
        "\uff13室\uff12厅\uff12卫",
        "三室 两厅 两卫",
        "三居室两厅双卫",
        "3室2厅1厨2卫1阳台",
        "两厅三室两卫",
    ],
)
def test_the_same_layout_in_other_writings(same: str) -> None:
    assert layout_rooms(same) == layout_rooms("三室两厅两卫")


@pytest.mark.parametrize("odd", ["", "联排别墅", "???", "两厅", "99室", "三室四室", "零室一厅", "室厅卫"])
def test_what_cannot_be_believed_is_not_guessed(odd: str) -> None:
    assert layout_counts(odd) == {}
    assert layout_rooms(odd) == ()


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12))
def test_every_room_named_is_there_once(bedrooms: int, halls: int, baths: int) -> None:
    rooms = layout_rooms(f"{bedrooms}室{halls}厅{baths}卫")
    count = Counter(room.kind for room in rooms)
    assert len({room.code for room in rooms}) == len(rooms)
    assert count[RoomKind.BEDROOM] == bedrooms
    assert count[RoomKind.BATH] == baths
    assert count[RoomKind.LIVING] + count[RoomKind.DINING] + count[RoomKind.FAMILY] == halls


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_layout(text: str) -> None:
    rooms = rooms_of(text, "两室一厅")
    assert rooms[0] == Room(RoomKind.WHOLE)
    assert len(rooms) > 3


def test_houses_without_rooms_and_with_more() -> None:
    assert rooms_of("三室两厅", "") == (Room(RoomKind.WHOLE),)
    assert [r.code for r in rooms_of("", "", (RoomKind.SHOP,))] == ["whole", "shop"]
    town = rooms_of("一室一厅一院", "", ()) + rooms_of("一室一厅一院", "一室", (RoomKind.COURTYARD,))
    assert Counter(r.kind for r in town)[RoomKind.COURTYARD] == 1


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_a_sheet_has_each_item_once_and_only_where_it_belongs(kind: PlaceKind) -> None:
    sheet = sheet_for("三室两厅两卫", kind, CHECKLIST)
    assert sheet
    assert len({item.key for item in sheet}) == len(sheet)
    by_code = {item.code: item for item in CHECKLIST.items}
    assert all(i.room.kind in by_code[i.code].rooms and kind in by_code[i.code].kinds for i in sheet)
    rooms = [item.room for item in sheet]
    assert rooms == sorted(rooms, key=rooms.index), "one walks through each room once"


def test_a_flat_is_looked_at_by_every_trade_and_wet_rooms_with_water() -> None:
    sheet = sheet_for("三室两厅两卫", PlaceKind.APARTMENT, CHECKLIST)
    assert {item.trade for item in sheet} == set(Trade)
    tested = [item.key for item in sheet if item.code == "water_test"]
    assert tested == ["kitchen.water_test", "bath_1.water_test", "bath_2.water_test"]
    names = [item.place.zh for item in sheet]
    assert "卧室2" in names
    assert "客厅" in names


def test_an_unreadable_layout_takes_that_of_its_kind() -> None:
    town = sheet_for("联排别墅", PlaceKind.TOWNHOUSE, CHECKLIST)
    assert {RoomKind.STAIRS, RoomKind.COURTYARD, RoomKind.FAMILY} <= {item.room.kind for item in town}


def test_what_is_unchecked_or_undescribed_is_named() -> None:
    sheet = sheet_for("一室一厅", PlaceKind.APARTMENT, CHECKLIST)
    first, second = sheet[0].key, sheet[1].key
    assert unchecked(sheet, {}) == sheet
    findings = {item.key: Finding.IN_ORDER for item in sheet} | {first: Finding.DEFECT}
    assert unchecked(sheet, findings) == ()
    assert undescribed(sheet, findings, frozenset()) == (sheet[0],)
    assert undescribed(sheet, findings, frozenset({first})) == ()
    assert unchecked(sheet, findings | {second: Finding.UNCHECKED}) == (sheet[1],)


def test_deadlines_follow_severity() -> None:
    days = {s: (deadline_for(s, FOUND, CHECKLIST) - FOUND).days for s in Severity}
    assert days[Severity.SAFETY] < days[Severity.MAJOR] < days[Severity.MINOR]
    assert deadline_for(Severity.MAJOR, FOUND, CHECKLIST) == date(2026, 12, 11)


def test_one_touch_makes_a_whole_defect() -> None:
    sheet = sheet_for("三室两厅两卫", PlaceKind.APARTMENT, CHECKLIST)
    item = next(i for i in sheet if i.key == "living.floor_hollow")
    quick = CHECKLIST.trade(item.trade).quick[0]
    defect = defect_at(item, FOUND, CHECKLIST, quick=quick)
    assert (defect.room, defect.trade, defect.description) == ("living", Trade.FLOORS, "空鼓")
    assert defect.severity is Severity.MAJOR
    assert defect.party is ResponsibleParty.CONTRACTOR
    assert defect.deadline == date(2026, 12, 11)


def test_what_the_clerk_says_goes_before_what_is_usual() -> None:
    item = sheet_for("一室一厅", PlaceKind.APARTMENT, CHECKLIST)[0]
    quick = CHECKLIST.trade(item.trade).quick[0]
    defect = defect_at(
        item,
        FOUND,
        CHECKLIST,
        quick=quick,
        description=" 梁底裂缝 <b>30</b> cm ",
        severity=Severity.SAFETY,
        party=ResponsibleParty.DEVELOPER,
    )
    assert defect.description == "梁底裂缝 <b>30</b> cm"
    assert (defect.severity, defect.party) == (Severity.SAFETY, ResponsibleParty.DEVELOPER)
    plain = defect_at(item, FOUND, CHECKLIST, description="看着不对")
    assert plain.severity is Severity.MINOR
    with pytest.raises(ValueError):
        defect_at(item, FOUND, CHECKLIST, description="  ")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("00012.3", "00012.3"), (" 00045 ", "00045"), ("00012。3", "00012.3"), ("0 0 1 2", "0012")],
)
def test_a_reading_is_kept_as_it_stands_on_the_meter(text: str, kept: str) -> None:
    assert reading_text(text) == kept
    assert reading_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "previous", "photo", "problem"),
    [
        ("", "", True, "reading_missing"),
        ("   ", "", True, "reading_missing"),
        ("12,3", "", True, "reading_not_number"),
        ("-3", "", True, "reading_not_number"),
        ("1e5", "", True, "reading_not_number"),
        ("12.", "", True, "reading_not_number"),
        ("1234567890", "", True, "reading_not_number"),
        ("十二", "", True, "reading_not_number"),
        ("٣", "", True, "reading_not_number"),
        ("00012.2", "00012.3", True, "reading_backwards"),
        ("00012.3", "12.30", True, ""),
        ("00013", "00012.3", False, "reading_no_photo"),
    ],
)
def test_a_reading_that_cannot_stand_is_named(text: str, previous: str, photo: bool, problem: str) -> None:
    assert reading_problem(text, previous, photo=photo) == problem


@given(st.integers(0, 999_999_999), st.integers(0, 999), st.integers(0, 999_999_999))
def test_meters_only_run_forward(whole: int, part: int, before: int) -> None:
    problem = reading_problem(f"{whole:05d}.{part:03d}", f"{before:06d}")
    assert problem == ("" if whole >= before else "reading_backwards")


@given(st.text(max_size=15))
def test_no_text_breaks_the_reading_of_a_meter(text: str) -> None:
    assert reading_problem(text) in ("", "reading_missing", "reading_not_number")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    for prefix, words in (
        ("inspection.finding", Finding),
        ("inspection.severity", Severity),
        ("inspection.party", ResponsibleParty),
        ("inspection.meter", Meter),
        (
            "error.inspection",
            ("reading_missing", "reading_not_number", "reading_backwards", "reading_no_photo"),
        ),
    ):
        assert [word for word in words if not i18n.has_text(f"{prefix}.{word}")] == []
