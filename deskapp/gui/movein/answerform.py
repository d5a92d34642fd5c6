"""The inline form that stands in place of the outcome buttons while something is asked (M6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.outcomes import Need
from deskapp.gui.movein.approval import ApprovalField, KeysReasonField
from deskapp.gui.movein.asks import Ask, Given, Supervisor
from deskapp.gui.movein.fields import (
    AgentField,
    DayField,
    Field,
    MissingPapersField,
    ReasonField,
    ReservationsField,
    StationField,
    TicksField,
)
from deskapp.gui.movein.wording import barrier_line
from deskapp.gui.widgets.messages import announce
from deskapp.gui.widgets.naming import text_label
from deskapp.gui.widgets.outcomes import Outcome, OutcomeBar

if TYPE_CHECKING:
    from deskapp.services.movein import views
    from deskapp.services.movein.views import PassView
else:
    (views,) = later("deskapp.services.movein", "views")

BY_SUPERVISOR = (Need.SUPERVISOR, Need.GATE, Need.ROOM_TODAY)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form needs to know of the household and the desk.

    Attributes:
        papers: code, title and whether it still lacks, of what the person must show.
    """

    view: PassView
    today: date
    supervisors: tuple[Supervisor, ...] = ()
    papers: tuple[tuple[str, str, bool], ...] = ()


def fields_for(ask: Ask, scene: Scene) -> list[Field]:
    """The fields of what is asked, in its order; a supervisor's word last and once."""
    made: list[Field] = []
    if ask.stations:
        made.append(StationField(ask.stations))
    makers: dict[Need, Callable[[], Field]] = {
        Need.REASON: lambda: ReasonField(optional=ask.optional),
        Need.NEW_DAY: lambda: DayField(scene.today, say(ask.day_key)),
        Need.IDENTITY_PROVEN: lambda: TicksField("identity", ("identity_proven",)),
        Need.MISSING_PAPERS: lambda: MissingPapersField(scene.papers),
        Need.AGENT: lambda: AgentField(scene.view.attendee, scene.today),
        Need.LETTER: lambda: TicksField("letter", ("letter", "letter_copy")),
        Need.COMPANY_PAPERS: lambda: TicksField("company", ("company_papers",)),
        Need.RESERVATIONS: ReservationsField,
        Need.NOT_FOR_FEE: lambda: KeysReasonField(scene.supervisors),
    }
    made.extend(makers[need]() for need in ask.needs if need in makers)
    asked = [need for need in ask.needs if need in BY_SUPERVISOR]
    if asked:
        made.append(ApprovalField(_why(asked, scene), scene.supervisors))
    return made


def _why(asked: list[Need], scene: Scene) -> list[str]:
    lines: list[str] = []
    for need in asked:
        if need is Need.GATE:
            lines.extend(barrier_line(each) for each in scene.view.barriers)
        elif need is Need.ROOM_TODAY:
            lines.append(say("movein.need.room_today"))
    return lines or [say("movein.panel.approval.why")]


class AnswerForm(QWidget):
    """Asks, and gives what was filled in.

    Signals:
        given: the `Ask` and the `Given`.
        left: the clerk went back; what was typed stays.
        typed: something changed.
    """

    given = Signal(object, object)
    left = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("movein.form")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        row.addLayout(self._column, 1)
        self._title = text_label()
        self._title.setProperty("role", "title")
        self._column.addWidget(self._title)
        self._fault = text_label(wrap=True)
        self._fault.setProperty("role", "danger")
        self._fault.setObjectName("movein.form.fault")
        self._fault.hide()
        self._column.addWidget(self._fault)
        self._body = QWidget()
        self._column.addWidget(self._body)
        self.bar = OutcomeBar("movein.form", panel=self)
        self.bar.setFixedWidth(240)
        row.addWidget(self.bar)
        self._ask: Ask | None = None
        self._fields: list[Field] = []
        self.bar.chosen.connect(self._chosen)

    @property
    def ask(self) -> Ask | None:
        """What is asked now."""
        return self._ask

    def show_ask(self, ask: Ask, scene: Scene) -> None:
        """Shows the form for something; the first field gets the focus."""
        self._ask = ask
        self._fault.hide()
        self._title.setText(ask.title)
        self.bar.set_outcomes(
            [
                Outcome("confirm", say("movein.panel.form_confirm"), "Return", role="primary"),
                Outcome("back", say("movein.panel.form_back"), "Esc"),
            ]
        )
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        self._fields = fields_for(ask, scene)
        for field in self._fields:
            rows.addWidget(field)
            field.typed.connect(self._typed)
        self._column.replaceWidget(self._body, fresh)
        fresh.show()  # at once: the focus goes into it
        self._body.hide()
        self._body.deleteLater()
        self._body = fresh
        stops = [
            each
            for each in fresh.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is self.window()
        ]
        for before, after in pairwise([*stops, self.bar.button("confirm"), self.bar.button("back")]):
            QWidget.setTabOrder(before, after)
        if self._fields:
            self._fields[0].setFocus()

    def _typed(self) -> None:
        self._fault.hide()
        self.typed.emit()

    def _chosen(self, key: str) -> None:
        if key == "confirm":
            self.submit()
        else:
            self.left.emit()

    def submit(self) -> None:
        """Gives what was filled in; whether it is enough is for the rules to say."""
        if self._ask is None:
            return
        wrong = next((field for field in self._fields if field.problem()), None)
        if wrong is not None:
            self.show_fault(wrong.problem(), wrong)
            return
        self._fault.hide()
        answers: dict[str, Any] = {}
        station = None
        for field in self._fields:
            answers.update(field.answers())
            if isinstance(field, StationField):
                station = field.station()
        self.given.emit(self._ask, Given(views.Answer(**answers), station))

    def show_fault(self, sentence: str, field: Field | None = None) -> None:
        """Says what is wrong with what was given, until something else is typed.

        Args:
            field: where it is wrong, None where only the rules know; the focus goes there, or to the first
                that is not filled in.
        """
        self._fault.setText(sentence)
        self._fault.show()
        announce(self._fault, "warning", sentence)
        target = field or next((each for each in self._fields if _unfilled(each.values())), None)
        if target is not None:
            target.setFocus()
        elif (word := next(iter(self._body.findChildren(ApprovalField)), None)) is not None:
            word.secret.setFocus()  # all is filled in but the secret, which is typed anew each time

    def forget_secrets(self) -> None:
        """Takes every secret off the screen."""
        for field in self.findChildren(ApprovalField):
            field.forget_secret()

    def values(self) -> dict[str, Any]:
        """What was typed, for the draft."""
        return {field.code: field.values() for field in self._fields}

    def restore(self, values: dict[str, Any]) -> None:
        """Shows what was typed before."""
        for field in self._fields:
            if field.code in values:
                field.restore(values[field.code])


def _unfilled(values: Any) -> bool:
    if isinstance(values, dict):
        return any(_unfilled(each) for each in values.values())
    return not (values.strip() if isinstance(values, str) else values)
