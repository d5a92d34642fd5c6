"""The fields of an inline form: one for each thing that an outcome or act asks (M6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.pieces import day_edit, day_in, labelled, put_day
from deskapp.gui.movein.wording import station_name
from deskapp.gui.widgets.dates import DateEdit
from deskapp.gui.widgets.naming import caption, named

if TYPE_CHECKING:
    from deskapp.services.movein import views
else:
    (views,) = later("deskapp.services.movein", "views")


class Field(QWidget):
    """One thing asked.

    Signals:
        typed: its content changed; half-filled forms are kept (design rule 4).
    """

    typed = Signal()
    code = ""

    def problem(self) -> str:
        """Why what was typed cannot be read, a sentence; whether it is enough is for the rules to say."""
        return ""

    def answers(self) -> dict[str, Any]:
        """Its part of the answer."""
        raise NotImplementedError

    def values(self) -> Any:
        """What was typed, to be kept as a draft; never a secret."""
        raise NotImplementedError

    def restore(self, values: Any) -> None:
        """Shows what was typed before."""
        raise NotImplementedError


class ReasonField(Field):
    """A reason in the clerk's words."""

    code = "reason"

    def __init__(self, *, optional: bool = False) -> None:
        super().__init__()
        self.edit = QLineEdit()
        named(self.edit, "movein.form.reason", say("movein.panel.reason"))
        self.edit.setMaxLength(200)
        if optional:
            self.edit.setPlaceholderText(say("movein.panel.reason_optional"))
        _in_row(self, labelled(say("movein.panel.reason"), self.edit))
        self.edit.textChanged.connect(self.typed)

    def answers(self) -> dict[str, Any]:
        return {"reason": self.edit.text().strip()}

    def values(self) -> Any:
        return self.edit.text()

    def restore(self, values: Any) -> None:
        self.edit.setText(str(values))


class DayField(Field):
    """The day on which the household comes again."""

    code = "new_day"

    def __init__(self, today: date, title: str) -> None:
        super().__init__()
        self.edit = DateEdit("movein.form.new_day", title, today=lambda: today, earliest=today)
        self.edit.set_value(today + timedelta(days=1))
        _in_row(self, labelled(title, self.edit), stretch=True)
        self.edit.changed.connect(self.typed)

    def problem(self) -> str:
        return self.edit.problem()

    def answers(self) -> dict[str, Any]:
        return {"new_day": self.edit.value()}

    def values(self) -> Any:
        return self.edit.draft()

    def restore(self, values: Any) -> None:
        self.edit.restore(values)


class TicksField(Field):
    """Things to be confirmed one by one; each tick is a field of the answer."""

    def __init__(self, code: str, ticks: Sequence[str]) -> None:
        super().__init__()
        self.code = code
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QCheckBox] = {}
        for tick in ticks:
            text = say(f"movein.panel.tick.{tick}")
            box = QCheckBox(caption(text))
            named(box, f"movein.form.{tick}", text)
            box.toggled.connect(self.typed)
            self.boxes[tick] = box
            row.addWidget(box)
        row.addStretch(1)
        for first in list(self.boxes.values())[:1]:
            self.setFocusProxy(first)

    def answers(self) -> dict[str, Any]:
        return {tick: box.isChecked() for tick, box in self.boxes.items()}

    def values(self) -> Any:
        return [tick for tick, box in self.boxes.items() if box.isChecked()]

    def restore(self, values: Any) -> None:
        for tick, box in self.boxes.items():
            box.setChecked(tick in values)


