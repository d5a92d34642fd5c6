"""Stories of one matter and many households (requirements Z8, Z10, Z11, Z18, Z21, Z22)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from deskapp.base.errors import Refused
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.complaints.closing import Position
from deskapp.services.complaints import alarms, closing, family, incidents, intake
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.incidents import Authority
from deskapp.services.complaints.views import TicketView
from deskapp.services.desk import Desk
from tests.services.complaints.desks import (
    MANAGER,
    SUPER,
    again,
    at,
    cmd,
    house,
    later,
    staffed,
    take,
)
from tests.services.estates import ROOMS
from tests.stories.test_z_complaints import sound

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def came(desk: Desk, rooms: tuple[str, ...], matter: str, topic: str) -> list[TicketView]:
    return [take(later(desk, minutes=3 * n), room, matter, topic=topic) for n, room in enumerate(rooms)]


def test_z8_the_tenth_complainant_makes_it_serious_and_the_deputy_cannot_hide_it(small_estate: Desk) -> None:
    morning = at(small_estate, "12-12 10:00")
    slip = take(morning, "TC201", "昨夜放行条:店主同意已电话核实 22:10", kind=Kind.ENQUIRY, topic="security")
    assert slip.label == "TC201"
    views = came(morning, ROOMS[:9], "理发店搬空了,卡里还有钱", "merchant")
    assert not again(morning, views[0]).severity.serious
    tenth_at = later(morning, minutes=40)
    tenth = take(tenth_at, ROOMS[9], "理发店的卡退不了", topic="merchant")
    assert tenth.severity.serious
    master = again(morning, views[0])
    assert master.severity.at == tenth_at.now()
    deputy, manager = staffed(tenth_at, SUPER), staffed(tenth_at, MANAGER)
    for trick in (
        lambda: closing.calm_severity(deputy, cmd(), master.ticket_id, master.version, "别惊动"),
        lambda: closing.withdraw(deputy, cmd(), master.ticket_id, master.version, ""),
        lambda: alarms.seen(deputy, cmd(), _manager_alarm(master)),
    ):
        with pytest.raises(Refused):
            trick()
    # Even a withdrawn ticket leaves the alarm in the manager's list.
    closing.withdraw(deputy, cmd(), master.ticket_id, again(deputy, master).version, "按下不报")
    [one] = [a for a in alarms.digest(manager, morning.now()).at_once if a.reason == "serious"]
    assert one.number == master.number
    alarms.seen(manager, cmd(), one.alarm_id)
    assert not alarms.digest(manager, manager.now()).at_once
    assert sound(small_estate)


def _manager_alarm(view: TicketView) -> int:
    return next(alarm.alarm_id for alarm in view.alarms if alarm.post == "manager")


def test_z10_the_tenth_household_starts_the_clocks_the_ninth_twice_changes_nothing(
    small_estate: Desk,
) -> None:
    desk = small_estate
    views = came(desk, ROOMS[:9], "墙面空鼓", "dev_quality")
    take(later(desk, minutes=40), ROOMS[8], "空鼓的事呢", topic="dev_quality")
    master = again(desk, views[0])
    assert master.incident is not None
    assert (master.incident.households, master.severity.serious, master.alarms) == (9, False, ())
    minute = later(desk, minutes=57)
    take(minute, ROOMS[9], "墙面空鼓", topic="dev_quality")
    told = {clock.rule: clock for clock in again(minute, master).clocks}
    assert told["serious_head"].began_at == told["serious_quality"].began_at == minute.now()
    assert told["serious_head"].due_at == later(minute, minutes=15).now()
    assert told["serious_quality"].due_at == later(minute, hours=1).now()
    late = {clock.rule: clock for clock in again(later(minute, minutes=16), master).clocks}
    assert late["serious_head"].state is ClockState.LATE
    alarms.raise_due(later(minute, minutes=16))
    posts = {alarm.post for alarm in again(minute, master).alarms if alarm.reason == "clock_overdue"}
    assert posts == {"desk_head", "manager"}
    assert sound(small_estate)


def test_z11_blackouts_join_into_one_notice_and_one_plan(small_estate: Desk) -> None:
    night, morning = at(small_estate, "12-08 22:05"), at(small_estate, "12-09 08:25")
    first = came(night, ROOMS[:2], "停电了", "power")
    second = came(morning, ROOMS[2:5], "又停电了,电梯困人", "power")
    incident_id = again(morning, second[-1]).incident
    assert incident_id is not None
    view = incidents.incident(morning, incident_id.incident_id)
    assert [line.number for line in view.tickets] == [one.number for one in (*first, *second)]
    assert view.brief.households == 5
    boss = staffed(morning, SUPER)
    incidents.agree_answer(boss, cmd(), view.brief.incident_id, 0, "进线开关老化,今晚八点换,已备发电机")
    planned = incidents.set_scene(
        morning,
        cmd(),
        view.brief.incident_id,
        0,
        spokesman="沈岚",
        authorities=[Authority("供电所", "95598", morning.now())],
        cause="进线开关老化",
        next_step="今晚八点更换",
    ).value
    assert (planned.spokesman, planned.next_step, planned.authorities[0].name) == (
        "沈岚",
        "今晚八点更换",
        "供电所",
    )
    notice = family.send_message(morning, cmd(), view.brief.incident_id, "今晚八点换开关,停电约半小时").value
    assert len(notice.recipients) == 5
    caller = take(later(morning, minutes=30), ROOMS[5], "又停电", topic="power")
    assert caller.incident is not None
    assert caller.incident.agreed_answer == "进线开关老化,今晚八点换,已备发电机"
    assert sound(small_estate)


def test_z18_eighty_plaster_defects_are_a_pattern(small_estate: Desk) -> None:
    desk = small_estate
    for number in range(80):
        take(later(desk, minutes=number), ROOMS[number % 11], "墙面抹灰一敲就空", topic="dev_quality")
    [brief] = incidents.incidents(desk)
    assert (brief.households, brief.topic, brief.serious) == (11, "dev_quality", True)
    whole = incidents.incident(desk, brief.incident_id)
    assert len(whole.tickets) == 80
    assert len(whole.affected) == 11
    assert len(again(desk, intake.ticket(desk, whole.master_ticket_id)).alarms) == 3
    assert sound(small_estate)


def test_z21_the_gas_date_changes_and_the_same_recipients_are_told_again(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "几号通气", topic="gas", kind=Kind.ENQUIRY)
    made = incidents.make_incident(desk, cmd(), view.ticket_id, "通气通知").value
    incidents.add_affected(
        desk, cmd(), made.brief.incident_id, [house(desk, room) for room in ("102", "201", "202")]
    )
    first = family.send_message(desk, cmd(), made.brief.incident_id, "12 月 20 日通气").value
    for one in first.recipients:
        family.told(desk, cmd(), first.message_id, one.house_id, "call_out")
    second = family.send_message(
        desk, cmd(), made.brief.incident_id, "改到 12 月 22 日通气", replaces=first.message_id
    ).value
    assert [one.house_id for one in second.recipients] == [one.house_id for one in first.recipients]
    assert second.open == 4  # told of the old date is not told
    done = family.told(desk, cmd(), second.message_id, second.recipients[0].house_id, "message").value
    assert done.open == 3
    texts = [contact.text for contact in again(desk, view).contacts]
    assert texts[-2:] == ["12 月 20 日通气", "改到 12 月 22 日通气"]
    assert sound(small_estate)


def test_z22_a_flooded_basement_loss_per_house_compensation_signed(small_estate: Desk) -> None:
    desk = small_estate
    views = came(desk, ROOMS, "地下室进水,储藏间泡了", "water")
    [brief] = incidents.incidents(desk)
    incidents.add_affected(desk, cmd(), brief.incident_id, [house(desk, "TC201")])
    whole = incidents.incident(desk, brief.incident_id)
    assert (len(whole.affected), whole.brief.households) == (12, 11)
    for number, one in enumerate(whole.affected):
        incidents.set_loss(
            desk,
            cmd(),
            brief.incident_id,
            one.house_id,
            one.version,
            description="储藏间物品",
            loss=Decimal("1000.10") * (number + 1),
            claim=Decimal(900) * (number + 1),
        )
    noted = incidents.incident(desk, brief.incident_id)
    assert noted.loss == Decimal("78007.80")
    assert [label.zh for label in again(desk, views[0]).severity.why] == [
        "同一事项达到 10 户",
        "财产损失达到 50000 元",
    ]
    for one in noted.affected:
        incidents.pay_loss(
            desk,
            cmd(),
            brief.incident_id,
            one.house_id,
            one.version,
            paid=one.claim,
            signed_by=one.label,
            signature=PNG if one.label == "TC201" else None,
        )
    paid = incidents.incident(desk, brief.incident_id)
    assert paid.paid == Decimal(900) * 78
    assert all(one.signed_at for one in paid.affected)
    assert len(next(one for one in paid.affected if one.label == "TC201").signature) == 64
    _close_all(desk, brief.incident_id, views)
    assert sound(small_estate)


def _close_all(desk: Desk, incident_id: int, views: list[TicketView]) -> None:
    boss = staffed(desk, SUPER)
    family.answer_family(
        boss, cmd(), incident_id, 0, result="已抽干、已补偿", reply="补偿已签收", position=Position.UPHELD
    )
    message = family.send_message(desk, cmd(), incident_id, "补偿已办完").value
    for one in message.recipients:
        family.told(desk, cmd(), message.message_id, one.house_id, "call_out")
    for view in views:
        now = again(desk, view)
        closing.call_back(desk, cmd(), now.ticket_id, now.version, CallBackIn(Grade.ACCEPTABLE))
    with pytest.raises(Refused) as told:  # serious: its person and its written report are missing
        family.close_family(desk, cmd(), incident_id, 0)
    assert told.value.code == "complaints.close_needs"
