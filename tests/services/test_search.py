"""The search box: by anything that is known, told apart, the same on both databases (A2, P5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from deskapp.base.errors import Refused
from deskapp.db.tables.estate import House
from deskapp.domain.staff import Role
from deskapp.services.desk import Desk, Member
from deskapp.services.movein.arrivals import arrive
from deskapp.services.residents.index import rebuild_keys
from deskapp.services.residents.search import find
from tests.services.estates import house_id


@pytest.fixture
def desk(small_estate: Desk) -> Iterator[Desk]:
    """The small estate with its search keys."""
    with small_estate.unit_of_machine("index") as unit:
        rebuild_keys(unit, unit.session.scalars(select(House.id)).all())
    return small_estate


def labels(desk: Desk, typed: str, limit: int = 20) -> list[str]:
    return [hit.label for hit in find(desk, typed, limit)]


FOUND = [
    ("1#1单元301", "1#1单元301", "room"),
    ("1栋1单元301", "1#1单元301", "room"),
    ("1-1-301", "1#1单元301", "room"),
    ("1幢1单元301", "1#1单元301", "room"),
    ("301", "1#1单元301", "room"),
    ("tc201", "TC201", "room"),
    ("TC201", "TC201", "room"),
    ("王䶮", "1#1单元101", "name"),
    ("䶮", "1#1单元101", "name"),
    ("赵𬱖", "1#1单元501", "name"),
    ("陈<b>强</b>", "1#1单元202", "name"),
    ("O'Neil", "1#1单元402", "name"),
    ("smith", "1#1单元402", "name"),
    ("longqiangwen", "1#1单元102", "pinyin"),
    ("lqw", "1#1单元102", "initials"),
    ("沈熙", "1#1单元102", "name"),
    ("商业管理", "TC201", "name"),
    ("YQ2025-00003", "1#1单元202", "document"),
    ("19900000001", "1#1单元102", "phone"),
]

NOTHING = ("", "   ", "#", "''", "%", "_", "%%%%", "龘", "zzzz", "9999#9999", "\x00")
HOSTILE = ("'; DROP TABLE house; --", "=1+1", "<b>", "a" * 5000, "王 " * 300)


def test_a_household_is_found_by_anything_known_of_it(desk: Desk) -> None:
    found = [(typed, hit.label, hit.why) for typed, _, _ in FOUND for hit in find(desk, typed, 1)]
    assert found == FOUND
    assert {hit.kind for typed, _, _ in FOUND for hit in find(desk, typed)} == {"household"}


def test_what_nobody_has_finds_nothing_and_no_pattern_is_read(desk: Desk) -> None:
    assert [typed for typed in NOTHING if find(desk, typed)] == []


def test_a_hostile_text_is_only_a_text(desk: Desk) -> None:
    for typed in HOSTILE:
        find(desk, typed)
    assert labels(desk, "TC201") == ["TC201"]


def test_two_words_must_both_be_met(desk: Desk) -> None:
    assert labels(desk, "孙强 502") == ["1#1单元502"]
    assert labels(desk, "601 sunqiang") == ["1#1单元601"]
    assert labels(desk, "孙强 101") == []


def test_every_prefix_of_a_room_still_finds_it(desk: Desk) -> None:
    written = "1#1单元301"
    ends = [end for end in range(1, len(written) + 1) if not written[:end].endswith("单")]
    assert [written[:end] for end in ends if written not in labels(desk, written[:end])] == []


def test_an_owner_of_two_houses_and_two_namesakes_are_told_apart(desk: Desk) -> None:
    hits = find(desk, "王䶮")
    assert [hit.label for hit in hits] == ["1#1单元101", "1#1单元201"]
    assert [hit.people[0].others for hit in hits] == [("1#1单元201",), ("1#1单元101",)]
    assert not any(hit.people[0].namesake for hit in hits)
    first, second = (hit.people[0] for hit in find(desk, "孙强"))
    assert first.namesake
    assert second.namesake
    assert first.phone_masked != second.phone_masked
    assert "*" in first.phone_masked


def test_no_hit_holds_a_whole_phone(desk: Desk) -> None:
    assert all("1990000" not in repr(hit) for hit in find(desk, "1#"))


def test_the_tail_of_a_phone_needs_four_digits(desk: Desk) -> None:
    assert [hit.why for hit in find(desk, "0001")][:1] == ["phone"]
    assert labels(desk, "001") == []


def test_the_limit_is_kept_and_the_order_is_the_same_every_time(desk: Desk) -> None:
    assert len(find(desk, "1#", 5)) == 5
    assert labels(desk, "1#", 5) == labels(desk, "1#", 20)[:5]


def test_a_household_on_its_way_says_so_and_its_papers_lead_to_it(desk: Desk) -> None:
    clerk = desk
    done = arrive(clerk, "arrive-1", house_id(desk, "1#1单元301"), attendee="李&王", role="owner")
    view = done.value.view
    hit = find(desk, "1#1单元301")[0]
    assert (hit.pass_id, hit.queue_number, hit.state) == (view.pass_id, view.queue_number, view.state.value)
    by_queue = find(desk, view.queue_number)[0]
    assert (by_queue.label, by_queue.why) == ("1#1单元301", "queue")
    paper = find(desk, view.number)[0]
    assert (paper.kind, paper.document, paper.label) == ("document", view.number, "1#1单元301")
    scanned = find(desk, f"{view.number} 0123456789ab")[0]
    assert scanned.document == view.number
    assert ("1#1单元301", "document") in [(hit.label, hit.why) for hit in find(desk, view.number[-6:])]


def test_an_administrator_has_no_business_of_residents(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        find(replace(desk, member=Member(9, "5001", "管理员", Role.ADMINISTRATOR)), "101")
    assert refusal.value.code == "staff.no_right"


def test_another_estate_in_the_same_database_is_not_found(desk: Desk) -> None:
    assert find(replace(desk, estate_id=2), "1#") == ()
