"""The area of a house whose roster did not say it, and the fees that waited for it (A6, F1)."""

from __future__ import annotations

from decimal import Decimal

from deskapp.base.errors import Refused
from deskapp.domain.staff import Action
from deskapp.services.changes import Done
from deskapp.services.desk import Desk, changes_of
from deskapp.services.movein.fees import fees_of
from deskapp.services.movein.preparing import raise_charges
from deskapp.services.movein.record_rows import touch_pass
from deskapp.services.movein.record_views import FeesView
from deskapp.services.movein.rows import house_row

LARGEST = Decimal(100_000)
"""m²; more is a slip of the hand."""
PLACES = 4


def count_by_area(desk: Desk, command_id: str, house_id: int, area: Decimal) -> Done[FeesView]:
    """Writes down the area of the purchase contract and puts on the bill what goes by it.

    Args:
        area: m², at most four places.

    Raises:
        Refused: ``fees.area``: it is none; ``fees.area_known``: the house has another area, which is not
            changed at the till.
    """
    if not area.is_finite() or not 0 < area < LARGEST or area != round(area, PLACES):
        raise Refused("fees.area")
    with desk.unit(Action.FEES_TAKE, command_id) as unit:
        if unit.answered is None:
            house = house_row(unit.session, desk.estate_id, house_id)
            if house.area and house.area != area:
                raise Refused("fees.area_known", label=house.label, area=f"{house.area.normalize():f}")
            before = {"area": f"{house.area.normalize():f}"}
            house.area = area
            raise_charges(unit, desk, house)
            data = {"area": f"{area.normalize():f}"}
            unit.record("house.area", "house", house.id, house_id=house.id, data=data, before=before)
            touch_pass(unit, house.id)
        view = fees_of(unit.session, desk, house_id)
    return Done(view, changes_of(unit))
