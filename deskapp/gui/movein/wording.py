"""What the move-in panel says about its views: short lines put together from frozen data, no Qt."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from deskapp.base.clock import CHINA
from deskapp.base.i18n import say
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import ORDERS, Station
from deskapp.gui.widgets.money import written
from deskapp.gui.widgets.phrasing import clauses, listed, told_of

if TYPE_CHECKING:
    from deskapp.domain.movein.gate import Barrier
    from deskapp.services.movein.views import Choice, MarkView, OwnerView, PassView, QueueRow, StationBoard

DIGITS = "①②③④⑤⑥"
ASIDE = (PassState.HELD, PassState.AWAITING, PassState.REBOOKED, PassState.DISPUTE)


def bubble(text: str) -> str:
    """A text for a tooltip: names hold anything, and Qt would read markup in them (P3)."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def station_name(station: Station) -> str:
    """The station with its place in the usual order: ``③ 验房``."""
    return f"{DIGITS[ORDERS['default'].index(station)]} {say(f'movein.station.{station.value}')}"


def span(seconds: int | None) -> str:
    """A length of time as people say it; "–" while nothing was measured."""
    if seconds is None:
        return "–"
    minutes = max(0, seconds) // 60
    if minutes < 1:
        return say("movein.panel.span_under_minute")
    if minutes < 60:
        return say("movein.panel.span_minutes", minutes=minutes)
    return say("movein.panel.span_hours", hours=minutes // 60, minutes=minutes % 60)


def waited(row: QueueRow, now: datetime) -> str:
    """How long a row is as it is; for a rebooked one the day it comes."""
    if row.state is PassState.REBOOKED and row.return_day is not None:
        return day_text(row.return_day)
    return span(int((now - row.since).total_seconds()))


def day_text(day: date) -> str:
    """A day as lists show it, ISO so that both languages read it alike."""
    return day.isoformat()


def clock_text(moment: datetime | None) -> str:
    """Hours and minutes at the estate."""
    return f"{moment.astimezone(CHINA):%H:%M}" if moment is not None else ""


def standing(row: QueueRow, here: str = "") -> str:
    """What a row's last column says: priority, state, at which desk if not at this, what it waits for."""
    parts = []
    if row.priority:
        parts.append(f"★{say(f'movein.priority.{row.priority}')}")
    if row.waits_for:
        parts.append(say(f"movein.waits.{row.waits_for}"))
    elif row.state is not PassState.WAITING:
        parts.append(say(f"movein.state.{row.state.value}"))
    if row.desk and row.desk != here:
        parts.append(row.desk)
    if row.misses:
        parts.append(say("movein.panel.misses", n=row.misses))
    return " · ".join(parts)


def board_line(board: StationBoard) -> str:
    """Waiting, average and longest, as the head of the queue says them."""
    waiting = sum(row.state is PassState.WAITING for row in board.waiting)
    return say(
        "movein.panel.board",
        waiting=waiting,
        average=span(board.average_wait),
        longest=span(board.longest_wait),
        served=board.served_today,
    )


def aside_line(board: StationBoard) -> str:
    """How many stand aside, by why; "" for none."""
    counted = [(state, board.count(state)) for state in ASIDE]
    return " · ".join(f"{say(f'movein.state.{state.value}')} {count}" for state, count in counted if count)


def owners_line(owners: tuple[OwnerView, ...]) -> str:
    """The owners' names."""
    return listed(owner.name for owner in owners)


def owner_line(owner: OwnerView) -> str:
    """One owner with what is known of him, numbers masked."""
    parts = [owner.name, say(f"party.role.{owner.role}"), owner.phone_masked, owner.id_masked]
    return "  ".join(part for part in parts if part)


def house_line(view: PassView) -> str:
    """Area and layout of the house; a roster may leave both open (A6)."""
    if not view.area:
        return say("movein.panel.house_of_unknown_area", layout=view.layout or "–")
    return say("movein.panel.house", area=f"{view.area.normalize():f}", layout=view.layout or "–")


def mark_line(mark: MarkView) -> str:
    """A mark on the house and what was written."""
    word = say(f"mark.{mark.code}")
    return told_of(word, mark.text) if mark.text else word


def state_line(view: PassView) -> str:
    """Where the household stands and how it is there."""
    parts = [station_name(view.at), say(f"movein.state.{view.state.value}")]
    if view.waits_for:
        parts.append(say(f"movein.waits.{view.waits_for}"))
    if view.return_day is not None:
        parts.append(day_text(view.return_day))
    if view.served_by and view.state in (PassState.SERVING, PassState.CALLED):
        parts.append(f"{view.served_by} {view.desk}".strip())
    return " · ".join(parts)


def why_not(choice: Choice) -> str:
    """Why an outcome cannot be chosen yet; "" when it can."""
    return clauses(say(f"movein.need.{need.value}") for need in choice.missing)


def barrier_line(barrier: Barrier) -> str:
    """One thing that keeps the keys back."""
    if barrier.station is not None:
        return say(f"movein.barrier.{barrier.code}", station=say(f"movein.station.{barrier.station.value}"))
    return say(f"movein.barrier.{barrier.code}", amount=written(barrier.amount))
