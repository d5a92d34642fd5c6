"""Both languages are complete, agree with each other and with what the program says (design rule 10)."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from deskapp.base.i18n import LANGUAGES
from tests.harness.spoken import PUT_TOGETHER, placeholders, put_together, sources, spoken_in

ROOT = Path(__file__).resolve().parents[1]


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    """Key -> its forms, from the sources of one language."""
    found = {}
    for source in sorted((ROOT / "resources/translations" / language).glob("*.po")):
        with source.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    found[key] = (
                        (message.string,) if isinstance(message.string, str) else tuple(message.string)
                    )
    return found


def test_the_compiled_catalogues_are_those_of_their_sources() -> None:
    command = [sys.executable, "installer/catalogue.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_both_languages_have_the_same_keys() -> None:
    chinese, english = (set(texts(language)) for language in LANGUAGES)
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, forms in texts(language).items() if not all(form.strip() for form in forms)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    chinese, english = (texts(language) for language in LANGUAGES)
    differing = {}
    for key in set(chinese) & set(english):
        # "1 household" may do without the number, so the last form is what counts.
        pair = placeholders(chinese[key][-1]), placeholders(english[key][-1])
        if pair[0] != pair[1] or not set().union(*map(placeholders, english[key])) <= pair[1]:
            differing[key] = pair
    assert differing == {}


def test_chinese_texts_are_chinese() -> None:
    """A text forgotten in the other language shows by its letters; names, units and formats may be alike."""
    alike = {
        key
        for key, forms in texts("zh_CN").items()
        if forms == texts("en").get(key)
        and any(len(word) > 3 and word.isalpha() for word in forms[0].split())
    }
    assert alike == set()


def test_every_key_the_program_says_exists() -> None:
    known = texts("zh_CN")
    missing = [
        f"{path}:{line} {key}" for path, found in sources() for key, line in found.said if key not in known
    ]
    assert missing == []


def test_keys_put_together_begin_as_declared() -> None:
    strange = [
        f"{path}:{line} {begun}…"
        for path, found in sources()
        for begun, line in found.begun
        if not put_together(begun)
    ]
    assert strange == [], "declare the beginning in tests/harness/spoken.py"


def test_every_beginning_declared_has_texts() -> None:
    assert [begin for begin in PUT_TOGETHER if not any(key.startswith(begin) for key in texts("en"))] == []


def test_no_text_is_left_over() -> None:
    named = set().union(*(found.texts for _, found in sources()))
    assert sorted(key for key in texts("en") if key not in named and not put_together(key)) == []


def test_the_reader_of_sources_sees_all_three_sorts() -> None:
    found = spoken_in(
        'say("a.title")\n'
        'raise Refused("b.no_pass", n=1)\n'
        'i18n.say(f"movein.outcome.{x}")\n'
        'say("c.one" if x else "c.many")\n'
        "say(column.title)\n"
        'Column(title="d.column")\n'
    )
    assert found.said == [("a.title", 1), ("error.b.no_pass", 2), ("c.one", 4), ("c.many", 4)]
    assert found.begun == [("movein.outcome.", 3)]
    assert "d.column" in found.texts
