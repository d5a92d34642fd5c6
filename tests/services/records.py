"""What the tests of the stations' records share: a household at a station, pictures, signatures."""

from __future__ import annotations

import io
import uuid
from datetime import date
from decimal import Decimal

from PIL import Image

from deskapp.domain.fees import ChargeState, PaymentMethod
from deskapp.domain.inspection import Severity
from deskapp.domain.meters import Meter
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.services.desk import Desk
from deskapp.services.movein import arrivals, closing, fees, line, meters, passes, payments
from deskapp.services.movein.defects import DefectIn
from deskapp.services.movein.record_views import ChargeView, FeesView, PaymentTaken
from deskapp.services.movein.signatures import sign
from deskapp.services.movein.views import Answer, Closed, PassView
from tests.services.estates import house_id

HOUSE = "1#1单元101"
NO_ANSWER = Answer()
HOLLOW = DefectIn("空鼓", Severity.MAJOR)
UNTIL = date(2026, 12, 20)


def new() -> str:
    """A command id."""
    return str(uuid.uuid4())


def picture(colour: int = 0) -> bytes:
    """A small PNG; another colour is another picture."""
    out = io.BytesIO()
    Image.new("L", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def arrived(desk: Desk, label: str = HOUSE, attendee: str = "王䶮", role: str = "owner") -> PassView:
    """A household with its number."""
    done = arrivals.arrive(desk, new(), house_id(desk, label), attendee=attendee, role=role)
    return done.value.view


def at(desk: Desk, station: Station, label: str = HOUSE) -> PassView:
    """A household being served at a station, sent there over those before."""
    view = arrived(desk, label)
    if station is not Station.NOTICE:
        view = line.send(desk, new(), view.pass_id, view.version, station).value
    return serving(desk, view)


def serving(desk: Desk, view: PassView) -> PassView:
    """The household served where it stands."""
    fresh = passes.pass_view(desk, view.pass_id)
    if fresh.state is PassState.SERVING:
        return fresh
    return line.serve(desk, new(), fresh.pass_id, fresh.version).value


def close(desk: Desk, view: PassView, code: str, answer: Answer = NO_ANSWER) -> Closed:
    """The station closed with an outcome."""
    fresh = serving(desk, view)
    return closing.close(desk, new(), fresh.pass_id, fresh.version, code, answer).value


def signed(desk: Desk, view: PassView, record: str, role: str = "owner", name: str = "王䶮") -> None:
    """A record signed on the screen."""
    sign(desk, new(), view.house_id, view.pass_id, record, role, name, "screen", picture(len(record)))


def read_all(desk: Desk, view: PassView, start: str = "00012.3") -> None:
    """Every meter of an apartment read, with its photo."""
    for meter in Meter:
        meters.read_meter(desk, new(), view.pass_id, meter, start, picture(7))


def money(text: str) -> Decimal:
    """Yuan."""
    return Decimal(text)


def charge(view: FeesView, item: str) -> ChargeView:
    """The standing charge of an item."""
    return next(c for c in view.charges if c.item == item and c.state is not ChargeState.VOID)


def pay(
    desk: Desk,
    view: PassView,
    amount: Decimal,
    method: PaymentMethod = PaymentMethod.CASH,
    command: str = "",
    reference: str = "",
) -> PaymentTaken:
    """Money taken for what is open, in the order of the charges."""
    bill = fees.fees_view(desk, view.house_id)
    parts = payments.spread(bill, amount)
    return payments.take_payment(
        desk, command or new(), view.house_id, parts, method=method, payer="王䶮", reference=reference
    ).value


def missing(desk: Desk, view: PassView, code: str) -> tuple[Need, ...]:
    """What an outcome still needs."""
    fresh = passes.pass_view(desk, view.pass_id)
    return next(choice.missing for choice in fresh.choices if choice.outcome.code == code)