class MissingPapersField(Field):
    """Which papers the person must bring; those not shown are ticked at first."""

    code = "missing_papers"

    def __init__(self, papers: Sequence[tuple[str, str, bool]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QCheckBox] = {}
        for at, (code, title, missing) in enumerate(papers):
            box = QCheckBox(caption(title))
            named(box, f"movein.form.missing.{code}", title)
            box.setChecked(missing)
            box.toggled.connect(self.typed)
            self.boxes[code] = box
            grid.addWidget(box, at // 3, at % 3)
        for first in list(self.boxes.values())[:1]:
            self.setFocusProxy(first)

    def answers(self) -> dict[str, Any]:
        return {"missing_papers": tuple(code for code, box in self.boxes.items() if box.isChecked())}

    def values(self) -> Any:
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def restore(self, values: Any) -> None:
        for code, box in self.boxes.items():
            box.setChecked(code in values)


class AgentField(Field):
    """Who acts for the owner and how far: what an authority must state (P2; 民法典 165)."""

    code = "agent"
    TEXTS = ("name", "id_number", "phone", "matter", "scope")

    def __init__(self, attendee: str, today: date) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.edits: dict[str, QLineEdit] = {}
        for at, each in enumerate(self.TEXTS):
            edit, text = QLineEdit(), say(f"movein.panel.agent.{each}")
            named(edit, f"movein.form.agent.{each}", text)
            edit.setMaxLength(120)
            edit.textChanged.connect(self.typed)
            self.edits[each] = edit
            grid.addWidget(labelled(text, edit), at // 3, at % 3)
        self.edits["name"].setText(attendee)
        self.edits["matter"].setText(say("movein.panel.agent.usual_matter"))
        self.until = day_edit(today + timedelta(days=30), today)
        named(self.until, "movein.form.agent.until", say("movein.panel.agent.until"))
        self.until.dateChanged.connect(self.typed)
        grid.addWidget(labelled(say("movein.panel.agent.until"), self.until), 1, 2)
        self.setFocusProxy(self.edits["name"])

    def answers(self) -> dict[str, Any]:
        texts = {each: edit.text().strip() for each, edit in self.edits.items()}
        return {"agent": views.Agent(**texts, until=day_in(self.until))}

    def values(self) -> Any:
        texts = {each: edit.text() for each, edit in self.edits.items()}
        return {**texts, "until": day_in(self.until).isoformat()}

    def restore(self, values: Any) -> None:
        for each, edit in self.edits.items():
            edit.setText(str(values.get(each, "")))
        put_day(self.until, values.get("until"))


class ReservationsField(Field):
    """What the owner holds against the convention, one point a line."""

    code = "reservations"

    def __init__(self) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        named(self.edit, "movein.form.reservations", say("movein.panel.reservations"))
        self.edit.setPlaceholderText(say("movein.panel.reservations_hint"))
        self.edit.setTabChangesFocus(True)
        self.edit.setMaximumHeight(96)
        _in_row(self, self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.typed)

    def answers(self) -> dict[str, Any]:
        lines = (text.strip() for text in self.edit.toPlainText().splitlines())
        return {"reservations": tuple(text for text in lines if text)}

    def values(self) -> Any:
        return self.edit.toPlainText()

    def restore(self, values: Any) -> None:
        self.edit.setPlainText(str(values))


class StationField(Field):
    """Which station."""

    code = "station"

    def __init__(self, stations: Sequence[Station]) -> None:
        super().__init__()
        self.choice = QComboBox()
        named(self.choice, "movein.form.station", say("movein.panel.which_station"))
        for station in stations:
            self.choice.addItem(station_name(station), station.value)
        _in_row(self, labelled(say("movein.panel.which_station"), self.choice), stretch=True)
        self.choice.setMinimumContentsLength(18)
        self.choice.currentIndexChanged.connect(self.typed)

    def station(self) -> Station:
        """The one chosen."""
        return Station(self.choice.currentData())

    def answers(self) -> dict[str, Any]:
        return {}

    def values(self) -> Any:
        return self.choice.currentData()

    def restore(self, values: Any) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(values)))


def _in_row(field: Field, widget: QWidget, *, stretch: bool = False) -> None:
    row = QHBoxLayout(field)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    field.setFocusProxy(widget)
