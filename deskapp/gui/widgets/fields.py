"""Fields with their label above and their fault below, and a form of such fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.drafts import change_of, draft_of, is_blank, problem_of, restore_into, value_of
from deskapp.gui.widgets.naming import named, text_label, with_property

PAUSE = 600
"""Milliseconds without typing after which a draft is worth keeping."""


class LabelledField(QWidget):
    """Label, input, and below them what is wrong or a hint.

    Args:
        object_name: given to the input itself; label and fault are ``….label`` and ``….fault``.
        required: marked with an asterisk; `check` asks for it.
    """

    def __init__(
        self,
        object_name: str,
        label: str,
        widget: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.input = widget
        self.required = required
        self._hint, self._text = hint, label
        named(widget, object_name, label)
        self.label = named(text_label(f"{label} *" if required else label), f"{object_name}.label")
        self.label.setBuddy(widget)
        self.below = named(text_label("", wrap=True, role="muted"), f"{object_name}.fault")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        column.addWidget(widget)
        column.addWidget(self.below)
        column.addStretch(1)
        self.setFocusProxy(widget)
        self.set_fault("")
        change_of(widget).connect(lambda *_: self.set_fault(""))

    def set_label(self, label: str) -> None:
        """Names the field anew, as when another choice changes what it asks."""
        self._text = label
        self.label.setText(f"{label} *" if self.required else label)
        self.input.setAccessibleName(label)

    def set_required(self, required: bool) -> None:
        """Whether it must be filled in."""
        self.required = required
        self.set_label(self._text)

    def fault(self) -> str:
        """What is said to be wrong; "" for nothing."""
        return self.below.text() if self.below.property("role") == "danger" else ""

    def set_fault(self, sentence: str) -> None:
        """Says what is wrong below the input, in place of the hint; "" takes it away."""
        text = sentence or self._hint
        self.below.setText(text)
        self.below.setVisible(bool(text))
        with_property(self.below, "role", "danger" if sentence else "muted")
        with_property(self.input.focusProxy() or self.input, "fault", bool(sentence))
        required = say("widgets.field.required") if self.required else ""
        self.input.setAccessibleDescription(sentence or " ".join(filter(None, (required, self._hint))))

    def check(self) -> bool:
        """Whether the input can be taken; says below it why not."""
        problem = problem_of(self.input)
        if not problem and self.required and not self.input.isHidden() and is_blank(self.input):
            problem = say("widgets.field.missing", field=self._text)
        self.set_fault(problem)
        return not problem


class FieldForm(QWidget):
    """Labelled fields in columns of equal width.

    The objectName of an input is that of the form, a dot, and its key.

    Signals:
        changed: some content changed.
        paused: nothing has been typed for `PAUSE` after a change: the time to keep a draft.
    """

    changed = Signal()
    paused = Signal()

    def __init__(self, object_name: str, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name)
        unit = theme.tokens().unit
        self._columns, self._next = columns, 0
        self._fields: dict[str, LabelledField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * unit)
        self._grid.setVerticalSpacing(unit)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.paused)

    def add(
        self,
        key: str,
        label: str,
        widget: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        span: int = 1,
    ) -> LabelledField:
        """Adds a field after the last; ``span`` columns wide, in a new row where there is no room.

        Raises:
            TypeError: the widget is no input.
            ValueError: the key is taken.
        """
        if key in self._fields:
            raise ValueError(f"{self.objectName()} has a field {key} already")
        field = LabelledField(f"{self.objectName()}.{key}", label, widget, required=required, hint=hint)
        row, column = self._place(span)
        self._grid.addWidget(field, row, column, 1, min(span, self._columns), Qt.AlignmentFlag.AlignTop)
        self._fields[key] = field
        change_of(widget).connect(lambda *_: self._touched())
        return field

    def add_beside(self, widget: QWidget, *, span: int = 1) -> None:
        """Adds what is no input, such as a button or an explanation."""
        row, column = self._place(span)
        self._grid.addWidget(widget, row, column, 1, min(span, self._columns), Qt.AlignmentFlag.AlignTop)

    def _place(self, span: int) -> tuple[int, int]:
        span = min(span, self._columns)
        row, column = divmod(self._next, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        self._next = row * self._columns + column + span
        return row, column

    def field(self, key: str) -> LabelledField:
        """A field.

        Raises:
            KeyError: there is none of this key.
        """
        return self._fields[key]

    def value(self, key: str) -> Any:
        """The value of a field as the services take it."""
        return value_of(self._fields[key].input)

    def answers(self) -> dict[str, Any]:
        """The values of all fields that are shown."""
        return {key: self.value(key) for key, field in self._fields.items() if not field.isHidden()}

    def values(self) -> dict[str, Any]:
        """What a draft keeps, as JSON has it; fields that keep nothing are left out."""
        kept = {key: draft_of(field.input) for key, field in self._fields.items()}
        return {key: value for key, value in kept.items() if value is not None}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Shows what a draft kept; unknown keys and what no longer fits are passed over."""
        for key, kept in values.items():
            if key in self._fields:
                restore_into(self._fields[key].input, kept)

    def set_fault(self, key: str, sentence: str) -> None:
        """Says below a field what is wrong with it, and goes there."""
        self._fields[key].set_fault(sentence)
        if sentence:
            self._fields[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_faults(self) -> None:
        """Takes all faults away."""
        for field in self._fields.values():
            field.set_fault("")

    def check(self) -> bool:
        """Whether all fields shown can be taken; says below each why not, and goes to the first."""
        wrong = [field for field in self._fields.values() if not field.isHidden() and not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _touched(self) -> None:
        self.changed.emit()
        self._pause.start()
