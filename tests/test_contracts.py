"""The import contracts bite: a small house of the same floors, with one wrong import at a time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = (
    *("__main__", "bootstrap", "services", "db", "pdf", "exchange", "domain", "base", "cli"),
    *(
        "gui",
        "gui.app",
        "gui.shell",
        "gui.movein",
        "gui.residents",
        "gui.widgets",
        "gui.models",
        "gui.runner",
    ),
)
PLACED = "Imports run downward only"
APART = "A capability's panels know no other capability's; only the shell knows them all"
THROUGH = "Panels and commands reach the floors below through services"

WRONG = {
    "domain imports db": ("domain", "import deskapp.db", PLACED),
    "inside a function": ("domain", "def late():\n    from deskapp.services import desk", PLACED),
    "the floor's neighbour": ("pdf", "import deskapp.db", PLACED),
    "the command line imports the window": ("cli", "import deskapp.gui", PLACED),
    "a package nobody placed": ("extra", "", PLACED),
    "Qt in a service": ("services", "from PySide6.QtCore import QObject", "Qt stays in the window"),
    "reportlab in a service": ("services", "import reportlab", "reportlab stays in pdf"),
    "sqlalchemy in a panel": (
        "gui.movein",
        "from sqlalchemy import select",
        "sqlalchemy stays in db and services",
    ),
    "a panel reads rows": ("gui.movein", "from deskapp.db import tables", THROUGH),
    "a command makes a PDF": ("cli", "import deskapp.pdf", THROUGH),
    "a panel knows another": ("gui.movein", "import deskapp.gui.residents", APART),
    "a panel nobody placed": ("gui.extra", "", APART),
    "a shared widget knows a panel": ("gui.widgets", "import deskapp.gui.movein", APART),
}
RIGHT = {
    "gui.shell": "import deskapp.gui.movein, deskapp.gui.residents, deskapp.services",
    "gui.movein": "import deskapp.gui.widgets, deskapp.gui.models, deskapp.services, PySide6",
    "services": "import deskapp.db, deskapp.pdf, deskapp.exchange, deskapp.domain, sqlalchemy",
}


def lint(folder: Path, modules: dict[str, str]) -> tuple[int, str]:
    """Exit status and output of lint-imports over a package deskapp with these sources."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in {*MODULES, *modules}:
        package = folder / "deskapp" / Path(*name.split("."))
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text(modules.get(name, ""), encoding="utf-8")
    (folder / "deskapp/__init__.py").touch()
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_a_house_as_designed_keeps_them(tmp_path: Path) -> None:
    status, output = lint(tmp_path, RIGHT)
    assert status == 0, output


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_import_breaks_one(name: str, tmp_path: Path) -> None:
    module, source, contract = WRONG[name]
    status, output = lint(tmp_path, {**RIGHT, module: f"{RIGHT.get(module, '')}\n{source}\n"})
    assert status == 1
    assert f"{contract} BROKEN" in output
