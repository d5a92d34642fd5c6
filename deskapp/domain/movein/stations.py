"""The six stations and the orders in which they may stand (M4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Station(StrEnum):
    """A station of the move-in way; the value is its stable code, also of ``--station``."""

    NOTICE = "notice"
    """查验入住通知书"""
    DOCUMENTS = "documents"
    """查验业主资料"""
    INSPECTION = "inspection"
    """验房"""
    PAPERS = "papers"
    """签收资料"""
    FEES = "fees"
    """收费"""
    KEYS = "keys"
    """发放钥匙"""


ORDERS: Mapping[str, tuple[Station, ...]] = MappingProxyType(
    {
        "default": tuple(Station),
        "fees_first": (
            Station.NOTICE,
            Station.DOCUMENTS,
            Station.FEES,
            Station.INSPECTION,
            Station.PAPERS,
            Station.KEYS,
        ),
    }
)
"""The shipped orders by name; a site chooses one (M4 ⚙)."""


def station_after(order: tuple[Station, ...], closed: frozenset[Station]) -> Station | None:
    """The first station of the order that is not closed, or None when the way is walked."""
    return next((station for station in order if station not in closed), None)
