"""A leaf of the file that only shows: one or two tables of records, each with its sentence when empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from deskapp.gui.controller import Controller
from deskapp.gui.models.rows import Column, RowsModel
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.picturerow import PictureRow
from deskapp.gui.widgets.tables import RowTable
from deskapp.services.residents.views import HouseholdView

BELOW_TABLE = 320
"""Pixels of the longer side of a photo that is looked at: some rows of the table stay above it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a leaf.

    Attributes:
        key: end of its objectName.
        title: its heading, said above it where a leaf has several.
        rows: takes what it shows out of the file.
        empty: what is said while there is nothing, with the next step.
        photos: hashes of the photos of a row, shown below the table for the row that is marked.
    """

    key: str
    title: str
    columns: Sequence[Column[Any]]
    rows: Callable[[HouseholdView], Sequence[Any]]
    empty: str
    photos: Callable[[Any], tuple[str, ...]] | None = None


class RecordTab(QWidget):
    """A leaf of one or two sections.

    Signals:
        opened: a row was entered (key of its section, the row).
    """

    opened = Signal(str, object)

    def __init__(self, object_name: str, sections: Sequence[Section], controller: Controller) -> None:
        super().__init__()
        named(self, object_name)
        self._sections, self._controller = tuple(sections), controller
        self.models: list[RowsModel[Any]] = []
        self.tables: list[RowTable] = []
        self._empty: list[QLabel] = []
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.setSpacing(unit // 2)
        for section in self._sections:
            self._add(column, section)

    def _add(self, column: QVBoxLayout, section: Section) -> None:
        name = f"{self.objectName()}.{section.key}"
        model: RowsModel[Any] = RowsModel(section.columns)
        table = RowTable(name, section.title, model)
        table.opened.connect(lambda row, key=section.key: self.opened.emit(key, row))
        empty = named(text_label(section.empty, wrap=True, role="muted"), f"{name}.empty")
        if len(self._sections) > 1:
            column.addWidget(text_label(section.title, role="section"))
        column.addWidget(table, 1)
        if section.photos is not None:
            column.addWidget(self._photos_of(section, table))
        column.addWidget(empty)
        self.models.append(model)
        self.tables.append(table)
        self._empty.append(empty)
        if section is self._sections[-1]:
            self._foot = QWidget()
            column.addWidget(self._foot)

    def _photos_of(self, section: Section, table: RowTable) -> PictureRow:
        photos = PictureRow(f"{self.objectName()}.{section.key}.photos", self._controller, large=BELOW_TABLE)
        of_row = section.photos
        assert of_row is not None
        table.marked.connect(lambda row: photos.show_photos(of_row(row) if row is not None else ()))
        return photos

    def show_view(self, view: HouseholdView) -> None:
        """Shows what the file holds; where the rows are the same, the place in the list stays."""
        for section, model, table, empty in zip(
            self._sections, self.models, self.tables, self._empty, strict=True
        ):
            rows = tuple(section.rows(view))
            if rows != model.rows():
                model.show_rows(rows)
                if section.photos is not None and rows:
                    table.mark(rows[0])
            table.setVisible(bool(rows))
            empty.setVisible(not rows)
        self._foot.setVisible(not any(model.rowCount() for model in self.models))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretch(layout.indexOf(self._foot), 0 if self._foot.isHidden() else 1)

    @property
    def count(self) -> int:
        """Rows of the first section: what the leaf's title counts."""
        return self.models[0].rowCount()
