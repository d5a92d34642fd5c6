"""The clocks of a ticket: when each runs out, and why then (C6, L10).

A clock in hours or minutes runs through nights and holidays from the minute it starts. A clock in working
days follows the official calendar: the day of receipt is not counted, it ends at the desk's closing time
of its last working day (民法典 201, 203). Both stand still while the case waits for a named cause: a clock
in hours to the second; a clock in working days is given the desk hours it waited, and still ends at a
closing time. The times themselves are the trade's practice, not law: ``resources/rules/clocks.toml`` ⚙.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from deskapp.base.clock import CHINA
from deskapp.domain.complaints.classes import Kind, Named, Target, Topic
from deskapp.domain.datatable import Entry, Label, Source, report_twice
from deskapp.domain.workdays import Day, DayKind, DeskHours, WorkCalendar, provisional_between

_DAY = timedelta(days=1)
_NOTHING = timedelta()
_TICK = timedelta(microseconds=1)


class Unit(StrEnum):
    """What a clock counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    """Calendar days, to the desk's closing time of the last; rest days count (call backs, C13)."""
    WORKDAYS = "workdays"


class Begins(StrEnum):
    """What starts a clock."""

    RECEIVED = "received"
    SERIOUS = "serious"
    """The moment the case became serious (C5)."""


class MetBy(StrEnum):
    """What stops a clock for good."""

    FIRST_REPLY = "first_reply"
    SETTLED = "settled"
    """The result is reported and the resident told."""
    REPLY_RECORDED = "reply_recorded"
    HEAD_TOLD = "head_told"
    QUALITY_TOLD = "quality_told"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock ⚙.

    Attributes:
        kinds: the kinds of ticket that have it.
        targets: only against these; empty for any.
        utility_only: only for topics of water and power.
        may_wait: it stands still while the case waits.
    """

    code: str
    label: Label
    unit: Unit
    amount: int
    begins: Begins
    met_by: MetBy
    kinds: frozenset[Kind]
    targets: frozenset[Target]
    utility_only: bool
    may_wait: bool


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Every clock, and the causes a case may wait for."""

    clocks: tuple[ClockRule, ...]
    causes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch in which the case waited for somebody else; ``ended`` None while it lasts."""

    began: datetime
    ended: datetime | None
    cause: str


class Why(StrEnum):
    """Why a stretch counted or not."""

    RUNS_THROUGH = "runs_through"
    """Hours run day and night."""
    RECEIPT_DAY = "receipt_day"
    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CALENDAR_DAY = "calendar_day"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clock's time, for its explanation.

    Attributes:
        cause: what was waited for, "" otherwise.
        holiday: the holiday, or the one made up for.
        provisional: the calendar of its year is not official yet.
    """

    began: datetime
    ended: datetime
    counted: bool
    why: Why
    cause: str = ""
    holiday: Label | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock runs out, and how that came about.

    Attributes:
        at: the last moment in time. While the case waits: as if it went on now.
        provisional: a year without an official calendar was crossed; the day may yet move.
        counted: from the start to ``at`` without a gap.
        waiting: the wait that lasts.
    """

    at: datetime
    provisional: bool
    counted: tuple[Span, ...]
    waiting: Wait | None = None


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    WAITING = "waiting"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read at a moment; ``remaining`` is what was or is left, negative by how much it is exceeded."""

    state: ClockState
    remaining: timedelta

    @property
    def in_time(self) -> bool:
        """Whether it was met in time or still may be."""
        return self.remaining >= _NOTHING


def rules_for(
    rules: Iterable[ClockRule],
    *,
    kind: Kind,
    target: Target | None = None,
    topic: Topic | None = None,
    serious: bool = False,
) -> tuple[ClockRule, ...]:
    """The clocks of a ticket, in the order of the file."""
    return tuple(
        rule
        for rule in rules
        if kind in rule.kinds
        and (not rule.targets or target in rule.targets)
        and (not rule.utility_only or (topic is not None and topic.utility))
        and (rule.begins is not Begins.SERIOUS or serious)
    )


