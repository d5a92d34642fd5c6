"""Drafts: what is half filled in, kept on this workstation and offered again after a crash (rule 4).

Photos of a draft lie beside it, each once and by its hash: they are not written again at every pause.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.base.errors import WorldError

_PICTURE = "picture_sha256"
"""Stands in the file in place of a photo's bytes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One kept draft.

    Attributes:
        key: what it is a draft of, such as ``movein.station.12345``.
        title: how it is offered to the clerk; no personal data beyond the house's label.
        saved_at: ISO 8601.
        values: what was typed, as the panel gave it: what JSON has, and bytes for photos.
    """

    key: str
    title: str
    saved_at: str
    values: dict[str, Any]


class DraftBox:
    """The drafts of this workstation: one small file each, replaced in one step, so never half written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pictures = folder / "pictures"
        self._one_at_a_time = threading.Lock()

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"

    def keep(self, draft: Draft) -> None:
        """Keeps a draft in place of the last one of its key.

        Raises:
            WorldError: ``drafts.not_kept``; what was typed is still in the window.
        """
        body = {"key": draft.key, "title": draft.title, "saved_at": draft.saved_at, "values": draft.values}
        try:
            with self._one_at_a_time:
                text = json.dumps(body, ensure_ascii=False, default=self._beside)
                _replace(self._path(draft.key), text.encode("utf-8"))
        except OSError as error:
            raise WorldError("drafts.not_kept", folder=str(self._folder)) from error

    def _beside(self, value: object) -> dict[str, str]:
        """A photo is written into a file of its own, once."""
        if not isinstance(value, bytes):
            raise TypeError(f"a draft cannot keep a {type(value).__name__}")
        name = hashlib.sha256(value).hexdigest()
        if not (self._pictures / name).exists():
            _replace(self._pictures / name, value)
        return {_PICTURE: name}

    def drop(self, key: str) -> None:
        """Forgets the draft of a key: its values were saved or thrown away by the clerk."""
        with contextlib.suppress(OSError), self._one_at_a_time:
            self._path(key).unlink(missing_ok=True)
            self._forget_pictures()

    def _forget_pictures(self) -> None:
        """Photos that no draft holds any more do not stay on the workstation."""
        if not self._pictures.is_dir():
            return
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in self._folder.glob("*.json")]
        for picture in self._pictures.iterdir():
            if not any(picture.name in text for text in texts):
                picture.unlink(missing_ok=True)

    def find(self, key: str) -> Draft | None:
        """The draft of a key, None where there is none that can be read."""
        return self._read(self._path(key))

    def all(self) -> Iterator[Draft]:
        """Every draft kept, the newest first."""
        found = (
            [d for p in self._folder.glob("*.json") if (d := self._read(p))] if self._folder.is_dir() else []
        )
        yield from sorted(found, key=lambda d: d.saved_at, reverse=True)

    def _read(self, path: Path) -> Draft | None:
        try:
            body = json.loads(path.read_text(encoding="utf-8"), object_hook=self._with_pictures)
            return Draft(str(body["key"]), str(body["title"]), str(body["saved_at"]), dict(body["values"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _with_pictures(self, found: dict[str, Any]) -> Any:
        """A photo that can no longer be read is left out; what was typed is worth more."""
        name = found.get(_PICTURE)
        if not isinstance(name, str):
            return found
        with contextlib.suppress(OSError):
            return (self._pictures / Path(name).name).read_bytes()
        return None


def _replace(path: Path, data: bytes) -> None:
    """Puts a file in its place in one step, safe on the disk first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
