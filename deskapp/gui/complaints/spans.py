"""Why a clock runs out when it does, stretch by stretch: which hours counted and which not (C6, L10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.base.clock import CHINA
from deskapp.base.i18n import language, say
from deskapp.domain.complaints.clocks import Due, Span, Unit, Why
from deskapp.domain.datatable import Label
from deskapp.gui.complaints.wording import left_text, word
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.spoken_time import Sense, spoken
from deskapp.gui.widgets.tables import RowTable
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
        causes: code -> name of what a case may wait for.
    """

    def __init__(self, object_name: str, causes: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        named(self, object_name, say("complaints.panel.why.title"))
        self._causes = causes
        self._clock: Explained | None = None
        self.headline = named(text_label(wrap=True), f"{object_name}.headline")
        self.rule = named(text_label(wrap=True, role="muted"), f"{object_name}.rule")
        self.provisional = named(text_label(wrap=True, role="warning"), f"{object_name}.provisional")
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
        for part in (self.headline, self.rule, self.provisional):
            column.addWidget(part)
        column.addWidget(self.table, 100)
        column.addStretch(1)  # what is left where there is no table
        self.provisional.hide()

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
        self.rule.show()
        years = sorted({span.began.astimezone(CHINA).year for span in clock.due.counted if span.provisional})
        sentence = say("complaints.panel.why.provisional", years=listed(map(str, years)))
        self.provisional.setText(sentence if clock.due.provisional else "")
        self.provisional.setVisible(clock.due.provisional)
        self.model.show_rows([_Line(*each) for each in zip(clock.due.counted, clock.so_far, strict=True)])
        self.table.show()

    def say_plainly(self, sentence: str) -> None:
        """Something that falls due at the time that was said: there is nothing to count."""
        self._clock = None
        self.headline.setText(sentence)
        for part in (self.rule, self.provisional, self.table):
            part.hide()

    def _left(self, due: Due, now: datetime) -> str:
        if due.waiting is None:
            return left_text(due.at, now)
        cause = self._causes().get(due.waiting.cause, due.waiting.cause)
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
            more = self._causes().get(span.cause, span.cause)
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
