"""How the command line speaks: wrong usage, help, languages, faults of ours, a closed pipe (cli.md)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskapp import bootstrap
from deskapp.base.i18n import LANGUAGES
from deskapp.cli import commands, parser
from tests.harness.watch import LogWatch

Answer = tuple[int, Any, str]


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["find"],
        ["find", "x", "--limit", "0"],
        ["find", "x", "--limit", "many"],
        ["household"],
        ["print", "pass"],
        ["print", "pass", "--household", "1", "--number", "2", "-o", "x"],
        ["print", "day-end", "--date", "yesterday", "-o", "x"],
        ["import", "x", "--map", "=room"],
        ["user"],
        ["user", "add", "1", "n", "--role", "king"],
        ["--lang", "fr", "check"],
        ["--station", "kitchen"],
        ["rehearse"],
        ["forms", "mend"],
    ],
)
def test_wrong_usage_is_2_with_a_reason(run: Callable[..., Answer], arguments: list[str]) -> None:
    status, document, reason = run(*arguments, "--json")
    assert (status, document["error"]["code"]) == (2, "usage")
    assert reason.strip() == document["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bogus"], "没有命令“bogus”"),
        (["household"], "还缺 LABEL"),
        (["check", "--bogus"], "不认识 --bogus"),
        (["find", "x", "--limit"], "--limit 后面要写明内容"),
        (["--lang", "fr", "check"], "--lang 不能是“fr”，可选的有：zh_CN, en"),
        (
            ["print", "pass", "-o", "x", "--household", "1", "--number", "2"],
            "--number 不能和 --household 一起用",
        ),
        (["check", "--json=1"], "--json 后面不跟内容（写了“1”）"),
        (["print", "day-end", "--date", "yesterday", "-o", "x"], "--date：“yesterday”不是日期"),
    ],
)
def test_wrong_usage_is_said_in_the_language_shown(
    run: Callable[..., Answer], arguments: list[str], said: str
) -> None:
    reason = run("--lang", "zh_CN", *arguments)[2]
    assert said in reason
    assert "用法：deskapp" in reason
    assert not re.search(r"argument|invalid|required|usage|choose", reason)


def test_the_help_is_said_in_the_language_shown(run: Callable[..., Answer]) -> None:
    for arguments in (["--help"], ["find", "--help"], ["user", "add", "-h"]):
        status, text, _ = run("--lang", "zh_CN", *arguments)
        assert (status, text.startswith("用法：deskapp")) == (0, True)
        assert not re.search(r"show |options|arguments", text)


def test_the_sentences_come_in_the_language_asked_for(tmp_path: Path, run: Callable[..., Answer]) -> None:
    said = {lang: run("--lang", lang, "find", "x", "--data", tmp_path)[2] for lang in LANGUAGES}
    assert "还没有数据" in said["zh_CN"]
    assert "deskapp init" in said["en"]
    assert not re.search(r"[\u4e00-\u9fff]", said["en"].replace(str(tmp_path), ""))


def test_every_command_of_the_parser_has_its_function(run: Callable[..., Answer]) -> None:
    status, text, _ = run("--help")
    assert status == 0
    assert all(name in text for name in commands.COMMANDS)
    assert parser.build(tour=False).parse_args(["check"]).command == "check"


def test_a_fault_of_ours_gets_a_number_and_goes_whole_into_the_log(
    tmp_path: Path, run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    def broken(_asked: object) -> commands.Answer:
        raise ZeroDivisionError("phone 19900000007")

    log_watch.expect("incident")
    monkeypatch.setattr("deskapp.cli.commands.COMMANDS", {"check": broken})
    status, document, reason = run("check", "--data", tmp_path, "--json")
    assert (status, document["error"]["code"]) == (70, "bug")
    number = re.search(r"[0-9A-F]{6}", reason)
    assert number
    log = (tmp_path / "logs" / "deskapp.log").read_text(encoding="utf-8")
    assert number[0] in log
    assert "ZeroDivisionError" in log
    assert "19900000007" not in log


def test_without_a_screen_the_window_says_so(
    run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    status, _, reason = run()
    assert status == 3
    assert "deskapp tour" in reason


def test_a_process_speaks_utf8_and_bears_a_closed_pipe(tmp_path: Path) -> None:
    environment = {**os.environ, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "deskapp", "forms", "--lang", "zh_CN", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert "入住流转单" in done.stdout.decode("utf-8")
    assert done.stderr == b""
    reader, writer = os.pipe()
    os.close(reader)
    closed = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writer)
    assert (closed.returncode, closed.stderr) == (0, b"")
    odd = [*command[:3], "find", b"\xff\xfe", "--data", str(tmp_path)]
    assert subprocess.run(odd, capture_output=True, env=environment, check=False).returncode == 1
