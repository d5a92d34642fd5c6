"""Small pieces of the move-in pages: fields with their label beside them, days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDateEdit, QHBoxLayout, QWidget

from deskapp.gui.widgets.naming import text_label


def labelled(text: str, widget: QWidget) -> QWidget:
    """A widget with its label to the left."""
    if isinstance(widget, QComboBox):  # a long item is read in the list; the row must fit the window
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widget.setMinimumContentsLength(9)
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    label = text_label(text)
    label.setBuddy(widget)
    row.addWidget(label)
    row.addWidget(widget, 1)
    box.setFocusProxy(widget)
    return box


def day_edit(day: date, earliest: date | None = None) -> QDateEdit:
    """A day with a calendar to choose from."""
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    if earliest is not None:
        edit.setMinimumDate(QDate(earliest.year, earliest.month, earliest.day))
    return edit


def day_in(edit: QDateEdit) -> date:
    """The day an edit holds."""
    day = edit.date()
    return date(day.year(), day.month(), day.day())


def put_day(edit: QDateEdit, text: object) -> None:
    """Shows a day kept as ISO text; anything else is left alone."""
    day = QDate.fromString(str(text), "yyyy-MM-dd")
    if day.isValid():
        edit.setDate(day)


class EnterForm(QWidget):
    """A small form of its own: Enter in one of its fields is for it, not for the station (wireframes: keys).

    Signals:
        entered: Enter was pressed in a field.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        event.accept()
        focus = QApplication.focusWidget()
        if event.isAutoRepeat():
            return
        if isinstance(focus, QAbstractButton) and self.isAncestorOf(focus):
            focus.click()
        else:
            self.entered.emit()
