"""The shipped scripts: every topic, both sides, no dead end, spoken as a good colleague speaks (C8, C9)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from statistics import median

import pytest

from deskapp.base.assets import Assets
from deskapp.domain.complaints.classes import Channel, parse_topics
from deskapp.domain.complaints.phrases import parse_phrases
from deskapp.domain.complaints.playbooks import Library, check_library, target_of
from deskapp.domain.complaints.script import (
    Field,
    Lines,
    Mood,
    Phase,
    Script,
    Side,
    Step,
    filled,
    parse_script,
)
from deskapp.domain.datatable import Label, Source
from deskapp.domain.law import parse_law
from tests.domain.complaints.files import faults, parsed, text_of

SCRIPTS = tuple(
    parsed(f"resources/scripts/{path.name}", parse_script) for path in Assets().folder("resources/scripts")
)
LIBRARY = Library(SCRIPTS)
TOPICS = parsed("resources/rules/topics.toml", parse_topics)
LAWS = parsed("resources/rules/law.toml", parse_law)
PHRASES = parsed("resources/rules/phrases.toml", parse_phrases)

PLAYBOOKS = {
    "pets", "clutter", "illegal_structure", "noise", "scavenging", "falling_objects", "leak", "fees",
    "outage", "merchant", "developer", "tree_glass", "parking", "group_renting", "hidden_pipes",
}  # fmt: skip
ONE_SIDED = {"fees", "outage"}
"""There is nobody else to talk to: the fee is the property's own, the outage nobody's."""


def all_lines(script: Script) -> list[Lines]:
    return [lines for step in script.steps for lines in (step.lines, *(v.lines for v in step.variants))]


SPOKEN = [
    (script.code, line)
    for script in SCRIPTS
    for lines in all_lines(script)
    for line in (*lines.say, *(ask.line for ask in lines.ask))
]


def test_every_topic_of_the_requirement_has_its_playbook_and_the_other_side() -> None:
    assert {script.playbook for script in SCRIPTS if script.playbook} == PLAYBOOKS
    assert {topic.script for topic in TOPICS if topic.script} == PLAYBOOKS
    for name in PLAYBOOKS:
        assert LIBRARY.playbook(name) is not None
        assert (LIBRARY.playbook(name, Side.OTHER_PARTY) is None) == (name in ONE_SIDED), name
    for script in LIBRARY.playbooks():
        assert script.can, script.code
        assert script.cannot
        assert script.ask_whom
        assert script.never
        assert script.laws
    assert LIBRARY.playbook("") is None


def test_no_dead_end_no_loop_without_exit_no_unknown_name() -> None:
    assert check_library(LIBRARY, TOPICS, LAWS) == []


def test_the_base_script_walks_all_nine_phases_in_order() -> None:
    base = LIBRARY.script("base")
    first: dict[Phase, int] = {}
    for number, step in enumerate(base.steps):
        first.setdefault(step.phase, number)
    assert [phase for phase in first if phase is not Phase.ROOM] == [p for p in Phase if p is not Phase.ROOM]
    assert len(Phase) == 9
    asked = {ask.field for lines in all_lines(base) for ask in lines.ask}
    assert {Field.MATTER, Field.STORY, Field.WISH, Field.ACTION, Field.OWNER, Field.DUE} <= asked


def test_lines_are_short_enough_for_one_breath() -> None:
    lengths = [len(line) for _, line in SPOKEN]
    assert median(lengths) <= 15
    assert sum(length <= 20 for length in lengths) / len(lengths) >= 0.98
    assert max(lengths) <= 30


def test_scripts_keep_the_rules_they_teach() -> None:
    assert [(code, line) for code, line in SPOKEN if PHRASES.marks(line)] == []
    assert [line for _, line in SPOKEN if re.search("[!!]|理解您的心情|请您冷静|贵业主", line)] == []


def test_no_line_is_said_twice_and_no_word_of_sympathy_wears_out() -> None:
    assert [line for line, times in Counter(line for _, line in SPOKEN).items() if times > 1] == []
    for word in ("理解", "明白", "心疼", "对不住", "谁受得了"):
        per_script = Counter(code for code, line in SPOKEN if word in line)
        assert all(times <= 3 for times in per_script.values()), (word, per_script)


def test_after_every_limit_there_is_a_next_step() -> None:
    for script in LIBRARY.playbooks():
        for step in script.steps:
            if step.id in ("limits", "law", "rule"):
                assert step.branches, f"{script.code}:{step.id}"
                assert len(step.lines.say) >= 2


def test_the_rule_comes_last_with_the_other_party() -> None:
    for script in SCRIPTS:
        if script.side is Side.OTHER_PARTY and any(step.id == "rule" for step in script.steps):
            assert script.start != "rule"
            opening = script.step(script.start)
            spoken = "".join(opening.lines.say)
            assert not re.search("法律|条例|罚|违", spoken), script.code
            assert script.step(script.start).phase in (Phase.GREET, Phase.SHOW)


def test_captions_are_in_both_languages() -> None:
    captions: list[Label] = []
    for script in SCRIPTS:
        captions += [script.title, *script.can, *script.cannot, *script.ask_whom, *script.never]
        for step in script.steps:
            captions += [step.title, *(branch.label for branch in step.branches)]
        for lines in all_lines(script):
            captions += [*lines.do, *lines.dont, *([lines.aid] if lines.aid else [])]
    assert len(captions) > 700
    for caption in captions:
        assert not re.search("[一-鿿]", caption.en), caption
        assert re.search("[一-鿿]", caption.zh) or caption.zh.isdigit(), caption


def test_the_phone_has_its_own_lines_and_the_narrowest_variant_wins() -> None:
    greet = LIBRARY.script("base").step("greet")
    assert greet.shown(Channel.COUNTER, Mood.CALM).say[0].startswith("您好，来")
    assert "拿笔" in greet.shown(Channel.PHONE, Mood.CALM).say[1]
    assert "不插话" in greet.shown(Channel.PHONE, Mood.ANGRY).say[0]
    assert greet.shown(Channel.PHONE, Mood.ANGRY).do == greet.shown(Channel.PHONE, Mood.CALM).do
    assert greet.shown(Channel.COUNTER, Mood.ANGRY).say[0].startswith("换谁都急")
    rooms = {branch.to for branch in greet.offered(Channel.COUNTER, Mood.SHOUTING)}
    assert "room" in rooms
    assert "room" not in {branch.to for branch in greet.offered(Channel.PHONE, Mood.SHOUTING)}


def test_answers_stand_in_the_lines_as_text() -> None:
    line = "我念一遍:{matter},{event_at}。"
    assert filled(line, {}) == "我念一遍:……,……。"
    assert (
        filled(line, {Field.MATTER: "{due} <b>=1+1", Field.EVENT_AT: "昨晚"})
        == "我念一遍:{due} <b>=1+1,昨晚。"
    )


def test_targets_name_a_step_here_or_in_another_script() -> None:
    base = LIBRARY.script("base")
    assert target_of(base, "agree") == ("base", "agree")
    assert target_of(base, "noise:feel") == ("noise", "feel")
    with pytest.raises(KeyError):
        LIBRARY.step(("base", "nowhere"))
    assert not LIBRARY.has(("nowhere", "greet"))


NOISE = text_of("resources/scripts/noise.toml")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('start = "sleepless"', 'start = "sleep"', "value.unknown_target"),
        ("怎么个响法 | How it sounds", "怎么个响法", "value.no_english"),
        ('title = "时间记成一张表 | A list of times"', 'title = "| A list"', "value.no_english"),
        ('field = "injured"', 'field = "pulse"', "value.not_one_of"),
        ('channels = ["phone", "hotline"], say', "say", "value.variant_unbound"),
        ("时间记得越细，越管用。", "时间记得越细，越管用。" * 8, "value.too_long"),
        ("时间记得越细，越管用。", "{weather}越细越管用。", "value.not_one_of"),
        ('id = "now"', 'id = "facts"', "value.twice"),
        ('phase = "show"', 'phase = "shout"', "value.not_one_of"),
    ],
)
def test_a_fault_of_a_script_is_named(old: str, new: str, code: str) -> None:
    assert old in NOISE
    found = faults(NOISE.replace(old, new, 1), parse_script)
    assert code in [got for _, _, got in found]
    assert all(line > 0 for line, _, _ in found)


def changed(code: str, step: str, **values: object) -> Library:
    """The library with one step changed."""

    def other(found: Step) -> Step:
        return replace(found, **values) if found.id == step else found  # type: ignore[arg-type]

    return Library(
        tuple(
            replace(s, steps=tuple(other(found) for found in s.steps)) if s.code == code else s
            for s in SCRIPTS
        )
    )


def codes(library: Library) -> list[tuple[str, str]]:
    return [(problem.key, problem.code) for problem in check_library(library, TOPICS, LAWS)]


def test_a_wrong_target_is_named_with_its_line() -> None:
    text = NOISE.replace('to = "police"', 'to = "polise"')
    parsed_wrong = [s if s.code != "noise" else _parsed(text) for s in SCRIPTS]
    (problem,) = check_library(Library(tuple(parsed_wrong)), TOPICS, LAWS)
    assert problem.code == "script.unknown_target"
    assert 'to = "polise"' in text.splitlines()[problem.line - 1]
    assert problem.values == (("value", "polise"),)


def _parsed(text: str) -> Script:
    return parse_script(Source("noise.toml", tomllib.loads(text), text))


def test_a_dead_end_for_one_mood_only_is_found() -> None:
    step = LIBRARY.script("base").step("thank")
    only_calm = tuple(replace(b, moods=frozenset({Mood.CALM})) for b in step.branches)
    assert codes(changed("base", "thank", branches=only_calm)) == [("thank", "script.dead_end")]


def test_a_loop_without_exit_is_found() -> None:
    talk = LIBRARY.script("noise").step("limits")
    loop = tuple(replace(branch, to="offer") for branch in talk.branches)
    offer = tuple(replace(branch, to="limits") for branch in talk.branches)
    broken = changed("noise", "limits", branches=loop)
    broken = Library(
        tuple(
            replace(
                s,
                steps=tuple(replace(x, branches=offer) if x.id == "offer" else x for x in s.steps),
            )
            if s.code == "noise"
            else s
            for s in broken.scripts
        )
    )
    assert {("limits", "script.no_exit"), ("offer", "script.no_exit")} <= set(codes(broken))


def test_a_step_that_nobody_reaches_is_found() -> None:
    asks = LIBRARY.script("noise").step("now")
    kept = tuple(branch for branch in asks.branches if branch.to != "police")
    assert codes(changed("noise", "now", branches=kept)) == [("police", "script.unreachable")]


def test_missing_files_and_unknown_law_are_found() -> None:
    assert ("", "script.no_base") in codes(Library(tuple(s for s in SCRIPTS if s.code != "base")))[:40]
    without = Library(tuple(s for s in SCRIPTS if s.code != "fees"))
    (problem,) = check_library(without, TOPICS, LAWS)
    assert (problem.key, problem.code) == ("topics.33.script", "script.no_playbook")
    assert text_of("resources/rules/topics.toml").splitlines()[problem.line - 1] == 'script = "fees"'
    wrong = tuple(replace(s, laws=("magna_carta",)) if s.code == "fees" else s for s in SCRIPTS)
    assert codes(Library(wrong)) == [("laws", "script.unknown_law")]
    assert ("code", "script.twice") in codes(Library((*SCRIPTS, LIBRARY.script("fees"))))


def test_nobody_is_promised_who_has_not_been_asked() -> None:
    """“师傅马上到” is a promise for another; “我这就叫师傅” is the clerk's own word."""
    for code, line in SPOKEN:
        found = re.search(
            "(师傅|保安|警察|民警|值班的|电工|水工|工程)(马上|这就|已经|现在就|就)(到|去|来|往)", line
        )
        assert found is None, (code, line)
        assert not re.search("肯定|保证|一定(修好|解决|赔|退)|全(额|部)(赔|退)", line), (code, line)


def test_what_the_law_forbids_the_desk_is_in_no_line() -> None:
    """Cutting off, searching, holding, demolishing, towing: only ever as what cannot or must not be done."""
    for code, line in SPOKEN:
        for word in ("断水", "断电", "停您", "搜身", "扣下", "锁车", "拖走", "拆了它", "撬"):
            assert word not in line, (code, line)
    assert all(script.never for script in SCRIPTS if script.playbook)


def test_law_is_cited_where_the_script_speaks_of_it() -> None:
    """A script that says what the law says names it, so that the clerk can look it up."""
    for script in SCRIPTS:
        spoken = "".join(line for code, line in SPOKEN if code == script.code)
        if re.search("法律|条例|犯法|违法|犯罪", spoken):
            assert script.laws, script.code
