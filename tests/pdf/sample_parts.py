"""Parts of sample documents: invented people, one house, its papers, keys, meters, money and pictures."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw

from deskapp.base.clock import CHINA
from deskapp.domain import documents as d

NOW = datetime(2026, 11, 3, 10, 22, tzinfo=CHINA)
HOSTILE = (
    "陈<b>强</b>",
    "李&王",
    "=1+1",
    "王䶮",
    "赵𬱖",
    "张𠅤",
    "阿依古丽·买买提",
    "Smith, John O'Neil",
    "(括号)\\反斜杠",
    "{payer}",
    "欧阳" + "长" * 58,
)


def picture(kind: str, seed: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    """A drawn signature (``kind="signature"``, transparent PNG) or a photo (JPEG)."""
    out = io.BytesIO()
    if kind == "signature":
        image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
        pen = ImageDraw.Draw(image)
        points = [(20 + 28 * n, 100 + (seed * 37 * n * n) % 130 - 65) for n in range(20)]
        pen.line(points, fill=(10, 10, 60, 255), width=7, joint="curve")
        image.save(out, "PNG")
    else:
        image = Image.new("RGB", size, (196, 190 - seed * 9 % 60, 180))
        pen = ImageDraw.Draw(image)
        pen.rectangle((60, 60, size[0] - 60, size[1] - 60), outline=(90, 90, 90), width=8)
        pen.line((100, 100, 300 + seed * 11 % 90, 380), fill=(60, 40, 30), width=5)
        image.save(out, "JPEG")
    return out.getvalue()


SIGNATURE, PHOTO, PHOTO2 = picture("signature"), picture("photo"), picture("photo", 4, (480, 640))
PICTURES = {hashlib.sha256(data).hexdigest(): data for data in (SIGNATURE, PHOTO, PHOTO2)}
SIGNED, SHOT, SHOT2 = PICTURES


HOUSE = d.House(
    label="3栋2单元1906", layout="三室两厅两卫", area=Decimal("128.56"), inner_area=Decimal("101.20")
)
OWNER = d.Attendee(name="陈嘉禾", document="居民身份证 110***********000X", phone="199****0001")


def signed(role: str, name: str = "陈嘉禾") -> d.Signature:
    return d.Signature(role=role, name=name, signed_at=NOW, picture=SIGNED)


def defect(n: int, **changes: Any) -> d.DefectLine:
    told = (
        ("主卧", "walls", "东墙抹灰空鼓约 0.3 ㎡"),
        ("厨房", "waterproofing", "闭水 24 小时后楼下顶棚见水印，疑管根渗漏"),
        ("客厅", "windows", "推拉窗锁点不合，关不严"),
        ("次卫", "plumbing", "地漏返味，水封不足 50 mm"),
    )
    place, trade, text = told[n % 4]
    whole: dict[str, Any] = {
        "number": f"{n:02d}",
        "description": text,
        "place": place,
        "trade": trade,
        "severity": ("minor", "major", "safety")[n % 3],
        "party": "contractor",
        "found_on": date(2026, 11, 3),
        "due_on": date(2026, 11, 3) + timedelta(days=7 + n % 9),
    }
    return d.DefectLine(**(whole | changes))


METERS = (
    d.Meter(kind="water", reading="00012.5", unit="m³", serial="W2026-190602"),
    d.Meter(kind="electricity", reading="00038", unit="kWh", serial="E2026-190602"),
    d.Meter(kind="gas", unit="m³", serial="G2026-190602", note="未通气，通气时抄见"),
)
KEYS = (
    d.KeyLine(
        kind="入户门钥匙", count=6, handed=4, kept=2, kept_for="厨房防水返修", kept_until=date(2026, 11, 20)
    ),
    d.KeyLine(kind="信报箱钥匙", count=2, handed=2),
    d.KeyLine(kind="门禁卡", count=4, handed=4),
    d.KeyLine(kind="储藏室钥匙", count=1, handed=1),
)
FEES = (
    d.FeeLine(
        name="物业服务费",
        period="2026-11-03 至 2027-11-02",
        basis="建筑面积 × 单价 × 12 个月",
        quantity=Decimal("128.56"),
        unit="㎡",
        unit_price=Decimal("2.80"),
        amount=Decimal("4319.62"),
    ),
    d.FeeLine(
        name="装修垃圾清运费",
        basis="建筑面积 × 单价",
        quantity=Decimal("128.56"),
        unit="㎡",
        unit_price=Decimal("6.00"),
        amount=Decimal("771.36"),
    ),
    d.FeeLine(
        name="门禁卡工本费",
        basis="按张",
        quantity=Decimal(2),
        unit="张",
        unit_price=Decimal("15.00"),
        amount=Decimal("30.00"),
    ),
)
TOTAL = Decimal("5120.98")
OVERRIDES = (
    d.Override(
        matter="交钥匙：收费未结清", reason="业主已书面承诺 11 月 10 日前付清，先交钥匙", by="林主管", at=NOW
    ),
)
RECORDS = tuple(
    d.SignedRecord(
        title=title,
        number=number,
        outcome=outcome,
        signed_by="陈嘉禾",
        means=means,
        at=NOW - timedelta(minutes=80 - 12 * n),
    )
    for n, (title, number, outcome, means) in enumerate(
        (
            ("业主登记表", "", "in_order", "screen"),
            ("房屋验收单", "YF-2026-000001", "accepted_with_defects", "screen"),
            ("入住资料签收单", "ZL-2026-000001", "item_short", "paper"),
            ("收款收据", "SJ-2026-000001", "paid", "screen"),
            ("委托代办单", "WT-2026-000001", "taken", "screen"),
            ("钥匙领用签收单", "YS-2026-000001", "some_kept", "screen"),
        )
    )
)
