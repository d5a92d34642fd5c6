"""What is on record of a household: the needs of an outcome that rest on it (M6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.orm import Session

from deskapp.db.tables.movein import Pass
from deskapp.db.tables.stations import Charge, Inspection
from deskapp.domain.fees import ChargeState
from deskapp.domain.inspection import Finding, unchecked, undescribed
from deskapp.domain.movein.outcomes import Need, Outcome
from deskapp.domain.papers import PaperState
from deskapp.domain.places import PlaceKind
from deskapp.services.desk import Desk
from deskapp.services.movein.owner_papers import attending_at, papers_lacking
from deskapp.services.movein.preparing import prepare_house, uncounted
from deskapp.services.movein.record_rows import (
    charges_of,
    keys_of,
    open_amount,
    open_defects,
    papers_of,
    readings_in,
    rounds_of,
    sheet_of,
    signed_by_household,
)
from deskapp.services.movein.rows import house_row
from deskapp.services.movein.station_papers import issue_station_papers

UNSETTLED = frozenset({ChargeState.DUE, ChargeState.DEFERRED, ChargeState.DISPUTED})
"""States in which the open part of a charge is the household's to pay."""


@dataclass(frozen=True, slots=True)
class _Record:
    """The record of one pass, asked for one need."""

    session: Session
    desk: Desk
    row: Pass
    outcome: Outcome | None

    def charges(self, *states: ChargeState) -> list[Charge]:
        """The charges in one of the states of which something is open."""
        found = charges_of(self.session, self.row.estate_id, self.row.house_id)
        return [c for c in found if c.state in states and open_amount(c) > 0]

    def round(self) -> Inspection | None:
        """The round that is going on, None when the last one has ended."""
        rounds = rounds_of(self.session, self.row.estate_id, self.row.house_id)
        return rounds[-1] if rounds and rounds[-1].ended_at is None else None


def facts_met(session: Session, desk: Desk, row: Pass, need: Need, outcome: Outcome | None = None) -> bool:
    """Whether a need that rests on the records of the stations is met now.

    Args:
        outcome: for which it is asked; decides which papers an owner must show at station ②.

    Raises:
        KeyError: a need that rests on something else: the clerk's answer, the queue, the batch.
    """
    return _FACTS[need](_Record(session, desk, row, outcome))


def _meters(record: _Record) -> bool:
    """Every meter of the house read in this round, each with its photo."""
    inspection = record.round()
    if inspection is None:
        return False
    house = house_row(record.session, record.row.estate_id, record.row.house_id)
    read = readings_in(record.session, inspection)
    wanted = record.desk.rules.checklist.meters[PlaceKind(house.kind)]
    return all(meter.value in read and read[meter.value].photo for meter in wanted)


def _sheet(record: _Record) -> bool:
    """Every item decided, and every item found defective described."""
    inspection = record.round()
    if inspection is None:
        return False
    house = house_row(record.session, record.row.estate_id, record.row.house_id)
    sheet = sheet_of(record.desk, house)
    findings = {key: Finding(value) for key, value in inspection.findings.items()}
    described = frozenset(
        d.item for d in open_defects(record.session, record.row.estate_id, record.row.house_id)
    )
    return not unchecked(sheet, findings) and not undescribed(sheet, findings, described)


def _has_defects(record: _Record) -> bool:
    return bool(open_defects(record.session, record.row.estate_id, record.row.house_id))


def _no_defects(record: _Record) -> bool:
    inspection = record.round()
    found = inspection.findings.values() if inspection else ()
    return not _has_defects(record) and Finding.DEFECT.value not in found


def _waiver(record: _Record) -> bool:
    return signed_by_household(record.session, record.row, "waiver")


def _signature(record: _Record) -> bool:
    return signed_by_household(record.session, record.row, record.row.at)


def _all_papers(record: _Record) -> bool:
    lines = papers_of(record.session, record.row.estate_id, record.row.house_id)
    return all(line.state == PaperState.HANDED for line in lines)


def _short_items(record: _Record) -> bool:
    """Some are short, each with its day; all others handed over."""
    states = [line.state for line in papers_of(record.session, record.row.estate_id, record.row.house_id)]
    others = [state for state in states if state != PaperState.SHORT]
    return len(others) < len(states) and all(state == PaperState.HANDED for state in others)


def _counted(record: _Record) -> bool:
    house = house_row(record.session, record.row.estate_id, record.row.house_id)
    return not uncounted(record.session, record.desk, house)


def _paid(record: _Record) -> bool:
    return not record.charges(*UNSETTLED, ChargeState.TO_DEVELOPER)


def _part_open(record: _Record) -> bool:
    """What is open is owed on a later day, all of it."""
    deferred = record.charges(ChargeState.DEFERRED)
    return (
        bool(deferred)
        and all(charge.until is not None for charge in deferred)
        and not record.charges(ChargeState.DUE, ChargeState.DISPUTED)
    )


def _disputed(record: _Record) -> bool:
    return bool(record.charges(ChargeState.DISPUTED))


def _on_developer(record: _Record) -> bool:
    return bool(record.charges(ChargeState.TO_DEVELOPER)) and not record.charges(*UNSETTLED)


def _keys(record: _Record) -> bool:
    lines = keys_of(record.session, record.row.estate_id, record.row.house_id)
    return all(line.handed == line.total for line in lines)


def _custody(record: _Record) -> bool:
    """Some kept, with keeper, reason and day; every other one handed over."""
    lines = keys_of(record.session, record.row.estate_id, record.row.house_id)
    kept = [line for line in lines if line.kept + line.lent]
    return (
        bool(kept)
        and all(line.keeper and line.why and line.until for line in kept)
        and all(line.handed + line.kept + line.lent == line.total for line in lines)
    )


def _owner_papers(record: _Record) -> bool:
    attending = attending_at(record.row, record.outcome)
    return not papers_lacking(record.desk, record.row, attending)


_FACTS: Mapping[Need, Callable[[_Record], bool]] = MappingProxyType(
    {
        Need.METERS: _meters,
        Need.SHEET: _sheet,
        Need.NO_DEFECTS: _no_defects,
        Need.DEFECTS: _has_defects,
        Need.WAIVER: _waiver,
        Need.SIGNATURE: _signature,
        Need.ALL_PAPERS: _all_papers,
        Need.SHORT_ITEMS: _short_items,
        Need.COUNTED: _counted,
        Need.PAID: _paid,
        Need.PART_OPEN: _part_open,
        Need.DISPUTED: _disputed,
        Need.ON_DEVELOPER: _on_developer,
        Need.KEYS: _keys,
        Need.CUSTODY: _custody,
        Need.OWNER_PAPERS: _owner_papers,
    }
)

__all__ = ["UNSETTLED", "facts_met", "issue_station_papers", "prepare_house"]
