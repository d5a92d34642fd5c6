"""An issued document: its heading and its values, frozen the moment it gets its number (design rule 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The heading that every form shows.

    Attributes:
        form: code of the form, such as ``handover``.
        form_version: version of the form file then in force; a reprint uses the same.
        number: from the estate's series, or "" for a form without a series.
        issuer: name of the person at the desk.
        drill: a practice run; 演练 is printed across every page.
        legal_person: of the company, where the form names it.
        logo: sha256 of the company's logo, or "".
        contact: phone and address of the service centre, for the foot of the page.
    """

    estate: str
    company: str
    form: str
    form_version: int
    issued_at: datetime
    issuer: str
    number: str = ""
    drill: bool = False
    legal_person: str = ""
    logo: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it was issued.

    Attributes:
        values: an instance of the type that `FORMS` names for ``issue.form``.
    """

    issue: Issue
    values: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The occasion of printing, which is no part of the record and leaves its digest alone.

    Attributes:
        reprint: 0 the first print, 1 the first reprint; printed as 补打 (1).
        voided_because: reason of the void; printed with 作废 across the page. None: it stands.
        parts: codes of the parts (联) wanted; empty means all that the form has.
    """

    reprint: int = 0
    voided_because: str | None = None
    parts: tuple[str, ...] = ()
