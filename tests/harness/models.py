"""The register of Qt models: for every model of the window, how the tests make one.

A capability registers its models in ``tests/gui/models_of_<capability>.py``; ``tests/gui/test_models.py``
puts each under pytest-qt's model tester, and fails for a model that is not registered.

Example:
    @model(QueueModel)
    def queue_of_three() -> QueueModel:
        return QueueModel([waiting("A001"), waiting("A002"), waiting("A003")])
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel

Factory = Callable[[], QAbstractItemModel]

REGISTERED: dict[type[QAbstractItemModel], list[Factory]] = {}
"""Several factories a class: one at least must give rows."""


def model(of: type[QAbstractItemModel]) -> Callable[[Factory], Factory]:
    """Registers a function without arguments that makes a model of this class for the tests."""

    def register(factory: Factory) -> Factory:
        REGISTERED.setdefault(of, []).append(factory)
        return factory

    return register


def load_registrations(folder: Path) -> None:
    """Imports every ``models_of_*.py`` of ``tests/gui``."""
    for path in sorted(folder.glob("models_of_*.py")):
        importlib.import_module(f"tests.gui.{path.stem}")


def models_of_the_window(package: str = "deskapp.gui") -> set[type[QAbstractItemModel]]:
    """Every class of item model defined in the window's modules, abstract ones left out."""
    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        importlib.import_module(found.name)
    return {
        cls
        for cls in _below(QAbstractItemModel)
        if cls.__module__.startswith(package) and not inspect.isabstract(cls)
    }


def _below(cls: type[QAbstractItemModel]) -> set[type[QAbstractItemModel]]:
    children = set(cls.__subclasses__())
    return children.union(*map(_below, children))
