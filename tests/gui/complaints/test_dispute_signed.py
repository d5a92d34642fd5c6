"""A quarrel's result is signed on the screen or on paper, and the form shows who signed how (C16)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from deskapp.base import i18n
from deskapp.db.tables.record import Document
from deskapp.gui.widgets.signature import SignaturePad
from deskapp.services.desk import Desk
from deskapp.services.documents import preview
from tests.gui.complaints.clerk import Clerk
from tests.pdf.reading_back import text_of


def draw(clerk: Clerk, name: str) -> None:
    pad = clerk.find(name, SignaturePad)
    canvas = pad.childAt(pad.rect().center()) or pad
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for x in range(20, 160, 10):
        QTest.mouseMove(canvas, QPoint(x, 20 + x % 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 40))


def test_the_result_is_signed_here_and_with_a_pen(clerk: Clerk, desk: Desk) -> None:
    clerk.take("楼上夜里打牌")
    clerk.do("dispute")
    clerk.type("complaints.deed.complainant", "姚英")
    clerk.type("complaints.deed.other_party", "王䶮")
    clerk.confirm()
    clerk.until(lambda: "王䶮" in clerk.text("complaints.ticket.dispute.1"))
    clerk.do("dispute_settle")
    clerk.type("complaints.deed.result", "十点后不打牌")
    draw(clerk, "complaints.deed.signed_complainant")
    clerk.type("complaints.deed.committee", "孟主任")
    clerk.confirm()
    clerk.until(lambda: "十点后不打牌" in clerk.text("complaints.ticket.dispute.3"))
    line = clerk.text("complaints.ticket.dispute.3")
    assert "姚英（投诉一方，屏幕签字）" in line
    assert "王䶮（另一方，纸上签字）" in line
    clerk.do("paper.neighbour-dispute")
    clerk.until(lambda: clerk.panel.papers.isVisible())
    with desk.reading() as session:
        paper = session.scalars(select(Document).where(Document.form == "neighbour-dispute")).one()
    signed = {one["role"]: one for one in paper.values["values"]["signatures"]}
    assert set(signed) == {"complainant", "other", "committee"}
    assert signed["complainant"]["picture"]
    assert not signed["other"].get("picture")
    assert "居委会、业委会" in text_of(preview(desk, paper.number).pdf)


def test_the_paper_is_chinese_whatever_the_screen_speaks(clerk: Clerk, desk: Desk) -> None:
    clerk.take("楼上夜里打牌")
    clerk.do("dispute")
    clerk.type("complaints.deed.complainant", "姚英")
    clerk.type("complaints.deed.other_party", "王䶮")
    clerk.confirm()
    clerk.until(lambda: "王䶮" in clerk.text("complaints.ticket.dispute.1"))
    before = i18n.language()
    i18n.use_language("en")
    try:
        clerk.do("dispute_settle")
        clerk.type("complaints.deed.result", "十点后不打牌")
        clerk.type("complaints.deed.committee", "孟主任")
        clerk.confirm()
        clerk.until(lambda: "十点后不打牌" in clerk.text("complaints.ticket.dispute.3"))
        clerk.do("paper.neighbour-dispute")
        clerk.until(lambda: clerk.panel.papers.isVisible())
    finally:
        i18n.use_language(before)
    with desk.reading() as session:
        paper = session.scalars(select(Document).where(Document.form == "neighbour-dispute")).one()
    printed = text_of(preview(desk, paper.number).pdf)
    assert "Committee" not in printed
    assert "Complainant" not in printed
