"""Similar tickets, incidents by themselves and by a word, one answer, closing as a family (C11, C18)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from deskapp.base.errors import Conflict, Refused
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.similar import Likeness
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.complaints import clocks, closing, family, incidents, intake, similar
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.desk import Desk
from tests.services.complaints.desks import (
    MANAGER,
    SECOND,
    SUPER,
    again,
    cmd,
    house,
    later,
    staffed,
    take,
)


def test_similar_open_tickets_are_offered_with_the_reason(small_estate: Desk) -> None:
    view = take(small_estate, "101", "电梯困人二十多分钟", topic="lift")
    take(small_estate, "TC201", "花园围起来了", topic="illegal_structure")
    [hit] = similar.similar(small_estate, "电梯又困人了", house(small_estate, "102"))
    assert hit.number == view.number
    assert hit.percent >= 50
    assert {Likeness.SAME_TOPIC, Likeness.SAME_ENTRANCE} <= set(hit.why)
    assert similar.similar(small_estate, "", None) == ()
    assert similar.similar(small_estate, "电梯又困人了", house(small_estate, "102"), but=view.ticket_id) == ()


def test_a_text_suggests_topic_and_signs_of_a_serious_case(small_estate: Desk) -> None:
    told = similar.suggest(small_estate, "我妈被困在电梯里,停电困人,记者也来了")
    assert "lift" in {topic.code for topic in told.topics}
    assert set(told.hints) == {"danger", "press"}
    assert similar.suggest(small_estate, "都六点了还没人来").chases


def test_two_households_of_a_building_are_one_matter_by_themselves(small_estate: Desk) -> None:
    desk = small_estate
    first = take(desk, "101", "停电了", topic="power")
    assert first.incident is None
    second = take(later(desk, minutes=5), "102", "又停电了", topic="power")
    assert second.incident is not None
    assert (second.incident.households, second.incident.number) == (2, "QS-2026-000001")
    assert again(desk, first).is_master
    assert again(desk, first).incident == second.incident
    far = take(later(desk, days=3), "201", "停电了", topic="power")
    assert far.incident is None  # outside the window of its topic


def test_a_household_counts_once_however_often_it_comes(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "停电了", topic="power")
    take(desk, "102", "停电了", topic="power")
    third = take(later(desk, hours=1), "101", "还没来电", topic="power")
    assert third.incident is not None
    assert third.incident.households == 2
    assert third.follows == "TS-2026-000001"


def test_praise_is_nobodys_incident_and_a_leak_here_is_not_the_leak_there(small_estate: Desk) -> None:
    take(small_estate, "101", "漏水", topic="leak")
    assert take(small_estate, "102", "漏水", topic="leak").incident is None
    take(small_estate, "101", "谢谢修好停电", topic="power", kind=Kind.PRAISE)
    assert take(small_estate, "102", "谢谢修好停电", topic="power", kind=Kind.PRAISE).incident is None


def test_joined_by_a_clerk_the_childs_clocks_end_and_its_household_still_sees_it(small_estate: Desk) -> None:
    desk = small_estate
    master = take(desk, "101", "理发店搬空了", topic="merchant")
    child = take(later(desk, days=8), "102", "店关门了要退钱")
    joined = similar.join(desk, cmd(), child.ticket_id, child.version, master.ticket_id).value
    assert joined.state is TicketState.MERGED
    assert joined.clocks == ()
    assert joined.incident is not None
    boss = staffed(desk, SUPER)
    brief = incidents.agree_answer(boss, cmd(), joined.incident.incident_id, 0, "已报警,先登记金额").value
    [here] = intake.open_here(desk, house(desk, "102"))
    assert here.incident is not None
    assert here.incident.agreed_answer == "已报警,先登记金额"
    assert brief.brief.answer_by == "沈岚"
    newest = take(later(desk, minutes=1), "201", "理发店的卡退不了", topic="merchant")
    assert newest.incident is not None
    assert newest.incident.agreed_answer == "已报警,先登记金额"  # before she answers the next caller


def test_taken_out_again_its_clocks_run_from_its_receipt(small_estate: Desk) -> None:
    desk = small_estate
    take(desk, "101", "停电了", topic="power")
    view = take(desk, "102", "停电了", topic="power")
    joined = similar.join(desk, cmd(), view.ticket_id, view.version, again_first(desk)).value
    out = similar.leave(later(desk, hours=3), cmd(), joined.ticket_id, joined.version, "自家跳闸").value
    assert (out.state, out.incident) == (TicketState.RECEIVED, None)
    assert {clock.began_at for clock in out.clocks} == {view.received_at}
    [brief] = incidents.incidents(desk)
    assert brief.households == 1
    with pytest.raises(Refused) as told:
        similar.leave(desk, cmd(), out.ticket_id, out.version, "再来")
    assert told.value.code == "complaints.not_in_incident"
    with pytest.raises(Refused) as told:
        similar.leave(desk, cmd(), out.ticket_id, out.version, " ")
    assert told.value.code == "complaints.reason_missing"


def again_first(desk: Desk) -> int:
    return incidents.incident(desk, incidents.incidents(desk)[0].incident_id).master_ticket_id


def test_a_master_stays_and_nothing_joins_itself(small_estate: Desk) -> None:
    desk = small_estate
    master = take(desk, "101", "停电了", topic="power")
    child = take(desk, "102", "停电了", topic="power")
    with pytest.raises(Refused) as told:
        similar.join(desk, cmd(), master.ticket_id, again(desk, master).version, master.ticket_id)
    assert told.value.code == "complaints.cannot_merge"
    with pytest.raises(Refused) as told:
        similar.leave(desk, cmd(), master.ticket_id, again(desk, master).version, "不是")
    assert told.value.code == "complaints.master_stays"
    other = staffed(desk, SECOND, "前台2")
    intake.contact(other, cmd(), child.ticket_id, "call_out", "在修", later(desk, hours=1).now())
    with pytest.raises(Conflict):
        similar.join(desk, cmd(), child.ticket_id, child.version, master.ticket_id)


def test_a_family_is_answered_told_called_back_and_closed_from_its_master(small_estate: Desk) -> None:
    desk = small_estate
    boss = staffed(desk, SUPER)
    views = [take(desk, room, "停电了", topic="power") for room in ("101", "102", "201")]
    incident_id = incidents.incidents(desk)[0].incident_id
    with pytest.raises(Refused) as told:
        family.close_family(desk, cmd(), incident_id, 0)
    assert told.value.code == "complaints.family_open"
    family.answer_family(
        boss, cmd(), incident_id, 0, result="开关已换", reply="电已恢复", position=Position.UPHELD
    )
    assert [again(desk, view).result for view in views] == ["开关已换"] * 3
    assert [again(desk, view).state for view in views] == [TicketState.DONE, *[TicketState.MERGED] * 2]
    message = family.send_message(desk, cmd(), incident_id, "电已恢复,给您添麻烦了").value
    assert [one.label for one in message.recipients] == ["1#1单元101", "1#1单元102", "1#1单元201"]
    assert message.recipients[0].phone_masked.startswith("199****")
    for one in message.recipients:
        message = family.told(desk, cmd(), message.message_id, one.house_id, "call_out").value
    assert message.open == 0
    with pytest.raises(Refused) as told:
        family.close_family(desk, cmd(), incident_id, 0)
    assert told.value.code == "complaints.family_open"  # nobody was called back
    for view in views:
        now = again(desk, view)
        closing.call_back(desk, cmd(), now.ticket_id, now.version, CallBackIn(Grade.SATISFIED))
    closed = family.close_family(desk, cmd(), incident_id, 0).value
    assert not closed.brief.open
    assert {again(desk, view).state for view in views} == {TicketState.CLOSED}
    assert clocks.clock_list(desk) == ()
    assert similar.similar(desk, "停电了", house(desk, "301"), "power") == ()


def test_a_masters_own_close_is_the_familys(small_estate: Desk) -> None:
    desk = small_estate
    master = take(desk, "101", "停电了", topic="power")
    take(desk, "102", "停电了", topic="power")
    with pytest.raises(Refused) as told:
        closing.close(desk, cmd(), master.ticket_id, again(desk, master).version)
    assert told.value.code == "complaints.master_by_family"


def test_a_changed_fact_is_told_to_the_same_recipients(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "通气时间", topic="gas", kind=Kind.ENQUIRY)
    made = incidents.make_incident(desk, cmd(), view.ticket_id, "12 月 20 日通气").value
    houses = [house(desk, room) for room in ("101", "102", "201", "202")]
    incidents.add_affected(desk, cmd(), made.brief.incident_id, houses[:3])
    first = family.send_message(desk, cmd(), made.brief.incident_id, "20 日通气").value
    incidents.add_affected(desk, cmd(), made.brief.incident_id, houses[3:])
    second = family.send_message(
        desk, cmd(), made.brief.incident_id, "改到 22 日通气", replaces=first.message_id
    ).value
    told = {one.house_id for one in second.recipients}
    assert {one.house_id for one in first.recipients} <= told
    assert told == set(houses)
    assert second.replaces == first.message_id
    assert [len(one.recipients) for one in family.messages(desk, made.brief.incident_id)] == [3, 4]


def test_losses_are_kept_per_house_and_paid_against_a_signature(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "地下室进水", topic="water")
    made = incidents.make_incident(desk, cmd(), view.ticket_id, "地下室进水").value
    one = made.affected[0]
    key = {"description": "储藏室家具", "loss": Decimal("1800.50"), "claim": Decimal(1500)}
    noted = incidents.set_loss(desk, cmd(), made.brief.incident_id, one.house_id, one.version, **key).value
    with pytest.raises(Conflict):
        incidents.set_loss(desk, cmd(), made.brief.incident_id, one.house_id, one.version, **key)
    now = noted.affected[0]
    with pytest.raises(Refused) as told:
        incidents.pay_loss(
            desk, cmd(), made.brief.incident_id, now.house_id, now.version, paid=Decimal(1500), signed_by=" "
        )
    assert told.value.code == "complaints.signature_missing"
    paid = incidents.pay_loss(
        desk, cmd(), made.brief.incident_id, now.house_id, now.version, paid=Decimal(1500), signed_by="王䶮"
    ).value
    assert (paid.loss, paid.paid) == (Decimal("1800.50"), Decimal(1500))
    assert paid.affected[0].signed_by == "王䶮"
    with pytest.raises(Refused) as told:
        incidents.set_loss(desk, cmd(), made.brief.incident_id, now.house_id, paid.affected[0].version, **key)
    assert told.value.code == "complaints.paid_already"


def test_the_agreed_answer_is_the_supervisors(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "停电", topic="power")
    made = incidents.make_incident(desk, cmd(), view.ticket_id).value
    with pytest.raises(Refused) as told:
        incidents.agree_answer(desk, cmd(), made.brief.incident_id, made.version, "在修")
    assert told.value.code == "staff.no_right"
    manager = staffed(desk, MANAGER)
    incidents.agree_answer(manager, cmd(), made.brief.incident_id, made.version, "在修")
    with pytest.raises(Conflict):
        incidents.agree_answer(manager, cmd(), made.brief.incident_id, made.version, "不在修")
    with pytest.raises(Refused):
        incidents.make_incident(desk, cmd(), view.ticket_id)
