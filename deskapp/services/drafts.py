"""What is half filled in, kept on the workstation and offered again (design rule 4)."""

from __future__ import annotations

from typing import Any

from deskapp.db.drafts import Draft
from deskapp.services.desk import Desk


def keep_draft(desk: Desk, key: str, title: str, values: dict[str, Any]) -> None:
    """Keeps what was typed in place of the last draft of its key.

    Args:
        key: what it is a draft of, such as ``residents.party.12345``.
        title: how it is offered; no personal data beyond a house's label.
        values: as JSON has it; never a secret (S1).

    Raises:
        WorldError: ``drafts.not_kept``; what was typed is still in the window.
    """
    desk.drafts.keep(Draft(key, title, desk.now().isoformat(), values))


def find_draft(desk: Desk, key: str) -> Draft | None:
    """What was kept under a key; None for nothing that can be read."""
    return desk.drafts.find(key)


def drafts_under(desk: Desk, beginnings: tuple[str, ...]) -> tuple[Draft, ...]:
    """Everything kept under keys that begin so, the newest first."""
    return tuple(draft for draft in desk.drafts.all() if draft.key.startswith(beginnings))


def drop_draft(desk: Desk, key: str) -> None:
    """Forgets a draft: it was saved, or thrown away by the clerk."""
    desk.drafts.drop(key)
