"""The errors a clerk can meet, apart from the errors we made (design rule 8).

`Refused` and `WorldError` are the world's: they carry a stable code and values, never a sentence;
`sentence()` turns them into the reader's language. Everything else that escapes is a bug of ours.
"""

from __future__ import annotations

from typing import Any

from deskapp.base.i18n import say


class DeskError(Exception):
    """Something that can be said to a clerk in a sentence.

    Attributes:
        code: stable dotted code, the key of its sentence under ``error.`` in the translations.
        values: placeholders of the sentence; texts, numbers and times only.
    """

    exit_status = 1

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def sentence(self) -> str:
        """What is wrong and what to do next, in the language shown."""
        return say(f"error.{self.code}", **self.values)

    def __str__(self) -> str:
        return self.sentence()


class Refused(DeskError):
    """The request was understood and a rule says no (exit status 1)."""


class Conflict(Refused):
    """Somebody else changed the same rows first; what was typed is kept (design rule 2)."""


class WorldError(DeskError):
    """The machine, a file, a printer or the database is in the way (exit status 3)."""

    exit_status = 3
