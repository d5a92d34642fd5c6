"""Modules that are imported when they are first used, so that the window stands before them.

One way for the whole program, in three lines that checkers, import contracts and readers can follow::

    if TYPE_CHECKING:
        from deskapp.services.movein import arrivals, closing
    else:
        arrivals, closing = later("deskapp.services.movein", "arrivals", "closing")

``closing.close(…)`` imports the module the first time, in the thread that calls it: for a use case that is
the runner's, and the window's thread goes on drawing. Only modules are put off, never single names, and a
test holds both halves to the same names. Python's own ``LazyLoader`` is not used: before 3.12 two threads
that meet in it may see a module half made.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LaterModule:
    """Stands in for a module until something of it is wanted; holds nothing itself."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)

    def __repr__(self) -> str:
        return f"<later {self._name}>"


def later(package: str, *modules: str) -> tuple[LaterModule, ...]:
    """Modules of a package, imported when they are first used; one alone is unpacked: ``(line,) = …``."""
    return tuple(LaterModule(f"{package}.{module}") for module in modules)
