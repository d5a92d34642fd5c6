"""The preview of a paper: looked at, printed, saved; a printer or disk in trouble loses nothing."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from deskapp.gui.widgets.pdf import PdfPreview, file_name
from deskapp.gui.widgets.pdf_pages import PdfPages

TITLE = "收据 SJ-2026-000123"


def paper(pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    """Pages with a black square of 100 points at the lower left corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for number in range(pages):
        canvas.rect(0, 0, 100, 100, fill=1)
        canvas.drawString(200, 700, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def to_file(file: Path, resolution: int = 150) -> QPrinter:
    """A printer that prints into a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(resolution)
    return printer


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    made = PdfPreview("movein.paper.preview")
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def click(qtbot: QtBot, widget: QWidget, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_can_be_done_while_there_is_no_paper(preview: PdfPreview) -> None:
    assert preview.page_count == 0
    assert not preview.save.isEnabled()
    assert preview.count.text() == ""


def test_a_paper_is_drawn(preview: PdfPreview) -> None:
    preview.show_pdf(paper())
    assert preview.count.text() == "第 1 / 1 页"
    preview.view.verticalScrollBar().setValue(preview.view.verticalScrollBar().maximum())
    picture = preview.view.viewport().grab().toImage()
    corner = picture.pixelColor(40, picture.height() - 40)
    assert corner.lightness() < 40
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == QColor("white")


def test_only_pages_in_sight_are_kept(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(paper(300))
    bar = preview.view.verticalScrollBar()
    for part in (0.0, 0.3, 0.7, 1.0):
        bar.setValue(round(part * bar.maximum()))
        preview.view.viewport().grab()
        assert len(preview.view._drawn) <= 4
    assert preview.count.text() == "第 300 / 300 页"
    qtbot.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.count.text() == "第 1 / 300 页"
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_larger_smaller_and_fitted_again(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(paper(2))
    fitted = preview.view._places[0].width()
    click(qtbot, preview, "movein.paper.preview.larger")
    assert preview.view._places[0].width() == pytest.approx(1.25 * fitted, abs=2)
    assert preview.view.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(preview.view, Qt.Key.Key_Minus)
    assert preview.view._places[0].width() == pytest.approx(fitted, abs=2)
    for _ in range(30):
        qtbot.keyClick(preview.view, Qt.Key.Key_Plus)
    assert preview.view.zoom() == 5.0
    click(qtbot, preview, "movein.paper.preview.fit")
    assert preview.view._places[0].width() == fitted
    wheel = QWheelEvent(
        QPointF(50, 50), preview.view.mapToGlobal(QPointF(50, 50)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(preview.view.viewport(), wheel)
    assert preview.view._places[0].width() < fitted


def test_another_paper_takes_the_place_of_the_first(preview: PdfPreview) -> None:
    preview.show_pdf(paper(3))
    preview.view.viewport().grab()
    preview.show_pdf(paper(1, landscape(A4)))
    preview.view.viewport().grab()
    assert preview.page_count == 1
    place = preview.view._places[0]
    assert place.width() > place.height()


@pytest.mark.parametrize("size", [A4, landscape(A4), (226.0, 400.0)], ids=["upright", "lying", "strip"])
def test_it_is_printed_in_its_own_size(
    preview: PdfPreview, qtbot: QtBot, tmp_path: Path, size: tuple[float, float]
) -> None:
    preview.printer = lambda _parent: to_file(tmp_path / "out.pdf")
    with qtbot.waitSignal(preview.printed, timeout=10_000):
        preview.print_pdf(paper(2, size), TITLE)
    sheets = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(sheets) == 2
    assert sheets.get_page_size(0) == pytest.approx(size, abs=2)
    sheets.close()
    pages = PdfPages((tmp_path / "out.pdf").read_bytes())
    picture = pages.picture(0, 1.0)
    pages.close()
    assert picture.pixelColor(50, picture.height() - 50).lightness() < 60
    assert picture.pixelColor(150, picture.height() - 50) == QColor("white")
    assert preview.messages.messages() == ()


def test_no_printer_is_said_with_the_number_and_nothing_is_lost(
    preview: PdfPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    preview.show_pdf(paper())
    with qtbot.waitSignal(preview.failed) as failed:
        preview.print_pdf(paper(), TITLE)
    said = "打印机没有应答。收据 SJ-2026-000123 已保存，换一台打印机补打即可。"
    assert failed.args == [said]
    assert preview.messages.messages() == (("error", said),)
    assert preview.page_count == 1


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
def test_a_printer_that_does_not_take_it_is_said(preview: PdfPreview, qtbot: QtBot, tmp_path: Path) -> None:
    preview.printer = lambda _parent: to_file(tmp_path / "gone" / "out.pdf")
    with (
        qtbot.waitSignal(preview.failed, timeout=10_000) as failed,
        qtbot.captureExceptions() as exceptions,
    ):
        preview.print_pdf(paper(), TITLE)
    assert exceptions == []
    assert TITLE in failed.args[0]


def test_nobody_is_told_anything_when_no_printer_was_chosen(preview: PdfPreview) -> None:
    preview.printer = lambda _parent: None
    preview.print_pdf(paper(), TITLE)
    assert preview.messages.messages() == ()
    assert preview._runs == []


def test_a_long_paper_shows_how_far_it_is_and_can_be_stopped(
    preview: PdfPreview, qtbot: QtBot, tmp_path: Path
) -> None:
    preview.printer = lambda _parent: to_file(tmp_path / "out.pdf", 72)
    with qtbot.waitSignal(preview.messages.shown, timeout=10_000) as shown:
        preview.print_pdf(paper(400), TITLE)
    assert shown.args == ["info", "正在打印，已送出第 1 / 400 页。"]
    with qtbot.assertNotEmitted(preview.printed):
        click(qtbot, preview, "movein.paper.preview.message.printing.action0")
    assert preview.messages.messages() == ()
    assert preview._runs == []


def test_it_is_saved_whole_under_its_number(qtbot: QtBot, tmp_path: Path) -> None:
    proposed: list[str] = []

    def where(_parent: QWidget, name: str) -> Path:
        proposed.append(name)
        return tmp_path / "收据"

    preview = PdfPreview("x", where=where)
    qtbot.addWidget(preview)
    preview.show_pdf(paper(), TITLE)
    click(qtbot, preview, "x.save")
    assert proposed == [f"{TITLE}.pdf"]
    assert (tmp_path / "收据.pdf").read_bytes() == paper()
    assert [file.name for file in tmp_path.iterdir()] == ["收据.pdf"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_locked_folder_is_said_and_the_old_file_stays(
    preview: PdfPreview, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    old = tmp_path / "a.pdf"
    old.write_bytes(b"old")

    def trouble(_stream: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", trouble)
    preview.show_pdf(paper(), TITLE)
    with qtbot.waitSignal(preview.failed) as failed:
        preview.save_to(old)
    assert failed.args == [f"{old} 写不进去。单据还在，请换一个文件夹再存。"]
    assert old.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_is_gone_is_said(preview: PdfPreview, qtbot: QtBot, tmp_path: Path) -> None:
    preview.show_pdf(paper())
    with qtbot.waitSignal(preview.failed):
        preview.save_to(tmp_path / "gone" / "a.pdf")
    assert preview.page_count == 1


def test_nothing_is_saved_when_no_file_was_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    preview = PdfPreview("x", where=lambda _parent, _name: None)
    qtbot.addWidget(preview)
    preview.show_pdf(paper())
    click(qtbot, preview, "x.save")
    assert list(tmp_path.iterdir()) == []
    assert preview.messages.messages() == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [(TITLE, TITLE), ('a/b\\c:d*e?"f<g>|', "a_b_c_d_e_f_g_"), ("..", "_"), ("x" * 200, "x" * 120)],
)
def test_a_title_becomes_a_name_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name
