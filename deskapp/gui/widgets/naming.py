"""How a widget gets its names, its text and its part in the look."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QWidget

from deskapp.gui import theme

W = TypeVar("W", bound=QWidget)
ICON = 16
"""Pixels of an icon that stands beside a word."""


def named(widget: W, object_name: str, spoken: str = "") -> W:
    """Gives the stable name for tests and tools, and the name a screen reader says."""
    widget.setObjectName(object_name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget


def in_role(widget: W, role: str) -> W:
    """Gives a widget its part in the look (`theme`): primary, quiet, danger, section, muted, message …"""
    return with_property(widget, "role", role)


def with_property(widget: W, name: str, value: object) -> W:
    """Sets what the style sheet asks for, and has the widget drawn by it at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the first polish sees it
            widget.style().unpolish(widget)
            widget.style().polish(widget)
    return widget


def text_label(
    text: str = "", *, wrap: bool = False, role: str = "", parent: QWidget | None = None
) -> QLabel:
    """A label that shows its text as it is, whatever markup is in it (P3)."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    return in_role(label, role) if role else label


def caption(text: str) -> str:
    """A text for a button or tick, where a single ampersand would vanish into an underlined letter."""
    return text.replace("&", "&&")


def push_button(
    object_name: str, text: str, *, role: str = "", icon: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A button that says its words; with an icon beside them where one is named (qtawesome)."""
    button = named(QPushButton(caption(text), parent), object_name, text)
    button.setAutoDefault(False)
    if icon:
        button.setIcon(theme.icon(icon, _icon_colour(role)))
        button.setIconSize(QSize(ICON, ICON))
    return in_role(button, role) if role else button


def discard(widget: QWidget) -> None:
    """Takes a widget off the screen for good; nobody finds it by name while Qt has not yet deleted it."""
    widget.hide()
    for each in (widget, *widget.findChildren(QWidget)):
        each.setObjectName("")
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Takes every widget of a layout off the screen for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            discard(widget)


def _icon_colour(role: str) -> str:
    return {"primary": "on_accent", "danger": "danger", "quiet": "accent"}.get(role, "text")
