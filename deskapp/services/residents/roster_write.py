"""Writing a planned roster: whole tables at a time where rows are new, row by row where they change (A6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from deskapp.base.clock import day_of
from deskapp.base.errors import Refused
from deskapp.db.base import Base, new_id
from deskapp.db.tables.estate import House
from deskapp.db.tables.movein import Batch, Booking
from deskapp.db.tables.record import History
from deskapp.db.tables.residents import Party, Person, Phone
from deskapp.db.unit import Unit
from deskapp.domain.identity import IdKind, check_identity, normalise_phone
from deskapp.domain.places import label, place_key
from deskapp.domain.roster import OwnerIn
from deskapp.domain.searchkeys import SearchEntry
from deskapp.services.desk import Desk
from deskapp.services.residents.index import rebuild_keys, write_keys
from deskapp.services.residents.roster_known import Known
from deskapp.services.residents.roster_plan import OwnerChange, RowKind, RowPlan, changes_shown

Progress = Callable[[int, int], None]
"""Told how many of how many rows are written; what it raises undoes the import, and so does its attribute
``cancelled`` once that is true (design rule 7)."""

STEP = 500
"""Rows between two reports of progress."""


@dataclass(slots=True)
class _Tables:
    """New rows by table, in the order in which they must be written."""

    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: type[Base], **values: Any) -> None:
        self.rows[table].append(values)

    def write(self, unit: Unit) -> None:
        unit.session.flush()
        for table in (House, Person, Phone, Party, Booking, History):
            if rows := self.rows.pop(table, None):
                unit.session.connection().execute(insert(table.__table__), rows)  # type: ignore[arg-type]


def _entry_of(plan: RowPlan) -> SearchEntry:
    """What a new house of new people is found by."""
    row = plan.row
    return SearchEntry(
        place=row.place,
        names=tuple(owner.name for owner, _, _ in plan.joining),
        phones=tuple(number for _, phones, _ in plan.joining for number in phones),
        id_tails=tuple(owner.id_number[-6:] for owner, _, _ in plan.joining if owner.id_number),
        documents=(row.contract_number,) if row.contract_number else (),
    )


class RosterWriter:
    """One import in its unit of work.

    Args:
        source: the file's name, for the history.
        batch_name: name of the batch that the notified days belong to.
    """

    def __init__(self, desk: Desk, unit: Unit, known: Known, source: str, batch_name: str) -> None:
        self._desk, self._unit, self._known = desk, unit, known
        self._source, self._batch_name = source, batch_name
        self._tables = _Tables()
        self._batch: Batch | None = None
        self._ranks: dict[int, int] = {}
        self._entries: list[tuple[int, SearchEntry]] = []
        self._touched: list[int] = []
        self._rephoned: set[int] = set()
        self.houses: list[int] = []

    @property
    def batch(self) -> str:
        """The batch that days were booked in, "" for none."""
        return self._batch.name if self._batch else ""

    def write(self, plans: Sequence[RowPlan], progress: Progress | None) -> None:
        """Writes every row that is new or changes something, and the search keys of its house."""
        self._make_batch([plan.notified for plan in plans if plan.notified])
        for at in range(0, len(plans), STEP):
            part = plans[at : at + STEP]
            changed = [plan for plan in part if plan.kind is RowKind.UPDATED]
            rows = self._rows_of(changed)
            for plan in part:
                if plan.kind is RowKind.NEW:
                    self._new(plan)
            self._touched += [self._update(plan, rows) for plan in changed]
            self._tables.write(self._unit)
            self._write_keys()
            if progress is not None:
                progress(at + len(part), len(plans))
                if getattr(progress, "cancelled", False):
                    raise Refused("roster.cancelled")
        rebuild_keys(self._unit, self._houses_of(self._rephoned))

    def _write_keys(self) -> None:
        """The keys of a house of new people are known as written; those of others are read back whole."""
        write_keys(self._unit, self._entries)
        rebuild_keys(self._unit, self._touched)
        self.houses += [house_id for house_id, _ in self._entries]
        self.houses += self._touched
        self._entries, self._touched = [], []

    def _houses_of(self, people: set[int]) -> list[int]:
        found: list[int] = []
        ids = sorted(people)
        for at in range(0, len(ids), STEP):
            own = (Party.estate_id == self._unit.estate_id) & Party.person_id.in_(ids[at : at + STEP])
            found += self._unit.session.scalars(select(Party.house_id).where(own)).all()
        return found

    # --- new houses --------------------------------------------------------------------------------------

    def _new(self, plan: RowPlan) -> None:
        row, house_id = plan.row, new_id()
        house = {
            "layout": "",
            "area": Decimal(0),
            "contract_number": "",
            "contract_date": None,
            "payment": "",
            "developer_balance": Decimal(0),
            "remark": "",
            **plan.values,
        }
        place = row.place
        self._tables.add(
            House,
            estate_id=self._unit.estate_id,
            id=house_id,
            phase=place.phase,
            building=place.building,
            entrance=place.entrance,
            room=place.room,
            kind=place.kind.value,
            label=label(place),
            place_key=place_key(place),
            received_label=row.label_received,
            version=1,
            **house,
        )
        before = len(self._tables.rows[Person])
        for owner, phones, rank in plan.joining:
            self._join(house_id, owner, phones, rank, row.contract_date)
        if plan.notified:
            self._book(house_id, plan.notified)
        self._note(house_id, "roster.house_added", {"label": label(place), "file": self._source})
        if len(self._tables.rows[Person]) - before == len(plan.joining):
            self._entries.append((house_id, _entry_of(plan)))
        else:
            self._touched.append(house_id)

    def _note(self, house_id: int, act: str, data: dict[str, Any]) -> None:
        """A line on the house's time line; the import itself is one link of the audit chain."""
        self._tables.add(History, **self._unit.history_row(act, "house", house_id, house_id, data))

    # --- people ------------------------------------------------------------------------------------------

    def _join(
        self, house_id: int, owner: OwnerIn, phones: Iterable[str], rank: int, since: date | None
    ) -> None:
        phones = tuple(phones)
        person_id = self._person(owner, phones)
        self._tables.add(
            Party,
            estate_id=self._unit.estate_id,
            id=new_id(),
            house_id=house_id,
            person_id=person_id,
            role=owner.role.value,
            share=owner.share,
            rank=rank,
            since=since,
            until=None,
            detail={},
            created_at=self._unit.now,
        )

    def _person(self, owner: OwnerIn, phones: tuple[str, ...]) -> int:
        """Same identity number and name, or without a number same name and phone: the same person."""
        known = self._known.by_id.get(owner.id_number) if owner.id_number else None
        if known is not None and known[1] == owner.name:
            self._rephone(known[0], owner.name, phones)
            return known[0]
        if not owner.id_number:
            same = next((p for n in phones if (p := self._known.by_phone.get((owner.name, n)))), None)
            if same is not None:
                self._rephone(same, owner.name, phones)
                return same
        person_id = new_id()
        self._tables.add(
            Person,
            estate_id=self._unit.estate_id,
            id=person_id,
            name=owner.name,
            id_kind=owner.id_kind.value if owner.id_kind else "",
            id_number=owner.id_number,
            birth=self._birth(owner),
            card={},
            version=1,
        )
        if owner.id_number:
            self._known.by_id.setdefault(owner.id_number, (person_id, owner.name))
        self._add_phones(person_id, owner.name, phones)
        return person_id

    def _birth(self, owner: OwnerIn) -> date | None:
        if owner.id_kind is IdKind.RESIDENT_ID:
            return date.fromisoformat(owner.id_number[6:14])  # checked when the roster was read
        if owner.id_kind is None or not owner.id_number:
            return None
        return check_identity(owner.id_kind, owner.id_number, today=day_of(self._unit.now)).birth_date

    def _rephone(self, person_id: int, name: str, phones: Iterable[str]) -> None:
        """New numbers of somebody already known lead to all his houses."""
        if self._add_phones(person_id, name, phones):
            self._rephoned.add(person_id)

    def _add_phones(self, person_id: int, name: str, phones: Iterable[str]) -> bool:
        added = False
        for number in phones:
            if self._known.by_phone.get((name, number)) == person_id:
                continue
            self._known.by_phone.setdefault((name, number), person_id)
            kind = normalise_phone(number).kind
            self._tables.add(
                Phone,
                estate_id=self._unit.estate_id,
                id=new_id(),
                person_id=person_id,
                number=number,
                use=kind.value if kind else "mobile",
                holder="",
                rank=self._ranks.setdefault(person_id, 0),
            )
            self._ranks[person_id] += 1
            added = True
        return added

    # --- the batch and its days --------------------------------------------------------------------------

    def _make_batch(self, days: Sequence[date]) -> None:
        if not days:
            return
        unit, movein = self._unit, self._desk.rules.site.movein
        own = (Batch.estate_id == unit.estate_id) & (Batch.name == self._batch_name)
        batch = unit.session.scalars(select(Batch).where(own).order_by(Batch.id)).first()
        if batch is None:
            batch = Batch(
                estate_id=unit.estate_id,
                id=new_id(),
                name=self._batch_name,
                station_order=movein.station_order.value,
                daily_capacity=movein.daily_capacity,
                first_day=min(days),
                last_day=max(days),
            )
            unit.session.add(batch)
            unit.record("batch.made", "batch", batch.id, data={"name": batch.name})
        elif min(days) < batch.first_day or max(days) > batch.last_day:
            batch.first_day, batch.last_day = min(batch.first_day, *days), max(batch.last_day, *days)
            unit.touch("batch", batch.id)
        unit.session.flush()
        self._batch = batch

    def _book(self, house_id: int, day: date) -> None:
        assert self._batch is not None
        self._tables.add(
            Booking,
            estate_id=self._unit.estate_id,
            house_id=house_id,
            batch_id=self._batch.id,
            day=day,
            first_day=day,
        )

    # --- houses that change ------------------------------------------------------------------------------

    def _rows_of(self, plans: Sequence[RowPlan]) -> dict[int, House]:
        ids = [plan.house.id for plan in plans if plan.house]
        own = (House.estate_id == self._unit.estate_id) & House.id.in_(ids)
        return (
            {house.id: house for house in self._unit.session.scalars(select(House).where(own))} if ids else {}
        )

    def _update(self, plan: RowPlan, rows: dict[int, House]) -> int:
        assert plan.house is not None
        unit, house = self._unit, rows[plan.house.id]
        for name, value in plan.values.items():
            setattr(house, name, value)
        if plan.notified:
            self._rebook(house.id, plan.notified)
        yesterday = day_of(unit.now) - timedelta(days=1)
        for owner in plan.leaving:
            party = unit.session.get_one(Party, (unit.estate_id, owner.party_id))
            party.until = yesterday
        since = plan.row.contract_date if not plan.leaving else day_of(unit.now)
        for given, phones, rank in plan.joining:
            self._join(house.id, given, phones, rank, since)
        for change in plan.staying:
            self._improve(change)
        shown = changes_shown(plan)
        unit.record(
            "roster.house_updated",
            "house",
            house.id,
            house_id=house.id,
            data={"label": house.label, "file": self._source, "fields": [c.field for c in shown]},
            before={c.field: c.old for c in shown},
            after={c.field: c.new for c in shown},
        )
        return house.id

    def _rebook(self, house_id: int, day: date) -> None:
        booking = self._unit.session.get(Booking, (self._unit.estate_id, house_id))
        if booking is None:
            self._book(house_id, day)
            return
        assert self._batch is not None
        booking.day = booking.first_day = day
        booking.batch_id = self._batch.id

    def _improve(self, change: OwnerChange) -> None:
        unit = self._unit
        party = unit.session.get_one(Party, (unit.estate_id, change.known.party_id))
        if change.role:
            party.role = change.role
        if change.share:
            party.share = change.share
        if change.id_number:
            person = unit.session.get_one(Person, (unit.estate_id, change.known.person_id))
            person.id_number = change.id_number
            person.id_kind = change.given.id_kind.value if change.given.id_kind else ""
            person.birth = self._birth(change.given)
        # A number the sales department has learnt since stands before the older ones.
        self._ranks.setdefault(change.known.person_id, -len(change.phones))
        self._rephone(change.known.person_id, change.known.name, change.phones)
