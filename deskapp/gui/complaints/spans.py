"""Why a clock runs out when it does, stretch by stretch: which hours counted and which not (C6, L10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.clock import CHINA
from deskapp.base.i18n import language, say
from deskapp.domain.complaints.clocks import Due, Span, Unit, Why
from deskapp.domain.datatable import Label
from deskapp.domain.staff import Action
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.wording import left_text, word
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.naming import named, push_button, text_label
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import Sense, spoken
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.complaints.calendars import CalendarTaken, take_calendar_file
from deskapp.services.complaints.clocks import Explanation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with what it takes to explain it.

    Attributes:
        unit, amount, may_wait: of its rule. so_far: what had counted at the end of each span, in that unit.
    """

    name: Label
    unit: Unit
    amount: int
    may_wait: bool
    due: Due
    so_far: tuple[Fraction, ...]


def explained(found: Explanation) -> Explained:
    """A clock that runs, as the service explains it."""
    return Explained(found.row.rule_label, found.unit, found.amount, found.may_wait, found.due, found.so_far)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    so_far: Fraction


class SpanView(QWidget):
    """One clock explained: a sentence, its rule, and the stretches of its time in their order.

    Args:
        object_name: beginning of the names.
        controller: knows what a case may wait for, and takes in the official calendar of a year.
    """

    def __init__(self, object_name: str, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, object_name, say("complaints.panel.why.title"))
        self._controller = controller
        self._clock: Explained | None = None
        self._low = False
        self.headline = named(text_label(wrap=True), f"{object_name}.headline")
        self.rule = named(text_label(wrap=True, role="muted"), f"{object_name}.rule")
        self.provisional = named(text_label(wrap=True, role="warning"), f"{object_name}.provisional")
        self.take_calendar = push_button(
            f"{object_name}.calendar", say("complaints.panel.why.calendar"), role="quiet"
        )
        self.take_calendar.setToolTip(say("complaints.panel.why.calendar_tip"))
        self.take_calendar.clicked.connect(self._choose_calendar)
        self.model: RowsModel[_Line] = RowsModel(
            [
                Column(say("complaints.panel.why.from"), lambda line: day_text(line.span.began), 180),
                Column(
                    say("complaints.panel.why.to"), lambda line: day_text(line.span.ended, ending=True), 180
                ),
                Column(say("complaints.panel.why.counts"), _counts, 90),
                Column(say("complaints.panel.why.so_far"), self._so_far, 130, number=True),
                Column(say("complaints.panel.why.reason"), lambda line: self.reason(line.span), 0),
            ]
        )
        self.table = RowTable(f"{object_name}.spans", say("complaints.panel.why.title"), self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        not_official = QHBoxLayout()
        not_official.addWidget(self.provisional, 1)
        not_official.addWidget(self.take_calendar)
        column.addWidget(self.headline)
        column.addWidget(self.rule)
        column.addLayout(not_official)
        column.addWidget(self.table, 100)
        column.addStretch(1)  # what is left where there is no table
        for part in (self.provisional, self.take_calendar):
            part.hide()

    def show_clock(self, clock: Explained, now: datetime) -> None:
        """Explains a clock."""
        self._clock = clock
        began = clock.due.counted[0].began
        amount = say(f"complaints.panel.why.amount.{clock.unit}", n=clock.amount)
        self.headline.setText(
            say(
                "complaints.panel.why.headline",
                clock=word(clock.name), amount=amount, began=day_text(began),
                at=day_text(clock.due.at), left=self._left(clock.due, now),
            )
        )  # fmt: skip
        rule = say(f"complaints.panel.why.rule.{clock.unit}")
        self.rule.setText(say("complaints.panel.why.rule_that_waits", rule=rule) if clock.may_wait else rule)
        self.rule.setVisible(not self._low)
        self.headline.setToolTip(self.rule.text() if self._low else "")
        years = sorted({span.began.astimezone(CHINA).year for span in clock.due.counted if span.provisional})
        sentence = say("complaints.panel.why.provisional", years=listed(map(str, years)))
        self.provisional.setText(sentence if clock.due.provisional else "")
        self.provisional.setVisible(clock.due.provisional)
        allowed = self._controller.may(Action.SETTINGS_CHANGE)
        self.take_calendar.setVisible(clock.due.provisional and allowed)
        self.model.show_rows([_Line(*each) for each in zip(clock.due.counted, clock.so_far, strict=True)])
        self.table.show()

    def set_low(self, low: bool) -> None:
        """There is little room: the rule moves behind the headline, so that the stretches can be seen."""
        self._low = low
        self.rule.setVisible(self._clock is not None and not low)
        self.headline.setToolTip(self.rule.text() if low else "")

    def say_plainly(self, sentence: str) -> None:
        """Something that falls due at the time that was said: there is nothing to count."""
        self._clock = None
        self.headline.setText(sentence)
        for part in (self.rule, self.provisional, self.take_calendar, self.table):
            part.hide()

    def _choose_calendar(self) -> None:
        """The notice as it was saved; what is wrong with it is said by line, and nothing changes."""
        title, files = say("complaints.panel.why.calendar"), say("complaints.panel.why.calendar_files")
        chosen, _filter = QFileDialog.getOpenFileName(self, title, "", files)
        desk = self._controller.desk
        if chosen:
            self._controller.command(
                ("calendar", chosen),
                lambda command: take_calendar_file(desk, command, Path(chosen)),
                self._calendar_taken,
                busy=self.take_calendar,
            )

    def _calendar_taken(self, taken: CalendarTaken) -> None:
        self._controller.said.emit(
            say(
                "complaints.panel.why.calendar_taken",
                year=taken.year, rest=taken.rest, work=taken.work, moved=taken.moved,
            ),
            "done",
        )  # fmt: skip

    def _left(self, due: Due, now: datetime) -> str:
        if due.waiting is None:
            return left_text(due.at, now)
        cause = self._controller.causes().get(due.waiting.cause, due.waiting.cause)
        waited = spoken(now - due.waiting.began, Sense.WAITING).text()
        return say("complaints.panel.why.stands_still", cause=cause, waited=waited)

    def _so_far(self, line: _Line) -> str:
        clock = self._clock
        if clock is None:
            return ""
        reached = min(line.so_far, Fraction(clock.amount))
        return f"{_number(reached, clock.unit)} / {_number(Fraction(clock.amount), clock.unit)}"

    def reason(self, span: Span) -> str:
        """Why a stretch counted or not."""
        more = word(span.holiday) if span.holiday is not None else ""
        if span.why is Why.WAITING:
            more = self._controller.causes().get(span.cause, span.cause)
        text = say(f"complaints.code.span.{span.why.value}")
        text = say("complaints.panel.why.more", reason=text, more=more) if more else text
        return say("complaints.panel.why.not_official", reason=text) if span.provisional else text


def day_text(moment: datetime, *, ending: bool = False) -> str:
    """A moment with its day of the week; the midnight that ends a day as 24:00 of that day."""
    here = moment.astimezone(CHINA)
    midnight = ending and here.time() == time(0)
    day = here.date() - DAY if midnight else here.date()
    name = QLocale(language()).dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{day.isoformat()} {name} {'24:00' if midnight else f'{here:%H:%M}'}"


def _number(amount: Fraction, unit: Unit) -> str:
    """``22:30`` of hours, ``2.5`` of days, ``12`` of minutes."""
    if unit is Unit.HOURS:
        minutes = amount * 60 // 1
        return f"{minutes // 60}:{minutes % 60:02d}"
    if unit is Unit.MINUTES:
        return str(amount // 1)
    tenths = amount * 10 // 1
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _counts(line: _Line) -> str:
    return say("complaints.panel.why.counted" if line.span.counted else "complaints.panel.why.not_counted")
