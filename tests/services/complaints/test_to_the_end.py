"""Dispatch, reply, call back, close, reopen; written complaints; quarrels and risky help (C12-C16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.base.errors import Conflict, Refused
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.promises import PromiseState
from deskapp.domain.complaints.risk import Attempt, RiskFacts, RiskNeed, RiskyHelp
from deskapp.domain.complaints.ticket import TicketState
from deskapp.services.complaints import closing, disputes, handling, ledger, risks
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.disputes import PartyIn, SignedIn
from deskapp.services.complaints.views import FactsIn, TicketView
from deskapp.services.desk import Desk
from tests.services.complaints.desks import (
    SECOND,
    SUPER,
    again,
    cmd,
    house,
    later,
    promise,
    replied,
    staffed,
    take,
    word,
)


def dispatched(desk: Desk, view: TicketView, hours: float = 4) -> TicketView:
    due = desk.now() + timedelta(hours=hours)
    return handling.dispatch(desk, cmd(), view.ticket_id, view.version, "engineering", due).value


def test_the_way_of_a_ticket_through_a_department(small_estate: Desk) -> None:
    desk = small_estate
    sent = dispatched(desk, take(desk, "101", "漏水", topic="leak"))
    taken = handling.taken(later(desk, minutes=10), cmd(), sent.ticket_id, sent.version, "张师傅").value
    assert (taken.state, taken.dispatches[0].person) == (TicketState.TAKEN, "张师傅")
    with pytest.raises(Refused) as told:
        handling.sign_report(desk, cmd(), sent.ticket_id, taken.version, "工程主管")
    assert told.value.code == "complaints.report_empty"
    said = handling.report(
        later(desk, hours=2), cmd(), sent.ticket_id, taken.version, "换了角阀", "张师傅"
    ).value
    assert said.state is TicketState.TAKEN  # it counts when its head has signed
    signed = handling.sign_report(later(desk, hours=2), cmd(), sent.ticket_id, said.version, "工程主管").value
    assert (signed.state, signed.result) == (TicketState.DONE, "换了角阀")
    end = handling.reply(
        later(desk, hours=3),
        cmd(),
        sent.ticket_id,
        signed.version,
        "角阀换好了,不漏了",
        "call_out",
        position=Position.UPHELD,
    ).value
    assert (end.state, end.dispatches[0].resident_told_at) == (
        TicketState.REPLIED,
        later(desk, hours=3).now(),
    )
    [back] = end.call_backs
    assert back.due_at.date() == (desk.now() + timedelta(days=3)).date()  # a leak: within three days
    done = closing.call_back(
        later(desk, days=1), cmd(), end.ticket_id, end.version, CallBackIn(Grade.SATISFIED, opinion="挺好")
    ).value
    closed = closing.close(later(desk, days=1), cmd(), end.ticket_id, done.version).value
    assert (closed.state, closed.missing) == (TicketState.CLOSED, ())
    assert closed.receiver == "林晓"  # first to ask stays responsible


def test_a_refused_dispatch_comes_back_with_its_reason(small_estate: Desk) -> None:
    desk = small_estate
    sent = dispatched(desk, take(desk, "101", "漏水", topic="leak"))
    with pytest.raises(Refused) as told:
        handling.refuse(desk, cmd(), sent.ticket_id, sent.version, " ")
    assert told.value.code == "complaints.act_needs"
    back = handling.refuse(desk, cmd(), sent.ticket_id, sent.version, "是开发商保修期内").value
    assert (back.state, back.dispatches[0].reason) == (TicketState.REFUSED, "是开发商保修期内")
    due = desk.now() + timedelta(days=1)
    other = handling.dispatch(desk, cmd(), back.ticket_id, back.version, "developer", due).value
    assert [one.state for one in other.dispatches] == ["refused", "dispatched"]


@pytest.mark.parametrize(
    ("department", "hours", "code"), [("moon", 4, "unknown_department"), ("engineering", -1, "due_in_past")]
)
def test_a_dispatch_needs_a_department_and_a_time_ahead(
    small_estate: Desk, department: str, hours: int, code: str
) -> None:
    view = take(small_estate, "101", "漏水")
    with pytest.raises(Refused) as told:
        handling.dispatch(
            small_estate,
            cmd(),
            view.ticket_id,
            view.version,
            department,
            small_estate.now() + timedelta(hours=hours),
        )
    assert told.value.code == f"complaints.{code}"


def test_no_close_without_result_position_reply_and_call_back(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", topic="leak")
    assert set(view.missing) >= {"result", "position", "reply", "call_back"}
    done = replied(desk, view, Position.NONE)
    with pytest.raises(Refused) as told:
        closing.close(desk, cmd(), done.ticket_id, done.version)
    assert told.value.code == "complaints.close_needs"
    with pytest.raises(Refused) as told:
        closing.close(desk, cmd(), done.ticket_id, done.version, Position.NONE)
    assert "立场" in told.value.sentence() or "态度" in told.value.sentence() or told.value.values["need"]
    asked = closing.call_back(desk, cmd(), done.ticket_id, done.version, CallBackIn(Grade.ACCEPTABLE)).value
    assert closing.close(desk, cmd(), done.ticket_id, asked.version, Position.EXPLAINED).value.closed_at


def test_a_fault_found_goes_back_within_its_time_and_counts_as_reopened(small_estate: Desk) -> None:
    desk = small_estate
    sent = dispatched(desk, take(desk, "101", "漏水", topic="leak"))
    said = handling.report(desk, cmd(), sent.ticket_id, sent.version, "换了角阀", "张师傅").value
    done = handling.sign_report(desk, cmd(), sent.ticket_id, said.version, "工程主管").value
    told = handling.reply(
        desk, cmd(), done.ticket_id, done.version, "修好了", "call_out", position=Position.UPHELD
    ).value
    after = later(desk, days=1)
    back = closing.call_back(
        after,
        cmd(),
        told.ticket_id,
        told.version,
        CallBackIn(Grade.DISSATISFIED, fault="又滴水了"),
    ).value
    assert (back.state, back.reopened) == (TicketState.DISPATCHED, 1)
    assert back.call_backs[0].fault_due == after.now() + timedelta(hours=24)
    assert back.dispatches[-1].due_at == after.now() + timedelta(hours=24)
    settle = next(clock for clock in back.clocks if clock.rule == "settle_residents")
    assert (settle.met_at, settle.began_at) == (None, after.now())


def test_nobody_answers_until_the_attempts_are_used_up(small_estate: Desk) -> None:
    desk = small_estate
    view = replied(desk, take(desk, "101", "漏水", topic="leak"))
    with pytest.raises(Refused) as told:
        closing.call_back(
            desk, cmd(), view.ticket_id, view.version, CallBackIn(Grade.NOT_REACHED, fault="滴水")
        )
    assert told.value.code == "complaints.fault_and_unreached"
    tries = 0
    while "call_back" in view.missing:
        tries += 1
        view = closing.call_back(
            later(desk, hours=tries), cmd(), view.ticket_id, view.version, CallBackIn(Grade.NOT_REACHED)
        ).value
    assert tries > 1
    assert view.state is TicketState.CALLED_BACK
    assert closing.close(desk, cmd(), view.ticket_id, view.version).value.closed_at


def test_a_reopened_ticket_keeps_its_number_and_counts(small_estate: Desk) -> None:
    desk = small_estate
    view = replied(desk, take(desk, "101", "漏水", topic="leak"))
    back = closing.call_back(desk, cmd(), view.ticket_id, view.version, CallBackIn(Grade.SATISFIED)).value
    shut = closing.close(desk, cmd(), view.ticket_id, back.version).value
    with pytest.raises(Refused) as told:
        closing.reopen(desk, cmd(), view.ticket_id, shut.version, "")
    assert told.value.code == "complaints.act_needs"
    after = later(desk, days=5)
    new = closing.reopen(after, cmd(), view.ticket_id, shut.version, "又漏了").value
    assert (new.number, new.reopened, new.state) == (view.number, 1, TicketState.RECEIVED)
    assert {"result", "reply", "call_back"} <= set(new.missing)
    settle = next(clock for clock in new.clocks if clock.rule == "settle_residents")
    assert settle.began_at == after.now()


def test_a_written_complaint_is_answered_in_the_words_the_supervisor_approved(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "花园围起来了", topic="illegal_structure", channel=Channel.LETTER)
    assert view.reply_needs_approval
    done = handling.settle(desk, cmd(), view.ticket_id, view.version, "已劝停").value
    with pytest.raises(Refused) as told:
        handling.reply(desk, cmd(), done.ticket_id, done.version, "已劝停", "letter")
    assert told.value.code == "complaints.reply_not_approved"
    draft = handling.propose_reply(desk, cmd(), done.ticket_id, done.version, "我们已经劝停").value
    with pytest.raises(Refused) as told:
        handling.approve_reply(desk, cmd(), done.ticket_id, draft.version)
    assert told.value.code == "staff.no_right"
    boss = staffed(desk, SUPER)
    good = handling.approve_reply(boss, cmd(), done.ticket_id, draft.version).value
    with pytest.raises(Refused):
        handling.reply(boss, cmd(), done.ticket_id, good.version, "别的话", "letter")
    sent = handling.reply(boss, cmd(), done.ticket_id, good.version, "", "letter").value
    assert (sent.reply, sent.state) == ("我们已经劝停", TicketState.REPLIED)


def test_a_serious_case_needs_its_person_and_its_report_before_the_close(small_estate: Desk) -> None:
    desk = small_estate
    view = replied(desk, take(desk, "101", "有人受伤", facts=FactsIn(injury=True)))
    assert {"named_person", "incident_report"} <= set(view.missing)
    named = closing.name_person(desk, cmd(), view.ticket_id, view.version, "顾远").value
    assert "named_person" not in named.missing
    with pytest.raises(Refused):
        closing.name_person(desk, cmd(), view.ticket_id, named.version, " ")


def test_promises_are_kept_moved_or_ended_with_a_reason(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "漏水", promises=(promise(desk, "六点前到", hours=2),))
    first = view.promises[0]
    with pytest.raises(Refused) as told:
        ledger.move_promise(desk, cmd(), first.promise_id, later(desk, hours=4).now(), " ")
    assert told.value.code == "complaints.promise_needs_reason"
    moved = ledger.move_promise(
        desk, cmd(), first.promise_id, later(desk, hours=4).now(), "爆管抢修,已电话告知"
    ).value
    assert [one.state for one in moved.promises] == [PromiseState.REPLACED, PromiseState.OPEN]
    assert moved.next_contact == later(desk, hours=4).now()
    late = later(desk, hours=5)
    kept = ledger.keep_promise(late, cmd(), moved.promises[1].promise_id).value
    assert (kept.promises[1].state, kept.promises[1].late) == (PromiseState.KEPT, True)
    with pytest.raises(Refused) as told:
        ledger.break_promise(late, cmd(), kept.promises[1].promise_id, "忘了")
    assert told.value.code == "complaints.promise_ended"
    more = ledger.promise(late, cmd(), view.ticket_id, promise(late, "再来一趟", hours=1)).value
    assert "promises" in more.missing
    gone = ledger.release_promise(late, cmd(), more.promises[-1].promise_id, "住户说不用了").value
    assert "promises" not in gone.missing


def test_a_stale_act_is_told_and_does_nothing(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水")
    dispatched(staffed(small_estate, SECOND, "前台2"), view)
    with pytest.raises(Conflict) as told:
        handling.settle(small_estate, cmd(), view.ticket_id, view.version, "好了")
    assert told.value.values["who"] == "何敏"
    assert again(small_estate, view).state is TicketState.DISPATCHED


def test_an_act_repeated_is_done_once(small_estate: Desk) -> None:
    view, command = take(small_estate, "101", "漏水"), cmd()
    due = small_estate.now() + timedelta(hours=1)
    for _ in range(2):
        sent = handling.dispatch(
            small_estate, command, view.ticket_id, view.version, "engineering", due
        ).value
    assert len(sent.dispatches) == 1


def test_withdrawn_it_is_open_no_more(small_estate: Desk) -> None:
    view = take(small_estate, "101", "漏水")
    gone = closing.withdraw(small_estate, cmd(), view.ticket_id, view.version, "自家没关紧").value
    assert (gone.state, gone.next_contact) == (TicketState.WITHDRAWN, None)
    assert all(clock.met_at for clock in gone.clocks)


def test_the_file_of_a_quarrel_holds_parties_talks_and_signatures(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "101", "楼上吵", topic="noise")
    one = PartyIn("王䶮", house(desk, "101"), "complainant")
    with pytest.raises(Refused) as told:
        disputes.save_dispute(desk, cmd(), view.ticket_id, 0, [one], "半夜麻将")
    assert told.value.code == "complaints.parties_missing"
    with pytest.raises(Refused) as told:
        disputes.add_talk(desk, cmd(), view.ticket_id, whom="楼上", text="答应十点后不打")
    assert told.value.code == "complaints.no_dispute"
    other = PartyIn("王䶮", house(desk, "201"), "other_party")
    kept = disputes.save_dispute(desk, cmd(), view.ticket_id, 0, [one, other], "半夜麻将").value
    assert [party.label for party in kept.parties] == ["1#1单元101", "1#1单元201"]
    talked = disputes.add_talk(
        desk, cmd(), view.ticket_id, whom="楼上", text="答应十点后不打", present="居委会李主任"
    ).value
    with pytest.raises(Conflict):
        disputes.settle_dispute(
            desk, cmd(), view.ticket_id, kept.version + 7, "和解", [SignedIn("王䶮", "owner")]
        )
    end = disputes.settle_dispute(
        desk,
        cmd(),
        view.ticket_id,
        talked.version,
        "和解",
        [SignedIn("王䶮", "owner"), SignedIn("李主任", "committee")],
    ).value
    assert [signed.name for signed in end.signatures] == ["王䶮", "李主任"]
    assert end.talks[0].present == "居委会李主任"
    assert disputes.dispute(desk, view.ticket_id) == end


def test_nobody_opens_a_flat_before_everything_is_on_file(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "202", "钥匙锁家里了", topic="locked_out", kind=Kind.HELP)
    with pytest.raises(Refused) as told:
        risks.help_given(desk, cmd(), view.ticket_id)
    assert told.value.code == "complaints.no_risk_file"
    facts = RiskFacts(help=RiskyHelp.OPEN_HOME)
    kept = risks.save_risk(desk, cmd(), view.ticket_id, 0, facts, None).value
    assert RiskNeed.IDENTITY in kept.missing
    with pytest.raises(Refused) as told:
        risks.help_given(desk, cmd(), view.ticket_id)
    assert told.value.code == "complaints.risk_needs"
    whole = replace(
        facts,
        identity="身份证原件",
        house="档案登记与门牌一致",
        tried=(Attempt("联系开锁公司", desk.now(), "四十分钟后到"),),
        risks_told="可能损坏窗框,本人知悉",
    )
    kept = risks.save_risk(desk, cmd(), view.ticket_id, kept.version, whole, house(desk, "202")).value
    assert kept.missing == (RiskNeed.DECIDER,)
    assert kept.owners == ("陈<b>强</b>",)
    with pytest.raises(Refused):
        risks.decide(desk, cmd(), view.ticket_id, replace(word(), secret="wrong-secret-1"))
    risks.decide(desk, cmd(), view.ticket_id, word())
    done = risks.help_given(desk, cmd(), view.ticket_id).value
    assert done.done_by == "林晓"
    with pytest.raises(Refused) as told:
        risks.save_risk(
            desk,
            cmd(),
            view.ticket_id,
            done.version,
            replace(done.facts, house="邻居说是"),
            house(desk, "202"),
        )
    assert told.value.code == "complaints.risk_done"
    told_to = replied(desk, again(desk, view))
    if "call_back" in told_to.missing:
        told_to = closing.call_back(
            desk, cmd(), told_to.ticket_id, told_to.version, CallBackIn(Grade.SATISFIED)
        ).value
    with pytest.raises(Refused) as told:
        closing.close(desk, cmd(), told_to.ticket_id, told_to.version)
    assert told.value.code == "complaints.close_needs"  # apology and follow-up are missing
    assert "致歉" in told.value.sentence()
    after = risks.risk(desk, view.ticket_id)
    assert after is not None
    follow = replace(after.facts, apology="当面向隔壁致歉", follow_up="次日换好窗扣")
    risks.save_risk(desk, cmd(), view.ticket_id, after.version, follow, house(desk, "202"))
    assert closing.close(desk, cmd(), told_to.ticket_id, again(desk, told_to).version).value.closed_at
