"""What the complaint panel knows beside the way to the services: the rules in force."""

from __future__ import annotations

import uuid
from functools import cached_property

from PySide6.QtCore import QObject

from deskapp.domain.complaints.rules import ComplaintRules
from deskapp.domain.workdays import DeskHours
from deskapp.gui.complaints.wording import word
from deskapp.gui.controller import Controller
from deskapp.gui.runner import Runner
from deskapp.services.complaints import rules as rules_service
from deskapp.services.desk import Desk


class ComplaintsController(Controller):
    """Reads and commands of the panel, and the rules they go by."""

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__("complaints", desk, runner, parent)

    @cached_property
    def rules(self) -> ComplaintRules:
        """The rules of the complaint desk."""
        return rules_service.rules(self.desk)

    @cached_property
    def hours(self) -> DeskHours:
        """The desk's hours."""
        return rules_service.hours(self.desk)

    def causes(self) -> dict[str, str]:
        """What a case may wait for: code -> name."""
        return {cause.code: word(cause.label) for cause in self.rules.clocks.causes}


def part_of(command_id: str, part: str) -> str:
    """The id of a further command of one act of the clerk: the same again for the same act."""
    return str(uuid.uuid5(uuid.UUID(command_id), part))
