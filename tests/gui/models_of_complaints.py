"""The list of clocks, empty and with a row of every sort; the spans of one clock."""

from __future__ import annotations

from datetime import timedelta

from deskapp.domain.complaints.clocks import ClockState
from deskapp.domain.datatable import Label
from deskapp.gui.complaints.clocklist import ClockModel
from deskapp.services.complaints.views import ClockRow
from tests.harness.models import model
from tests.services.estates import NOW


def _row(number: int, state: ClockState, **more: object) -> ClockRow:
    values: dict[str, object] = {
        "clock_id": number,
        "ticket_id": number,
        "number": f"TS-2026-{number:06d}",
        "house_id": number,
        "label": f"1#1单元{number}01",
        "matter": "陈<b>强</b>家 =1+1 漏水",
        "rule": "first_response",
        "rule_label": Label("首次答复", "First response"),
        "began_at": NOW - timedelta(hours=number),
        "due_at": NOW + timedelta(hours=number),
        "state": state,
        "remaining": number * 3600,
        "provisional": False,
        "waiting_for": None,
        "serious": False,
        "department": "",
        **more,
    }
    return ClockRow(**values)  # type: ignore[arg-type]


@model(ClockModel)
def clocks_of_nobody() -> ClockModel:
    return ClockModel({})


@model(ClockModel)
def clocks_of_every_state() -> ClockModel:
    made = ClockModel({"engineering": "工程维修部"})
    rows = [
        _row(1, ClockState.LATE, due_at=NOW - timedelta(minutes=5), serious=True),
        _row(2, ClockState.RUNNING, department="engineering", provisional=True),
        _row(3, ClockState.WAITING, waiting_for=Label("等配件材料", "Spare parts")),
        _row(4, ClockState.RUNNING, what="promise", label="", house_id=None, department="gone"),
    ]
    made.show_clocks(rows, NOW)
    return made
