"""Papers looked at, printed, printed again and voided, from the file (design rule 3, L1)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from deskapp.services.desk import Desk
from deskapp.services.movein.views import DocumentRef
from deskapp.services.residents.household import household
from tests.gui.residents.archivist import Archivist
from tests.services.estates import SUPERVISOR, house_id
from tests.walk import Walk

HOUSE = "1#1单元101"
DOCUMENTS = 6
Seat = Callable[..., Archivist]


@pytest.fixture
def moved_in(desk: Desk) -> Desk:
    """The household has its keys, and all the papers of its way."""
    Walk(desk, house_id(desk, HOUSE), "way").whole()
    return desk


@pytest.fixture
def papers(seat: Seat, moved_in: Desk) -> Archivist:
    """The leaf of documents."""
    clerk = seat()
    clerk.open(HOUSE, leaf=DOCUMENTS)
    return clerk


@pytest.fixture
def printer(papers: Archivist, monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    """What reaches the printer: pages and title."""
    sent: list[tuple[bytes, str]] = []
    preview = papers.panel.file.documents.preview
    monkeypatch.setattr(preview, "print_pdf", lambda pdf, title: sent.append((pdf, title)))
    return sent


def document(desk: Desk, form: str) -> DocumentRef:
    """A paper of the household as it stands now."""
    view = household(desk, house_id(desk, HOUSE))
    return next(each for each in view.documents if each.form == form)


def mark(clerk: Archivist, form: str) -> DocumentRef:
    """Clicks on a paper in the list."""
    wanted = document(clerk.desk, form)
    clerk.mark("residents.documents.rows", clerk.column("residents.documents.rows", 1).index(wanted.number))
    return wanted


def test_the_paper_marked_is_looked_at_without_counting_a_print(papers: Archivist) -> None:
    for form in ("handover", "fee-receipt", "pass"):
        wanted = mark(papers, form)
        assert papers.panel.file.documents.preview.page_count >= 1
        assert document(papers.desk, form).prints == wanted.prints
    assert not papers.shows("residents.documents.problem")


def test_the_first_print_is_the_original_the_next_says_so(
    papers: Archivist, printer: list[tuple[bytes, str]]
) -> None:
    wanted = mark(papers, "handover")
    button = papers.find("residents.documents.print", QPushButton)
    assert button.text() == "打印"
    papers.click("residents.documents.print")
    papers.until(lambda: button.text() == "补打")
    papers.click("residents.documents.print")
    assert document(papers.desk, "handover").prints == 2
    (first, title), (second, _) = printer
    assert title == f"房屋交接回执 {wanted.number}"
    assert first[:4] == second[:4] == b"%PDF"
    assert first != second
    assert papers.table("residents.documents.rows").current().number == wanted.number
    said = papers.column("residents.timeline.rows", 1)
    assert said[:2] == [f"补打 {wanted.number}", f"打印 {wanted.number}"]


def void(clerk: Archivist, number: str, secret: str, reason: str) -> None:
    """Fills in a supervisor's word and sends it."""
    if not clerk.shows("residents.void"):
        clerk.click("residents.documents.void")
    clerk.find("residents.void.number", QComboBox).setEditText(number)
    clerk.type("residents.void.secret", secret)
    clerk.type("residents.void.reason", reason)
    clerk.click("residents.void.save")


def test_a_supervisors_word_voids_a_paper_and_it_stays_in_the_list(papers: Archivist) -> None:
    wanted = mark(papers, "keys-receipt")
    void(papers, SUPERVISOR[0], SUPERVISOR[1], "钥匙数目写错")
    papers.until(lambda: not papers.shows("residents.void"))
    assert document(papers.desk, "keys-receipt").voided
    assert f"{wanted.number}（已作废）" in papers.column("residents.documents.rows", 1)
    assert not papers.shows("residents.documents.void")
    assert papers.shows("residents.documents.print")


def test_a_receipt_is_voided_with_its_money(papers: Archivist) -> None:
    mark(papers, "fee-receipt")
    void(papers, SUPERVISOR[0], SUPERVISOR[1], "重复收费")
    papers.until(lambda: not papers.shows("residents.void"))
    view = household(papers.desk, house_id(papers.desk, HOUSE))
    assert view.receipts[0].voided
    assert all(charge.paid == 0 for charge in view.charges)
    assert "应收未收" in papers.text("residents.head.open")
    assert papers.column("residents.fees.receipts", 0)[0].endswith("（已作废）")


def test_a_wrong_secret_is_said_leaves_the_screen_and_keeps_the_reason(papers: Archivist) -> None:
    mark(papers, "handover")
    void(papers, SUPERVISOR[0], "not-her-word-1", "看错了")
    assert papers.text("residents.void.secret.fault")
    assert papers.find("residents.void.secret", QLineEdit).text() == ""
    assert papers.find("residents.void.reason", QLineEdit).text() == "看错了"
    assert not document(papers.desk, "handover").voided
    papers.click("residents.void.leave")
    papers.click("residents.documents.void")
    assert papers.find("residents.void.reason", QLineEdit).text() == "看错了"
    assert papers.find("residents.void.secret", QLineEdit).text() == ""


def test_a_word_without_a_reason_is_not_sent(papers: Archivist) -> None:
    mark(papers, "handover")
    papers.click("residents.documents.void")
    papers.click("residents.void.save")
    assert papers.text("residents.void.reason.fault").startswith("还没填")
    assert not document(papers.desk, "handover").voided


def test_another_paper_closes_the_form_that_voids(papers: Archivist) -> None:
    mark(papers, "handover")
    papers.click("residents.documents.void")
    mark(papers, "pass")
    assert not papers.shows("residents.void")


def test_a_household_without_papers_says_where_they_come_from(clerk: Archivist) -> None:
    clerk.open("1#1单元102", leaf=DOCUMENTS)
    assert clerk.shows("residents.documents.empty")
    assert not clerk.shows("residents.documents.print")
    assert not clerk.shows("residents.documents.preview")
