"""Changing who belongs to a house, in place: faults, namesakes, conflicts, drafts (P2, P4, P5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from deskapp.domain.people import PartyRole
from deskapp.services.desk import Desk
from deskapp.services.residents.editing import change_phone
from deskapp.services.residents.household import household
from deskapp.services.residents.views import HouseholdView
from tests.gui.residents.archivist import Archivist
from tests.gui.slowdisk import on_slow_disk
from tests.services.estates import house_id, on_day

HOUSE = "1#1单元301"
PEOPLE = 1
Seat = Callable[..., Archivist]


def file_of(desk: Desk, label: str = HOUSE) -> HouseholdView:
    return household(desk, house_id(desk, label))


@pytest.fixture
def adding(clerk: Archivist) -> Archivist:
    """The form for a new person is open."""
    clerk.open(HOUSE, leaf=PEOPLE)
    clerk.click("residents.people.add")
    return clerk


def test_a_person_is_added_with_keys_alone(adding: Archivist) -> None:
    adding.choose("residents.party.role", PartyRole.CO_OWNER.value)
    adding.type("residents.party.name", "王 强")
    adding.type("residents.party.share", "50%")
    adding.type("residents.party.phone", "19900007777")
    adding.find("residents.party.phone").setFocus()
    adding.key(Qt.Key.Key_Return)
    adding.until(lambda: not adding.shows("residents.party"))
    added = file_of(adding.desk).people[1]
    assert (added.name, added.role, added.share) == ("王 强", "co_owner", "50%")
    assert added.since == adding.desk.now().date()
    assert [phone.masked for phone in added.phones] == ["199****7777"]
    assert adding.column("residents.people.rows", 1) == ["李&王", "王 强"]
    assert "共有 王 强" in adding.text("residents.head.people")
    assert len(adding.changes) == 1


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("name", "", "还没填“姓名或单位名称”。"),
        ("name", "一" * 61, "姓名有 61 个字，最多 60 个，请写简称或分成几位填写。"),
        ("phone", "12", "电话号码读不懂，请按手机、区号-座机-分机或 400 的写法填写。"),
        ("id_number", "42011119900101000", "证件号码的位数不对，请对照证件再看一遍。"),
        ("until.edit", "2020-01-01", "截止日早于起始日，请核对两个日期。"),
        ("since.edit", "上上周", None),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    adding: Archivist, field: str, typed: str, fault: str | None
) -> None:
    if field != "name":
        adding.type("residents.party.name", "来客")
    adding.type(f"residents.party.{field}", typed)
    adding.click("residents.party.save")
    said = adding.text(f"residents.party.{field.removesuffix('.edit')}.fault")
    assert said == fault if fault else said
    assert adding.find(f"residents.party.{field}", QLineEdit).text() == typed
    assert len(file_of(adding.desk).people) == 1


def test_an_agent_needs_his_authority_in_full(adding: Archivist) -> None:
    adding.choose("residents.party.role", PartyRole.AGENT.value)
    adding.type("residents.party.name", "赵代")
    adding.click("residents.party.save")
    for key in ("matter", "scope", "ends", "signed"):
        assert adding.text(f"residents.party.{key}.fault").startswith("还没填")
    for key, typed in (
        ("matter", "收房"),
        ("scope", "领钥匙"),
        ("ends.edit", "2027-01-31"),
        ("signed", "李&王"),
    ):
        adding.type(f"residents.party.{key}", typed)
    adding.click("residents.party.save")
    adding.until(lambda: not adding.shows("residents.party"))
    agent = file_of(adding.desk).people[1]
    assert agent.detail == {"matter": "收房", "scope": "领钥匙", "until": "2027-01-31", "signed": "李&王"}
    adding.mark("residents.people.rows", 1)
    assert "领钥匙" in adding.text("residents.person.authority")


def test_who_has_a_known_name_is_told_apart_before_anyone_acts(adding: Archivist) -> None:
    adding.type("residents.party.name", "孙强")
    adding.until(lambda: adding.shows("residents.party.known"))
    known = adding.find("residents.party.known", QComboBox)
    offered = [known.itemText(at) for at in range(known.count())]
    assert offered[0] == "都不是，新登记一位"
    assert sorted(text.split(" · ")[0] for text in offered[1:]) == ["1#1单元502", "1#1单元601"]
    assert known.currentData() == 0
    assert adding.shows("residents.party.id_number")
    chosen = known.itemData(1)
    adding.choose("residents.party.known", chosen)
    assert not adding.shows("residents.party.id_number")
    adding.click("residents.party.save")
    adding.until(lambda: not adding.shows("residents.party"))
    added = file_of(adding.desk).people[1]
    assert added.person_id == chosen
    assert len(added.others) == 1 == len(added.namesakes)
    assert "同名的另一位在" in adding.column("residents.people.rows", 6)[1]


def test_another_name_lets_go_of_the_person_chosen(adding: Archivist) -> None:
    adding.type("residents.party.name", "孙强")
    adding.until(lambda: adding.shows("residents.party.known"))
    adding.choose("residents.party.known", adding.find("residents.party.known", QComboBox).itemData(1))
    adding.type("residents.party.name", "孙小强")
    adding.until(lambda: not adding.shows("residents.party.known"))
    adding.click("residents.party.save")
    adding.until(lambda: not adding.shows("residents.party"))
    assert file_of(adding.desk).people[1].name == "孙小强"


def test_a_phone_is_written_over_and_taken_away(clerk: Archivist) -> None:
    clerk.open(HOUSE, leaf=PEOPLE)
    phone = file_of(clerk.desk).people[0].phones[0]
    clerk.click(f"residents.person.phone{phone.phone_id}.change")
    clerk.type("residents.phone.number", "027-8888 6666-12")
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: not clerk.shows("residents.phone"))
    changed = file_of(clerk.desk).people[0].phones
    assert [(each.phone_id, each.use) for each in changed] == [(phone.phone_id, "landline")]
    assert clerk.text("residents.head.phone.text") == changed[0].masked
    clerk.click(f"residents.person.phone{phone.phone_id}.change")
    clerk.click("residents.phone.remove")
    clerk.until(lambda: not clerk.shows("residents.phone"))
    assert file_of(clerk.desk).people[0].phones == ()
    clerk.click("residents.person.add_phone")
    clerk.type("residents.phone.number", "19900001234")
    clerk.click("residents.phone.save")
    clerk.until(lambda: not clerk.shows("residents.phone"))
    assert [each.masked for each in file_of(clerk.desk).people[0].phones] == ["199****1234"]


def test_a_colleague_was_quicker_it_is_told_and_what_was_typed_stays(clerk: Archivist, desk: Desk) -> None:
    clerk.open(HOUSE, leaf=PEOPLE)
    clerk.click("residents.person.add_phone")
    clerk.type("residents.phone.number", "19900004444")
    there, owner = on_day(desk, desk_name="前台2", number="1002"), file_of(desk).people[0]
    change_phone(there, "theirs", owner.person_id, owner.version, "19900005555")
    clerk.click("residents.phone.save")
    assert "您填的都还在" in clerk.text("residents.phone.problem")
    assert clerk.find("residents.phone.number", QLineEdit).text() == "19900004444"
    assert "199****5555" in clerk.column("residents.people.rows", 5)[0]
    clerk.click("residents.phone.save")
    clerk.until(lambda: not clerk.shows("residents.phone"))
    masked = {each.masked for each in file_of(desk).people[0].phones}
    assert {"199****4444", "199****5555"} < masked


def test_an_emergency_contact_is_written_down(clerk: Archivist) -> None:
    clerk.open(HOUSE, leaf=PEOPLE)
    clerk.click("residents.person.contact")
    clerk.type("residents.contact.holder", "赵𬱖")
    clerk.type("residents.contact.number", "19900006666")
    clerk.click("residents.contact.save")
    clerk.until(lambda: not clerk.shows("residents.contact"))
    contact = file_of(clerk.desk).people[0].phones[1]
    assert (contact.use, contact.holder, contact.masked) == ("emergency", "赵𬱖", "199****6666")


def test_an_end_needs_a_reason_and_keeps_the_row(clerk: Archivist) -> None:
    clerk.open("1#1单元102", leaf=PEOPLE)
    clerk.mark("residents.people.rows", 1)
    clerk.click("residents.person.end")
    clerk.click("residents.end.save")
    assert clerk.text("residents.end.reason.fault") == "还没填“原因”。"
    clerk.type("residents.end.until.edit", "2026-12-03")
    clerk.type("residents.end.reason", "已转让")
    clerk.click("residents.end.save")
    clerk.until(lambda: not clerk.shows("residents.end"))
    view = file_of(clerk.desk, "1#1单元102")
    assert [person.name for person in view.people] == ["龙强文"]
    assert [person.name for person in view.past] == ["沈熙"]
    assert clerk.column("residents.people.rows", 3)[1] == "至 2026-12-03"
    clerk.mark("residents.people.rows", 1)
    assert not clerk.shows("residents.person.end")


def test_leaving_a_form_keeps_what_was_typed_and_offers_it_again(adding: Archivist) -> None:
    adding.type("residents.party.name", "半途")
    adding.key(Qt.Key.Key_Escape)
    adding.until(lambda: adding.shows("residents.people.messages"))
    assert not adding.shows("residents.party")
    assert "没填完" in adding.messages("residents.people.messages")
    adding.click_words("接着填")
    assert adding.find("residents.party.name", QLineEdit).text() == "半途"


def test_what_was_half_filled_in_outlives_the_window(seat: Seat, desk: Desk) -> None:
    first = seat()
    first.open(HOUSE, leaf=PEOPLE)
    first.click("residents.people.add")
    first.choose("residents.party.role", PartyRole.TENANT.value)
    first.type("residents.party.name", "陈<b>租</b>")
    first.leave()
    again = seat()
    again.open("1#1单元102", leaf=PEOPLE)
    assert not again.shows("residents.people.messages")
    again.open(HOUSE, leaf=PEOPLE)
    again.until(lambda: again.shows("residents.people.messages"))
    again.click_words("接着填")
    assert again.find("residents.party.name", QLineEdit).text() == "陈<b>租</b>"
    again.click("residents.party.save")
    again.until(lambda: not again.shows("residents.party"))
    assert [person.name for person in file_of(desk).people] == ["李&王", "陈<b>租</b>"]
    again.leave()
    third = seat()
    third.open(HOUSE, leaf=PEOPLE)
    assert not third.shows("residents.people.messages")


def test_a_draft_on_its_way_to_the_disk_does_not_outlive_its_form(seat: Seat, desk: Desk) -> None:
    slow, disk = on_slow_disk(desk)
    clerk = seat(at=slow)
    clerk.open(HOUSE, leaf=PEOPLE)
    clerk.click("residents.people.add")
    clerk.choose("residents.party.role", PartyRole.TENANT.value)
    clerk.type("residents.party.name", "半途")
    disk.hold()
    clerk.panel.drafts.keep()
    clerk.qtbot.waitUntil(disk.writes.is_set)
    clerk.find("residents.party.save", QPushButton).click()
    clerk.qtbot.waitUntil(lambda: not clerk.shows("residents.party"))
    disk.go_on()
    clerk.panel.keep_draft()  # the window goes at once
    assert disk.keys() == []


def test_a_draft_can_be_thrown_away(adding: Archivist) -> None:
    adding.type("residents.party.name", "半途")
    adding.key(Qt.Key.Key_Escape)
    adding.until(lambda: adding.shows("residents.people.messages"))
    adding.click_words("不要了")
    adding.click("residents.people.add")
    assert adding.find("residents.party.name", QLineEdit).text() == ""


def test_another_household_closes_the_form_and_keeps_it(adding: Archivist) -> None:
    adding.type("residents.party.name", "半途")
    adding.open("1#1单元102", leaf=PEOPLE)
    assert not adding.shows("residents.party")
    adding.open(HOUSE, leaf=PEOPLE)
    adding.until(lambda: adding.shows("residents.people.messages"))
    assert "没填完" in adding.messages("residents.people.messages")


def test_the_same_household_read_anew_leaves_the_form_as_it_is(adding: Archivist) -> None:
    adding.type("residents.party.name", "正在写")
    adding.panel.controller.reload()
    adding.wait()
    assert adding.find("residents.party.name", QLineEdit).text() == "正在写"


def test_by_what_contract_a_house_is_owned_stands_above_its_people(clerk: Archivist) -> None:
    clerk.open("1#1单元102", leaf=PEOPLE)
    assert clerk.text("residents.people.ownership") == "合同 YQ2025-00001"


def test_a_namesake_is_warned_of_in_the_card(clerk: Archivist) -> None:
    clerk.open("1#1单元502", leaf=PEOPLE)
    assert clerk.text("residents.person.apart") == "同名的另一位在 1#1单元601"
    clerk.open("1#1单元201", leaf=PEOPLE)
    assert clerk.text("residents.person.apart") == "另有 1#1单元101"
