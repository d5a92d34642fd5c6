"""A test of the window leaves no window behind, and no work on Qt's threads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.harness.watch import LogWatch, WindowWatch


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication, log_watch: LogWatch) -> Iterator[None]:
    """Fails the test for a top-level widget that is neither closed nor given to ``qtbot.addWidget``."""
    watch = WindowWatch()
    yield
    left = watch.left()
    assert not left, f"windows left behind: {left}"
