"""What is on paper when a story is over: file, report, board and register (Z1, Z4, Z8, Z22)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from deskapp.db.tables.record import Document
from deskapp.domain import documents as paper
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.domain.complaints.risk import Attempt, RiskFacts, RiskyHelp
from deskapp.services.complaints import alarms, closing, incidents, papers, risks
from deskapp.services.complaints.incidents import Authority
from deskapp.services.complaints.reckoning import reckoned
from deskapp.services.desk import Desk
from deskapp.services.documents import preview, printed
from deskapp.services.keeping import check
from deskapp.services.opening import PROGRAM
from tests.services.complaints.desks import (
    MANAGER,
    SUPER,
    again,
    at,
    cmd,
    house,
    later,
    promise,
    staffed,
    take,
    word,
)
from tests.services.estates import ROOMS
from tests.services.test_whole_way import text_of
from tests.walk import PHOTO


def values_of(desk: Desk, number: str) -> object:
    with desk.reading() as session:
        row = session.scalars(select(Document).where(Document.number == number)).one()
        return paper.from_json(row.form, row.values["values"])


def sound(desk: Desk) -> bool:
    return check(desk.staffed_by(PROGRAM)) == ()


def test_z1_at_the_end_of_the_shift_the_list_says_what_the_relief_takes_over(small_estate: Desk) -> None:
    five = at(small_estate, "12-07 17:00")
    made = (promise(five, "师傅六点前到", hours=1),)
    view = take(five, "301", "家里突然没电", kind=Kind.REPAIR, topic="power", promises=made)
    found = reckoned(staffed(at(small_estate, "12-07 18:05"), "1002", "前台2"))
    first = found[0].row
    assert (first.number, first.rule, first.remaining) == (view.number, "promise", -300)
    assert {one.row.rule for one in found} == {"promise", "first_response", "water_power"}


def test_z4_two_months_later_the_record_answers_the_claim(small_estate: Desk) -> None:
    desk = small_estate
    view = take(desk, "202", "钥匙锁家里,想从窗户进", topic="locked_out", kind=Kind.HELP)
    facts = RiskFacts(
        help=RiskyHelp.OPEN_HOME,
        identity="身份证原件",
        house="档案登记的业主",
        tried=(Attempt("打给共有人", desk.now(), "在外地"),),
        risks_told="可能损坏窗扣",
    )
    risks.save_risk(desk, cmd(), view.ticket_id, 0, facts, house(desk, "202"))
    risks.decide(desk, cmd(), view.ticket_id, word("住户本人,情况属实"))
    risks.help_given(later(desk, minutes=20), cmd(), view.ticket_id)
    months = later(desk, days=60)
    number = papers.issue(months, cmd(), view.ticket_id, "complaint").value.number
    found = values_of(months, number)
    assert isinstance(found, paper.Complaint)
    assert found.help is not None
    assert (found.help.asked, found.help.house) == ("open_home", "1#1单元202 档案登记的业主")
    assert [(one.at, one.text) for one in found.help.tried] == [(desk.now(), "打给共有人：在外地")]
    text = text_of(printed(months, cmd(), number).value.pdf)
    for piece in ("身份证原件", "可能损坏窗扣", "沈岚", "住户本人,情况属实"):
        assert piece in text
    assert sound(months)


def test_z8_the_report_says_who_was_told_and_when(small_estate: Desk) -> None:
    morning = at(small_estate, "12-12 10:00")
    views = [
        take(
            later(morning, minutes=n),
            room,
            "理发店卷款跑了",
            topic="merchant",
            channel=Channel.PHONE,
            caller=f"业主{n}",
        )
        for n, room in enumerate(ROOMS[:10])
    ]
    took = later(morning, minutes=9)
    master = again(took, views[0])
    assert master.severity.serious
    assert master.incident is not None
    by_post = {one.post: one for one in master.alarms}
    deputy, manager = staffed(later(took, minutes=8), SUPER), staffed(later(took, minutes=20), MANAGER)
    alarms.tell(deputy, cmd(), by_post["quality"].alarm_id, "何工", "电话")
    alarms.seen(manager, cmd(), by_post["manager"].alarm_id)
    named = closing.name_person(manager, cmd(), master.ticket_id, again(took, master).version, "顾远").value
    assert "incident_report" in named.missing
    number = papers.issue(manager, cmd(), master.incident.incident_id, "incident-report").value.number
    assert "incident_report" not in again(manager, named).missing
    found = values_of(manager, number)
    assert isinstance(found, paper.IncidentReport)
    assert (found.counted, len(found.households), found.serious_since) == (10, 10, took.now())
    assert [(line.whom, line.by, line.in_time) for line in found.told] == [
        ("品质部 何工", "沈岚", True),
        ("项目经理", "顾远", False),
    ]
    assert "同一事项达到 10 户" in found.why
    assert sound(manager)


def test_z8_nobody_of_the_ten_is_on_the_board(small_estate: Desk) -> None:
    views = [
        take(small_estate, room, "理发店卷款跑了", topic="merchant", caller=f"张{n}丰")
        for n, room in enumerate(ROOMS[:3])
    ]
    incident = again(small_estate, views[0]).incident
    assert incident is not None
    draft = papers.bulletin_draft(small_estate, incident.incident_id)
    assert (draft.area, draft.call_back) == ("1栋1单元", "待回访")
    whole = " ".join((draft.area, draft.matter, draft.handling, draft.result, draft.advice))
    assert not any(shown in whole for shown in ("张", *ROOMS[:3]))


def test_z22_every_flooded_owner_stands_on_the_register_with_what_he_lost(small_estate: Desk) -> None:
    desk = small_estate
    manager = staffed(desk, MANAGER)
    view = take(desk, "101", "地下室进水,被褥全泡了", topic="leak")
    made = incidents.make_incident(desk, cmd(), view.ticket_id, "暴雨倒灌,地下室进水").value
    key = made.brief.incident_id
    others = [house(desk, room) for room in (*ROOMS[1:], "TC201")]
    made = incidents.add_affected(desk, cmd(), key, others).value
    for n, one in enumerate(made.affected):
        loss = Decimal("100.10") * (n + 1)
        made = incidents.set_loss(
            desk, cmd(), key, one.house_id, one.version, description="被褥", loss=loss, claim=loss
        ).value
    first = made.affected[0]
    incidents.pay_loss(
        desk,
        cmd(),
        key,
        first.house_id,
        first.version,
        paid=Decimal("100.00"),
        signed_by="王䶮",
        signature=PHOTO,
    )
    incidents.set_scene(
        manager,
        cmd(),
        key,
        0,
        spokesman="顾远",
        authorities=(Authority("派出所", "王警官", desk.now()),),
        cause="排水泵跳闸",
        next_step="更换排水泵",
    )
    number = papers.issue(manager, cmd(), key, "loss-register").value.number
    register = values_of(manager, number)
    assert isinstance(register, paper.LossRegister)
    assert (register.counted, len({line.house for line in register.houses})) == (12, 12)
    assert register.claimed == sum(Decimal("100.10") * n for n in range(1, 13))
    assert [(line.paid, line.person, len(line.signature)) for line in register.houses if line.paid] == [
        (Decimal("100.00"), "王䶮", 64)
    ]
    text = text_of(preview(manager, number).pdf)
    assert "阿依古丽·买买提" in text
    assert "7,807.80" in text
    report = values_of(manager, papers.issue(manager, cmd(), key, "incident-report").value.number)
    assert isinstance(report, paper.IncidentReport)
    assert (report.spokesman, report.cause, report.loss) == ("顾远", "排水泵跳闸", Decimal("7807.80"))
    assert report.authorities.startswith("派出所 王警官 2026-12-04")
    assert (report.counted, report.affected) == (1, 12)
    assert sum(line.note == "未来反映，登记为受影响" for line in report.households) == 11
    assert sound(manager)
