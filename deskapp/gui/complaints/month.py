"""The month on screen with its charts, and its issue as a paper (C17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.month import Indicator, Share, first_of
from deskapp.domain.documents import MethodLine
from deskapp.domain.staff import Action
from deskapp.gui.complaints.bars import Bar, BarChart, MonthPoint, TrendChart
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedroom import scrolled
from deskapp.gui.complaints.monthform import MonthForm
from deskapp.gui.complaints.wording import word
from deskapp.gui.widgets.naming import clear, discard, named, push_button, text_label, with_property
from deskapp.gui.widgets.phrasing import listed
from deskapp.gui.widgets.sections import Section
from deskapp.services.complaints.month import Count, Method, MonthFigures, Point, Rate, Repeat, figures
from deskapp.services.complaints.monthpaper import issue_month
from deskapp.services.movein.views import DocumentRef

LISTS = ("kinds", "causes", "buildings", "parties")
BELOW = (Indicator.SETTLED, Indicator.CALLED_BACK, Indicator.SATISFIED)
"""Rates whose way over the months stands below its columns."""


class MonthPage(QWidget):
    """One month; the months before and after by a button.

    Signals:
        paper_wanted: number of the issued analysis.
        typed: something was typed into the form of the issue.
    """

    paper_wanted = Signal(str)
    typed = Signal()

    def __init__(self, controller: ComplaintsController) -> None:
        super().__init__()
        named(self, "complaints.month", say("complaints.panel.page.month"))
        self._controller = controller
        self.month: date = first_of(controller.today())
        self.found: MonthFigures | None = None
        self.form: MonthForm | None = None
        self._head = named(text_label(role="title"), "complaints.month.head")
        self._total = named(text_label(wrap=True), "complaints.month.total")
        self.earlier = push_button("complaints.month.earlier", say("complaints.panel.month.earlier"))
        self.later = push_button("complaints.month.later", say("complaints.panel.month.later"))
        self.issue = push_button(
            "complaints.month.issue", say("complaints.panel.month.issue"), role="primary"
        )
        self.charts = {
            code: BarChart(f"complaints.month.{code}", say(f"complaints.panel.month.{code}"))
            for code in LISTS
        }
        shares = say("complaints.panel.month.rates")
        self.charts["rates"] = BarChart("complaints.month.rates", shares, most=100)
        rows = [say(f"complaints.panel.month.short.{code}") for code in BELOW]
        self.trend = TrendChart("complaints.month.trend", say("complaints.panel.month.trend"), rows)
        self._legend = named(
            text_label(say("complaints.panel.month.legend"), role="muted"), "complaints.month.legend"
        )
        self._repeats = Section("complaints.month.repeats", say("complaints.panel.month.repeats"))
        self._methods = Section("complaints.month.methods", say("complaints.panel.month.methods"))
        self._lay_out()
        self.earlier.clicked.connect(lambda: self.show_month(first_of(self.month - timedelta(days=1))))
        self.later.clicked.connect(lambda: self.show_month(first_of(self.month + timedelta(days=31))))
        self.issue.clicked.connect(self._ask_words)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        head.addWidget(self._total, 1)
        head.addWidget(self.issue)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        places = {"kinds": (1, 0), "rates": (1, 1), "parties": (2, 0), "causes": (3, 0), "buildings": (3, 1)}
        grid.addWidget(self._legend, 0, 0, 1, 2)
        for code, (row, column) in places.items():
            grid.addWidget(self._framed(code, self.charts[code]), row, column)
        grid.addWidget(self._framed("trend", self.trend), 2, 1)
        grid.addWidget(self._repeats, 4, 0)
        grid.addWidget(self._methods, 4, 1)
        grid.setRowStretch(5, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        form_room = QWidget()
        self._form_room = QVBoxLayout(form_room)
        self._form_room.setContentsMargins(0, 0, 8, 0)
        self._form_room.addStretch(1)
        self._parts = QStackedWidget()
        self._parts.addWidget(scrolled(inside, "complaints.month.area"))
        self._parts.addWidget(scrolled(form_room, "complaints.month.form_area"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self._parts, 1)

    def _framed(self, code: str, chart: QWidget) -> QWidget:
        section = Section(f"complaints.month.{code}.section", say(f"complaints.panel.month.{code}"))
        section.body.addWidget(chart)
        section.body.addStretch(1)
        return section

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_month(self.month)

    # -- figures

    def show_month(self, month: date) -> None:
        """Reads the figures of a month."""
        if month != self.month:
            self._close_form()
        self.month = month
        self._head.setText(f"{month:%Y-%m}")
        self.later.setEnabled(month < first_of(self._controller.today()))
        desk = self._controller.desk
        self._controller.read("month", lambda: figures(desk, month), self._show)

    def _show(self, found: MonthFigures) -> None:
        if found.month != self.month:
            return
        self.found = found
        counted = found.counted
        lasts = found.month == first_of(self._controller.today())
        so_far = say("complaints.panel.month.so_far") if lasts else ""
        self._head.setText(f"{found.month:%Y-%m}{so_far}")
        self._total.setText(
            say(
                "complaints.panel.month.total",
                received=counted.received, complaints=found.complaints, closed=counted.closed,
                open=found.still_open, overdue=found.overdue, serious=counted.serious,
                reopened=counted.reopened, repeated=counted.repeated,
            )
        )  # fmt: skip
        for code in LISTS:
            counts: tuple[Count, ...] = getattr(found, code)
            self.charts[code].show_bars([_bar(count) for count in counts])
        self.charts["rates"].show_bars([_rate(rate) for rate in found.rates])
        self.trend.show_points([_point(point) for point in found.trend])
        _say(self._repeats, [_repeat(one) for one in found.repeats], "complaints.panel.month.no_repeats")
        _say(self._methods, [_method(one) for one in found.methods], "complaints.panel.month.no_methods")
        may = self._controller.may(Action.COMPLAINTS_APPROVE)
        self.issue.setToolTip("" if may else say("complaints.panel.only_supervisor_issues"))
        with_property(self.issue, "blocked", "false" if may else "true")

    # -- issue

    def _ask_words(self) -> None:
        """The supervisor's own words, before the month is put on paper."""
        if not self._controller.may(Action.COMPLAINTS_APPROVE):
            self._controller.said.emit(say("complaints.panel.only_supervisor_issues"), "info")
            return
        if self.form is not None or self.found is None:
            return
        self.form = MonthForm(self.found)
        self.form.given.connect(self._send)
        self.form.left.connect(self._close_form)
        self.form.typed.connect(self.typed)
        self._form_room.insertWidget(0, self.form)
        self._parts.setCurrentIndex(1)
        self.form.show()
        self.form.focus_first()

    def _send(self, summary: str, measures: tuple[str, ...], methods: tuple[MethodLine, ...]) -> None:
        form, desk, month = self.form, self._controller.desk, self.month
        if form is None:
            return
        self._controller.command(
            ("issue_month", month, summary, measures, methods),
            lambda command: issue_month(
                desk, command, month, summary=summary, measures=measures, methods=methods
            ),
            self._issued,
            failed=form.refuse,
            busy=form.confirm,
        )

    def _issued(self, document: DocumentRef) -> None:
        self._close_form()
        self.paper_wanted.emit(document.number)

    def values(self) -> dict[str, Any]:
        """What a draft keeps: the words that were begun."""
        return self.form.values() if self.form is not None else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts a draft back."""
        self._ask_words()
        if self.form is not None:
            self.form.restore(kept)

    def _close_form(self) -> None:
        if self.form is not None:
            self._form_room.removeWidget(self.form)
            discard(self.form)
            self.form = None
            self._parts.setCurrentIndex(0)
            self.issue.setFocus()
            self.typed.emit()


def _say(section: Section, lines: list[str], nothing: str) -> None:
    """Lines below one another, or the sentence that there are none."""
    clear(section.body)
    for line in lines or [say(nothing)]:
        section.body.addWidget(text_label(line, wrap=True, role="" if lines else "muted"))


def _bar(count: Count) -> Bar:
    text = say("complaints.panel.month.count", count=count.count, before=count.before)
    return Bar(word(count.label), count.count, count.before, text)


def _percent(share: Share) -> str:
    return "—" if share.percent is None else f"{share.percent} %"


def _rate(rate: Rate) -> Bar:
    now, before = rate.share.percent, rate.before.percent
    said = [_percent(rate.share), say("complaints.panel.month.rate_before", percent=_percent(rate.before))]
    if rate.target is not None:
        said.append(say("complaints.panel.month.target", percent=f"{rate.target:f}"))
    return Bar(
        name=say(f"complaints.paper.rate.{rate.code}"),
        value=int(now or 0),
        before=int(before or 0),
        text=" · ".join(said),
        short=said[0],
        target=int(rate.target) if rate.target is not None else None,
    )


def _point(point: Point) -> MonthPoint:
    below = tuple("—" if (p := point.shares[code].percent) is None else f"{p:.0f}" for code in BELOW)
    return MonthPoint(f"{point.month:%m}", point.counted.received, point.counted.serious, below)


def _repeat(one: Repeat) -> str:
    matter = f"{one.matter} · {one.place}" if one.place else one.matter
    return say(
        "complaints.panel.month.repeat",
        matter=matter, n=one.count, households=one.households, state=word(one.state),
    )  # fmt: skip


def _method(one: Method) -> str:
    ways = listed(f"{word(label)} {count}" for label, count in one.ways)
    judged = say(f"complaints.panel.month.judged.{one.judged.value}") if one.judged is not None else ""
    return say(
        "complaints.panel.month.method",
        topic=word(one.label), n=one.cases, ways=ways, good=_percent(one.good), judged=judged,
    )  # fmt: skip
