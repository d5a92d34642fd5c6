"""A database with one estate, for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine

from deskapp.base.clock import CHINA
from deskapp.db.audit import START
from deskapp.db.engine import open_engine, url_of
from deskapp.db.schema import prepare
from deskapp.db.tables.estate import Estate
from deskapp.db.tables.record import AuditHead
from deskapp.db.unit import Unit, Who, unit_of_work

NOW = datetime(2026, 12, 4, 9, 30, 15, 123456, tzinfo=CHINA)
ESTATE = 7
CLERK = Who(ESTATE, 11, "林晓", "前台1")


@contextmanager
def store(url: str) -> Iterator[Engine]:
    """An engine on a migrated database with estate 7; disposed of at the end."""
    engine = open_engine(url_of(url))
    try:
        prepare(engine, None, NOW)
        with unit_of_work(engine, CLERK, NOW, "init") as unit:
            unit.session.add(
                Estate(estate_id=ESTATE, name="云栖里", settings={}, drill=False, created_at=NOW)
            )
            unit.session.add(AuditHead(estate_id=ESTATE, seq=0, hash=START, change_seq=0))
        yield engine
    finally:
        engine.dispose()


def note(unit: Unit, text: str = "x") -> None:
    """The smallest action there is: a history row with its audit entry and change."""
    unit.record("estate.created", "estate", ESTATE, data={"name": text})
