"""Station ⑥: keys counted kind by kind, some kept for repair under a custody record (M6 ⑥, M7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.clock import day_of
from deskapp.base.i18n import say
from deskapp.domain.keys import Custody
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.movein.controller import MoveinController
from deskapp.gui.movein.pages.keymoves import KeyMovesForm
from deskapp.gui.movein.pages.page import StationPage
from deskapp.gui.movein.pages.signing import SigningStrip
from deskapp.gui.movein.pieces import EnterForm, day_edit, day_in, labelled, put_day
from deskapp.gui.movein.wording import barrier_line, day_text
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.phrasing import told_of
from deskapp.services.movein import keys
from deskapp.services.movein.record_views import KeysView, KeyView

HEADINGS = ("kind", "total", "handed", "kept", "where")


class _Row:
    """The widgets of one kind of key."""

    def __init__(self, line: KeyView, grid: QGridLayout, at: int) -> None:
        self.line = line
        title, total = text_label(line.title), text_label(str(line.total))
        grid.addWidget(title, at, 0)
        grid.addWidget(total, at, 1)
        self.handed, self.kept = QSpinBox(), QSpinBox()
        for column, (spin, code) in enumerate(((self.handed, "handed"), (self.kept, "kept")), 2):
            spin.setRange(0, line.total)
            spin.setMinimumSize(96, 34)
            name = say(f"movein.panel.keys.{code}")
            named(spin, f"movein.keys.{line.kind}.{code}", told_of(line.title, name))
            grid.addWidget(spin, at, column)
        self.where: QLabel = text_label(wrap=True)
        grid.addWidget(self.where, at, 4)
        self.widgets: tuple[QWidget, ...] = (title, total, self.handed, self.kept, self.where)
        self.show(line)

    def show(self, line: KeyView) -> None:
        """Shows the count on record, unless something else is typed already."""
        if not self.changed:
            self.handed.setValue(line.handed)
            self.kept.setValue(line.kept)
        self.line = line
        parts = [line.keeper, line.why, day_text(line.until) if line.until else ""]
        self.where.setText(" · ".join(part for part in parts if part))

    @property
    def changed(self) -> bool:
        """Whether what is typed is not what is on record."""
        return (self.handed.value(), self.kept.value()) != (self.line.handed, self.line.kept)


class KeysPage(StationPage):
    """What keeps the keys back, the counts, the custody record; after the hand-over the moves of keys."""

    station = Station.KEYS
    after_handover = True

    def __init__(self, controller: MoveinController) -> None:
        super().__init__(controller)
        self._gate = text_label(wrap=True)
        self._gate.setProperty("role", "warning")
        self.column.addWidget(self._gate)
        self._counting = EnterForm()
        self._counting.entered.connect(self._save)
        column = QVBoxLayout(self._counting)
        column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._counting)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        for at, heading in enumerate(HEADINGS):
            label = text_label(say(f"movein.panel.keys.{heading}"))
            label.setProperty("role", "muted")
            self._grid.addWidget(label, 0, at)
        self._grid.setColumnStretch(4, 1)
        column.addWidget(holder)
        column.addLayout(self._custody())
        column.addLayout(self._buttons())
        self.moves = KeyMovesForm(self)
        self.column.addWidget(self.moves)
        self.column.addStretch(1)
        self.signing = SigningStrip(self, "keys")
        self.column.addWidget(self.signing)
        self._rows: dict[str, _Row] = {}

    def _custody(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.keeper, self.why = QLineEdit(), QLineEdit()
        today = day_of(self.controller.desk.now())
        self.until = day_edit(today + timedelta(days=14), today)
        for widget, code in ((self.keeper, "keeper"), (self.why, "why"), (self.until, "until")):
            text = say(f"movein.panel.keys.{code}")
            named(widget, f"movein.keys.{code}", text)
            row.addWidget(labelled(text, widget), 1)
        for edit in (self.keeper, self.why):
            edit.setMaxLength(120)
            edit.textChanged.connect(self.typed)
        self.until.dateChanged.connect(self.typed)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.all_keys = QPushButton(say("movein.panel.keys.all"))
        self.save = QPushButton(say("movein.panel.keys.save"))
        for button, code in ((self.all_keys, "all"), (self.save, "save")):
            named(button, f"movein.keys.{code}", button.text())
            button.setMinimumHeight(40)
            row.addWidget(button)
        row.addStretch(1)
        self.all_keys.clicked.connect(self._hand_all)
        self.save.clicked.connect(self._save)
        return row

    def first(self) -> QWidget | None:
        return self.all_keys

    def empty(self) -> None:
        for row in self._rows.values():
            for widget in row.widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        self.keeper.clear()
        self.why.clear()

    def refresh(self) -> None:
        view = self.view
        if view is None:
            return
        left = view.state is PassState.DONE
        self._gate.setText("\n".join(barrier_line(each) for each in view.barriers))
        self._gate.setVisible(bool(view.barriers) and not left)
        self._counting.setVisible(not left)
        self.signing.setVisible(not left)
        self.moves.setVisible(left)
        self.signing.show_view(view)

    def reload(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is not None:
            self.controller.read("keys", lambda: keys.keys_view(desk, view.house_id), self.fill)

    def fill(self, found: KeysView) -> None:
        """Shows the counts on record."""
        if self.view is None or found.house_id != self.view.house_id:
            return
        for at, line in enumerate(found.lines, 1):
            if line.kind not in self._rows:
                row = self._rows[line.kind] = _Row(line, self._grid, at)
                row.handed.valueChanged.connect(self.typed)
                row.kept.valueChanged.connect(self.typed)
            self._rows[line.kind].show(line)
        self.all_keys.setEnabled(any(line.store for line in found.lines))
        self.moves.show_keys(found)
        self.loaded()

    def _hand_all(self) -> None:
        view, desk = self.view, self.controller.desk
        if view is None:
            return

        def handed(found: KeysView) -> None:
            for row in self._rows.values():
                row.handed.setValue(row.line.handed)
                row.kept.setValue(row.line.kept)
            self.fill(found)

        self.controller.record(
            ("all_keys", view.pass_id), lambda c: keys.hand_all_keys(desk, c, view.pass_id), handed
        )

    def _save(self) -> None:
        for row in self._rows.values():
            if row.changed:
                self._save_row(row)

    def _save_row(self, row: _Row) -> None:
        view, desk = self.view, self.controller.desk
        if view is None:
            return
        line, handed, kept = row.line, row.handed.value(), row.kept.value()
        custody = Custody(self.keeper.text(), self.why.text(), day_in(self.until)) if kept else None
        self.controller.record(
            ("keys", view.pass_id, line.kind, line.version, handed, kept, custody),
            lambda c: keys.set_keys(desk, c, view.pass_id, line.kind, line.version, handed, kept, custody),
            self.fill,
        )

    def values(self) -> dict[str, Any]:
        typed = {
            kind: [row.handed.value(), row.kept.value()] for kind, row in self._rows.items() if row.changed
        }
        texts = [self.keeper.text(), self.why.text()]
        if not typed and not any(texts):
            return {}
        return {"counts": typed, "custody": [*texts, day_in(self.until).isoformat()]}

    def restore(self, values: dict[str, Any]) -> None:
        for kind, (handed, kept) in values.get("counts", {}).items():
            if kind in self._rows:
                self._rows[kind].handed.setValue(int(handed))
                self._rows[kind].kept.setValue(int(kept))
        keeper, why, until = values.get("custody", ("", "", ""))
        self.keeper.setText(str(keeper))
        self.why.setText(str(why))
        put_day(self.until, until)
