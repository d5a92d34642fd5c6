"""Signatures and photos: what the hand and the camera bring."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.gui.widgets import picture_reading
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.photos import PhotoStrip
from deskapp.gui.widgets.signature import Pad, SignaturePad

NAME = [QPoint(40 + 6 * i, 60 + (i % 5) * 12) for i in range(20)]


@pytest.fixture
def sheet(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad("movein.sign")
    qtbot.addWidget(made)
    made.resize(480, 200)
    made.show()
    return made


def write(qtbot: QtBot, pad: Pad, points: list[QPoint]) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(pad, point)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def test_a_name_written_with_the_mouse_is_a_picture(sheet: SignaturePad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.changed):
        write(qtbot, sheet.pad, NAME)
    picture = Image.open(io.BytesIO(sheet.value() or b""))
    assert (picture.format, picture.mode) == ("PNG", "RGBA")
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert picture.width > 3 * (NAME[-1].x() - NAME[0].x())
    darkest = min(picture.getchannel("R").point(lambda v: v).getextrema())
    assert darkest < 40
    white = Image.open(io.BytesIO(sheet.png("white")))
    assert white.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    "points",
    [[QPoint(100, 60)], [QPoint(100, 60), QPoint(104, 62)], [QPoint(50, 50), QPoint(70, 50)]],
    ids=["dot", "slip", "dash"],
)
def test_a_dot_or_a_slip_is_no_signature(sheet: SignaturePad, qtbot: QtBot, points: list[QPoint]) -> None:
    write(qtbot, sheet.pad, points)
    assert sheet.value() is None
    assert sheet.problem() == "这还不是签名，请在框里重新签一次。"
    with pytest.raises(ValueError):
        sheet.png()


def test_an_empty_sheet_is_none(sheet: SignaturePad) -> None:
    assert sheet.is_blank()
    assert sheet.value() is None
    assert sheet.problem() == ""


def test_undo_and_clear_by_button_and_key(sheet: SignaturePad, qtbot: QtBot) -> None:
    undo = sheet.findChild(QPushButton, "movein.sign.undo")
    clear = sheet.findChild(QPushButton, "movein.sign.clear")
    assert undo is not None
    assert clear is not None
    assert not undo.isEnabled()
    write(qtbot, sheet.pad, NAME)
    write(qtbot, sheet.pad, [point + QPoint(130, 0) for point in NAME])
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert len(sheet.pad.strokes) == 1
    assert sheet.value() is not None
    write(qtbot, sheet.pad, NAME)
    qtbot.keyClick(sheet.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(sheet.pad.strokes) == 1
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert sheet.is_blank()
    assert not clear.isEnabled()


def test_a_stroke_ends_at_the_edge_of_the_sheet(sheet: SignaturePad, qtbot: QtBot) -> None:
    write(qtbot, sheet.pad, [QPoint(20, 20), QPoint(200, 40), QPoint(5000, -300)])
    last = sheet.pad.strokes[0].dots[-1]
    assert last.x <= sheet.pad.width()
    assert last.y >= 0


def test_the_right_button_writes_nothing(sheet: SignaturePad, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.pad, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    assert sheet.is_blank()


def test_a_pen_writes_with_its_pressure(sheet: SignaturePad) -> None:
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * 18, QEvent.Type.TabletRelease]
    for at, (kind, point) in enumerate(zip(kinds, NAME, strict=True)):
        spot = QPointF(point)
        event = QTabletEvent(
            kind, device, spot, spot, at / 20, 0.0, 0.0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(sheet.pad, event)
        assert event.isAccepted()
    pressures = [dot.pressure for dot in sheet.pad.strokes[0].dots]
    assert pressures == sorted(pressures)
    assert pressures[0] < 0.1 < 0.8 < pressures[-1]
    assert sheet.value() is not None


def test_a_finger_writes_and_the_palm_does_not(sheet: SignaturePad) -> None:
    touch = QTest.createTouchDevice()
    QTest.touchEvent(sheet.pad, touch).press(0, NAME[0], sheet.pad).commit()
    QTest.touchEvent(sheet.pad, touch).move(0, NAME[1], sheet.pad).press(
        1, QPoint(200, 120), sheet.pad
    ).commit()
    for point in NAME[2:]:
        QTest.touchEvent(sheet.pad, touch).move(0, point, sheet.pad).stationary(1).commit()
    QTest.touchEvent(sheet.pad, touch).release(0, NAME[-1], sheet.pad).release(
        1, QPoint(200, 120), sheet.pad
    ).commit()
    assert len(sheet.pad.strokes) == 1
    assert sheet.value() is not None


def test_a_signature_is_asked_for_and_kept_in_no_draft(sheet: SignaturePad, qtbot: QtBot) -> None:
    form = FieldForm("movein.form")
    qtbot.addWidget(form)
    pad = SignaturePad()
    form.add("signature", "业主签名", pad, required=True)
    form.show()
    assert not form.check()
    write(qtbot, pad.pad, NAME)
    assert form.check()
    assert form.values() == {}
    assert form.value("signature").startswith(b"\x89PNG")


def camera_file(path: Path, size: tuple[int, int], orientation: int = 1) -> Path:
    """A JPEG as a telephone writes it: turned, with the place where it was taken."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(path, "JPEG", exif=exif, comment=b"SECRET-COMMENT", quality=90)
    return path


