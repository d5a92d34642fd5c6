"""A fault sown into any data file of the complaint desk is named with file, line and key (design rule 5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.tomlfile import Problem
from deskapp.domain.complaints.rules import check_complaint_rules
from tests.domain.complaints.files import text_of

SCRIPTS, RULES = "resources/scripts", "resources/rules"


@dataclass(frozen=True)
class Sown:
    """One fault.

    Attributes:
        old, new: what is changed in the shipped file.
        key, code: how the fault must be named.
        at: what stands on the line that must be named; "" for what was changed.
        named_in: the file that must be named, where it is another one.
    """

    file: str
    old: str
    new: str
    key: str
    code: str
    at: str = ""
    named_in: str = ""


LONELY = '[[steps]]\nid = "lonely"\nphase = "offer"\ntitle = "没人来 | Lonely"\nsay = ["喂。"]\n\n'
PETS, NOISE, BASE = (f"{SCRIPTS}/{name}.toml" for name in ("pets", "noise", "base"))
TOPICS, CLOCKS, LAW = (f"{RULES}/{name}.toml" for name in ("topics", "clocks", "law"))
CLASSES, CALLBACKS = f"{RULES}/classes.toml", f"{RULES}/callbacks.toml"

FAULTS = {
    "a dead end for one channel": Sown(
        NOISE,
        'branches = [{ to = "base:agree", label = "接下来怎么跟',
        'branches = [{ to = "base:agree", channels = ["phone"], label = "接下来怎么跟',
        "police",
        "script.dead_end",
        at='id = "police"',
    ),
    "a loop that never ends": Sown(
        PETS,
        'branches = [{ to = "base:agree", label = "这样可以 | All right" }, '
        '{ to = "base:refused", label = "还是不答应 | Still no" }]',
        'branches = [{ to = "law", label = "再说一遍 | Once more" }]',
        "law",
        "script.no_exit",
        at='id = "law"',
    ),
    "a step nobody reaches": Sown(
        PETS,
        '[[steps]]\nid = "law"',
        f'{LONELY}[[steps]]\nid = "law"',
        "lonely",
        "script.unreachable",
        at='id = "lonely"',
    ),
    "a way to a step that is not there": Sown(
        PETS, 'to = "clinic"', 'to = "klinic"', "hurt.branches", "script.unknown_target"
    ),
    "a way to a script that is not there": Sown(
        PETS, 'to = "base:agree"', 'to = "bas:agree"', "offer.branches", "script.unknown_target"
    ),
    "the step for topics without a script taken away": Sown(
        BASE,
        'id = "offer"',
        'id = "offers"',
        "classify.branches",
        "script.unknown_target",
        at='to = "@playbook", label = "按主题往下说',
    ),
    "a beginning that is not there": Sown(
        PETS, 'start = "hurt"', 'start = "hurtt"', "start", "value.unknown_target"
    ),
    "a branch without English": Sown(
        PETS,
        "没伤，吓着了 | Frightened, not hurt",
        "没伤，吓着了",
        "steps.0.branches.1.label",
        "value.no_english",
    ),
    "a title without Chinese": Sown(
        PETS, '"伤口要紧 | The wound first"', '"The wound first"', "steps.1.title", "value.no_english"
    ),
    "English that was never translated": Sown(
        PETS, "| The wound first", "| 伤口要紧", "steps.1.title", "value.no_english"
    ),
    "a placeholder of another name": Sown(
        f"{SCRIPTS}/developer_other.toml", "{matter}", "{mater}", "steps.0.say", "value.not_one_of"
    ),
    "a placeholder left open": Sown(
        f"{SCRIPTS}/developer_other.toml", "{matter}", "{matter", "steps.0.say", "value.bad_braces"
    ),
    "a full-width placeholder": Sown(
        f"{SCRIPTS}/developer_other.toml", "{matter}", "\uff5bmatter\uff5d", "steps.0.say", "value.bad_braces"
    ),
    "a placeholder where nothing is filled in": Sown(
        PETS, "说“狗又没咬到你”", "说“{matter}”", "steps.3.dont", "value.bad_braces"
    ),
    "a line with nothing to say": Sown(
        PETS, '"我来认认是哪家的狗。"', '" "', "steps.2.say", "value.empty", at='say = [" "]'
    ),
    "a question for a field that is none": Sown(
        PETS, 'field = "injured"', 'field = "pulse"', "steps.0.ask.0.field", "value.not_one_of"
    ),
    "a mood that is none": Sown(
        BASE, 'moods = ["angry"]', 'moods = ["angri"]', "steps.0.variants.4.moods", "value.not_one_of"
    ),
    "a channel that is none": Sown(
        BASE, 'channels = ["staff"]', 'channels = ["fax"]', "steps.0.variants.3.channels", "value.not_one_of"
    ),
    "a misspelt key": Sown(PETS, 'dont = ["说“狗', 'donts = ["说“狗', "steps.3.donts", "value.unknown_key"),
    "two scripts for one side": Sown(
        f"{SCRIPTS}/pets_other.toml",
        'side = "other_party"\n',
        "",
        "code",
        "script.twice",
        at='code = "pets_other"',
    ),
    "a law that is not on the list": Sown(PETS, '["animals", ', '["animalz", ', "laws", "script.unknown_law"),
    "a law taken off the list": Sown(
        LAW, 'code = "animals"', 'code = "beasts"', "laws", "script.unknown_law", 'laws = ["animals"', PETS
    ),
    "an article that is none": Sown(LAW, '"1245"', '"第1245条"', "laws.15.articles", "value.not_article"),
    "a topic without its script": Sown(
        TOPICS, 'script = "pets"', 'script = "petz"', "topics.0.script", "script.no_playbook"
    ),
    "a topic against nobody known": Sown(
        TOPICS, 'target = "residents"', 'target = "resident"', "topics.0.target", "value.not_one_of"
    ),
    "a word of two topics": Sown(
        TOPICS, '"宠物", ', '"宠物", "停电", ', "topics.17.words", "value.word_claimed", at='"停电", "没电"'
    ),
    "a clock in a unit that is none": Sown(
        CLOCKS, 'unit = "minutes"', 'unit = "moons"', "clocks.5.unit", "value.not_one_of"
    ),
    "a clock that nothing stops": Sown(
        CLOCKS, 'met_by = "head_told"', 'met_by = "boss_told"', "clocks.5.met_by", "value.not_one_of"
    ),
    "a clock for the serious that begins with all": Sown(
        CLOCKS,
        'begins = "serious"\nmet_by = "head_told"',
        'begins = "received"\nmet_by = "head_told"',
        "clocks.5.met_by",
        "value.told_when_serious",
        at='met_by = "head_told"',
    ),
    "a clock twice": Sown(
        CLOCKS,
        'code = "settle_residents"',
        'code = "settle_management"',
        "clocks.2.code",
        "value.twice",
        at='code = "settle_management"\nzh = "住户',
    ),
    "a fact that nobody notes": Sown(
        f"{RULES}/severity.toml",
        'fact = "households"',
        'fact = "homes"',
        "criteria.0.fact",
        "value.not_one_of",
    ),
    "a class of call backs left out": Sown(
        CALLBACKS, 'follow = "leak"', 'follow = "leaks"', "callbacks.1.follow", "value.not_one_of"
    ),
    "a kind that is none": Sown(CALLBACKS, "praise = 0", "prais = 0", "share.prais", "value.unknown_key"),
    "a channel left out": Sown(
        CLASSES,
        '    { code = "hotline", zh = "监督热线", en = "Supervision hotline" },\n',
        "",
        "channels",
        "value.not_listed",
        at="channels = [",
    ),
    "an exception of a phrase that shields nothing": Sown(
        f"{RULES}/phrases.toml", '"行不行"', '"好啊"', "phrases.0.unless", "value.shields_nothing"
    ),
    "a department twice": Sown(
        f"{RULES}/departments.toml",
        'code = "order"',
        'code = "engineering"',
        "departments.1.code",
        "value.twice",
        at='code = "engineering"\nzh = "秩序',
    ),
    "a word to pass over that is no pair": Sown(
        f"{RULES}/matching.toml", '"你们"', '"你们的"', "ignored", "value.not_pair", at='"你们的"'
    ),
}


def sow(site: Path, fault: Sown) -> tuple[str, list[Problem]]:
    """The file as it stands with the fault in it, and what the check says."""
    text = text_of(fault.file)
    assert fault.old in text
    changed = text.replace(fault.old, fault.new, 1)
    file = site / fault.file
    file.parent.mkdir(parents=True)
    file.write_text(changed, encoding="utf-8")
    return changed, check_complaint_rules(Assets(site))


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_data_has_no_fault() -> None:
    assert check_complaint_rules(Assets()) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_file_line_and_key(tmp_path: Path, name: str) -> None:
    fault = FAULTS[name]
    changed, found = sow(tmp_path, fault)
    text, file = (text_of(fault.named_in), fault.named_in) if fault.named_in else (changed, fault.file)
    wanted = [p for p in found if (p.key, p.code) == (fault.key, fault.code) and p.file.endswith(file)]
    assert wanted, [(p.file, p.line, p.key, p.code) for p in found]
    lines = {p.line for p in wanted}
    # A step is named by its head, which is the line above its id.
    near = line_of(text, fault.at or fault.new)
    assert lines & {near, near - 1}, (lines, near)
    for language in i18n.LANGUAGES:
        i18n.use_language(language)
        for problem in found:
            said = i18n.say(f"data.{problem.code}", **dict(problem.values))
            assert not said.startswith("data."), problem.code


def test_every_fault_of_every_file_is_named_in_one_run(tmp_path: Path) -> None:
    sown = [FAULTS[name] for name in ("a misspelt key", "a clock twice", "a channel left out")]
    for fault in sown:
        file = tmp_path / fault.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(fault.file).replace(fault.old, fault.new, 1), encoding="utf-8")
    found = {(p.key, p.code) for p in check_complaint_rules(Assets(tmp_path))}
    assert {(fault.key, fault.code) for fault in sown} <= found


def test_a_file_that_is_no_toml_hides_no_other(tmp_path: Path) -> None:
    for relative, text in ((PETS, "code = \n"), (CLOCKS, "clocks = 3\n")):
        file = tmp_path / relative
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    found = {(Path(p.file).name, p.line, p.code) for p in check_complaint_rules(Assets(tmp_path))}
    assert ("pets.toml", 1, "not_toml") in found
    assert ("clocks.toml", 1, "value.wrong_type") in found
