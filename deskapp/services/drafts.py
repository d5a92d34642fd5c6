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


def kept_draft(desk: Desk, key: str) -> dict[str, Any] | None:
    """What was kept under a key; None for nothing that can be read."""
    draft = desk.drafts.find(key)
    return draft.values if draft else None


def kept_drafts(desk: Desk, beginning: str) -> dict[str, dict[str, Any]]:
    """Everything kept under keys that begin so, the newest first: key -> what was typed."""
    return {draft.key: draft.values for draft in desk.drafts.all() if draft.key.startswith(beginning)}


def drop_draft(desk: Desk, key: str) -> None:
    """Forgets a draft: it was saved, or thrown away by the clerk."""
    desk.drafts.drop(key)
