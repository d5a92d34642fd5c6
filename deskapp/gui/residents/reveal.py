"""A masked number with the button that shows it; the look is written down by the service (design rule 6)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.base.i18n import say
from deskapp.domain.staff import Action
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.widgets.naming import named, push_button, text_label


class MaskedNumber(QWidget):
    """A number as it may be seen, and 显示 for who has the right to see it whole.

    What was shown is masked again as soon as another number, or the same anew, is put here.
    """

    def __init__(self, object_name: str, controller: ResidentsController) -> None:
        super().__init__()
        named(self, object_name)
        self._controller = controller
        self._person, self._what = 0, ""
        self.number = named(text_label(), f"{object_name}.number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = push_button(f"{object_name}.show", say("residents.reveal"), role="quiet")
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.number)
        row.addWidget(self.button)

    def show_masked(self, caption: str, masked: str, person_id: int, what: str) -> None:
        """Puts a number here.

        Args:
            caption: whose or what number it is, for a screen reader.
            masked: "" hides it all.
            what: as `services.residents.reveal` names it.
        """
        self._person, self._what = person_id, what
        self.number.setText(masked)
        self.number.setAccessibleName(f"{caption} {masked}")
        self.button.setAccessibleName(say("residents.reveal.of", what=caption))
        self.button.setVisible(bool(masked) and self._controller.may(Action.RESIDENTS_REVEAL))
        self.setVisible(bool(masked))

    def _ask(self) -> None:
        asked = (self._person, self._what)

        def shown(number: str) -> None:
            if (self._person, self._what) == asked and number:
                self.number.setText(number)
                self.button.hide()

        self._controller.reveal(*asked, shown, self.button)
