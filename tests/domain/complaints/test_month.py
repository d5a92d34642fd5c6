"""What the company asks of a month, and what is proposed of a way of handling (C17)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.complaints.month import Indicator, Judged, Share, judged, parse_month
from tests.domain.complaints.files import faults, parsed, text_of

FILE = "resources/rules/month.toml"
RULES = parsed(FILE, parse_month)


def test_every_indicator_may_have_a_target_and_none_must() -> None:
    assert set(RULES.targets) <= set(Indicator)
    assert RULES.targets[Indicator.CALLED_BACK] == 100
    kept = text_of(FILE).replace("called_back = 100\n", "")
    assert faults(kept + "\nextra = 1\n", parse_month)[0][2] == "value.unknown_key"


@pytest.mark.parametrize(
    ("old", "new", "key", "code"),
    [
        ("works_from = 85", "works_from = 101", "works_from", "value.out_of_range"),
        ("partly_from = 60", "partly_from = 90", "partly_from", "value.out_of_range"),
        ("partly_from = 60", "partly_from = 60.5", "partly_from", "value.wrong_type"),
        ("settled = 95", "setled = 95", "targets.setled", "value.unknown_key"),
        ("settled = 95", 'settled = "viel"', "targets.settled", "value.not_number"),
        ("satisfied = 90", "satisfied = -1", "targets.satisfied", "value.out_of_range"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, key: str, code: str) -> None:
    text = text_of(FILE).replace(old, new, 1)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith(new.split(" =")[0]))
    assert (line, key, code) in faults(text, parse_month)


def test_nothing_ended_proposes_nothing() -> None:
    assert judged(RULES, Share()) is None
    assert judged(RULES, Share(0, 3)) is Judged.FAILS


@given(st.integers(1, 500), st.data())
def test_a_better_share_is_never_judged_worse(total: int, data: st.DataObject) -> None:
    less, more = sorted(data.draw(st.tuples(st.integers(0, total), st.integers(0, total))))
    order = [Judged.FAILS, Judged.PARTLY, Judged.WORKS]
    low, high = judged(RULES, Share(less, total)), judged(RULES, Share(more, total))
    assert low is not None
    assert high is not None
    assert order.index(low) <= order.index(high)
    assert (high is Judged.WORKS) == ((Share(more, total).percent or Decimal(0)) >= RULES.works_from)
