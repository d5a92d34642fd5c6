"""The hand-over gate: keys only when the way before is walked (M7), never refused for a prepaid fee (M6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from deskapp.domain.movein.stations import Station


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something that keeps the gate shut; a supervisor may overrule it with a reason.

    Attributes:
        code: ``station_open`` or ``balance_owed``; key of its sentence under ``movein.barrier.``.
        station: the open station, for ``station_open``.
        amount: the money owed to the developer in yuan, for ``balance_owed``.
    """

    code: str
    station: Station | None = None
    amount: Decimal = Decimal(0)


def barriers(
    order: tuple[Station, ...], closed: frozenset[Station], developer_balance: Decimal
) -> tuple[Barrier, ...]:
    """What stands between the household and its keys, in the order of the stations.

    An unpaid service fee is no barrier: 民法典 944 leaves the property a claim, not the keys. A fee
    station that was never closed is one, as any other station.
    """
    open_stations = [s for s in order if s is not Station.KEYS and s not in closed]
    found = [Barrier("station_open", station=s) for s in open_stations]
    if developer_balance > 0:
        found.append(Barrier("balance_owed", amount=developer_balance))
    return tuple(found)


def refusal_for_fee(reason_code: str) -> bool:
    """Whether keys would be held back because a fee is unpaid, which only a supervisor may answer for."""
    return reason_code == "fee_unpaid"
