"""How long somebody has lived here, at the edges of the stages (A3)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.tenure import Tenure, tenure

TODAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("since", "stage"),
    [
        (date(2026, 12, 4), Tenure.NEW),
        (date(2026, 6, 5), Tenure.NEW),
        (date(2026, 6, 4), Tenure.SETTLING),
        (date(2025, 12, 5), Tenure.SETTLING),
        (date(2025, 12, 4), Tenure.STABLE),
        (date(2024, 12, 5), Tenure.STABLE),
        (date(2024, 12, 4), Tenure.OLD),
        (date(1999, 1, 31), Tenure.OLD),
    ],
)
def test_stages_begin_with_full_months(since: date, stage: Tenure) -> None:
    assert tenure(since, TODAY) is stage


def test_the_end_of_a_long_month_is_no_full_month_in_a_short_one() -> None:
    assert tenure(date(2026, 8, 31), date(2027, 2, 28)) is Tenure.NEW
    assert tenure(date(2026, 8, 31), date(2027, 3, 1)) is Tenure.SETTLING


@given(st.dates(), st.dates(), st.dates())
def test_nobody_grows_younger(since: date, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    stages = list(Tenure)
    assert stages.index(tenure(since, earlier)) <= stages.index(tenure(since, later))
