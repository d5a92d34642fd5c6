"""The folder `.venv`: the locked packages, no others, and the `deskapp` command.

A stamp in it tells that it is whole and from which lock; a marker tells that work on it was begun and
not ended, in which case it is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import system
from words import Stopped, progress, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "deskapp-stamp"
BEGUN = VENV / "deskapp-begun"
KEPT = {"pip", "setuptools", "wheel", "deskapp"}
"""Packages that may be there without standing in the lock."""


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def fingerprint() -> str:
    """Of all that decides what `.venv` holds."""
    made_of = [LOCK, ROOT / "pyproject.toml", Path(__file__)]
    parts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in made_of]
    return " ".join([*parts, f"{sys.version_info[0]}.{sys.version_info[1]}", str(VENV)])


def prepare() -> Path:
    """Everything the program needs is there afterwards; returns the interpreter to run it with."""
    if not is_whole():
        make_venv()
        install()
    system.ensure_qt_libraries(VENV)
    return python()


def is_whole() -> bool:
    """Whether `.venv` was made to its end from what the lock says now."""
    return python().exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint()


def works(interpreter: Path) -> bool:
    """Whether an interpreter of `.venv` starts, is this version, and has pip."""
    if not interpreter.exists():
        return False
    source = "import sys, pip; print(sys.version_info[:2])"
    done = subprocess.run([str(interpreter), "-c", source], capture_output=True, text=True)
    return done.returncode == 0 and done.stdout.strip() == str(sys.version_info[:2])


def make_venv() -> None:
    """An empty `.venv`, unless a usable one stands there, not moved, and nobody was interrupted at it."""
    moved = STAMP.exists() and not STAMP.read_text(encoding="utf-8").endswith(str(VENV))
    if works(python()) and not BEGUN.exists() and not moved:
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        system.apt_install([f"python3.{sys.version_info[1]}-venv"], say("install.need.venv"))
    progress(say("install.venv", folder=VENV))
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Stopped(say("install.stop.venv", folder=VENV, reason=" ".join(reason)))


def install() -> None:
    """The locked packages by hash, no dependency looked up, nothing built; then `deskapp` itself."""
    STAMP.unlink(missing_ok=True)
    BEGUN.write_text("", encoding="utf-8")
    locked = locked_names()
    progress(say("install.packages", n=len(locked)))
    pip("install", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(LOCK))
    surplus = sorted(installed_names() - locked - KEPT)
    if surplus:
        pip("uninstall", "--yes", *surplus)
    pip("install", "--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(fingerprint(), encoding="utf-8")
    BEGUN.unlink()


def pip(*arguments: str) -> None:
    """pip of `.venv` with the machine's own configuration (registry, certificates, proxies)."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [str(python()), "-m", "pip", "--disable-pip-version-check", "--no-input", *quiet, *arguments]
    if subprocess.call(command, cwd=ROOT):
        raise Stopped(say("install.stop.packages"))


def plain(name: str) -> str:
    """A package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names() -> set[str]:
    """Every package of the lock, for whatever platform."""
    return {
        plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.M)
    }


def installed_names() -> set[str]:
    """Every package in `.venv`."""
    command = [str(python()), "-m", "pip", "--disable-pip-version-check", "list", "--format=json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise Stopped(say("install.stop.packages"))
    return {plain(package["name"]) for package in json.loads(done.stdout)}
