"""A module put off is imported at its first use, by whichever thread comes first, and whole."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.base.later import later


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package of a name of its own, with two modules."""
    name = "put_off_for_this_test"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "gate.py").write_text(
        "import threading\nentered, open = threading.Event(), threading.Event()\nopen.set()\n"
    )
    (folder / "slow.py").write_text(
        f"from {name} import gate\nfirst = 1\ngate.entered.set()\ngate.open.wait(60)\nlast = 2\n"
    )
    (folder / "broken.py").write_text("raise ValueError('no')\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for loaded in [each for each in sys.modules if each.startswith(name)]:
        del sys.modules[loaded]


def test_nothing_is_imported_before_something_is_wanted(package: str) -> None:
    (slow,) = later(package, "slow")
    assert f"{package}.slow" not in sys.modules
    assert slow.last == 2
    assert f"{package}.slow" in sys.modules


def test_what_is_replaced_in_the_module_is_replaced_here(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (slow,) = later(package, "slow")
    assert slow.first == 1
    monkeypatch.setattr(sys.modules[f"{package}.slow"], "first", 7)
    assert slow.first == 7


def test_two_threads_that_come_at_once_see_it_whole(package: str) -> None:
    slow, gate = later(package, "slow", "gate")
    gate.open.clear()
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(slow.last)) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert gate.entered.wait(60)  # one is half way through the module
    assert found == []
    gate.open.set()
    for thread in threads:
        thread.join()
    assert found == [2, 2, 2, 2]


def test_a_name_it_lacks_and_a_fault_in_it_are_said_as_of_the_module(package: str) -> None:
    slow, broken, missing = later(package, "slow", "broken", "missing")
    with pytest.raises(AttributeError, match="nothing_here"):
        _ = slow.nothing_here
    with pytest.raises(ValueError, match="no"):
        _ = broken.anything
    with pytest.raises(ModuleNotFoundError):
        _ = missing.anything
    assert repr(slow) == f"<later {package}.slow>"
