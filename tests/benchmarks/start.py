"""From the command to a usable window, beside a bare QMainWindow with `import sqlalchemy.orm`, in one run.

Usable means: shown, painted, its events handled, the search box takes a key. What comes behind it is measured
as well: until the queue was read and that key's hits are shown. Each start is its own process; the kinds
take turns, and what counts is the median of the ratios within a turn, by the clock and by the processor's
time: on a busy machine the clock also counts what others do.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.estates import build

BARE = """
import sqlalchemy.orm, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
"""

DESK = """
import sys, time
from pathlib import Path
from deskapp.bootstrap import workplace
from deskapp.services.opening import open_desk, place_of
place = place_of(Path(sys.argv[2]), None)
from dataclasses import replace
from deskapp.domain.staff import Role
desk = open_desk(place)
opened = workplace(place, desk.staffed_by(replace(desk.member, role=Role.CLERK)))
opened.window.show()
opened.app.processEvents()
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
box = opened.app.focusWidget()
key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1")
opened.app.sendEvent(box, key)
assert opened.window.isVisible() and box.objectName() == "shell.search" and box.text() == "1"
"""

FOUND = """
deadline = time.monotonic() + 60
def found():
    return any(w.objectName() == "shell.search.hits" and w.isVisible() for w in opened.app.allWidgets())
while not (found() and opened.window.runner.idle):
    assert time.monotonic() < deadline
    opened.app.processEvents()
"""

MEMORY = """
peak = 0
try:
    status = open("/proc/self/status").read()
    peak = int(status.split("VmHWM:")[1].split()[0])
except (OSError, IndexError):
    pass
print(peak, end=" ")
"""
"""The peak of this process alone: getrusage would count what it was forked from."""
LEAVE = """
print(time.monotonic() - float(sys.argv[1]), time.process_time(), flush=True)
import os
os._exit(0)
"""


class Started(NamedTuple):
    """Seconds from the command to the end of the program, of them the processor's, and memory in MB."""

    seconds: float
    processor: float
    memory: float


def started(program: str, *arguments: str) -> Started:
    """One start in a process of its own, with its bytecode kept as an installed program has it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", program + MEMORY + LEAVE, str(time.monotonic()), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    memory, seconds, processor = done.stdout.split()[-3:]
    return Started(float(seconds), float(processor), int(memory) / 1024)


def run(folder: Path, *, large: int = 100_000, rounds: int = 7) -> dict[str, Any]:
    """The figures; estates already in the folder are taken as they are."""
    places = {}
    for count in (799, large):
        places[count] = folder / f"desk-{count}"
        file = places[count] / "estate.sqlite3"
        if not file.exists():
            places[count].mkdir(parents=True, exist_ok=True)
            build(file, count)
    turns: list[dict[str, Started]] = []
    for turn in range(rounds + 1):
        taken = {
            "bare": started(BARE, ""),
            "small": started(DESK, str(places[799])),
            "large": started(DESK, str(places[large])),
            "found": started(DESK + FOUND, str(places[799])),
        }
        if turn:  # the first round warms the file cache
            turns.append(taken)

    def median(of: Callable[[dict[str, Started]], float], places: int = 2) -> float:
        return round(statistics.median(map(of, turns)), places)

    return {
        "bare_s": median(lambda t: t["bare"].seconds, 3),
        "desk_799_s": median(lambda t: t["small"].seconds, 3),
        f"desk_{large}_s": median(lambda t: t["large"].seconds, 3),
        "found_799_s": median(lambda t: t["found"].seconds, 3),
        "times_bare": median(lambda t: t["small"].seconds / t["bare"].seconds),
        "times_bare_processor": median(lambda t: t["small"].processor / t["bare"].processor),
        "found_times_bare": median(lambda t: t["found"].seconds / t["bare"].seconds),
        "found_times_bare_processor": median(lambda t: t["found"].processor / t["bare"].processor),
        "large_times_small": median(lambda t: t["large"].seconds / t["small"].seconds),
        "large_times_small_processor": median(lambda t: t["large"].processor / t["small"].processor),
        f"memory_{large}_mb": round(max(t["large"].memory for t in turns)),
        "rounds": rounds,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(run(Path(temporary)))
