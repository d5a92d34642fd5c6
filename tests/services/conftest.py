"""The small estate for the tests of the services, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

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
        movein = replace(desk.rules.site.movein, daily_capacity=0, walk_in=0)
        return replace(desk, rules=replace(desk.rules, site=replace(desk.rules.site, movein=movein)))

    return full
