"""Walking through the estate by building and entrance, in windows, on both databases (A2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House
from deskapp.domain.staff import Role
from deskapp.services.desk import Desk, Member
from deskapp.services.movein.arrivals import arrive
from deskapp.services.residents.browse import Branch, RoomRow, branches, candidates, rooms
from deskapp.services.residents.index import rebuild_keys
from deskapp.services.residents.roster import apply, outline, preview
from tests.services.estates import FIRST_DAY, ROOMS, house_id


def csv(*lines: str) -> bytes:
    return "\n".join(("楼栋,单元,房号,业主姓名", *lines)).encode()


def imported(desk: Desk, *lines: str) -> Desk:
    head = desk.staffed_by(Member(0, "4001", "顾远", Role.MANAGER))
    apply(head, f"import {lines[0]}", preview(head, csv(*lines), "more.csv"))
    return desk


def all_rooms(desk: Desk, wanted: tuple[Branch, ...], limit: int) -> list[str]:
    found: list[str] = []
    last: RoomRow | None = None
    while window := rooms(desk, wanted, after=last, limit=limit):
        assert len(window) <= limit
        found += [row.label for row in window]
        last = window[-1]
    return found


def test_buildings_stand_in_the_order_of_their_numbers(small_estate: Desk) -> None:
    desk = imported(small_estate, "10,1,101,孙一", "2,2,101,孙二", "2,1,101,孙三", "2,1,1101,孙四")
    assert branches(desk) == (
        Branch("", "1", "1", len(ROOMS)),
        Branch("", "2", "1", 2),
        Branch("", "2", "2", 1),
        Branch("", "10", "1", 1),
        Branch("", "", "", 1),
    )


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_windows_join_to_the_whole_list_in_the_order_of_the_rooms(small_estate: Desk, limit: int) -> None:
    desk = imported(small_estate, "1,1,1001,孙一", "1,1,99,孙二", "2,1,101,孙三")
    whole = [f"1#1单元{room}" for room in ("99", *ROOMS, "1001")]
    assert all_rooms(desk, branches(desk), limit) == [*whole, "2#1单元101", "TC201"]
    assert all_rooms(desk, branches(desk)[:1], limit) == whole
    assert all_rooms(desk, (), limit) == []


def test_a_row_tells_owners_day_and_where_the_household_is_on_its_way(small_estate: Desk) -> None:
    desk = small_estate
    house = house_id(desk, "1#1单元102")
    given = arrive(desk, "arrive-102", house, attendee="龙强文", role="owner").value.view
    first, second = rooms(desk, branches(desk), limit=2)
    assert (first.names, first.booked, first.pass_state, first.moved_in) == ("王䶮", FIRST_DAY, "", None)
    assert first.people[0].others == ("1#1单元201",)
    assert first.people[0].phone_masked == "199****0000"
    assert (second.names, second.pass_state, second.queue_number) == (
        "龙强文、沈熙",
        "waiting",
        given.queue_number,
    )


def test_a_room_alone_names_its_candidates_in_every_building(small_estate: Desk) -> None:
    desk = imported(small_estate, "2,1,101,孙一", "2,2,101,孙二")
    with desk.unit_of_machine("index") as unit:
        rebuild_keys(unit, unit.session.scalars(select(House.id)).all())
    assert [row.label for row in candidates(desk, "101")] == ["1#1单元101", "2#1单元101", "2#2单元101"]
    assert [row.label for row in candidates(desk, "一单元101")] == ["1#1单元101", "2#1单元101"]
    assert candidates(desk, "9901") == () == candidates(desk, "")


def test_a_role_without_the_right_sees_no_list(small_estate: Desk) -> None:
    desk = replace(small_estate, member=replace(small_estate.member, role=Role.ADMINISTRATOR))
    for ask in (lambda: branches(desk), lambda: rooms(desk, ()), lambda: candidates(desk, "101")):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "staff.no_right"


def test_a_file_that_names_no_house_still_shows_its_headings(small_estate: Desk) -> None:
    head = small_estate.staffed_by(Member(0, "4001", "顾远", Role.MANAGER))
    data = "名单,,\n宅,谁,面积\n1#1单元901,孙九,88\n".encode()
    seen = outline(head, data, "strange.csv")
    assert (seen.sheets, seen.headings) == (("",), ("宅", "谁", "面积"))
    with pytest.raises(Refused) as refused:
        preview(head, data, "strange.csv")
    assert refused.value.code == "roster.not_a_roster"
    told = preview(head, data, "strange.csv", mapping={"宅": "room", "谁": "owners", "面积": ""})
    assert [row.label for row in told.rows] == ["1#1单元901"]
    assert dict(told.columns) == {"宅": "room", "谁": "owners"}


def test_a_picture_has_no_headings_to_ask_about(small_estate: Desk) -> None:
    head = small_estate.staffed_by(Member(0, "4001", "顾远", Role.MANAGER))
    with pytest.raises(Refused) as refused:
        outline(head, b"\x89PNG\r\n\x1a\n" + b"0" * 100, "photo.xlsx")
    assert refused.value.code == "roster.not_a_sheet"
