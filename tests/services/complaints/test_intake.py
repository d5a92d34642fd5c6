"""Taking tickets: what is open first, one number, no place for cards, nothing erased (C1-C4, C7, L12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import AuditEntry, History
from deskapp.domain.complaints import session as talks
from deskapp.domain.complaints.classes import (
    Channel,
    Grounds,
    Judgement,
    Kind,
    Motive,
    Place,
    Target,
)
from deskapp.domain.complaints.script import Mood
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.complaints import browse, intake, presence
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.views import TicketIn
from deskapp.services.desk import Desk
from tests.services.complaints.desks import (
    AUDITOR,
    HELPER,
    SECOND,
    SUPER,
    again,
    cmd,
    house,
    later,
    promise,
    staffed,
    take,
)


def test_a_ticket_has_one_number_its_clocks_and_its_place_in_the_history(small_estate: Desk) -> None:
    desk = small_estate
    first = take(desk, "101", "厨房漏水", topic="leak", place=Place.INDOORS, phone="199 0000 0001")
    second = take(desk, "102", "物业费太贵", topic="fees")
    assert (first.number, second.number) == ("TS-2026-000001", "TS-2026-000002")
    assert first.state is TicketState.RECEIVED
    assert first.receiver == "林晓"
    assert first.phone_masked == "199****0001"
    assert first.form.target is Target.RESIDENTS  # the topic's, where the clerk said nothing
    assert [clock.rule for clock in first.clocks] == ["first_response", "settle_residents"]
    assert [clock.rule for clock in second.clocks] == ["first_response", "settle_management"]
    with desk.reading() as session:
        acts = session.scalars(
            select(History.act).where(History.kind == "ticket", History.subject_id == first.ticket_id)
        ).all()
    assert acts == ["complaints.taken"]


def test_the_same_command_takes_one_ticket(small_estate: Desk) -> None:
    command, form = cmd(), TicketIn(house_id=house(small_estate, "101"), matter="没电", topic="power")
    one, two = (intake.take(small_estate, command, form).value for _ in range(2))
    assert one.ticket_id == two.ticket_id
    assert len(browse.tickets(small_estate)) == 1


def test_what_is_open_comes_before_any_question(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "没电", topic="power", promises=(promise(desk, "师傅六点前到", minutes=58),))
    take(desk, "102", "别家的事", topic="noise")
    [here] = intake.open_here(staffed(later(desk, minutes=63), SECOND, "前台2"), house(desk, "101"))
    assert here.number == view.number
    assert here.promise is not None
    assert (here.promise.text, here.promise.late) == ("师傅六点前到", True)
    assert here.clock is not None
    assert here.clock.rule in {"first_response", "water_power"}
    assert here.next_contact == desk.now() + timedelta(minutes=58)
    assert here.last_contact == "没电"


def test_an_anonymous_caller_and_somebody_from_outside(small_estate: Desk) -> None:
    view = take(small_estate, "", "有人往河里倒垃圾", channel=Channel.BOX)
    assert view.label == ""
    assert view.form.house_id is None
    assert "reply" not in view.missing  # nobody can be told
    outside = take(small_estate, "", "外卖进不来", caller="送餐员", phone="19900000099")
    assert "reply" in outside.missing


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"matter": "  ", "story": " "}, "complaints.matter_missing"),
        ({"matter": "x" * 201}, "complaints.text_long"),
        ({"story": "长" * 4001}, "complaints.text_long"),
        ({"phone": "12"}, "complaints.phone_form"),
        ({"topic": "moon"}, "complaints.unknown_topic"),
        ({"cause": "moon"}, "complaints.unknown_cause"),
        ({"house_id": 77}, "complaints.no_house"),
        ({"story": "卡号 4111 1111 1111 1111 您拿去"}, "complaints.reference_card"),
        ({"story": "我的卡,密码 123456"}, "complaints.reference_pin"),
        ({"wish": "用我的卡交,密码我告诉你"}, "complaints.reference_pin"),
        ({"caller": "名" * 61}, "complaints.text_long"),
    ],
)
def test_what_cannot_stand_is_said_and_leaves_nothing(
    small_estate: Desk, fields: dict[str, object], code: str
) -> None:
    form = replace(TicketIn(matter="漏水"), **fields)  # type: ignore[arg-type]
    with pytest.raises(Refused) as told:
        intake.take(small_estate, cmd(), form)
    assert told.value.code == code
    assert told.value.sentence() != f"error.{code}"
    assert browse.tickets(small_estate) == ()
    assert take(small_estate, "101", "漏水").number == "TS-2026-000001"  # no number was lost


def test_promises_and_times_that_have_passed(small_estate: Desk) -> None:
    past = small_estate.now() - timedelta(minutes=1)
    late = replace(promise(small_estate, "马上到", hours=1), due_at=past)
    for fields, code in (
        ({"promises": (late,)}, "promise_in_past"),
        ({"promises": (replace(late, text=" "),)}, "promise_empty"),
        ({"promises": (replace(late, who=""),)}, "promise_needs_owner"),
        ({"next_contact": past}, "next_contact_in_past"),
        ({"event_at": small_estate.now() + timedelta(hours=1)}, "event_in_future"),
    ):
        with pytest.raises(Refused) as told:
            take(small_estate, "101", "漏水", **fields)
        assert told.value.code == f"complaints.{code}"


def test_a_door_code_may_be_spoken_of_in_a_story(small_estate: Desk) -> None:
    assert take(small_estate, "101", "门禁密码换了没人告诉我").number


def test_markup_and_rare_characters_stay_text(small_estate: Desk) -> None:
    view = take(small_estate, "202", "<b>=1+1</b> %s {0}", caller="赵𬱖", story="'; DROP TABLE ticket; --")
    seen = again(small_estate, view)
    assert (seen.form.matter, seen.form.caller) == ("<b>=1+1</b> %s {0}", "赵𬱖")
    assert seen.form.story == "'; DROP TABLE ticket; --"


def test_sorting_a_ticket_anew_changes_its_clocks_but_gives_no_time(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "电梯坏了", topic="lift")
    began = view.received_at
    after = later(desk, hours=5)
    form = replace(view.form, topic="power", target=Target.AUTHORITY)
    changed = intake.change(after, cmd(), view.ticket_id, view.version, form).value
    assert {clock.rule for clock in changed.clocks} == {"first_response", "settle_third_party", "water_power"}
    assert {clock.began_at for clock in changed.clocks} == {began}


def test_a_phone_that_comes_back_masked_stays_and_a_look_is_audited(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水", phone="19900000001")
    changed = intake.change(
        small_estate, cmd(), view.ticket_id, view.version, replace(view.form, wish="快来")
    ).value
    assert changed.form.wish == "快来"
    assert browse.phone_of(small_estate, view.ticket_id) == "19900000001"
    with small_estate.reading() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert "complaints.phone_seen" in acts


def test_a_colleagues_change_erases_nothing_and_names_him(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水")
    other = staffed(small_estate, SECOND, "前台2")
    intake.change(other, cmd(), view.ticket_id, view.version, replace(view.form, wish="赔偿"))
    with pytest.raises(Conflict) as told:
        intake.change(
            small_estate, cmd(), view.ticket_id, view.version, replace(view.form, story="我记的经过")
        )
    assert (told.value.values["who"], told.value.values["desk"]) == ("何敏", "前台2")
    assert again(small_estate, view).form.wish == "赔偿"


def test_who_has_it_open_is_shown_and_locks_nothing(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水")
    other = staffed(small_estate, SECOND, "前台2")
    readers, changes = presence.look(small_estate, view.ticket_id)
    assert readers == ()
    assert changes.touch("reader", view.ticket_id)
    readers, _ = presence.look(other, view.ticket_id)
    assert readers == ("林晓·前台1",)
    assert not presence.look(small_estate, view.ticket_id)[1]  # known already: no news
    assert intake.open_here(small_estate, house(small_estate, "101"))[0].readers == ("何敏·前台2",)
    presence.leave(other, view.ticket_id)
    assert again(small_estate, view).readers == ()
    assert again(later(other, minutes=5), view).readers == ()  # he stopped saying so


def test_the_talk_is_kept_with_mood_and_time(small_estate: Desk) -> None:
    desk = small_estate
    library = rules(desk).scripts
    talk = talks.start(library, desk.now(), channel=Channel.COUNTER, mood=Mood.SHOUTING)
    talk = talks.leave(library, talk, desk.now() + timedelta(seconds=90), Mood.CALM)
    view = take(desk, "101", "物业费太贵", topic="fees", talk=talk)
    assert (view.mood_before, view.mood_after) == ("shouting", "calm")


def test_every_contact_sets_the_next(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水")
    with pytest.raises(Refused) as told:
        intake.contact(small_estate, cmd(), view.ticket_id, "call_out", "师傅在路上")
    assert told.value.code == "complaints.next_contact_missing"
    ahead = small_estate.now() + timedelta(hours=2)
    said = intake.contact(small_estate, cmd(), view.ticket_id, "call_out", "师傅在路上", ahead).value
    assert said.next_contact == ahead
    assert [one.text for one in said.contacts] == ["漏水", "师傅在路上"]
    assert next(clock for clock in said.clocks if clock.rule == "first_response").met_at is not None


def test_who_calls_in_has_not_been_answered_by_calling(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水", promises=(promise(small_estate, "来人", hours=3),))
    said = intake.contact(small_estate, cmd(), view.ticket_id, "call_in", "又问了一次").value
    assert next(clock for clock in said.clocks if clock.rule == "first_response").met_at is None
    with pytest.raises(Refused):
        intake.contact(small_estate, cmd(), view.ticket_id, "pigeon", "咕")


def test_judgements_of_a_person_are_for_supervisors_alone(small_estate: Desk) -> None:
    view = take(small_estate, "101", "赔钱", grounds=Grounds.REASONABLE)
    boss = staffed(small_estate, SUPER)
    with pytest.raises(Refused) as told:
        intake.judge_person(small_estate, cmd(), view.ticket_id, view.version, Judgement(Motive.COMPENSATION))
    assert told.value.code == "staff.no_right"
    intake.judge_person(boss, cmd(), view.ticket_id, view.version, Judgement(Motive.COMPENSATION))
    assert again(boss, view).judgement.motive is Motive.COMPENSATION
    assert again(small_estate, view).judgement.motive is None
    with small_estate.reading() as session:
        told_of = session.scalars(select(History.data).where(History.act == "complaints.judged")).all()
    assert "compensation" not in str(told_of)


@pytest.mark.parametrize("number", [HELPER, AUDITOR])
def test_who_may_not_take_tickets_is_told(small_estate: Desk, number: str) -> None:
    with pytest.raises(Refused) as told:
        take(staffed(small_estate, number), "101", "漏水")
    assert told.value.code == "staff.no_right"


def test_lists_are_windows_over_the_newest(small_estate: Desk) -> None:
    for count in range(5):
        take(later(small_estate, minutes=count), "101", f"第{count}件", kind=Kind.SUGGESTION)
    first = browse.tickets(small_estate, limit=2)
    rest = browse.tickets(small_estate, limit=9, before=first[-1])
    assert [one.matter for one in (*first, *rest)] == ["第4件", "第3件", "第2件", "第1件", "第0件"]
    assert browse.by_number(small_estate, " ts-2026-000001 ") == rest[-1].ticket_id
    with pytest.raises(Refused):
        browse.by_number(small_estate, "TS-2026-999999")
