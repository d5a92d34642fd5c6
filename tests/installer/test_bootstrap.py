"""The two commands: what they start, and what they say when they cannot."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import bootstrap
import environment
import pytest
import system

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("bootstrap", "environment", "system", "words")
linux = pytest.mark.skipif(sys.platform != "linux", reason="uses scripts as programs")


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-S",
        str(ROOT / "installer/bootstrap.py"),
        *arguments,
    ]  # -S: no package at all
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_help_names_both_commands() -> None:
    done = call("--help")
    assert done.returncode == 0
    assert "bootstrap.py run" in done.stdout
    assert "bootstrap.py test" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("install",), ("--run",)])
def test_wrong_usage_shows_the_right_one(arguments: tuple[str, ...]) -> None:
    done = call(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "bootstrap.py test" in done.stderr


def test_an_old_python_can_read_the_first_file() -> None:
    source = (ROOT / "installer/bootstrap.py").read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 7)).body


@pytest.mark.parametrize("name", NEEDED)
def test_only_the_standard_library_is_needed(name: str) -> None:
    source = ast.parse((ROOT / f"installer/{name}.py").read_text(encoding="utf-8"))
    modules = {a.name for node in ast.walk(source) if isinstance(node, ast.Import) for a in node.names}
    modules |= {str(node.module) for node in ast.walk(source) if isinstance(node, ast.ImportFrom)}
    foreign = {m for m in modules if m.partition(".")[0] not in {*sys.stdlib_module_names, *NEEDED}}
    assert foreign <= {"deskapp.base.i18n"}


def test_an_old_python_is_told_which_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    assert bootstrap.main(["run"]) == 3
    told = capsys.readouterr().err
    assert "3.11" in told
    assert "这里的 Python" in told


def test_a_newer_python_of_the_machine_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: "/usr/bin/python4")
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: started.append(command) or 7)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run", "--lang", "en"])
    assert bootstrap.main(["run", "--lang", "en"]) == 7
    assert started[0][0] == "/usr/bin/python4"
    assert started[0][2:] == ["run", "--lang", "en"]


@pytest.mark.parametrize(
    ("arguments", "data"),
    [([], None), (["--data", "d", "--lang", "en"], "d"), (["--station", "keys"], None), (["--data=d"], "d")],
)
def test_options_alone_open_the_window(arguments: list[str], data: str | None) -> None:
    options = bootstrap.window_options(arguments)
    assert options is not None
    assert options.data == data


@pytest.mark.parametrize("arguments", [["find", "张"], ["--data", "d", "clocks"], ["--help"], ["--data"]])
def test_commands_do_not(arguments: list[str]) -> None:
    assert bootstrap.window_options(arguments) is None


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for the installed desk: notes how it was called and answers ``init`` as told."""
    fake = tmp_path / "python"
    fake.write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "with (here / 'calls').open('a') as calls:\n"
        "    calls.write(json.dumps([*sys.argv[1:], os.environ.get('QT_QPA_PLATFORM', '')]) + '\\n')\n"
        "if 'init' in sys.argv:\n"
        "    print((here / 'answer').read_text())\n"
        "    sys.exit(int((here / 'status').read_text()))\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(environment, "prepare", lambda: fake)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    return tmp_path


def calls(desk: Path) -> list[list[str]]:
    return [json.loads(line) for line in (desk / "calls").read_text().splitlines()]


def answer_init(desk: Path, status: int, answer: str) -> None:
    (desk / "status").write_text(str(status))
    (desk / "answer").write_text(answer)


@linux
def test_run_opens_the_window_on_the_sample_estate(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "has_screen", lambda: True)
    answer_init(desk, 0, json.dumps({"data": "/home/clerk/desk", "households": 799}))
    assert bootstrap.run(["--data", "d", "--lang", "en"]) == 0
    init, window = calls(desk)
    assert init == ["-m", "deskapp", "--data", "d", "init", "--sample", "--json", ""]
    assert window == ["-m", "deskapp", "--data", "d", "--lang", "en", ""]
    assert "799" in capsys.readouterr().out


@linux
def test_an_estate_that_is_there_is_opened_as_it_is(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_screen", lambda: True)
    answer_init(desk, 1, json.dumps({"error": {"code": bootstrap.ESTATE_EXISTS}}))
    assert bootstrap.run([]) == 0
    assert [call[2:] for call in calls(desk)] == [["init", "--sample", "--json", ""], [""]]


@linux
@pytest.mark.parametrize(
    ("status", "answer"), [(3, ""), (1, '{"error": {"code": "data.read_only"}}'), (1, "not json")]
)
def test_a_fault_at_making_the_estate_ends_the_command(
    desk: Path, monkeypatch: pytest.MonkeyPatch, status: int, answer: str
) -> None:
    monkeypatch.setattr(system, "has_screen", lambda: True)
    answer_init(desk, status, answer)
    assert bootstrap.run([]) == status
    assert len(calls(desk)) == 1


@linux
def test_a_server_is_not_given_a_sample(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_screen", lambda: True)
    assert bootstrap.run(["--database", "postgresql://desk"]) == 0
    assert [call[2:] for call in calls(desk)] == [["--database", "postgresql://desk", ""]]


@linux
def test_without_a_screen_the_tour_runs(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert bootstrap.run(["--lang", "en"]) == 0
    assert calls(desk) == [["-m", "deskapp", "--lang", "en", "tour", "--out", "tour", "offscreen"]]
    assert "没有屏幕" in capsys.readouterr().out


@linux
def test_test_runs_pytest_without_a_screen_and_demands_postgres(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "ensure_postgres", lambda: True)
    monkeypatch.delenv("DESKAPP_REQUIRE_POSTGRES", raising=False)
    assert bootstrap.test(["tests/domain", "-x"]) == 0
    assert calls(desk) == [["-m", "pytest", "tests/domain", "-x", "offscreen"]]
    assert bootstrap.test([]) == 0
    assert calls(desk)[1][:2] == ["-m", "pytest"]
