"""The month of the complaint desk: class, cause, building and party, rates, trend, methods (C17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.domain.complaints.classes import Kind
from deskapp.domain.complaints.clocks import MetBy
from deskapp.domain.complaints.month import Indicator, Judged, Share, first_of, judged, months_back
from deskapp.domain.datatable import Label
from deskapp.domain.staff import Action
from deskapp.services.complaints import monthcounts as counts
from deskapp.services.complaints.monthcounts import Counted, Window
from deskapp.services.complaints.rows import incidents_of, labels_of
from deskapp.services.complaints.rules import rules
from deskapp.services.desk import Desk

TREND = 12
"""Months of the trend, the asked one the last."""
MOST = 20
"""Lines of a list at most: buildings, repeats, methods."""

RATES: Mapping[Indicator, tuple[MetBy, ...]] = {
    Indicator.FIRST_REPLY: (MetBy.FIRST_REPLY,),
    Indicator.SETTLED: (MetBy.SETTLED, MetBy.REPLY_RECORDED),
    Indicator.SERIOUS_TOLD: (MetBy.HEAD_TOLD, MetBy.QUALITY_TOLD),
}
"""Rates that clocks tell, by what stops the clock."""

UNSORTED = Label("未分类", "Not sorted")
NO_BUILDING = Label("联排、商铺等", "Townhouses, shops")
_OPEN, _CLOSED = Label("处理中", "Open"), Label("已办结", "Closed")
_BY_DESK = Label("前台", "Desk")


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and how many in the month before."""

    label: Label
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class Rate:
    """An indicator; ``target`` is the per cent wanted, None where the company asks for none."""

    code: Indicator
    share: Share
    before: Share
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One month of the trend."""

    month: date
    counted: Counted
    shares: Mapping[Indicator, Share]


@dataclass(frozen=True, slots=True)
class Repeat:
    """What came again: a matter of several tickets, or a household with the same topic."""

    matter: str
    place: str
    count: int
    households: int
    state: Label


@dataclass(frozen=True, slots=True)
class Method:
    """How the cases of a topic were handled.

    Attributes:
        ways: who handled how many.
        good: settled in time and not opened again. judged: proposed from it.
    """

    topic: str
    label: Label
    cases: int
    ways: tuple[tuple[Label, int], ...]
    good: Share
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of a month as they stand.

    Attributes:
        as_of: until when they are counted.
        still_open, overdue: at the month's end, or now while it lasts.
        kinds, buildings: of all tickets; causes and parties of complaints.
        trend: the oldest month first.
    """

    month: date
    as_of: datetime
    counted: Counted
    complaints: int
    still_open: int
    overdue: int
    incidents: int
    kinds: tuple[Count, ...]
    causes: tuple[Count, ...]
    buildings: tuple[Count, ...]
    parties: tuple[Count, ...]
    rates: tuple[Rate, ...]
    trend: tuple[Point, ...]
    repeats: tuple[Repeat, ...]
    methods: tuple[Method, ...]


def figures(desk: Desk, month: date) -> MonthFigures:
    """The figures of the month that a day lies in; a second or two for a large estate: ask on the runner.

    Raises:
        Refused: ``complaints.month_not_yet``, ``complaints.month_before_records``.
    """
    desk.require(Action.COMPLAINTS_VIEW)
    with desk.reading() as session:
        return figures_of(session, desk, month)


def figures_of(session: Session, desk: Desk, day: date) -> MonthFigures:
    """The figures of the month that a day lies in."""
    month, now = first_of(day), desk.now()
    if month > day_of(now):
        raise Refused("complaints.month_not_yet", month=f"{month:%Y-%m}")
    if month.year < _FIRST_YEAR:
        raise Refused("complaints.month_before_records", month=f"{month:%Y-%m}")
    window = Window.of(desk.estate_id, month, now)
    before = Window.of(desk.estate_id, months_back(month, 1), now)
    trend = tuple(_point(session, desk, months_back(month, n)) for n in reversed(range(TREND)))
    kinds = counts.sorted_by(session, window, "kind")
    return MonthFigures(
        month=month,
        as_of=window.cut,
        counted=trend[-1].counted,
        complaints=kinds.get(Kind.COMPLAINT.value, 0),
        still_open=counts.open_at_end(session, window),
        overdue=counts.late_at_end(session, window),
        incidents=counts.incidents_opened(session, window),
        kinds=_sorted(session, desk, window, before, "kind"),
        causes=_sorted(session, desk, window, before, "cause"),
        buildings=_buildings(session, window, before),
        parties=_sorted(session, desk, window, before, "target"),
        rates=tuple(_rate(desk, code, trend[-1], trend[-2]) for code in Indicator),
        trend=trend,
        repeats=_repeats(session, desk, window),
        methods=_methods(session, desk, window),
    )


