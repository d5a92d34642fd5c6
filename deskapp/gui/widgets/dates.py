"""A day: typed as people write it, by a button for the usual ones, or chosen from a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from deskapp.base.clock import day_of, system_clock
from deskapp.base.i18n import language, say
from deskapp.gui import theme
from deskapp.gui.widgets.around import FieldAround
from deskapp.gui.widgets.day_reading import read_day
from deskapp.gui.widgets.naming import named, push_button

Quick = Literal["today", "tomorrow"]
TURNS = {"prev": "widgets.date.month_before", "next": "widgets.date.month_after"}
DAYS: dict[str, int] = {"today": 0, "tomorrow": 1}


class DateEdit(FieldAround):
    """A field for a day.

    Args:
        today: answers the day at the estate; the machine's clock by default.
        earliest: first day that can be taken.
        latest: last one.
        quick: buttons beside the field.

    Signals:
        changed: the text changed.
    """

    changed = Signal()

    def __init__(
        self,
        object_name: str = "",
        spoken: str = "",
        *,
        today: Callable[[], date] = lambda: day_of(system_clock()),
        earliest: date | None = None,
        latest: date | None = None,
        quick: Sequence[Quick] = ("today", "tomorrow"),
        parent: QWidget | None = None,
    ) -> None:
        self.edit, self._open = QLineEdit(), QToolButton()
        self._quick = {each: self._quick_button(each) for each in quick}
        super().__init__(parent, edit=self.edit, calendar=self._open, **self._quick)
        self._today, self._earliest, self._latest = today, earliest, latest
        self._calendar: QCalendarWidget | None = None
        self.edit.setMaxLength(16)
        self.edit.setPlaceholderText(say("widgets.date.example"))
        self.edit.textChanged.connect(lambda: self.changed.emit())
        self.edit.editingFinished.connect(self._tidy)
        self._open.setText(say("widgets.date.calendar"))
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._open.clicked.connect(self.open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens().unit // 2)
        row.addWidget(self.edit, 1)
        row.addWidget(self._open)
        for button in self._quick.values():
            row.addWidget(button)
        self._draw_icon()
        self._open.setAccessibleName(say("widgets.date.calendar"))
        named(self, object_name, spoken)

    def _quick_button(self, each: Quick) -> QPushButton:
        words = {"today": "widgets.date.today", "tomorrow": "widgets.date.tomorrow"}
        button = push_button("", say(words[each]), role="quiet")
        button.clicked.connect(lambda: self.set_value(self._today() + timedelta(days=DAYS[each])))
        return button

    def value(self) -> date | None:
        """The day; None while there is none, or none that can be taken."""
        return None if self.problem() else self._read()

    def set_value(self, day: date | None) -> None:
        """Shows a day."""
        self.edit.setText(day.isoformat() if day else "")

    def set_range(self, earliest: date | None, latest: date | None = None) -> None:
        """Which days can be taken from now on."""
        self._earliest, self._latest = earliest, latest

    def problem(self) -> str:
        """Why what was typed cannot be taken; "" where it can or nothing was typed."""
        try:
            day = self._read()
        except ValueError:
            return say("widgets.date.not_a_day")
        if day and self._earliest and day < self._earliest:
            return say("widgets.date.too_early", day=self._earliest.isoformat())
        if day and self._latest and day > self._latest:
            return say("widgets.date.too_late", day=self._latest.isoformat())
        return ""

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.edit.text().strip()

    def draft(self) -> Any:
        """The text as typed, right or not."""
        return self.edit.text()

    def restore(self, kept: Any) -> None:
        """Shows the text of a draft."""
        if isinstance(kept, str):
            self.edit.setText(kept)

    def _read(self) -> date | None:
        return read_day(self.edit.text(), self._today(), self._earliest, self._latest)

    def _tidy(self) -> None:
        try:
            day = self._read()
        except ValueError:
            return  # it stays as typed; `problem` says what is wrong
        if day and self.edit.text() != day.isoformat():
            self.set_value(day)

    def open_calendar(self) -> None:
        """Shows the month below the field; a click or Enter takes the day."""
        calendar = self._calendar or self._make_calendar()
        shown = self.value() or self._earliest or self._today()
        calendar.setMinimumDate(_qdate(self._earliest or date(1900, 1, 1)))
        calendar.setMaximumDate(_qdate(self._latest or date(2199, 12, 31)))
        calendar.setSelectedDate(_qdate(shown))
        self._colour(calendar)
        calendar.adjustSize()
        calendar.move(self._corner(calendar))
        calendar.show()
        calendar.setFocus()

    def _colour(self, calendar: QCalendarWidget) -> None:
        """Days of the weekend are like all others: red is for what is overdue."""
        plain, heading = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(theme.tokens().text))
        heading.setForeground(QColor(theme.tokens().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        calendar.setHeaderTextFormat(heading)
        for name, icon in (("prev", "fa6s.chevron-left"), ("next", "fa6s.chevron-right")):
            turn = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if turn is not None:
                turn.setIcon(theme.icon(icon))
                turn.setAccessibleName(say(TURNS[name]))

    def _corner(self, calendar: QCalendarWidget) -> QPoint:
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry()
        if below.y() + calendar.height() > room.bottom():
            below.setY(self.mapToGlobal(QPoint(0, 0)).y() - calendar.height() - 2)
        below.setX(max(room.left(), min(below.x(), room.right() - calendar.width())))
        return below

    def _make_calendar(self) -> QCalendarWidget:
        from PySide6.QtCore import QLocale  # with the calendar, which few days need

        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        named(calendar, f"{self.objectName()}.calendar.month", say("widgets.date.calendar"))
        calendar.setLocale(QLocale(language()))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        self._calendar = calendar
        return calendar

    def _take(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        if self._calendar:
            self._calendar.hide()
        self.edit.setFocus()

    def _draw_icon(self) -> None:
        self._open.setIcon(theme.icon("fa6s.calendar-days", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()
        super().changeEvent(event)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