@pytest.fixture
def strip(qtbot: QtBot) -> PhotoStrip:
    made = PhotoStrip("movein.defect.photos", most=3)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_large_photo_becomes_small_upright_and_says_nothing(strip: PhotoStrip, tmp_path: Path) -> None:
    strip.take_files([camera_file(tmp_path / "a.jpg", (4000, 3000), orientation=6)])
    (data,) = strip.photos()
    photo = opened(data)
    assert (photo.format, photo.size) == ("JPEG", (1200, 1600))
    red, green, _ = photo.getpixel((1150, 50))  # type: ignore[misc]  # what was top left is top right now
    assert red > 150
    assert green < 90
    assert not photo.getexif()
    assert b"SECRET" not in data


def test_a_small_photo_keeps_its_size_and_glass_becomes_white(strip: PhotoStrip, tmp_path: Path) -> None:
    Image.new("RGBA", (320, 200), (0, 0, 0, 0)).save(tmp_path / "a.png")
    strip.take_files([tmp_path / "a.png"])
    photo = opened(strip.photos()[0])
    assert photo.size == (320, 200)
    assert photo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.qt_log_ignore("JPEG datastream contains no image", "This plugin does not support")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "不是照片"),
        (b"not a picture", "不是照片"),
        (b"%PDF-1.4\n%%EOF", "不是照片"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "不是照片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "不是照片"),
        (None, "读不到"),
    ],
    ids=["empty", "text", "pdf", "svg", "cut off", "gone"],
)
def test_what_is_no_photo_is_said_and_the_others_are_taken(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot, content: bytes | None, says: str
) -> None:
    bad = tmp_path / "墙<b>面.jpg"
    if content is not None:
        bad.write_bytes(content)
    good = camera_file(tmp_path / "good.jpg", (100, 80))
    with qtbot.waitSignal(strip.refused) as refused:
        strip.take_files([bad, good])
    assert "墙<b>面.jpg" in refused.args[0]
    assert says in refused.args[0]
    assert len(strip.photos()) == 1


