"""The narratives of the sample data as a clerk leaves them: sorted, with clocks, on paper, in the month.

How they come together is told in `test_narratives`; here the whole desk is played through, on SQLite alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from deskapp.base.clock import CHINA, SetClock
from deskapp.domain.complaints.classes import Channel, Grounds, Kind, Nature, Target
from deskapp.domain.complaints.classes import Place as Where
from deskapp.domain.staff import Action, Role
from deskapp.services.complaints import intake, papers, similar
from deskapp.services.complaints.month import figures
from deskapp.services.complaints.monthpaper import issue_month
from deskapp.services.complaints.reckoning import reckoned
from deskapp.services.complaints.views import FactsIn, OpenTicket, PromiseIn, TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.documents import preview
from deskapp.services.keeping import check
from deskapp.services.opening import PROGRAM, Place, create, named, seat
from deskapp.services.residents import roster
from deskapp.services.residents.labels import house_of
from deskapp.services.staff import new_row
from tests.services.complaints.desks import at, cmd, staffed
from tests.services.test_whole_way import text_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ROSTER, NARRATIVES = DATA / "roster-799.xlsx", DATA / "complaints.jsonl"
pytestmark = pytest.mark.skipif(
    not (ROSTER.is_file() and NARRATIVES.is_file()),
    reason="the sample roster and narratives lie beside the project, not in it",
)
C, R, H = Kind.COMPLAINT, Kind.REPAIR, Kind.HELP
M, N, D = Target.MANAGEMENT, Target.RESIDENTS, Target.DEVELOPER


def sort(kind: Kind, topic: str, cause: str, target: Target | None = None, **more: Any) -> dict[str, Any]:
    """How a clerk sorts one, by the fields of the form."""
    return {"kind": kind, "topic": topic, "cause": cause, "target": target, **more}


def valid(topic: str, cause: str, target: Target, place: Where | None = None, **more: Any) -> dict[str, Any]:
    """A complaint with reason on its side."""
    how = {"nature": Nature.VALID, "grounds": Grounds.REASONABLE, **more}
    return sort(C, topic, cause, target, place=place, **how)


PLASTER = valid("dev_quality", "house_quality", D, Where.INDOORS)
LEFT: dict[str, dict[str, Any]] = {
    "N01": sort(R, "power", "equipment", M, place=Where.INDOORS),
    "N03": sort(R, "leak", "house_quality", D, place=Where.INDOORS),
    # A rate fixed by contract is no breach; he wants to be heard and shown the books.
    "N04": sort(
        C, "fees", "fees", M, nature=Nature.VENTING, grounds=Grounds.UNREASONABLE, facts=FactsIn(crowd=8)
    ),
    "N05": valid("dev_promise", "house_quality", D, Where.CORRIDOR, details={"evidence": "录音"}),
    "N06": valid("power", "equipment", M, Where.LIFT),
    "N07": valid("power", "equipment", M, Where.LIFT, facts=FactsIn(injury=True)),
    "N08": valid("power", "equipment", M, Where.LIFT, facts=FactsIn(affected=4)),
    "N09": valid("noise", "neighbours", N, Where.INDOORS),
    "N10": valid("public_noise", "neighbours", N, Where.GROUNDS),
    "N11": valid("falling_objects", "neighbours", N, Where.GROUNDS),
    "N12": valid("pets", "neighbours", N, Where.LIFT),
    # Against the desk as well: “you are said to have approved it”. The stricter clock; answered in writing.
    "N13": valid("illegal_structure", "service_quality", M, Where.GROUNDS, wish="请书面答复"),
    "N14": valid("clutter", "service_speed", M, Where.CORRIDOR),
    "N15": sort(H, "locked_out", "", None, nature=Nature.HELP, place=Where.INDOORS),
    "N16": valid("merchant", "incident", M, facts=FactsIn(loss=Decimal(1600))),
    "N17": valid("merchant", "service_attitude", M, facts=FactsIn(loss=Decimal(2000))),
    "N18": valid("group_renting", "neighbours", N),
    "N19": valid("illegal_structure", "neighbours", N),
    "N20": sort(Kind.PRAISE, "", "", None),
    **{f"N{n}": PLASTER for n in range(21, 30)},
}
"""N02 is no ticket of its own: it is met with N01's on the screen."""


