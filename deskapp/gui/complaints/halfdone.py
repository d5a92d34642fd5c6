"""Tickets half filled in: put aside for another household, taken up again, begun anew (design rule 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskapp.base.i18n import say
from deskapp.gui.complaints.intake import IntakePage
from deskapp.gui.widgets.draftkeeping import DraftKeeper, Kept
from deskapp.gui.widgets.messages import MessageBar

INTAKE = "complaints.intake."
"""How the key of a draft begins; it ends in the household's id, 0 for nobody's."""


class HalfDone:
    """What becomes of an unfinished ticket when somebody else stands there; said, and undone by one click.

    Args:
        to_front: shows the intake page.
    """

    def __init__(
        self, intake: IntakePage, drafts: DraftKeeper, messages: MessageBar, to_front: Callable[[], None]
    ) -> None:
        self._intake, self._drafts, self._messages = intake, drafts, messages
        self._to_front = to_front
        intake.put_aside.connect(self._put_aside)
        intake.carried.connect(lambda house_id: drafts.drop(f"{INTAKE}{house_id}"))

    def _put_aside(self, house_id: int, label: str, values: dict[str, Any]) -> None:
        """Another household comes in the middle of typing: what was typed waits where it belongs."""
        self._drafts.keep()
        whose = label or say("complaints.panel.intake.anonymous")
        self._messages.show_message(
            "info",
            say("complaints.panel.aside.kept", whose=whose),
            [
                (say("complaints.panel.aside.back", whose=whose), lambda: self._back_to(house_id, values)),
                (say("complaints.panel.aside.bring"), lambda: self._bring(house_id, values)),
            ],
            key="aside",
        )

    def _back_to(self, house_id: int, values: dict[str, Any]) -> None:
        self._messages.clear("aside")
        self._to_front()
        self._intake.take_up(house_id, values, going_on=True)

    def _bring(self, house_id: int, values: dict[str, Any]) -> None:
        """The wrong household was looked up first: the words go with the right one, the caller does not."""
        self._messages.clear("aside")
        self._drafts.drop(f"{INTAKE}{house_id}")
        form = {**values["form"], "who": {}}
        self._intake.restore({**values, "form": form, "anonymous": False}, going_on=True)

    def go_on_with(self, kept: Kept | None) -> None:
        """What was half filled in for this household stands in the form again; one click empties it."""
        self._messages.clear("draft")
        if kept is None or self._intake.values() or kept.subject != self._intake.house_id:
            return
        self._intake.restore(kept.values)
        self._messages.show_message(
            "info",
            say("complaints.panel.draft.goes_on", saved=kept.saved),
            [(say("complaints.panel.draft.begin_anew"), self._begin_anew)],
            key="draft",
        )

    def _begin_anew(self) -> None:
        house_id = self._intake.house_id
        self._messages.clear("draft")
        self._drafts.drop(f"{INTAKE}{house_id}")
        self._intake.clear()
        self._intake.show_house(house_id)
