"""The month of the complaint desk: counted by class, cause, building and party, rates and trend (C17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from deskapp.base.clock import CHINA, SetClock
from deskapp.base.errors import Refused
from deskapp.domain.complaints.callback import Grade
from deskapp.domain.complaints.classes import Kind, Target
from deskapp.domain.complaints.closing import Position
from deskapp.domain.complaints.month import Indicator, Judged, Share
from deskapp.domain.documents import MethodLine, MonthlyAnalysis
from deskapp.services.complaints import closing, handling, intake
from deskapp.services.complaints.closing import CallBackIn
from deskapp.services.complaints.month import MonthFigures, figures
from deskapp.services.complaints.monthpaper import issue_month, method_lines, month_values
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.views import TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.documents import preview
from deskapp.services.opening import seat
from tests.services.estates import house_id
from tests.services.test_complaint_papers import values_of
from tests.services.test_whole_way import text_of

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def new() -> str:
    return str(uuid4())


def at(desk: Desk, month: int, day: int, hour: int = 9) -> Desk:
    return replace(desk, clock=SetClock(datetime(2026, month, day, hour, tzinfo=CHINA)))


def take(desk: Desk, room: str, topic: str = "fees", **changes: object) -> TicketView:
    form = TicketIn(
        house_id=house_id(desk, f"1#1单元{room}"),
        caller="住户",
        matter=f"{topic} {room}",
        topic=topic,
        cause="fees",
        target=Target.MANAGEMENT,
    )
    return intake.take(desk, new(), replace(form, **changes)).value  # type: ignore[arg-type]


def to_the_end(desk: Desk, view: TicketView, hours: float, grade: Grade = Grade.SATISFIED) -> TicketView:
    then = replace(desk, clock=SetClock(desk.now() + timedelta(hours=hours)))
    view = handling.settle(then, new(), view.ticket_id, view.version, "说明了收费依据").value
    view = handling.reply(
        then,
        new(),
        view.ticket_id,
        view.version,
        "收费依据已当面说明",
        "call_out",
        position=Position.EXPLAINED,
    ).value
    called = CallBackIn(grade, opinion="知道了")
    view = closing.call_back(then, new(), view.ticket_id, view.version, called).value
    return closing.close(then, new(), view.ticket_id, view.version).value


def by_name(found: MonthFigures, what: str) -> dict[str, tuple[int, int]]:
    return {one.label.zh: (one.count, one.before) for one in getattr(found, what) if one.count or one.before}


@pytest.fixture
def told(small_estate: Desk) -> Desk:
    """One complaint of November; of December a fee settled in time and one too late, a repair left open."""
    to_the_end(at(small_estate, 11, 10), take(at(small_estate, 11, 10), "101"), 2)
    to_the_end(at(small_estate, 12, 2), take(at(small_estate, 12, 2), "201"), 3)
    late = at(small_estate, 12, 7)
    to_the_end(late, take(late, "402", "parking", cause="facilities"), 30, Grade.DISSATISFIED)
    take(at(small_estate, 12, 10), "301", "leak", kind=Kind.REPAIR, cause="", target=None)
    return at(small_estate, 12, 20)


def test_a_month_is_counted_by_class_cause_building_and_party(told: Desk) -> None:
    found = figures(told, date(2026, 12, 15))
    total = found.counted
    assert (found.month, total.received, found.complaints, total.closed) == (DECEMBER, 3, 2, 2)
    assert (found.still_open, found.overdue) == (1, 1)
    assert by_name(found, "kinds") == {"投诉": (2, 1), "报修": (1, 0)}
    assert by_name(found, "causes") == {"收费": (1, 1), "公共设施": (1, 0)}
    assert by_name(found, "parties") == {"物业": (2, 1)}
    assert by_name(found, "buildings") == {"1栋": (3, 1)}


def test_rates_say_how_many_of_how_many_and_nothing_of_nothing(told: Desk) -> None:
    shares = {rate.code: (rate.share, rate.before) for rate in figures(told, DECEMBER).rates}
    assert shares[Indicator.SETTLED] == (Share(1, 2), Share(1, 1))
    assert shares[Indicator.FIRST_REPLY] == (Share(1, 3), Share(1, 1))
    assert shares[Indicator.CALLED_BACK] == (Share(2, 2), Share(1, 1))
    assert shares[Indicator.SATISFIED] == (Share(1, 2), Share(1, 1))
    assert shares["serious_told"][0].percent is None


def test_the_trend_runs_over_twelve_months_the_oldest_first(told: Desk) -> None:
    trend = figures(told, DECEMBER).trend
    assert (trend[0].month, trend[-1].month, len(trend)) == (date(2026, 1, 1), DECEMBER, 12)
    assert [point.counted.received for point in trend] == [0] * 10 + [1, 3]


def test_a_past_month_is_told_as_it_ended(told: Desk, small_estate: Desk) -> None:
    slow = at(small_estate, 11, 28)
    to_the_end(slow, take(slow, "501", "parking"), 24 * 5)
    found = figures(told, NOVEMBER)
    assert (found.counted.received, found.counted.closed, found.still_open, found.overdue) == (2, 1, 1, 1)


def test_the_edges_of_a_month_are_midnight_at_the_estate(small_estate: Desk) -> None:
    for moment in (
        datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=CHINA),
        datetime(2026, 12, 1, 0, 0, tzinfo=CHINA),
    ):
        take(replace(small_estate, clock=SetClock(moment)), "101")
    later = at(small_estate, 12, 3)
    assert [figures(later, month).counted.received for month in (NOVEMBER, DECEMBER)] == [1, 1]


def test_what_comes_again_is_named(small_estate: Desk) -> None:
    desk = at(small_estate, 12, 2)
    for room in ("101", "201", "101"):
        take(desk, room, "power", kind=Kind.REPAIR)
    take(desk, "301", "pets")
    take(desk, "301", "pets")
    found = figures(desk, DECEMBER)
    assert found.counted.repeated == 2
    assert [(one.matter, one.place, one.count, one.households) for one in found.repeats] == [
        ("power 101", "1栋", 3, 2),
        ("宠物", "1#1单元301", 2, 1),
    ]
    assert found.incidents == 1


def test_a_way_of_handling_is_judged_by_its_ends(told: Desk) -> None:
    methods = {one.topic: one for one in figures(told, DECEMBER).methods}
    assert (methods["fees"].cases, methods["fees"].judged) == (1, Judged.WORKS)
    assert (methods["parking"].good, methods["parking"].judged) == (Share(0, 1), Judged.FAILS)
    assert methods["leak"].judged is None
    assert [(label.zh, count) for label, count in methods["fees"].ways] == [("前台", 1)]


def test_a_rate_has_the_target_of_the_company_where_it_asks_for_one(told: Desk) -> None:
    rates = {one.code: one for one in figures(told, DECEMBER).rates}
    assert list(rates) == list(Indicator)
    assert {code: rate.target for code, rate in rates.items()} == dict(rules(told).month.targets)
    lines = month_values(figures(told, DECEMBER)).rates
    assert [line.target for line in lines] == [rate.target for rate in rates.values()]


def test_what_the_figures_propose_is_never_printed_as_the_supervisors_judgement(told: Desk) -> None:
    supervisor = seat(told, "3001")
    made = issue_month(supervisor, new(), DECEMBER).value
    printed = values_of(supervisor, made.number)
    assert isinstance(printed, MonthlyAnalysis)
    ways = printed.methods
    assert [line.method for line in ways] == [line.method for line in method_lines(figures(told, DECEMBER))]
    assert {line.judged for line in ways} == {""}


def test_a_month_that_lasts_says_until_when_it_was_counted(told: Desk) -> None:
    supervisor = seat(told, "3001")
    assert figures(told, DECEMBER).as_of == told.now()
    assert figures(told, NOVEMBER).as_of == datetime(2026, 12, 1, tzinfo=CHINA)
    text = text_of(preview(supervisor, issue_month(supervisor, new(), DECEMBER).value.number).pdf)
    assert f"数据截至{told.now():%Y-%m-%d%H:%M}" in "".join(text.split())


def test_the_analysis_is_issued_by_a_supervisor_and_says_what_he_makes_of_it(told: Desk) -> None:
    supervisor = seat(told, "3001")
    click = new()
    judged = (MethodLine(matter="收费", cases=1, method="当面算账", judged="works", better="账单附说明"),)
    made = issue_month(supervisor, click, DECEMBER, measures=("每月公示收支", " "), methods=judged).value
    assert made.number == "YB-2026-000001"
    assert issue_month(supervisor, click, DECEMBER).value == made
    text = text_of(preview(supervisor, made.number).pdf)
    for piece in ("2026年12月", "本月受理3件", "当面算账", "每月公示收支", "办结及时率", "50.0"):
        assert piece in text.replace(" ", "")
    with refused("staff.no_right"):
        issue_month(told, new(), DECEMBER)


def test_a_month_to_come_and_one_before_all_records_are_refused(small_estate: Desk) -> None:
    for month, code in (
        (date(2027, 1, 1), "complaints.month_not_yet"),
        (date(1, 1, 1), "complaints.month_before_records"),
    ):
        with refused(code) as no:
            figures(small_estate, month)
        assert f"{month:%Y-%m}" in no.value.sentence()


def test_an_empty_month_prints(small_estate: Desk) -> None:
    supervisor = seat(small_estate, "3001")
    number = issue_month(supervisor, new(), date(2026, 2, 1)).value.number
    assert "当月没有受理" in text_of(preview(supervisor, number).pdf)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code


def test_shares_are_rounded_half_up() -> None:
    assert [Share(*pair).percent for pair in ((1, 8), (1, 16), (0, 3), (0, 0))] == [
        Decimal("12.5"),
        Decimal("6.3"),
        Decimal("0.0"),
        None,
    ]
