"""What a deed asks before it is done, as data; the form for it is `deedform` (no Qt here)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from deskapp.base.i18n import say
from deskapp.services.changes import Done
from deskapp.services.desk import Desk


class Sort(Enum):
    """What kind of answer."""

    LINE = "line"
    TEXT = "text"
    SPOKEN = "spoken"
    """Said to a resident: phrases to avoid are marked."""
    MOMENT = "moment"
    PAST = "past"
    """A moment that lies behind."""
    CHOICE = "choice"
    TICK = "tick"
    MONEY = "money"
    COUNT = "count"
    SECRET = "secret"  # noqa: S105 - the sort of a field
    """A supervisor's secret: neither shown nor kept."""
    SIGNATURE = "signature"
    """Written on the screen by the resident; a PNG, None while there is none, never in a draft."""


Options = tuple[tuple[str, str], ...]
"""Code and word of what can be chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a deed's form.

    Attributes:
        key: its label stands under ``complaints.panel.ask.``.
        given: what stands in it at first.
    """

    key: str
    sort: Sort
    required: bool = True
    options: Options = ()
    given: Any = None

    @property
    def label(self) -> str:
        """What is asked."""
        return say(f"complaints.panel.ask.{self.key}")


Answers = Mapping[str, Any]
Call = Callable[[Desk, str, Any, Answers], Done[Any]]
"""Gets desk, command id, the subject as it is shown, and the answers."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done with a ticket or an incident.

    Attributes:
        code: stable; names button, form and draft; its words stand under ``complaints.panel.deed.``.
        asks: the fields; empty where nothing is asked and one click does it.
        call: the use case.
        why_not: a sentence why it cannot be done now, "" where it can.
        role: of its button.
        caption_key: of its words where they stand elsewhere.
        opens: a room of its own beside the subject, in place of a form; "" for none.
    """

    code: str
    call: Call
    asks: tuple[Asked, ...] = ()
    why_not: str = ""
    role: str = ""
    caption_key: str = ""
    opens: str = ""

    @property
    def title(self) -> str:
        """What its button says."""
        return say(self.caption_key or f"complaints.panel.deed.{self.code.split('.')[0]}")


@dataclass(frozen=True, slots=True)
class DeedGroup:
    """Deeds that belong together; the title stands under ``complaints.panel.deeds.``."""

    code: str
    deeds: tuple[Deed, ...]
