"""Closing a station (one commit, SQLite FULL), and the papers of it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument

from deskapp.services.documents import preview
from deskapp.services.movein import closing, line
from deskapp.services.movein.views import Answer
from tests.services.estates import ROOMS, house_id, small
from tests.walk import Walk

RECEIPTS = 799


def run(folder: Path) -> dict[str, Any]:
    """Milliseconds of closing the first station, of the whole way's commands, and of the handover receipt."""
    with small(f"sqlite:///{(folder / 'stations.sqlite3').as_posix()}", folder / "stations") as desk:
        closed, commands, receipt = [], [], ""
        for room in ROOMS:
            if room == "601":
                continue  # owes the developer: its keys need a supervisor
            walk = Walk(desk, house_id(desk, f"1#1单元{room}"))
            began = time.perf_counter()
            walk.arrive()
            commands.append((time.perf_counter() - began) * 1000)
            served = line.serve(desk, "", walk.pass_id, walk.view.version).value
            began = time.perf_counter()
            closing.close(desk, f"c-{room}", walk.pass_id, served.version, "in_order", Answer())
            closed.append((time.perf_counter() - began) * 1000)
            for station in (walk.documents, walk.inspect, walk.papers, walk.pay):
                began = time.perf_counter()
                station()
                commands.append((time.perf_counter() - began) * 1000)
            receipt = next(p.number for p in walk.take_keys().documents if p.form == "handover")
        return {
            "close_p50_ms": round(statistics.median(closed), 2),
            "close_max_ms": round(max(closed), 2),
            "closed": len(closed),
            **_receipts(desk, receipt),
        }


def plain_page(texts: list[str]) -> float:
    """Milliseconds of a page of plain platypus paragraphs: what the machine is like at this moment."""
    from io import BytesIO

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from deskapp.base.assets import shipped

    if "Plain" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Plain", str(shipped("resources/fonts/NotoSansSC-Regular.ttf"))))
    style = ParagraphStyle("plain", fontName="Plain", fontSize=9, leading=12, wordWrap="CJK")
    taken = []
    for _ in range(20):
        began = time.perf_counter()
        SimpleDocTemplate(BytesIO()).build([Paragraph(text, style) for text in texts])
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _receipts(desk: Any, number: str) -> dict[str, Any]:
    for _ in range(3):
        job = preview(desk, number)
    page = PdfDocument(job.pdf)
    plain = plain_page(page[0].get_textpage().get_text_bounded().splitlines())
    page.close()
    taken = []
    began = time.perf_counter()
    for _ in range(RECEIPTS):
        one = time.perf_counter()
        job = preview(desk, number)
        taken.append((time.perf_counter() - one) * 1000)
    return {
        "receipt_warm_p50_ms": round(statistics.median(taken), 2),
        "plain_platypus_page_ms": round(plain, 2),
        "receipt_times_plain": round(statistics.median(taken) / plain, 2),
        "receipts_799_s": round(time.perf_counter() - began, 2),
        "receipt_kb": round(len(job.pdf) / 1000, 1),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(run(Path(temporary)))
