"""Station ③: photos of meters and defects come by file, drop and Ctrl+V, and are looked at (M6 ③, M10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from deskapp.base.errors import WorldError
from deskapp.base.i18n import say
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.pages.inspection import InspectionPage
from deskapp.gui.widgets import picturerow
from deskapp.services import attachments
from deskapp.services.movein import inspection
from deskapp.services.movein.record_views import DefectView, MeterView
from tests.gui.clipboards import copy_file, copy_picture, copy_words, drop, saved
from tests.gui.movein.clerk import Clerk
from tests.gui.movein.conftest import Seat

METER = "electricity"
READING, PHOTO = f"movein.meter.{METER}.reading", f"movein.meter.{METER}.photo"
PASTE = (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def round_(clerk: Clerk) -> Clerk:
    """The household is at the inspection."""
    clerk.receive()
    clerk.walk_to(Station.INSPECTION)
    clerk.panel.activateWindow()
    clerk.wait()
    return clerk


def press(clerk: Clerk, name: str) -> None:
    """Ctrl+V where the focus is."""
    clerk.find(name).setFocus()
    clerk.qtbot.keyClick(clerk.find(name), *PASTE)
    clerk.wait()


def meter(clerk: Clerk) -> MeterView:
    view = inspection.inspection_view(clerk.desk, clerk.view.pass_id)
    return next(each for each in view.meters if each.meter == METER)


def defects(clerk: Clerk) -> tuple[DefectView, ...]:
    return inspection.inspection_view(clerk.desk, clerk.view.pass_id).defects


def photo_of(clerk: Clerk) -> QImage:
    return QImage.fromData(attachments.load(clerk.desk, meter(clerk).photo))


def test_a_picture_is_pasted_where_the_digits_are_typed(round_: Clerk) -> None:
    copy_picture()
    press(round_, READING)
    assert round_.find(READING, QLineEdit).text() == ""
    assert round_.find(PHOTO, QPushButton).text() == say("movein.panel.meter.photo_there")
    assert round_.find(READING, QLineEdit).hasFocus()
    round_.qtbot.keyClicks(round_.find(READING), "00123")
    round_.key(Qt.Key.Key_Return)
    assert meter(round_).reading == "00123"
    assert photo_of(round_).size().toTuple() == (90, 60)


def test_a_file_is_pasted_beside_the_digits(round_: Clerk, tmp_path: Path) -> None:
    round_.type(READING, "00123")
    copy_file(saved(tmp_path / "meter.bmp"))
    press(round_, PHOTO)
    assert meter(round_).reading == "00123"
    assert photo_of(round_).size().toTuple() == (120, 80)


def test_a_photo_is_dropped_on_its_meter(round_: Clerk, tmp_path: Path) -> None:
    round_.type(READING, "00123")
    page = round_.panel.household.page("inspection")
    assert isinstance(page, InspectionPage)
    assert drop(page.meters.forms[METER], saved(tmp_path / "meter.png"))
    round_.wait()
    assert meter(round_).photo


def test_digits_are_still_pasted(round_: Clerk) -> None:
    copy_words("00123")
    press(round_, READING)
    assert round_.find(READING, QLineEdit).text() == "00123"
    assert round_.said == []


@pytest.mark.parametrize("name", [READING, PHOTO])
def test_a_pasted_file_that_is_no_picture_gets_a_sentence(round_: Clerk, tmp_path: Path, name: str) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"%PDF-1.7 not a photo")
    copy_file(path)
    press(round_, name)
    assert round_.said == [("warning", say("widgets.photos.no_picture", name="合同.pdf"))]
    assert round_.find(READING, QLineEdit).text() == ""
    assert round_.find(PHOTO, QPushButton).text() == say("movein.panel.meter.photo")


def test_words_pasted_as_a_photo_get_a_sentence(round_: Clerk) -> None:
    copy_words("不是照片")
    press(round_, PHOTO)
    assert round_.said == [("warning", say("widgets.photos.nothing_there"))]


def test_a_pasted_photo_that_is_not_on_record_outlives_the_window(round_: Clerk, seat: Seat) -> None:
    copy_picture()
    press(round_, READING)
    round_.panel.keep_draft()
    again = seat()
    again.panel.controller.open_pass(round_.view.pass_id)
    again.until(lambda: any("没填完" in text for _, text in again.panel.messages.messages()))
    again.click("movein.messages.draft.action0")
    assert again.find(PHOTO, QPushButton).text() == say("movein.panel.meter.photo_there")


def test_photos_of_a_defect_are_pasted_while_its_words_are_typed(round_: Clerk, tmp_path: Path) -> None:
    round_.click("movein.inspection.defect")
    copy_words("墙面空鼓")
    press(round_, "movein.defect.words")
    copy_picture()
    press(round_, "movein.defect.words")
    copy_file(saved(tmp_path / "crack.jpg"))
    press(round_, "movein.defect.room")
    round_.find("movein.defect.words").setFocus()
    round_.key(Qt.Key.Key_Return)
    (defect,) = defects(round_)
    assert (defect.description, len(defect.photos)) == ("墙面空鼓", 2)


def look_at_defects(clerk: Clerk) -> QWidget:
    """The list of defects with one of them, that has a photo."""
    clerk.click("movein.inspection.defect")
    clerk.type("movein.defect.words", "墙面空鼓")
    copy_picture()
    press(clerk, "movein.defect.words")
    clerk.key(Qt.Key.Key_Return)
    page = clerk.panel.household.page("inspection")
    assert isinstance(page, InspectionPage)
    page.rooms.setCurrentRow(page.rooms.count() - 1)
    clerk.wait()
    return clerk.find(f"movein.defect.{defects(clerk)[0].number}.photos")


def test_the_photos_of_a_defect_stand_below_it_and_open_in_place(round_: Clerk) -> None:
    row = look_at_defects(round_)
    small, large = f"{row.objectName()}.1", f"{row.objectName()}.large"
    button = round_.find(small, QPushButton)
    assert button.isVisible()
    assert not button.icon().isNull()
    assert button.accessibleName() == say("widgets.photos.number", number=1)
    assert not round_.find(large).isVisible()
    round_.click(small)
    assert round_.find(large).isVisible()
    round_.click(small)
    assert not round_.find(large).isVisible()


def test_escape_puts_the_large_photo_away_and_nothing_else(round_: Clerk) -> None:
    row = look_at_defects(round_)
    button = round_.find(f"{row.objectName()}.1", QPushButton)
    button.setFocus()
    round_.key(Qt.Key.Key_Space)
    assert round_.find(f"{row.objectName()}.large").isVisible()
    round_.key(Qt.Key.Key_Escape)
    assert not round_.find(f"{row.objectName()}.large").isVisible()
    assert not button.isChecked()
    assert round_.panel.controller.view is not None


def test_a_photo_stays_open_while_the_sheet_goes_on(round_: Clerk) -> None:
    row = look_at_defects(round_)
    round_.click(f"{row.objectName()}.1")
    page = round_.panel.household.page("inspection")
    assert isinstance(page, InspectionPage)
    page.reload()
    round_.wait()
    assert round_.find(f"{row.objectName()}.large").isVisible()


def test_a_photo_that_is_gone_says_so(round_: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_desk: object, sha256: str) -> bytes:
        raise WorldError("attachment.damaged", sha256=sha256)

    monkeypatch.setattr(picturerow, "load", gone)
    row = look_at_defects(round_)
    button = round_.find(f"{row.objectName()}.1", QPushButton)
    assert button.text() == say("widgets.photos.lost")
    assert not button.isEnabled()
