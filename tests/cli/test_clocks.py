"""``deskapp clocks``: every open clock by urgency, each explaining itself (cli.md, C6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deskapp.base.clock import CHINA, SetClock
from deskapp.domain.complaints.classes import Target
from deskapp.domain.staff import Role
from deskapp.services import opening
from deskapp.services.complaints import intake
from deskapp.services.complaints.views import PromiseIn, TicketIn
from deskapp.services.desk import Member
from tests.services.complaints.test_calendars import NOTICE

Answer = tuple[int, Any, str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder without a ticket."""
    opening.create(opening.Place(tmp_path)).engine.dispose()
    return tmp_path


@pytest.fixture
def ringing(data: Path) -> Path:
    """The same with a complaint and a promise, taken on the last afternoon of 2026."""
    clock = SetClock(datetime(2026, 12, 31, 16, 0, tzinfo=CHINA))
    desk = opening.open_desk(opening.Place(data), clock=clock)
    clerk = desk.staffed_by(Member(0, "", "林晓", Role.CLERK))
    promised = PromiseIn("师傅上门", "张工", desk.now() + timedelta(hours=1))
    form = TicketIn(matter="楼上每晚打麻将", topic="noise", target=Target.RESIDENTS, promises=(promised,))
    intake.take(clerk, str(uuid4()), form)
    desk.engine.dispose()
    return data


def test_clocks_are_listed_by_urgency_and_explain_themselves(
    ringing: Path, run: Callable[..., Answer]
) -> None:
    at = "2026-12-31T17:30:00+08:00"
    status, document, _ = run("clocks", "--at", at, "--data", ringing, "--json")
    found = document["clocks"]
    assert (status, [one["rule"] for one in found]) == (0, ["promise", "first_response", "settle_residents"])
    assert [one["state"] for one in found] == ["late", "running", "running"]
    assert {one["ticket"] for one in found} == {"TS-2026-000001"}
    assert [one["due"] for one in found[:2]] == ["2026-12-31T17:00:00+08:00", "2027-01-01T16:00:00+08:00"]
    settle = found[2]
    assert (settle["due"], settle["provisional"]) == ("2027-01-06T18:00:00+08:00", True)
    whys = [(span["why"], span["counted"]) for span in settle["counted"]]
    assert whys[:3] == [("receipt_day", False), ("holiday", False), ("weekend", False)]
    assert [counted for _, counted in whys[3:]] == [True, True, True]
    assert settle["counted"][-1]["ended"] == settle["due"]
    earlier = run("clocks", "--at", "2026-12-31T07:59:59+00:00", "--data", ringing, "--json")[1]
    assert earlier["clocks"] == []


def test_clocks_are_lines_for_a_person(ringing: Path, run: Callable[..., Answer]) -> None:
    status, text, _ = run("clocks", "--at", "2026-12-31T17:30:00+08:00", "--data", ringing)
    assert (status, len(text.splitlines())) == (0, 3)
    assert text.startswith("2026-12-31T17:00:00+08:00\t")


def test_an_estate_without_tickets_has_no_clocks(data: Path, run: Callable[..., Answer]) -> None:
    assert run("clocks", "--data", data, "--json")[:2] == (0, {"clocks": []})
    assert run("clocks", "--data", data)[1].strip()


@pytest.mark.parametrize(
    "time",
    [
        "now",
        "",
        "2026-13-01T00:00:00+08:00",
        "2026-12-07",
        "2026-12-07T18:00:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_a_moment_that_is_none_is_wrong_usage(data: Path, run: Callable[..., Answer], time: str) -> None:
    status, document, reason = run("clocks", "--at", time, "--data", data, "--json")
    assert (status, document["error"]["code"]) == (2, "usage")
    assert "Traceback" not in reason


def test_the_month_is_printed_at_the_command_line(
    ringing: Path, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    paper = tmp_path / "month.pdf"
    arguments = (
        "print",
        "monthly-analysis",
        "--date",
        "2026-11-22",
        "-o",
        paper,
        "--data",
        ringing,
        "--json",
    )
    status, document, _ = run(*arguments)
    assert (status, document["number"][:3], document["reprint"]) == (0, "YB-", False)
    assert paper.read_bytes().startswith(b"%PDF-")
    again = ("print", "monthly-analysis", "--number", document["number"], "-o", paper, "--data", ringing)
    assert run(*again, "--json")[1]["reprint"] is True
    assert run("check", "--data", ringing, "--json")[:2] == (0, {"problems": []})


def test_the_holidays_of_a_year_are_taken_in_from_the_notice(
    ringing: Path, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    notice, wrong = tmp_path / "notice.txt", tmp_path / "wrong.txt"
    notice.write_text(NOTICE, encoding="gb18030")
    wrong.write_text(NOTICE.replace("1月3日", "1月33日").replace("至3日", "至33日"), encoding="utf-8")
    status, document, reason = run("calendar", wrong, "--data", ringing, "--json")
    assert (status, document["error"]["code"]) == (1, "complaints.calendar_bad")
    assert "Traceback" not in reason
    status, document, _ = run("calendar", notice, "--data", ringing, "--json")
    assert (status, document["year"], document["work"]) == (0, 2027, 4)
    clocks = run("clocks", "--data", ringing, "--json")[1]["clocks"]
    assert not any(one["provisional"] for one in clocks)
    assert run("forms", "check", "--data", ringing, "--json")[:2] == (0, {"problems": []})
    assert run("calendar", tmp_path / "none.txt", "--data", ringing, "--json")[0] != 0
