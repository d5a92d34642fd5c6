"""What the move-in panel knows and does: the household before it, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from deskapp.base.errors import Conflict, DeskError
from deskapp.base.i18n import say
from deskapp.base.later import later
from deskapp.domain.movein.flow import PassState
from deskapp.domain.movein.stations import Station
from deskapp.gui.controller import Controller
from deskapp.gui.movein.asks import Given, LineAct, Supervisor
from deskapp.gui.movein.steps import Step, Steps
from deskapp.gui.runner import Runner
from deskapp.services.changes import Changes, Done

if TYPE_CHECKING:
    from deskapp.services import staff
    from deskapp.services.desk import Desk
    from deskapp.services.movein import arrivals, closing, line, passes
    from deskapp.services.movein.views import Closed, PassView, ReceptionView
else:
    (staff,) = later("deskapp.services", "staff")
    arrivals, closing, line, passes = later(
        "deskapp.services.movein", "arrivals", "closing", "line", "passes"
    )

T = TypeVar("T")


class MoveinController(Controller):
    """The household before one and what is done with it.

    Attributes:
        says_in_place: shows an error beside what caused it; False where it has no such place, and the
            message bar says it.

    Signals:
        shown: the household on its way changed (`PassView`), or there is none (None).
        reception_shown: a house without a number (`ReceptionView`), or None.
        boards_shown: the queues, a tuple of `StationBoard`.
        issued: papers that came out (tuple of `DocumentRef`).
        accepted: an act or outcome was carried out (its code); its form may be forgotten.
        refused: it was not; what was typed stays.
        records_stale: records of the household changed elsewhere.
    """

    shown = Signal(object)
    reception_shown = Signal(object)
    boards_shown = Signal(object)
    issued = Signal(object)
    accepted = Signal(str)
    refused = Signal()
    records_stale = Signal()

    def __init__(self, desk: Desk, runner: Runner, station: Station | None, parent: QObject | None = None):
        super().__init__("movein", desk, runner, parent)
        self.station = station
        self.view: PassView | None = None
        self.reception: ReceptionView | None = None
        self.supervisors: tuple[Supervisor, ...] = ()
        self.goes_on = station is None
        self.says_in_place: Callable[[DeskError], bool] = lambda _error: False
        self._steps = Steps(self, self.show_view, self._failed)

    # -- looking

    def start(self) -> None:
        """Loads what the panel shows at first."""
        self.refresh_boards()
        self.read("supervisors", lambda: staff.supervisors(self.desk), self._keep_supervisors)

    def _keep_supervisors(self, accounts: tuple[staff.Account, ...]) -> None:
        self.supervisors = tuple(Supervisor(a.number, a.name) for a in accounts)

    @property
    def stations(self) -> tuple[Station, ...]:
        """The stations whose queue is shown."""
        return (self.station,) if self.station is not None else tuple(Station)

    def refresh_boards(self) -> None:
        """Reads the queues again."""
        stations, desk = self.stations, self.desk
        self.read(
            "boards", lambda: tuple(line.station_board(desk, s) for s in stations), self.boards_shown.emit
        )

    def open_house(self, house_id: int) -> None:
        """Shows a household: on its way if it has a number, else at the reception."""
        desk = self.desk
        self.read("open", lambda: arrivals.find_reception(desk, house_id), self._show_reception)

    def open_pass(self, pass_id: int) -> None:
        """Shows a household of the queue."""
        self.read("open", lambda: passes.pass_view(self.desk, pass_id), self.show_view)

    def open_number(self, text: str, unknown: Callable[[str], None]) -> None:
        """Shows the household of a scanned or typed number; ``unknown`` is told where there is none."""

        def found(view: PassView | None) -> None:
            if view is None:
                unknown(text)
            else:
                self.show_view(view)

        self.read("open", lambda: passes.pass_by_number(self.desk, text), found)

    def _show_reception(self, found: ReceptionView) -> None:
        if found.open_pass is not None:
            self.show_view(found.open_pass)
            return
        self.view, self.reception = None, found
        self.shown.emit(None)
        self.reception_shown.emit(found)

    def show_view(self, view: PassView | None) -> None:
        """Takes a household as the one before one."""
        self.view, self.reception = view, None
        self.reception_shown.emit(None)
        self.shown.emit(view)

    def leave(self) -> None:
        """Nobody is before one."""
        self.show_view(None)

    def reload(self) -> None:
        """Reads the household again, after somebody else changed it."""
        view = self.view
        if view is not None:
            self.read("reload", lambda: passes.pass_view(self.desk, view.pass_id), self._reloaded)
        elif self.reception is not None:
            self.open_house(self.reception.house_id)

    def _reloaded(self, view: PassView) -> None:
        if self.view is not None and self.view.pass_id == view.pass_id:
            self.show_view(view)
            self.records_stale.emit()

    def changed(self, changes: Changes) -> None:
        """Something changed here or elsewhere: what is shown is read again where it may be old."""
        if changes.touch("station") or changes.touch("pass"):
            self.refresh_boards()
        if self._steps.own(changes):
            return
        view = self.view
        if view is not None and (
            changes.touch("pass", view.pass_id) or changes.touch("house", view.house_id)
        ):
            self.reload()

    # -- doing

    def give_number(self, attendee: str, role: str, priority: str) -> None:
        """Gives the household at the reception its number and its pass."""
        house = self.reception
        if house is None:
            return
        desk, at_once = self.desk, self.station is None and self.goes_on

        def call(command: str) -> Done[Any]:
            done = arrivals.arrive(
                desk, command, house.house_id, attendee=attendee, role=role, priority=priority
            )
            return Done((done.value, done.value.view), done.changes)

        def arrived(value: Closed) -> None:
            self.issued.emit(value.documents)
            self.accepted.emit("arrive")
            if at_once:
                self.go_on()

        self._steps.take(Step(("arrive", house.house_id, attendee, role, priority), call, arrived))

    def go_on(self) -> None:
        """One clerk with all stations: the household is served at its next station."""
        view = self.view
        if view is not None and view.state is PassState.WAITING:
            self._act("serve", lambda command: line.serve(self.desk, command, view.pass_id, view.version))

    def call_next(self) -> None:
        """Calls the next household of the station."""
        station = self.station
        if station is None:
            return

        def call(command: str) -> Done[Any]:
            done = line.call_next(self.desk, command, station)
            return Done((done.value, done.value), done.changes)

        def called(view: PassView | None) -> None:
            if view is None:
                self.said.emit(say("movein.panel.nobody_waits"), "info")
            self.accepted.emit("next")

        self._steps.take(Step(("next", station), call, called))

    def act(self, each: LineAct, given: Given) -> None:
        """Does something with the household apart from closing its station."""
        view = self.view
        if view is not None:
            self._act(each.code, lambda command: each.call(self.desk, command, view, given), given)

    def _act(self, code: str, call: Callable[[str], Any], given: Given | None = None) -> None:
        def made(command: str) -> Done[Any]:
            done = call(command)
            return Done((done.value, done.value), done.changes)

        view = self.view
        key = (code, view.pass_id if view else 0, view.version if view else 0, given)
        self._steps.take(Step(key, made, lambda _: self.accepted.emit(f"act.{code}")))

    def close(self, outcome: str, given: Given) -> None:
        """Closes the station with an outcome; its papers are offered afterwards."""
        if self.view is None:
            return

        def call(command: str) -> Done[Any]:
            # Read when the turn comes: records written just before have moved the version on.
            view = self.view
            assert view is not None
            done = closing.close(self.desk, command, view.pass_id, view.version, outcome, given.answer)
            return Done((done.value, done.value.view), done.changes)

        def closed(value: Closed) -> None:
            self.accepted.emit(f"outcome.{outcome}")
            if value.documents:
                self.issued.emit(value.documents)
            if self.goes_on and value.view.at is not before.at:
                self.go_on()

        before = self.view
        self._steps.take(Step(("close", before.pass_id, before.at, outcome, given), call, closed))

    def record(
        self, name: Hashable, call: Callable[[str], Done[T]], done: Callable[[T], None] | None = None
    ) -> None:
        """Writes a record of the station; the household is read again in the same turn.

        Args:
            name: what it is with its inputs, so that a second click is known.
        """
        view, desk = self.view, self.desk

        def made(command: str) -> Done[Any]:
            answer = call(command)
            after = passes.pass_view(desk, view.pass_id) if view is not None else None
            return Done((answer.value, after), answer.changes)

        def written(value: T) -> None:
            if done is not None:
                done(value)
            self.accepted.emit("record")

        self._steps.take(Step(("record", name), made, written))

    def _failed(self, error: DeskError | None) -> None:
        in_place = error is None or self.says_in_place(error)  # a bug was said by the runner
        self.refused.emit()
        if isinstance(error, Conflict):
            self.reload()
            self.records_stale.emit()
        if error is not None and not in_place:
            self.tell(error)
