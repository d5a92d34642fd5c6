"""The file of one household: its people, who is masked, what changed and when (A1, P2, P4, design rule 6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import AuditEntry
from deskapp.domain.identity import IdKind
from deskapp.domain.people import PartyRole
from deskapp.services.desk import Desk
from deskapp.services.movein.arrivals import arrive
from deskapp.services.residents.editing import (
    PartyIn,
    add_party,
    change_phone,
    end_party,
    set_emergency_contact,
)
from deskapp.services.residents.household import household, timeline
from deskapp.services.residents.reveal import ID_NUMBER, PHONE, reveal
from deskapp.services.residents.search import find
from deskapp.services.residents.views import PersonView
from tests.services.estates import FIRST_DAY, house_id, on_day

ID = "420111198309150007"


def owner(desk: Desk, label: str) -> PersonView:
    return household(desk, house_id(desk, label)).people[0]


def test_the_file_shows_people_masked_and_apart(small_estate: Desk) -> None:
    view = household(small_estate, house_id(small_estate, "1#1单元102"))
    assert [(p.name, p.role) for p in view.people] == [("龙强文", "owner"), ("沈熙", "co_owner")]
    assert "1990000" not in repr(view)
    assert owner(small_estate, "1#1单元101").others == ("1#1单元201",)
    assert owner(small_estate, "1#1单元502").namesakes == ("1#1单元601",)
    owed = household(small_estate, house_id(small_estate, "1#1单元601"))
    assert [mark.code for mark in owed.marks] == ["balance_owed"]


def test_a_household_on_its_way_shows_its_pass_papers_keys_and_charges(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元101")
    arrive(small_estate, "a-1", house, attendee="王䶮", role="owner")
    view = household(small_estate, house)
    assert (view.movein.number, view.movein.state) == ("LZ-2026-000001", "waiting")
    assert view.movein.booked_day == FIRST_DAY
    assert view.papers
    assert view.keys
    assert view.charges
    assert [paper.form for paper in view.documents] == ["pass"]


def test_no_house_and_no_right_are_refused(small_estate: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        household(small_estate, 12345)
    assert refusal.value.code == "residents.no_house"
    with pytest.raises(Refused) as refusal:
        household(on_day(small_estate, number="5001"), house_id(small_estate, "TC201"))
    assert refusal.value.code == "staff.no_right"


def test_a_look_at_a_whole_number_is_in_the_audit_trail(small_estate: Desk) -> None:
    person = owner(small_estate, "1#1单元101")
    what = f"{PHONE}{person.phones[0].phone_id}"
    assert reveal(small_estate, "r-1", person.person_id, what).value == "19900000000"
    assert reveal(small_estate, "r-1", person.person_id, what).value == "19900000000"
    with small_estate.reading() as session:
        looks = session.scalars(select(AuditEntry).where(AuditEntry.act == "residents.revealed")).all()
    assert [(look.staff_id, look.subject_id) for look in looks] == [
        (small_estate.member.id, person.person_id)
    ]
    assert "19900000000" not in str(looks[0].after)


def test_a_look_needs_the_right_and_a_number_of_that_person(small_estate: Desk) -> None:
    person, other = owner(small_estate, "1#1单元101"), owner(small_estate, "1#1单元502")
    with pytest.raises(Refused) as refusal:
        reveal(on_day(small_estate, number="2001"), "r-2", person.person_id, ID_NUMBER)
    assert refusal.value.code == "staff.no_right"
    stranger = f"{PHONE}{other.phones[0].phone_id}"
    for what in (stranger, "phone:", "phone:x", "phone:-1", "phone:" + "9" * 40, "card", ""):
        with pytest.raises(Refused) as refusal:
            reveal(small_estate, "r-3", person.person_id, what)
        assert refusal.value.code == "residents.nothing_to_show", what
    with pytest.raises(Refused) as refusal:
        reveal(small_estate, "r-4", 1, ID_NUMBER)
    assert refusal.value.code == "residents.no_person"


def test_a_changed_phone_is_found_at_once_and_its_history_is_kept(small_estate: Desk) -> None:
    person = owner(small_estate, "1#1单元301")
    phone = person.phones[0].phone_id
    done = change_phone(
        small_estate, "p-1", person.person_id, person.version, "027-85551234 转 801", phone_id=phone
    )
    assert done.value == phone
    assert done.changes.touch("house", house_id(small_estate, "1#1单元301"))
    assert find(small_estate, "85551234")[0].label == "1#1单元301"
    assert [row.act for row in timeline(small_estate, house_id(small_estate, "1#1单元301"))] == [
        "residents.phone_changed"
    ]
    again = change_phone(small_estate, "p-1", person.person_id, person.version, "19900000042", phone_id=phone)
    assert again.value == phone
    assert len(timeline(small_estate, house_id(small_estate, "1#1单元301"))) == 1


def test_two_clerks_at_one_person_the_second_is_told(small_estate: Desk) -> None:
    person = owner(small_estate, "1#1单元301")
    change_phone(small_estate, "p-1", person.person_id, person.version, "19900000041")
    with pytest.raises(Conflict):
        change_phone(small_estate, "p-2", person.person_id, person.version, "19900000042")
    fresh = owner(small_estate, "1#1单元301")
    assert len(fresh.phones) == 2
    set_emergency_contact(small_estate, "p-3", person.person_id, fresh.version, "李母", "19900000043")
    assert owner(small_estate, "1#1单元301").phones[-1].use == "emergency"
    with pytest.raises(Refused) as refusal:
        change_phone(small_estate, "p-4", person.person_id, fresh.version + 1, "12")
    assert refusal.value.code == "phone.format"


def test_an_agent_needs_matter_scope_term_and_signature(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元401")
    for detail in (None, {"matter": "收楼", "scope": "签字", "until": "soon", "signed": "本人"}):
        with pytest.raises(Refused) as refusal:
            add_party(small_estate, "g-0", house, PartyIn("代某", PartyRole.AGENT, detail=detail))
        assert refusal.value.code == "residents.agent_authority"
    term = (FIRST_DAY + timedelta(days=30)).isoformat()
    detail = {"matter": "收楼", "scope": "签字领钥匙", "until": term, "signed": "阿依古丽·买买提"}
    given = PartyIn(
        "代某", PartyRole.AGENT, detail=detail, phone="19900000050", until=date.fromisoformat(term)
    )
    done = add_party(small_estate, "g-1", house, given)
    assert add_party(small_estate, "g-1", house, given).value == done.value
    agent = household(small_estate, house).people[-1]
    assert (agent.name, agent.role, agent.detail["scope"]) == ("代某", "agent", "签字领钥匙")
    assert find(small_estate, "0050")[0].label == "1#1单元401"
    later = on_day(small_estate, days=60)
    assert [p.name for p in household(later, house).past] == ["代某"]


def test_a_person_is_known_by_the_identity_number_and_entered_once(small_estate: Desk) -> None:
    first, second = house_id(small_estate, "1#1单元401"), house_id(small_estate, "1#1单元402")
    given = PartyIn("郑若明", PartyRole.TENANT, id_kind=IdKind.RESIDENT_ID, id_number=ID, phone="19900000060")
    add_party(small_estate, "t-1", first, given)
    add_party(small_estate, "t-2", second, given)
    tenants = [household(small_estate, house).people[-1] for house in (first, second)]
    assert tenants[0].person_id == tenants[1].person_id
    assert tenants[0].id_masked == "420111**********07"
    with pytest.raises(Refused) as refusal:
        add_party(small_estate, "t-3", first, given)
    assert refusal.value.code == "residents.already_party"
    with pytest.raises(Refused) as refusal:
        add_party(small_estate, "t-4", first, PartyIn("某", PartyRole.FAMILY, id_number=ID[:-1] + "1"))
    assert refusal.value.code == "identity.checksum"


def test_a_party_ends_on_a_day_with_a_reason_and_stays_on_file(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元502")
    party = household(small_estate, house).people[0]
    last = FIRST_DAY - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        end_party(small_estate, "e-0", party.party_id, last, "  ")
    assert refusal.value.code == "residents.reason_needed"
    end_party(small_estate, "e-1", party.party_id, last, "已过户")
    view = household(small_estate, house)
    assert view.people == ()
    assert [(p.name, p.until) for p in view.past] == [("孙强", last)]
    assert [hit.label for hit in find(small_estate, "502")] == ["1#1单元502"]
    assert "1#1单元502" not in [hit.label for hit in find(small_estate, "孙强")]
    with pytest.raises(Refused) as refusal:
        end_party(small_estate, "e-2", party.party_id, FIRST_DAY, "again")
    assert refusal.value.code == "residents.party_ended"


def test_the_time_line_is_read_in_windows_without_gap_or_repeat(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元301")
    with small_estate.unit_of_machine("many") as unit:
        for number in range(25):
            unit.record("document.printed", "document", number, house_id=house, data={"number": str(number)})
    whole = timeline(small_estate, house, limit=100)
    parts, last = [], None
    while part := timeline(small_estate, house, before=last, limit=7):
        parts += part
        last = part[-1]
    assert tuple(parts) == whole
    assert len(whole) == 25
