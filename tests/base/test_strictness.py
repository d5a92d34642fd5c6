"""What the tests' own strictness must catch is caught: small test files that break its rules fail."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]

CLEAN = {
    "a log line that was announced": """
        import logging
        def test_it(log_watch):
            log_watch.expect(r"printer \\w+ missing", logger="deskapp.services")
            logging.getLogger("deskapp.services.printing").warning("printer %s missing", "A4")
    """,
    "a log line below WARNING": """
        import logging
        def test_it():
            logging.getLogger("deskapp").info("opened")
    """,
    "a window given to qtbot": """
        from PySide6.QtWidgets import QWidget
        def test_it(qtbot):
            window = QWidget()
            qtbot.addWidget(window)
            window.show()
    """,
    "a thread that ends by itself": """
        import threading
        def test_it():
            threading.Thread(target=lambda: None).start()
    """,
    "the next test speaks Chinese again": """
        from deskapp.base import i18n
        def test_one():
            i18n.use_language("en")
        def test_two():
            assert i18n.language() == "zh_CN"
    """,
}

BROKEN = {
    "stray log line": """
        import logging
        def test_it():
            logging.getLogger("deskapp.db").warning("slow")
    """,
    "no log line matched 'never'": """
        def test_it(log_watch):
            log_watch.expect("never")
    """,
    "threads still running: ['leaked']": """
        import threading
        import tests.harness.watch
        tests.harness.watch.JOIN_SECONDS = 0.1
        def test_it():
            threading.Thread(target=threading.Event().wait, name="leaked", daemon=True).start()
    """,
    "windows left behind: ['QWidget movein.window']": """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_it(qtbot):
            kept.append(QWidget(objectName="movein.window"))
            kept[0].show()
    """,
    "Qt messages with level DEBUG or above emitted": """
        from PySide6.QtCore import qWarning
        def test_it(qtbot):
            qWarning("QPainter: not active")
    """,
    "DeprecationWarning": """
        import warnings
        def test_it():
            warnings.warn("old", DeprecationWarning)
    """,
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What pytest says about each small file under the project's own strictness: the texts of its faults."""
    folder = tmp_path_factory.mktemp("small")
    names = {f"test_small_{n}": name for n, name in enumerate([*CLEAN, *BROKEN])}
    for stem, name in names.items():
        source = textwrap.dedent(CLEAN.get(name) or BROKEN[name])
        (folder / f"{stem}.py").write_text(source, encoding="utf-8")
    plugins = ["-p", "tests.conftest", "-p", "tests.gui.conftest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *plugins]
    subprocess.run(
        [*command, f"--junitxml={report}", str(folder)], cwd=ROOT, check=False, capture_output=True
    )
    faults: dict[str, list[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        found = faults.setdefault(names[case.attrib["classname"].rpartition(".")[2]], [])
        found += [
            (fault.get("message") or "") + (fault.text or "")
            for fault in case
            if fault.tag in ("failure", "error")
        ]
    return faults


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_allowed_passes(name: str, verdicts: dict[str, list[str]]) -> None:
    assert verdicts[name] == []


@pytest.mark.parametrize("message", BROKEN)
def test_what_is_forbidden_fails(message: str, verdicts: dict[str, list[str]]) -> None:
    assert any(message in fault for fault in verdicts[message]), verdicts[message]
