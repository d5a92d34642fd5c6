"""The month on screen with its charts, and its issue as a paper (C17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.complaints.month import Share, first_of
from deskapp.domain.staff import Action
from deskapp.gui.complaints.asked import Asked, Deed, Sort
from deskapp.gui.complaints.bars import Bar, BarChart, TrendChart
from deskapp.gui.complaints.controller import ComplaintsController
from deskapp.gui.complaints.deedform import DeedForm
from deskapp.gui.complaints.deedroom import scrolled
from deskapp.gui.complaints.wording import listed, word
from deskapp.gui.widgets.naming import clear, discard, named, push_button, text_label, with_property
from deskapp.gui.widgets.sections import Section
from deskapp.services.complaints.month import Count, Method, MonthFigures, Rate, Repeat, figures
from deskapp.services.complaints.monthpaper import issue_month
from deskapp.services.movein.views import DocumentRef

LISTS = ("kinds", "causes", "buildings", "parties")


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
        self.form: DeedForm | None = None
        self._head = named(text_label(role="title"), "complaints.month.head")
        self._total = named(text_label(wrap=True), "complaints.month.total")
        self.earlier = push_button("complaints.month.earlier", say("complaints.panel.month.earlier"))
        self.later = push_button("complaints.month.later", say("complaints.panel.month.later"))
        self.issue = push_button(
            "complaints.month.issue", say("complaints.panel.month.issue"), role="primary"
        )
        self.charts = {
            code: BarChart(f"complaints.month.{code}", say(f"complaints.panel.month.{code}"))
            for code in (*LISTS, "rates")
        }
        self.trend = TrendChart("complaints.month.trend", say("complaints.panel.month.trend"))
        self._texts = Section("complaints.month.texts", say("complaints.panel.month.repeats"))
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
        places = {"kinds": (0, 0), "rates": (0, 1), "parties": (1, 0), "causes": (2, 0), "buildings": (2, 1)}
        for code, (row, column) in places.items():
            grid.addWidget(self._framed(code, self.charts[code]), row, column)
        grid.addWidget(self._framed("trend", self.trend), 1, 1)
        grid.addWidget(self._texts, 3, 0, 1, 2)
        grid.setRowStretch(4, 1)
        self._form_room = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addLayout(self._form_room)
        whole.addWidget(scrolled(inside, "complaints.month.area"), 1)

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
        self.trend.show_points(
            [(f"{p.month:%m}", p.counted.received, p.counted.serious) for p in found.trend]
        )
        self._say_repeats(found)
        may = self._controller.may(Action.COMPLAINTS_APPROVE)
        self.issue.setToolTip("" if may else say("complaints.panel.only_supervisor_issues"))
        with_property(self.issue, "blocked", "false" if may else "true")

    def _say_repeats(self, found: MonthFigures) -> None:
        clear(self._texts.body)
        lines = [_repeat(one) for one in found.repeats]
        lines += [_method(one) for one in found.methods]
        for line in lines or [say("complaints.panel.month.no_repeats")]:
            self._texts.body.addWidget(text_label(line, wrap=True))

    # -- issue

    def _ask_words(self) -> None:
        """The supervisor's own words, before the month is put on paper."""
        if not self._controller.may(Action.COMPLAINTS_APPROVE):
            self._controller.said.emit(say("complaints.panel.only_supervisor_issues"), "info")
            return
        if self.form is not None or self.found is None:
            return
        month = self.month
        asks = (Asked("summary", Sort.TEXT, required=False), Asked("measures", Sort.TEXT, required=False))
        deed = Deed("issue_month", _issue(month), asks, caption_key="complaints.panel.month.issue")
        self.form = DeedForm(deed, self._controller.rules.phrases, self._controller.now)
        self.form.given.connect(lambda given: self._send(deed, given))
        self.form.left.connect(self._close_form)
        self.form.typed.connect(self.typed)
        self._form_room.addWidget(self.form)
        self.form.show()
        self.form.focus_first()

    def _send(self, deed: Deed, given: dict[str, Any]) -> None:
        form, desk = self.form, self._controller.desk
        if form is None:
            return
        self._controller.command(
            (deed.code, self.month, hash(repr(sorted(given.items())))),
            lambda command: deed.call(desk, command, None, given),
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
        self.typed.emit()


def _issue(month: date) -> Callable[..., Any]:
    def call(desk: Any, command: str, _subject: Any, given: Any) -> Any:
        measures = tuple(filter(None, (line.strip() for line in given["measures"].splitlines())))
        return issue_month(desk, command, month, summary=given["summary"].strip(), measures=measures)

    return call


def _bar(count: Count) -> Bar:
    text = say("complaints.panel.month.count", count=count.count, before=count.before)
    return Bar(word(count.label), count.count, count.before, text)


def _percent(share: Share) -> str:
    return "—" if share.percent is None else f"{share.percent} %"


def _rate(rate: Rate) -> Bar:
    now, before = rate.share.percent, rate.before.percent
    text = _percent(rate.share)
    return Bar(say(f"complaints.paper.rate.{rate.code}"), int(now or 0), int(before or 0), text)


def _repeat(one: Repeat) -> str:
    return say(
        "complaints.panel.month.repeat",
        matter=one.matter,
        place=one.place,
        n=one.count,
        households=one.households,
        state=word(one.state),
    )


def _method(one: Method) -> str:
    ways = listed(f"{word(label)} {count}" for label, count in one.ways)
    judged = say(f"complaints.panel.month.judged.{one.judged.value}") if one.judged is not None else ""
    return say(
        "complaints.panel.month.method",
        topic=word(one.label), n=one.cases, ways=ways, good=_percent(one.good), judged=judged,
    )  # fmt: skip
