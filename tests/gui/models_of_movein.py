"""The queue of the move-in panel, empty, of one station and of all."""

from __future__ import annotations

from datetime import date, timedelta

from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.models import Line, QueueModel
from deskapp.services.movein.views import QueueRow
from tests.harness.models import model
from tests.services.estates import NOW


def _row(number: int, state: PassState, **more: object) -> QueueRow:
    values: dict[str, object] = {
        "pass_id": number,
        "version": 1,
        "queue_number": f"A{number:03d}",
        "house_id": number,
        "label": f"1#1单元{number}01",
        "names": "陈<b>强</b>、李&王",
        "state": state,
        "since": NOW - timedelta(minutes=number),
        "priority": "",
        "desk": "",
        "return_day": None,
        "waits_for": "",
        "misses": 0,
        **more,
    }
    return QueueRow(**values)  # type: ignore[arg-type]


@model(QueueModel)
def queue_of_nobody() -> QueueModel:
    return QueueModel()


@model(QueueModel)
def queue_of_every_state() -> QueueModel:
    made = QueueModel()
    rows = [
        _row(1, PassState.SERVING, desk="验房 1 号台"),
        _row(2, PassState.WAITING, priority="elderly"),
        _row(3, PassState.HELD, waits_for="no_show", misses=2),
        _row(4, PassState.REBOOKED, return_day=date(2026, 12, 9)),
    ]
    made.show_lines([Line(Station.INSPECTION, row) for row in rows], NOW)
    return made
