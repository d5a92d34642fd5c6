"""What the words tell of a text, measured; and matters that only look alike: nothing joins wrongly (C11)."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from deskapp.base.clock import CHINA
from deskapp.domain.complaints.classes import parse_topics
from deskapp.domain.complaints.similar import Matcher, Report, Spot, parse_matching
from tests.domain.complaints.files import faults, parsed, text_of

TOPICS = "resources/rules/topics.toml"
MATCHER = Matcher(parsed("resources/rules/matching.toml", parse_matching), parsed(TOPICS, parse_topics))
SENTENCES = Path(__file__).with_name("topic_sentences.txt")
NARRATIVES = Path(__file__).resolve().parents[4] / "shared" / "data" / "complaints.jsonl"
MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=CHINA)


def labelled() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Topic and text: those the words were completed with, and those written afterwards."""
    known, _, fresh = SENTENCES.read_text(encoding="utf-8").partition("# —— 补完词以后")
    return tuple(
        [(topic, text) for line in part.splitlines() if "|" in line for topic, text in [line.split("|")]]
        for part in (known.partition("# —— 照着")[2], fresh)
    )  # type: ignore[return-value]


KNOWN, FRESH = labelled()


def hits(sentences: list[tuple[str, str]]) -> tuple[int, int, int]:
    """How many have their topic first, among those offered, and how many there are."""
    found = [(topic, MATCHER.topics_of(text)) for topic, text in sentences if topic]
    first = sum(offered[:1] == (topic,) for topic, offered in found)
    return first, sum(topic in offered for topic, offered in found), len(found)


def test_the_words_tell_the_topic_of_the_sentences_they_were_completed_with() -> None:
    first, _, all_of_them = hits(KNOWN)
    assert (first, all_of_them) == (68, 68)


def test_of_sentences_they_have_never_seen_they_tell_seven_in_ten() -> None:
    """An honest figure, not a goal: whoever adds words reads the sentences and it grows."""
    first, among, all_of_them = hits(FRESH)
    assert all_of_them == 77
    assert (first, among) >= (54, 56)
    assert sum(bool(MATCHER.topics_of(text)) for topic, text in FRESH if not topic) <= 1


def report(ident: str, hours: float, house: str, text: str) -> Report:
    building, entrance, _ = house.split("-")
    return MATCHER.report(ident, MONDAY + timedelta(hours=hours), Spot(house, building, entrance), text)


