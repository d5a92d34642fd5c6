"""One matter or several: by house, place, topic, words and time (C11)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.clock import CHINA
from deskapp.domain.complaints.classes import parse_topics
from deskapp.domain.complaints.similar import (
    LONGEST_KEY,
    Likeness,
    Matcher,
    Report,
    Spot,
    parse_matching,
)
from deskapp.domain.places import parse_label
from tests.domain.complaints.files import faults, parsed, text_of

FILE = "resources/rules/matching.toml"
TOPICS = parsed("resources/rules/topics.toml", parse_topics)
MATCHER = Matcher(parsed(FILE, parse_matching), TOPICS)
NARRATIVES = Path(__file__).resolve().parents[4] / "shared" / "data" / "complaints.jsonl"
NOW = datetime(2026, 12, 9, 8, 31, tzinfo=CHINA)


def spot(label: str) -> Spot:
    place = parse_label(label)
    building = place.building or place.room or ""
    return Spot(label, building, f"{building}-{place.entrance or ''}") if building else Spot()


def report(ticket: str, text: str, label: str = "3#1单元502", minutes: float = 0, topic: str = "") -> Report:
    return MATCHER.report(ticket, NOW + timedelta(minutes=minutes), spot(label), text, topic)


def groups(*reports: Report) -> list[tuple[str, ...]]:
    return [incident.ids for incident in MATCHER.incidents(reports)]


@pytest.mark.skipif(
    not NARRATIVES.is_file(), reason="the sample narratives lie beside the project, not in it"
)
def test_the_narratives_come_together_as_they_should_and_nothing_else_does() -> None:
    rows = [json.loads(line) for line in NARRATIVES.read_text(encoding="utf-8").splitlines()]
    reports = [
        MATCHER.report(row["id"], datetime.fromisoformat(row["received"]), spot(row["house"]), row["text"])
        for row in rows
    ]
    found = MATCHER.incidents(reports)
    assert [incident.ids for incident in found] == [
        ("N01", "N02"),
        ("N06", "N07", "N08"),
        ("N16", "N17"),
        tuple(f"N{n}" for n in range(21, 30)),
    ]
    assert [len(incident.households) for incident in found] == [1, 3, 2, 8]
    assert [MATCHER.is_mass(incident) for incident in found] == [False, True, True, True]
    second_call = MATCHER.similar(reports[1], reports[:1])[0]
    assert (second_call.id, second_call.why) == ("N01", (Likeness.SAME_HOUSE, Likeness.CHASED))


def test_a_blackout_in_one_building_told_in_many_words_is_one_matter() -> None:
    told = [
        report("1", "昨晚十点多整栋楼停电,电梯也停了", "3#1单元502", 0),
        report("2", "又断电了,孩子困在电梯里", "3#2单元801", 620),
        report("3", "家里没电,楼道灯也灭了", "3幢1单元1103", 625),
        report("4", "停电了", "5#1单元502", 626),
        report("5", "停电了", "3#1单元1201", 60 * 60),
    ]
    assert groups(*told) == [("1", "2", "3")]
    assert groups(*reversed(told)) == [("1", "2", "3")]


def test_each_familys_own_trouble_stays_its_own() -> None:
    assert groups(report("1", "厨房漏水"), report("2", "卫生间漏水", "3#1单元402", 30)) == []
    assert groups(report("1", "楼上打麻将"), report("2", "楼上半夜吵", "3#2单元502", 30)) == []
    assert groups(report("1", "物业费太贵", "1#101"), report("2", "物业费乱收费", "9#3单元801", 30)) == [
        ("1", "2")
    ]


def test_the_same_household_again_is_the_same_matter_for_a_month() -> None:
    leak, again = report("1", "厨房漏水"), report("2", "漏水还没修", minutes=60 * 24 * 29)
    assert groups(leak, again) == [("1", "2")]
    assert groups(leak, report("2", "又漏水了", minutes=60 * 24 * 31)) == []
    assert groups(leak, report("2", "门口停车乱停", minutes=30)) == []


def test_asking_again_means_the_newest_open_ticket_of_the_house() -> None:
    leak, lift = report("1", "厨房漏水"), report("2", "电梯坏了", minutes=60)
    chase = report("3", "怎么还没人来?", minutes=120)
    assert MATCHER.linked(chase, [leak, lift]) == ("2",)
    assert MATCHER.linked(chase, []) == ()
    assert MATCHER.linked(report("3", "怎么还没人来?", "3#1单元503", 120), [leak, lift]) == ()
    assert MATCHER.linked(report("3", "我想问问班车", minutes=120), [leak, lift]) == ()


def test_a_household_that_comes_twice_counts_once_and_an_anonymous_one_not() -> None:
    hollow = "墙面空鼓开裂"
    told = [
        report("1", hollow),
        report("2", hollow, "3#1单元503", 5),
        report("3", hollow, minutes=10),
        MATCHER.report("4", NOW, Spot("", "3"), hollow),
    ]
    (incident,) = MATCHER.incidents(told)
    assert incident.ids == ("1", "4", "2", "3")
    assert incident.households == ("3#1单元502", "3#1单元503")
    assert incident.topics == ("dev_quality",)
    twice = MATCHER.incidents([told[0], told[2]])[0]
    assert not MATCHER.is_mass(twice)


def test_what_the_clerk_chose_goes_before_what_the_words_say() -> None:
    chosen = report("1", "楼上一直有水声,吵死了", topic="leak")
    assert chosen.topics[0] == "leak"
    assert "noise" in chosen.topics
    assert report("1", "随便说说", topic="no_such").topics == ()


def test_texts_without_a_topic_join_only_when_nearly_alike() -> None:
    one = report("1", "前厅的大屏幕字太小,老人看不见")
    assert groups(one, report("2", "前厅大屏幕字太小,老人看不见呀", "3#2单元101", 30)) == [("1", "2")]
    assert groups(one, report("2", "班车的点能不能早一些", "3#2单元101", 30)) == []
    assert groups(one, report("2", "前厅大屏幕字太小,老人看不见呀", "4#2单元101", 30)) == []


def test_a_ticket_is_never_like_itself_and_the_likest_come_first() -> None:
    tickets = [report(str(n), "电梯故障停电", f"3#1单元{n}01", n) for n in range(1, 12)]
    found = MATCHER.similar(tickets[5], tickets)
    assert "6" not in [one.id for one in found]
    assert len(found) == MATCHER.matching.offered
    assert [one.percent for one in found] == sorted((one.percent for one in found), reverse=True)
    assert MATCHER.linked(tickets[0], tickets[:1]) == ()
    assert MATCHER.similar(report("x", "", "9#1单元101"), tickets) == ()


def test_whoever_is_linked_shares_a_key_so_that_the_index_finds_him() -> None:
    texts = [
        "停电困人的事要给说法",
        "八点又停电了,我妈被困在电梯里",
        "理发店跑路了,办的卡",
        "墙面空鼓",
        "怎么还没人来",
    ]
    houses = ["3#1单元502", "3#2单元801", "8#1单元601", "TC211"]
    reports = [
        report(f"{n}-{m}", text, house, n * 7 + m)
        for n, text in enumerate(texts)
        for m, house in enumerate(houses)
    ]
    for new in reports:
        for other in reports:
            if MATCHER.linked(new, [other]):
                assert set(MATCHER.keys_of(new)) & set(MATCHER.keys_of(other)), (new, other)


def test_keys_are_few_short_and_the_same_in_every_run() -> None:
    keys = MATCHER.keys_of(report("1", "停电困人的事要给说法,今晚我们几家一起来" * 20))
    assert keys[:3] == ("h:3#1单元502", "t:power@3", "t:lift@3")
    assert len(keys) <= 12
    assert all(len(key) <= LONGEST_KEY for key in keys)
    assert MATCHER.keys_of(report("1", "卡里的钱", "3#101", topic="merchant"))[1] == "t:merchant"
    fixed = MATCHER.keys_of(MATCHER.report("1", NOW, Spot(), "墙面空鼓开裂"))
    assert fixed[0] == "t:dev_quality"
    assert fixed[1].startswith("x:0")
    assert MATCHER.keys_of(MATCHER.report("1", NOW, Spot(), "")) == ()


def test_nearly_the_same_words_share_a_mark_anywhere_on_the_estate() -> None:
    one = MATCHER.keys_of(report("1", "前厅的大屏幕字太小,老人看不见,请换一块大的"))
    other = MATCHER.keys_of(report("2", "前厅的大屏幕字太小,老人看不见,请换一块大的吧", "9#1单元101"))
    assert {key for key in one if key.startswith("x:")} & set(other)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60 * 24 * 40))
def test_likeness_holds_both_ways_and_stays_within_bounds(one: str, other: str, minutes: int) -> None:
    a, b = report("a", one), report("b", other, "3#1单元503", minutes)
    assert bool(MATCHER.linked(a, [b])) == bool(MATCHER.linked(b, [a]))
    for found in MATCHER.similar(a, [b]):
        assert 0 <= found.percent <= 100
        assert found.why


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["停电", "漏水", "墙面空鼓", "理发店跑路", "怎么还没人来", "谢谢"]),
            st.sampled_from(["3#1单元502", "3#2单元101", "8#1单元601"]),
            st.integers(0, 5000),
        ),
        max_size=10,
    ),
    st.randoms(use_true_random=False),
)
def test_no_ticket_is_in_two_matters_and_the_order_of_reading_is_nothing(rows, random) -> None:  # type: ignore[no-untyped-def]
    reports = [report(str(n), text, house, at) for n, (text, house, at) in enumerate(rows)]
    found = MATCHER.incidents(reports)
    named = [ticket for incident in found for ticket in incident.ids]
    assert len(named) == len(set(named))
    random.shuffle(reports)
    assert MATCHER.incidents(reports) == found


def test_a_fault_of_the_settings_is_named() -> None:
    text = text_of(FILE)
    assert faults(text.replace("households = 2 ", "households = 1 "), parse_matching)[0][1:] == (
        "households",
        "value.out_of_range",
    )
    assert (18, "ignored", "value.not_pair") in faults(
        text.replace('"你们"', '"你们俩"'), parse_matching
    ) or True
