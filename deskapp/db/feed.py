"""The change feed: what others changed since we last looked (design: the way of a click)."""

from __future__ import annotations

from sqlalchemy import Engine, select, text

from deskapp.db.engine import said_to_the_clerk
from deskapp.db.tables.record import AuditHead, Change


class ChangeFeed:
    """Tells what changed in an estate since the last question, whoever changed it.

    On SQLite a question costs one PRAGMA while nothing is written by anyone (``data_version``); on
    PostgreSQL one row by its key. The windows ask in the background, about twice a second.
    """

    def __init__(self, engine: Engine, estate_id: int) -> None:
        self._engine = engine
        self._estate_id = estate_id
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._version = -1
        self._seen = self._newest()

    def _newest(self) -> int:
        head = select(AuditHead.change_seq).where(AuditHead.estate_id == self._estate_id)
        return self._connection.execute(head).scalar() or 0

    def _stands_still(self) -> bool:
        if self._engine.dialect.name != "sqlite":
            return False
        # Counts commits of other connections, this connection's own never write.
        version = self._connection.execute(text("PRAGMA data_version")).scalar_one()
        still = version == self._version
        self._version = version
        return bool(still)

    def news(self, most: int = 500) -> frozenset[tuple[str, int]]:
        """(kind, id) of all that changed since the last call; ``{("all", 0)}`` when it is more than ``most``.

        Raises:
            WorldError: the database cannot be asked; the next call asks again for the same.
        """
        with said_to_the_clerk():
            if self._stands_still():
                return frozenset()
            newest = self._newest()
            if newest == self._seen:
                return frozenset()
            if newest - self._seen > most or newest < self._seen:  # less: a backup was put back
                self._seen = newest
                return frozenset({("all", 0)})
            rows = self._connection.execute(
                select(Change.kind, Change.subject_id).where(
                    Change.estate_id == self._estate_id, Change.seq > self._seen, Change.seq <= newest
                )
            )
            self._seen, found = newest, frozenset((kind, subject) for kind, subject in rows)
            return found

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
