#!/usr/bin/env python3
"""From a fresh machine to the running desk, or to its tests, in one command.

    python3 installer/bootstrap.py run  [arguments of deskapp]
    python3 installer/bootstrap.py test [arguments of pytest]

Makes `.venv` beside this folder, installs there exactly what `requirements.lock` names (by hash), the
system libraries of Qt where apt is at hand, and then runs. Standard library only. What is already there
is not done again; what was interrupted is done anew. Exit status: that of what was run; 2 for wrong usage;
3 when the machine is in the way, with a sentence that says how.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ESTATE_EXISTS = "desk.exists_already"
"""What `deskapp init` answers where there is an estate already."""
ROOT = Path(__file__).resolve().parents[1]


def newer_python() -> str | None:
    """Another Python of this machine that is new enough."""
    names = (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1))
    return next(filter(None, map(shutil.which, names)), None)


def leave_old_python() -> int:
    """Goes on under a newer Python, or says which is needed (in both languages: no catalogue yet)."""
    better = newer_python()
    if better:
        return subprocess.call([better, str(Path(__file__).resolve()), *sys.argv[1:]])
    now = f"{sys.version_info[0]}.{sys.version_info[1]}"
    print(f"这里的 Python 是 {now}，需要 3.11 或更新的版本。请安装后再运行这条命令。", file=sys.stderr)
    print(f"This Python is {now}; 3.11 or newer is needed. Install it, then run this again.", file=sys.stderr)
    return 3


def window_options(arguments: list[str]) -> argparse.Namespace | None:
    """The options of the window; None where the arguments name a command of deskapp instead."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for option in ("--data", "--database", "--lang", "--station"):
        parser.add_argument(option)
    try:
        options, others = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if others else options


def run(arguments: list[str]) -> int:
    """The window on the sample estate; without a screen the tour; or any command of deskapp."""
    from environment import prepare
    from system import has_screen
    from words import progress, say

    deskapp = [str(prepare()), "-m", "deskapp"]
    options = window_options(arguments)
    if options is None:
        return subprocess.call([*deskapp, *arguments])
    if not has_screen():
        progress(say("install.no_screen"))
        language = ["--lang", options.lang] if options.lang else []
        offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.call([*deskapp, *language, "tour", "--out", "tour"], env=offscreen)
    status = 0 if options.database else make_sample_estate(deskapp, options.data)
    if status == 0:
        progress(say("install.opening"))
        status = subprocess.call([*deskapp, *arguments])
    return status


def make_sample_estate(deskapp: list[str], data: str | None) -> int:
    """The sample estate where the data folder holds no estate yet; 0 also when it holds one."""
    from words import progress, say

    place = ["--data", data] if data else []
    command = [*deskapp, *place, "init", "--sample", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {}
    if done.returncode == 0:
        progress(say("install.sample", n=answer["households"], folder=answer["data"]))
        return 0
    if done.returncode == 1 and answer.get("error", {}).get("code") == ESTATE_EXISTS:
        return 0
    sys.stderr.write(done.stderr)
    return done.returncode


def test(arguments: list[str]) -> int:
    """All the tests, on both databases and without a screen; or what pytest's arguments name."""
    from environment import prepare
    from system import ensure_postgres

    python = prepare()
    settings = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    if ensure_postgres():
        settings["DESKAPP_REQUIRE_POSTGRES"] = "1"
    workers = min(4, os.cpu_count() or 1)
    if not arguments and workers > 1:
        arguments = ["-n", str(workers), "--dist", "worksteal"]
    return subprocess.call(
        [str(python), "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, **settings}
    )


def main(argv: list[str]) -> int:
    if sys.version_info[:2] < OLDEST:
        return leave_old_python()
    commands = {"run": run, "test": test}
    if argv[:1] in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    if not argv or argv[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    from words import Stopped

    try:
        return commands[argv[0]](argv[1:])
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