_FIRST_YEAR = 2000


def _rate(desk: Desk, code: Indicator, now: Point, before: Point) -> Rate:
    return Rate(code, now.shares[code], before.shares[code], rules(desk).month.targets.get(code))


def _point(session: Session, desk: Desk, month: date) -> Point:
    window = Window.of(desk.estate_id, month, desk.now())
    known = rules(desk)
    clocks = counts.clock_shares(session, window)
    shares: dict[Indicator, Share] = {}
    for code, met_by in RATES.items():
        of_rate = [share for rule, share in clocks.items() if (r := known.clock(rule)) and r.met_by in met_by]
        shares[code] = sum(of_rate, Share())
    called, satisfied = counts.call_back_shares(session, window, known.callbacks)
    shares |= {Indicator.CALLED_BACK: called, Indicator.SATISFIED: satisfied}
    return Point(month, counts.counted(session, window), shares)


def _sorted(session: Session, desk: Desk, window: Window, before: Window, what: str) -> tuple[Count, ...]:
    """Every entry of the list in its order; after them codes that left it, and the unsorted."""
    classes = rules(desk).classes
    entries = {"kind": classes.kinds, "cause": classes.causes, "target": classes.targets}[what]
    now, then = counts.sorted_by(session, window, what), counts.sorted_by(session, before, what)
    labels = {entry.code: entry.label for entry in entries}
    others = sorted((now.keys() | then.keys()) - labels.keys())
    labels |= {code: Label(code, code) if code else UNSORTED for code in others}
    return tuple(Count(label, now.get(code, 0), then.get(code, 0)) for code, label in labels.items())


def _buildings(session: Session, window: Window, before: Window) -> tuple[Count, ...]:
    now, then = counts.by_building(session, window), counts.by_building(session, before)
    busiest = sorted(now, key=lambda place: (-now[place], place))[:MOST]
    return tuple(Count(_building(*place), now[place], then.get(place, 0)) for place in busiest)


def _building(phase: str, building: str) -> Label:
    if not building:
        return Label(f"{phase}{NO_BUILDING.zh}", f"{phase} {NO_BUILDING.en}".strip())
    return Label(f"{phase}{building}栋", f"{phase} Building {building}".strip())


def _repeats(session: Session, desk: Desk, window: Window) -> tuple[Repeat, ...]:
    """Matters of several tickets and households that came back, the most often first."""
    matters = counts.together(session, window, MOST)
    again = counts.again(session, window, MOST)
    incidents = incidents_of(session, desk.estate_id, (one.incident_id for one in matters))
    labels = labels_of(session, desk.estate_id, (one.house_id for one in again))
    found = [
        Repeat(
            matter=incidents[one.incident_id].title,
            place=_building("", one.building).zh if one.building else "",
            count=one.count,
            households=one.households,
            state=_OPEN if incidents[one.incident_id].open else _CLOSED,
        )
        for one in matters
    ]
    found += [
        Repeat(
            matter=_topic(desk, one.topic).zh,
            place=labels.get(one.house_id, ""),
            count=one.count,
            households=1,
            state=_OPEN if one.open else _CLOSED,
        )
        for one in again
    ]
    return tuple(sorted(found, key=lambda one: -one.count)[:MOST])


def _methods(session: Session, desk: Desk, window: Window) -> tuple[Method, ...]:
    """The topics that came most, who handled them, and how that went."""
    cases = counts.sorted_by(session, window, "topic")
    ends, ways = counts.good_ends(session, window), counts.departments_of(session, window)
    busiest = sorted(cases, key=lambda topic: (-cases[topic], topic))[:MOST]
    found = []
    for topic in busiest:
        good = _settled(desk, (share for share in ends.items() if share[0][0] == topic))
        sent = ways.get(topic, {})
        named = [(_department(desk, code), count) for code, count in sorted(sent.items(), key=_by_count)]
        rest = cases[topic] - sum(sent.values())
        own = [(_BY_DESK, rest)] if rest > 0 else []
        proposed = judged(rules(desk).month, good)
        found.append(Method(topic, _topic(desk, topic), cases[topic], (*named, *own), good, proposed))
    return tuple(found)


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _settled(desk: Desk, ends: Iterable[tuple[tuple[str, str], Share]]) -> Share:
    """Of a topic's clocks those that ask for an end."""
    known = rules(desk)
    of_end = [
        share
        for (_, code), share in ends
        if (rule := known.clock(code)) and rule.met_by in RATES[Indicator.SETTLED]
    ]
    return sum(of_end, Share())


def _topic(desk: Desk, code: str) -> Label:
    found = rules(desk).topic(code)
    return found.label if found else Label(code, code) if code else UNSORTED


def _department(desk: Desk, code: str) -> Label:
    found = rules(desk).department(code)
    return found.label if found else Label(code, code)
