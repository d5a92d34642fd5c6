"""The window: shows frozen views, sends commands to services, and never waits for them (design rule 7)."""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 40


def _keep_singletons() -> None:
    """Keeps None, True and False alive on Python 3.11.

    PySide 6.12 is built as if they were immortal, as they are from 3.12 on: each ``emit()`` and each answer
    of None gives back a reference it never took, and after some hundred of them the interpreter ends with
    "deallocating None". References in plenty make them as good as immortal here too.
    """
    for singleton in (None, True, False):
        ctypes.c_ssize_t.from_address(id(singleton)).value += _MANY


if sys.version_info < (3, 12):
    _keep_singletons()
