"""The move-in batch, the passes and their way (M1, M5, M6)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deskapp.db.base import Base, Blank, Code, Nobody, Row, Short


class Batch(Row):
    """A concentrated move-in 集中入伙.

    Attributes:
        station_order: name of an order in `domain.movein.stations.ORDERS`.
        daily_capacity: households a day by notice (M3).
        first_day, last_day: inclusive.
    """

    __tablename__ = "batch"
    __table_args__ = (ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),)
    name: Mapped[Short]
    station_order: Mapped[Code]
    daily_capacity: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Booking(Base):
    """On which day a house of a batch is expected; rebooking changes the day, history keeps the first."""

    __tablename__ = "booking"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "batch_id"], ["batch.estate_id", "batch.id"]),
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        Index(None, "estate_id", "day"),
    )
    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int]
    day: Mapped[date]
    first_day: Mapped[date]


class Pass(Row):
    """A household's way through the stations 流转单 (M5).

    Attributes:
        number: document number of the pass (``LZ-2026-000001``), one for the whole way.
        queue_number: what is called, ``A023``; unique on its day.
        at: the station it stands at (or left last).
        state: code of `domain.movein.flow.PassState`.
        place: what orders it in queues (`domain.movein.line.Waiting.place`); kept overnight.
        since: since when it is in its state, for waiting and serving times.
        attendee, attendee_role: who came; role of `domain.people.PartyRole`.
        served_by, desk: who serves it and where, 0 and "" while nobody does.
        escort_id: who accompanies the inspection (M11), 0 for none.
        misses: times it was called and not there.
        return_day: for a rebooked one.
        waits_for: code of the cause while it waits for somebody else.
        answers: what was given at the stations, by station code.
        open_house: the house while the pass is open, so that a house has one open pass (L18).
    """

    __tablename__ = "move_in_pass"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "house_id"], ["house.estate_id", "house.id"]),
        UniqueConstraint("estate_id", "number"),
        UniqueConstraint("estate_id", "day", "queue_number"),
        UniqueConstraint("estate_id", "open_house"),
        Index(None, "estate_id", "at", "state"),
        Index(None, "estate_id", "house_id"),
        Index(None, "estate_id", "day"),
    )
    house_id: Mapped[int]
    batch_id: Mapped[int | None]
    number: Mapped[Short]
    queue_number: Mapped[Short]
    day: Mapped[date]
    at: Mapped[Code]
    state: Mapped[Code]
    place: Mapped[datetime]
    since: Mapped[datetime]
    priority: Mapped[Blank]
    attendee: Mapped[Short]
    attendee_role: Mapped[Code]
    served_by: Mapped[Nobody]
    desk: Mapped[Blank]
    escort_id: Mapped[Nobody]
    misses: Mapped[int] = mapped_column(default=0)
    return_day: Mapped[date | None]
    waits_for: Mapped[Blank]
    answers: Mapped[dict[str, Any]]
    arrived_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    open_house: Mapped[int | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Visit(Row):
    """One visit of a pass to a station, from the first service to its outcome; a second visit is a new row.

    Attributes:
        outcome: code of the outcome, "" while open.
        closed: whether the outcome closed the station for this way (a refused inspection does not).
        waited, served: seconds, for the day board.
        overruled: the supervisor's reason where the gate or a rule was overruled, "" otherwise.
        supervisor_id: who gave that word, 0 for none.
        data: what the clerk gave: missing papers, agent, reservations, new day …
    """

    __tablename__ = "visit"
    __table_args__ = (
        ForeignKeyConstraint(["estate_id", "pass_id"], ["move_in_pass.estate_id", "move_in_pass.id"]),
        Index(None, "estate_id", "pass_id"),
        Index(None, "estate_id", "station", "ended_at"),
    )
    pass_id: Mapped[int]
    station: Mapped[Code]
    desk: Mapped[Blank]
    staff_id: Mapped[int]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Blank]
    closed: Mapped[bool]
    waited: Mapped[int] = mapped_column(default=0)
    served: Mapped[int] = mapped_column(default=0)
    overruled: Mapped[Blank]
    supervisor_id: Mapped[Nobody]
    data: Mapped[dict[str, Any]]


class StationLine(Base):
    """What a station's queue remembers: ordinary calls since the last priority call (L3)."""

    __tablename__ = "station_line"
    __table_args__ = (ForeignKeyConstraint(["estate_id"], ["estate.estate_id"]),)
    station: Mapped[str] = mapped_column(primary_key=True)
    since_priority: Mapped[int]
    last_called_at: Mapped[datetime | None]
