"""Which column of a roster holds what (A6): headings as sales departments write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from deskapp.base.errors import Refused


class RosterField(StrEnum):
    """What a column of a roster may hold; the values are those of ``--map "heading=field"`` (cli.md)."""

    PHASE = "phase"
    BUILDING = "building"
    ENTRANCE = "entrance"
    ROOM = "room"
    KIND = "kind"
    LAYOUT = "layout"
    AREA = "area"
    OWNERS = "owners"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    CONTRACT_NUMBER = "contract_number"
    CONTRACT_DATE = "contract_date"
    PAYMENT = "payment"
    BALANCE = "balance"
    NOTIFIED_DAY = "notified_day"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet.

    Attributes:
        heading_row: index of the row with the headings.
        headings: texts of that row, trimmed, one for each column.
        of: field -> its columns from left to right; only owners, id_number and phone may have several.
        ignored: headings that stand for nothing the desk keeps.
        balance_unit: yuan in one unit of the balance column (10000 for ``尾款(万元)``).
    """

    heading_row: int
    headings: tuple[str, ...]
    of: Mapping[RosterField, tuple[int, ...]]
    ignored: tuple[str, ...] = ()
    balance_unit: Decimal = Decimal(1)

    def has(self, field: RosterField) -> bool:
        """Whether the sheet has the field at all."""
        return field in self.of


HEADING_ROWS = 30
"""The headings stand within this many rows of the top."""

_SEVERAL = {RosterField.OWNERS, RosterField.ID_NUMBER, RosterField.PHONE}

# Compared with the whole heading after `_folded`: half width, no spaces, brackets, units or numbers.
_PATTERNS: tuple[tuple[RosterField, str], ...] = (
    (RosterField.PHASE, r"(项目)?(分?期|期数|组团|苑区|分区|片区)(名称)?|phase|cluster"),
    (
        RosterField.BUILDING,
        r"楼栋号?|楼栋名称|栋号?|幢号?|楼号|楼幢|楼座|座|楼|楼宇|building(no)?|block|bldg",
    ),
    (RosterField.ENTRANCE, r"单元号?|门栋|梯号?|entrance|unit"),
    (
        RosterField.ROOM,
        r"(楼?栋|幢|楼号?)?(单元)?(房号|房间号?|室号?|户号|门牌号?|房屋号|房源|房屋|房产|铺号|商铺号)(编号|号|名称|信息)?"
        r"|(房屋|房产|物业|房源)?(坐落|地址|位置)|房(间|屋)?编码|house|room(no|number)?|address|unitno|houseno",
    ),
    (RosterField.KIND, r"(物业|房屋|房产|产品|房源)(类型|类别|性质|用途)|业态|用途|kind|type|usage"),
    (RosterField.LAYOUT, r"户型(结构)?|房型|layout"),
    (RosterField.AREA, r"(实测|预测|合同|产权|房屋|销售)?(建筑|建)?面积|建面|area"),
    (
        RosterField.OWNERS,
        r"(第.)?(房屋)?(产权|共同)?(业主|客户|买受人|购房人|购房者|产权人|权利人|所有权人|所有人|户主|共有人|姓名|房主|客户方)"
        r"(姓名|名称|名字|全称|信息)?|owners?|(owners?|buyer|customer)?names?|buyers?|customers?",
    ),
    (
        RosterField.ID_NUMBER,
        r"(业主|客户|买受人|购房人|产权人|权利人|共有人|户主)?(有效)?"
        r"(身份证件?|证件|证照|身份证/护照|身份证明|社会信用代码|统一社会信用代码)(号码?|编号)?"
        r"|id(no|number|card|cardno)?|identity(no|number)?|idcardnumber",
    ),
    (
        RosterField.PHONE,
        r"(业主|客户|买受人|购房人|产权人|权利人|共有人|户主|本人)?(联系|移动|手机|固定)?"
        r"(电话|手机|方式|座机|号码)(号码?)?|(mobile|cell)?(phone|tel|telephone|mobile)(no|number)?|contact",
    ),
    (
        RosterField.CONTRACT_NUMBER,
        r"(购房|买卖|销售|商品房|网签|备案)*合同(编号|号码?|备案号)|contract(no|number)?",
    ),
    (
        RosterField.CONTRACT_DATE,
        r"(合同)?(签约|签订|签署|网签)(日期|时间|日)|合同(日期|时间)|contractdate|signed(on)?|signingdate",
    ),
    (RosterField.PAYMENT, r"(付款|支付|购房|交款)(方式|类型)|payment(method)?"),
    (
        RosterField.BALANCE,
        r"(房款|购房款|楼款|尾款|余款|欠款|欠缴房款|未付房款|欠尾款|剩余房款)(情况|状态|金额|结清情况|缴纳情况|余额|结清)?|balance",
    ),
    (
        RosterField.NOTIFIED_DAY,
        r"(通知|约定|预约|计划)?(集中)?(办理|入伙|入住|交房|交付|收楼|收房|接房)*(通知)?(日期|时间|日)"
        r"|(notified|movein|handover)(day|date)?",
    ),
    (RosterField.REMARK, r"备注(说明|信息)?|说明|附注|remarks?|notes?|comments?"),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
_NO_OWNER = re.compile(r"代办|代理|委托|紧急|销售|顾问|经办|联系人|制表|审核|物业公司|开发商")
_SILENT = re.compile(r"序号?|编号|no|号|serial|#|问题|problem|行号?|")


def folded(heading: object) -> str:
    """A heading as it is compared: ``建筑面积(㎡)`` is 建筑面积, ``联系电话2`` is 联系电话."""
    text = unicodedata.normalize("NFKC", str(heading or "")).lower()
    text = re.sub(r"[((\[【].*?[))\]】]", "", text)
    text = re.sub(r"[\s_\-/\\::*.,、。?]+", "", text)
    return re.sub(r"(?<=[\u4e00-\u9fffa-z])(?:[0-9]+|[一二三四])$", "", text)


def field_of(heading: object) -> RosterField | None:
    """The field that a heading names, if it names one."""
    text = folded(heading)
    if not text or _NO_OWNER.search(text):
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(text)), None)