def due(
    rule: ClockRule,
    started: datetime,
    waits: Iterable[Wait] = (),
    *,
    calendar: WorkCalendar,
    hours: DeskHours,
    now: datetime | None = None,
) -> Due:
    """When the clock runs out.

    Args:
        started: aware; the receipt, or the moment it became serious.
        waits: in any order, may overlap; those of a clock that does not wait are ignored.
        now: the end of a wait that lasts; needed only if one does.

    Raises:
        ValueError: a wait lasts and ``now`` is missing.
    """
    start = started.astimezone(CHINA)
    kept = _in_order(waits, start, now) if rule.may_wait else []
    if rule.unit in (Unit.MINUTES, Unit.HOURS):
        spans, at = _by_the_clock(rule, start, kept)
    else:
        spans, at = _by_days(rule, start, kept, calendar, hours)
    by_calendar = rule.unit in (Unit.DAYS, Unit.WORKDAYS)
    lasting = next((w for w in waits if w.ended is None and w.began.astimezone(CHINA) < at), None)
    return Due(
        at=at,
        provisional=by_calendar and provisional_between(calendar, start.date(), at.date()),
        counted=tuple(spans),
        waiting=lasting if rule.may_wait else None,
    )


def so_far(found: Due, unit: Unit, *, calendar: WorkCalendar, hours: DeskHours) -> tuple[Fraction, ...]:
    """How much had counted at the end of each span, in the rule's unit; of a day its desk hours count."""
    total, reached = Fraction(0), []
    for span in found.counted:
        if span.counted:
            total += _worth(span, unit, calendar, hours)
        reached.append(total)
    return tuple(reached)


