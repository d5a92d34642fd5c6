"""The small estate for the tests of the services, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskapp.domain.rules import load_rules
from deskapp.services.desk import Desk
from tests.services.estates import small


@pytest.fixture
def small_estate(tables_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Twelve houses, one batch, staff of each role; see `tests.services.estates`."""
    with small(tables_url, tmp_path / "desk") as desk:
        yield desk


@pytest.fixture
def full_day() -> Callable[[Desk], Desk]:
    """Makes a desk whose days take nobody beyond those notified."""

    def full(desk: Desk) -> Desk:
        rules = load_rules(desk.assets)
        movein = replace(rules.site.movein, daily_capacity=0, walk_in=0)
        rules.site = replace(rules.site, movein=movein)
        return replace(desk, rules=rules)

    return full
