"""One gettext catalogue for all that people read: Simplified Chinese and English (design rule 10).

Message ids are dotted keys (``movein.station.pass``), so that both languages must be complete; the
sources are ``resources/translations/<lang>/<topic>.po``, compiled into one ``deskapp.mo`` a language.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterable
from functools import cache
from typing import Any

from deskapp.base import assets

LANGUAGES = ("zh_CN", "en")
_current: tuple[str, gettext.NullTranslations] | None = None


def system_language() -> str:
    """The language to start in: Chinese unless the system speaks English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "zh_CN"


def use_language(language: str | None = None) -> str:
    """Switch what `say` answers in; ``None`` takes the system's. Returns the language now in use."""
    global _current
    chosen = language if language in LANGUAGES else system_language()
    _current = chosen, _catalogue(chosen)
    return chosen


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    """The texts of a language; read once, a start asks for its language twice."""
    with (assets.shipped("resources/translations") / language / "deskapp.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def language() -> str:
    """The language in use."""
    return _current[0] if _current else use_language()


def has_text(key: str) -> bool:
    """Whether the catalogue of the language in use knows the key."""
    language()
    assert _current
    return _current[1].gettext(key) != key


class Word:
    """A word of the catalogue as a value in a sentence: translated when the sentence is said, not before."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __str__(self) -> str:
        return say(self.key)

    def __repr__(self) -> str:
        return f"Word({self.key!r})"


class Words:
    """Several words of the catalogue as one value in a sentence, listed as the language shown lists them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)

    def __str__(self) -> str:
        return ("、" if language() == "zh_CN" else ", ").join(say(key) for key in self.keys)

    def __repr__(self) -> str:
        return f"Words({self.keys!r})"


def say(key: str, **values: Any) -> str:
    """The text of a key in the language in use, its ``{placeholders}`` filled.

    With ``n`` among the values the catalogue's plural forms are used.
    An unknown key answers the key itself, which the translation tests forbid.
    """
    language()
    assert _current
    found = (
        _current[1].ngettext(key, key, values["n"])
        if isinstance(values.get("n"), int)
        else _current[1].gettext(key)
    )
    return found.format_map(values) if values else found


def on_paper(key: str, **values: Any) -> str:
    """The text of a key in Chinese, whatever language is shown: forms print in Chinese (design rule 10)."""
    found = _catalogue("zh_CN").gettext(key)
    return found.format_map(values) if values else found
