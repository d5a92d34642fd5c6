"""Libraries and packages of the system, with programs in the place of ldd, apt-get and sudo."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest
import system
from words import Stopped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt and ldd are Linux's")


class Machine:
    """A folder of pretended programs, alone on the PATH; each notes how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"

    def program(self, name: str, script: str) -> None:
        file = self.folder / name
        file.write_text(f'#!/bin/sh\necho {name} "$@" >> {shlex.quote(str(self.notes))}\n{script}\n')
        file.chmod(0o755)

    @property
    def called(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    made = Machine(folder)
    made.program("env", 'shift; exec "$@"')
    return made


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """As much of an environment as the search for libraries looks at."""
    platforms = tmp_path / "venv/lib/python3.11/site-packages/PySide6/Qt/plugins/platforms"
    platforms.mkdir(parents=True)
    (platforms / "libqxcb.so").touch()
    return tmp_path / "venv"


LACKING = "".join(
    f"echo '\t{library}'; "
    for library in (
        "libxcb-cursor.so.0 => not found",
        "libEGL.so.1 => not found",
        "libc.so.6 => /lib/libc.so.6",
    )
).removesuffix("; ")


def test_missing_libraries_are_found(machine: Machine, venv: Path) -> None:
    machine.program("ldd", f"{LACKING}; echo '\tlibQt6Quick.so.6 => not found'")
    assert system.missing_libraries(venv) == ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert machine.called[0].endswith("platforms/libqxcb.so")


def test_what_qt_lacks_is_installed(machine: Machine, venv: Path) -> None:
    machine.program("ldd", f"[ -e {venv}/done ] || {{ {LACKING}; }}")
    machine.program("apt-get", f": > {venv}/done")
    system.ensure_qt_libraries(venv)
    asked = [line for line in machine.called if line.startswith("apt-get")]
    assert len(asked) == 1
    assert asked[0].endswith("install -y --no-install-recommends libegl1 libxcb-cursor0")


def test_nothing_is_installed_where_nothing_lacks(machine: Machine, venv: Path) -> None:
    machine.program("ldd", "")
    machine.program("apt-get", "")
    system.ensure_qt_libraries(venv)
    assert [line.split()[0] for line in machine.called] == ["ldd"]


def test_stale_package_lists_are_renewed(machine: Machine) -> None:
    machine.program(
        "apt-get", f'case "$*" in *update*) : > {machine.folder}/new;; *) [ -e {machine.folder}/new ];; esac'
    )
    system.apt_install(["libegl1"], "Qt")
    words = [line.split() for line in machine.called if line.startswith("apt-get")]
    assert [("update" in line, "install" in line) for line in words] == [
        (False, True),
        (True, False),
        (False, True),
    ]


def test_an_apt_that_fails_is_told_with_the_packages(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.program("apt-get", "echo 'E: no space left' >&2; exit 100")
    with pytest.raises(Stopped, match="libegl1 libgl1"):
        system.apt_install(["libegl1", "libgl1"], "Qt")
    assert "no space left" in capsys.readouterr().err


def test_without_apt_the_packages_are_named(machine: Machine, venv: Path) -> None:
    machine.program("ldd", LACKING)
    with pytest.raises(Stopped, match="libegl1 libxcb-cursor0"):
        system.ensure_qt_libraries(venv)


def test_a_library_of_no_known_package_is_named(machine: Machine, venv: Path) -> None:
    machine.program("ldd", "echo '\tlibstrange.so.7 => not found'")
    machine.program("apt-get", "")
    with pytest.raises(Stopped, match="libstrange"):
        system.ensure_qt_libraries(venv)


def test_an_ordinary_user_goes_through_sudo(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.program("sudo", 'exec "$@"')
    machine.program("apt-get", "")
    system.apt_install(["libegl1"], "Qt")
    assert [line.split()[0] for line in machine.called] == ["sudo", "env", "apt-get"]


def test_without_sudo_the_command_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.program("apt-get", "")
    with pytest.raises(Stopped, match=r"apt-get .*install .*libegl1"):
        system.apt_install(["libegl1"], "Qt")


@pytest.fixture
def no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without PostgreSQL; returns where its package would keep its settings."""
    settings = tmp_path / "etc/createcluster.conf"
    defaults = tmp_path / "defaults.conf"
    defaults.write_text("# as shipped\n")
    monkeypatch.setattr(system, "_SERVERS", tmp_path / "servers")
    monkeypatch.setattr(system, "_CLUSTER_SETTINGS", settings)
    monkeypatch.setattr(system, "_CLUSTER_DEFAULTS", defaults)
    return settings


def link_programs(machine: Machine) -> None:
    for name in ("mkdir", "tee", "cp", "rm", "cat"):
        real = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name) if p.exists())
        (machine.folder / name).symlink_to(real)


def test_postgres_is_installed_without_a_server_of_its_own(machine: Machine, no_server: Path) -> None:
    link_programs(machine)
    machine.program("apt-get", f"cat {no_server} >> {machine.notes}")
    assert system.ensure_postgres() is True
    assert "create_main_cluster = false" in machine.called
    assert no_server.read_text() == "# as shipped\n"


def test_settings_the_site_made_are_left_alone(machine: Machine, no_server: Path) -> None:
    link_programs(machine)
    no_server.parent.mkdir()
    no_server.write_text("start_conf = 'manual'\n")
    machine.program("apt-get", "")
    assert system.ensure_postgres() is True
    assert no_server.read_text() == "start_conf = 'manual'\n"


def test_without_apt_the_tests_go_on_without_postgres(
    machine: Machine, no_server: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert system.ensure_postgres() is False
    assert "PostgreSQL" in capsys.readouterr().out
    assert machine.called == []


@pytest.mark.parametrize(
    ("screen", "there"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True)]
)
def test_a_screen_is_known_by_its_name(
    screen: dict[str, str], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    assert system.has_screen() is there
