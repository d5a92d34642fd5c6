"""Documents of every form with invented people, for tests and for looking at the forms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from deskapp.base.assets import Assets
from deskapp.domain import documents as d
from deskapp.pdf import load_forms
from tests.pdf import complaint_samples, incident_samples
from tests.pdf.sample_parts import (
    FEES,
    HOUSE,
    KEYS,
    METERS,
    NOW,
    OVERRIDES,
    OWNER,
    RECORDS,
    SHOT,
    SHOT2,
    TOTAL,
    defect,
    signed,
)

FORMS = load_forms(Assets())


def record(form: str, values: Any, **changes: Any) -> d.Record:
    """The values as they would be issued."""
    shape = FORMS[form]
    heading: dict[str, Any] = {
        "estate": "望湖花园",
        "company": "清禾物业服务有限公司",
        "form": form,
        "form_version": shape.version,
        "number": f"{shape.series}-2026-000001" if shape.series else "",
        "issued_at": NOW,
        "issuer": "周敏",
        "contact": "服务热线 0100-0000000",
    }
    return d.Record(d.Issue(**(heading | changes)), values)


def handover(**changes: Any) -> d.Handover:
    """The hand-over receipt of an ordinary household."""
    whole: dict[str, Any] = {
        "house": HOUSE,
        "owners": ("陈嘉禾", "李&王"),
        "receiver": OWNER,
        "handed_over_at": NOW,
        "batch": "一期集中入伙",
        "pass_number": "LZ-2026-000001",
        "records": RECORDS,
        "meters": METERS,
        "keys": KEYS,
        "papers_short": (
            d.Paper(name="住宅使用说明书", promised_on=date(2026, 11, 20), note="到后电话通知"),
        ),
        "fees": FEES,
        "total": TOTAL,
        "open_defects": (defect(0), defect(1)),
        "overrides": OVERRIDES,
        "signatures": (signed("owner"), signed("property", "周敏")),
    }
    return d.Handover(**(whole | changes))


def queue_pass(**changes: Any) -> d.Pass:
    names = ("查验入住通知书", "查验业主资料", "验房", "签收资料", "收费", "发放钥匙")
    stations = [d.PassStation(place=n, name=name) for n, name in enumerate(names, 1)]
    stations[0] = d.PassStation(
        place=1, name=names[0], desk="1 号台", outcome="in_order", closed_at=NOW, clerk="周敏"
    )
    whole: dict[str, Any] = {
        "queue_number": "A017",
        "day": date(2026, 11, 3),
        "house": HOUSE,
        "attendee": OWNER,
        "owners": ("陈嘉禾", "李&王"),
        "batch": "一期集中入伙",
        "arrived_at": NOW,
        "priority": "elderly",
        "balance_clear": False,
        "balance": Decimal("107000.53"),
        "stations": tuple(stations),
        "overrides": OVERRIDES,
    }
    return d.Pass(**(whole | changes))


def notice(**changes: Any) -> d.MoveInNotice:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "owners": ("陈嘉禾", "李&王"),
        "day": date(2026, 11, 3),
        "hours": "09:00–11:30",
        "place": "望湖花园会所一层",
        "batch": "一期集中入伙",
        "reissued_because": "原件未带，身份已核实",
        "papers": (
            d.Paper(name="商品房买卖合同原件", note="核对房屋与业主是否相符"),
            d.Paper(name="业主身份证明原件", note="核对身份，看过即还"),
            d.Paper(name="业主一寸照片", copies=2, note="用于业主登记表和出入证"),
        ),
        "amounts": FEES,
        "total": TOTAL,
        "contact": "0100-0000000",
    }
    return d.MoveInNotice(**(whole | changes))


def owner_card(**changes: Any) -> d.OwnerCard:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "owners": (
            d.OwnerEntry(
                name="陈嘉禾",
                share="1/2",
                document_kind="居民身份证",
                document_number="11010119900307000X",
                born_on=date(1990, 3, 7),
                phones=("19900000001", "0100-0000000-801"),
                trade="教育",
                post="教师",
                native_place="湖南长沙",
                address="3栋2单元1906",
            ),
            d.OwnerEntry(
                name="Smith, John O'Neil", share="1/2", document_kind="护照", document_number="X00000000"
            ),
        ),
        "moved_in_on": date(2026, 11, 3),
        "contacts": (d.Relative(name="王䶮", relation="母亲", phone="19900000002"),),
        "members": (d.Relative(name="赵𬱖", relation="子女", born_on=date(2015, 6, 1)),),
        "vehicles": (d.Vehicle(plate="京A·00000", description="白色轿车", space="B1-016"),),
        "pets": (d.Pet(kind="犬", description="棕色泰迪"),),
        "declined": ("行业", "籍贯"),
        "signatures": (signed("owner"),),
    }
    return d.OwnerCard(**(whole | changes))


def inspection(rooms: int = 4, defects: int = 3, **changes: Any) -> d.Inspection:
    items = tuple(
        d.InspectionItem(
            room=room,
            trade=trade,
            item=item,
            method=method,
            finding="defect" if (n + len(room)) % 7 == 0 else "in_order",
        )
        for n in range(rooms)
        for room in (("客厅", "主卧", "次卧", "厨房", "主卫", "次卫", "阳台")[n % 7],)
        for trade, item, method in (
            ("walls", "墙面平整、无空鼓、无裂缝", "目测，空鼓锤轻敲"),
            ("floors", "地面平整，无起砂、裂缝", "目测，靠尺"),
            ("windows", "门窗开关灵活，五金齐全，密封完好", "逐扇开关"),
            ("electricity", "插座、开关、照明通电正常", "验电器逐个试"),
        )
    )
    whole: dict[str, Any] = {
        "house": HOUSE,
        "attendee": OWNER,
        "started_at": NOW,
        "escort": "吴师傅",
        "items": items,
        "meters": METERS,
        "defects": tuple(
            defect(n, photos=(d.Photo(sha256=(SHOT, SHOT2)[n % 2], taken_at=NOW),))
            for n in range(1, defects + 1)
        ),
        "outcome": "accepted_with_defects",
        "reinspect_on": date(2026, 11, 12),
        "earlier": (
            d.Visit(number="YF-2026-000000", at=NOW - timedelta(days=3), outcome="refused", note="厨房渗水"),
        ),
        "signatures": (signed("owner"), signed("escort", "吴师傅")),
    }
    return d.Inspection(**(whole | changes))


def defect_order(defects: int = 4, **changes: Any) -> d.DefectOrder:
    whole: dict[str, Any] = {
        "party": "contractor",
        "contact": "何工 19900000003",
        "answer_by": date(2026, 11, 6),
        "defects": tuple(
            defect(n, house="3栋2单元1906", photos=(d.Photo(sha256=SHOT, taken_at=NOW),) if n < 3 else ())
            for n in range(1, defects + 1)
        ),
    }
    return d.DefectOrder(**(whole | changes))


def register(defects: int = 80, **changes: Any) -> d.DefectRegister:
    whole: dict[str, Any] = {
        "as_of": NOW,
        "scope": "全部",
        "defects": tuple(
            defect(
                n,
                house=f"{n % 9 + 1}栋{n % 2 + 1}单元{n % 30 + 1:02d}0{n % 6 + 1}",
                confirmed_on=date(2026, 11, 4) if n % 2 else None,
                done_on=date(2026, 11, 9) if n % 4 == 0 else None,
                attempts=2 if n % 11 == 0 else 0,
            )
            for n in range(1, defects + 1)
        ),
        "open_count": 60,
        "overdue_count": 4,
        "closed_count": 20,
    }
    return d.DefectRegister(**(whole | changes))


def papers_receipt(**changes: Any) -> d.PapersReceipt:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "receiver": OWNER,
        "papers": (
            d.Paper(name="前期物业服务合同", copies=2, received=True),
            d.Paper(name="住宅质量保证书", received=True),
            d.Paper(name="住宅使用说明书", promised_on=date(2026, 11, 20), note="开发商补印"),
            d.Paper(name="业主手册", received=True),
            d.Paper(name="管理规约", note="拒签"),
        ),
        "convention_signed": False,
        "reservations": (
            d.Reservation(matter="管理规约", text="不同意第二十条关于空调机位的约定，保留意见。"),
        ),
        "signatures": (signed("owner"), signed("property", "周敏")),
    }
    return d.PapersReceipt(**(whole | changes))


def fee_receipt(**changes: Any) -> d.FeeReceipt:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "payer": "陈嘉禾",
        "lines": FEES,
        "total": TOTAL,
        "method": "wechat",
        "method_note": "尾号 0001",
        "payee": "周敏",
        "overrides": OVERRIDES,
        "signatures": (d.Signature(role="cashier", name="周敏"),),
    }
    return d.FeeReceipt(**(whole | changes))


def keys_receipt(**changes: Any) -> d.KeysReceipt:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "receiver": OWNER,
        "keys": KEYS,
        "overrides": OVERRIDES,
        "signatures": (signed("taker"), signed("property", "周敏")),
    }
    return d.KeysReceipt(**(whole | changes))


def errand(**changes: Any) -> d.Errand:
    whole: dict[str, Any] = {
        "house": HOUSE,
        "client": OWNER,
        "matter": "代办燃气开户",
        "scope": "递交开户资料、领取燃气卡",
        "papers": (
            d.ErrandPaper(name="业主身份证复印件", taken_on=date(2026, 11, 3)),
            d.ErrandPaper(name="商品房买卖合同原件", original=True, taken_on=date(2026, 11, 3)),
        ),
        "results": (d.ErrandPaper(name="燃气卡", original=True),),
        "fee": Decimal("20.00"),
        "promised_on": date(2026, 11, 18),
        "signatures": (signed("owner"),),
    }
    return d.Errand(**(whole | changes))


def day_end(houses: int = 30, **changes: Any) -> d.DayEnd:
    names = ("查验入住通知书", "查验业主资料", "验房", "签收资料", "收费", "发放钥匙")
    whole: dict[str, Any] = {
        "day": date(2026, 11, 3),
        "batch": "一期集中入伙",
        "notified": 80,
        "arrived": 74,
        "handed_over": 68,
        "still_open": 6,
        "no_shows": 6,
        "defects_found": 131,
        "stations": tuple(
            d.StationFigure(
                name=name, served=70 + n, waiting=n, average_minutes=6 + 4 * n, longest_wait_minutes=25 + n
            )
            for n, name in enumerate(names)
        ),
        "money": (
            d.MoneyLine(
                method="cash",
                receipts=12,
                voided=1,
                booked=Decimal("50300.80"),
                counted=Decimal("50300.80"),
                difference=Decimal("0.00"),
                first_number="SJ-2026-000001",
                last_number="SJ-2026-000012",
            ),
            d.MoneyLine(method="wechat", receipts=56, booked=Decimal("281044.10")),
        ),
        "booked": Decimal("331344.90"),
        "keys_left": (d.KeyLine(kind="入户门钥匙", count=160, kept=24, lent=2, kept_for="返修"),),
        "trades": (
            d.TradeFigure(trade="walls", found=80, open=80, houses=51),
            d.TradeFigure(trade="waterproofing", found=9, open=9, houses=9),
        ),
        "houses": tuple(
            d.DayHouse(
                house=f"3栋2单元{n:02d}06",
                owner="陈嘉禾",
                queue_number=f"A{n:03d}",
                state=("handed_over", "open", "no_show")[n % 3],
                station="验房" if n % 3 == 1 else "",
                at=NOW if n % 3 == 0 else None,
                next_step="次日 9:00 续办" if n % 3 == 1 else "",
            )
            for n in range(1, houses + 1)
        ),
        "overrides": OVERRIDES,
    }
    return d.DayEnd(**(whole | changes))


SAMPLES = {
    "pass": queue_pass,
    "movein-notice": notice,
    "owner-card": owner_card,
    "inspection": inspection,
    "defect-order": defect_order,
    "defect-register": register,
    "papers-receipt": papers_receipt,
    "fee-receipt": fee_receipt,
    "keys-receipt": keys_receipt,
    "errand": errand,
    "handover": handover,
    "day-end": day_end,
    **complaint_samples.SAMPLES,
    **incident_samples.SAMPLES,
}
"""Form -> what makes an ordinary document of it."""
