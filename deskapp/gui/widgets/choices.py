"""One of a few, as buttons side by side; several of a list, as ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QPushButton, QWidget

from deskapp.base.i18n import say
from deskapp.gui import theme
from deskapp.gui.widgets.flow import FlowLayout
from deskapp.gui.widgets.naming import caption, discard, named, push_button

Option = tuple[str, str]
"""Key and what it says."""
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoiceList(QWidget):
    """Exactly one of a few, or none yet; arrows go from one to the next.

    Signals:
        changed: another one is chosen.
    """

    changed = Signal()

    def __init__(
        self,
        object_name: str = "",
        options: Sequence[Option] = (),
        *,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=theme.tokens().unit // 2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._chosen = ""
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        named(self, object_name, spoken)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offers these; what was chosen stays chosen where it is still offered."""
        before = self._chosen
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            discard(button)
        self._buttons, self._chosen = {}, ""
        for key, text in options:
            self._buttons[key] = self._make(key, text)
        for button in list(self._buttons.values())[:1]:
            self.setFocusProxy(button)
        self._show(before)
        if before != self._chosen:
            self.changed.emit()

    def _make(self, key: str, text: str) -> QPushButton:
        button = _Segment(caption(text), self)
        named(button, f"{self.objectName()}.{key}", text)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.toggled.connect(lambda on: self._toggled(key, on))
        self._group.addButton(button)
        self._flow.addWidget(button)
        button.show()
        return button

    def setObjectName(self, name: str | Any) -> None:
        """The buttons are named after the whole: its name, a dot, their key."""
        super().setObjectName(name)
        for key, button in self._buttons.items():
            button.setObjectName(f"{name}.{key}")

    def button(self, key: str) -> QPushButton:
        """The button of an option."""
        return self._buttons[key]

    def step(self, ahead: int) -> None:
        """Chooses the next one or the one before, as the arrows do."""
        keys = [key for key, button in self._buttons.items() if button.isEnabled()]
        if not keys:
            return
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), self._chosen)
        at = keys.index(focused) if focused in keys else -ahead if ahead > 0 else 0
        chosen = keys[(at + ahead) % len(keys)]
        self._buttons[chosen].setChecked(True)
        self._buttons[chosen].setFocus()

    def value(self) -> str | None:
        """Key of the one chosen."""
        return self._chosen or None

    def set_value(self, key: str | None) -> None:
        """Chooses; None takes the choice back.

        Raises:
            KeyError: it is not offered.
        """
        if key and key not in self._buttons:
            raise KeyError(key)
        before = self._chosen
        self._show(key or "")
        if before != self._chosen:
            self.changed.emit()

    def _show(self, key: str) -> None:
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.blockSignals(True)
            button.setChecked(each == key)
            button.blockSignals(False)
        self._group.setExclusive(True)
        self._chosen = key if key in self._buttons else ""

    def _toggled(self, key: str, on: bool) -> None:
        if on and key != self._chosen:
            self._chosen = key
            self.setFocusProxy(self._buttons[key])
            self.changed.emit()

    def problem(self) -> str:
        """Whatever can be chosen can be taken."""
        return ""

    def is_blank(self) -> bool:
        """Whether nothing is chosen."""
        return not self._chosen

    def draft(self) -> Any:
        """Key of the one chosen, "" for none."""
        return self._chosen

    def restore(self, kept: Any) -> None:
        """Chooses what a draft kept, where it is still offered."""
        if kept in self._buttons:
            self.set_value(kept)


class _Segment(QPushButton):
    """A button that goes to its neighbour by the arrows, whichever row that stands in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = _ARROWS.get(Qt.Key(event.key()))
        owner = self.parentWidget()
        if ahead and isinstance(owner, ChoiceList):
            owner.step(ahead)
            return
        super().keyPressEvent(event)


class CheckList(QWidget):
    """Ticks, with one above them for all.

    Args:
        columns: how many stand side by side.
        whole: whether there is a tick for all; only worth it from three on.

    Signals:
        changed: some tick changed.
    """

    changed = Signal()

    def __init__(
        self,
        object_name: str = "",
        options: Sequence[Option] = (),
        *,
        spoken: str = "",
        columns: int = 1,
        whole: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._wants_whole = columns, whole
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(2 * theme.tokens().unit)
        self._all = push_button(f"{object_name}.all", say("widgets.choices.all"), role="quiet")
        self._all.setParent(self)
        self._all.clicked.connect(self._tick_all)
        named(self, object_name, spoken)
        self.set_options(options)

    def setObjectName(self, name: str | Any) -> None:
        """The ticks are named after the whole: its name, a dot, their key."""
        super().setObjectName(name)
        self._all.setObjectName(f"{name}.all")
        for key, box in self._boxes.items():
            box.setObjectName(f"{name}.{key}")

    def set_options(self, options: Sequence[Option]) -> None:
        """Offers these; ticks that stay offered stay set."""
        before = set(self.value())
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            discard(box)
        self._boxes = {key: self._make(key, text, key in before) for key, text in options}
        self._grid.removeWidget(self._all)
        first = 1 if self._wants_whole and len(options) > 2 else 0
        self._all.setVisible(bool(first))
        if first:
            self._grid.addWidget(self._all, 0, 0, 1, self._columns, Qt.AlignmentFlag.AlignLeft)
        for at, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, first + at // self._columns, at % self._columns)
        for box in list(self._boxes.values())[:1]:
            self.setFocusProxy(box)
        self._say_all()
        if before != set(self.value()):
            self.changed.emit()

    def _make(self, key: str, text: str, ticked: bool) -> QCheckBox:
        box = named(QCheckBox(caption(text), self), f"{self.objectName()}.{key}", text)
        box.setChecked(ticked)
        box.toggled.connect(self._toggled)
        return box

    def _toggled(self) -> None:
        self._say_all()
        self.changed.emit()

    def _say_all(self) -> None:
        every = all(box.isChecked() for box in self._boxes.values())
        words = say("widgets.choices.none") if every else say("widgets.choices.all")
        self._all.setText(caption(words))
        self._all.setAccessibleName(words)

    def _tick_all(self) -> None:
        every = all(box.isChecked() for box in self._boxes.values())
        self.set_value(() if every else self._boxes)

    def box(self, key: str) -> QCheckBox:
        """The tick of an option."""
        return self._boxes[key]

    def value(self) -> tuple[str, ...]:
        """Keys of the ticks that are set, in the order offered."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def set_value(self, keys: Iterable[str]) -> None:
        """Sets exactly these ticks; keys not offered are passed over."""
        wanted, before = set(keys), self.value()
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(key in wanted)
            box.blockSignals(False)
        self._say_all()
        if before != self.value():
            self.changed.emit()

    def problem(self) -> str:
        """Whatever can be ticked can be taken."""
        return ""

    def is_blank(self) -> bool:
        """Whether no tick is set."""
        return not self.value()

    def draft(self) -> Any:
        """Keys of the ticks that are set."""
        return list(self.value())

    def restore(self, kept: Any) -> None:
        """Sets the ticks a draft kept."""
        if isinstance(kept, list):
            self.set_value(str(key) for key in kept)
