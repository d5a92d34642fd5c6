"""Every Qt model keeps the rules of its interface (pytest-qt's model tester), whatever it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStringListModel
from pytestqt.modeltest import ModelTester

from tests.harness.models import REGISTERED, Factory, load_registrations, models_of_the_window

load_registrations(Path(__file__).parent)
FACTORIES = [factory for factories in REGISTERED.values() for factory in factories]


def test_every_model_of_the_window_is_registered() -> None:
    missing = models_of_the_window() - set(REGISTERED)
    assert sorted(f"{cls.__module__}.{cls.__name__}" for cls in missing) == []


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_it_keeps_the_rules_of_a_model(factory: Factory, qtmodeltester: ModelTester) -> None:
    made = factory()
    qtmodeltester.check(made)  # Qt's own tester, while the model lives
    qtmodeltester.check(made, force_py=True)


@pytest.mark.parametrize("cls", REGISTERED, ids=lambda cls: cls.__name__)
def test_it_is_tested_with_rows(cls: type) -> None:
    assert any(factory().rowCount() > 0 for factory in REGISTERED[cls])


def test_a_model_nobody_registered_is_found() -> None:
    unknown = type("Unknown", (QStringListModel,), {"__module__": "tests.harness.unknown"})
    assert unknown in models_of_the_window("tests.harness")
