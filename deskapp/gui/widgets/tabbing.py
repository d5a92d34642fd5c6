"""The way of the Tab key, where widgets come and go or lie elsewhere than they were made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops_of(part: QWidget, but: Collection[QWidget] = ()) -> list[QWidget]:
    """Everything in a part that can have the focus, in the order of its window's chain; hidden things too."""
    found: list[QWidget] = []
    each = part.nextInFocusChain()
    while each is not None and each is not part:
        wanted = part.isAncestorOf(each) and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if wanted and each.focusProxy() is None and each not in but:
            found.append(each)
        each = each.nextInFocusChain()
    return found


def follow_in_order(stops: Iterable[QWidget]) -> None:
    """Puts each after the one before it."""
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)
