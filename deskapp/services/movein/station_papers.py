"""The papers that come out of a station when it closes (M6, M8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from deskapp.base.errors import Refused
from deskapp.db.tables.movein import Pass
from deskapp.db.tables.record import Document
from deskapp.db.unit import Unit
from deskapp.domain.defects import DefectAct, DefectState, can_defect, defect_after
from deskapp.domain.movein.outcomes import Outcome
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import PaperState
from deskapp.services.desk import Desk
from deskapp.services.documents import issue
from deskapp.services.movein.record_rows import (
    open_defects,
    papers_of,
    rounds_of,
    subject_of,
)
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.values import (
    handover_values,
    inspection_values,
    keys_values,
    notice_values,
    order_values,
    owner_card_values,
    papers_values,
)

_Maker = Callable[[Unit, Desk, Pass, Outcome], list[Document]]


def issue_station_papers(unit: Unit, desk: Desk, row: Pass, outcome: Outcome) -> list[Document]:
    """Issues the papers of an outcome, in the transaction that closes the station.

    Args:
        row: the pass, its answers already kept; it may stand at the next station by now.

    Raises:
        Refused: ``records.papers_open`` when a paper of the pack is neither handed over, short nor refused.
    """
    if outcome.station is Station.PAPERS:
        _settle_pack(unit, desk, row, outcome)
    if outcome.station is Station.INSPECTION and outcome.issues:
        _end_round(unit, row)
    issued: list[Document] = []
    for form in outcome.issues:
        issued += _MAKERS[form](unit, desk, row, outcome)
        unit.session.flush()  # a later paper names the numbers of those before it
    return issued


def _settle_pack(unit: Unit, desk: Desk, row: Pass, outcome: Outcome) -> None:
    """Refusing the convention refuses its paper; no other paper may be left undecided."""
    marks = {item.code: item.mark for item in desk.rules.papers}
    undecided = []
    for line in papers_of(unit.session, row.estate_id, row.house_id):
        if line.state != PaperState.DUE:
            continue
        if outcome.mark and marks.get(line.code) == outcome.mark:
            line.state, line.settled_at = PaperState.REFUSED.value, unit.now
        else:
            undecided.append(line.code)
    if undecided:
        titles = {item.code: item.title.zh for item in desk.rules.papers}
        raise Refused("records.papers_open", papers="、".join(titles.get(c, c) for c in undecided))
    unit.session.flush()


def _end_round(unit: Unit, row: Pass) -> None:
    inspection = rounds_of(unit.session, row.estate_id, row.house_id)[-1]
    inspection.ended_at = unit.now
    inspection.pass_id = row.id
    inspection.escort_id = row.escort_id or inspection.escort_id
    unit.session.flush()


def _one(form: str, values: Callable[[Unit, Desk, Pass, Outcome], object]) -> _Maker:
    def make(unit: Unit, desk: Desk, row: Pass, outcome: Outcome) -> list[Document]:
        made = values(unit, desk, row, outcome)
        return [issue(unit, desk, form, made, house_id=row.house_id, subject=subject_of(row))]

    return make


def _orders(unit: Unit, desk: Desk, row: Pass, outcome: Outcome) -> list[Document]:
    """One order to each party that has something new to repair; the defects stand on it from then on."""
    house = house_row(unit.session, row.estate_id, row.house_id)
    waiting = [
        defect
        for defect in open_defects(unit.session, row.estate_id, row.house_id)
        if can_defect(DefectState(defect.state), DefectAct.ORDER)
    ]
    orders = []
    for party in sorted({defect.party for defect in waiting}):
        of_party = [defect for defect in waiting if defect.party == party]
        values = order_values(unit.session, desk, house, party, of_party, unit.now)
        order = issue(unit, desk, "defect-order", values, house_id=house.id, subject=subject_of(row))
        for defect in of_party:
            defect.state = defect_after(DefectState(defect.state), DefectAct.ORDER).value
            defect.order_number = order.number
            unit.touch("defect", defect.id)
        orders.append(order)
    return orders


_MAKERS: Mapping[str, _Maker] = MappingProxyType(
    {
        "movein-notice": _one("movein-notice", lambda u, d, r, o: notice_values(u.session, d, r)),
        "owner-card": _one("owner-card", lambda u, d, r, o: owner_card_values(u.session, d, r)),
        "inspection": _one("inspection", lambda u, d, r, o: inspection_values(u.session, d, r, o.code)),
        "defect-order": _orders,
        "papers-receipt": _one("papers-receipt", lambda u, d, r, o: papers_values(u.session, d, r)),
        "keys-receipt": _one("keys-receipt", lambda u, d, r, o: keys_values(u.session, d, r)),
        "handover": _one("handover", lambda u, d, r, o: handover_values(u.session, d, r)),
    }
)
