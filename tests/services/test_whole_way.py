"""A household from its arrival to the printed handover receipt, and every paper again later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from deskapp.base.clock import SetClock
from deskapp.domain.movein.flow import PassState
from deskapp.domain.papers import Attending
from deskapp.services.desk import Desk
from deskapp.services.documents import preview, printed
from deskapp.services.movein import owner_papers
from deskapp.services.movein.views import Answer
from tests.services.estates import house_id
from tests.walk import Walk


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("label", ["1#1单元101", "1#1单元202", "1#1单元402", "TC201"])
def test_from_arrival_to_the_printed_receipt(small_estate: Desk, label: str) -> None:
    walk = Walk(small_estate, house_id(small_estate, label))
    if label == "TC201":
        _as_a_company(walk)
    else:
        walk.arrive()
        walk.notice()
        walk.documents()
    walk.inspect()
    walk.papers()
    walk.pay()
    closed = walk.take_keys()
    assert closed.view.state is PassState.DONE
    assert all(mark.closed for mark in closed.view.stations)
    handover = next(paper for paper in closed.documents if paper.form == "handover")
    job = printed(small_estate, "print-1", handover.number).value
    text = text_of(job.pdf)
    for owner in closed.view.owners:
        assert owner.name in text.replace("\r\n", "")
    for wanted in (handover.number, label, "房屋交接回执"):
        assert wanted in text, wanted
    assert job.missing == ()


def _as_a_company(walk: Walk) -> None:
    walk.arrive()
    walk.notice()
    walk.serve()
    view = owner_papers.owner_papers_view(walk.desk, walk.pass_id)
    ticks = {line.code: True for line in view.needed(Attending.COMPANY)}
    walk.command("papers shown", owner_papers.show_papers, walk.pass_id, ticks)
    walk.sign("documents")
    walk.close("company_papers", Answer(company_papers=True))


def test_every_paper_prints_again_in_ten_years_and_says_so(small_estate: Desk) -> None:
    walk = Walk(small_estate, house_id(small_estate, "1#1单元101"))
    numbers = [paper.number for paper in walk.whole().view.documents]
    assert len(numbers) >= 6
    first = {number: printed(small_estate, f"a-{number}", number).value for number in numbers}
    later = replace(small_estate, clock=SetClock(small_estate.now() + timedelta(days=3653)))
    for number in numbers:
        assert preview(small_estate, number).sha256 == first[number].sha256
        again = printed(later, f"b-{number}", number).value
        assert (again.reprint, again.sha256) == (1, first[number].sha256)
        assert "补打" in text_of(again.pdf)
        assert "补打" not in text_of(first[number].pdf)


def test_a_walk_repeated_command_by_command_changes_nothing(small_estate: Desk) -> None:
    house = house_id(small_estate, "1#1单元101")
    once = Walk(small_estate, house, seed="w")
    done = once.whole()
    again = Walk(small_estate, house, seed="w")
    assert again.whole().documents == done.documents
    assert again.view == done.view
