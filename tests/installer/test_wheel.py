"""A wheel is whole: the program together with its forms and resources."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_wheel_carries_the_program_and_all_its_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("deskapp-*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    program = {p.relative_to(ROOT).as_posix() for p in (ROOT / "deskapp").rglob("*.py")}
    data = {
        f"deskapp/shipped/{p.relative_to(ROOT).as_posix()}"
        for folder in ("forms", "resources")
        for p in (ROOT / folder).rglob("*")
        if p.is_file()
    }
    assert program | data <= carried
    assert any(name.endswith("/licenses/LICENSE") for name in carried)
