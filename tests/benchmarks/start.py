"""From the command to a usable window, beside a bare QMainWindow with `import sqlalchemy.orm`, in one run.

Usable means: shown, painted, its events handled, the search box takes keys. Each start is its own process;
the two kinds take turns, and what counts is the ratio of the medians.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

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
opened = workplace(place, open_desk(place))
opened.window.show()
opened.app.processEvents()
assert opened.window.isVisible()
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
print(time.monotonic() - float(sys.argv[1]), flush=True)
import os
os._exit(0)
"""


def started(program: str, *arguments: str) -> tuple[float, float]:
    """Seconds from the command to the end of the program, and its memory in MB."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", program + MEMORY + LEAVE, str(time.monotonic()), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    memory, seconds = done.stdout.split()[-2:]
    return float(seconds), int(memory) / 1024


def run(folder: Path, *, large: int = 100_000, rounds: int = 7) -> dict[str, Any]:
    """The figures; estates already in the folder are taken as they are."""
    places = {}
    for count in (799, large):
        places[count] = folder / f"desk-{count}"
        file = places[count] / "estate.sqlite3"
        if not file.exists():
            places[count].mkdir(parents=True, exist_ok=True)
            build(file, count)
    taken: dict[str, list[float]] = {"bare": [], "799": [], str(large): []}
    memory = 0.0
    for turn in range(rounds + 1):
        answers = {
            "bare": started(BARE, ""),
            "799": started(DESK, str(places[799])),
            str(large): started(DESK, str(places[large])),
        }
        if turn:  # the first round warms the file cache
            for name, (seconds, megabytes) in answers.items():
                taken[name].append(seconds)
                memory = max(memory, megabytes if name == str(large) else 0.0)
    median = {name: statistics.median(seconds) for name, seconds in taken.items()}
    return {
        "bare_s": round(median["bare"], 3),
        "desk_799_s": round(median["799"], 3),
        f"desk_{large}_s": round(median[str(large)], 3),
        "times_bare": round(median["799"] / median["bare"], 2),
        "large_times_small": round(median[str(large)] / median["799"], 2),
        f"memory_{large}_mb": round(memory),
        "rounds": rounds,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(run(Path(temporary)))
