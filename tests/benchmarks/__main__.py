"""All measurements in one run: ``python -m tests.benchmarks --json [--large] [--keep DIR]``.

They print figures and assert nothing about time; the goals stand beside them for the reader.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks import roster, search, similar, start, stations

GOALS = {
    "start.times_bare": "<= 1.5",
    "start.large_times_small": "<= 1.2",
    "start.memory_100000_mb": "<= 250",
    "search.<largest>.p95_ms": "<= 5",
    "search.growth_p95": "<= 3",
    "search.<largest>.times_faster": ">= 100",
    "stations.close_p50_ms": "<= 10",
    "stations.receipt_warm_p50_ms": "<= 10 where a plain platypus page takes 22 (times_plain <= 0.45)",
    "stations.receipts_799_s": "<= 8",
    "stations.receipt_kb": "<= 60",
    "similar.<database>.p95_ms": "<= 100 among 100,000 open tickets",
    "roster.799_s": "<= 1",
    "roster.10000_s": "<= 8",
}


def run(folder: Path, sizes: tuple[int, ...]) -> dict[str, Any]:
    """Every benchmark, one after another."""
    return {
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "start": start.run(folder),
        "search": search.run(sizes, folder),
        "stations": stations.run(folder),
        "roster": roster.run(folder),
        "similar": similar.run(folder),
        "goals": GOALS,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON document on one line")
    parser.add_argument("--large", action="store_true", help="search at 1,000,000 households (2 GB)")
    parser.add_argument("--keep", type=Path, help="folder that keeps the estates for the next run")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = run(folder, (10_000, 1_000_000 if asked.large else 100_000))
    print(json.dumps(report, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
