"""The look: readable in light and dark, at every size; rare characters and icons have their glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QImage, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.gui import glyphs, theme
from deskapp.gui.glyphs import UnknownIcon, glyph
from deskapp.gui.theme import DARK, LIGHT, Tokens

GUI = Path(theme.__file__).parent
RARE = "䶮𬱖𠅤㛃𠮷𪚥"
"""The last two are in the fallback only."""


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = QColor(colour).getRgbF()[:3]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "surface", "raised", "selection", "alarm"])
@pytest.mark.parametrize("text", ["text", "muted", "accent", "danger", "warning", "good"])
def test_every_text_can_be_read_on_every_ground(look: Tokens, ground: str, text: str) -> None:
    enough = 4.5 if (text, ground) not in {("accent", "selection"), ("muted", "selection")} else 3.0
    assert contrast(getattr(look, text), getattr(look, ground)) >= enough


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_words_of_the_usual_next_step_can_be_read(look: Tokens) -> None:
    assert contrast(look.on_accent, look.accent) >= 4.5


def drawn_with(letter: str, label: QLabel) -> str:
    """Which font draws a character on a label, "" where none has it."""
    layout = QTextLayout(letter, label.font())
    layout.beginLayout()
    layout.createLine().setLineWidth(9999)
    layout.endLayout()
    (run,) = layout.glyphRuns()
    return run.rawFont().familyName() if all(run.glyphIndexes()) else ""


def test_rare_characters_are_drawn_glyph_by_glyph(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp)
    theme.load_rare_font()
    label = QLabel(f"王{RARE}")
    qtbot.addWidget(label)
    label.show()
    families = [drawn_with(letter, label) for letter in label.text()]
    assert families == [theme.FAMILY] * 5 + [theme.RARE_FAMILY] * 2


def test_a_name_that_stood_there_before_the_rare_font_came_is_drawn_again(
    qapp: QApplication, qtbot: QtBot
) -> None:
    QFontDatabase.removeAllApplicationFonts()
    glyphs._face.cache_clear()
    theme.apply(qapp)
    assert theme.RARE_FAMILY not in QFontDatabase.families()
    label = QLabel("𠮷野家")
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)
    before = label.grab().toImage()
    theme.load_rare_font()
    assert label.grab().toImage() != before
    assert drawn_with("𠮷", label) == theme.RARE_FAMILY


def test_size_and_look_change_what_is_there_already(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, points=10.5)
    label = QLabel("望湖花园")
    qtbot.addWidget(label)
    label.show()
    small = label.sizeHint().height()
    theme.apply(qapp, dark=True, points=14)
    assert label.sizeHint().height() > small
    assert theme.tokens() is DARK
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.text)
    theme.apply(qapp, points=99)
    assert qapp.font().pointSizeF() == theme.LARGEST


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_names_only_files_that_are_there(look: Tokens) -> None:
    sheet = theme.stylesheet(look, 10.5)
    assert "$" not in sheet
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert files
    assert [file for file in files if not Path(file).is_file()] == []


def ink(image: QImage) -> set[str]:
    """Colours of the opaque points of a picture."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_has_the_colour_of_its_part_and_is_paler_where_nothing_can_be_done(
    qapp: QApplication,
) -> None:
    theme.apply(qapp)
    icon = theme.icon("fa6s.key", "accent")
    size = QSize(32, 32)
    assert ink(icon.pixmap(size).toImage()) == {LIGHT.accent}
    assert ink(icon.pixmap(size, QIcon.Mode.Disabled).toImage()) == {LIGHT.muted}
    theme.apply(qapp, dark=True)
    assert ink(theme.icon("fa6s.key", "accent").pixmap(size).toImage()) == {DARK.accent}


def test_an_icon_fills_its_place_on_a_sharp_screen_too(qapp: QApplication) -> None:
    picture = theme.icon("fa6s.house").pixmap(QSize(16, 16), 2.0)
    assert picture.size() == QSize(32, 32)
    assert ink(picture.toImage())


def test_every_icon_the_window_asks_for_exists() -> None:
    names = {
        name
        for file in GUI.rglob("*.py")
        for name in re.findall(r'"(fa6s?\.[a-z0-9-]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(names) > 10
    for name in names:
        family, letter = glyph(name)
        assert family.startswith("Font Awesome")
        assert len(letter) == 1


@pytest.mark.parametrize("name", ["fa6s.no-such-thing", "nothing.key", ""])
def test_an_unknown_icon_is_a_slip_of_ours(name: str) -> None:
    with pytest.raises(UnknownIcon):
        theme.icon(name)


def test_buttons_are_high_enough_for_mouse_and_finger(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp)
    for role, least in (("", 32), ("primary", 32), ("station", 44)):
        button = QPushButton("通过并打印")
        button.setProperty("role", role)
        button.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        qtbot.addWidget(button)
        button.show()
        assert button.sizeHint().height() >= least