LEFT_OUT = ""
"""In a mapping: the column is not used, whatever its heading seems to name."""


def likely_headings(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """The row that looks most like headings where `find_columns` knows none: the one with most texts.

    For the clerk to say which column is what; empty where no row has two texts.
    """
    texts = [tuple(_trimmed(cell) for cell in row) for row in rows[:HEADING_ROWS]]
    best = max(texts, key=lambda row: sum(bool(text) for text in row), default=())
    return best if sum(bool(text) for text in best) > 1 else ()


def find_columns(
    rows: Sequence[Sequence[object]], mapping: Mapping[str, str] | None = None
) -> Columns | None:
    """The columns, by the row among the first that names most fields; None if no row names a house.

    Args:
        mapping: heading -> field, or `LEFT_OUT`, as the clerk says it.

    Raises:
        Refused: ``roster.unknown_field`` or ``roster.unknown_heading`` for a mapping that cannot be followed.
    """
    wanted = _wanted(mapping or {})
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:HEADING_ROWS]):
        fields = {field for field in (_mapped(cell, wanted) for cell in row) if field}
        if RosterField.ROOM in fields and len(fields) > (best[0] if best else 1):
            best = len(fields), index
    if best is None:
        return None
    row = rows[best[1]]
    if missing := set(wanted) - {folded(cell) for cell in row}:
        heading = next(name for name in mapping or {} if folded(name) in missing)
        raise Refused("roster.unknown_heading", heading=heading)
    return _assigned(best[1], row, wanted)


def missing_columns(columns: Columns) -> tuple[RosterField, ...]:
    """What a roster cannot be without: the owners (the house is there, or these were no columns)."""
    return () if columns.has(RosterField.OWNERS) else (RosterField.OWNERS,)


def _trimmed(cell: object) -> str:
    return re.sub(r"\s+", " ", str(cell or "")).strip()


def _wanted(mapping: Mapping[str, str]) -> dict[str, RosterField | None]:
    wanted: dict[str, RosterField | None] = {}
    for heading, field in mapping.items():
        if field != LEFT_OUT and field not in set(RosterField):
            raise Refused("roster.unknown_field", field=field, fields=", ".join(RosterField))
        wanted[folded(heading)] = RosterField(field) if field else None
    return wanted


def _mapped(cell: object, wanted: Mapping[str, RosterField | None]) -> RosterField | None:
    said = folded(cell)
    return wanted[said] if said in wanted else field_of(cell)


def _assigned(index: int, row: Sequence[object], wanted: Mapping[str, RosterField | None]) -> Columns:
    headings = tuple(_trimmed(cell) for cell in row)
    told = set(wanted.values()) - {None}
    of: dict[RosterField, tuple[int, ...]] = {}
    ignored = []
    for column, heading in enumerate(headings):
        field = _mapped(heading, wanted)
        by_hand = folded(heading) in wanted
        if field in told and not by_hand:
            field = None  # the clerk named another column for it
        if field and (field not in of or field in _SEVERAL):
            of[field] = (*of.get(field, ()), column)
        elif heading and not _SILENT.fullmatch(folded(heading)):
            ignored.append(heading)
    unit = Decimal(1)
    if RosterField.BALANCE in of and re.search(r"[((]\s*万", headings[of[RosterField.BALANCE][0]]):
        unit = Decimal(10000)
    return Columns(index, headings, of, tuple(ignored), unit)
