"""A fault of a form file is found by the check, with file, line and key; never by a clerk (forms.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.errors import WorldError
from deskapp.base.tomlfile import BadDataFile
from deskapp.domain.documents import FORMS, Copy
from deskapp.domain.movein.outcomes import OUTCOMES
from deskapp.pdf import check_forms, form_for, load_forms, render
from tests.pdf import sample_parts as p
from tests.pdf import samples as s
from tests.pdf.reading_back import text_of

GOOD = """code = "keys-receipt"
title = "钥匙领用签收单"
series = "YS"
version = 1
paper = "A5"

[[parts]]
code = "property"
name = "存档联"

[[blocks]]
kind = "fields"
fields = [
  { label = "房号", value = "{house.label}" },
  { label = "面积", value = "{house.area:area}" },
]

[[blocks]]
kind = "table"
rows = "keys"
columns = [
  { head = "种类", value = "{kind}" },
  { head = "总数", value = "{count}", align = "center" },
]

[[blocks]]
kind = "text"
paragraphs = [
  "一句话。",
  "领用人[（{receiver.role:words.role}）]。",
]

[words.role]
owner = "业主"
"""

FAULTS = {
    "placeholder": ("{house.label}", "{house.lable}", 14, "blocks.0.fields.0.value", "unknown_placeholder"),
    "row placeholder": ("{kind}", "{house.label}", 22, "blocks.1.columns.0.value", "unknown_placeholder"),
    "paragraph": ("receiver.role", "receiver.rank", 30, "blocks.2.paragraphs", "unknown_placeholder"),
    "words": ("words.role", "words.rolle", 30, "blocks.2.paragraphs", "unknown_format"),
    "format": ("area:area", "area:acre", 15, "blocks.0.fields.1.value", "unknown_format"),
    "format of text": ("{house.label}", "{house.label:money}", 14, "blocks.0.fields.0.value", "wrong_format"),
    "list as text": ("{house.label}", "{keys}", 14, "blocks.0.fields.0.value", "wrong_format"),
    "open brace": ("{house.label}", "{house.label", 14, "blocks.0.fields.0.value", "bad_placeholder"),
    "open bracket": ("一句话。", "一句话[。", 29, "blocks.2.paragraphs", "bad_placeholder"),
    "expression": ("{house.label}", "{house.label + 1}", 14, "blocks.0.fields.0.value", "bad_placeholder"),
    "inner name": (
        "{house.label}",
        "{house.__class__}",
        14,
        "blocks.0.fields.0.value",
        "unknown_placeholder",
    ),
    "block kind": ('kind = "table"', 'kind = "tabel"', 19, "blocks.1.kind", "not_one_of"),
    "rows": ('rows = "keys"', 'rows = "house"', 20, "blocks.1.rows", "not_rows"),
    "no rows": ('rows = "keys"\n', "", 18, "blocks.1.rows", "missing"),
    "align": ('"center"', '"centre"', 23, "blocks.1.columns.1.align", "not_one_of"),
    "unknown key": ('kind = "text"', 'kind = "text"\ncolour = "red"', 28, "blocks.2.colour", "unknown_key"),
    "unknown key inline": (
        '"{kind}" }',
        '"{kind}", colour = 1 }',
        22,
        "blocks.1.columns.0.colour",
        "unknown_key",
    ),
    "part": ('kind = "text"', 'kind = "text"\nparts = ["owner"]', 28, "blocks.2.parts", "unknown_part"),
    "when": ('kind = "text"', 'kind = "text"\nwhen = "nothing"', 28, "blocks.2.when", "unknown_placeholder"),
    "paper": ('"A5"', '"A6"', 5, "paper", "not_one_of"),
    "series": ('"YS"', '"ys"', 3, "series", "bad_series"),
    "title missing": ('title = "钥匙领用签收单"\n', "", 1, "title", "missing"),
    "version": ("version = 1", 'version = "1"', 4, "version", "wrong_type"),
    "version zero": ("version = 1", "version = 0", 4, "version", "out_of_range"),
    "another form": ('"keys-receipt"', '"pass"', 1, "code", "not_file_name"),
    "no such form": ('"keys-receipt"', '"key-receipt"', 1, "code", "unknown_form"),
    "photos": ('kind = "table"', 'kind = "photos"', 20, "blocks.1.rows", "not_photos"),
    "part twice": (
        '[[blocks]]\nkind = "fields"',
        '[[parts]]\ncode = "property"\nname = "二"\n[[blocks]]\nkind = "fields"',
        12,
        "parts.1.code",
        "twice",
    ),
    "empty words": ('owner = "业主"', 'owner = ""', 34, "words.role.owner", "empty"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site folder with one form of its own."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "keys-receipt.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_shipped_forms_have_no_fault() -> None:
    assert check_forms(Assets()) == []
    assert set(load_forms(Assets())) >= set(FORMS)


def test_the_example_of_these_tests_has_none(site: Path) -> None:
    assert check_forms(site / "forms") == check_forms(site) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_names_file_line_and_key(site: Path, fault: str) -> None:
    right, wrong, line, key, code = FAULTS[fault]
    assert right in GOOD
    file = site / "forms" / "keys-receipt.toml"
    file.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    found = [(p.file, p.line, p.key, p.code) for p in check_forms(site / "forms")]
    assert (str(file), line, key, f"value.{code}") in found
    with pytest.raises(BadDataFile):
        load_forms(Assets(site))["keys-receipt"]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_sentence(site: Path, fault: str, language: str) -> None:
    right, wrong, *_ = FAULTS[fault]
    (site / "forms" / "keys-receipt.toml").write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    before = i18n.language()
    i18n.use_language(language)
    try:
        for problem in check_forms(Assets(site)):
            sentence = i18n.say(f"data.{problem.code}", **dict(problem.values))
            assert not sentence.startswith("data.")
    finally:
        i18n.use_language(before)


def test_all_faults_of_a_file_are_named_at_once(site: Path) -> None:
    text = GOOD.replace("{house.label}", "{house.lable}").replace("{kind}", "{kinds}").replace('"A5"', '"A6"')
    (site / "forms" / "keys-receipt.toml").write_text(text, encoding="utf-8")
    assert len(check_forms(site / "forms")) == 3


def test_what_is_no_toml_names_its_line(site: Path) -> None:
    (site / "forms" / "pass.toml").write_text('code = "pass"\ntitle = \n', encoding="utf-8")
    (site / "forms" / "errand.toml").write_bytes(b'code = "\xff\xfe"')
    codes = {(Path(p.file).name, p.line, p.code) for p in check_forms(Assets(site))}
    assert codes == {("pass.toml", 2, "not_toml"), ("errand.toml", 0, "not_utf8")}


def test_a_form_of_the_site_takes_the_place_of_the_shipped_one(site: Path) -> None:
    forms = load_forms(Assets(site))
    record = s.record("keys-receipt", s.keys_receipt())
    text = text_of(render(forms["keys-receipt"], record, None, p.PICTURES).pdf)
    assert "领用人（业主）" in text
    assert "存档联" in text
    assert forms["pass"].version == s.FORMS["pass"].version


def test_a_document_is_reprinted_with_the_wording_of_its_day(site: Path) -> None:
    folder = site / "forms"
    (folder / "keys-receipt@1.toml").write_text(GOOD, encoding="utf-8")
    newer = GOOD.replace("version = 1", "version = 2").replace("一句话。", "另一句话。")
    (folder / "keys-receipt.toml").write_text(newer, encoding="utf-8")
    forms = load_forms(Assets(site))
    assert check_forms(Assets(site)) == []
    record = s.record("keys-receipt", s.keys_receipt())
    assert record.issue.form_version == 1
    text = text_of(render(form_for(forms, record), record, Copy(reprint=1), p.PICTURES).pdf)
    assert "另一句话" not in text
    assert "一句话" in text


def test_a_version_that_is_gone_is_said(site: Path) -> None:
    record = s.record("keys-receipt", s.keys_receipt(), form_version=7)
    with pytest.raises(WorldError) as caught:
        form_for(load_forms(Assets(site)), record)
    assert caught.value.code == "form.version_missing"
    assert "keys-receipt@7.toml" in caught.value.sentence()


def test_a_missing_form_is_a_fault(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMS, "visit", FORMS["pass"])  # type: ignore[arg-type]
    assert [(p.key, p.code) for p in check_forms(Assets(site))] == [("visit", "value.form_missing")]


def test_one_broken_form_leaves_the_others_usable(site: Path) -> None:
    (site / "forms" / "pass.toml").write_text("code =", encoding="utf-8")
    forms = load_forms(Assets(site))
    assert forms["handover"].title == "房屋交接回执"
    with pytest.raises(BadDataFile):
        forms["pass"]


def test_the_pass_has_a_word_for_every_outcome() -> None:
    for outcome in OUTCOMES:
        station = s.d.PassStation(place=1, name="验房", outcome=outcome.code)
        text = text_of(render(s.FORMS["pass"], s.record("pass", s.queue_pass(stations=(station,)))).pdf)
        assert outcome.code not in text, outcome.key


@pytest.mark.parametrize(
    ("form", "letters"),
    {
        "movein-notice": "RT",
        "pass": "LZ",
        "owner-card": "",
        "inspection": "YF",
        "defect-order": "FX",
        "defect-register": "",
        "papers-receipt": "ZL",
        "fee-receipt": "SJ",
        "keys-receipt": "YS",
        "errand": "WT",
        "handover": "JF",
        "day-end": "RB",
        "complaint": "TS",
        "complaint-feedback": "FK",
        "complaint-bulletin": "GG",
        "incident-report": "SG",
        "call-back": "HF",
        "neighbour-dispute": "JL",
        "loss-register": "SS",
        "message-list": "",
        "monthly-analysis": "YB",
    }.items(),
)
def test_series_are_those_of_the_list_of_forms(form: str, letters: str) -> None:
    assert s.FORMS[form].series == letters
