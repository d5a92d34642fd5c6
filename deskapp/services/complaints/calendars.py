"""A new year's official calendar taken in, and every open clock reckoned anew by the rules in force (C6).

The calendar is a file of the site (``site/resources/calendars/<year>.toml``), as if it were written by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import and_, bindparam, select

from deskapp.base.errors import Refused, WorldError
from deskapp.base.i18n import say
from deskapp.base.tomlfile import BadDataFile, Problem
from deskapp.db.tables.complaints import Ticket, TicketClock
from deskapp.db.tables.record import History
from deskapp.db.unit import Unit
from deskapp.domain.complaints.rules import RULES
from deskapp.domain.datatable import Source
from deskapp.domain.holidaynotice import calendar_text
from deskapp.domain.staff import Action
from deskapp.domain.workdays import FOLDER, YearCalendar, parse_calendar
from deskapp.services.changes import Changes, Done
from deskapp.services.complaints.rows import note
from deskapp.services.complaints.rules import forget_rules, hours, rules
from deskapp.services.complaints.timing import as_waits, due_of, waits_of
from deskapp.services.datafiles import sentence_of
from deskapp.services.desk import Desk, changes_of

LARGEST = 200_000
"""Bytes; a notice has four thousand."""
TOLD = 3
"""Faults of a file that are told at once."""
_BY_RULES = "complaints.rules_in_force"
_LAST = (
    select(History.data)
    .where(
        History.estate_id == bindparam("estate_id"),
        History.kind == "estate",
        History.subject_id == bindparam("estate_id"),
        History.act == _BY_RULES,
    )
    .order_by(History.id.desc())
    .limit(1)
)
_RUNNING = (
    select(TicketClock, Ticket)
    .join(Ticket, and_(Ticket.estate_id == TicketClock.estate_id, Ticket.id == TicketClock.ticket_id))
    .where(
        TicketClock.estate_id == bindparam("estate_id"),
        TicketClock.running.is_(True),
        TicketClock.id > bindparam("after"),
    )
    .order_by(TicketClock.id)
    .limit(200)
)


@dataclass(frozen=True, slots=True)
class CalendarTaken:
    """What a file brought.

    Attributes:
        rest, work: days off and weekend days worked.
        moved: clocks whose time changed by it.
    """

    year: int
    source: str
    rest: int
    work: int
    file: Path
    moved: int


def read_calendar(body: bytes, name: str) -> tuple[YearCalendar, str]:
    """A calendar from a TOML file, or from the text of the notice itself; with the file it becomes.

    Raises:
        BadDataFile: with every fault by line.
        Refused: ``complaints.calendar_size``.
    """
    if len(body) > LARGEST:
        raise Refused("complaints.calendar_size", name=name)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = body.decode("gb18030")
        except UnicodeDecodeError as error:
            raise BadDataFile([Problem(name, 0, "", "not_utf8")]) from error
    if "[[rest]]" not in text:
        text = calendar_text(text, name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile([Problem(name, 0, "", "not_toml", (("reason", str(error)),))]) from error
    return parse_calendar(Source(name, data, text)), text


def take_calendar(desk: Desk, command_id: str, body: bytes, name: str) -> Done[CalendarTaken]:
    """Puts a year's calendar into the site's folder; open clocks that cross the year follow it at once.

    Raises:
        Refused: ``complaints.calendar_bad`` with the first faults, ``complaints.calendar_size``,
            ``staff.no_right``.
        WorldError: ``file.not_written`` where the site's folder cannot be written.
    """
    desk.require(Action.SETTINGS_CHANGE)
    try:
        year, text = read_calendar(body, name)
    except BadDataFile as fault:
        told = [
            say("data.at_line", line=one.line, fault=sentence_of(one)) if one.line else sentence_of(one)
            for one in fault.problems[:TOLD]
        ]
        more = len(fault.problems)
        raise Refused("complaints.calendar_bad", name=name, count=more, faults=" ".join(told)) from fault
    assert desk.assets.site is not None
    file = desk.assets.site / FOLDER / f"{year.year}.toml"
    _put(file, text)
    forget_rules()
    moved, changes = _reckon_all(desk)
    with desk.unit(Action.SETTINGS_CHANGE, command_id) as unit:
        if unit.answered is None:
            _note_rules(unit, desk, moved)
            unit.answer(moved=moved)
        moved = int((unit.answered or {"moved": moved})["moved"])
        taken = CalendarTaken(year.year, year.source, len(year.rest), len(year.work), file, moved)
        return Done(taken, changes | changes_of(unit))


def take_calendar_file(desk: Desk, command_id: str, file: Path) -> Done[CalendarTaken]:
    """The same from a file that a person chose.

    Raises:
        WorldError: ``file.not_read``. Others as `take_calendar`.
    """
    try:
        with file.open("rb") as opened:
            body = opened.read(LARGEST + 1)
    except OSError as error:
        raise WorldError("file.not_read", file=str(file), reason=error.strerror or str(error)) from error
    return take_calendar(desk, command_id, body, file.name)


def _put(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise WorldError("file.not_written", file=str(file), reason=error.strerror or str(error)) from error


def follow_rules(desk: Desk) -> tuple[int, Changes]:
    """Reckons every open clock anew if clocks, calendars or hours are others than when that was last done.

    A running clock goes by the rules in force, so that what it shows and what explains it are one. Asked
    once at the start of a workstation; costs a query while nothing changed.
    """
    with desk.reading() as session:
        last = session.scalar(_LAST, {"estate_id": desk.estate_id})
        runs = session.scalars(_RUNNING, {"estate_id": desk.estate_id, "after": 0}).first()
    if runs is None or (last or {}).get("digest") == _digest(desk):
        return 0, Changes()
    moved, changes = _reckon_all(desk)
    with desk.unit_of_machine("complaints.rules") as unit:
        _note_rules(unit, desk, moved)
        return moved, changes | changes_of(unit)


def _note_rules(unit: Unit, desk: Desk, moved: int) -> None:
    data = {"digest": _digest(desk), "moved": moved}
    unit.record(_BY_RULES, "estate", desk.estate_id, data=data)


def _reckon_all(desk: Desk) -> tuple[int, Changes]:
    """Due times by the rules in force, some at a time: other desks go on writing in between."""
    moved, after, changes = 0, 0, Changes()
    while True:
        with desk.unit_of_machine("complaints.rules") as unit:
            found = unit.session.execute(_RUNNING, {"estate_id": desk.estate_id, "after": after}).all()
            if not found:
                return moved, changes
            after = found[-1][0].id
            moved += _reckon(unit, desk, found)
            changes |= changes_of(unit)


def _reckon(unit: Unit, desk: Desk, found: Sequence[Any]) -> int:
    """Some clocks by the rules in force; each that moves is noted with its ticket."""
    known, moved = rules(desk), 0
    waits = waits_of(unit.session, unit.estate_id, {row.id for _, row in found})
    for clock, row in found:
        rule = known.clock(clock.rule)
        if rule is None:
            continue
        due = due_of(desk, rule, clock.began_at, as_waits(waits[row.id]), unit.now)
        if due.at != clock.due_at and not clock.waiting:  # one that waits moves by itself
            moved += 1
            was, now = f"{clock.due_at:%m-%d %H:%M}", f"{due.at:%m-%d %H:%M}"
            note(unit, "complaints.clock_moved", row, what=rule.label.zh, was=was, due=now)
        clock.due_at, clock.provisional = due.at, due.provisional
        clock.waiting = due.waiting is not None
    return moved


def _digest(desk: Desk) -> str:
    """Of everything that a due time rests on."""
    files = [desk.assets.path(f"{RULES}/clocks.toml"), *desk.assets.folder(FOLDER)]
    mark = sha256(repr(hours(desk)).encode())
    for file in files:
        mark.update(file.name.encode() + b"\0" + file.read_bytes())
    return mark.hexdigest()
