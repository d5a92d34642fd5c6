"""What a clerk sets for her own eyes: language, light or dark, size of the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from deskapp.base.i18n import say
from deskapp.gui.theme import LARGEST, SMALLEST, USUAL, icon

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class Taste:
    """The settings of one workstation's window."""

    language: str = "zh_CN"
    dark: bool = False
    points: float = USUAL

    def larger(self, step: float) -> Taste:
        """With the text larger or smaller, within bounds."""
        return replace(self, points=min(max(self.points + step, SMALLEST), LARGEST))


def taste_of(kept: dict[str, Any], language: str) -> Taste:
    """The taste a workstation remembers; what is missing or damaged takes its usual value."""
    points = kept.get("points")
    if not isinstance(points, int | float) or not SMALLEST <= points <= LARGEST:
        points = USUAL
    return Taste(language, kept.get("dark") is True, float(points))


class TasteButton(QToolButton):
    """The menu in which a clerk changes it.

    Signals:
        changed: the new `Taste`.
    """

    changed = Signal(object)

    def __init__(self, taste: Taste, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell.taste")
        self.setText(say("shell.taste"))
        self.setAccessibleName(say("shell.taste"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("role", "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.offer(taste)

    def offer(self, taste: Taste) -> None:
        """Offers what can be had instead of a taste."""
        self._taste = taste
        former, menu = self.menu(), QMenu(self)
        menu.setObjectName("shell.taste.menu")
        self._languages(menu)
        menu.addSeparator()
        self._looks(menu)
        menu.addSeparator()
        self._sizes(menu)
        self.setMenu(menu)
        if former is not None:
            former.deleteLater()  # it may be this one's click that is being dealt with

    def _add(self, menu: QMenu, name: str, text: str, taste: Taste, *, group: QActionGroup | None) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(f"shell.taste.{name}")
        action.triggered.connect(lambda: self.changed.emit(taste))
        if group is not None:
            action.setCheckable(True)
            group.addAction(action)
        return action

    def _languages(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for code, name in LANGUAGES.items():
            action = self._add(menu, code, name, replace(self._taste, language=code), group=group)
            action.setChecked(code == self._taste.language)

    def _looks(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for dark, key in ((False, "light"), (True, "dark")):
            text = say(f"shell.taste.{key}")
            action = self._add(menu, key, text, replace(self._taste, dark=dark), group=group)
            action.setChecked(dark == self._taste.dark)

    def _sizes(self, menu: QMenu) -> None:
        for key, step, keys in (("larger", 0.5, "Ctrl++"), ("smaller", -0.5, "Ctrl+-")):
            text = say(f"shell.taste.{key}")
            self._add(menu, key, f"{text}\t{keys}", self._taste.larger(step), group=None)
        usual = replace(self._taste, points=USUAL)
        self._add(menu, "usual", say("shell.taste.usual") + "\tCtrl+0", usual, group=None)

    def dress(self) -> None:
        """Sets the icon, once the window stands."""
        self.setIcon(icon("fa6s.sliders", "accent"))
