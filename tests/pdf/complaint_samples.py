"""Documents of a complaint with invented people: the ticket, feedback, bulletin, call back, dispute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deskapp.domain import documents as d
from tests.pdf.sample_parts import NOW, SHOT, SHOT2, signed

HOUR = timedelta(hours=1)
STORY = (
    "昨晚十点多厨房吊顶开始滴水，接了两盆。楼上说他家没有用水。今天早上水渗到客厅，木地板翘了两块，"
    "沙发靠墙一面湿透。上个月已经报过一次，来人看了说找开发商，一直没有下文。"
)


def clock(name: str, limit: str, hours: int, state: str = "met", **changes: Any) -> d.ClockLine:
    whole: dict[str, Any] = {
        "name": name,
        "limit": limit,
        "started_at": NOW,
        "due_at": NOW + hours * HOUR,
        "met_at": NOW + 2 * HOUR if state.startswith("met") else None,
        "state": state,
    }
    return d.ClockLine(**(whole | changes))


CLOCKS = (
    clock("首次答复", "24 小时", 24),
    clock("对物业的投诉办结", "24 小时", 24, "met_late", waited="等住户在家、约时间 3 小时"),
    clock("涉及开发商、主管部门的投诉办结", "7 个工作日", 220, "waiting", provisional=True),
)
COURSE = tuple(
    d.CourseLine(at=NOW + n * HOUR, act=act, text=text, who=who)
    for n, (act, text, who) in enumerate(
        (
            ("contact", "前台接待，请坐、倒水，听完后复述一遍，来人认可。", "周敏"),
            ("dispatch", "派工程部上门查看漏点。", "周敏"),
            ("take", "已接，十一点半到户。", "张工"),
            ("report", "漏点在 2006 户厨房下水管接口，已临时封堵；木地板受损约 2 ㎡。", "张工"),
            ("reply", "电话告知查看结果和下一步。", "周敏"),
        )
    )
)
CALL = d.CallBackLine(
    at=NOW + 26 * HOUR,
    ticket="TS-2026-000031",
    house="3栋2单元1906",
    matter="厨房顶棚漏水",
    asked="陈嘉禾",
    asked_by="林晓",
    grade="acceptable",
    opinion="不漏了，地板还没换。",
    next_step="地板 11 月 10 日前更换",
)


def complaint(**changes: Any) -> d.Complaint:
    """An ordinary complaint, almost everything filled in."""
    whole: dict[str, Any] = {
        "received_at": NOW,
        "receiver": "周敏",
        "desk": "前台 1",
        "ticket": "TS-2026-000031",
        "matter": "厨房顶棚漏水，客厅地板受损",
        "channel": "前台",
        "kind": "投诉",
        "caller": "陈嘉禾",
        "house": "3栋2单元1906",
        "phone": "19900000001",
        "story": STORY,
        "against": "2006 户、工程部",
        "place": "户内",
        "event_at": NOW - 12 * HOUR,
        "wish": "今天止住漏水，地板由责任方更换。",
        "particulars": "证人：楼下住户；损失：客厅地板六块。",
        "next_contact_at": NOW + 7 * HOUR,
        "next_contact": "周敏电话告知查漏结果",
        "topic": "漏水渗水",
        "cause": "房屋质量",
        "target": "开发商",
        "nature": "有效投诉",
        "grounds": "有理",
        "clocks": CLOCKS,
        "promises": (
            d.PromiseLine(text="十一点半前师傅到户", who="张工", due_at=NOW + HOUR, kept_at=NOW + HOUR),
            d.PromiseLine(text="下班前回电", who="周敏", due_at=NOW + 7 * HOUR),
        ),
        "dispatches": (
            d.DispatchLine(
                department="工程部",
                person="张工",
                sent_at=NOW + HOUR,
                state="signed",
                report="接口已封堵，待开发商更换管件。",
                signed_by="何主管",
            ),
            d.DispatchLine(
                department="开发商客服",
                sent_at=NOW + 3 * HOUR,
                state="deferred",
                reason="等管件到货",
                until=NOW + 72 * HOUR,
            ),
        ),
        "course": COURSE,
        "position": "upheld",
        "result": "漏点封堵，管件更换，地板按原样恢复。",
        "reply": "已电话告知并约定 11 月 10 日更换地板。",
        "reply_approved_by": "林主管",
        "call_backs": (CALL,),
        "closed_at": NOW + 50 * HOUR,
        "reopened": 1,
        "photos": tuple(d.Photo(sha256=sha, caption="厨房顶棚", taken_at=NOW) for sha in (SHOT, SHOT2)),
        "signatures": (signed("receiver", "周敏"),),
    }
    return d.Complaint(**(whole | changes))


def serious(**changes: Any) -> d.Complaint:
    """About staff, serious, part of an incident, with a risky help: every block there is."""
    whole: dict[str, Any] = {
        "written": True,
        "serious": True,
        "serious_why": "同一事项达到 10 户",
        "serious_since": NOW,
        "incident": "QS-2026-000002 三栋停电困人",
        "households": 12,
        "agreed_answer": "变压器进线故障，供电所今晚八点前送电；每户派人敲门查看老人。",
        "misconduct": d.Misconduct(course=STORY, witnesses="同楼住户一人", evidence="手机录像一段"),
        "help": d.HelpRecord(
            asked="open_home",
            reason="锁在门外，炉上烧着水",
            witness="保安赵",
            identity="身份证原件，与登记一致",
            house="登记为 204 户业主",
            decided_by="林主管",
            decided_at=NOW,
            tried=(
                d.CourseLine(at=NOW, text="敲门无人应答", who="保安赵"),
                d.CourseLine(at=NOW + HOUR, text="登记电话两次未接", who="周敏"),
            ),
            risk="门锁会损坏，屋内物品由申请人自行负责。",
            apology="已向邻居说明情况。",
            follow_up="次日更换锁芯，钥匙当面移交。",
        ),
    }
    return complaint(**(whole | changes))


def feedback(**changes: Any) -> d.ComplaintFeedback:
    whole: dict[str, Any] = {
        "ticket": "TS-2026-000031",
        "received_at": NOW,
        "matter": "厨房顶棚漏水，客厅地板受损",
        "house": "3栋2单元1906",
        "caller": "陈嘉禾",
        "phone": "19900000001",
        "department": "工程部",
        "measure": "封堵漏点，更换 2006 户厨房下水管件，闭水 24 小时。",
        "result": "闭水后无渗漏，地板已恢复。",
        "done_at": NOW + 50 * HOUR,
        "satisfaction": "acceptable",
        "opinion": "修好了，就是慢。",
        "signatures": (signed("resident"),),
    }
    return d.ComplaintFeedback(**(whole | changes))


def bulletin(**changes: Any) -> d.ComplaintBulletin:
    whole: dict[str, Any] = {
        "received_on": date(2026, 11, 3),
        "area": "3栋2单元",
        "matter": "高层住户厨房顶棚渗水，影响楼下装修。",
        "handling": "工程部当日上门查看，找到下水管接口漏点并封堵；开发商三日内更换管件。",
        "result": "闭水 24 小时无渗漏，受损地板已由责任方恢复。",
        "call_back": "已回访，住户对结果基本满意。",
        "advice": "厨房地漏和水槽下方请每月看一次；长期外出请关总阀。",
        "time_limit": "涉及开发商的事项 7 个工作日",
        "receiver": "前台 周敏",
        "follower": "工程部 张工",
        "responsible": "客服主管 林晓",
    }
    return d.ComplaintBulletin(**(whole | changes))


def call_back(count: int = 6, **changes: Any) -> d.CallBackRecord:
    grades = ("satisfied", "acceptable", "dissatisfied", "not_reached", "")
    whole: dict[str, Any] = {
        "calls": tuple(
            d.CallBackLine(
                at=NOW + n * HOUR / 4,
                ticket=f"TS-2026-{n + 31:06d}",
                house=f"3栋2单元{n + 1:02d}06",
                matter=("厨房顶棚漏水", "楼道灯不亮", "电梯异响，夜里尤其明显")[n % 3],
                asked="陈嘉禾",
                asked_by="林晓",
                grade=grades[n % 5],
                opinion=("不漏了，地板还没换。", "", "修了两次还是响，希望换件而不是上油。")[n % 3],
                next_step="书面转工程部" if n % 5 == 2 else "",
            )
            for n in range(count)
        ),
        "signatures": (signed("caller", "林晓"),),
    }
    return d.CallBackRecord(**(whole | changes))


def dispute(**changes: Any) -> d.NeighbourDispute:
    whole: dict[str, Any] = {
        "parties": (
            d.DisputeParty(
                side="complainant",
                name="姚英",
                house="3栋2单元1401",
                phone="19900000412",
                says="楼上每晚打麻将到一两点，心脏不好，要求十点后停。",
            ),
            d.DisputeParty(
                side="other",
                name="Smith, John O'Neil",
                house="3栋2单元1501",
                phone="19900000413",
                says="周末才有朋友来，愿意铺桌布、换棉拖鞋。",
            ),
        ),
        "topic": "住户噪声",
        "place": "户内",
        "began_at": NOW - 300 * HOUR,
        "tickets": ("TS-2026-000044", "TS-2026-000051"),
        "cause": "楼上棋牌娱乐深夜未停，推麻将和挪椅子的声音经楼板传到卧室。",
        "talks": tuple(
            d.Talk(
                at=NOW + n * 24 * HOUR,
                place=("服务中心洽谈室", "居委会调解室")[n],
                present=("姚英", "1501 户主", "周敏", "居委会 孟主任")[: 3 + n],
                course="双方各自说明情况，工作人员当场测了一次卧室声音，约定试行一周。",
                outcome="约定工作日十点、周末十一点后不打牌。",
                next_step="一周后回访双方" if n == 0 else "",
            )
            for n in range(2)
        ),
        "took_part": (
            d.Participant(body="居委会", name="孟主任", post="调解员", did="主持第二次商谈"),
            d.Participant(body="派出所", did="出警一次，未作处罚"),
        ),
        "agreed": ("工作日 22 时、周末 23 时后不打牌", "椅脚加毡垫，本周内完成"),
        "result": "试行一周后双方认可，结案；再犯时由居委会二次调解。",
        "signatures": (signed("complainant", "姚英"),),
    }
    return d.NeighbourDispute(**(whole | changes))


SAMPLES = {
    "complaint": complaint,
    "complaint-feedback": feedback,
    "complaint-bulletin": bulletin,
    "call-back": call_back,
    "neighbour-dispute": dispute,
}
"""Form -> what makes an ordinary document of it."""
