"""Searching: every keystroke of usual searches, at growing estates, beside the same answer by LIKE.

python -m tests.benchmarks.search --json [--sizes 10000,1000000] [--keep DIR]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from deskapp.db.engine import open_engine, url_of
from deskapp.domain.places import label
from deskapp.services.desk import Desk
from deskapp.services.residents.search import find
from tests.benchmarks.estates import build, name_at, phone_at, place_at
from tests.benchmarks.workplace import desk_on

ROUNDS = 3
MISSES = ("龘龘", "zzxxqq", "99990001234")
"""Texts that no household has, each beginning differently."""


def keystrokes(count: int) -> Iterator[str]:
    """Searches as they are typed, each shown at every keystroke: rooms, names, pinyin, tails, two words."""
    rng = random.Random(7)
    whole = []
    for _ in range(12):
        place, name = place_at(rng.randrange(count)), name_at(rng)
        whole += [label(place), place.room, name, phone_at(rng.randrange(count))[-4:]]
        whole.append(f"{name} {place.room}")
    whole += ["wangwei", "zhangmin", "lhy", "wzx", "WH2025-0000", "liu 1801", "陈 3#", *MISSES]
    for written in whole:
        digits = written.isdigit()
        yield from (written[:end] for end in range(4 if digits else 1, len(written) + 1))


def measured(desk: Desk, count: int) -> dict[str, Any]:
    """Milliseconds of one keystroke, service layer, warm: median, 95th percentile, longest."""
    typed = list(keystrokes(count))
    for written in typed[:40]:
        find(desk, written)
    taken = []
    for written in typed * ROUNDS:
        began = time.perf_counter()
        find(desk, written)
        taken.append((time.perf_counter() - began) * 1000)
    slowest = max(zip(taken, typed * ROUNDS, strict=True))
    return {
        "p50_ms": round(statistics.median(taken), 3),
        "p95_ms": round(statistics.quantiles(taken, n=100)[94], 3),
        "max_ms": round(slowest[0], 3),
        "slowest": slowest[1],
        "keystrokes": len(taken),
    }


def against_like(desk: Desk) -> dict[str, float]:
    """A miss by the index and by LIKE over names and phones, in milliseconds, median of a few."""
    statement = text(
        "SELECT p.id FROM person p LEFT JOIN phone t ON t.estate_id = p.estate_id AND t.person_id = p.id"
        " WHERE p.estate_id = 1 AND (p.name LIKE :sought OR t.number LIKE :sought) LIMIT 20"
    )
    index, like = [], []
    for written in MISSES:
        began = time.perf_counter()
        assert find(desk, written) == ()
        index.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        with desk.reading() as session:
            assert session.execute(statement, {"sought": f"%{written}%"}).all() == []
        like.append((time.perf_counter() - began) * 1000)
    found = {"index_miss_ms": statistics.median(index), "like_miss_ms": statistics.median(like)}
    return {name: round(value, 3) for name, value in found.items()} | {
        "times_faster": round(found["like_miss_ms"] / found["index_miss_ms"], 1)
    }


def run(sizes: tuple[int, ...], folder: Path) -> dict[str, Any]:
    """The measurements of all sizes; estates already in the folder are taken as they are."""
    report: dict[str, Any] = {}
    for count in sizes:
        file = folder / f"{count}.sqlite3"
        if not file.exists():
            build(file, count)
        engine = open_engine(url_of(file))
        desk = desk_on(engine, folder)
        report[str(count)] = measured(desk, count) | against_like(desk)
        engine.dispose()
    small, large = report[str(sizes[0])], report[str(sizes[-1])]
    report["growth_p95"] = round(large["p95_ms"] / small["p95_ms"], 2)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--keep", type=Path, help="folder in which the estates are kept for the next run")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sizes = tuple(int(size) for size in asked.sizes.split(","))
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = run(sizes, folder)
    print(json.dumps(report, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
