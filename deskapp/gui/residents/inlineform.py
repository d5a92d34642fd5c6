"""A form that opens in its place in the panel: fields, what is wrong, save, leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from deskapp.base.errors import DeskError
from deskapp.base.i18n import say
from deskapp.gui.theme import tokens
from deskapp.gui.widgets.fields import FieldForm
from deskapp.gui.widgets.naming import in_role, named, push_button, text_label

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormRoom(QScrollArea):
    """Where a form opens: as high as the form if there is room, else it scrolls."""

    LOWEST = 120

    def __init__(self, object_name: str) -> None:
        super().__init__()
        named(self, object_name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def hold(self, form: QWidget) -> None:
        """Opens a form here."""
        self.setWidget(form)
        form.installEventFilter(self)
        self.show()

    def release(self) -> None:
        """Closes it; it is gone by its name at once."""
        form = self.takeWidget()
        if form is not None:
            form.removeEventFilter(self)
            form.setObjectName("")
            form.hide()
            form.deleteLater()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A form that asks for more room, as when a fault is said, gets it if there is any."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        form = self.widget()
        return form.sizeHint() if form is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.LOWEST)


class InlineForm(QFrame):
    """Fields with a title above and the buttons below; Enter in a field saves, Esc leaves and keeps the text.

    Attributes:
        FAULTS: beginning of an error's code -> the field it is said at; others are said above the buttons.
        touched: something was typed since it was opened.

    Signals:
        save_wanted: all fields can be taken as they stand.
        left: the clerk leaves it for now; what was typed stays in its draft.
        paused: the time to keep a draft.
    """

    FAULTS: Mapping[str, str] = {}

    save_wanted = Signal()
    left = Signal()
    paused = Signal()

    def __init__(self, object_name: str, title: str, *, columns: int = 4) -> None:
        super().__init__()
        named(self, object_name, title)
        in_role(self, "card")
        self.title = named(text_label(title, role="section"), f"{object_name}.title")
        self.form = FieldForm(object_name, columns=columns)
        self.form.paused.connect(self.paused)
        self.touched = False
        self.form.changed.connect(self._touch)
        self.problem = named(text_label(wrap=True, role="danger"), f"{object_name}.problem")
        self.problem.hide()
        self.save = push_button(f"{object_name}.save", say("residents.form_save"), role="primary")
        self.leave = push_button(f"{object_name}.leave", say("residents.form_leave"))
        self.save.clicked.connect(self.try_save)
        self.leave.clicked.connect(self.left)
        unit = tokens().unit
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.setSpacing(unit)
        column.addWidget(self.title)
        column.addWidget(self.form)
        column.addWidget(self.problem)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.save)
        self._buttons.addWidget(self.leave)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def add_button(self, button: QPushButton) -> None:
        """Adds another way to end the form."""
        self._buttons.insertWidget(2, button)

    def try_save(self) -> None:
        """Saves if every field can be taken; else says at the fields what is wrong."""
        self.say_problem("")
        if self.form.check():
            self.save_wanted.emit()

    def refuse(self, error: DeskError) -> None:
        """Says why it was not saved, at the field it is about; what was typed stays."""
        for beginning, key in self.FAULTS.items():
            if error.code.startswith(beginning) and not self.form.field(key).isHidden():
                self.form.set_fault(key, error.sentence())
                return
        self.say_problem(error.sentence())

    def say_problem(self, sentence: str) -> None:
        """Says something about the whole form; "" takes it away."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _touch(self) -> None:
        self.touched = True

    def values(self) -> dict[str, Any]:
        """What a draft keeps."""
        return self.form.values()

    def restore(self, values: Mapping[str, Any]) -> None:
        """Shows what a draft kept."""
        self.form.restore(values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the next natural thing; Esc never loses text."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and isinstance(self.focusWidget(), QLineEdit):
            self.try_save()
        else:
            super().keyPressEvent(event)
