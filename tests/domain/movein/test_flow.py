"""The way of a pass and the queue as tables and as machines (M4-M7, L3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deskapp.base.errors import Refused
from deskapp.domain.movein.flow import ACT_OF_EFFECT, OPEN_STATES, TRANSITIONS, Act, PassState, after, can
from deskapp.domain.movein.gate import barriers, refusal_for_fee
from deskapp.domain.movein.line import Waiting, in_order
from deskapp.domain.movein.outcomes import ASKED, OUTCOMES, Effect, Need, outcome, outcomes_of
from deskapp.domain.movein.stations import ORDERS, Station, station_after


@pytest.mark.parametrize("name", list(ORDERS))
def test_an_order_holds_every_station_once_and_ends_with_the_keys(name: str) -> None:
    order = ORDERS[name]
    assert sorted(order) == sorted(Station)
    assert order[-1] is Station.KEYS
    assert order[:2] == (Station.NOTICE, Station.DOCUMENTS)


def test_the_second_order_charges_before_it_inspects() -> None:
    order = ORDERS["fees_first"]
    assert order.index(Station.FEES) < order.index(Station.INSPECTION)


@pytest.mark.parametrize("station", list(Station))
def test_every_station_can_succeed_and_can_do_something_else(station: Station) -> None:
    effects = {o.effect for o in outcomes_of(station)}
    assert Effect.ADVANCE in effects
    assert len(outcomes_of(station)) >= 3


# The outcomes that M6 names, station by station; a line lost from the table fails here.
M6 = {
    "notice": "in_order notice_reprinted other_day_taken rebooked not_owner already_moved_in",
    "documents": "in_order papers_missing agent_authorised agent_insufficient co_owner_absent "
    "identity_mismatch identity_accepted balance_owed company_papers",
    "inspection": "accepted accepted_with_defects refused not_inspected waits_for_escort",
    "papers": "all_signed convention_refused item_short",
    "fees": "paid deferred disputed charged_to_developer",
    "keys": "all_keys some_kept not_handed_over",
}


@pytest.mark.parametrize("station", list(Station))
def test_every_outcome_of_the_requirements_stands_in_the_table(station: Station) -> None:
    assert " ".join(o.code for o in outcomes_of(station)) == M6[station.value]


@pytest.mark.parametrize("chosen", OUTCOMES, ids=lambda o: o.key)
def test_an_outcome_is_possible_while_served_and_asks_what_its_effect_needs(chosen) -> None:
    assert can(PassState.SERVING, ACT_OF_EFFECT[chosen.effect])
    assert outcome(chosen.station, chosen.code) is chosen
    assert (chosen.effect is Effect.REBOOK) == (Need.NEW_DAY in chosen.needs)
    if chosen.station is Station.INSPECTION and chosen.code != "waits_for_escort":
        assert Need.METERS in chosen.needs, "meter readings always (M6 ③)"
    if chosen.station is Station.KEYS and chosen.effect is Effect.ADVANCE:
        assert chosen.needs[0] is Need.GATE, "the gate before everything else (M7)"


def test_every_state_can_be_left_except_the_two_ends() -> None:
    left = {state for state, _act in TRANSITIONS}
    assert set(PassState) - left == {PassState.DONE, PassState.ENDED}
    assert set(PassState) - OPEN_STATES == {PassState.DONE, PassState.ENDED}


def test_what_is_not_in_the_table_is_refused_by_name() -> None:
    with pytest.raises(Refused) as told:
        after(PassState.DONE, Act.CALL)
    assert told.value.code == "movein.not_now"
    assert "已交钥匙" in told.value.sentence()


class Way(RuleBasedStateMachine):
    """A pass driven at random never leaves the table and always has a way to an end."""

    def __init__(self) -> None:
        super().__init__()
        self.state = PassState.WAITING

    @rule(act=st.sampled_from(list(Act)))
    def act(self, act: Act) -> None:
        before = self.state
        if can(before, act):
            self.state = after(before, act)
        else:
            with pytest.raises(Refused):
                after(before, act)

    @precondition(lambda self: self.state in OPEN_STATES)
    @rule()
    def reaches_the_keys(self) -> None:
        """From every open state the household can still be served to the end."""
        state = self.state
        if not can(state, Act.SERVE) and can(state, Act.RESUME):
            state = after(state, Act.RESUME)
        if state is not PassState.SERVING:
            state = after(state, Act.SERVE)
        assert after(state, Act.FINISH) is PassState.DONE

    @invariant()
    def is_known(self) -> None:
        assert isinstance(self.state, PassState)


TestWay = Way.TestCase

START = datetime(2026, 12, 4, 8, 30, tzinfo=UTC)
QUEUES = st.lists(st.tuples(st.integers(0, 600), st.booleans()), min_size=0, max_size=25).map(
    lambda rows: [Waiting(n, START + timedelta(minutes=m), p) for n, (m, p) in enumerate(rows)]
)


@given(QUEUES, st.integers(0, 4), st.integers(0, 5))
def test_everybody_is_called_once(waiting: list[Waiting], between: int, since: int) -> None:
    assert sorted(w.pass_id for w in in_order(waiting, between, since)) == [w.pass_id for w in waiting]


@given(QUEUES, st.integers(0, 4), st.integers(0, 5))
def test_among_equals_who_came_first_is_called_first(waiting, between, since) -> None:
    line = in_order(waiting, between, since)
    for priority in (True, False):
        turns = [(w.place, w.pass_id) for w in line if w.priority is priority]
        assert turns == sorted(turns)


@given(QUEUES, st.integers(1, 4))
def test_a_priority_number_does_not_jump_everybody_for_ever(waiting, between) -> None:
    """After a priority call that jumped somebody, ``between`` ordinary ones go before the next jump (L3)."""
    line = in_order(waiting, between)
    since = between
    for at, called in enumerate(line):
        jumped = any(
            not w.priority and (w.place, w.pass_id) < (called.place, called.pass_id) for w in line[at:]
        )
        if called.priority:
            assert not jumped or since >= between
            since = 0
        else:
            since += 1


@given(st.frozensets(st.sampled_from(list(Station))), st.sampled_from(sorted(ORDERS)))
def test_the_next_station_is_the_first_open_one(closed: frozenset[Station], name: str) -> None:
    order = ORDERS[name]
    following = station_after(order, closed)
    assert following is None if closed == set(Station) else following not in closed
    if following is not None:
        assert set(order[: order.index(following)]) <= closed


@given(st.frozensets(st.sampled_from(list(Station))), st.decimals(0, 10**6, places=2))
def test_the_gate_names_each_open_station_and_the_developers_money(closed, owed: Decimal) -> None:
    found = barriers(ORDERS["default"], closed, owed)
    assert {b.station for b in found if b.station} == set(Station) - closed - {Station.KEYS}
    assert [b.amount for b in found if b.code == "balance_owed"] == ([owed] if owed > 0 else [])


def test_an_unpaid_fee_alone_is_no_barrier_and_a_supervisors_matter() -> None:
    assert barriers(ORDERS["default"], frozenset(Station) - {Station.KEYS}, Decimal(0)) == ()
    assert refusal_for_fee("fee_unpaid")
    assert not refusal_for_fee("owner_wish")


def test_every_need_is_either_asked_or_on_record() -> None:
    assert {n for o in OUTCOMES for n in o.needs} == set(Need)
    assert not (ASKED & {Need.GATE, Need.METERS, Need.PAID, Need.SIGNATURE})
