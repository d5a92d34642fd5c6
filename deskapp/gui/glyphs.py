"""Icons from the fonts that qtawesome ships, drawn without its Python side.

``import qtawesome`` takes every module of qtpy with it, longer than our whole window takes to stand
(measured: 0.2 s to 0.4 s); a font and its table of names are all that an icon needs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

FILES = {"fa6s": "fontawesome6-solid-webfont", "fa6": "fontawesome6-regular-webfont"}
"""Prefix of a name -> beginning of the font's file and of its table's."""
SHARE = 0.875
"""Height of a glyph's em in its square; wide glyphs keep a margin with it."""


Colour = Callable[[], str]


class UnknownIcon(LookupError):
    """No icon of this name: a slip of ours, found by the tests."""


@cache
def _face(prefix: str) -> tuple[str, dict[str, str]]:
    """Family of an icon font, and the code points of its names in hexadecimal."""
    found = find_spec("qtawesome")
    if prefix not in FILES or found is None or found.origin is None:
        raise UnknownIcon(prefix)
    folder = Path(found.origin).parent / "fonts"
    font = next(folder.glob(f"{FILES[prefix]}-[0-9]*.ttf"))
    table = next(folder.glob(f"{FILES[prefix]}-charmap-*.json"))
    number = QFontDatabase.addApplicationFont(str(font))
    return QFontDatabase.applicationFontFamilies(number)[0], json.loads(table.read_text(encoding="utf-8"))


def glyph(name: str) -> tuple[str, str]:
    """Family and character of an icon such as ``fa6s.key``.

    Raises:
        UnknownIcon: there is none.
    """
    prefix, _, rest = name.partition(".")
    family, names = _face(prefix)
    if rest not in names:
        raise UnknownIcon(name)
    return family, chr(int(names[rest], 16))


class GlyphEngine(QIconEngine):
    """Draws one character of an icon font at any size, paler where the widget is disabled."""

    def __init__(self, name: str, colour: Colour, disabled: Colour) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws it in the middle of a square."""
        family, letter = glyph(self._name)
        font = QFont(family)
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoFontMerging)
        font.setWeight(QFont.Weight.Black if self._name.startswith("fa6s.") else QFont.Weight.Normal)
        font.setPixelSize(max(1, round(min(rect.width(), rect.height()) * SHARE)))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(self._disabled() if mode == QIcon.Mode.Disabled else self._colour()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """It on a transparent ground."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        """Another one alike, as Qt asks before it changes an icon."""
        return GlyphEngine(self._name, self._colour, self._disabled)


def glyph_icon(name: str, colour: Colour, disabled: Colour) -> QIcon:
    """An icon of a qtawesome name in a colour asked for whenever it is drawn.

    Raises:
        UnknownIcon: there is none of this name.
    """
    glyph(name)
    return QIcon(GlyphEngine(name, colour, disabled))
