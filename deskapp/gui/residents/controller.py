"""The household before one in the archive, and what is asked and done there."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.gui.controller import Controller, Told
from deskapp.gui.runner import Runner
from deskapp.services import documents, staff
from deskapp.services.changes import Changes, Done
from deskapp.services.desk import Desk
from deskapp.services.documents import PrintJob
from deskapp.services.movein.payments import void_receipt
from deskapp.services.movein.views import Approval
from deskapp.services.residents import browse, editing
from deskapp.services.residents.browse import Branch, RoomRow
from deskapp.services.residents.editing import PartyIn
from deskapp.services.residents.household import household, timeline
from deskapp.services.residents.reveal import reveal
from deskapp.services.residents.search import Hit, find
from deskapp.services.residents.views import HouseholdView, PersonView, TimelineRow

Answered = Callable[[Any], None]
RECEIPT = "fee-receipt"


class ResidentsController(Controller):
    """The file that is open.

    Attributes:
        view: what was read last; None while no file is open.

    Signals:
        shown: the file was read (`HouseholdView`), the first time or anew.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__("residents", desk, runner, parent)
        self.view: HouseholdView | None = None
        self._wanted = 0

    def open(self, house_id: int) -> None:
        """Shows the file of a house."""
        self._wanted = house_id
        self.read("file", lambda: household(self.desk, house_id), self._show)

    def reload(self) -> None:
        """Reads the open file anew."""
        if self._wanted:
            self.open(self._wanted)

    def close(self) -> None:
        """No file is open."""
        self._wanted, self.view = 0, None

    def _show(self, view: HouseholdView) -> None:
        if view.house_id == self._wanted:
            self.view = view
            self.shown.emit(view)

    def changed(self, changes: Changes) -> None:
        """Something changed here or elsewhere: the open file is read anew where it may be old."""
        if self._wanted and changes.touch("house", self._wanted):
            self.reload()

    def read_timeline(
        self, before: TimelineRow | None, done: Callable[[Sequence[TimelineRow]], None], failed: Told
    ) -> None:
        """The window of the time line below a row."""
        house_id = self._wanted
        self.read("timeline", lambda: timeline(self.desk, house_id, before=before), done, failed)

    def read_branches(self, done: Callable[[Sequence[Branch]], None], failed: Told) -> None:
        """The buildings and entrances of the estate."""
        self.read("branches", lambda: browse.branches(self.desk), done, failed)

    def read_rooms(
        self,
        wanted: Sequence[Branch],
        after: RoomRow | None,
        done: Callable[[Sequence[RoomRow]], None],
        failed: Told,
    ) -> None:
        """A window of the houses behind some doors."""
        self.read("rooms", lambda: browse.rooms(self.desk, wanted, after=after), done, failed)

    def read_candidates(self, typed: str, done: Callable[[Sequence[RoomRow]], None], failed: Told) -> None:
        """The houses that part of an address may mean."""
        self.read("rooms", lambda: browse.candidates(self.desk, typed), done, failed)

    def read_rows(self, house_ids: Sequence[int], done: Callable[[Sequence[RoomRow]], None]) -> None:
        """Houses of a list again, after they changed."""
        self.read("rows", lambda: browse.room_rows(self.desk, house_ids), done)

    def namesakes(self, name: str, done: Callable[[Sequence[Hit]], None]) -> None:
        """Households in which somebody has the name, so that the clerk can say whether it is he (P5)."""
        self.read("namesakes", lambda: find(self.desk, name, 20) if name else (), done)

    def supervisors(self, done: Callable[[Sequence[staff.Account]], None]) -> None:
        """Whose word can be given here."""
        self.read("supervisors", lambda: staff.supervisors(self.desk), done)

    def whose_document(self, number: str, done: Callable[[Sequence[Hit]], None]) -> None:
        """The house a document belongs to."""
        self.read("document", lambda: find(self.desk, number, 2), done)

    def preview(self, number: str, done: Callable[[PrintJob], None], failed: Told) -> None:
        """The document as it would print; no print is counted."""
        self.read("preview", lambda: documents.preview(self.desk, number), done, failed)

    # -- doing

    def reveal(self, person_id: int, what: str, done: Callable[[str], None], busy: QWidget) -> None:
        """Shows a number whole; each look is written down, so each has an id of its own."""
        look = uuid.uuid4()
        self.command(("reveal", look), lambda c: reveal(self.desk, c, person_id, what), done, busy=busy)

    def add_party(self, house_id: int, given: PartyIn, done: Answered, failed: Told, busy: QWidget) -> None:
        """Adds a person to a house."""
        act = ("add", house_id, repr(given))
        self.command(
            act, lambda c: editing.add_party(self.desk, c, house_id, given), done, failed=failed, busy=busy
        )

    def end_party(
        self, person: PersonView, until: date, reason: str, done: Answered, failed: Told, busy: QWidget
    ) -> None:
        """Ends what a person is to the house."""
        act = ("end", person.party_id, until, reason)
        call = lambda c: editing.end_party(self.desk, c, person.party_id, until, reason)  # noqa: E731
        self.command(act, call, done, failed=failed, busy=busy)

    def change_phone(
        self, person: PersonView, phone_id: int, number: str, done: Answered, failed: Told, busy: QWidget
    ) -> None:
        """Writes a number over an old one, adds one (phone_id 0), or takes it away (number "")."""
        act = ("phone", person.person_id, person.version, phone_id, number)

        def call(command: str) -> Done[int]:
            return editing.change_phone(
                self.desk, command, person.person_id, person.version, number, phone_id=phone_id
            )

        self.command(act, call, done, failed=failed, busy=busy)

    def set_emergency_contact(
        self, person: PersonView, holder: str, number: str, done: Answered, failed: Told, busy: QWidget
    ) -> None:
        """Whom to call when the person cannot be reached."""
        act = ("emergency", person.person_id, person.version, holder, number)

        def call(command: str) -> Done[int]:
            return editing.set_emergency_contact(
                self.desk, command, person.person_id, person.version, holder, number
            )

        self.command(act, call, done, failed=failed, busy=busy)

    def print_document(self, number: str, done: Callable[[PrintJob], None], busy: QWidget) -> None:
        """Counts a print and gives it."""
        self.command(("print", number), lambda c: documents.printed(self.desk, c, number), done, busy=busy)

    def void(
        self, form: str, number: str, approval: Approval, done: Answered, failed: Told, busy: QWidget
    ) -> None:
        """Voids a document on a supervisor's word; a receipt with its money, through the fees."""
        act = ("void", number, approval)

        def call(command: str) -> Done[Any]:
            if form == RECEIPT:
                return void_receipt(self.desk, command, number, approval.reason, approval)
            return documents.void(self.desk, command, number, approval)

        self.command(act, call, done, failed=failed, busy=busy)
