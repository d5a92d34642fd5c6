"""The folder `.venv`: made once, made again when something changed or was interrupted, exactly as locked."""

from __future__ import annotations

import sys
from pathlib import Path

import environment
import pytest
from words import Stopped

LOCK = (
    "alpha==1.0 \\\n    --hash=sha256:00\nBeta_Two==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:11\n"
)


class Pip:
    """Stands for pip: notes what it was asked, and can fail."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.installed = {"pip", "deskapp", "alpha"}
        self.fails = False

    def __call__(self, *arguments: str) -> None:
        self.asked.append(arguments)
        if self.fails:
            raise Stopped("no network")


@pytest.fixture
def pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pip:
    """A project folder with a lock, and an environment that stands but is empty."""
    venv = tmp_path / ".venv"
    (tmp_path / "requirements.lock").write_text(LOCK)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name, path in {
        "ROOT": tmp_path,
        "VENV": venv,
        "LOCK": tmp_path / "requirements.lock",
        "STAMP": venv / "deskapp-stamp",
        "BEGUN": venv / "deskapp-begun",
    }.items():
        monkeypatch.setattr(environment, name, path)
    environment.python().parent.mkdir(parents=True)
    environment.python().symlink_to(sys.executable)
    made = Pip()
    monkeypatch.setattr(environment, "pip", made)
    monkeypatch.setattr(environment, "installed_names", lambda: made.installed)
    return made


def test_the_locked_packages_are_installed_by_hash_and_nothing_else(pip: Pip) -> None:
    environment.install()
    packages, desk = pip.asked
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} < set(packages)
    assert {"--no-index", "--no-deps", "--editable"} < set(desk)
    assert environment.is_whole()


def test_packages_that_left_the_lock_are_removed(pip: Pip) -> None:
    pip.installed |= {"gone", "beta-two"}
    environment.install()
    assert pip.asked[1] == ("uninstall", "--yes", "gone")


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed_again(pip: Pip, changed: str) -> None:
    environment.install()
    file = environment.ROOT / changed
    file.write_text(file.read_text() + "\n# changed\n")
    assert not environment.is_whole()


def test_an_install_that_failed_is_not_taken_for_whole(pip: Pip) -> None:
    environment.install()
    pip.fails = True
    with pytest.raises(Stopped):
        environment.install()
    assert not environment.is_whole()
    assert environment.BEGUN.exists()


def made_anew(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `make_venv` begins from an empty folder."""
    monkeypatch.setattr(environment, "works", lambda _: True)
    monkeypatch.setattr(environment.sys, "executable", "/nonexistent/python")
    try:
        environment.make_venv()
    except FileNotFoundError:
        return True
    return False


def test_a_usable_environment_is_kept(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.install()
    assert not made_anew(monkeypatch)


def test_an_interrupted_one_is_made_anew(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.BEGUN.write_text("")
    assert made_anew(monkeypatch)


def test_a_moved_one_is_made_anew(pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.STAMP.write_text("a b c 3.11 /elsewhere/.venv")
    assert made_anew(monkeypatch)


def test_this_interpreter_works_and_none_does_not(pip: Pip, tmp_path: Path) -> None:
    assert environment.works(Path(sys.executable))
    assert not environment.works(tmp_path / "no-python")


def test_pip_that_fails_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "python", lambda: Path(sys.executable))
    with pytest.raises(Stopped, match="网络"):
        environment.pip("install", "--no-index", "--quiet", "no-such-package")


def test_names_are_compared_as_registries_do(pip: Pip) -> None:
    assert environment.locked_names() == {"alpha", "beta-two"}
