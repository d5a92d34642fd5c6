"""The house stands as designed: floors, sizes, names, the lock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SOURCES = sorted(
    path for folder in ("deskapp", "installer", "tests") for path in (ROOT / folder).rglob("*.py")
)
CONTRACTS = {contract["name"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}

MOST_LINES = 400
SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "misc",
    "shared",
    "tools",
}


def packages() -> set[str]:
    """Every module and package directly under deskapp."""
    found = (p for p in (ROOT / "deskapp").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists())
    return {p.stem for p in found} - {"__init__"}


def test_imports_run_downward() -> None:
    """All contracts of pyproject.toml; grimp also sees imports inside functions."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_is_placed_on_a_floor() -> None:
    floors = CONTRACTS["Imports run downward only"]
    assert floors["exhaustive"] is True
    placed = set(re.findall(r"\w+", " ".join(floors["layers"])))
    assert packages() - placed == set()


@pytest.mark.parametrize(
    ("contract", "allowed"),
    [
        ("Qt stays in the window", {"gui", "bootstrap"}),
        ("reportlab stays in pdf", {"pdf"}),
        ("sqlalchemy stays in db and services", {"db", "services"}),
    ],
)
def test_every_package_is_under_the_contract_or_named_as_allowed(contract: str, allowed: set[str]) -> None:
    under = {module.removeprefix("deskapp.") for module in CONTRACTS[contract]["source_modules"]}
    assert under & allowed == set()
    assert packages() - under - allowed == set()


def test_no_import_escapes_the_contracts() -> None:
    """What is imported by a text at run time is not seen by the contracts."""
    escaping = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "deskapp") and path != ROOT / "deskapp" / "base" / "later.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and {getattr(node.func, "id", ""), getattr(node.func, "attr", "")} & {"__import__", "import_module"}
    ]
    assert escaping == []


def put_off(tree: ast.Module) -> tuple[list[ast.Call], dict[str, str], dict[str, str]]:
    """Every call of `later`; what the calls stand for; what the checkers are told: name -> module."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "later"]
    at_run_time: dict[str, str] = {}
    told: dict[str, str] = {}
    for branch in tree.body:
        if not (isinstance(branch, ast.If) and getattr(branch.test, "id", "") == "TYPE_CHECKING"):
            continue
        for node in branch.body:
            if isinstance(node, ast.ImportFrom):
                told |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        for other in branch.orelse:
            assert isinstance(other, ast.Assign)
            assert isinstance(other.targets[0], ast.Tuple)
            assert isinstance(other.value, ast.Call)
            names = [getattr(target, "id", "") for target in other.targets[0].elts]
            package, *modules = ast.literal_eval(ast.Tuple(other.value.args, ast.Load()))
            at_run_time |= {n: f"{package}.{m}" for n, m in zip(names, modules, strict=True)}
    return calls, at_run_time, told


def test_what_is_imported_later_is_what_the_contracts_and_mypy_see() -> None:
    put_off_anywhere = 0
    for path in SOURCES:
        if not path.is_relative_to(ROOT / "deskapp"):
            continue
        calls, at_run_time, told = put_off(ast.parse(path.read_text(encoding="utf-8")))
        assert {name: told.get(name) for name in at_run_time} == at_run_time, path
        assert sum(len(call.args) > 1 for call in calls) == len(calls), path
        put_off_anywhere += len(at_run_time)
        if calls:
            assert at_run_time, f"{path}: `later` outside of the else of TYPE_CHECKING"
            for module in at_run_time.values():
                parts = ROOT.joinpath(*module.split("."))
                assert parts.with_suffix(".py").exists() or (parts / "__init__.py").exists(), module
    assert put_off_anywhere > 20


def test_no_file_is_too_long_to_hold_one_idea() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text(encoding="utf-8").splitlines())

    # A revision of the database is written once and never edited.
    long = {
        str(p.relative_to(ROOT)): lines(p)
        for p in SOURCES
        if "versions" not in p.parts and lines(p) > MOST_LINES
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(p.relative_to(ROOT)) for p in SOURCES if SAYS_NOTHING & {p.stem, p.parent.name}] == []


def test_every_module_says_what_it_is_for() -> None:
    program = [
        p for p in SOURCES if p.is_relative_to(ROOT / "deskapp") or p.is_relative_to(ROOT / "installer")
    ]
    silent = [p for p in program if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [str(p.relative_to(ROOT)) for p in silent] == []


def locked() -> dict[str, list[str]]:
    """Name and version of each locked package -> its hashes."""
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.M)[1:]
    return {entry.split()[0]: re.findall(r"--hash=sha256:([0-9a-f]{64})", entry) for entry in entries}


def test_every_locked_package_has_hashes() -> None:
    assert len(locked()) > 20
    assert [entry for entry, hashes in locked().items() if not hashes or "==" not in entry] == []


def test_the_lock_names_no_registry() -> None:
    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*", LOCK) == []


def test_the_lock_answers_to_what_the_project_asks_for() -> None:
    versions = {
        canonicalize_name(name): version for name, _, version in (e.partition("==") for e in locked())
    }
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    asked += PROJECT["build-system"]["requires"]
    unmet = []
    for text in asked:
        wanted = Requirement(text)
        version = versions.get(canonicalize_name(wanted.name))
        if version is None or version not in wanted.specifier:
            unmet.append(f"{text}: locked {version}")
    assert unmet == []