def test_a_file_too_large_is_not_read(
    strip: PhotoStrip, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = camera_file(tmp_path / "a.jpg", (100, 80))
    monkeypatch.setattr(picture_reading, "LARGEST_PICTURE", 100)
    with qtbot.waitSignal(strip.refused) as refused:
        strip.take_files([photo])
    assert "太大" in refused.args[0]
    monkeypatch.setattr(picture_reading, "LARGEST_FILE", 10)
    with qtbot.waitSignal(strip.refused) as refused:
        strip.take_files([photo])
    assert "太大" in refused.args[0]


def test_no_more_than_there_is_room_for(strip: PhotoStrip, tmp_path: Path, qtbot: QtBot) -> None:
    photo = camera_file(tmp_path / "a.jpg", (100, 80))
    with qtbot.waitSignal(strip.refused) as refused:
        strip.take_files([photo] * 4)
    assert refused.args == ["最多放 3 张照片，请先移除一张。"]
    assert len(strip.photos()) == 3


def test_photos_are_removed_by_button_and_key(strip: PhotoStrip, tmp_path: Path, qtbot: QtBot) -> None:
    sizes = [(100, 80), (60, 40), (30, 20)]
    strip.take_files(camera_file(tmp_path / f"{at}.jpg", size) for at, size in enumerate(sizes))
    assert [opened(photo).size for photo in strip.photos()] == sizes
    second = strip.findChild(QPushButton, "movein.defect.photos.2.remove")
    assert second is not None
    assert second.accessibleName() == "移除第 2 张照片"
    second.setFocus()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert [opened(photo).size for photo in strip.photos()] == [(100, 80), (30, 20)]
    again = strip.findChild(QPushButton, "movein.defect.photos.2.remove")
    assert again is not None
    assert again.hasFocus()
    qtbot.keyClick(again, Qt.Key.Key_Delete)
    assert [opened(photo).size for photo in strip.photos()] == [(100, 80)]
    strip.clear()
    assert strip.photos() == ()


def test_the_button_asks_for_files(tmp_path: Path, qtbot: QtBot) -> None:
    photo = camera_file(tmp_path / "a.jpg", (100, 80))
    strip = PhotoStrip("x", choose=lambda _parent: [photo])
    qtbot.addWidget(strip)
    with qtbot.waitSignal(strip.changed):
        qtbot.mouseClick(strip.add, Qt.MouseButton.LeftButton)
    assert len(strip.photos()) == 1


def test_a_picture_is_pasted_and_text_is_not(strip: PhotoStrip, qtbot: QtBot) -> None:
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QApplication.clipboard().setImage(image)
    qtbot.keyClick(strip.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert opened(strip.photos()[0]).size == (90, 60)
    QApplication.clipboard().setText("x")
    with qtbot.waitSignal(strip.refused) as refused:
        qtbot.keyClick(strip.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert refused.args[0].startswith("剪贴板里没有照片")


def test_files_are_dropped(strip: PhotoStrip, tmp_path: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(camera_file(tmp_path / "a.jpg", (100, 80))))])
    entering = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(strip, entering)
    assert entering.isAccepted()
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(strip, event)
    assert event.isAccepted()
    assert len(strip.photos()) == 1


def test_photos_kept_before_come_back(strip: PhotoStrip, tmp_path: Path) -> None:
    strip.take_files([camera_file(tmp_path / "a.jpg", (100, 80))])
    kept = strip.photos()
    strip.set_value(kept)
    assert opened(strip.photos()[0]).size == (100, 80)


def test_a_strip_that_is_gone_while_it_reads_harms_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    strip = PhotoStrip("x")
    strip.take_files([camera_file(tmp_path / "a.jpg", (3000, 2000))])
    shot = strip._shots[0]
    strip.deleteLater()
    qtbot.waitUntil(shot.done.is_set)


def test_a_draft_brings_photos_back_as_they_were(strip: PhotoStrip, tmp_path: Path, qtbot: QtBot) -> None:
    assert strip.draft() is None
    strip.take_files(
        [camera_file(tmp_path / "a.jpg", (2400, 1800)), camera_file(tmp_path / "b.jpg", (90, 80))]
    )
    before = strip.photos()
    other = PhotoStrip("movein.other.photos")
    qtbot.addWidget(other)
    other.restore([*strip.draft(), None, "no photo"])
    assert other.photos() == before
