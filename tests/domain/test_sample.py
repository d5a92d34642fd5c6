"""The sample estate: of the kind that a sales department sends, and nobody in it exists."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from deskapp.base.assets import Assets
from deskapp.domain import staff
from deskapp.domain.identity import IdKind, check_identity, guess_kind
from deskapp.domain.inspection import sheet_for
from deskapp.domain.people import PartyRole, is_company, name_problem
from deskapp.domain.places import PlaceKind, kind_word, parse_label
from deskapp.domain.rooms import layout_rooms
from deskapp.domain.roster import Sheet
from deskapp.domain.roster_reading import read_sheet
from deskapp.domain.rules import load_rules
from deskapp.domain.sample import (
    BATCH,
    DAILY,
    FIRST_DAY,
    HEADINGS,
    STAFF,
    credit_code,
    resident_number,
    sample_roster,
)

ROSTER = sample_roster()


def column(heading: str) -> list[object]:
    at = HEADINGS.index(heading)
    return [row[at] for row in ROSTER.rows]


def test_the_same_seed_gives_the_same_table_and_another_seed_other_people() -> None:
    assert sample_roster() == ROSTER
    other = sample_roster(7)
    assert other.headings == ROSTER.headings
    assert [row[1:4] for row in other.rows] == [row[1:4] for row in ROSTER.rows]
    assert [row[4] for row in other.rows] != [row[4] for row in ROSTER.rows]


def test_it_has_799_houses_each_once_and_a_label_that_can_be_read() -> None:
    places = list(zip(column("楼栋"), column("单元"), column("房号"), strict=True))
    assert len(places) == len(set(places)) == 799
    for building, entrance, room in places:
        written = room if entrance is None else f"{building}{entrance}{room}"
        assert parse_label(str(written)).understood, written
    townhouses = [p for p in places if kind_word(str(p[0])) is PlaceKind.TOWNHOUSE]
    assert len(townhouses) == 43
    assert all(re.fullmatch(r"TC[12]\d\d", str(room)) for *_, room in townhouses)


def test_identity_numbers_stand_and_were_never_issued() -> None:
    kinds = Counter()
    for written in column("证件号码"):
        number = str(written)
        check = check_identity(guess_kind(number), number, today=date(2026, 12, 4))
        assert check.ok, (number, check.code)
        kinds[check.kind] += 1
        if check.kind is IdKind.RESIDENT_ID:
            assert number[14:17] == "000"
            assert check.birth_date is not None
            assert date(1940, 1, 1) < check.birth_date < date(2006, 12, 4)
    assert kinds[IdKind.RESIDENT_ID] > 790
    assert kinds[IdKind.USCC] == 1


@pytest.mark.parametrize("born", [date(1950, 1, 1), date(1988, 2, 29), date(2002, 12, 31)])
def test_a_made_up_number_tells_the_birth_date_it_was_made_from(born: date) -> None:
    check = check_identity(IdKind.RESIDENT_ID, resident_number("330106", born), today=date(2026, 1, 1))
    assert check.ok
    assert check.birth_date == born


def test_credit_codes_stand() -> None:
    assert all(
        check_identity(IdKind.USCC, credit_code(order), today=date(2026, 1, 1)).ok for order in range(50)
    )


def test_phones_lie_in_the_range_for_tests() -> None:
    assert all(re.fullmatch(r"1990000\d{4}", str(phone)) for phone in column("联系电话"))


def test_names_are_names_and_the_awkward_ones_are_among_them() -> None:
    names = [str(name) for name in column("业主姓名")]
    assert all(name_problem(name) is None for name in names)
    assert any(ord(character) > 0xFFFF for name in names for character in name)
    assert any("<" in name for name in names)
    assert any(name.startswith("=") for name in names)
    assert any("·" in name for name in names)
    assert any("、" in name for name in names)
    assert sum(is_company(name) for name in names) == 1
    assert Counter(names)["张伟"] >= 3


def test_one_owner_has_several_houses() -> None:
    numbers = Counter(column("证件号码"))
    assert sorted(count for count in numbers.values() if count > 1) == [2, 3]


def test_days_run_from_a_friday_eighty_a_day() -> None:
    days = Counter(column("通知办理日期"))
    assert FIRST_DAY.weekday() == 4
    assert [days[FIRST_DAY + timedelta(days=n)] for n in range(10)] == [DAILY] * 9 + [79]
    assert BATCH.first_day == min(days)
    assert BATCH.last_day == max(days)


def test_layouts_give_rooms_and_areas_add_up() -> None:
    checklist = load_rules(Assets()).checklist
    for layout in set(column("户型")):
        kind = kind_word(str(layout)) or PlaceKind.APARTMENT
        assert layout_rooms(str(layout)) or kind is PlaceKind.TOWNHOUSE
        assert len(sheet_for(str(layout), kind, checklist)) > 60
    areas = column("建筑面积")
    assert all(isinstance(area, Decimal) and 60 < area < 300 for area in areas)
    assert ROSTER.total[HEADINGS.index("建筑面积")] == sum(areas)


def test_some_owe_the_developer_and_contracts_are_numbered_once() -> None:
    owed = [text for text in column("房款情况") if text != "已结清"]
    assert 10 < len(owed) < 100
    assert all(re.fullmatch(r"欠尾款[1-8]万元", str(text)) for text in owed)
    assert len(set(column("合同编号"))) == 799


def test_the_sheet_begins_with_title_and_headings_and_ends_with_the_total() -> None:
    cells = ROSTER.cells()
    assert {len(row) for row in cells} == {len(HEADINGS)}
    assert cells[0][0] == ROSTER.title
    assert cells[0][1:] == (None,) * (len(HEADINGS) - 1)
    assert cells[1] == HEADINGS
    assert cells[-1][0] == "合计"
    assert len(cells) == 799 + 3


def test_staff_have_numbers_and_secrets_that_the_rules_allow() -> None:
    assert len({person.number for person in STAFF}) == len(STAFF)
    assert {person.role for person in STAFF} == set(staff.Role)
    for person in STAFF:
        assert staff.number_problem(person.number) == ""
        assert staff.secret_problem(person.role, person.secret, person.number) == ""
    assert sum(person.escort for person in STAFF) >= 3


def test_the_import_takes_every_house_without_a_word() -> None:
    roster = read_sheet(Sheet("名单", ROSTER.cells()), today=date(2026, 12, 3))
    assert len(roster.rows) == roster.rows_read == 799
    assert roster.issues == ()
    assert len(roster.columns) == len(HEADINGS) - 1  # the running number is nobody's
    assert sum(row.place.kind is PlaceKind.TOWNHOUSE for row in roster.rows) == 43
    owed = [row for row in roster.rows if row.balance]
    assert len(owed) == sum(text != "已结清" for text in column("房款情况"))
    assert {row.owners[0].role for row in roster.rows} == {PartyRole.OWNER, PartyRole.COMPANY_OWNER}
    assert [row.notified_day for row in roster.rows] == column("通知办理日期")
