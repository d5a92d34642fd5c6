"""Closing, calling back, promises and help with a risk (C5, C7, C13, C14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from deskapp.base.assets import Assets
from deskapp.base.clock import CHINA
from deskapp.base.errors import Refused
from deskapp.domain.complaints.callback import (
    Grade,
    call_back_done,
    call_back_needed,
    clock_for,
    counts_as_satisfied,
    parse_callbacks,
)
from deskapp.domain.complaints.classes import Kind, parse_topics
from deskapp.domain.complaints.clocks import due
from deskapp.domain.complaints.closing import (
    CloseFacts,
    CloseNeed,
    Position,
    can_close,
    check_close,
    close_needs,
    family_may_close,
)
from deskapp.domain.complaints.promises import (
    PromiseAct,
    PromiseState,
    check_next_contact,
    promise,
    promise_after,
    replaced,
)
from deskapp.domain.complaints.risk import (
    Attempt,
    RiskFacts,
    RiskNeed,
    RiskyHelp,
    can_help,
    check_help,
    risk_needs,
)
from deskapp.domain.complaints.ticket import TicketState
from deskapp.domain.staff import Role
from deskapp.domain.workdays import SHIPPED_HOURS, load_calendar
from tests.domain.complaints.files import faults, parsed, text_of

FILE = "resources/rules/callbacks.toml"
RULES = parsed(FILE, parse_callbacks)
TOPICS = {topic.code: topic for topic in parsed("resources/rules/topics.toml", parse_topics)}
NOW = datetime(2026, 12, 11, 16, 0, tzinfo=CHINA)
SETTLED = CloseFacts(
    Kind.COMPLAINT,
    result="阀门换新",
    position=Position.UPHELD,
    reply="已修好",
    call_back_due=True,
    called_back=True,
)
REPLIED = TicketState.REPLIED


@pytest.mark.parametrize(
    ("changes", "needs"),
    [
        ({}, ()),
        ({"result": " "}, (CloseNeed.RESULT,)),
        ({"position": Position.NONE}, (CloseNeed.POSITION,)),
        ({"position": Position.NOT_UPHELD}, ()),
        ({"reply": ""}, (CloseNeed.REPLY,)),
        ({"called_back": False}, (CloseNeed.CALL_BACK,)),
        ({"called_back": False, "call_back_due": False}, ()),
        ({"written": True}, (CloseNeed.REPLY_APPROVED,)),
        ({"written": True, "reply_approved": True}, ()),
        ({"fault_open": True}, (CloseNeed.FAULT,)),
        ({"open_promises": 1}, (CloseNeed.PROMISES,)),
        ({"serious": True}, (CloseNeed.NAMED_PERSON, CloseNeed.INCIDENT_REPORT)),
        ({"serious": True, "named_person": "周敏", "incident_report": True}, ()),
        ({"contactable": False, "reply": "", "called_back": False}, ()),
        ({"kind": Kind.REPAIR, "position": Position.NONE}, ()),
        ({"kind": Kind.ENQUIRY, "position": Position.NONE, "result": ""}, ()),
        ({"kind": Kind.PRAISE, "position": Position.NONE, "reply": "", "call_back_due": False}, ()),
    ],
)
def test_a_close_needs_what_the_record_lacks(
    changes: dict[str, object], needs: tuple[CloseNeed, ...]
) -> None:
    facts = replace(SETTLED, **changes)  # type: ignore[arg-type]
    assert close_needs(facts) == needs
    assert can_close(REPLIED, facts) == (not needs)
    if needs:
        with pytest.raises(Refused) as caught:
            check_close(REPLIED, facts)
        assert caught.value.code == "complaints.close_needs"
        assert "complaints." not in caught.value.sentence()
    else:
        check_close(REPLIED, facts)


def test_a_settled_record_does_not_close_a_ticket_still_under_way() -> None:
    assert not can_close(TicketState.TAKEN, SETTLED)
    with pytest.raises(Refused) as caught:
        check_close(TicketState.TAKEN, SETTLED)
    assert caught.value.code == "complaints.not_now"


def test_a_family_closes_when_every_household_was_told() -> None:
    child = replace(SETTLED, result="", position=Position.NONE)  # the master's
    family = {"TS-1": child, "TS-2": replace(child, reply="")}
    assert family_may_close(TicketState.CLOSED, family) == ("TS-2",)
    assert family_may_close(TicketState.REPLIED, family) == ("TS-1", "TS-2")
    assert family_may_close(TicketState.CLOSED, {"TS-1": child}) == ()


def test_call_backs_have_their_days_by_topic() -> None:
    def until(topic: str | None) -> str:
        rule = clock_for(RULES, TOPICS[topic] if topic else None)
        found = due(rule, NOW, calendar=load_calendar(Assets()), hours=SHIPPED_HOURS)
        return f"{found.at:%m-%d %H:%M}"

    assert until("lift") == "12-13 17:00"  # two days, a Sunday counts
    assert until("leak") == "12-14 18:00"
    assert until("fees") == "12-18 18:00"
    assert until(None) == "12-18 18:00"
    fault = due(RULES.fault, NOW, calendar=load_calendar(Assets()), hours=SHIPPED_HOURS)
    assert fault.at == NOW + timedelta(hours=24)


def test_every_complaint_is_called_and_about_thirty_of_a_hundred_repairs() -> None:
    numbers = [f"TS-2026-{n:06d}" for n in range(1, 2001)]
    assert all(call_back_needed(RULES, Kind.COMPLAINT, number) for number in numbers[:50])
    drawn = [number for number in numbers if call_back_needed(RULES, Kind.REPAIR, number)]
    assert 0.26 < len(drawn) / len(numbers) < 0.34
    assert drawn == [number for number in numbers if call_back_needed(RULES, Kind.REPAIR, number)]
    assert not call_back_needed(RULES, Kind.PRAISE, numbers[0])
    assert call_back_needed(RULES, Kind.PRAISE, numbers[0], serious=True)


def test_three_calls_in_vain_are_enough_and_count_for_no_satisfaction() -> None:
    silent = Grade.NOT_REACHED
    assert not call_back_done(RULES, ())
    assert not call_back_done(RULES, (silent, silent))
    assert call_back_done(RULES, (silent, silent, silent))
    assert call_back_done(RULES, (silent, Grade.DISSATISFIED))
    assert [grade for grade in Grade if counts_as_satisfied(grade)] == [Grade.SATISFIED, Grade.ACCEPTABLE]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("complaint = 100", "complaint = 101", (9, "share.complaint", "value.out_of_range")),
        ("praise = 0", "prase = 0", (14, "share.prase", "value.unknown_key")),
        ('follow = "leak"', 'follow = "safety"', (23, "callbacks.1.follow", "value.twice")),
        ("attempts = 3", "attempts = 0", (3, "attempts", "value.out_of_range")),
    ],
)
def test_a_fault_of_the_call_back_rules_is_named(old: str, new: str, wanted: tuple[int, str, str]) -> None:
    assert wanted in faults(text_of(FILE).replace(old, new, 1), parse_callbacks)


def test_a_promise_has_an_owner_and_a_time_ahead() -> None:
    made = promise(" 师傅上门 ", "张工", NOW + timedelta(hours=2), now=NOW, otherwise="到不到都回电话")
    assert (made.what, made.state, made.late(NOW)) == ("师傅上门", PromiseState.OPEN, False)
    assert made.late(NOW + timedelta(hours=3))
    for what, owner, due_in, code in [
        ("", "张工", 1, "promise_empty"),
        ("上门", " ", 1, "promise_needs_owner"),
        ("上门", "张工", 0, "promise_in_past"),
    ]:
        with pytest.raises(Refused) as caught:
            promise(what, owner, NOW + timedelta(hours=due_in), now=NOW)
        assert caught.value.code == f"complaints.{code}"


def test_a_promise_ends_once_and_says_why() -> None:
    made = promise("上门", "张工", NOW + timedelta(hours=1), now=NOW)
    late = promise_after(made, PromiseAct.KEEP, NOW + timedelta(hours=2))
    assert late.state is PromiseState.KEPT
    assert late.late(NOW + timedelta(hours=5))
    with pytest.raises(Refused) as caught:
        promise_after(late, PromiseAct.BREAK, NOW, "忘了")
    assert caught.value.code == "complaints.promise_ended"
    assert "已兑现" in caught.value.sentence()
    for act in (PromiseAct.REPLACE, PromiseAct.RELEASE, PromiseAct.BREAK):
        with pytest.raises(Refused) as caught:
            promise_after(made, act, NOW)
        assert caught.value.code == "complaints.promise_needs_reason"
    old, new = replaced(made, NOW + timedelta(hours=4), "爆管抢修", now=NOW, owner="李工")
    assert (old.state, old.reason) == (PromiseState.REPLACED, "爆管抢修")
    assert (new.owner, new.what, new.state) == ("李工", "上门", PromiseState.OPEN)


def test_every_contact_sets_the_next_one_while_the_ticket_is_open() -> None:
    ahead = promise("上门", "张工", NOW + timedelta(hours=1), now=NOW)
    check_next_contact(ticket_open=True, next_contact=NOW + timedelta(hours=3), promises=(), now=NOW)
    check_next_contact(ticket_open=True, next_contact=None, promises=(ahead,), now=NOW)
    check_next_contact(ticket_open=False, next_contact=None, promises=(), now=NOW)
    kept = promise_after(ahead, PromiseAct.KEEP, NOW)
    for promises, moment in [((), NOW), ((kept,), NOW), ((ahead,), NOW + timedelta(hours=2))]:
        with pytest.raises(Refused) as caught:
            check_next_contact(ticket_open=True, next_contact=None, promises=promises, now=moment)
        assert caught.value.code == "complaints.next_contact_missing"
    with pytest.raises(Refused) as caught:
        check_next_contact(ticket_open=True, next_contact=NOW, promises=(), now=NOW)
    assert caught.value.code == "complaints.next_contact_in_past"


CALL = Attempt("业主手机", NOW, "无人接听")
WINDOW = RiskFacts(
    RiskyHelp.OPEN_HOME,
    identity="身份证原件",
    house="档案登记与产权证",
    tried=(Attempt("开锁公司", NOW, "半小时到"),),
    risks_told="门锁可能损坏",
    decider="周敏",
    decider_role=Role.SUPERVISOR,
)
FORCED = RiskFacts(
    RiskyHelp.FORCED_ENTRY,
    house="3#2单元1804",
    reason="烟感报警,闻到焦味",
    tried=(CALL, Attempt("紧急联系人", NOW, "关机")),
    witness="民警与邻居",
    risks_told="门锁损坏由物业先行修复",
    decider="陈经理",
    decider_role=Role.MANAGER,
)


def test_the_window_is_opened_only_to_whose_it_is() -> None:
    assert can_help(WINDOW)
    assert risk_needs(replace(WINDOW, house="")) == (RiskNeed.HOUSE,)
    assert risk_needs(replace(WINDOW, identity=" ")) == (RiskNeed.IDENTITY,)
    assert risk_needs(RiskFacts(RiskyHelp.OPEN_HOME)) == (
        RiskNeed.IDENTITY, RiskNeed.HOUSE, RiskNeed.TRIED, RiskNeed.RISKS_TOLD, RiskNeed.DECIDER
    )  # fmt: skip


def test_a_clerk_does_not_decide() -> None:
    for role in (Role.CLERK, Role.STATION, Role.AUDITOR, Role.ADMINISTRATOR, None):
        assert risk_needs(replace(WINDOW, decider_role=role)) == (RiskNeed.DECIDER,)


def test_a_door_is_forced_after_two_calls_with_a_witness() -> None:
    check_help(FORCED)
    assert risk_needs(replace(FORCED, tried=(CALL,))) == (RiskNeed.TRIED,)
    assert risk_needs(replace(FORCED, tried=(CALL, Attempt("", NOW, "")))) == (RiskNeed.TRIED,)
    with pytest.raises(Refused) as caught:
        check_help(replace(FORCED, witness=""))
    assert caught.value.code == "complaints.risk_needs"
    assert "见证人" in caught.value.sentence()


def test_nothing_is_told_of_a_resident_without_his_word() -> None:
    asked = RiskFacts(
        RiskyHelp.GIVE_INFORMATION, identity="工作证", reason="送医", tried=(CALL,), decider="周敏"
    )
    asked = replace(asked, decider_role=Role.SUPERVISOR)
    assert risk_needs(asked) == (RiskNeed.CONSENT,)
    assert can_help(replace(asked, consent="本人电话同意 16:02"))


def test_the_follow_up_is_asked_for_at_the_close_not_at_the_door() -> None:
    for facts in (WINDOW, FORCED):
        assert can_help(facts)
        assert risk_needs(facts, closing=True) == (RiskNeed.APOLOGY, RiskNeed.FOLLOW_UP)
        assert risk_needs(replace(facts, apology="当面致歉"), closing=True) == (RiskNeed.FOLLOW_UP,)
        check_help(replace(facts, apology="当面致歉", follow_up="换新锁"), closing=True)


def test_everything_missing_is_said_in_one_sentence() -> None:
    nothing = CloseFacts(Kind.COMPLAINT, call_back_due=True, serious=True, open_promises=2)
    with pytest.raises(Refused) as caught:
        check_close(REPLIED, nothing, WINDOW)
    said = caught.value.sentence()
    wanted = (
        "办理结果",
        "物业的意见",
        "给住户的答复",
        "回访",
        "没兑现的承诺",
        "专人",
        "书面报告",
        "致歉",
        "后续",
    )
    assert all(word in said for word in wanted), said
    assert said.count("。") == 1
    check_close(REPLIED, SETTLED, replace(WINDOW, apology="当面致歉", follow_up="换新锁"))
    with pytest.raises(Refused) as caught:
        check_close(REPLIED, SETTLED, WINDOW)
    assert "致歉" in caught.value.sentence()
