"""Reading of the rule files: what is right is read, what is wrong is named by line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.domain.datatable import Source
from deskapp.domain.errands import parse_errands
from deskapp.domain.fees import parse_fees
from deskapp.domain.inspection import Trade, parse_checklist
from deskapp.domain.keys import parse_keys
from deskapp.domain.meters import Meter
from deskapp.domain.papers import parse_documents, parse_papers
from deskapp.domain.places import PlaceKind
from deskapp.domain.rooms import RoomKind
from deskapp.domain.rules import CHECKLIST, FEES, SITE, check_rules, load_rules, load_site
from deskapp.domain.settings import merged, parse_site

FEE = """[[fees]]
code = "a"
zh = "甲"
why_zh = "因为"
basis = "amount"
unit_price = "1.00"
kinds = ["apartment"]
"""


def problems(parse: Callable[[Source], object], text: str) -> list[Problem]:
    with pytest.raises(BadDataFile) as caught:
        parse(Source("f.toml", tomllib.loads(text), text))
    return caught.value.problems


def named(found: list[Problem]) -> list[tuple[int, str, str]]:
    return [(p.line, p.key, p.code) for p in found]


def test_the_shipped_files_are_right_and_in_both_languages() -> None:
    assert check_rules(Assets()) == []
    rules = load_rules(Assets())
    labels = [fee.title for fee in rules.fees] + [fee.why for fee in rules.fees]
    labels += [item.title for item in (*rules.papers, *rules.documents, *rules.keys, *rules.errands)]
    labels += [label for item in rules.checklist.items for label in (item.title, item.method)]
    labels += [quick.label for trade in rules.checklist.trades for quick in trade.quick]
    for label in labels:
        assert label.zh
        assert label.en.isascii() or "²" in label.en, label
        assert label.in_language("en") == label.en
        assert label.in_language("zh_CN") == label.zh


def test_the_shipped_checklist_covers_every_trade_and_room() -> None:
    checklist = load_rules(Assets()).checklist
    used_trades = {item.trade for item in checklist.items}
    assert used_trades == set(Trade)
    used_rooms = {room for item in checklist.items for room in item.rooms}
    assert used_rooms == set(RoomKind)
    assert all(len(checklist.trade(trade).quick) >= 3 for trade in Trade)
    assert checklist.meters[PlaceKind.APARTMENT] == tuple(Meter)


def test_a_fee_is_read_with_its_defaults() -> None:
    (fee,) = parse_fees(Source("f", tomllib.loads(FEE), FEE))
    assert fee.title.en == "甲"
    assert fee.offered == "always"
    assert not fee.prepaid


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("unit_price = ", "price = "), (1, "fees.0.unit_price", "value.missing")),
        (('"1.00"', '"one"'), (6, "fees.0.unit_price", "value.not_number")),
        (('"1.00"', "1.5"), (6, "fees.0.unit_price", "value.wrong_type")),
        (('"1.00"', "true"), (6, "fees.0.unit_price", "value.wrong_type")),
        (('"1.00"', '"NaN"'), (6, "fees.0.unit_price", "value.out_of_range")),
        (('"1.00"', '"-1"'), (6, "fees.0.unit_price", "value.out_of_range")),
        (('"amount"', '"acre"'), (5, "fees.0.basis", "value.not_one_of")),
        (('"因为"', '"  "'), (4, "fees.0.why_zh", "value.empty")),
        (('"a"', '"A b"'), (2, "fees.0.code", "value.not_code")),
        (('["apartment"]', "[]"), (7, "fees.0.kinds", "value.empty")),
        (('["apartment"]', "[1]"), (7, "fees.0.kinds", "value.wrong_type")),
        (('["apartment"]', '["shop", "shop"]'), (7, "fees.0.kinds", "value.twice")),
        (('["apartment"]', '["tent"]'), (7, "fees.0.kinds", "value.not_one_of")),
    ],
)
def test_a_fault_is_named_with_line_and_key(change: tuple[str, str], wanted: tuple[int, str, str]) -> None:
    assert wanted in named(problems(parse_fees, FEE.replace(*change)))


def test_a_fault_of_a_later_table_is_found_there_and_all_faults_at_once() -> None:
    text = FEE + FEE + FEE.replace('code = "a"', 'code = "c"').replace("basis", "bassi")
    assert named(problems(parse_fees, text)) == [
        (9, "fees.1.code", "value.twice"),
        (15, "fees.2.basis", "value.missing"),
        (19, "fees.2.bassi", "value.unknown_key"),
    ]


def test_other_shapes_than_tables_are_refused() -> None:
    assert named(problems(parse_fees, "fees = 3")) == [(1, "fees", "value.wrong_type")]
    assert named(problems(parse_fees, "fees = [1]")) == [(1, "fees", "value.wrong_type")]
    assert named(problems(parse_fees, "")) == [(0, "fees", "value.missing")]
    assert named(problems(parse_fees, "fees = []")) == [(1, "fees", "value.empty")]


def test_inline_tables_are_read_and_their_faults_lead_to_their_line() -> None:
    text = '\nfees = [{ code = "x" }]\n'
    assert {p.line for p in problems(parse_fees, text)} == {2}


@pytest.mark.parametrize(
    "parse", [parse_papers, parse_documents, parse_keys, parse_errands, parse_checklist, parse_site]
)
def test_every_file_refuses_what_it_does_not_know(parse: Callable[[Source], object]) -> None:
    found = problems(parse, "colour = 'red'\n")
    assert (1, "colour", "value.unknown_key") in named(found)
    assert any(p.code == "value.missing" for p in found)


def test_a_refusal_mark_needs_a_signature() -> None:
    text = '[[papers]]\ncode = "a"\nzh = "甲"\nmark = "m"\nkinds = ["shop"]\n'
    assert named(problems(parse_papers, text)) == [(4, "papers.0.mark", "value.mark_unsigned")]


def test_documents_serve_everybody_who_may_come() -> None:
    text = '[[documents]]\ncode="a"\nzh="甲"\nwhy_zh="乙"\nattending=["owner", "agent", "company"]\n'
    assert [p.values for p in problems(parse_documents, text)] == [(("value", "co_owner_absent"),)]


def changed_checklist(old: str, new: str) -> list[Problem]:
    text = Assets().path(CHECKLIST).read_text(encoding="utf-8")
    assert old in text
    return problems(parse_checklist, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('townhouse = "四室三厅三卫两阳台"', 'townhouse = "很多间"', "value.not_layout"),
        ('trade = "gas"', 'trade = "keys"', "value.twice"),
        ('kind = "space"', 'kind = "shop"', "value.not_listed"),
        ('severity = "safety"', 'severity = "awful"', "value.not_one_of"),
        ("safety = 2", "safety = -1", "value.out_of_range"),
        ("parking = []", "garage = []", "value.unknown_key"),
    ],
)
def test_a_checklist_out_of_shape_is_refused(old: str, new: str, code: str) -> None:
    assert code in {p.code for p in changed_checklist(old, new)}


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    text = "".join(Path(__file__).parents[2].joinpath("deskapp/domain", f).read_text() for f in SOURCES)
    codes = set(re.findall(r'(?:fault|add)\((?:[^"()]*|f?"[^"]*"), "(\w+)"', text))
    assert len(codes) >= 12
    for language in i18n.LANGUAGES:
        i18n.use_language(language)
        assert [code for code in sorted(codes) if not i18n.has_text(f"data.value.{code}")] == []


SOURCES = ("datatable.py", "fees.py", "inspection.py", "papers.py", "keys.py", "errands.py", "settings.py")


def write(site: Path, relative: str, text: str) -> Assets:
    path = site / relative
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return Assets(site)


def test_a_site_overrides_a_file_whole_and_its_settings_key_by_key(tmp_path: Path) -> None:
    assets = write(tmp_path / "a", FEES, FEE)
    assert [fee.code for fee in load_rules(assets).fees] == ["a"]
    assets = write(tmp_path / "b", SITE, 'estate = "听松园"\n[movein]\nstation_order = "fees_first"\n')
    site = load_site(assets)
    assert site.estate == "听松园"
    assert site.movein.station_order == "fees_first"
    assert site.movein.daily_capacity == 80
    assert load_site(assets, {"movein": {"daily_capacity": 60}}).movein.daily_capacity == 60


def test_a_fault_in_the_sites_own_file_is_named_there(tmp_path: Path) -> None:
    assets = write(tmp_path, SITE, '[hours]\nweekdays = "18:00-8:30"\n')
    (fault,) = check_rules(assets)
    assert fault.file == str(tmp_path / SITE)
    assert (fault.line, fault.key, fault.code) == (2, "hours.weekdays", "value.not_hours")


@pytest.mark.parametrize("hours", ["8-18", "8:30", "25:00-26:00", "9:00-9:00", "8:30-12:00-18:00"])
def test_hours_out_of_shape_are_refused(tmp_path: Path, hours: str) -> None:
    assets = write(tmp_path, SITE, f'[hours]\nweekends = "{hours}"\n')
    assert [p.code for p in check_rules(assets)] == ["value.not_hours"]


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, FEES, "fees = [")
    (tmp_path / SITE).write_text("estate = 3\n", encoding="utf-8")
    assert [p.code for p in check_rules(Assets(tmp_path))] == ["not_toml", "value.wrong_type"]
    with pytest.raises(BadDataFile):
        load_rules(Assets(tmp_path))


def test_merging_leaves_both_sides_alone() -> None:
    base, over = {"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 9}, "d": {"e": 4}}
    assert merged(base, over) == {"a": {"b": 9, "c": 2}, "d": {"e": 4}}
    assert base == {"a": {"b": 1, "c": 2}, "d": 3}
