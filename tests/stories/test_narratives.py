"""The narratives of the sample data played in their order (issue: complaints), where the file is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskapp.base.clock import CHINA, SetClock
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.domain.staff import Action, Role
from deskapp.services.complaints import intake, similar
from deskapp.services.complaints.views import PromiseIn, TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.opening import Place, create, named, seat
from deskapp.services.residents import roster
from deskapp.services.residents.labels import house_of
from deskapp.services.staff import new_row
from tests.services.complaints.desks import at, cmd, staffed

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ROSTER, NARRATIVES = DATA / "roster-799.xlsx", DATA / "complaints.jsonl"
pytestmark = pytest.mark.skipif(
    not (ROSTER.is_file() and NARRATIVES.is_file()), reason="the sample data are not at hand"
)


@pytest.fixture
def estate(tables_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The 799 households of the sample roster and two clerks."""
    now = datetime(2026, 12, 7, 9, 0, tzinfo=CHINA)
    desk = create(Place(tmp_path / "desk", tables_url), clock=SetClock(now), estate="望湖花园")
    with desk.unit(Action.STAFF_MANAGE) as unit:
        for number, name, role in (
            ("1001", "林晓", Role.CLERK),
            ("1002", "何敏", Role.CLERK),
            ("4001", "顾远", Role.MANAGER),
        ):
            unit.session.add(new_row(unit.estate_id, number, name, role, ""))
    manager = seat(desk, "4001")
    seen = roster.preview(manager, ROSTER.read_bytes(), ROSTER.name)
    roster.apply(manager, cmd(), seen, good_rows=True)
    yield named(seat(desk, "1001"), "前台1")
    desk.engine.dispose()


@dataclass
class Played:
    """What became of each narrative: its ticket, and whether it was met with one that was open."""

    tickets: dict[str, TicketView]
    met: dict[str, str]


def play(desk: Desk) -> Played:
    played = Played({}, {})
    for line in NARRATIVES.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        now = at(desk, datetime.fromisoformat(told["received"]))
        here = intake.open_here(now, house_of(now, told["house"]))
        if here and similar.suggest(now, told["text"]).chases:
            played.met[told["id"]] = here[0].number
            intake.contact(now, cmd(), here[0].ticket_id, "call_in", told["text"], at_six(now))
            continue
        played.tickets[told["id"]] = intake.take(now, cmd(), form_of(now, told)).value
    return played


def at_six(desk: Desk) -> datetime:
    return desk.now().replace(hour=23, minute=59)


def form_of(desk: Desk, told: dict[str, Any]) -> TicketIn:
    """What a clerk makes of it: the topic that is offered, the words as they were said."""
    topics = similar.suggest(desk, told["text"]).topics
    promises = ()
    if told["id"] == "N01":
        promises = (PromiseIn("师傅六点前到", "维修张师傅", desk.now().replace(hour=18, minute=0)),)
    return TicketIn(
        kind=Kind.PRAISE if told["text"].startswith("谢谢") else Kind.COMPLAINT,
        channel=Channel(told["channel"]),
        house_id=house_of(desk, told["house"]),
        caller=told["caller"],
        phone=told["phone"],
        matter=told["text"][:40],
        story=told["text"],
        topic=topics[0].code if topics else "",
        promises=promises,
    )


def together(played: Played, *ids: str, desk: Desk) -> set[int]:
    found = set()
    for one in ids:
        incident = intake.ticket(desk, played.tickets[one].ticket_id).incident
        found.add(incident.incident_id if incident else 0)
    return found


def test_the_narratives_come_together_as_they_should(estate: Desk) -> None:
    played = play(estate)
    assert played.met["N02"] == played.tickets["N01"].number  # one number, the promise on the screen
    assert played.met["N29"] == played.tickets["N21"].number
    assert set(played.met) == {"N02", "N29"}
    blackout = together(played, "N06", "N07", "N08", desk=estate)
    barber = together(played, "N16", "N17", desk=estate)
    plaster = together(played, *(f"N{n}" for n in range(21, 29)), desk=estate)
    assert len(blackout) == len(barber) == len(plaster) == 1
    assert len(blackout | barber | plaster) == 3
    assert 0 not in blackout | barber | plaster
    others = set(played.tickets) - {"N06", "N07", "N08", "N16", "N17", *(f"N{n}" for n in range(21, 29))}
    assert together(played, *others, desk=estate) == {0}
    counted = {
        one: intake.ticket(estate, played.tickets[one].ticket_id).incident for one in ("N06", "N16", "N21")
    }
    assert {one: brief.households for one, brief in counted.items() if brief} == {
        "N06": 3,
        "N16": 2,
        "N21": 8,
    }
    assert not any(view.severity.serious for view in played.tickets.values())


def test_the_second_call_is_met_with_the_first_ones_promise_and_clock(estate: Desk) -> None:
    first, second = (json.loads(line) for line in NARRATIVES.read_text(encoding="utf-8").splitlines()[:2])
    now = at(estate, datetime.fromisoformat(first["received"]))
    intake.take(now, cmd(), form_of(now, first))
    relief = staffed(at(estate, datetime.fromisoformat(second["received"])), "1002", "前台2")
    [here] = intake.open_here(relief, house_of(relief, second["house"]))
    assert here.promise is not None
    assert here.clock is not None
    assert (here.promise.text, here.promise.late) == ("师傅六点前到", True)
    [hit] = similar.similar(relief, second["text"], house_of(relief, second["house"]))
    assert hit.number == here.number
