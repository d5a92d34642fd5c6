"""Similar open tickets while typing, among 100,000 of them, on SQLite and on a throw-away PostgreSQL (C11).

python -m tests.benchmarks.similar --json [--tickets 100000]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from deskapp.base.clock import CHINA, SetClock
from deskapp.db.base import Base, new_id
from deskapp.db.tables.complaints import Ticket, TicketKey
from deskapp.db.tables.estate import House
from deskapp.domain.complaints.similar import Spot
from deskapp.domain.staff import Role
from deskapp.services.complaints.rules import rules
from deskapp.services.complaints.similar import similar
from deskapp.services.desk import Desk, Member
from deskapp.services.opening import Place, create
from tests.harness.postgres import Server

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=CHINA)
BUILDINGS, ENTRANCES, FLOORS = 40, 2, 25
MOST_AT_ONCE = 2000
FILLERS = (
    *("昨天晚上", "今天早上", "又", "一直", "三楼", "五楼", "北边", "厨房", "客厅", "老人", "孩子", "没人管"),
    *(
        "已经三天",
        "请尽快",
        "到底怎么办",
        "我家里",
        "楼上",
        "楼下",
        "隔壁",
        "门口",
        "说了好几次",
        "实在受不了",
    ),
)


def said(rng: random.Random, words: tuple[str, ...]) -> str:
    """What somebody might say: two words of a topic among others."""
    parts = [*rng.choices(words, k=2), *rng.sample(FILLERS, 4)]
    rng.shuffle(parts)
    return ",".join(parts)


@dataclass(frozen=True, slots=True)
class Filling:
    """The rows of an estate, made once for both databases."""

    houses: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    keys: list[dict[str, Any]]


def filling(desk: Desk, count: int) -> Filling:
    """2,000 houses with so many open tickets of the last 300 days."""
    rng, matcher = random.Random(3), rules(desk).matcher
    houses = list(_houses())
    made = Filling([_house_row(desk, *house) for house in houses], [], [])
    for number in range(count):
        house_id, building, entrance = rng.choice(houses)
        story = said(rng, rng.choice(matcher.topics).words)
        at = NOW - timedelta(minutes=rng.randrange(60 * 24 * 300))
        ticket_id, spot = new_id(), Spot(str(house_id), f"/{building}", entrance)
        report = matcher.report(str(ticket_id), at, spot, story)
        made.tickets.append(_ticket_row(desk, ticket_id, number, house_id, at, story, report.topics))
        made.keys.extend(
            {"estate_id": desk.estate_id, "key": key, "ticket_id": ticket_id}
            for key in matcher.keys_of(report)
        )
    return made


def fill(desk: Desk, made: Filling) -> None:
    """Writes the rows."""
    with desk.unit_of_machine("benchmark") as unit:
        connection = unit.session.connection()
        for table, rows in ((House, made.houses), (Ticket, made.tickets), (TicketKey, made.keys)):
            for start in range(0, len(rows), MOST_AT_ONCE):
                connection.execute(insert(_table(table)), rows[start : start + MOST_AT_ONCE])


def _table(mapped: type[Base]) -> Any:
    return mapped.__table__


def _houses() -> Iterator[tuple[int, str, str]]:
    for building in range(1, BUILDINGS + 1):
        for entrance in range(1, ENTRANCES + 1):
            for _ in range(FLOORS):
                yield new_id(), str(building), str(entrance)


def _house_row(desk: Desk, house_id: int, building: str, entrance: str) -> dict[str, Any]:
    row = {column.name: "" for column in _table(House).columns}
    return row | {
        "estate_id": desk.estate_id,
        "id": house_id,
        "building": building,
        "entrance": entrance,
        "label": f"{building}#{entrance}-{house_id}",
        "place_key": str(house_id),
        "kind": "apartment",
        "area": Decimal(90),
        "developer_balance": Decimal(0),
        "contract_date": None,
        "version": 1,
    }


def _ticket_row(
    desk: Desk,
    ticket_id: int,
    number: int,
    house_id: int,
    at: datetime,
    story: str,
    topics: tuple[str, ...],
) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: None if column.nullable else "" for column in _table(Ticket).columns}
    numbers = dict.fromkeys(("receiver_id", "owner_id", "serious_by", "reply_approved_by", "reopened"), 0)
    return (
        row
        | numbers
        | {
            "estate_id": desk.estate_id,
            "id": ticket_id,
            "number": f"TS-2026-{number:06d}",
            "kind": "complaint",
            "channel": "phone",
            "house_id": house_id,
            "matter": story[:40],
            "story": story,
            "topic": topics[0] if topics else "",
            "received_at": at,
            "state": "received",
            "open": True,
            "serious": False,
            "serious_why": [],
            "details": {},
            "facts": {},
            "judgement": {},
            "version": 1,
        }
    )


def measured(desk: Desk, houses: list[int]) -> dict[str, float]:
    """Milliseconds of one look, service layer, warm, as a text grows; `cpu` of this process alone."""
    rng, topics = random.Random(5), rules(desk).matcher.topics
    typed = [said(rng, rng.choice(topics).words)[: rng.randrange(4, 40)] for _ in range(300)]
    for written in typed[:20]:
        similar(desk, written, rng.choice(houses))
    taken, worked = [], []
    for written in typed:
        began, work = time.perf_counter(), time.process_time()
        similar(desk, written, rng.choice(houses))
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - work) * 1000)
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(statistics.quantiles(taken, n=100)[94], 1),
        "max_ms": round(max(taken), 1),
        "cpu_p95_ms": round(statistics.quantiles(worked, n=100)[94], 1),
    }


def run(folder: Path, count: int = 100_000) -> dict[str, Any]:
    """The measurements on both databases."""
    report: dict[str, Any] = {"tickets": count}
    made: Filling | None = None
    with Server() as server:
        for kind, url in (("sqlite", ""), ("postgresql", server.url(server.create()))):
            desk = create(Place(folder / kind, url), clock=SetClock(NOW), estate="云栖里")
            desk = desk.staffed_by(Member(0, "", "benchmark", Role.MANAGER))
            made = made or filling(desk, count)
            fill(desk, made)
            if url:
                with desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("ANALYZE"))
            report[kind] = measured(desk, [row["id"] for row in made.houses])
            desk.engine.dispose()
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        report = run(Path(temporary), asked.tickets)
    print(json.dumps(report, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