def joined(*reports: Report) -> list[tuple[str, ...]]:
    return [incident.ids for incident in MATCHER.incidents(reports)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("3-1-502", "又停电了"), ("5-1-502", "又停电了"), "another building"),
        (("3-1-502", "电梯困人二十分钟"), ("4-1-502", "电梯困人二十分钟"), "another building's lift"),
        (("3-1-502", "客厅墙面空鼓"), ("7-1-502", "客厅墙面空鼓"), "another building's plaster"),
        (("3-1-502", "邻居的狗不拴绳"), ("3-2-502", "邻居的狗不拴绳"), "another entrance's dog"),
        (("3-1-502", "卫生间漏水"), ("3-1-602", "卫生间漏水"), "a leak is each flat's own"),
        (("3-1-502", "客厅墙面空鼓"), ("3-1-503", "入户门变形关不严"), "wall and door"),
        (
            ("3-1-502", "楼下理发店跑路，卡里还有一千"),
            ("4-1-101", "健身房关门了，我办的卡怎么办"),
            "two shops",
        ),
        (("3-1-502", "物业费太贵了"), ("4-1-101", "停车费又涨了，账单不对"), "two fees"),
        (("3-1-502", "物业费这么贵"), ("4-1-101", "刚搬来，怎么收我一年的物业费"), "dear, and too long"),
        (("3-1-502", "楼下的路灯不亮"), ("3-1-503", "单元门禁坏了"), "lamp and door"),
        (("3-1-502", "家里没电，隔壁都有电"), ("3-1-803", "整栋停电了"), "one flat and the building"),
        (("3-1-502", "楼上打麻将到两点"), ("3-1-1201", "隔壁练钢琴到十点"), "two noises"),
        (("3-1-502", "销售说有泳池，沙盘上也有"), ("4-2-101", "样板间的石材和现在两样"), "two promises"),
        (("3-1-502", "早上六点就放音乐跳操"), ("3-2-101", "工地半夜打桩"), "square and building site"),
    ],
)
def test_what_looks_alike_and_is_not_stays_apart(
    one: tuple[str, str], other: tuple[str, str], why: str
) -> None:
    assert joined(report("1", 0, *one), report("2", 2, *other)) == [], why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("3-1-502", "又停电了，我妈困在电梯里"), ("3-2-1103", "停电困人要给个说法")),
        (("3-1-502", "客厅抹灰一敲就空"), ("3-2-303", "次卧墙裂了一条缝，敲着是空的")),
        (("3-1-502", "理发店一夜搬空，我的卡怎么办"), ("9-2-303", "同样是理发店的卡，两千块")),
        (("3-1-502", "物业费怎么这么贵"), ("8-1-101", "物业费太贵了，不交")),
        (("3-1-502", "楼上天天打麻将"), ("3-1-402", "打麻将的又闹到一点")),
        (("3-1-502", "早上六点广场上就跳操"), ("7-1-101", "跳操的音乐太早了")),
    ],
)
def test_what_is_one_matter_comes_together(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert joined(report("1", 0, *one), report("2", 2, *other)) == [("1", "2")]


def test_one_house_with_two_topics_has_two_matters() -> None:
    first = report("1", 0, "3-1-502", "厨房漏水")
    assert joined(first, report("2", 3, "3-1-502", "物业费太贵")) == []
    assert joined(first, report("3", 26, "3-1-502", "厨房还在漏水")) == [("1", "3")]


def test_long_ago_is_another_time() -> None:
    assert joined(report("1", 0, "3-1-502", "又停电了"), report("2", 25, "3-1-503", "停电了")) == []
    assert joined(report("1", 0, "3-1-502", "又停电了"), report("2", 23, "3-1-503", "停电了")) == [("1", "2")]


def test_what_a_text_only_mentions_joins_nothing() -> None:
    """“半夜吵” beside a let-out flat is about the letting; the piano next door is another matter."""
    letting = report("1", 0, "9-1-301", "对门隔成七八间租给十几个人，半夜吵")
    assert joined(letting, report("2", 2, "9-1-401", "半夜吵得睡不着，楼上弹钢琴")) == []


def week(seed: int) -> tuple[list[Report], dict[str, str]]:
    """Forty tickets of a week that have nothing to do with one another, in any houses; and their topics."""
    chance = random.Random(seed)
    drawn = chance.sample([*KNOWN, *FRESH], 40)
    reports, topics = [], {}
    for number, (topic, text) in enumerate(drawn):
        house = (
            f"{chance.randint(1, 9)}-{chance.randint(1, 3)}-{chance.randint(1, 17)}0{chance.randint(1, 4)}"
        )
        ident = f"R{number}"
        reports.append(report(ident, chance.uniform(0, 168), house, text))
        topics[ident] = topic
    return reports, topics


def test_forty_tickets_of_forty_sorts_stay_forty() -> None:
    """One of each topic: whatever joins here joins wrongly."""
    for seed in range(60):
        reports, topics = week(seed)
        one_each = {topics[one.id]: one for one in reports if topics[one.id]}
        assert joined(*one_each.values()) == [], seed


def test_of_any_forty_only_those_of_one_topic_come_together() -> None:
    told_wrong = 0
    for seed in range(60):
        reports, topics = week(seed)
        for ids in joined(*reports):
            told_wrong += len({topics[one] for one in ids}) > 1
    assert told_wrong <= 1  # a sentence whose topic the words get wrong


def told() -> list[Report]:
    found = []
    for line in NARRATIVES.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        place = re.match(r"(\d+)#(\d)单元", one["house"])
        spot = Spot(one["house"], place[1], place[2]) if place else Spot(one["house"], "TC", "")
        found.append(MATCHER.report(one["id"], datetime.fromisoformat(one["received"]), spot, one["text"]))
    return found


@pytest.mark.skipif(
    not NARRATIVES.is_file(), reason="the sample narratives lie beside the project, not in it"
)
def test_the_narratives_come_together_as_they_should_and_as_nothing_else() -> None:
    wanted = [
        ("N01", "N02"),
        ("N06", "N07", "N08"),
        ("N16", "N17"),
        tuple(f"N{n}" for n in range(21, 30)),
    ]
    assert [incident.ids for incident in MATCHER.incidents(told())] == wanted
    assert [len(incident.households) for incident in MATCHER.incidents(told())] == [1, 3, 2, 8]


@pytest.mark.skipif(
    not NARRATIVES.is_file(), reason="the sample narratives lie beside the project, not in it"
)
def test_forty_others_of_the_same_week_leave_the_narratives_alone() -> None:
    for seed in range(40):
        reports, topics = week(seed)
        for ids in joined(*told(), *reports):
            ours = {one for one in ids if one.startswith("N")}
            strangers = {topics[one] for one in ids if one.startswith("R")}
            if ours and strangers:
                main = {code for one in told() if one.id in ours for code in one.main}
                assert strangers <= main, (seed, ids)  # the same topic, near, and of the same words


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('    "停电 整栋', '    "停电 停电 整栋', "value.twice"),
        ("place_is_enough = true", 'place_is_enough = "yes"', "value.wrong_type"),
    ],
)
def test_a_fault_of_what_keeps_apart_is_named(old: str, new: str, code: str) -> None:
    text = text_of(TOPICS)
    assert old in text
    assert code in {got for _, _, got in faults(text.replace(old, new, 1), parse_topics)}


def test_one_group_keeps_nothing_apart() -> None:
    text = text_of(TOPICS)
    begins = text.index("apart = [")
    one = text[:begins] + 'apart = ["甲 乙"]\n' + text[text.index("]\n", begins) + 2 :]
    assert "value.one_group" in {got for _, _, got in faults(one, parse_topics)}
