"""Short words for the tests of the complaint desk: a moment, a person, a ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from deskapp.base.clock import CHINA, SetClock
from deskapp.domain.complaints.classes import Channel, Kind
from deskapp.domain.complaints.closing import Position
from deskapp.services.complaints import handling, intake
from deskapp.services.complaints.views import PromiseIn, TicketIn, TicketView
from deskapp.services.desk import Desk
from deskapp.services.movein.views import Approval
from deskapp.services.opening import named, seat
from tests.services.estates import SUPERVISOR, house_id

CLERK, SECOND, HELPER, SUPER, MANAGER, AUDITOR = "1001", "1002", "2001", "3001", "4001", "6001"


def cmd() -> str:
    return str(uuid4())


def at(desk: Desk, moment: datetime | str) -> Desk:
    """The same desk at a moment; ``"12-07 17:02"`` is in December 2026."""
    if isinstance(moment, str):
        moment = datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    return replace(desk, clock=SetClock(moment))


def later(desk: Desk, **step: float) -> Desk:
    return at(desk, desk.now() + timedelta(**step))


def staffed(desk: Desk, number: str, name: str = "") -> Desk:
    return named(seat(desk, number), name or desk.name)


def house(desk: Desk, room: str) -> int:
    return house_id(desk, room if room.startswith("TC") else f"1#1单元{room}")


def take(desk: Desk, room: str, matter: str, **fields: Any) -> TicketView:
    """A ticket of a house, "" for an anonymous caller."""
    form = TicketIn(house_id=house(desk, room) if room else None, matter=matter, **fields)
    return intake.take(desk, cmd(), form).value


def promise(desk: Desk, text: str, **step: float) -> PromiseIn:
    return PromiseIn(text, "维修张师傅", desk.now() + timedelta(**step), "到不到都给您回电话")


def again(desk: Desk, view: TicketView) -> TicketView:
    return intake.ticket(desk, view.ticket_id)


def replied(desk: Desk, view: TicketView, position: Position = Position.UPHELD) -> TicketView:
    """Settled by the desk and told by phone."""
    done = handling.settle(desk, cmd(), view.ticket_id, view.version, "已修好", position).value
    return handling.reply(desk, cmd(), done.ticket_id, done.version, "已修好,您看看", "call_out").value


def word(reason: str = "情况紧急") -> Approval:
    return Approval(*SUPERVISOR, reason)


ENQUIRY: dict[str, Any] = {"kind": Kind.ENQUIRY, "channel": Channel.PHONE}
