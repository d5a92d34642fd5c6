"""Estates of any size for the benchmarks: invented households, written straight into a new SQLite file.

Names, phones and identity numbers are made so that the index has the shape of a real one: few surnames
that many share, given names of one or two characters, one household in eight with two owners.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from deskapp.base.clock import CHINA
from deskapp.db.engine import open_engine, url_of
from deskapp.db.schema import prepare
from deskapp.domain.places import Place, PlaceKind, label, place_key
from deskapp.domain.searchkeys import SearchEntry, keys_for, name_keys

ESTATE = 1
NOW = datetime(2026, 12, 4, 9, 0, tzinfo=CHINA)

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国志文博雪晨宇浩然子涵欣怡梓轩思雨佳琪"
_ROOMS_A_FLOOR, _FLOORS, _ENTRANCES = 4, 33, 3
_A_BUILDING = _ROOMS_A_FLOOR * _FLOORS * _ENTRANCES

_TABLES = {
    "house": (
        "estate_id, id, phase, building, entrance, room, kind, label, place_key, received_label, layout,"
        " area, contract_number, payment, developer_balance, remark, version"
    ),
    "person": "estate_id, id, name, id_kind, id_number, card, version",
    "phone": "estate_id, id, person_id, number, use, holder, rank",
    "party": "estate_id, id, house_id, person_id, role, share, rank, detail, created_at",
    "search_key": "estate_id, kind, text, house_id",
}


def place_at(number: int) -> Place:
    """Where the house of a number lies: phases of 40 buildings of 33 floors."""
    building, rest = divmod(number, _A_BUILDING)
    entrance, rest = divmod(rest, _ROOMS_A_FLOOR * _FLOORS)
    floor, door = divmod(rest, _ROOMS_A_FLOOR)
    phase, building = divmod(building, 40)
    return Place(f"{phase + 1}期", str(building + 1), str(entrance + 1), f"{floor + 1}{door + 1:02d}")


def name_at(rng: random.Random) -> str:
    """A name as they are spread: one or two given characters."""
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))


def phone_at(number: int) -> str:
    """An invented phone; the last four digits are spread as real ones are."""
    return f"1990{number * 7919 % 10_000_000:07d}"


def _households(count: int) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    rng = random.Random(799)
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    moment = int(NOW.timestamp() * 1_000_000)
    for number in range(count):
        place, house = place_at(number), number + 1
        key = place_key(place)
        rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
        contract = f"WH2025-{number:07d}"
        keys = keys_for(SearchEntry(place, phones=(phone_at(number),), documents=(contract,)))
        found = {(k.kind.value, k.text) for k in keys}
        rows["house"].append(
            (
                ESTATE,
                house,
                place.phase,
                place.building,
                place.entrance,
                place.room,
                PlaceKind.APARTMENT.value,
                label(place),
                key,
                label(place),
                "",
                1182600,
                contract,
                "",
                0,
                "",
                1,
            )
        )
        for rank in range(2 if number % 8 == 0 else 1):
            name, person = name_at(rng), house * 2 + rank
            if name not in known:
                known[name] = tuple((k.kind.value, k.text) for k in name_keys(name))
            found.update(known[name])
            rows["person"].append((ESTATE, person, name, "", "", "{}", 1))
            rows["party"].append((ESTATE, person, house, person, "owner", "", rank, "{}", moment))
        rows["phone"].append((ESTATE, house, house * 2, phone_at(number), "mobile", "", 1))
        rows["search_key"].extend((ESTATE, kind, text, house) for kind, text in found)
        yield rows


def build(file: Path, count: int) -> Path:
    """A database of ``count`` households in ``file``; about 15,000 a second."""
    engine = open_engine(url_of(file))
    prepare(engine, None, NOW)
    engine.dispose()
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-2000000", "foreign_keys=OFF", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    index = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'search_key' AND sql > ''"
    ).fetchone()
    connection.execute("BEGIN")
    connection.execute(f"DROP INDEX {index[0]}")
    connection.execute(
        "INSERT INTO estate (estate_id, name, settings, drill, created_at) VALUES (?, ?, '{}', 0, ?)",
        (ESTATE, "望湖花园", int(NOW.timestamp() * 1_000_000)),
    )
    connection.execute("CREATE TEMP TABLE loose AS SELECT * FROM search_key")
    households = _households(count)
    while chunk := list(islice(households, 5000)):
        for table, columns in _TABLES.items():
            rows = [row for household in chunk for row in household[table]]
            marks = ", ".join("?" * len(columns.split(",")))
            target = "loose" if table == "search_key" else table
            connection.executemany(f"INSERT INTO {target} ({columns}) VALUES ({marks})", rows)
    # In the order of its own key each tree is written once, from left to right.
    columns = _TABLES["search_key"]
    ordered = f"SELECT {columns} FROM loose ORDER BY {columns}"
    connection.execute(f"INSERT INTO search_key ({columns}) {ordered}")
    connection.execute("DROP TABLE loose")
    connection.execute(index[1])
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file
