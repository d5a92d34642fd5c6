"""The lists of C1–C5: complete, worded in both languages, judgements kept from clerks and paper."""

from __future__ import annotations

import pytest

from deskapp.domain.complaints.classes import (
    SUPERVISORS_ONLY,
    Channel,
    Classes,
    Classification,
    Grounds,
    Judgement,
    Kind,
    Motive,
    Named,
    Nature,
    PersonKind,
    Target,
    TopicGroup,
    for_paper,
    judgement_for,
    parse_classes,
    parse_topics,
)
from deskapp.domain.datatable import Source
from tests.domain.complaints.files import faults, parsed, text_of

TOPICS = parsed("resources/rules/topics.toml", parse_topics)


def classes(source: Source) -> Classes:
    return parse_classes(source, TOPICS)


CLASSES = parsed("resources/rules/classes.toml", classes)


def codes(entries: tuple[Named, ...]) -> set[str]:
    return {entry.code for entry in entries}


def test_every_list_of_the_requirement_is_there() -> None:
    assert codes(CLASSES.channels) == set(Channel)
    assert len(CLASSES.channels) == 8
    assert codes(CLASSES.kinds) == set(Kind)
    assert codes(CLASSES.targets) == set(Target)
    assert codes(CLASSES.natures) == set(Nature)
    assert codes(CLASSES.grounds) == set(Grounds)
    assert codes(CLASSES.motives) == set(Motive)
    assert codes(CLASSES.person_kinds) == set(PersonKind)
    assert {"house_quality", "service_attitude", "service_range", "neighbours"} <= codes(CLASSES.causes)
    assert [t.code for t in CLASSES.topics_of(TopicGroup.NEIGHBOUR)] == [
        "pets", "clutter", "illegal_structure", "noise", "scavenging", "falling_objects", "leak"
    ]  # fmt: skip
    assert len(CLASSES.topics_of(TopicGroup.DEVELOPER)) == 10
    assert CLASSES.topic("power").utility
    assert {t.code for t in CLASSES.topics if t.utility} == {"power", "water"}
    with pytest.raises(KeyError):
        CLASSES.topic("weather")


def test_everything_is_worded_in_both_languages() -> None:
    lists = (CLASSES.channels, CLASSES.kinds, CLASSES.targets, CLASSES.natures, CLASSES.grounds)
    lists += (CLASSES.motives, CLASSES.person_kinds, CLASSES.places, CLASSES.causes, CLASSES.topics)  # type: ignore[assignment]
    for entry in (entry for entries in lists for entry in entries):
        assert entry.label.en.isascii(), entry.label
        assert not entry.label.zh.isascii(), entry.label


def test_judgements_of_a_person_are_for_supervisors_and_never_for_paper() -> None:
    thought = Judgement(Motive.COMPENSATION, PersonKind.PROFESSIONAL)
    assert judgement_for(thought, supervisor=True) == thought
    assert judgement_for(thought, supervisor=False) == Judgement()
    assert set(SUPERVISORS_ONLY) == {"motive", "person_kind"}
    assert not set(SUPERVISORS_ONLY) & set(Classification.__slots__)
    sorted_so = Classification(
        Kind.COMPLAINT, "fees", "fees", Target.MANAGEMENT, Nature.VENTING, Grounds.MALICIOUS
    )
    assert for_paper(sorted_so).grounds is None
    assert for_paper(sorted_so).topic == "fees"
    fair = Classification(Kind.COMPLAINT, grounds=Grounds.REASONABLE)
    assert for_paper(fair) == fair


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('code = "web"', 'code = "fax"', "value.not_one_of"),
        ('code = "web"', 'code = "phone"', "value.twice"),
        ('    { code = "web", zh = "线上", en = "Web" },\n', "", "value.not_listed"),
        ('zh = "线上"', 'zh = ""', "value.empty"),
    ],
)
def test_a_fault_of_a_list_is_named(old: str, new: str, wanted: str) -> None:
    found = faults(text_of("resources/rules/classes.toml").replace(old, new, 1), classes)
    assert wanted in [code for _, _, code in found]


@pytest.mark.parametrize(
    ("words", "code"),
    [('["吵"]', "word_too_short"), ('["狗叫 "]', "word_too_short"), ('["漏水"]', "word_claimed")],
)
def test_a_topics_words_are_its_own_and_no_single_characters(words: str, code: str) -> None:
    extra = f'\n[[topics]]\ncode = "x"\nzh = "甲"\ngroup = "order"\ntarget = "residents"\nwords = {words}\n'
    text = text_of("resources/rules/topics.toml") + extra
    lines = text.splitlines()
    assert (lines.index(f"words = {words}") + 1, f"topics.{len(TOPICS)}.words", f"value.{code}") in faults(
        text, parse_topics
    )
