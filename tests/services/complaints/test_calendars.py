"""A new year's calendar taken in, clocks that follow the rules in force (C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from deskapp.base.assets import Assets, shipped
from deskapp.base.clock import CHINA
from deskapp.base.errors import Refused
from deskapp.db.tables.record import History
from deskapp.services.complaints import clocks
from deskapp.services.complaints.calendars import follow_rules, take_calendar
from deskapp.services.complaints.duelist import clock_list
from deskapp.services.complaints.rules import forget_rules
from deskapp.services.desk import Desk
from tests.services.complaints.desks import MANAGER, at, cmd, staffed, take

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日(周五)至11日(周四)放假调休,共7天。1月30日(周六)、2月20日(周六)上班。
三、清明节:4月3日(周六)至5日(周一)放假,共3天。
四、劳动节:5月1日(周六)至5日(周三)放假调休,共5天。5月8日(周六)上班。
五、端午节:6月9日(周三)放假1天,不调休。
六、中秋节:9月15日(周三)放假1天,不调休。
七、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。9月26日(周日)上班。
"""


@pytest.fixture
def desk(small_estate: Desk, tmp_path: Path) -> Desk:
    """The manager's desk with a site's folder of its own, at the end of January 2027."""
    manager = staffed(small_estate, MANAGER)
    own = replace(manager, assets=Assets(tmp_path / "site"))
    return at(own, datetime(2027, 1, 28, 16, 0, tzinfo=CHINA))


def test_clocks_follow_the_calendar_of_the_year_at_once(desk: Desk) -> None:
    view = take(desk, "101", "楼上吵", topic="noise")
    before = next(row for row in clock_list(desk) if row.rule == "settle_residents")
    assert (before.provisional, before.due_at) == (True, datetime(2027, 2, 2, 18, 0, tzinfo=CHINA))
    taken = take_calendar(desk, cmd(), NOTICE.encode(), "通知.txt").value
    assert (taken.year, taken.work, taken.moved) == (2027, 4, 1)
    after = next(row for row in clock_list(desk) if row.rule == "settle_residents")
    assert (after.provisional, after.due_at) == (False, datetime(2027, 2, 1, 18, 0, tzinfo=CHINA))
    told = clocks.explain(desk, after.clock_id)
    assert told.due.at == after.due_at
    assert not told.due.provisional
    with desk.reading() as session:
        acts = select(History.data).where(History.act == "complaints.clock_moved")
        (noted,) = session.scalars(acts.where(History.subject_id == view.ticket_id))
    assert (noted["was"], noted["due"]) == ("02-02 18:00", "02-01 18:00")
    assert follow_rules(desk)[0] == 0  # nothing changed since


def test_the_same_command_and_the_same_file_again_change_nothing(desk: Desk) -> None:
    take(desk, "101", "楼上吵", topic="noise")
    command = cmd()
    first = take_calendar(desk, command, NOTICE.encode("gb18030"), "通知.txt").value
    assert take_calendar(desk, command, NOTICE.encode("gb18030"), "通知.txt").value == first
    assert take_calendar(desk, cmd(), first.file.read_bytes(), "2027.toml").value.moved == 0


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xff\xff", "关于2027年部分节假日安排的通知".encode(), b"[[rest]]\nyear=", b"[[rest]]"]
)
def test_a_file_that_is_no_calendar_leaves_everything_as_it_was(desk: Desk, body: bytes) -> None:
    with pytest.raises(Refused) as told:
        take_calendar(desk, cmd(), body, "x.txt")
    assert told.value.code == "complaints.calendar_bad"
    assert "x.txt" in told.value.sentence()
    assert desk.assets.site is not None
    assert not desk.assets.site.exists()


def test_it_needs_the_right_and_a_sensible_size(desk: Desk, small_estate: Desk) -> None:
    with pytest.raises(Refused) as told:
        take_calendar(replace(small_estate, assets=desk.assets), cmd(), NOTICE.encode(), "n.txt")
    assert told.value.code == "staff.no_right"
    with pytest.raises(Refused) as told:
        take_calendar(desk, cmd(), b"x" * 300_000, "film.mp4")
    assert told.value.code == "complaints.calendar_size"


def test_a_rule_that_the_site_changed_holds_for_open_clocks_too(desk: Desk) -> None:
    """What the list shows and what the explanation says are one."""
    take(desk, "101", "楼上吵", topic="noise")
    assert follow_rules(desk)[0] == 0
    assert desk.assets.site is not None
    file = desk.assets.site / "resources/rules/clocks.toml"
    file.parent.mkdir(parents=True)
    text = shipped("resources/rules/clocks.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("amount = 24", "amount = 12", 1), encoding="utf-8")
    forget_rules()
    moved, changes = follow_rules(desk)
    assert moved == 1
    assert changes.touch("ticket")
    row = next(row for row in clock_list(desk) if row.rule == "first_response")
    assert row.due_at == datetime(2027, 1, 29, 4, 0, tzinfo=CHINA)
    assert clocks.explain(desk, row.clock_id).due.at == row.due_at
    assert follow_rules(desk)[0] == 0
