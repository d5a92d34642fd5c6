"""What all tables share: names of constraints, column types, and keys that begin with the estate (rule 9)."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, Date, Dialect, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from deskapp.base.clock import CHINA

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_1_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as whole microseconds since 1970 UTC: exact and ordered on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        delta = value.astimezone(UTC) - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return (
            None
            if value is None
            else datetime.fromtimestamp(value // 1_000_000, CHINA).replace(microsecond=value % 1_000_000)
        )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal kept as a whole number of its smallest unit (fen, 1/10000 m²), never a float.

    Args:
        places: digits after the point that are kept; more are refused, not rounded away.
        shown: digits after the point that come back even when they are zeros.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int, shown: int | None = None) -> None:
        super().__init__()
        self.places = places
        self.shown = places if shown is None else shown

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = value.scaleb(self.places)
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than {self.places} places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        exact = Decimal(value).scaleb(-self.places)
        for places in range(self.shown, self.places):
            shorter = exact.quantize(Decimal(1).scaleb(-places))
            if shorter == exact:
                return shorter
        return exact


Code = Annotated[str, mapped_column(String(40))]
"""A stable English code of the domain."""
Short = Annotated[str, mapped_column(String(200))]
Blank = Annotated[str, mapped_column(Text, default="")]
"""A text that may be empty."""
Nobody = Annotated[int, mapped_column(BigInteger, default=0)]
"""A reference to a member of staff, 0 for nobody."""
Yuan = Annotated[Decimal, mapped_column(Exact(2))]
Area = Annotated[Decimal, mapped_column(Exact(4, shown=0))]


class Base(DeclarativeBase):
    """All tables; every key begins with the estate."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        int: BigInteger,
        str: Text,
        datetime: Moment,
        date: Date,
        bytes: LargeBinary,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
    estate_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)


class Row(Base):
    """A table whose rows have an id of their own beside the estate."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


_PROCESS = secrets.randbelow(1 << 11)
_counter = itertools.count(secrets.randbelow(1 << 11))
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """An id no other workstation makes: milliseconds, this process, a counter. Later ids are larger.

    41 bits of milliseconds since 2024, 11 bits of the process, 11 bits of a counter: fits a signed 63-bit
    number. It never runs back when the machine's clock does.
    """
    global _last
    with _lock:
        now = int(time.time() * 1000) - 1_704_067_200_000
        step = next(_counter) & 0x7FF
        if now <= _last:
            now = _last + (1 if step == 0 else 0)
        _last = now
        return (now << 22) | (_PROCESS << 11) | step
