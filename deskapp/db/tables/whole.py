"""Every table there is: importing this module makes `Base.metadata` whole, for revisions and copies."""

from deskapp.db.base import Base
from deskapp.db.tables import (
    complaints,
    estate,
    handling,
    incidents,
    movein,
    record,
    residents,
    staff,
    stations,
)

__all__ = [
    "Base",
    "complaints",
    "estate",
    "handling",
    "incidents",
    "movein",
    "record",
    "residents",
    "staff",
    "stations",
]
