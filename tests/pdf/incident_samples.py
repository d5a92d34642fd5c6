"""Documents of what concerns many households, with invented people: an incident, its losses, the month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from deskapp.domain import documents as d
from tests.pdf.complaint_samples import CLOCKS, COURSE, HOUR
from tests.pdf.sample_parts import NOW, SHOT, SIGNED


def incident_report(count: int = 12, **changes: Any) -> d.IncidentReport:
    whole: dict[str, Any] = {
        "incident": "QS-2026-000002",
        "title": "三栋两次停电，电梯困人",
        "opened_at": NOW,
        "topic": "停电与户内没电",
        "place": "3栋1、2单元",
        "event_at": NOW - 2 * HOUR,
        "why": "同一事项达到 10 户；人身安全正受威胁",
        "serious_since": NOW + HOUR,
        "facts": "22 时 05 分和次日 8 时 25 分两次停电，1 单元电梯两次困人，共三人，最长 24 分钟。" * 2,
        "households": tuple(
            d.IncidentHousehold(
                house=f"3栋1单元{n + 1:02d}02",
                person="石国涵",
                ticket=f"TS-2026-{n + 40:06d}",
                came_at=NOW + n * HOUR / 6,
                note="再次反映" if n % 5 == 4 else "",
            )
            for n in range(count)
        ),
        "counted": count,
        "affected": 48,
        "injured": 1,
        "loss": Decimal("2300.00"),
        "named": "项目经理 林晓",
        "spokesman": "林晓",
        "authorities": "供电所 8:40 到场；119 未出动",
        "told": (
            d.ToldLine(
                at=NOW + HOUR,
                whom="项目经理 林晓",
                by="周敏",
                means="电话",
                due_at=NOW + 1.25 * HOUR,
                in_time=True,
            ),
            d.ToldLine(
                at=NOW + 2.1 * HOUR,
                whom="品质部 何工",
                by="林晓",
                means="电话",
                due_at=NOW + 2 * HOUR,
                in_time=False,
                note="第一次占线",
            ),
            d.ToldLine(at=NOW + 3 * HOUR, whom="业主委员会", by="林晓", means="当面"),
        ),
        "clocks": CLOCKS,
        "handling": COURSE,
        "agreed_answer": "进线故障，今晚八点前送电。",
        "cause": "小区进线电缆接头过热烧断，备用发电机蓄电池亏电未能自启。",
        "next_steps": (
            d.NextStep(text="更换电缆接头并测温", who="供电所", until=NOW + 10 * HOUR),
            d.NextStep(text="发电机每周空载试机", who="张工", until=NOW + 200 * HOUR),
        ),
        "photos": (d.Photo(sha256=SHOT, caption="烧断的接头", taken_at=NOW),),
    }
    return d.IncidentReport(**(whole | changes))


def losses(count: int = 43, **changes: Any) -> d.LossRegister:
    whole: dict[str, Any] = {
        "incident": "QS-2026-000003",
        "title": "暴雨倒灌，地下储藏室进水",
        "place": "2栋地下一层",
        "event_at": NOW - 30 * HOUR,
        "houses": tuple(
            d.LossLine(
                house=f"2栋{n % 2 + 1}单元{n + 1:02d}01",
                person="阿依古丽·买买提" if n % 7 == 3 else "陈嘉禾",
                phone="199****0001",
                loss=("纸箱、被褥浸泡", "电动自行车电瓶进水，行李箱三只，儿童车一辆，旧家具若干")[n % 2],
                claim=Decimal(300 + 137 * n) if n % 6 else None,
                paid=Decimal(200 + 100 * n) if n % 3 == 0 else None,
                paid_on=date(2026, 11, 20) if n % 3 == 0 else None,
                signature=SIGNED if n % 3 == 0 else "",
            )
            for n in range(count)
        ),
        "counted": count,
        "claimed": Decimal("117420.00"),
        "paid": Decimal("34500.00"),
    }
    return d.LossRegister(**(whole | changes))


def messages(count: int = 43, **changes: Any) -> d.MessageList:
    whole: dict[str, Any] = {
        "incident": "QS-2026-000003",
        "title": "暴雨倒灌，地下储藏室进水",
        "text": "周二上午九点起逐户核实损失，请留人在家。",
        "made_at": NOW,
        "staff": "林晓",
        "replaces": "周一上午九点起逐户核实损失，请留人在家。",
        "houses": tuple(
            d.MessageLine(
                house=f"2栋{n % 2 + 1}单元{n + 1:02d}01",
                person="阿依古丽·买买提" if n % 7 == 3 else "陈嘉禾",
                phone="19900000001",
                told_at=NOW if n % 3 == 0 else None,
                how="去电 林晓" if n % 3 == 0 else "",
            )
            for n in range(count)
        ),
        "counted": count,
    }
    return d.MessageList(**(whole | changes))


def counts(*pairs: tuple[str, int, int]) -> tuple[d.CountLine, ...]:
    total = sum(count for _, count, _ in pairs) or 1
    return tuple(
        d.CountLine(
            name=name,
            count=count,
            before=before,
            share=(Decimal(count * 100) / total).quantize(Decimal("0.1")),
        )
        for name, count, before in pairs
    )


def trend(months: int = 12) -> tuple[d.MonthLine, ...]:
    found = []
    for n in range(months):
        year, month = divmod(2025 * 12 + 11 + n, 12)
        nothing = n == 3
        found.append(
            d.MonthLine(
                month=date(year, month + 1, 1),
                received=0 if nothing else 40 + (n * 37) % 55,
                closed=0 if nothing else 38 + (n * 31) % 50,
                on_time=None if nothing else Decimal("88.4") + (n * 7) % 11,
                called_back=None if nothing else Decimal("100.0"),
                satisfied=None if nothing else Decimal("79.5") + (n * 5) % 13,
            )
        )
    return tuple(found)


def month(count: int = 9, **changes: Any) -> d.MonthlyAnalysis:
    whole: dict[str, Any] = {
        "month": date(2026, 11, 1),
        "received": 87,
        "complaints": 41,
        "closed": 80,
        "still_open": 7,
        "overdue": 2,
        "serious": 1,
        "incidents": 2,
        "reopened": 3,
        "repeated": 5,
        "kinds": counts(
            ("投诉", 41, 36), ("报修", 30, 44), ("求助", 6, 5), ("咨询", 8, 9), ("建议", 2, 0), ("表扬", 0, 1)
        ),
        "causes": counts(
            ("房屋质量", 14, 11),
            ("公共设施", 6, 8),
            ("设备运行", 5, 2),
            ("服务态度", 2, 3),
            ("服务时效", 4, 4),
            ("收费", 3, 1),
            ("邻里关系", 7, 7),
        ),
        "buildings": counts(*((f"{n + 1}栋", (n * 13) % 17, 4) for n in range(count))),
        "parties": counts(
            ("物业", 15, 14), ("其他住户", 9, 9), ("开发商", 14, 11), ("主管部门或水电气单位", 3, 2)
        ),
        "rates": (
            d.RateLine(
                name="首次答复及时率",
                hits=84,
                total=87,
                percent=Decimal("96.6"),
                before=Decimal("95.1"),
                target=Decimal("100"),
            ),
            d.RateLine(name="办结及时率", hits=38, total=41, percent=Decimal("92.7"), before=Decimal("94.0")),
            d.RateLine(name="投诉回访率", hits=41, total=41, percent=Decimal("100.0"), target=Decimal("100")),
            d.RateLine(name="满意率", hits=35, total=41, percent=Decimal("85.4"), target=Decimal("90")),
            d.RateLine(name="联系单回复率"),
        ),
        "trend": trend(),
        "repeats": (
            d.RepeatLine(
                matter="电梯停运困人", place="3栋1单元", count=4, households=3, state="更换接触器后未再发"
            ),
        ),
        "methods": (
            d.MethodLine(
                matter="漏水渗水",
                cases=9,
                method="当日查漏封堵，三日内闭水复查",
                judged="works",
                better="备足管件",
            ),
            d.MethodLine(
                matter="住户噪声", cases=7, method="电话劝说", judged="partly", better="第二次起上门并做记录"
            ),
        ),
        "summary": "本月投诉比上月多 5 件，多在房屋质量；停电两次各成一事。",
        "measures": ("请开发商本月内完成 2、3 栋厨房管件排查", "电梯维保单位每周到场一次"),
    }
    return d.MonthlyAnalysis(**(whole | changes))


SAMPLES = {
    "incident-report": incident_report,
    "loss-register": losses,
    "message-list": messages,
    "monthly-analysis": month,
}
"""Form -> what makes an ordinary document of it."""