@dataclass
class Day:
    """The estate after all that reached the counter.

    Attributes:
        tickets: of each narrative, as it was taken. met: what was open when N02 and N29 came.
        offered: the topic that the words of each narrative offered first.
    """

    desk: Desk
    tickets: dict[str, TicketView]
    met: dict[str, tuple[OpenTicket, ...]]
    offered: dict[str, str]

    def now(self, narrative: str) -> TicketView:
        """A ticket as it stands when all have come."""
        return intake.ticket(self.desk, self.tickets[narrative].ticket_id)

    def due(self, narrative: str) -> dict[str, str]:
        """The clocks of a ticket with day and hour."""
        return {clock.rule: f"{clock.due_at:%m-%d %H:%M}" for clock in self.tickets[narrative].clocks}


@pytest.fixture(scope="module")
def day(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The 799 households, and the narratives taken by two clerks at the minutes at which they came."""
    folder = tmp_path_factory.mktemp("narratives")
    shutil.copyfile(sqlite_template, folder / "estate.sqlite3")
    url = f"sqlite:///{(folder / 'estate.sqlite3').as_posix()}"
    desk = create(
        Place(folder, url), clock=SetClock(datetime(2026, 12, 7, 9, tzinfo=CHINA)), estate="望湖花园"
    )
    with desk.unit(Action.STAFF_MANAGE) as unit:
        for number, name, role in (
            ("1001", "林晓", Role.CLERK),
            ("1002", "何敏", Role.CLERK),
            ("4001", "顾远", Role.MANAGER),
        ):
            unit.session.add(new_row(unit.estate_id, number, name, role, ""))
    manager = seat(desk, "4001")
    roster.apply(manager, cmd(), roster.preview(manager, ROSTER.read_bytes(), ROSTER.name))
    played = Day(named(seat(desk, "1001"), "前台1"), {}, {}, {})
    for line in NARRATIVES.read_text(encoding="utf-8").splitlines():
        reach(played, json.loads(line))
    yield played
    desk.engine.dispose()


def reach(day: Day, told: dict[str, Any]) -> None:
    """One narrative at the counter: what is open first, then a contact on it or a ticket of its own."""
    desk = day.desk = at(day.desk, datetime.fromisoformat(told["received"]))
    known = house_of(desk, told["house"])
    here = intake.open_here(desk, known)
    found = similar.suggest(desk, told["text"])
    day.offered[told["id"]] = found.topics[0].code if found.topics else ""
    if here:
        day.met[told["id"]] = here
    if told["id"] not in LEFT:
        relief = staffed(desk, "1002", "前台2")
        half_past = desk.now().replace(hour=18, minute=30)
        intake.contact(relief, cmd(), here[0].ticket_id, "call_in", told["text"], half_past)
        return
    promised = PromiseIn("师傅六点前到", "维修张师傅", desk.now().replace(hour=18, minute=0))
    form = TicketIn(
        channel=Channel(told["channel"]),
        house_id=known,
        caller=told["caller"],
        phone=told["phone"],
        matter=told["text"][:40],
        story=told["text"],
        promises=(promised,) if told["id"] == "N01" else (),
        **LEFT[told["id"]],
    )
    day.tickets[told["id"]] = intake.take(desk, cmd(), form).value


def test_the_words_offer_the_topic_that_the_clerk_leaves(day: Day) -> None:
    assert {one: day.offered[one] for one in LEFT} == {one: left["topic"] for one, left in LEFT.items()}


def test_the_second_call_hears_what_the_first_was_promised(day: Day) -> None:
    [here] = day.met["N02"]
    assert here.promise is not None
    assert (here.number, here.promise.text, here.promise.late) == ("TS-2026-000001", "师傅六点前到", True)
    talks = [(one.kind, one.staff) for one in day.now("N01").contacts]
    assert talks == [("received", "林晓"), ("call_in", "何敏")]
    assert day.now("N01").receiver == "林晓"  # who was asked first stays responsible
    assert len(day.tickets) == 28
    assert set(day.met) == {"N02", "N29"}


def test_eight_households_are_counted_in_nine_tickets(day: Day) -> None:
    plaster = {n: day.now(f"N{n}").incident for n in range(21, 30)}
    numbers = {incident.number if incident else "" for incident in plaster.values()}
    assert len(numbers) == 1
    assert "" not in numbers
    assert {incident.households for incident in plaster.values() if incident} == {8}
    assert day.now("N29").follows == day.tickets["N21"].number
    blackout, barber = day.now("N08").incident, day.now("N17").incident
    assert blackout is not None
    assert barber is not None
    assert (blackout.households, barber.households) == (3, 2)


def test_only_a_person_hurt_makes_one_of_them_serious(day: Day) -> None:
    assert [one for one, view in day.tickets.items() if view.severity.serious] == ["N07"]
    hurt = day.tickets["N07"]
    assert hurt.severity.at == hurt.received_at
    assert (day.due("N07")["serious_head"], day.due("N07")["serious_quality"]) == (
        "12-09 08:51",
        "12-09 09:36",
    )
    assert {alarm.post for alarm in hurt.alarms} == {"manager", "quality", "desk_head"}
    assert not day.now("N28").severity.serious  # eight households are not ten


def test_each_runs_against_the_clock_of_whom_it_is_against(day: Day) -> None:
    assert day.due("N01") == {"first_response": "12-08 17:02", "water_power": "12-08 17:02"}
    assert day.due("N04")["settle_management"] == "12-09 10:11"
    assert day.due("N09")["settle_residents"] == "12-14 18:00"
    assert day.due("N18")["settle_residents"] == "12-16 18:00"  # of a Saturday: Monday to Wednesday
    assert day.due("N05")["settle_third_party"] == "12-17 18:00"
    assert day.due("N15") == {"first_response": "12-12 16:18"}
    assert day.due("N20") == {}
    assert (day.now("N13").reply_needs_approval, day.now("N14").reply_needs_approval) == (True, False)


def test_every_clock_explains_itself_without_a_gap(day: Day) -> None:
    noon = datetime(2026, 12, 14, 12, 0, tzinfo=CHINA)
    found = reckoned(day.desk, noon)
    assert {one.row.number for one in found} == {view.number for view in day.tickets.values()} - {
        day.tickets["N20"].number
    }
    for one in found:
        assert one.counted[0].began == one.row.began_at
        assert one.counted[-1].ended == one.row.due_at
        assert all(first.ended == then.began for first, then in pairwise(one.counted))
    assert [one.row.due_at for one in found] == sorted(one.row.due_at for one in found)


def test_a_record_tells_the_story_and_a_bulletin_tells_nobody(day: Day) -> None:
    number = papers.issue(day.desk, cmd(), day.tickets["N12"].ticket_id, "complaint").value.number
    text = text_of(preview(day.desk, number).pdf)
    for piece in (day.tickets["N12"].number, "冯思雨", "19900000511", "扑我母亲", "其他住户"):
        assert piece in text
    draft = papers.bulletin_draft(day.desk, day.tickets["N21"].ticket_id)
    shown = " ".join((draft.area, draft.matter, draft.handling, draft.result))
    assert draft.area == "3栋1单元"
    assert not any(hidden in shown for hidden in ("郑娟佑", "1204", "19900000335", "抹灰一敲"))


def test_the_month_counts_what_came(day: Day) -> None:
    manager = seat(at(day.desk, datetime(2026, 12, 31, 17, tzinfo=CHINA)), "4001")
    found = figures(manager, date(2026, 12, 1))
    assert (found.counted.received, found.counted.serious, found.counted.repeated) == (28, 1, 1)
    assert (found.incidents, found.still_open, found.overdue) == (
        3,
        28,
        27,
    )  # nobody was answered, praise waits
    kinds = {one.label.zh: one.count for one in found.kinds if one.count}
    assert kinds == {"投诉": 24, "报修": 2, "求助": 1, "表扬": 1}
    parties = {one.label.zh: one.count for one in found.parties if one.count}
    assert parties == {"物业": 8, "其他住户": 6, "开发商": 10}
    assert next((one.label.zh, one.count) for one in found.buildings) == ("3栋", 13)
    assert [(one.count, one.households, one.place) for one in found.repeats] == [
        (9, 8, "3栋"),
        (3, 3, "3栋"),
        (2, 2, "8栋"),
    ]
    number = issue_month(manager, cmd(), date(2026, 12, 1)).value.number
    assert "本月受理28件" in text_of(preview(manager, number).pdf).replace(" ", "")
    assert check(day.desk.staffed_by(PROGRAM)) == ()
