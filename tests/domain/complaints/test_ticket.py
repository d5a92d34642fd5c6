"""A ticket's way and the orders it gives, as their tables say (C11, C12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.errors import Refused
from deskapp.domain.complaints.ticket import (
    ACT_NEEDS,
    DISPATCH_NEEDS,
    DISPATCH_OPEN,
    DISPATCH_TRANSITIONS,
    OPEN_STATES,
    TICKET_ACT_OF,
    TICKET_TRANSITIONS,
    DispatchAct,
    DispatchState,
    Given,
    TicketAct,
    TicketState,
    acts_of,
    can_dispatch,
    can_merge,
    can_ticket,
    dispatch_after,
    missing_for,
    ticket_after,
)

S, A = TicketState, TicketAct
ALL = tuple(Given)


def walk(*acts: TicketAct, start: TicketState = S.RECEIVED) -> TicketState:
    state = start
    for act in acts:
        state = ticket_after(state, act, ALL)
    return state


def test_the_usual_way_to_the_end() -> None:
    assert walk(A.DISPATCH, A.TAKE, A.REPORT, A.REPLY, A.CALL_BACK, A.CLOSE) is S.CLOSED
    assert walk(A.SETTLE, A.REPLY, A.CLOSE) is S.CLOSED
    assert walk(A.DISPATCH, A.DEFER, A.DEFER, A.TAKE, A.REPORT) is S.DONE
    assert walk(A.DISPATCH, A.REFUSE, A.DISPATCH, A.TAKE) is S.TAKEN


def test_a_fault_goes_back_and_a_closed_one_comes_again() -> None:
    replied = walk(A.SETTLE, A.REPLY)
    assert walk(A.FAULT_FOUND, start=replied) is S.DISPATCHED
    assert walk(A.CALL_BACK, A.FAULT_FOUND, start=replied) is S.DISPATCHED
    assert walk(A.REOPEN, A.DISPATCH, start=S.CLOSED) is S.DISPATCHED


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("act", TicketAct)
def test_what_can_be_done_is_done_and_nothing_else(state: TicketState, act: TicketAct) -> None:
    if can_ticket(state, act):
        assert ticket_after(state, act, ALL) is TICKET_TRANSITIONS[state, act]
        assert act in acts_of(state)
    else:
        with pytest.raises(Refused) as caught:
            ticket_after(state, act, ALL)
        assert caught.value.code == "complaints.not_now"
        assert "{" not in caught.value.sentence()
        assert "complaints." not in caught.value.sentence()


def test_nothing_is_closed_that_nobody_has_settled() -> None:
    closing = {state for (state, act) in TICKET_TRANSITIONS if act is A.CLOSE}
    assert closing == {S.DONE, S.REPLIED, S.CALLED_BACK}


def test_every_state_is_reached_and_every_open_one_can_end() -> None:
    reached = {S.RECEIVED} | set(TICKET_TRANSITIONS.values())
    assert reached == set(S)
    for state in OPEN_STATES:
        seen, ahead = {state}, [state]
        while ahead:
            here = ahead.pop()
            for (source, _), target in TICKET_TRANSITIONS.items():
                if source is here and target not in seen:
                    seen.add(target)
                    ahead.append(target)
        assert S.CLOSED in seen


@pytest.mark.parametrize(("act", "needs"), ACT_NEEDS.items())
def test_an_act_brings_along_what_it_needs(act: TicketAct, needs: tuple[Given, ...]) -> None:
    state = next(state for state in S if can_ticket(state, act))
    for need in needs:
        with pytest.raises(Refused) as caught:
            ticket_after(state, act, set(ALL) - {need})
        assert caught.value.code == "complaints.act_needs"
        assert "complaints." not in caught.value.sentence()
    assert missing_for(act, ()) == needs
    assert missing_for(act, needs) == ()


def test_a_deferral_has_a_reason_and_a_time_and_a_result_its_heads_name() -> None:
    assert ACT_NEEDS[A.DEFER] == (Given.REASON, Given.UNTIL)
    assert ACT_NEEDS[A.REFUSE] == (Given.REASON,)
    assert ACT_NEEDS[A.REPORT] == (Given.RESULT, Given.HEAD)
    assert A.TAKE not in ACT_NEEDS


def test_families_have_one_floor_and_an_open_master() -> None:
    assert can_merge(S.TAKEN, S.DISPATCHED, same_ticket=False, child_is_master=False)
    assert not can_merge(S.TAKEN, S.CLOSED, same_ticket=False, child_is_master=False)
    assert not can_merge(S.TAKEN, S.MERGED, same_ticket=False, child_is_master=False)
    assert not can_merge(S.TAKEN, S.TAKEN, same_ticket=True, child_is_master=False)
    assert not can_merge(S.TAKEN, S.TAKEN, same_ticket=False, child_is_master=True)
    assert not can_merge(S.CLOSED, S.TAKEN, same_ticket=False, child_is_master=False)
    assert walk(A.MERGE, A.CLOSE_WITH_MASTER) is S.CLOSED
    assert walk(A.MERGE, A.SPLIT) is S.RECEIVED


@pytest.mark.parametrize("state", DispatchState)
@pytest.mark.parametrize("act", DispatchAct)
def test_an_order_goes_as_its_table_says(state: DispatchState, act: DispatchAct) -> None:
    if not can_dispatch(state, act):
        with pytest.raises(Refused) as caught:
            dispatch_after(state, act, ALL)
        assert caught.value.code == "complaints.dispatch_not_now"
        assert "complaints." not in caught.value.sentence()
        return
    assert dispatch_after(state, act, ALL) is DISPATCH_TRANSITIONS[state, act]
    for need in DISPATCH_NEEDS.get(act, ()):
        with pytest.raises(Refused):
            dispatch_after(state, act, set(ALL) - {need})


def test_ended_orders_are_not_open_and_the_result_counts_once_signed() -> None:
    ended = {state for state in DispatchState if not any(can_dispatch(state, act) for act in DispatchAct)}
    assert ended == set(DispatchState) - DISPATCH_OPEN
    assert TICKET_ACT_OF[DispatchAct.SIGN] is A.REPORT
    assert DispatchAct.REPORT not in TICKET_ACT_OF


@given(st.lists(st.sampled_from(TicketAct), max_size=30))
def test_no_row_of_acts_leads_out_of_the_table(acts: list[TicketAct]) -> None:
    state = S.RECEIVED
    for act in acts:
        if can_ticket(state, act):
            state = ticket_after(state, act, ALL)
    assert acts_of(state)
