"""The papers of tickets and incidents: one number, what is on record, nobody recognisable (C3, C13-C18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from deskapp.base.clock import SetClock
from deskapp.base.errors import Refused
from deskapp.db.tables.record import AuditEntry, Document
from deskapp.domain import documents as paper
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import Channel, Judgement, Kind, Motive, PersonKind, Place, Target
from deskapp.domain.complaints.closing import Position
from deskapp.domain.documents import from_json
from deskapp.domain.staff import Role
from deskapp.services.complaints import closing, disputes, family, handling, incidents, intake, ledger, papers
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.disputes import PartyIn, SignedIn
from deskapp.services.complaints.values import bulletin
from deskapp.services.complaints.views import FactsIn, PromiseIn, TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.documents import preview, printed
from deskapp.services.keeping import check
from deskapp.services.opening import PROGRAM, seat
from tests.services.estates import house_id, on_day
from tests.services.test_whole_way import text_of

ROOM = "1#1单元301"


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code


def new() -> str:
    return str(uuid4())


def leak(desk: Desk, **changes: object) -> TicketView:
    form = TicketIn(
        house_id=house_id(desk, ROOM),
        caller="李&王",
        phone="19900000004",
        matter="厨房漏水",
        story="厨房顶上滴水,楼下已经找上来两回了 <b>",
        place=Place.INDOORS,
        place_text="厨房",
        topic="leak",
        target=Target.MANAGEMENT,
        promises=(PromiseIn("师傅上门查漏", "张工", desk.now() + timedelta(hours=2)),),
    )
    return intake.take(desk, new(), replace(form, **changes)).value  # type: ignore[arg-type]


def after(desk: Desk, **step: float) -> Desk:
    return replace(desk, clock=SetClock(desk.now() + timedelta(**step)))


def to_the_call_back(at_first: Desk, view: TicketView) -> TicketView:
    desk, due = after(at_first, minutes=10), at_first.now() + timedelta(hours=4)
    view = handling.dispatch(desk, new(), view.ticket_id, view.version, "engineering", due).value
    desk = after(desk, minutes=10)
    view = handling.taken(desk, new(), view.ticket_id, view.version, "张工").value
    desk = after(desk, hours=1)
    view = handling.report(desk, new(), view.ticket_id, view.version, "接口已封堵", "张工").value
    view = handling.sign_report(desk, new(), view.ticket_id, view.version, "工程主管").value
    desk = after(desk, minutes=10)
    for one in view.promises:
        view = ledger.keep_promise(desk, new(), one.promise_id).value
    said, how = "接口修好了,三天内回访", "call_out"
    view = handling.reply(
        desk, new(), view.ticket_id, view.version, said, how, position=Position.UPHELD
    ).value
    desk = after(desk, hours=20)
    spoken = CallBackIn(Grade.ACCEPTABLE, asked="李&王", opinion="不漏了,就是慢")
    return closing.call_back(desk, new(), view.ticket_id, view.version, spoken).value


def values_of(desk: Desk, number: str) -> object:
    with desk.reading() as session:
        row = session.scalars(select(Document).where(Document.number == number)).one()
        return from_json(row.form, row.values["values"])


def test_the_record_of_a_ticket_bears_its_number_and_tells_its_course(small_estate: Desk) -> None:
    taken = leak(small_estate)
    first = papers.issue(small_estate, new(), taken.ticket_id, "complaint").value
    assert first.number == taken.number
    done = to_the_call_back(small_estate, taken)
    small_estate = after(small_estate, hours=30)
    closed = closing.close(small_estate, new(), done.ticket_id, done.version).value
    again = papers.issue(small_estate, new(), taken.ticket_id, "complaint").value
    assert again.number == f"{taken.number}-2"
    assert [one.number for one in intake.ticket(small_estate, closed.ticket_id).documents] == [
        first.number,
        again.number,
    ]
    found = values_of(small_estate, again.number)
    assert isinstance(found, paper.Complaint)
    assert (found.ticket, found.phone, found.place) == (taken.number, "19900000004", "户内 厨房")
    acts = [line.act for line in found.course]
    assert acts == ["received", "dispatch", "take", "report", "sign", "reply", "call_back", "close"]
    assert {line.state for line in found.clocks} == {"met"}
    assert [line.state for line in found.dispatches] == ["signed"]
    assert (found.position, found.result, found.dispatches[0].signed_by) == (
        "upheld",
        "接口已封堵",
        "工程主管",
    )
    text = text_of(printed(small_estate, new(), again.number).value.pdf)
    for piece in ("李&王", "<b>", "接口已封堵", "基本满意", taken.number):
        assert piece in text
    assert check(small_estate.staffed_by(PROGRAM)) == ()


def test_a_judgement_and_the_heat_of_a_talk_are_on_no_paper(small_estate: Desk) -> None:
    supervisor = seat(small_estate, "3001")
    taken = leak(small_estate)
    judged = intake.judge_person(
        supervisor,
        new(),
        taken.ticket_id,
        taken.version,
        Judgement(Motive.COMPENSATION, PersonKind.PROFESSIONAL),
    ).value
    number = papers.issue(supervisor, new(), judged.ticket_id, "complaint").value.number
    text = text_of(preview(supervisor, number).pdf)
    for word in ("求补偿", "熟悉法规", "compensation", "professional", "judged"):
        assert word not in text


def test_a_paper_asked_for_twice_by_one_click_is_issued_once(small_estate: Desk) -> None:
    taken, click = leak(small_estate), new()
    first = papers.issue(small_estate, click, taken.ticket_id, "complaint")
    second = papers.issue(small_estate, click, taken.ticket_id, "complaint")
    assert (second.value, bool(second.changes)) == (first.value, False)


def test_feedback_and_call_back_hold_what_the_resident_said(small_estate: Desk) -> None:
    taken = leak(small_estate)
    with refused("complaints.not_called_back") as early:
        papers.issue(small_estate, new(), taken.ticket_id, "call-back")
    assert taken.number in early.value.sentence()
    done = to_the_call_back(small_estate, taken)
    feedback = values_of(
        small_estate, papers.issue(small_estate, new(), done.ticket_id, "complaint-feedback").value.number
    )
    assert isinstance(feedback, paper.ComplaintFeedback)
    assert (feedback.satisfaction, feedback.opinion) == ("acceptable", "不漏了,就是慢")
    assert feedback.department == "工程维修部"
    number = papers.issue(small_estate, new(), done.ticket_id, "call-back").value.number
    assert "不漏了" in text_of(preview(small_estate, number).pdf)


def test_a_bulletin_is_proposed_without_story_name_or_room(small_estate: Desk) -> None:
    done = to_the_call_back(small_estate, leak(small_estate))
    draft = papers.bulletin_draft(small_estate, done.ticket_id)
    assert draft.area == "1栋1单元"
    assert "工程维修部" in draft.handling
    number = papers.issue(small_estate, new(), done.ticket_id, "complaint-bulletin").value.number
    text = text_of(preview(small_estate, number).pdf)
    for shown in ("301", "李", "19900000004", "滴水"):
        assert shown not in text


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ("matter", "301室厨房漏水"),
        ("handling", "李&王家的接口已更换"),
        ("result", "已电话告知 199 0000 0004"),
        ("area", "1栋1单元301"),
    ],
)
def test_a_bulletin_that_shows_who_complained_is_not_issued(
    small_estate: Desk, item: str, written: str
) -> None:
    done = to_the_call_back(small_estate, leak(small_estate))
    draft = papers.bulletin_draft(small_estate, done.ticket_id)
    worded = replace(draft, **{item: written})  # type: ignore[arg-type]
    with refused("complaints.recognisable") as shown:
        papers.issue(small_estate, new(), done.ticket_id, "complaint-bulletin", worded)
    assert shown.value.values["item"] == item
    assert intake.ticket(small_estate, done.ticket_id).documents == ()


def test_a_bulletin_without_a_result_says_what_it_lacks(small_estate: Desk) -> None:
    taken = leak(small_estate)
    with refused("complaints.bulletin_empty") as bare:
        papers.issue(small_estate, new(), taken.ticket_id, "complaint-bulletin")
    assert "处理经过、处理结果" in bare.value.sentence()


def test_a_bulletin_has_all_its_eleven_items(small_estate: Desk) -> None:
    done = to_the_call_back(small_estate, leak(small_estate))
    draft = papers.bulletin_draft(small_estate, done.ticket_id)
    assert all(getattr(draft, item) for item in papers.ITEMS)
    for item in papers.ITEMS:
        with refused("complaints.bulletin_empty") as told:
            without = replace(draft, **{item: "  "})
            papers.issue(small_estate, new(), done.ticket_id, "complaint-bulletin", without)
        assert f"complaints.bulletin.{item}" in told.value.values["item"].keys
        assert "complaints." not in told.value.sentence()


def test_an_area_of_few_households_is_not_named(small_estate: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done = to_the_call_back(small_estate, leak(small_estate))
    monkeypatch.setattr(bulletin, "FEWEST", 11)  # as many as the entrance has
    assert papers.bulletin_draft(small_estate, done.ticket_id).area == "1栋1单元"
    monkeypatch.setattr(bulletin, "FEWEST", 12)
    assert papers.bulletin_draft(small_estate, done.ticket_id).area == "本小区"


def test_the_other_side_of_a_quarrel_is_not_on_the_board_either(small_estate: Desk) -> None:
    taken = to_the_call_back(small_estate, leak(small_estate, topic="noise"))
    parties = (
        PartyIn("李&王", house_id(small_estate, ROOM), "complainant"),
        PartyIn("阿依古丽·买买提", house_id(small_estate, "1#1单元401"), "other_party"),
    )
    filed = disputes.save_dispute(small_estate, new(), taken.ticket_id, 0, parties, "夜里打牌").value
    disputes.add_talk(
        small_estate, new(), taken.ticket_id, whom="双方", text="约定十点后不打牌", present="居委会 孟主任"
    )
    filed = disputes.dispute(small_estate, taken.ticket_id) or filed
    disputes.settle_dispute(
        small_estate,
        new(),
        taken.ticket_id,
        filed.version,
        "试行一周",
        [
            SignedIn("李&王", "complainant"),
            SignedIn("阿依古丽·买买提", "other_party"),
            SignedIn("孟主任", "居委会"),
        ],
    )
    worded = replace(
        papers.bulletin_draft(small_estate, taken.ticket_id), handling="已请阿依古丽·买买提夜里十点后停"
    )
    with refused("complaints.recognisable"):
        papers.issue(small_estate, new(), taken.ticket_id, "complaint-bulletin", worded)
    number = papers.issue(small_estate, new(), taken.ticket_id, "neighbour-dispute").value.number
    found = values_of(small_estate, number)
    assert isinstance(found, paper.NeighbourDispute)
    assert [party.side for party in found.parties] == ["complainant", "other"]
    assert [one.name for one in found.took_part] == ["孟主任"]
    assert "阿依古丽·买买提" in text_of(preview(small_estate, number).pdf)


def test_a_quarrel_without_a_file_has_no_paper(small_estate: Desk) -> None:
    with refused("complaints.no_dispute"):
        papers.issue(small_estate, new(), leak(small_estate).ticket_id, "neighbour-dispute")


def test_the_report_of_a_serious_case_is_one_of_its_duties(small_estate: Desk) -> None:
    taken = leak(small_estate, facts=FactsIn(injury=True, loss=Decimal("1200.50")), channel=Channel.PHONE)
    assert taken.severity.serious
    assert "incident_report" in taken.missing
    report = papers.issue(small_estate, new(), taken.ticket_id, "incident-report").value
    assert "incident_report" not in intake.ticket(small_estate, taken.ticket_id).missing
    found = values_of(small_estate, report.number)
    assert isinstance(found, paper.IncidentReport)
    assert (found.incident, found.injured, found.loss) == (taken.number, 1, Decimal("1200.50"))
    assert [one.house for one in found.households] == [ROOM]


def test_losses_of_a_mass_case_stand_house_by_house(small_estate: Desk) -> None:
    taken = leak(small_estate, kind=Kind.COMPLAINT)
    made = incidents.make_incident(small_estate, new(), taken.ticket_id, "地下室进水").value
    others = [house_id(small_estate, f"1#1单元{room}") for room in ("401", "402")]
    made = incidents.add_affected(small_estate, new(), made.brief.incident_id, others).value
    for one in made.affected:
        incidents.set_loss(
            small_estate,
            new(),
            made.brief.incident_id,
            one.house_id,
            one.version,
            description="被褥",
            loss=Decimal("100.00"),
            claim=Decimal("250.10"),
        )
    number = papers.issue(small_estate, new(), made.brief.incident_id, "loss-register").value.number
    found = values_of(small_estate, number)
    assert isinstance(found, paper.LossRegister)
    assert (found.counted, found.claimed, found.paid) == (3, Decimal("750.30"), Decimal("0.00"))
    assert {line.paid for line in found.houses} == {None}
    assert all("****" in line.phone for line in found.houses)


def test_a_message_is_a_list_to_call_through_and_a_correction_names_what_it_corrects(
    small_estate: Desk,
) -> None:
    taken = leak(small_estate)
    incident = incidents.make_incident(small_estate, new(), taken.ticket_id).value.brief.incident_id
    incidents.add_affected(small_estate, new(), incident, [house_id(small_estate, "1#1单元302")])
    first = family.send_message(small_estate, new(), incident, "周一核实损失").value
    family.told(small_estate, new(), first.message_id, house_id(small_estate, ROOM), "call_out")
    second = family.send_message(small_estate, new(), incident, "改到周二", replaces=first.message_id).value
    command = new()
    number = papers.issue_message_list(small_estate, command, first.message_id).value.number
    assert papers.issue_message_list(small_estate, command, first.message_id).value.number == number
    found = values_of(small_estate, number)
    assert isinstance(found, paper.MessageList)
    assert (found.text, found.replaces, found.counted) == ("周一核实损失", "", 2)
    told = {line.house: line.told_at is not None for line in found.houses}
    assert told == {ROOM: True, "1#1单元302": False}
    phones = [line.phone for line in found.houses if line.phone]
    assert phones
    assert not any("*" in phone for phone in phones)  # it is there to be called by
    assert "phones_printed" in audit_acts(small_estate)
    again = values_of(
        small_estate, papers.issue_message_list(small_estate, new(), second.message_id).value.number
    )
    assert isinstance(again, paper.MessageList)
    assert (again.replaces, {line.told_at for line in again.houses}) == ("周一核实损失", {None})
    with refused("complaints.no_message"):
        papers.issue_message_list(small_estate, new(), 7)
    auditor = seat(on_day(small_estate), "6001")
    with refused("staff.no_right"):
        papers.issue_message_list(auditor, new(), first.message_id)


def audit_acts(desk: Desk) -> str:
    with desk.reading() as session:
        return " ".join(session.scalars(select(AuditEntry.act)))


def test_papers_refuse_what_they_cannot_be_about(small_estate: Desk) -> None:
    taken = leak(small_estate)
    made = incidents.make_incident(small_estate, new(), taken.ticket_id).value
    for subject, form, code in (
        (1, "complaint", "complaints.no_ticket"),
        (made.brief.incident_id, "complaint", "complaints.no_ticket"),
        (taken.ticket_id, "fee-receipt", "print.no_form"),
        (1, "loss-register", "complaints.no_ticket"),
    ):
        with refused(code):
            papers.issue(small_estate, new(), subject, form)
    helper = seat(on_day(small_estate), "2001")
    assert helper.member.role is Role.STATION
    with refused("staff.no_right"):
        papers.issue(helper, new(), taken.ticket_id, "complaint")


def test_evidence_and_loss_stand_on_the_record(small_estate: Desk) -> None:
    details = {"witnesses": "楼下住户", "loss": "地板六块 <b>"}
    view = leak(small_estate, details=details)
    number = papers.issue(small_estate, new(), view.ticket_id, "complaint").value.number
    text = text_of(preview(small_estate, number).pdf)
    assert "证人：楼下住户；损失：地板六块 <b>" in text
    assert "涉及员工行为" not in text


def test_a_complaint_about_staff_has_a_part_of_its_own_and_praise_has_none(small_estate: Desk) -> None:
    details = {"witnesses": "李阿姨", "course": "问了三遍没人抬头"}
    about_staff = leak(small_estate, topic="staff", details=details)
    praise = leak(small_estate, kind=Kind.PRAISE, topic="staff", story="帮我抬冰箱")
    texts = []
    for view in (about_staff, praise):
        number = papers.issue(small_estate, new(), view.ticket_id, "complaint").value.number
        texts.append(text_of(preview(small_estate, number).pdf))
    assert "问了三遍没人抬头" in texts[0]
    assert "证人：李阿姨" not in texts[0]
    assert "涉及员工行为" in texts[0]
    assert "涉及员工行为" not in texts[1]
