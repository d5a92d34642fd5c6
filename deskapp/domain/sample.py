"""The sample estate 云栖里: 799 households, staff and the first batch, made up whole.

The roster is a table of cells as a sales department sends it, so that the sample goes through the very
import that a real roster does. Nobody in it exists: identity numbers have the order code 000, which is
never issued, phones lie in 1990000xxxx, the company's credit code names a region that does not exist.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from stdnum.cn import ric, uscc

from deskapp.domain.staff import Role

ESTATE = "云栖里"
FIRST_DAY = date(2026, 12, 4)
"""A Friday; days 2 and 3 are a weekend (M3)."""
DAILY = 80
HOUSEHOLDS = 799
DEFAULT_SEED = 20261204

Cell = str | int | Decimal | date | None

HEADINGS = (
    "序号",
    "楼栋",
    "单元",
    "房号",
    "业主姓名",
    "证件号码",
    "联系电话",
    "户型",
    "建筑面积",
    "合同编号",
    "签约日期",
    "付款方式",
    "房款情况",
    "通知办理日期",
    "备注",
)


@dataclass(frozen=True, slots=True)
class SampleRoster:
    """A roster as a table: title, headings, one row a house in the order of the notified days, total."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]

    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """The sheet, row by row; the title stands alone in the first, headings in the second."""
        title = (self.title, *(None,) * (len(self.headings) - 1))
        return (title, self.headings, *self.rows, self.total)


@dataclass(frozen=True, slots=True)
class SampleStaff:
    """An account of the sample estate.

    Attributes:
        secret: PIN or password to practise with; a site sets its own.
        escort: may accompany inspections.
    """

    number: str
    name: str
    role: Role
    secret: str
    escort: bool = False


@dataclass(frozen=True, slots=True)
class SampleBatch:
    """The concentrated move-in of the sample."""

    name: str
    first_day: date
    last_day: date
    daily_capacity: int
    station_order: str


BATCH = SampleBatch("云栖里一期首批集中入伙", FIRST_DAY, FIRST_DAY + timedelta(days=9), DAILY, "default")

STAFF = (
    SampleStaff("1001", "林晓", Role.CLERK, "2758"),
    SampleStaff("1002", "周敏", Role.STATION, "4163"),
    SampleStaff("1003", "许可", Role.STATION, "8052"),
    SampleStaff("1004", "方宁", Role.CLERK, "6394"),
    SampleStaff("1101", "陈工", Role.STATION, "3817", escort=True),
    SampleStaff("1102", "罗工", Role.STATION, "5926", escort=True),
    SampleStaff("1103", "白工", Role.STATION, "7240", escort=True),
    SampleStaff("1104", "尹工", Role.STATION, "9481", escort=True),
    SampleStaff("2001", "沈亦", Role.SUPERVISOR, "zhuguan-yunqi"),
    SampleStaff("2002", "顾清", Role.MANAGER, "jingli-yunqi"),
    SampleStaff("9001", "系统管理员", Role.ADMINISTRATOR, "guanli-yunqi"),
    SampleStaff("9002", "审计", Role.AUDITOR, "shenji-yunqi"),
)


@dataclass(frozen=True, slots=True)
class _Block:
    """One building: entrances, floors, and the layout and area of each door of a floor."""

    building: str
    entrances: int
    floors: int
    doors: tuple[tuple[str, str], ...]


_TOWER = (("三室两厅一卫", "96.84"), ("两室两厅一卫", "78.35"), ("三室两厅两卫", "112.47"))
_SLAB = (("三室两厅两卫", "121.06"), ("四室两厅两卫", "143.92"))
_MIXED = (
    ("三室一厅一卫", "88.73"),
    ("三室两厅两卫", "115.20"),
    ("两室两厅一卫", "79.58"),
    ("四室两厅两卫", "139.64"),
)
_BLOCKS = (
    _Block("1#", 2, 24, _TOWER),
    _Block("2#", 2, 24, _TOWER),
    _Block("3#", 3, 18, _SLAB),
    _Block("5#", 2, 18, _MIXED),
    _Block("6#", 2, 18, _MIXED),
    _Block("7#", 3, 6, _MIXED),
)
_TOWNHOUSES = tuple(f"TC{row}{n:02d}" for row, last in ((1, 21), (2, 22)) for n in range(1, last + 1))

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
_GIVEN = "安柏晨丹恩帆歌涵嘉珂岚沐楠鹏琪然舒彤文希雅泽芷川峰国海建军丽敏明平强琴秋荣伟霞燕勇云志忠"

