"""Takes one household from its arrival to its keys through the services, as a clerk would.

Used by the stories, the fault tests and the benchmarks. Every command has an id made from a seed, so that a
walk cut short can be walked again from its beginning: what was done is answered, not done twice.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from typing import Any

from deskapp.domain.fees import PaymentMethod
from deskapp.domain.inspection import Meter
from deskapp.services.changes import Done
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    arrivals,
    closing,
    inspection,
    keys,
    line,
    meters,
    owner_papers,
    papers,
    passes,
    payments,
    signatures,
)
from deskapp.services.movein.fees import fees_view
from deskapp.services.movein.views import Answer, Closed, PassView

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest picture there is."""


class Walk:
    """One household's way.

    Args:
        seed: makes the command ids; the same seed repeats the same commands.
        confirmed: told each command's name and `Done` value once the service has answered.
    """

    def __init__(
        self,
        desk: Desk,
        house_id: int,
        seed: str = "",
        confirmed: Callable[[str, Any], None] = lambda _name, _value: None,
    ) -> None:
        self.desk, self.house_id, self._confirmed = desk, house_id, confirmed
        self._seed = uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}-{house_id}") if seed else uuid.uuid4()
        self._count = 0
        self.pass_id = 0

    def command(self, name: str, call: Callable[..., Done[Any]], *args: Any, **kwargs: Any) -> Any:
        """Runs one command and says that it was confirmed."""
        self._count += 1
        command_id = str(uuid.uuid5(self._seed, f"{self._count}-{name}"))
        done = call(self.desk, command_id, *args, **kwargs)
        self._confirmed(name, done.value)
        return done.value

    @property
    def view(self) -> PassView:
        """The household now."""
        return passes.pass_view(self.desk, self.pass_id)

    def arrive(self) -> None:
        """Gets the number."""
        arrived: Closed = self.command(
            "arrive", arrivals.arrive, self.house_id, attendee="王䶮", role="owner"
        )
        self.pass_id = arrived.view.pass_id

    def serve(self) -> None:
        """Comes to the desk of the station it waits at."""
        self.command("serve", line.serve, self.pass_id, self.view.version)

    def sign(self, record: str) -> None:
        """Signs on the screen."""
        self.command(
            f"sign {record}",
            signatures.sign,
            self.house_id,
            self.pass_id,
            record,
            "owner",
            "王䶮",
            "screen",
            PHOTO,
        )

    def close(self, code: str, answer: Answer | None = None) -> Closed:
        """Ends the station with an outcome."""
        closed: Closed = self.command(
            f"close {code}", closing.close, self.pass_id, self.view.version, code, answer or Answer()
        )
        return closed

    def notice(self) -> None:
        """① in order."""
        self.serve()
        self.close("in_order")

    def documents(self) -> None:
        """② everything shown and the card signed."""
        self.serve()
        view = owner_papers.owner_papers_view(self.desk, self.pass_id)
        ticks = {line.code: True for line in view.needed(view.attending)}
        self.command("papers shown", owner_papers.show_papers, self.pass_id, ticks)
        self.sign("documents")
        self.close("in_order")

    def inspect(self) -> None:
        """③ every room in order, every meter read."""
        self.serve()
        sheet = inspection.inspection_view(self.desk, self.pass_id)
        for room in dict.fromkeys(item.room for item in sheet.lines):
            self.command(f"room {room}", inspection.room_in_order, self.pass_id, room)
        for number, meter in enumerate(sheet.meters):
            reading = f"0001{number}"
            self.command(
                f"meter {meter.meter}", meters.read_meter, self.pass_id, Meter(meter.meter), reading, PHOTO
            )
        self.sign("inspection")
        self.close("accepted")

    def papers(self) -> None:
        """④ the whole pack signed for."""
        self.serve()
        self.command("pack", papers.hand_all, self.pass_id)
        self.sign("papers")
        self.close("all_signed")

    def pay(self) -> None:
        """⑤ everything paid in one receipt."""
        self.serve()
        view = fees_view(self.desk, self.house_id)
        parts = payments.spread(view, view.open) if view.open else ()  # paid already, in a repeated walk
        self.command(
            "pay",
            payments.take_payment,
            self.house_id,
            parts,
            method=PaymentMethod.WECHAT,
            payer="王䶮",
            reference="0007",
        )
        self.close("paid")

    def take_keys(self) -> Closed:
        """⑥ every key."""
        self.serve()
        self.command("keys", keys.hand_all_keys, self.pass_id)
        self.sign("keys")
        return self.close("all_keys")

    def whole(self) -> Closed:
        """The whole way in the default order."""
        self.arrive()
        for station in (self.notice, self.documents, self.inspect, self.papers, self.pay):
            station()
        return self.take_keys()
