"""What a roster would change, row by row, before anything is written (A6). Nothing here touches the database.

A cell that is empty says nothing: what the archive knows stays. Owners are joined to the house's present
owners by identity number, else by name; who is in the archive and no longer in the file has sold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from deskapp.domain.people import mask_id, mask_phone
from deskapp.domain.places import label, place_key
from deskapp.domain.roster import OwnerIn, RosterRow
from deskapp.services.residents.roster_known import Known, KnownHouse, KnownOwner


class RowKind(StrEnum):
    """What a row does."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing a row would change, as a person reads it; numbers of people masked (design rule 6).

    Attributes:
        field: code of `domain.roster_columns.RosterField`.
        old, new: "" for nothing.
    """

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """An owner who stays, and what the file knows better of him."""

    known: KnownOwner
    given: OwnerIn
    phones: tuple[str, ...]

    @property
    def id_number(self) -> str:
        """The identity number to write, "" where the archive's stands."""
        fresh = self.given.id_number
        return fresh if fresh and fresh != self.known.id_number else ""

    @property
    def share(self) -> str:
        """The share to write, "" where the archive's stands."""
        return self.given.share if self.given.share and self.given.share != self.known.share else ""

    @property
    def role(self) -> str:
        """The role to write, "" where the archive's stands."""
        return self.given.role.value if self.given.role.value != self.known.role else ""

    def __bool__(self) -> bool:
        return bool(self.id_number or self.share or self.role or self.phones)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What one row does.

    Attributes:
        house: the house in the archive, None for a new one.
        values: columns of the house to write.
        notified: the notified day to book, None where it stands.
        joining: new owners with their phones and their rank, in the order of the file.
        leaving: owners of the archive that the file no longer has.
    """

    row: RosterRow
    house: KnownHouse | None
    values: dict[str, Any]
    notified: date | None
    joining: tuple[tuple[OwnerIn, tuple[str, ...], int], ...]
    staying: tuple[OwnerChange, ...]
    leaving: tuple[KnownOwner, ...]

    @property
    def kind(self) -> RowKind:
        """New, updated or unchanged."""
        if self.house is None:
            return RowKind.NEW
        touched = self.values or self.notified or self.joining or self.staying or self.leaving
        return RowKind.UPDATED if touched else RowKind.UNCHANGED


_COLUMNS = ("layout", "area", "contract_number", "contract_date", "payment", "remark")


def planned(rows: tuple[RosterRow, ...], known: Known) -> Iterator[RowPlan]:
    """What each row does, given what is known."""
    for row in rows:
        house = known.houses.get(place_key(row.place))
        shared = _phones_of(row)
        if house is None:
            joining = tuple((o, shared[at], at) for at, o in enumerate(row.owners))
            yield RowPlan(row, None, _given(row), row.notified_day, joining, (), ())
        else:
            yield _against(row, house, shared)


def _given(row: RosterRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _COLUMNS}
    if row.balance is not None:
        values["developer_balance"] = row.balance
    return {name: value for name, value in values.items() if value not in (None, "")}


def _against(row: RosterRow, house: KnownHouse, phones: list[tuple[str, ...]]) -> RowPlan:
    values = {name: value for name, value in _given(row).items() if value != getattr(house, name)}
    notified = row.notified_day if row.notified_day and row.notified_day != house.first_day else None
    left, joining, staying = list(house.owners), [], []
    for at, owner in enumerate(row.owners):
        match = _match(owner, left)
        if match is None:
            joining.append((owner, phones[at], at))
            continue
        left.remove(match)
        fresh = tuple(number for number in phones[at] if number not in match.phones)
        if change := OwnerChange(match, owner, fresh):
            staying.append(change)
    leaving = tuple(left) if row.owners else ()
    return RowPlan(row, house, values, notified, tuple(joining), tuple(staying), leaving)


def _match(owner: OwnerIn, known: list[KnownOwner]) -> KnownOwner | None:
    by_id = (k for k in known if owner.id_number and k.id_number == owner.id_number)
    by_name = (k for k in known if k.name == owner.name)
    return next(by_id, None) or next(by_name, None)


def _phones_of(row: RosterRow) -> list[tuple[str, ...]]:
    """The row's phones by owner: one each where there are as many, else all are the first owner's."""
    if len(row.phones) == len(row.owners):
        return [(number,) for number in row.phones]
    return [row.phones, *[()] * (len(row.owners) - 1)]


def changes_shown(plan: RowPlan) -> tuple[FieldChange, ...]:
    """What a row would change, for the preview."""
    return tuple(_shown(plan))


def _shown(plan: RowPlan) -> Iterator[FieldChange]:
    names = {"developer_balance": "balance"}
    for name, value in plan.values.items():
        old = _text(getattr(plan.house, name)) if plan.house else ""
        yield FieldChange(names.get(name, name), old, _text(value))
    if plan.notified:
        first = plan.house.first_day if plan.house else None
        yield FieldChange("notified_day", _text(first), _text(plan.notified))
    if plan.joining or plan.leaving:
        old = "、".join(owner.name for owner in plan.leaving)
        yield FieldChange("owners", old, "、".join(owner.name for owner, _, _ in plan.joining))
    for change in plan.staying:
        if change.id_number:
            yield FieldChange("id_number", mask_id(change.known.id_number), mask_id(change.id_number))
        if change.phones:
            yield FieldChange("phone", "", "、".join(map(mask_phone, change.phones)))
        if change.share or change.role:
            yield FieldChange("owners", change.known.name, f"{change.known.name} {change.share}".strip())


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def label_of(plan: RowPlan) -> str:
    """The house of a row in the estate's own writing."""
    return label(plan.row.place)
