"""A field for a moment, typed as people write it or taken from a few usual ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel

from deskapp.base.i18n import say
from deskapp.gui.complaints.moment_reading import read_moment
from deskapp.gui.widgets.around import FieldAround
from deskapp.gui.widgets.naming import named, text_label
from deskapp.gui.widgets.spoken_time import moment_text

LONGEST, NARROWEST = 40, 5
"""Characters of a moment as typed, and for which there is always room."""


class MomentEdit(FieldAround):
    """One moment; what was read stands beside it, so that "6点" is never another six than meant.

    Args:
        now: the moment at the desk.
        past: a time alone lies behind, as of an event.
        offers: usual texts to choose from, as a person would type them.

    Signals:
        changed: the text changed.
    """

    changed = Signal()

    def __init__(
        self,
        object_name: str = "",
        spoken: str = "",
        *,
        now: Callable[[], datetime],
        past: bool = False,
        offers: Sequence[str] = (),
    ) -> None:
        self.edit = QComboBox()
        self.meant: QLabel = text_label(role="muted")
        super().__init__(edit=self.edit, meant=self.meant)
        self._now, self._past = now, past
        self.edit.setEditable(True)
        narrow(self.edit)
        self.edit.addItems(list(offers))
        self.edit.setCurrentIndex(-1)
        self.edit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.edit.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST)
        line.setPlaceholderText(say("complaints.panel.moment.example"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(self.meant)
        self.edit.editTextChanged.connect(self._typed)
        named(self, object_name, spoken)
        self.meant.hide()

    def _typed(self) -> None:
        moment = self.value()
        self.meant.setText(moment_text(moment) if moment else "")
        self.meant.setVisible(moment is not None)
        self.changed.emit()

    def text(self) -> str:
        """What was typed."""
        return self.edit.currentText()

    def value(self) -> datetime | None:
        """The moment; None where none is typed or none can be read."""
        try:
            return read_moment(self.text(), self._now(), past=self._past)
        except ValueError:
            return None

    def set_value(self, moment: datetime | None) -> None:
        """Shows a moment."""
        self.edit.setEditText(moment_text(moment) if moment else "")

    def set_text(self, text: str) -> None:
        """Shows a text as if it had been typed."""
        if text != self.text():
            self.edit.setEditText(text)

    def problem(self) -> str:
        """A sentence where the text cannot be read."""
        if self.is_blank() or self.value() is not None:
            return ""
        return say("complaints.panel.moment.unreadable")

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def draft(self) -> Any:
        """What a draft keeps: a moment where it can be read, so that "30分钟后" means the same tomorrow."""
        moment = self.value()
        return moment_text(moment) if moment else self.text()

    def restore(self, kept: Any) -> None:
        """Shows what a draft kept."""
        if isinstance(kept, str):
            self.set_text(kept)


def narrow(box: QComboBox) -> None:
    """As narrow as its column wants it: long names open wide in the list."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(NARROWEST)
