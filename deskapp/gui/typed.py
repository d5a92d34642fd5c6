"""What a field holds before keys fall into it, to be put back when they were not meant for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid


@dataclass(frozen=True, slots=True)
class Before:
    """A widget and the way back to what it showed."""

    widget: QWidget
    back: Callable[[], None]

    def restore(self) -> None:
        """Shows it again, unless the widget is gone."""
        if isValid(self.widget):
            self.back()


def takes_text(widget: QWidget) -> bool:
    """Whether keys are text to this widget, rather than presses and jumps."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox)


def state_of(widget: QWidget) -> Before | None:
    """What a widget holds now; None for one that keys do not change."""
    match widget:
        case QLineEdit():
            return Before(widget, _line(widget))
        case QPlainTextEdit() | QTextEdit():
            return Before(widget, _page(widget))
        case QDateTimeEdit():
            moment = widget.dateTime()
            return Before(widget, lambda: widget.setDateTime(moment))
        case QAbstractSpinBox():
            return Before(widget, _line(widget.lineEdit()))
        case QComboBox():
            return Before(widget, _choice(widget))
        case QAbstractItemView():
            index = widget.currentIndex()
            return Before(widget, lambda: widget.setCurrentIndex(index))
    return None


def take_before_cursor(widget: QWidget, find: Callable[[str], str]) -> str:
    """Takes a part of a field's line out of it.

    Args:
        find: answers which end of the text before the cursor it is; "" for none.
    """
    field = widget.lineEdit() if isinstance(widget, QComboBox) else widget
    if isinstance(field, QLineEdit) and not field.isReadOnly():
        text, at = field.text(), field.cursorPosition()
        before = units(text, 0, at)
        found = find(before)
        if found:
            kept = before.removesuffix(found)
            field.setText(kept + units(text, at, 2 * len(text)))
            field.setCursorPosition(at - len(found.encode("utf-16-le")) // 2)
        return found
    if isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly():
        cursor = field.textCursor()
        found = find(units(cursor.block().text(), 0, cursor.positionInBlock()))
        for _ in found:
            cursor.deletePreviousChar()
        return found
    return ""


def units(text: str, first: int, last: int) -> str:
    """A part of a text by Qt's positions, in which a rare character counts twice."""
    return text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le", "replace")


def _line(field: QLineEdit) -> Callable[[], None]:
    text, cursor, modified = field.text(), field.cursorPosition(), field.isModified()
    start, length = field.selectionStart(), field.selectionLength()

    def back() -> None:
        if field.text() != text:
            field.setText(text)
        field.setModified(modified)
        field.setCursorPosition(cursor)
        if start >= 0:
            field.setSelection(start, length)

    return back


def _page(field: QPlainTextEdit | QTextEdit) -> Callable[[], None]:
    text, cursor = field.toPlainText(), field.textCursor()
    anchor, position = cursor.anchor(), cursor.position()

    def back() -> None:
        now = field.textCursor()
        now.beginEditBlock()
        first, last = min(anchor, position), now.position()
        now.setPosition(first)
        now.setPosition(last, now.MoveMode.KeepAnchor)
        now.insertText(units(text, first, max(anchor, position)))
        now.endEditBlock()
        if field.toPlainText() != text:
            field.setPlainText(text)
        now.setPosition(anchor)
        now.setPosition(position, now.MoveMode.KeepAnchor)
        field.setTextCursor(now)

    return back


def _choice(field: QComboBox) -> Callable[[], None]:
    index = field.currentIndex()
    line = field.lineEdit()
    text_back = _line(line) if line is not None else None

    def back() -> None:
        field.setCurrentIndex(index)
        if text_back is not None:
            text_back()

    return back
