"""Finding a household by building, entrance or a room alone; the empty estate (A2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from deskapp.domain.staff import Role
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk, Member
from deskapp.services.movein.arrivals import arrive
from deskapp.services.opening import Place, create
from deskapp.services.residents.roster import apply, preview
from tests.gui.residents.archivist import Archivist
from tests.services.estates import ROOMS, house_id

Seat = Callable[..., Archivist]
ROOM = "residents.browse.rooms"


def imported(desk: Desk, *lines: str) -> Changes:
    """Brings more houses, as a colleague would."""
    head = desk.staffed_by(Member(0, "4001", "顾远", Role.MANAGER))
    data = "\n".join(("楼栋,单元,房号,业主姓名", *lines)).encode()
    return apply(head, f"import {lines[0]} {len(lines)}", preview(head, data, "more.csv")).changes


def test_the_estate_lies_open_by_building_and_entrance(clerk: Archivist, desk: Desk) -> None:
    assert clerk.cells("residents.browse.doors") == [["全部", "12"], ["1#1单元", "11"], ["联排、车位等", "1"]]
    assert clerk.column(ROOM, 0) == [*(f"1#1单元{room}" for room in ROOMS), "TC201"]
    clerk.mark("residents.browse.doors", 2)
    assert clerk.column(ROOM, 0) == ["TC201"]
    assert clerk.cells(ROOM)[0][1:] == [
        "云栖里商业管理有限公司",
        "199****0011",
        "联排别墅",
        "218.6㎡",
        "通知 2026-12-04 办理",
        "",
    ]


def test_enter_on_a_room_opens_its_file_and_esc_comes_back(clerk: Archivist) -> None:
    table = clerk.table(ROOM)
    table.setFocus()
    table.selectRow(1)
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.shows("residents.head"))
    assert clerk.text("residents.head.label") == "1#1单元102"
    clerk.key(Qt.Key.Key_Escape)
    assert clerk.shows("residents.browse")
    assert clerk.table(ROOM).current().label == "1#1单元102"


def test_a_room_alone_names_its_candidates_and_warns_not_to_tell(clerk: Archivist, desk: Desk) -> None:
    imported(desk, "2,1,101,孙一", "2,2,101,孙二")
    clerk.type("residents.browse.typed", "101")
    clerk.until(lambda: len(clerk.cells(ROOM)) == 3)
    assert clerk.column(ROOM, 0) == ["1#1单元101", "2#1单元101", "2#2单元101"]
    assert clerk.text("residents.browse.said").startswith("有 3 户对得上。只供前台核对，别念给来访的人听")
    clerk.type("residents.browse.typed", "一单元101")
    clerk.until(lambda: len(clerk.cells(ROOM)) == 2)
    clerk.find("residents.browse.typed").setFocus()
    clerk.key(Qt.Key.Key_Escape)
    clerk.until(lambda: len(clerk.cells(ROOM)) == 12)
    assert clerk.find("residents.browse.typed", QLineEdit).text() == ""


def test_enter_opens_the_only_candidate_even_before_it_is_found(clerk: Archivist) -> None:
    edit = clerk.find("residents.browse.typed", QLineEdit)
    edit.setFocus()
    clerk.qtbot.keyClicks(edit, "TC201")
    clerk.qtbot.keyClick(edit, Qt.Key.Key_Return)
    clerk.until(lambda: clerk.shows("residents.head"))
    assert clerk.text("residents.head.label") == "TC201"


@pytest.mark.parametrize("typed", ["9999", "'; DROP TABLE house; --", "%", "<i>"])
def test_what_fits_nothing_is_said_with_a_better_way_of_writing(clerk: Archivist, typed: str) -> None:
    clerk.type("residents.browse.typed", typed)
    clerk.until(lambda: not clerk.cells(ROOM))
    assert clerk.text("residents.browse.said").startswith(f"没有对得上“{typed}”的房屋")


def _until(clerk: Archivist, rows: int) -> None:
    clerk.until(lambda: clerk.table(ROOM).model().rowCount() == rows)


def test_a_long_list_is_read_in_windows_as_it_is_scrolled(seat: Seat, desk: Desk) -> None:
    imported(
        desk, *(f"3,1,{floor}{room:02},住{floor}{room}" for floor in range(1, 26) for room in range(1, 11))
    )
    clerk = seat()
    clerk.mark("residents.browse.doors", 2)
    _until(clerk, 100)
    for rows in (200, 250):
        clerk.table(ROOM).scrollToBottom()
        _until(clerk, rows)
    labels = clerk.column(ROOM, 0)
    assert labels[0] == "3#1单元101"
    assert labels[-1] == "3#1单元2510"
    assert len(set(labels)) == 250


def test_a_row_whose_household_moves_on_is_read_again_in_its_place(clerk: Archivist, desk: Desk) -> None:
    done = arrive(desk, "arrive", house_id(desk, "1#1单元102"), attendee="龙强文", role="owner")
    clerk.table(ROOM).selectRow(5)
    clerk.panel.changed(done.changes)
    clerk.until(lambda: "等候" in clerk.cells(ROOM)[1][5])
    assert done.value.view.queue_number in clerk.cells(ROOM)[1][5]
    assert clerk.table(ROOM).currentIndex().row() == 5


def test_houses_that_came_with_an_import_appear(clerk: Archivist, desk: Desk) -> None:
    clerk.panel.changed(imported(desk, "2,1,101,孙一"))
    clerk.until(lambda: len(clerk.cells("residents.browse.doors")) == 4)
    assert ["2#1单元", "1"] in clerk.cells("residents.browse.doors")


def test_who_may_not_look_is_told_so_in_place(seat: Seat) -> None:
    administrator = seat("5001")
    assert "查看住户" in administrator.text("residents.browse.empty.text")
    assert not administrator.shows(ROOM)


@pytest.fixture
def empty(tmp_path: Path) -> Desk:
    """An estate without houses."""
    return create(Place(tmp_path / "empty"), estate="空小区")


@pytest.mark.parametrize(
    ("role", "sentence", "button"),
    [
        (Role.MANAGER, "先导入销售部给的入住名单", True),
        (Role.CLERK, "请主管或经理先导入入住名单", False),
    ],
)
def test_an_estate_without_houses_says_what_to_do_next(
    qtbot: object, empty: Desk, role: Role, sentence: str, button: bool
) -> None:
    desk = replace(empty, member=Member(0, "9001", "新来", role))
    person = Archivist(qtbot, desk)  # type: ignore[arg-type]
    person.until(lambda: person.shows("residents.browse.empty"))
    assert sentence in person.text("residents.browse.empty.text")
    assert person.shows("residents.browse.empty.next") is button
    person.leave()
    empty.engine.dispose()
