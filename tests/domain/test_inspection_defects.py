"""The life of a defect, walked at random and by the table (I1, I2)."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deskapp.base import i18n
from deskapp.base.errors import Refused
from deskapp.domain.defects import (
    DEFECT_TRANSITIONS,
    ENDED,
    DefectAct,
    DefectState,
    can_defect,
    defect_after,
    failures_after,
)

STRAIGHT = (
    DefectAct.ORDER,
    DefectAct.CONFIRM,
    DefectAct.AGREE_METHOD,
    DefectAct.PLAN,
    DefectAct.START,
    DefectAct.REPORT_REPAIRED,
    DefectAct.ACCEPT,
    DefectAct.TELL_OWNER,
    DefectAct.OWNER_SIGNS,
)


def test_the_straight_way_leads_from_the_inspection_to_the_owners_signature() -> None:
    state = DefectState.REGISTERED
    for act in STRAIGHT:
        state = defect_after(state, act)
    assert state is DefectState.CLOSED


def test_a_failed_repair_goes_round_again_and_counts() -> None:
    state, fails = DefectState.REPAIRED, 0
    for act in (DefectAct.FAIL, DefectAct.PLAN, DefectAct.START, DefectAct.REPORT_REPAIRED, DefectAct.ACCEPT):
        state, fails = defect_after(state, act), failures_after(fails, act)
    assert (state, fails) == (DefectState.ACCEPTED, 1)
    assert failures_after(fails, DefectAct.OWNER_OBJECTS) == 2


def test_what_is_not_in_the_table_is_refused_in_a_sentence() -> None:
    for state in DefectState:
        for act in DefectAct:
            if not can_defect(state, act):
                with pytest.raises(Refused) as refused:
                    defect_after(state, act)
                assert refused.value.code == "inspection.defect_not_now"
                assert "defect_not_now" not in refused.value.sentence()


def test_every_state_can_be_reached_and_every_open_one_can_end() -> None:
    reached = {DefectState.REGISTERED}
    ending = set(ENDED)
    for _ in DefectState:
        reached |= {after for (before, _), after in DEFECT_TRANSITIONS.items() if before in reached}
        ending |= {before for (before, _), after in DEFECT_TRANSITIONS.items() if after in ending}
    assert reached == set(DefectState)
    assert ending == set(DefectState)
    assert not any(before in ENDED for before, _ in DEFECT_TRANSITIONS)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_its_word(language: str) -> None:
    i18n.use_language(language)
    assert all(i18n.has_text(f"inspection.defect.state.{state}") for state in DefectState)
    assert all(i18n.has_text(f"inspection.defect.act.{act}") for act in DefectAct)


class DefectLife(RuleBasedStateMachine):
    """Any act at any time: only the table moves a defect, and it never closes unaccepted."""

    def __init__(self) -> None:
        super().__init__()
        self.state = DefectState.REGISTERED
        self.done: list[DefectAct] = []
        self.fails = 0

    @rule(act=st.sampled_from(DefectAct))
    def try_anything(self, act: DefectAct) -> None:
        if not can_defect(self.state, act):
            before = self.state
            with pytest.raises(Refused):
                defect_after(self.state, act)
            assert self.state is before
            return
        self.go(act)

    @precondition(lambda self: self.state not in ENDED)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        possible = [act for before, act in DEFECT_TRANSITIONS if before is self.state]
        self.go(data.draw(st.sampled_from(possible)))

    def go(self, act: DefectAct) -> None:
        self.state = defect_after(self.state, act)
        self.fails = failures_after(self.fails, act)
        self.done.append(act)

    @invariant()
    def closed_only_after_acceptance_and_signature(self) -> None:
        if self.state is DefectState.CLOSED:
            assert self.done[-1] is DefectAct.OWNER_SIGNS
            accepted = len(self.done) - 1 - self.done[::-1].index(DefectAct.ACCEPT)
            assert DefectAct.FAIL not in self.done[accepted:]
            assert DefectAct.OWNER_OBJECTS not in self.done[accepted:]

    @invariant()
    def repairs_follow_an_agreed_method(self) -> None:
        if DefectAct.START in self.done:
            assert self.done.index(DefectAct.AGREE_METHOD) < self.done.index(DefectAct.START)

    @invariant()
    def failures_are_counted(self) -> None:
        assert self.fails == self.done.count(DefectAct.FAIL) + self.done.count(DefectAct.OWNER_OBJECTS)


TestDefectLife = DefectLife.TestCase