def _worth(span: Span, unit: Unit, calendar: WorkCalendar, hours: DeskHours) -> Fraction:
    if unit in (Unit.MINUTES, Unit.HOURS):
        whole = timedelta(minutes=1) if unit is Unit.MINUTES else timedelta(hours=1)
        return Fraction((span.ended - span.began) // _TICK, whole // _TICK)
    day = calendar.day(span.began.astimezone(CHINA).date())
    opens, closes = hours.opening(day), hours.closing(day)
    counted = max(min(span.ended, closes) - max(span.began, opens), _NOTHING)
    return Fraction(counted // _TICK, (closes - opens) // _TICK)


def read(found: Due, now: datetime, met: datetime | None = None) -> Reading:
    """How the clock stands.

    Args:
        met: when what it waits for came to pass, or None.
    """
    if met is not None:
        return Reading(ClockState.MET, found.at - met)
    remaining = found.at - now
    if remaining < _NOTHING:
        return Reading(ClockState.LATE, remaining)
    return Reading(ClockState.WAITING if found.waiting else ClockState.RUNNING, remaining)


def begin_wait(waits: Sequence[Wait], cause: str, now: datetime) -> tuple[Wait, ...]:
    """The waits with one more that lasts; a wait that lasts already ends first."""
    return (*end_wait(waits, now), Wait(now, None, cause))


def end_wait(waits: Sequence[Wait], now: datetime) -> tuple[Wait, ...]:
    """The waits with the lasting one ended; a clock set back ends it where it began."""
    return tuple(replace(w, ended=max(now, w.began)) if w.ended is None else w for w in waits)


def urgency(state: ClockState, at: datetime) -> tuple[int, datetime]:
    """What sorts a list of clocks, the most urgent first; one that waits comes after those that run."""
    return {ClockState.LATE: 0, ClockState.RUNNING: 0, ClockState.WAITING: 1, ClockState.MET: 2}[state], at


def _in_order(waits: Iterable[Wait], start: datetime, now: datetime | None) -> list[Wait]:
    """The waits from the start on, by time, overlaps cut, the lasting one ended now."""
    kept: list[Wait] = []
    reached = start
    for wait in sorted(waits, key=lambda w: (w.began, w.ended is None)):
        if wait.ended is None and now is None:
            raise ValueError("a wait lasts: say until when to count")
        ended = (wait.ended or now or wait.began).astimezone(CHINA)
        began = max(wait.began.astimezone(CHINA), reached)
        if ended > began:
            kept.append(Wait(began, ended, wait.cause))
            reached = ended
    return kept


def _by_the_clock(rule: ClockRule, start: datetime, waits: list[Wait]) -> tuple[list[Span], datetime]:
    left = timedelta(minutes=rule.amount) if rule.unit is Unit.MINUTES else timedelta(hours=rule.amount)
    spans: list[Span] = []
    at = start
    for wait in waits:
        if wait.began - at >= left:
            break
        if wait.began > at:
            spans.append(Span(at, wait.began, True, Why.RUNS_THROUGH))
            left -= wait.began - at
        assert wait.ended
        spans.append(Span(wait.began, wait.ended, False, Why.WAITING, wait.cause))
        at = wait.ended
    return [*spans, Span(at, at + left, True, Why.RUNS_THROUGH)], at + left


def _by_days(
    rule: ClockRule, start: datetime, waits: list[Wait], calendar: WorkCalendar, hours: DeskHours
) -> tuple[list[Span], datetime]:
    """Whole days one after another until enough desk time has counted; the last one ends at closing."""
    first = calendar.day(start.date())
    spans = [Span(start, _midnight(first) + _DAY, False, Why.RECEIPT_DAY, provisional=first.provisional)]
    missing = Fraction(rule.amount)
    for day in calendar.days_from(start.date() + _DAY):
        if rule.unit is Unit.WORKDAYS and not day.works:
            _add_rest(spans, day)
            continue
        counted, day_spans = _one_day(rule, day, waits, hours)
        missing -= counted
        if missing <= 0:
            end = hours.closing(day)
            spans += [replace(s, ended=min(s.ended, end)) for s in day_spans if s.began < end]
            return spans, end
        spans += day_spans
    raise ValueError("the clock runs beyond the calendar")


def _one_day(rule: ClockRule, day: Day, waits: list[Wait], hours: DeskHours) -> tuple[Fraction, list[Span]]:
    """The share of the day that counts, and its spans; only what was waited in desk hours is given back."""
    opens, closes = hours.opening(day), hours.closing(day)
    why = Why.CALENDAR_DAY if rule.unit is Unit.DAYS else _WHY_WORKED[day.kind]
    whole = Span(_midnight(day), _midnight(day) + _DAY, True, why, "", day.holiday, day.provisional)
    spans: list[Span] = []
    at, waited = whole.began, _NOTHING
    for wait in waits:
        assert wait.ended
        began, ended = max(wait.began, opens), min(wait.ended, closes)
        if ended <= began:
            continue
        if began > at:
            spans.append(replace(whole, began=at, ended=began))
        spans.append(
            replace(whole, began=began, ended=ended, counted=False, why=Why.WAITING, cause=wait.cause)
        )
        at, waited = ended, waited + (ended - began)
    share = Fraction(waited // _TICK, (closes - opens) // _TICK)
    return 1 - share, [*spans, replace(whole, began=at)]


_WHY_WORKED = {DayKind.WORKDAY: Why.WORKDAY, DayKind.MAKE_UP: Why.MAKE_UP}


def _add_rest(spans: list[Span], day: Day) -> None:
    """One day off more, joined to the day off before it if that was off for the same reason."""
    why = Why.HOLIDAY if day.kind is DayKind.HOLIDAY else Why.WEEKEND
    span = Span(
        _midnight(day), _midnight(day) + _DAY, False, why, "", day.holiday, provisional=day.provisional
    )
    last = spans[-1]
    if replace(last, began=span.began, ended=span.ended) == span:
        spans[-1] = replace(last, ended=span.ended)
    else:
        spans.append(span)


def _midnight(day: Day) -> datetime:
    return datetime.combine(day.date, time(0), CHINA)


def parse_clocks(source: Source) -> ClockRules:
    """The clocks of ``resources/rules/clocks.toml``.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read_rules = [(entry, _rule(entry)) for entry in source.root.entries("clocks")]
    report_twice((entry, rule.code) for entry, rule in read_rules)
    causes = [(entry, Named(entry.code(), entry.label())) for entry in source.root.entries("waits")]
    report_twice((entry, cause.code) for entry, cause in causes)
    source.finish()
    return ClockRules(tuple(rule for _, rule in read_rules), tuple(cause for _, cause in causes))


def _rule(entry: Entry) -> ClockRule:
    begins, met_by = entry.choice("begins", Begins, Begins.RECEIVED), entry.choice("met_by", MetBy)
    if met_by in (MetBy.HEAD_TOLD, MetBy.QUALITY_TOLD) and begins is not Begins.SERIOUS:
        entry.fault("met_by", "told_when_serious", value=met_by.value)
    return ClockRule(
        code=entry.code(),
        label=entry.label(),
        unit=entry.choice("unit", Unit),
        amount=entry.whole("amount", 1, 1000),
        begins=begins,
        met_by=met_by,
        kinds=frozenset(entry.choices("kinds", Kind)),
        targets=frozenset(entry.choices("targets", Target, ())),
        utility_only=entry.flag("utility_only", default=False),
        may_wait=entry.flag("may_wait", default=True),
    )
