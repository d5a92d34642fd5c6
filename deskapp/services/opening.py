"""Opening the desk: folder, database, rules, estate and who sits there; and making a new one."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.base.assets import Assets
from deskapp.base.clock import Clock, NeverBack, system_clock
from deskapp.base.errors import Refused, WorldError
from deskapp.base.later import later
from deskapp.db.drafts import DraftBox
from deskapp.db.engine import open_engine, said_to_the_clerk, url_of
from deskapp.db.firstlook import active_staff, estates, newest_moment
from deskapp.db.schema import prepare
from deskapp.db.unit import Who, reading, unit_of_work
from deskapp.domain.rules import load_rules
from deskapp.domain.staff import Role
from deskapp.services.desk import Desk, Member

if TYPE_CHECKING:
    from sqlalchemy import Engine, Row
    from sqlalchemy.orm import Session

    from deskapp.db import beginning
else:
    (beginning,) = later("deskapp.db", "beginning")

DATABASE_FILE = "estate.sqlite3"
FIRST_ESTATE = 1
ONLY_DESK = "前台1"
"""What the one workstation of an embedded database is called until it is named; papers are Chinese."""
PROGRAM = Member(0, "", "deskapp", Role.ADMINISTRATOR)
"""Whose hand the command line is: imports, backups, accounts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workstation keeps its things.

    Attributes:
        folder: drafts, backups, logs, workstation settings, and the embedded database if there is one.
        database: URL of a server's database, "" for the embedded one.
    """

    folder: Path
    database: str = ""

    @property
    def file(self) -> Path:
        """The embedded database."""
        return self.folder / DATABASE_FILE

    @property
    def workstation_file(self) -> Path:
        """What this workstation remembers: its name, who sat there last, language, text size."""
        return self.folder / "workstation.json"


def default_folder() -> Path:
    """The user's data folder (cli.md)."""
    from platformdirs import user_data_path

    return user_data_path("deskapp", appauthor=False)


def place_of(data: Path | None, database: str | None) -> Place:
    """Where to work, from what the command line said."""
    return Place(data if data is not None else default_folder(), database or "")


def exists(place: Place) -> bool:
    """Whether there is a database to open; a server is believed to be there."""
    return bool(place.database) or place.file.is_file()


def remembered(place: Place) -> dict[str, Any]:
    """What this workstation remembers; nothing where the file is missing or damaged."""
    try:
        kept = json.loads(place.workstation_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(place: Place, **values: Any) -> None:
    """Keeps values for the next start, beside those already kept.

    Raises:
        WorldError: ``desk.folder``: the data folder cannot be written.
    """
    fresh = place.workstation_file.with_suffix(".new")
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({**remembered(place), **values}, ensure_ascii=False), encoding="utf-8")
        fresh.replace(place.workstation_file)
    except OSError as error:
        raise WorldError("desk.folder", folder=str(place.folder)) from error


def create(place: Place, *, clock: Clock = system_clock, estate: str = "", drill: bool = False) -> Desk:
    """A new database with one estate and no houses yet.

    Raises:
        Refused: ``desk.exists_already``: there is an estate; nothing is touched.
        WorldError: the folder or the server is in the way.
    """
    engine = _engine(place)
    try:
        prepare(engine, place.folder / "backups", clock())
        assets = Assets(place.folder / "site")
        name = estate or load_rules(assets).site.estate
        with unit_of_work(engine, Who(FIRST_ESTATE, 0, PROGRAM.name, _machine()), clock(), "init") as unit:
            if estates(unit.session, None):
                raise Refused("desk.exists_already", folder=str(place.folder))
            beginning.begin_estate(unit.session, FIRST_ESTATE, name, unit.now, drill=drill)
            unit.record("estate.created", "estate", FIRST_ESTATE, data={"name": name})
        return _desk(engine, place, clock, assets)
    except BaseException:
        engine.dispose()
        raise


def open_desk(place: Place, *, clock: Clock = system_clock) -> Desk:
    """Opens the database of a place; an older one is backed up and migrated, a newer one refused.

    The desk is staffed by the program itself; `seat` puts a member of staff there.

    Raises:
        Refused: ``desk.nothing_here``: no database yet.
        WorldError: folder, file or server in the way, ``db.newer``, ``db.foreign``, ``db.damaged``.
    """
    if not exists(place):
        raise Refused("desk.nothing_here", folder=str(place.folder))
    engine = _engine(place)
    try:
        prepare(engine, place.folder / "backups", clock())
        return _desk(engine, place, clock, Assets(place.folder / "site"))
    except BaseException:
        engine.dispose()
        raise


def _engine(place: Place) -> Engine:
    if place.database:
        return open_engine(url_of(place.database))
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        if not os.access(place.folder, os.W_OK):
            raise PermissionError(place.folder)
    except OSError as error:
        raise WorldError("desk.folder", folder=str(place.folder)) from error
    return open_engine(url_of(place.file))


def _desk(engine: Engine, place: Place, clock: Clock, assets: Assets) -> Desk:
    kept = remembered(place)
    with reading(engine) as session:
        estate = _estate(session, kept)
        newest = newest_moment(session, estate.estate_id)
    return Desk(
        engine=engine,
        clock=NeverBack(clock, newest),
        assets=assets,
        rules=load_rules(assets, estate.settings),
        estate_id=estate.estate_id,
        estate_name=estate.name,
        drill=estate.drill,
        member=PROGRAM,
        name=str(kept.get("desk") or (_machine() if place.database else ONLY_DESK)),
        folder=place.folder,
        drafts=DraftBox(place.folder / "drafts"),
    )


def _estate(session: Session, kept: Mapping[str, Any]) -> Row[Any]:
    wanted = kept.get("estate_id")
    found = estates(session, wanted if isinstance(wanted, int) else None)
    if not found:
        raise Refused("desk.no_estate")
    return found[0]


def _machine() -> str:
    return socket.gethostname()[:40] or "desk"


def seat(desk: Desk, number: str = "") -> Desk:
    """The desk with a member of staff at it: the one named, else the first who may serve.

    Args:
        number: staff number, such as of who sat there last.
    """
    with said_to_the_clerk(), desk.reading() as session:
        rows = active_staff(session, desk.estate_id)
    chosen = next((r for r in rows if r.number == number), None)
    for role in (Role.CLERK, Role.SUPERVISOR, Role.MANAGER, Role.STATION):
        chosen = chosen or next((r for r in rows if r.role == role.value), None)
    if chosen is None:
        return desk
    return desk.staffed_by(Member(chosen.id, chosen.number, chosen.name, Role(chosen.role)))


def named(desk: Desk, name: str) -> Desk:
    """The desk under another workstation name."""
    return replace(desk, name=name)
