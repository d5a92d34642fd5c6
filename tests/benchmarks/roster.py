"""Taking a roster: from the bytes of the file to the commit, 799 rows and 10,000."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from deskapp.base.clock import SetClock
from deskapp.domain.sample import FIRST_DAY, HEADINGS, resident_number
from deskapp.exchange.workbook import write_workbook
from deskapp.services.opening import Place, create
from deskapp.services.residents.roster import apply, preview
from tests.benchmarks.estates import NOW, name_at, phone_at, place_at


def workbook(count: int) -> bytes:
    """A roster as a sales department sends it."""
    import random

    rng = random.Random(count)
    rows = []
    for number in range(count):
        place = place_at(number)
        birth = FIRST_DAY.replace(year=1950 + number % 50)
        rows.append(
            [
                number + 1,
                f"{place.building}#",
                f"{place.entrance}单元",
                place.room,
                name_at(rng),
                resident_number("110105", birth),
                phone_at(number),
                "三室两厅两卫",
                "118.26",
                f"WH2025-{number:07d}",
                "2025-10-18",
                "按揭",
                "已结清",
                (FIRST_DAY + timedelta(days=number // 80 % 10)).isoformat(),
                "",
            ]
        )
    return write_workbook(HEADINGS, rows)


def run(folder: Path) -> dict[str, Any]:
    """Seconds of preview and of writing, together what a clerk waits for."""
    report: dict[str, Any] = {}
    for count in (799, 10_000):
        data = workbook(count)
        desk = create(Place(folder / f"roster-{count}"), clock=SetClock(NOW))
        try:
            began = time.perf_counter()
            seen = preview(desk, data, "名单.xlsx")
            read = time.perf_counter() - began
            done = apply(desk, "roster", seen).value
            report[f"{count}_s"] = round(time.perf_counter() - began, 2)
            report[f"{count}_preview_s"] = round(read, 2)
            assert done.accepted == count, done
        finally:
            desk.engine.dispose()
    return report


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(run(Path(temporary)))
