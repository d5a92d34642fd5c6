"""A number of a person with the button that shows it; the look is written down (design rule 6)."""

from __future__ import annotations

from deskapp.domain.staff import Action
from deskapp.gui.residents.controller import ResidentsController
from deskapp.gui.widgets.masked import MaskedText


class MaskedNumber(MaskedText):
    """A number as it may be seen, and 显示 for who has the right to see it whole for a while.

    What was shown is masked again as soon as another number, or the same anew, is put here.
    """

    def __init__(self, object_name: str, controller: ResidentsController) -> None:
        super().__init__(object_name, self._ask)
        self._controller = controller
        self._person, self._what = 0, ""

    def show_masked(self, caption: str, masked: str, person_id: int, what: str) -> None:
        """Puts a number here.

        Args:
            caption: whose or what number it is, for a screen reader.
            masked: "" hides it all.
            what: as `services.residents.reveal` names it.
        """
        self._person, self._what = person_id, what
        self.set_masked(caption, masked, may_reveal=self._controller.may(Action.RESIDENTS_REVEAL))
        self.setVisible(bool(masked))

    def _ask(self) -> None:
        asked = (self._person, self._what)

        def shown(number: str) -> None:
            if (self._person, self._what) == asked and number:
                self.show_value(number)

        self._controller.reveal(*asked, shown, self.button)
