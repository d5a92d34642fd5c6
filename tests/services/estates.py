"""A small estate built straight into rows: twelve houses, one batch, staff of each role with secrets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import select

from deskapp.base.clock import CHINA, SetClock
from deskapp.db.base import new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Batch, Booking
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.unit import Unit
from deskapp.domain.places import Place, PlaceKind, label, place_key
from deskapp.domain.staff import Action, Role
from deskapp.services.desk import Desk
from deskapp.services.opening import Place as Workplace
from deskapp.services.opening import create, named, seat
from deskapp.services.staff import new_row

FIRST_DAY = date(2026, 12, 4)
NOW = datetime(2026, 12, 4, 9, 0, tzinfo=CHINA)
SUPERVISOR = ("3001", "lake-side-9071")
PEOPLE = (
    ("1001", "林晓", Role.CLERK, "4826"),
    ("1002", "何敏", Role.CLERK, "5937"),
    ("2001", "周敏", Role.STATION, "8264"),
    ("2002", "陈工", Role.STATION, "9153"),
    ("3001", "沈岚", Role.SUPERVISOR, SUPERVISOR[1]),
    ("4001", "顾远", Role.MANAGER, "north-gate-3318"),
    ("5001", "管理员", Role.ADMINISTRATOR, "server-room-4402"),
    ("6001", "审计", Role.AUDITOR, "look-only-7750"),
)
ROOMS = ("101", "102", "201", "202", "301", "302", "401", "402", "501", "502", "601")
OWNERS = {
    "101": ("王䶮",),
    "102": ("龙强文", "沈熙"),
    "201": ("王䶮",),
    "202": ("陈<b>强</b>",),
    "301": ("李&王",),
    "302": ("=1+1",),
    "401": ("阿依古丽·买买提",),
    "402": ("Smith, John O'Neil",),
    "501": ("赵𬱖",),
    "502": ("孙强",),
    "601": ("孙强",),
    "TC201": ("云栖里商业管理有限公司",),
}


@cache
def _hashed(secret: str) -> str:
    """As real ones are, only cheap to make: a test signs in often."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(secret)


@contextmanager
def small(url: str, folder: Path) -> Iterator[Desk]:
    """The estate on a fresh database, at 9:00 of the first day, clerk 林晓 at 前台1; closed at the end."""
    desk = create(Workplace(folder, url), clock=SetClock(NOW), estate="云栖里")
    try:
        with desk.unit(Action.STAFF_MANAGE) as unit:
            for number, name, role, secret in PEOPLE:
                row = new_row(unit.estate_id, number, name, role, "", escort=number.startswith("2"))
                row.secret = _hashed(secret)
                unit.session.add(row)
            _build(unit)
            unit.touch("estate", unit.estate_id)
        yield named(seat(desk, "1001"), "前台1")
    finally:
        desk.engine.dispose()


def _build(unit: Unit) -> None:
    batch = Batch(
        estate_id=unit.estate_id,
        id=new_id(),
        name="首批",
        station_order="default",
        daily_capacity=80,
        first_day=FIRST_DAY,
        last_day=FIRST_DAY + timedelta(days=9),
    )
    unit.session.add(batch)
    places = [Place("", "1", "1", room) for room in ROOMS] + [Place("", "", "", "TC201", PlaceKind.TOWNHOUSE)]
    people: dict[tuple[str, str], int] = {}
    for count, place in enumerate(places):
        house = _house(unit, place, count)
        unit.session.add(house)
        unit.session.flush()
        unit.session.add(
            Booking(
                estate_id=unit.estate_id,
                house_id=house.id,
                batch_id=batch.id,
                day=FIRST_DAY,
                first_day=FIRST_DAY,
            )
        )
        for rank, name in enumerate(OWNERS[place.room]):
            # 王䶮 owns two houses; the two 孙强 are different people
            key = (name, place.room if name == "孙强" else "")
            if key not in people:
                people[key] = _person(unit, name, len(people))
            _party(unit, house.id, people[key], place, rank)


def _house(unit: Unit, place: Place, count: int) -> House:
    return House(
        estate_id=unit.estate_id,
        id=new_id(),
        phase=place.phase,
        building=place.building,
        entrance=place.entrance,
        room=place.room,
        kind=place.kind.value,
        label=label(place),
        place_key=place_key(place),
        received_label=label(place),
        layout="联排别墅" if place.kind is PlaceKind.TOWNHOUSE else "三室两厅两卫",
        area=Decimal("218.6") if place.kind is PlaceKind.TOWNHOUSE else Decimal("118.26"),
        developer_balance=Decimal(40000) if place.room == "601" else Decimal(0),
        contract_number=f"YQ2025-{count:05d}",
    )


def _person(unit: Unit, name: str, count: int) -> int:
    person = Person(estate_id=unit.estate_id, id=new_id(), name=name, card={})
    unit.session.add(person)
    unit.session.flush()
    unit.session.add(
        Phone(
            estate_id=unit.estate_id,
            id=new_id(),
            person_id=person.id,
            number=f"1990000{count:04d}",
            use="mobile",
            rank=0,
        )
    )
    return person.id


def _party(unit: Unit, house_id: int, person_id: int, place: Place, rank: int) -> None:
    role = "company_owner" if place.room == "TC201" else ("co_owner" if rank else "owner")
    unit.session.add(
        Party(
            estate_id=unit.estate_id,
            id=new_id(),
            house_id=house_id,
            person_id=person_id,
            role=role,
            rank=rank,
            detail={},
            created_at=unit.now,
        )
    )


def house_id(desk: Desk, wanted: str) -> int:
    """The id of a house by its label."""
    with desk.reading() as session:
        statement = select(House.id).where(House.estate_id == desk.estate_id, House.label == wanted)
        return session.scalars(statement).one()


def on_day(desk: Desk, *, days: int = 0, desk_name: str = "前台1", number: str = "1001") -> Desk:
    """The same estate at another day, desk or with another person."""
    clock = SetClock(desk.now() + timedelta(days=days))
    return named(seat(replace(desk, clock=clock), number), desk_name)
