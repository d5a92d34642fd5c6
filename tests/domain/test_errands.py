"""Errands taken over: papers in and out one by one, nothing forgotten (M8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.base.assets import Assets
from deskapp.base.clock import CHINA
from deskapp.base.errors import Refused
from deskapp.domain.errands import (
    ERRAND_TRANSITIONS,
    Direction,
    Errand,
    ErrandAct,
    ErrandPaper,
    ErrandState,
    can_errand,
    errand_after,
    held_back,
    late_days,
    paper_came,
    paper_left,
    planned,
    take,
)
from deskapp.domain.rules import load_rules

TODAY = date(2026, 12, 4)
NOW = datetime(2026, 12, 4, 10, 0, tzinfo=CHINA)
CONTRACT = ErrandPaper("商品房买卖合同原件", Direction.IN)
COPY = ErrandPaper("身份证复印件", Direction.IN, original=False)
CARD = ErrandPaper("燃气卡", Direction.OUT)


def errand() -> Errand:
    return take("燃气开户", (CONTRACT, COPY, CARD), Decimal(0), TODAY + timedelta(days=15), today=TODAY)


def test_an_errand_ends_when_originals_and_results_are_with_the_owner() -> None:
    task = paper_came(paper_came(errand(), 0, NOW), 1, NOW)
    task = errand_after(paper_came(task, 2, NOW), ErrandAct.FINISH)
    assert [paper.name for paper in held_back(task)] == ["商品房买卖合同原件", "燃气卡"]
    assert not can_errand(task, ErrandAct.GIVE_BACK)
    with pytest.raises(Refused) as refused:
        errand_after(task, ErrandAct.GIVE_BACK)
    assert refused.value.code == "errands.papers_held"
    assert "燃气卡" in refused.value.sentence()
    task = paper_left(paper_left(task, 0, NOW), 2, NOW)
    assert errand_after(task, ErrandAct.GIVE_BACK).state is ErrandState.RETURNED


def test_papers_can_be_given_back_with_nothing_done() -> None:
    task = paper_left(paper_came(errand(), 0, NOW), 0, NOW)
    assert errand_after(task, ErrandAct.GIVE_BACK).state is ErrandState.RETURNED


def test_a_paper_comes_once_and_leaves_once() -> None:
    task = paper_came(errand(), 0, NOW)
    with pytest.raises(Refused):
        paper_came(task, 0, NOW)
    with pytest.raises(Refused):
        paper_left(task, 2, NOW)
    task = paper_left(task, 0, NOW)
    with pytest.raises(Refused) as refused:
        paper_left(task, 0, NOW)
    assert refused.value.code == "errands.paper_not_now"
    ended = errand_after(task, ErrandAct.GIVE_BACK)
    with pytest.raises(Refused):
        paper_came(ended, 1, NOW)
    with pytest.raises(IndexError):
        paper_came(task, 9, NOW)


@pytest.mark.parametrize(
    ("matter", "papers", "fee", "promised", "code"),
    [
        ("  ", (), 0, TODAY, "errands.matter_missing"),
        ("开户", (), 0, TODAY - timedelta(days=1), "errands.promise_in_past"),
        ("开户", (), -1, TODAY, "errands.fee_negative"),
        ("开户", (ErrandPaper(" ", Direction.IN),), 0, TODAY, "errands.paper_nameless"),
        ("开户", (ErrandPaper("合同", Direction.IN, copies=0),), 0, TODAY, "errands.paper_nameless"),
    ],
)
def test_an_incomplete_errand_is_refused_in_a_sentence(
    matter: str, papers: tuple[ErrandPaper, ...], fee: int, promised: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        take(matter, papers, Decimal(fee), promised, today=TODAY)
    assert refused.value.code == code
    assert "{" not in refused.value.sentence()
    assert not refused.value.sentence().startswith("error.")


def test_errands_move_by_the_table_only() -> None:
    for state in ErrandState:
        for act in ErrandAct:
            task = Errand("事", (), Decimal(0), TODAY, state)
            if (state, act) in ERRAND_TRANSITIONS:
                assert errand_after(task, act).state is ERRAND_TRANSITIONS[state, act]
            else:
                assert not can_errand(task, act)
                with pytest.raises(Refused) as refused:
                    errand_after(task, act)
                assert refused.value.code == "errands.not_now"


def test_a_promise_is_late_only_while_the_matter_is_open() -> None:
    task = errand()
    assert late_days(task, task.promised) == 0
    assert late_days(task, task.promised + timedelta(days=3)) == 3
    done = errand_after(task, ErrandAct.FINISH)
    assert late_days(done, task.promised + timedelta(days=3)) == 0


def test_usual_matters_bring_their_papers_and_their_day() -> None:
    gas = next(matter for matter in load_rules(Assets()).errands if matter.code == "gas_opening")
    papers, promised = planned(gas, TODAY)
    assert {paper.direction for paper in papers} == set(Direction)
    assert not any(paper.held for paper in papers)
    assert promised == date(2026, 12, 19)
    assert take(gas.title.zh, papers, gas.fee, promised, today=TODAY).state is ErrandState.TAKEN


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=12))
def test_an_errand_never_ends_while_an_original_is_held(steps: list[tuple[bool, int]]) -> None:
    task = errand()
    for comes, at in steps:
        try:
            task = (paper_came if comes else paper_left)(task, at, NOW)
        except Refused:
            continue
        originals_here = any(p.held and (p.original or p.direction is Direction.OUT) for p in task.papers)
        assert can_errand(task, ErrandAct.GIVE_BACK) == (not originals_here)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    for prefix, words in (
        ("errands.state", ErrandState),
        ("errands.act", ErrandAct),
        ("errands.direction", Direction),
    ):
        assert [word for word in words if not i18n.has_text(f"{prefix}.{word}")] == []
