"""What a roster holds and what writing it would do, before anything is written (A6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.i18n import say
from deskapp.domain.roster_columns import LEFT_OUT, RosterField
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.phrasing import clauses
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.residents.roster import IssueShown, PreviewRow, RosterPreview
from deskapp.services.residents.roster_plan import RowKind


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row, and whether the row is left out for it."""

    issue: IssueShown
    rejected: bool


def problem_columns() -> tuple[Column[Problem], ...]:
    """Row as the spreadsheet counts, what becomes of it, column, value, sentence."""
    return (
        Column(say("residents.column.row"), lambda p: str(p.issue.row), 60, number=True),
        Column(
            say("residents.column.taken"),
            lambda p: say("residents.import.rejected" if p.rejected else "residents.import.warned"),
            110,
            colour=lambda p: "danger" if p.rejected else "warning",
        ),
        Column(say("residents.column.column"), lambda p: p.issue.column, 110),
        Column(say("residents.column.value"), lambda p: p.issue.value, 170),
        Column(say("residents.column.problem"), lambda p: p.issue.message),
    )


def change_columns() -> tuple[Column[PreviewRow], ...]:
    """Row, what it does, house, owners, and of a house that is there what would be written over what."""
    return (
        Column(say("residents.column.row"), lambda row: str(row.row), 70, number=True),
        Column(say("residents.column.does"), lambda row: say(f"roster.kind.{row.kind.value}"), 90),
        Column(say("residents.column.house"), lambda row: row.label, 150),
        Column(say("residents.column.owners"), lambda row: row.names, 200),
        Column(say("residents.column.changes"), changes_text),
    )


def changes_text(row: PreviewRow) -> str:
    """``建筑面积 118.26 → 118.3``, one after the other."""
    return clauses(
        say(
            "residents.import.change",
            field=say(f"residents.field.{change.field}"),
            old=change.old or "—",
            new=change.new or "—",
        )
        for change in row.changes
    )


class ColumnsForm(QScrollArea):
    """Every heading of the file with what it is taken for; the clerk may say otherwise.

    Signals:
        said: (heading, field), "" for a column that is not used.
    """

    said = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "residents.import.columns", say("residents.import.columns"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.boxes: dict[str, QComboBox] = {}

    def show_columns(self, headings: Sequence[str], columns: Mapping[str, str]) -> None:
        """Shows the columns; where the headings are the same, only what they are taken for."""
        wanted = [heading for heading in dict.fromkeys(headings) if heading]
        if list(self.boxes) != wanted:
            self._build(wanted)
        for heading, box in self.boxes.items():
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(columns.get(heading, LEFT_OUT))))
            box.blockSignals(False)

    def _build(self, headings: Sequence[str]) -> None:
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, tokens().unit, 0)
        form.setVerticalSpacing(tokens().unit // 2)
        self.boxes = {}
        for at, heading in enumerate(headings):
            box = named(QComboBox(), f"residents.import.column{at}", heading)
            box.addItem(say("residents.field.none"), LEFT_OUT)
            for field in RosterField:
                box.addItem(say(f"residents.field.{field.value}"), field.value)
            box.currentIndexChanged.connect(
                lambda _at, heading=heading, box=box: self.said.emit(heading, box.currentData())
            )
            label = text_label(heading, wrap=True)
            label.setBuddy(box)
            form.addRow(label, box)
            self.boxes[heading] = box
        self.setWidget(inside)


class PreviewTables(QTabWidget):
    """Everything wrong by row, and everything that would be written."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "residents.import.preview", say("residents.import.preview"))
        self.problems: RowsModel[Problem] = RowsModel(problem_columns())
        self.changes: RowsModel[PreviewRow] = RowsModel(change_columns())
        self._said: list[QLabel] = []
        self._titles = (say("residents.import.problems"), say("residents.import.changes"))
        self._add("problems", self._titles[0], self.problems, say("residents.import.no_problems"))
        self._add("changes", self._titles[1], self.changes, say("residents.import.no_changes"))

    def _add(self, key: str, title: str, model: RowsModel[Any], empty: str) -> None:
        name = f"residents.import.{key}"
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, tokens().unit, 0, 0)
        said = named(text_label(empty, wrap=True, role="muted"), f"{name}.empty")
        column.addWidget(said)
        column.addWidget(RowTable(f"{name}.rows", title, model), 1)
        self._said.append(said)
        self.addTab(page, title)

    def show_preview(self, seen: RosterPreview | None) -> None:
        """Shows a preview; None for a file that is no roster yet."""
        rejected = [Problem(issue, True) for issue in seen.rejected] if seen else []
        warned = [Problem(issue, False) for issue in seen.warnings] if seen else []
        self.problems.show_rows(sorted((*rejected, *warned), key=lambda each: each.issue.row))
        touched = [row for row in seen.rows if row.kind is not RowKind.UNCHANGED] if seen else []
        self.changes.show_rows(touched)
        for at, count in enumerate((self.problems.rowCount(), self.changes.rowCount())):
            title = self._titles[at]
            self._said[at].setVisible(count == 0 and seen is not None)
            self.setTabText(at, say("residents.tab.counted", title=title, count=count) if count else title)
        self.setCurrentIndex(0 if self.problems.rowCount() else 1)


def counts_line(seen: RosterPreview) -> str:
    """How many rows are new, change something, change nothing, are left out or taken with a gap."""
    return say(
        "residents.import.counts",
        read=seen.rows_read,
        new=seen.count(RowKind.NEW),
        updated=seen.count(RowKind.UPDATED),
        unchanged=seen.count(RowKind.UNCHANGED),
        rejected=seen.rejected_rows,
        warnings=len(seen.warnings),
    )
