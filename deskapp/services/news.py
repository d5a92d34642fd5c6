"""What other windows and workstations changed, in the words panels already know (design: change feed)."""

from __future__ import annotations

from deskapp.db.feed import ChangeFeed
from deskapp.services.changes import Changes
from deskapp.services.desk import Desk


class News:
    """The change feed of an estate; asked in the background, about twice a second."""

    def __init__(self, desk: Desk) -> None:
        self._feed = ChangeFeed(desk.engine, desk.estate_id)

    def ask(self) -> Changes:
        """All that changed since the last question, whoever changed it.

        Raises:
            WorldError: the database cannot be asked now; the next question asks for the same.
        """
        return Changes(self._feed.news())

    def close(self) -> None:
        """Gives the connection back."""
        self._feed.close()