_SPECIAL_NAMES: Mapping[int, str] = MappingProxyType(
    {
        5: "王䶮",
        17: "赵𬱖",
        29: "李㛃",
        38: "𠮷敏行",
        52: "古丽巴哈尔·艾山",
        64: "扎西·顿珠",
        77: "迪丽努尔·阿卜杜克热木",
        95: "SATO HARUKA",
        108: "Amélie Dubois-Lefèvre",
        121: "NGUYỄN THỊ HỒNG",
        140: "云上栖木(杭州)文化传播有限公司",
        163: "周<i>宁</i>",
        177: "何&何",
        190: "=SUM(A1)",
        204: 'O\'Neil "Pat"',
        219: "欧阳若兮",
        250: "张伟",
        251: "张伟",
        420: "张伟",
        470: "Maximiliana Alexandra Theodora Wolkenstein-Rautenbach",
    }
)
"""What real rosters hold sooner or later (P3), by place in the roster: rare characters, foreign and
company names, namesakes, texts that look like markup, a formula or a quotation."""

_NUMBERS: Mapping[int, str] = MappingProxyType({95: "TZ0000095", 108: "00XX00108", 121: "X0000121"})
"""Passports, in the form of their countries."""

_TWO_HOUSES: Mapping[int, int] = MappingProxyType({310: 300, 640: 300, 702: 88})
"""Places whose owner is the owner of another place (P5)."""

_REGIONS = (
    "330106",
    "330108",
    "310115",
    "320506",
    "340104",
    "350203",
    "360103",
    "420106",
    "430104",
    "510107",
)
_REMARKS = (
    "要求延期办理",
    "车位待选",
    "曾反映样板间与交付标准不一致",
    "媒体从业",
    "业委会筹备成员",
    "长住外地,委托代办",
    "老人同住,行动不便",
    "同城另有一套",
)


def sample_roster(seed: int = DEFAULT_SEED) -> SampleRoster:
    """The roster of 799 households; the same seed gives the same table.

    Notified days begin on `FIRST_DAY`, `DAILY` households each, in the order of the houses.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up people, no secret
    people = _people(chance)
    rows = tuple(
        (
            at + 1,
            *place,
            *person,
            layout,
            Decimal(area),
            f"YQ2025-{at + 1:05d}",
            date(2025, 3, 1) + timedelta(days=chance.randrange(400)),
            chance.choices(("按揭", "公积金贷款", "一次性"), (5, 3, 2))[0],
            _balance(chance),
            FIRST_DAY + timedelta(days=at // DAILY),
            chance.choice(_REMARKS) if chance.random() < 0.15 and at not in _SPECIAL_NAMES else None,
        )
        for at, ((place, layout, area), person) in enumerate(zip(_houses(), people, strict=True))
    )
    area_sum = sum((Decimal(area) for _, _, area in _houses()), Decimal(0))
    total: list[Cell] = ["合计", None, None, f"{len(rows)}户", *(None,) * (len(HEADINGS) - 4)]
    total[HEADINGS.index("建筑面积")] = area_sum
    return SampleRoster(f"{ESTATE}一期首批入住业主名单", HEADINGS, rows, tuple(total))


def _houses() -> Iterator[tuple[tuple[str, str | None, str], str, str]]:
    """Place (building, entrance, room), layout and area of each house."""
    for block in _BLOCKS:
        for entrance in range(1, block.entrances + 1):
            for floor in range(1, block.floors + 1):
                for door, (layout, area) in enumerate(block.doors, 1):
                    yield (block.building, f"{entrance}单元", f"{floor}{door:02d}"), layout, area
    for room in _TOWNHOUSES:
        yield ("联排", None, room), "联排别墅", "226.50"


def _people(chance: random.Random) -> list[tuple[str, str, str]]:
    """Name, identity number and phone of the owners of each house."""
    taken: set[str] = set()
    found: list[tuple[str, str, str]] = []
    for at in range(HOUSEHOLDS):
        if at in _TWO_HOUSES:
            found.append(found[_TWO_HOUSES[at]])
            continue
        name = _SPECIAL_NAMES.get(at) or _name(chance)
        if at not in _SPECIAL_NAMES and chance.random() < 0.12:
            name = f"{name}、{_name(chance)}"
        found.append((name, _number(at, name, chance, taken), f"1990000{at:04d}"))
    return found


def _name(chance: random.Random) -> str:
    given = "".join(chance.sample(_GIVEN, 1 if chance.random() < 0.2 else 2))
    return chance.choice(_SURNAMES) + given


def _number(at: int, name: str, chance: random.Random, taken: set[str]) -> str:
    if at in _NUMBERS:
        return _NUMBERS[at]
    if name.endswith("公司"):
        return credit_code(at)
    while True:
        born = date(1948, 1, 1) + timedelta(days=chance.randrange(20_000))
        number = resident_number(chance.choice(_REGIONS), born)
        if number not in taken:
            taken.add(number)
            return number


def resident_number(region: str, born: date) -> str:
    """An identity number that nobody has: order code 000, the checksum right (GB 11643)."""
    body = f"{region}{born:%Y%m%d}000"
    return body + str(ric.calc_check_digit(body + "0"))


def credit_code(order: int) -> str:
    """A unified social credit code that no company has: region 000000, the checksum right (GB 32100)."""
    body = f"91000000{order:08d}0"
    return body + str(uscc.calc_check_digit(body))


def _balance(chance: random.Random) -> str:
    if chance.random() < 0.95:
        return "已结清"
    return f"欠尾款{chance.randint(1, 8)}万元"
