"""The way through the stations on both databases: queue, outcomes, gate, second clerks (M4-M7, L)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.audit import broken_links
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document, History
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.services.desk import Desk
from deskapp.services.movein import arrivals, closing, line, passes
from deskapp.services.movein.views import Answer, Approval, PassView
from tests.services.estates import SUPERVISOR, house_id, on_day

ANSWER = Answer()


def new() -> str:
    return str(uuid.uuid4())


def arrived(desk: Desk, label: str, priority: str = "") -> PassView:
    done = arrivals.arrive(
        desk, new(), house_id(desk, label), attendee="王䶮", role="owner", priority=priority
    )
    return done.value.view


def served(desk: Desk, view: PassView) -> PassView:
    return line.serve(desk, new(), view.pass_id, view.version).value


def closed(desk: Desk, view: PassView, code: str, answer: Answer = ANSWER) -> PassView:
    return closing.close(desk, new(), view.pass_id, view.version, code, answer).value.view


def test_a_household_gets_one_number_and_waits_at_the_first_station(small_estate: Desk) -> None:
    done = arrivals.arrive(
        small_estate, new(), house_id(small_estate, "1#1单元101"), attendee="王䶮", role="owner"
    )
    view, (paper,) = done.value.view, done.value.documents
    assert view.queue_number.endswith("001")
    assert (view.at, view.state) == (Station.NOTICE, PassState.WAITING)
    assert paper.form == "pass"
    assert paper.number == view.number == "LZ-2026-000001"
    assert done.changes.touch("pass", view.pass_id)
    assert done.changes.touch("station")
    board = line.station_board(small_estate, Station.NOTICE)
    assert [row.queue_number for row in board.waiting] == [view.queue_number]


def test_a_house_on_its_way_is_not_let_in_twice(small_estate: Desk) -> None:
    first = arrived(small_estate, "1#1单元101")
    with pytest.raises(Conflict) as told:
        arrived(small_estate, "1#1单元101")
    assert told.value.code == "movein.already_on_way"
    assert first.queue_number in told.value.sentence()


def test_a_second_click_gives_no_second_number(small_estate: Desk) -> None:
    command, house = new(), house_id(small_estate, "1#1单元101")
    answers = [
        arrivals.arrive(small_estate, command, house, attendee="王䶮", role="owner").value for _ in range(3)
    ]
    assert {answer.view.pass_id for answer in answers} == {answers[0].view.pass_id}
    assert answers[0].documents == answers[2].documents
    with small_estate.reading() as session:
        assert session.scalar(select(func.count()).select_from(Pass)) == 1
        assert session.scalar(select(func.count()).where(Document.form == "pass")) == 1


def test_priority_goes_first_but_does_not_jump_everybody_for_ever(small_estate: Desk) -> None:
    labels = [f"1#1单元{room}" for room in ("101", "102", "201", "202", "301")]
    ordinary = [arrived(small_estate, label) for label in labels]
    elderly = [arrived(small_estate, f"1#1单元{room}", "elderly") for room in ("302", "401")]
    called = []
    while (done := line.call_next(small_estate, new(), Station.NOTICE)).value is not None:
        called.append(done.value.queue_number)
    between = small_estate.rules.site.movein.ordinary_between
    assert called[0] == elderly[0].queue_number
    assert called[1 : 1 + between] == [view.queue_number for view in ordinary[:between]]
    assert called[1 + between] == elderly[1].queue_number
    assert len(called) == 7


def test_who_steps_aside_or_is_not_there_keeps_the_place(small_estate: Desk) -> None:
    first, second = arrived(small_estate, "1#1单元101"), arrived(small_estate, "1#1单元102")
    called = line.call_next(small_estate, new(), Station.NOTICE).value
    assert called is not None
    missed = line.no_show(small_estate, new(), called.pass_id, called.version).value
    assert (missed.state, missed.misses, missed.waits_for) == (PassState.HELD, 1, "no_show")
    back = line.resume(small_estate, new(), missed.pass_id, missed.version).value
    assert back.state is PassState.WAITING
    board = line.station_board(small_estate, Station.NOTICE)
    assert [row.pass_id for row in board.waiting] == [first.pass_id, second.pass_id]


def test_the_second_of_two_clerks_is_told_who_was_first(small_estate: Desk) -> None:
    view = arrived(small_estate, "1#1单元101")
    other = on_day(small_estate, desk_name="验房 2 号台", number="2001")
    line.serve(other, new(), view.pass_id, view.version)
    with pytest.raises(Conflict) as told:
        line.serve(small_estate, new(), view.pass_id, view.version)
    assert told.value.code == "movein.changed_meanwhile"
    assert "验房 2 号台" in told.value.sentence()


def test_an_outcome_lacking_something_says_what(small_estate: Desk) -> None:
    view = closed(small_estate, served(small_estate, arrived(small_estate, "1#1单元101")), "in_order")
    assert view.at is Station.DOCUMENTS
    view = served(small_estate, view)
    choice = next(c for c in view.choices if c.outcome.code == "in_order")
    assert choice.missing == (Need.OWNER_PAPERS, Need.SIGNATURE)
    with pytest.raises(Refused) as told:
        closed(small_estate, view, "in_order")
    assert told.value.code == "movein.need.owner_papers"
    assert passes.pass_view(small_estate, view.pass_id) == view


def test_another_day_is_taken_rebooked_or_refused_but_not_passed_as_its_own(small_estate: Desk) -> None:
    early = on_day(small_estate, days=-1)
    view = served(early, arrived(early, "1#1单元101"))
    with pytest.raises(Refused) as told:
        closed(early, view, "in_order")
    assert told.value.code == "movein.need.own_day"
    taken = closed(early, view, "other_day_taken")
    assert taken.at is Station.DOCUMENTS


def test_a_full_day_takes_nobody_more_without_a_supervisor(
    small_estate: Desk, full_day: Callable[[Desk], Desk]
) -> None:
    desk = full_day(on_day(small_estate, days=-1))
    view = served(desk, arrived(desk, "1#1单元101"))
    with pytest.raises(Refused) as told:
        closed(desk, view, "other_day_taken")
    assert told.value.code == "movein.supervisor.room_today"
    word = Answer(approval=Approval(*SUPERVISOR, reason="老人远道而来"))
    taken = closed(desk, view, "other_day_taken", word)
    assert taken.stations[0].overruled == "老人远道而来"


def test_rebooking_keeps_the_place_overnight(small_estate: Desk) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    day = small_estate.now().date() + timedelta(days=2)
    gone = closed(small_estate, view, "rebooked", Answer(new_day=day))
    assert (gone.state, gone.return_day, gone.booked_day) == (PassState.REBOOKED, day, day)
    later = on_day(small_estate, days=2)
    newcomer = arrived(later, "1#1单元102")
    back = line.resume(later, new(), gone.pass_id, gone.version).value
    board = line.station_board(later, Station.NOTICE)
    assert [row.pass_id for row in board.waiting] == [back.pass_id, newcomer.pass_id]
    assert back.queue_number != newcomer.queue_number


@pytest.mark.parametrize("day", [-1, -400])
def test_a_day_that_has_passed_is_refused(small_estate: Desk, day: int) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    past = small_estate.now().date() + timedelta(days=day)
    with pytest.raises(Refused) as told:
        closed(small_estate, view, "rebooked", Answer(new_day=past))
    assert told.value.code == "movein.day_in_past"


def test_a_pass_that_ended_lets_the_house_come_again(small_estate: Desk) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    ended = closed(small_estate, view, "not_owner", Answer(reason="是楼上住户的亲戚"))
    assert ended.state is PassState.ENDED
    assert arrived(small_estate, "1#1单元101").queue_number != ended.queue_number


def test_the_dispute_area_leads_back_to_the_same_station(small_estate: Desk) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    there = line.dispute(small_estate, new(), view.pass_id, view.version, "认为面积不对").value
    assert there.state is PassState.DISPUTE
    back = line.resume(small_estate, new(), there.pass_id, there.version).value
    assert (back.state, back.at) == (PassState.WAITING, Station.NOTICE)


def test_sending_on_does_not_open_the_gate(small_estate: Desk) -> None:
    view = arrived(small_estate, "1#1单元101")
    sent = line.send(small_estate, new(), view.pass_id, view.version, Station.KEYS).value
    view = served(small_estate, sent)
    assert [b.station for b in view.barriers if b.station] == [
        Station.NOTICE,
        Station.DOCUMENTS,
        Station.INSPECTION,
        Station.PAPERS,
        Station.FEES,
    ]
    choice = next(c for c in view.choices if c.outcome.code == "all_keys")
    assert Need.GATE in choice.asks


def test_keys_are_not_kept_back_for_a_fee_without_a_supervisor(small_estate: Desk) -> None:
    view = arrived(small_estate, "1#1单元101")
    view = served(
        small_estate, line.send(small_estate, new(), view.pass_id, view.version, Station.KEYS).value
    )
    unpaid = Answer(reason="物业费没交", reason_code="fee_unpaid")
    with pytest.raises(Refused) as told:
        closed(small_estate, view, "not_handed_over", unpaid)
    assert told.value.code == "movein.supervisor.not_for_fee"
    assert "九百四十四" in told.value.sentence()
    other = closed(small_estate, view, "not_handed_over", Answer(reason="业主要求改天领"))
    assert other.state is PassState.HELD


@pytest.mark.parametrize(
    ("approval", "code"),
    [
        (Approval(SUPERVISOR[0], "wrong-secret", "理由"), "staff.wrong_secret"),
        (Approval("nobody", "x", "理由"), "staff.wrong_secret"),
        (Approval(*SUPERVISOR, reason=" "), "staff.approval_reason"),
        (Approval("1001", "4826", "理由"), "staff.no_right"),
    ],
)
def test_a_word_that_is_no_supervisors_does_not_count(
    small_estate: Desk, approval: Approval, code: str
) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    view = closed(small_estate, view, "in_order")
    with pytest.raises(Refused) as told:
        line.reopen(small_estate, new(), view.pass_id, view.version, Station.NOTICE, approval)
    assert told.value.code == code
    assert passes.pass_view(small_estate, view.pass_id).stations[0].closed


def test_a_station_closed_by_mistake_is_opened_again(small_estate: Desk) -> None:
    view = closed(small_estate, served(small_estate, arrived(small_estate, "1#1单元101")), "in_order")
    word = Approval(*SUPERVISOR, reason="认错人了")
    again = line.reopen(small_estate, new(), view.pass_id, view.version, Station.NOTICE, word).value
    assert (again.at, again.state) == (Station.NOTICE, PassState.WAITING)
    assert not again.stations[0].closed


def test_what_cannot_be_done_now_is_refused_and_changes_nothing(small_estate: Desk) -> None:
    view = arrived(small_estate, "1#1单元101")
    for act in (line.recall, line.no_show, line.resume):
        with pytest.raises(Refused) as told:
            act(small_estate, new(), view.pass_id, view.version)
        assert told.value.code == "movein.not_now"
    with pytest.raises(Refused):
        closed(small_estate, view, "in_order")
    assert passes.pass_view(small_estate, view.pass_id) == view


def test_a_pass_is_found_by_whatever_names_it(small_estate: Desk) -> None:
    view = arrived(small_estate, "1#1单元101")
    for text in (view.queue_number, view.queue_number.lower(), view.number, f"{view.number} 0123456789ab"):
        found = passes.pass_by_number(small_estate, text)
        assert found is not None, text
        assert found.pass_id == view.pass_id
    for text in ("", "Z999", "LZ-2026-999999", "'; DROP TABLE pass; --"):
        assert passes.pass_by_number(small_estate, text) is None


def test_every_act_is_one_history_row_and_the_chain_holds(small_estate: Desk) -> None:
    view = served(small_estate, arrived(small_estate, "1#1单元101"))
    closed(small_estate, view, "in_order")
    with small_estate.reading() as session:
        acts = list(session.scalars(select(History.act).where(History.kind == "pass").order_by(History.id)))
        assert acts == ["movein.arrived", "movein.served", "movein.closed.advance"]
        assert list(broken_links(session, small_estate.estate_id)) == []
