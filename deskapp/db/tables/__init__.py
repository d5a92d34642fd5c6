"""All tables, one module a capability; importing this package makes `Base.metadata` whole."""

from deskapp.db.base import Base
from deskapp.db.tables import estate, movein, record, residents, staff, stations

__all__ = ["Base", "estate", "movein", "record", "residents", "staff", "stations"]
