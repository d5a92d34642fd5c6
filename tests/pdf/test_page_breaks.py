"""Where pages end: long rows go on over the page, heads are repeated, nothing is signed on an empty page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from deskapp.domain import documents as d
from deskapp.pdf import render
from deskapp.pdf.form import MM
from tests.pdf import complaint_samples as c
from tests.pdf import incident_samples as i
from tests.pdf import sample_parts as p
from tests.pdf import samples as s
from tests.pdf.reading_back import pages_of, picture_of

SENTENCE = "昨晚十点多厨房吊顶开始滴水，接了两盆。"


def story(sentences: int) -> str:
    return "".join(f"第{n}句，{SENTENCE}" for n in range(sentences))


def pdf_of(form: str, values: Any) -> bytes:
    return render(s.FORMS[form], s.record(form, values), None, p.PICTURES).pdf


def lowest_ink(pdf: bytes, page: int) -> float:
    """How far down the body of a page is used, as a share of the page; its foot is left out."""
    wide, high, grey = picture_of(pdf, page)
    foot = int((297 - 24) * MM * high / (297 * MM))
    return max(n for n in range(foot) if min(grey[n * wide : (n + 1) * wide]) < 128) / high


@pytest.mark.parametrize("sentences", [60, 85, 170, 300])
def test_a_long_story_fills_its_pages_and_loses_no_sentence(sentences: int) -> None:
    pdf = pdf_of("complaint", c.complaint(story=story(sentences)))
    pages = pages_of(pdf)
    broken = [n for n in range(sentences) if not any(f"第{n}句" in text for text in pages)]
    assert len(broken) < len(pages)  # a sentence may be cut by the end of a page
    going_on = [n for n, text in enumerate(pages) if "经过（续）" in text]
    assert bool(going_on) == (sentences > 85)
    assert all(lowest_ink(pdf, n - 1) > 0.85 for n in going_on)


def test_what_goes_on_is_marked_at_its_label_and_under_a_repeated_head() -> None:
    talk = d.Talk(at=p.NOW, place="洽谈室", present=("姚英",), course=story(40), outcome="约定十点后停")
    pages = pages_of(pdf_of("neighbour-dispute", c.dispute(talks=(talk, talk, talk))))
    later = [text for text in pages[1:] if "续" in text]
    assert later
    assert all("时间、地点" in text for text in later)
    assert sum(text.count("第39句") for text in pages) == 3


@pytest.mark.parametrize("sentences", range(2, 60, 3))
def test_nobody_signs_a_page_on_which_nothing_else_stands(sentences: int) -> None:
    pages = pages_of(pdf_of("complaint-feedback", c.feedback(opinion=story(sentences), measure=story(30))))
    signed = next(text for text in pages if "反映人签字" in text)
    assert "意见和建议" in signed or "（续）" in signed


@pytest.mark.parametrize("count", range(38, 48))
def test_the_sums_of_the_losses_never_stand_below_a_single_household(count: int) -> None:
    pages = pages_of(pdf_of("loss-register", i.losses(count)))
    assert "申报合计" in pages[-1]
    assert pages[-1].count("199****0001") >= 2
    assert sum(text.count("199****0001") for text in pages) == count


def test_a_rate_of_nothing_is_a_dash_and_no_nought() -> None:
    (text,) = pages_of(pdf_of("monthly-analysis", i.month(0, kinds=(), causes=(), parties=(), trend=())))[:1]
    assert "联系单回复率00——" in text
    assert "100.0" in text


def test_the_rates_are_drawn_from_nought() -> None:
    line = (d.MonthLine(month=p.NOW.date().replace(day=1), received=1, on_time=Decimal(90)),)
    text = "".join(pages_of(pdf_of("monthly-analysis", i.month(trend=line))))
    axis = text[text.index("及时率、回访率、满意率") :]
    assert "020406080100" in axis or "100806040200" in axis


@pytest.mark.parametrize("form", c.SAMPLES | i.SAMPLES)
def test_every_page_says_which_copy_it_is(form: str) -> None:
    """A reprint, a void and a practice run are seen on each page of each part, beside number and page."""
    values = (c.SAMPLES | i.SAMPLES)[form]()

    def printed(copy: d.Copy | None = None, *, drill: bool = False) -> list[str]:
        record = s.record(form, values, drill=drill)
        return pages_of(render(s.FORMS[form], record, copy, p.PICTURES).pdf)

    plain = printed()
    for mark in ("补打", "作废", "演练"):
        assert not any(mark in page for page in plain)
    series = s.FORMS[form].series
    number = f"{series}-2026-000001" if series else s.FORMS[form].title  # a list for work bears no number
    for at, page in enumerate(plain, 1):
        assert f"第{at}页/共{len(plain)}页" in page
        assert number in page
    assert "补打(1)" in printed(d.Copy(reprint=1))[0]
    assert all("作废" in page for page in printed(d.Copy(voided_because="写错 <户>")))
    assert "写错<户>" in "".join(printed(d.Copy(voided_because="写错 <户>")))
    assert all("演练" in page for page in printed(drill=True))


LONG_TABLES = {
    "complaint": ("经手人", lambda: c.complaint(course=c.COURSE * 20)),
    "call-back": ("受访人", lambda: c.call_back(60)),
    "neighbour-dispute": ("时间、地点", lambda: c.dispute(talks=c.dispute().talks * 12)),
    "incident-report": ("反映时间", lambda: i.incident_report(90)),
    "loss-register": ("住户签字", lambda: i.losses(80)),
    "monthly-analysis": ("采用的方法", lambda: i.month(methods=i.month().methods * 40)),
}


@pytest.mark.parametrize("form", LONG_TABLES)
def test_heads_of_tables_are_repeated_where_a_table_goes_on(form: str) -> None:
    head, values = LONG_TABLES[form]
    pages = pages_of(pdf_of(form, values()))
    assert sum(head in page for page in pages) >= 2
