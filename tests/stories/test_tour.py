"""``deskapp tour`` does the main job in the real window without a screen and leaves its papers (cli.md)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

FORMS = (
    "complaint",
    "pass",
    "owner-card",
    "inspection",
    "defect-order",
    "papers-receipt",
    "fee-receipt",
    "keys-receipt",
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_tour_leaves_papers_and_pictures(tmp_path: Path, language: str) -> None:
    command = [sys.executable, "-m", "deskapp", "tour", "--out", str(tmp_path), "--lang", language, "--json"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path / "home")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    documents = [Path(path) for path in told["documents"]]
    for form in (*FORMS, "handover", "day-end", "defect-register"):
        assert any(path.name.startswith(form) for path in documents), form
    for path in documents:
        paper = PdfDocument(path)
        assert len(paper) > 0
        paper.close()
    for path in told["screenshots"]:
        with Image.open(path) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("L").getcolors(256) or ()) > 20, "an empty window"
    assert {step["name"] for step in told["steps"]} >= {"import", "inspection", "fees", "keys", "receipt"}
    assert not (tmp_path / "home").exists() or not list((tmp_path / "home").rglob("estate.sqlite3"))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    command = [sys.executable, "-m", "deskapp", "tour", "--out", str(tmp_path / "file" / "tour"), "--json"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path / "home")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"]["code"] == "tour.folder"
    assert "Traceback" not in done.stderr
