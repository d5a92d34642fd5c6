"""Serious by facts or by a person, since which minute, and why (C5, Z8, Z10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.clock import CHINA
from deskapp.base.errors import Refused
from deskapp.domain.complaints.severity import (
    Came,
    Facts,
    Severity,
    calm,
    can_calm,
    distinct_households,
    hints,
    judge,
    parse_severity,
    serious_since,
    set_serious,
)
from tests.domain.complaints.files import faults, parsed, text_of

FILE = "resources/rules/severity.toml"
CRITERIA = parsed(FILE, parse_severity)
START = datetime(2026, 12, 14, 9, tzinfo=CHINA)


def came(*houses: str) -> list[Came]:
    return [Came(house, START + timedelta(minutes=n)) for n, house in enumerate(houses)]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(), ()),
        (Facts(households=9, affected=29, crowd=9, loss=Decimal("49999.99")), ()),
        (Facts(households=10), ("households",)),
        (Facts(affected=30), ("many_affected",)),
        (Facts(press=True), ("press",)),
        (Facts(injury=True, danger=True), ("injury", "danger")),
        (Facts(loss=Decimal(50000)), ("loss",)),
        (Facts(households=12, crowd=10), ("households", "crowd")),
    ],
)
def test_each_criterion_stands_alone_and_tells_why(facts: Facts, why: tuple[str, ...]) -> None:
    assert judge(CRITERIA, facts) == Severity(bool(why), why)


def test_the_tenth_household_makes_it_serious_from_that_minute() -> None:
    nine = [f"3-{n}" for n in range(9)]
    assert serious_since(CRITERIA, came(*nine)) is None
    assert serious_since(CRITERIA, came(*nine, "3-0", "", "3-8")) is None  # twice, and anonymous
    assert serious_since(CRITERIA, came(*nine, "3-0", "4-1", "4-2")) == START + timedelta(minutes=10)
    assert serious_since(CRITERIA, reversed(came(*nine, "4-1", "4-2"))) == START + timedelta(minutes=9)
    assert serious_since((), came(*nine, "4-1")) is None


@given(st.lists(st.sampled_from([f"h{n}" for n in range(14)]), max_size=40))
def test_households_are_counted_once(houses: list[str]) -> None:
    found = distinct_households(came(*houses))
    assert sorted(found) == sorted(set(houses))
    assert (serious_since(CRITERIA, came(*houses)) is not None) == (len(found) >= 10)


def test_a_person_may_make_it_serious_but_not_hide_what_the_facts_show() -> None:
    by_person = set_serious(Severity(False), " 业委会主任在场 ")
    assert (by_person.serious, by_person.reason, by_person.by_person) == (True, "业委会主任在场", True)
    assert can_calm(by_person)
    assert not calm(by_person, "弄错了").serious
    by_facts = judge(CRITERIA, Facts(households=10))
    for reason in ("压一压", ""):
        with pytest.raises(Refused) as caught:
            calm(by_facts, reason)
        assert caught.value.code == "complaints.severity_by_facts"
    with pytest.raises(Refused):
        calm(by_person, "  ")
    with pytest.raises(Refused) as caught:
        set_serious(Severity(False), " ")
    assert caught.value.code == "complaints.severity_needs_reason"
    assert not can_calm(Severity(False))


def test_a_story_hints_at_facts_and_decides_none() -> None:
    assert dict(hints(CRITERIA, "电梯困人二十多分钟,我们几家准备一起到服务中心来")) == {
        "crowd": ("几家准备", "一起到"),
        "danger": ("困人",),
    }
    assert hints(CRITERIA, "厨房漏水") == {}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('fact = "press"', 'fact = "pres"', (23, "criteria.2.fact", "value.not_one_of")),
        ("holds = true", "holds = false", (24, "criteria.2.holds", "value.never_met")),
        ("at_least = 10\n", "", (4, "criteria.0.at_least", "value.missing")),
        ("at_least = 10\n", "at_least = 10\nholds = true\n", (10, "criteria.0.holds", "value.unknown_key")),
    ],
)
def test_a_fault_of_the_criteria_is_named(old: str, new: str, wanted: tuple[int, str, str]) -> None:
    assert wanted in faults(text_of(FILE).replace(old, new, 1), parse_severity)
