"""A workstation whose disk takes its time over drafts: what comes after overtakes what came before."""

from __future__ import annotations

import threading
from dataclasses import replace

from deskapp.db.drafts import Draft, DraftBox
from deskapp.services.desk import Desk


class SlowBox(DraftBox):
    """Drafts on a disk that writes nothing while it is held.

    Attributes:
        writes: set once a write waits for the disk.
    """

    def __init__(self, box: DraftBox) -> None:
        super().__init__(box._folder)
        self.writes = threading.Event()
        self._free = threading.Event()
        self._free.set()

    def keep(self, draft: Draft) -> None:
        self.writes.set()
        assert self._free.wait(20)
        super().keep(draft)

    def hold(self) -> None:
        """From now on the disk writes nothing."""
        self.writes.clear()
        self._free.clear()

    def go_on(self) -> None:
        """The disk writes again."""
        self._free.set()

    def keys(self) -> list[str]:
        """Keys of what is kept."""
        return sorted(draft.key for draft in self.all())


def on_slow_disk(desk: Desk) -> tuple[Desk, SlowBox]:
    """The same workstation on such a disk."""
    box = SlowBox(desk.drafts)
    return replace(desk, drafts=box), box
