"""Charts: true to their numbers, every number printed, legible without colour."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base import i18n
from deskapp.domain import documents as d
from deskapp.pdf import check_forms, render
from deskapp.pdf.charts import ABSENT, scale_for, written
from deskapp.pdf.formfile import read_form
from tests.pdf import incident_samples as c
from tests.pdf import samples as s
from tests.pdf.reading_back import pages_of, picture_of, text_of

NUMBERS = st.lists(st.integers(0, 10**6) | st.decimals(0, 100, places=1), max_size=20)
FORM = """code = "monthly-analysis"
title = "图"
version = 1
paper = "A4"

[[parts]]
code = "property"
name = "联"

[[blocks]]
kind = "chart"
rows = "kinds"
shape = "bars"
label = "{name}"
series = [
  { name = "数", value = "count" },
]
"""
FAULTS = {
    "shape": ('"bars"', '"pie"', 13, "blocks.0.shape", "not_one_of"),
    "text as number": ('"count"', '"name"', 16, "blocks.0.series.0.value", "not_numbers"),
    "no such number": ('"count"', '"counts"', 16, "blocks.0.series.0.value", "unknown_placeholder"),
    "label": ("{name}", "{nome}", 14, "blocks.0.label", "unknown_placeholder"),
    "rows": ('rows = "kinds"', 'rows = "month"', 12, "blocks.0.rows", "not_rows"),
    "too many series": (
        '  { name = "数", value = "count" },',
        '  { name = "数", value = "count" },\n' * 4,
        15,
        "blocks.0.series",
        "out_of_range",
    ),
}


def printed(**changes: Any) -> bytes:
    return render(s.FORMS["monthly-analysis"], s.record("monthly-analysis", c.month(**changes))).pdf


@given(NUMBERS, st.booleans())
def test_a_scale_holds_every_number_in_few_round_steps(values: list[int | Decimal], zero: bool) -> None:
    scale = scale_for(values, zero=zero)
    assert all(scale.low <= value <= scale.high for value in values)
    assert 2 <= len(scale.ticks) <= 6
    assert (scale.ticks[0], scale.ticks[-1]) == (scale.low, scale.high)
    assert scale.low == 0 or not zero
    assert scale.low >= 0
    step = scale.ticks[1] - scale.ticks[0]
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert [scale.at(value) for value in (scale.low, scale.high)] == [0, 1]


def test_rates_that_are_all_a_hundred_have_nothing_above() -> None:
    assert scale_for([Decimal(100)] * 3, zero=False).high == 100


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (87, "87"), (Decimal("100.0"), "100"), (Decimal("95.30"), "95.3"), (None, ABSENT)],
)
def test_numbers_are_written_plainly(value: int | Decimal | None, text: str) -> None:
    assert written(value) == text


def test_every_number_of_a_chart_is_printed() -> None:
    kinds = c.counts(("投诉", 4071, 3066), ("报修", 2053, 1044))
    months = tuple(
        d.MonthLine(month=date(2026, n, 1), received=700 + n, closed=600 + n, on_time=Decimal(f"9{n}.7"))
        for n in range(1, 9)
    )
    text = text_of(printed(kinds=kinds, trend=months))
    for line in kinds:
        assert line.name in text
        assert str(line.count) in text
        assert str(line.before) in text
    for month in months:
        assert str(month.received) in text
        assert str(month.closed) in text
        assert str(month.on_time) in text
        assert f"{month.month:%Y-%m}" in text
    assert ABSENT in text  # nobody was called back in these months


def dark_at(pdf: bytes, title: str) -> int:
    """How many pixels of the page with a title are dark, drawn in grey."""
    page = next(n for n, text in enumerate(pages_of(pdf)) if title in text)
    return sum(pixel < 110 for pixel in picture_of(pdf, page)[2])


def test_bars_are_as_long_as_their_numbers() -> None:
    none = c.counts(("1栋", 100, 0), ("2栋", 0, 0))
    half = c.counts(("1栋", 100, 0), ("2栋", 50, 0))
    whole = c.counts(("1栋", 100, 0), ("2栋", 100, 0))
    ink = [dark_at(printed(buildings=lines), "按楼栋") for lines in (none, half, whole)]
    assert (ink[2] - ink[1]) == pytest.approx(ink[1] - ink[0], rel=0.1)
    assert ink[1] - ink[0] > 1000


def test_forty_three_buildings_run_over_pages_and_a_month_of_nothing_says_so() -> None:
    buildings = c.counts(*((f"{n}号楼", n, 0) for n in range(1, 90)))
    pages = pages_of(printed(buildings=buildings))
    assert sum(page.count("号楼") for page in pages) == 89
    empty = render(
        s.FORMS["monthly-analysis"],
        s.record("monthly-analysis", d.MonthlyAnalysis(month=date(2026, 11, 1))),
    )
    assert empty.pages == 1
    assert "当月没有受理" in text_of(empty.pdf)
    assert "没有往月数据" in text_of(empty.pdf)


@pytest.mark.parametrize("trend", [c.trend(1), c.trend(36), (d.MonthLine(month=date(2026, 11, 1)),)])
def test_a_trend_may_be_short_long_or_without_a_rate(trend: tuple[d.MonthLine, ...]) -> None:
    text = text_of(printed(trend=trend))
    assert all(f"{line.month:%Y-%m}" in text for line in trend)


def test_the_same_month_gives_the_same_bytes_and_another_number_others() -> None:
    assert printed() == printed()
    assert printed() != printed(kinds=c.counts(("投诉", 42, 36)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "monthly-analysis.toml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_the_example_has_no_fault(file: Path) -> None:
    assert check_forms(file.parent) == []
    assert len(read_form(file).blocks) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_chart_is_named_and_said(file: Path, fault: str) -> None:
    right, wrong, line, key, code = FAULTS[fault]
    file.write_text(FORM.replace(right, wrong, 1), encoding="utf-8")
    (problem,) = check_forms(file.parent)
    assert (problem.line, problem.key, problem.code) == (line, key, f"value.{code}")
    assert not i18n.say(f"data.{problem.code}", **dict(problem.values)).startswith("data.")
