"""Drafts: what is half filled in, kept on this workstation and offered again after a crash (rule 4)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.base.errors import WorldError


@dataclass(frozen=True, slots=True)
class Draft:
    """One kept draft.

    Attributes:
        key: what it is a draft of, such as ``movein.station.12345``.
        title: how it is offered to the clerk; no personal data beyond the house's label.
        saved_at: ISO 8601.
        values: what was typed, as the panel gave it.
    """

    key: str
    title: str
    saved_at: str
    values: dict[str, Any]


class DraftBox:
    """The drafts of this workstation: one small file each, replaced in one step, so never half written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"

    def keep(self, draft: Draft) -> None:
        """Keeps a draft in place of the last one of its key.

        Raises:
            WorldError: ``drafts.not_kept``; what was typed is still in the window.
        """
        path = self._path(draft.key)
        fresh = path.with_suffix(".new")
        body = {"key": draft.key, "title": draft.title, "saved_at": draft.saved_at, "values": draft.values}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(body, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            raise WorldError("drafts.not_kept", folder=str(self._folder)) from error

    def drop(self, key: str) -> None:
        """Forgets the draft of a key: its values were saved or thrown away by the clerk."""
        with contextlib.suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def find(self, key: str) -> Draft | None:
        """The draft of a key, None where there is none that can be read."""
        return self._read(self._path(key))

    def all(self) -> Iterator[Draft]:
        """Every draft kept, the newest first."""
        found = (
            [d for p in self._folder.glob("*.json") if (d := self._read(p))] if self._folder.is_dir() else []
        )
        yield from sorted(found, key=lambda d: d.saved_at, reverse=True)

    @staticmethod
    def _read(path: Path) -> Draft | None:
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            return Draft(str(body["key"]), str(body["title"]), str(body["saved_at"]), dict(body["values"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
