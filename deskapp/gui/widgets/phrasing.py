"""How several things, and a thing with what is said of it, stand in one line of the language shown."""

from __future__ import annotations

from collections.abc import Iterable

from deskapp.base.i18n import language, say

CHINESE = "zh_CN"


def listed(parts: Iterable[str]) -> str:
    """Several things after one another: 张三、李四."""
    return ("、" if language() == CHINESE else ", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Several sentences without their full stops after one another."""
    return say("widgets.and_then").join(parts)


def told_of(what: str, said: str) -> str:
    """A thing and what is said of it: 客厅：地漏返味."""
    return say("widgets.pair", name=what, text=said)
