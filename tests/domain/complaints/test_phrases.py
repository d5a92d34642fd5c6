"""Phrases to avoid: measured on labelled sentences, longest match, no alarm inside other words (C10)."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.complaints.phrases import Phrases, parse_phrases, swap
from deskapp.domain.datatable import Source
from tests.domain.complaints.files import faults, parsed, text_of

FILE = "resources/rules/phrases.toml"
PHRASES = parsed(FILE, parse_phrases)
SENTENCES = Path(__file__).with_name("phrase_sentences.txt")
NARRATIVES = Path(__file__).resolve().parents[4] / "shared" / "data" / "complaints.jsonl"
OWN, FRESH = "own", "fresh"


def labelled() -> dict[str, list[str]]:
    """The sentences, those written after the list was finished apart."""
    own, _, fresh = SENTENCES.read_text(encoding="utf-8").partition("# —— 写好名单之后")
    return {
        name: [line for line in part.splitlines()[1:] if line and not line.startswith("#")]
        for name, part in ((OWN, own), (FRESH, fresh))
    }


def wanted(line: str) -> set[tuple[int, int]]:
    found = set()
    for taken, match in enumerate(re.finditer("【(.*?)】", line)):
        start = match.start() - 2 * taken
        found.add((start, start + len(match[1])))
    return found


def measured(lines: list[str]) -> tuple[int, int, int, list[str]]:
    """Right marks, false alarms, misses, and the lines that differ."""
    right = false = missed = 0
    wrong = []
    for line in lines:
        plain = re.sub("[【】]", "", line)
        got = {(mark.start, mark.end) for mark in PHRASES.marks(plain)}
        right, false, missed = (
            right + len(got & wanted(line)),
            false + len(got - wanted(line)),
            missed + len(wanted(line) - got),
        )
        if got != wanted(line):
            wrong.append(line)
    return right, false, missed, wrong


def marked(text: str, phrases: Phrases = PHRASES) -> list[str]:
    return [text[mark.start : mark.end] for mark in phrases.marks(text)]


def precision_and_recall(lines: list[str]) -> tuple[float, float]:
    right, false, missed, _ = measured(lines)
    return right / (right + false), right / (right + missed)


def test_of_the_sentences_the_list_was_made_with_every_mark_is_right() -> None:
    """The figures of each batch when it was new stand above it in the file."""
    lines = labelled()[OWN]
    assert len(lines) >= 455
    bad = sum("【" in line for line in lines)
    assert min(bad, len(lines) - bad) >= 220  # as many harmless look-alikes as truly bad ones
    assert measured(lines)[3] == []
    assert precision_and_recall(lines) == (1, 1)
    assert measured(lines)[0] >= 246


def test_sentences_the_list_has_never_seen_are_judged_right_too() -> None:
    lines = labelled()[FRESH]
    assert len(lines) >= 35
    assert precision_and_recall(lines) == (1, 1), measured(lines)[3]


def test_a_condition_refuses_nothing() -> None:
    assert marked("今天修不了。") == ["修不了"]
    for text in ("要是今天修不了，我先给您接水。", "今天修不了的话，我先给您接水。", "万一不行，我再来。"):
        assert marked(text) == [], text
    assert marked("要是下雨，今天修不了。") == ["修不了"]  # the condition is another clause's


def test_a_phrase_may_have_a_gap_within_its_clause() -> None:
    assert marked("应该明天能好吧。") == ["应该明天能好吧"]
    assert marked("应该是阀门，您看看吧。") == []
    assert marked("您应该收到了吧？") == []


def test_but_is_marked_where_a_clause_begins_with_it() -> None:
    assert marked("我记下了，但师傅今天不在。") == ["但"]
    for text in ("不但修，还试压。", "但凡有水声您就打。", "但愿今晚不下雨。", "非但没漏，还干了。"):
        assert marked(text) == [], text


@pytest.mark.skipif(
    not NARRATIVES.is_file(), reason="the sample narratives lie beside the project, not in it"
)
def test_what_residents_tell_raises_no_alarm() -> None:
    lines = NARRATIVES.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) >= 29
    assert [text for text in texts if marked(text)] == []


def test_fourteen_and_more_are_shipped_with_a_better_wording_that_is_clean_itself() -> None:
    assert len(PHRASES.phrases) >= 14
    for phrase in PHRASES.phrases:
        assert phrase.better.en.isascii() or "…" in phrase.better.en or "“" in phrase.better.en
        assert marked(phrase.better.zh) == []


def test_the_longest_match_wins_and_marks_never_overlap() -> None:
    assert marked("绝对不可能") == ["绝对不可能"]
    assert marked("不可能") == ["不可能"]
    mark = PHRASES.marks("我说了,这不归我们管。")[0]
    assert (mark.start, mark.end, mark.phrase.code) == (5, 10, "not_my_job")
    assert mark.better.zh.startswith("这事要")


def test_positions_count_characters_beyond_the_basic_plane() -> None:
    mark = PHRASES.marks("𬱖先生,不行。")[0]
    assert (mark.start, mark.end) == (4, 6)


def test_no_inside_other_words() -> None:
    for text in ("不锈钢", "不一样", "行不行", "能不能保证", "不过期", "但愿", "可不是", "知不知道"):
        assert marked(text) == []
    for text in ("不", "不。", "“不”", "您说呢?不!"):
        assert marked(text) == ["不"]


def test_an_empty_list_marks_nothing() -> None:
    assert Phrases(()).marks("不行,但是……") == ()
    assert PHRASES.marks("") == ()


@given(st.text(alphabet="不行可是但能知道没有,。您我管锈钢", max_size=40))
def test_marks_are_in_order_apart_and_known(text: str) -> None:
    marks = PHRASES.marks(text)
    assert all(a.end <= b.start for a, b in pairwise(marks))
    for mark in marks:
        found = text[mark.start : mark.end]
        assert any(
            found.startswith(word.split("……")[0]) and found.endswith(word.split("……")[-1])
            for word in mark.phrase.marked
        )


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ('words = ["尽快"]\n', "value.twice"),
        ('words = ["甲"]\nunless = ["乙丙"]\n', "value.shields_nothing"),
        ("words = []\n", "value.empty"),
    ],
)
def test_a_fault_of_the_list_is_named(extra: str, code: str) -> None:
    text = text_of(FILE) + '\n[[phrases]]\ncode = "x"\nzh = "甲"\nbetter = "乙"\n' + extra
    found = faults(text, parse_phrases)
    assert [(key.split(".")[1], got) for _, key, got in found] == [(str(len(PHRASES.phrases)), code)]


def test_a_sites_own_list_takes_the_place_of_the_shipped_one() -> None:
    text = '[[phrases]]\ncode = "x"\nzh = "甲"\nwords = ["亲"]\nunless = ["亲人"]\nbetter = "您"\n'
    own = parse_phrases(Source("site", tomllib.loads(text), text))
    assert marked("亲,您的亲人来了,亲", own) == ["亲", "亲"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("这个不行，您再等等。", "这一点我先请示，……点前回您，您再等等。"),
        ("不，先交钱", "这一点我先请示，……点前回您，先交钱"),
        ("记好了，但是人没到", "记好了，同时人没到"),
        ("我们尽快处理！", "……在……前办好，成没成我都给您回话！"),
        ("请相关部门来看", "请……来看"),
        ("𬱖先生，不知道", "𬱖先生，我这就问清楚，……点前给您回话。"),
    ],
)
def test_an_accepted_wording_takes_the_place_of_the_clause(typed: str, left: str) -> None:
    (mark,) = PHRASES.marks(typed)
    found = swap(typed, mark)
    assert typed[: found.start] + found.text + typed[found.end :] == left
    assert (found.blank >= 0) is ("……" in found.text)


def test_no_accepted_wording_is_marked_itself() -> None:
    for phrase in PHRASES.phrases:
        put = phrase.put_word or phrase.put or phrase.better.zh
        assert marked(put) == [], phrase.code


@given(st.text(alphabet="不行，。 但是x尽快", max_size=20))
def test_what_stands_around_an_accepted_wording_is_left_alone(typed: str) -> None:
    for mark in PHRASES.marks(typed):
        found = swap(typed, mark)
        assert found.start <= mark.start < mark.end <= found.end
        assert "，" not in typed[found.start : found.end]


def test_what_is_put_in_place_reads_on_and_raises_no_alarm() -> None:
    for phrase in PHRASES.phrases:
        for word in phrase.marked:
            text = f"您说的我记下了，{word.replace('……', '明天能好')}，您看。"
            found = [mark for mark in PHRASES.marks(text) if mark.phrase is phrase]
            assert found, word
            change = swap(text, found[0])
            after = text[: change.start] + change.text + text[change.end :]
            assert marked(after) == [], (word, after)
            assert not re.search("几点|换成|写上|能定的", change.text), phrase.code  # advice is no wording
            assert not re.search("[，。；：]{2}", after), after
