"""Runs the tour in a data folder of its own and leaves PDFs and screenshots."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from datetime import time as hour
from functools import partial
from pathlib import Path
from typing import Any

from deskapp.base.clock import CHINA, Clock
from deskapp.base.errors import WorldError
from deskapp.domain.movein.stations import Station
from deskapp.domain.sample import FIRST_DAY
from deskapp.domain.staff import Role
from deskapp.gui.app import Workplace, log_qt_messages
from deskapp.gui.shell.taste import Taste
from deskapp.gui.tour.hand import Hand
from deskapp.gui.tour.way import Way
from deskapp.services import documents, opening
from deskapp.services.complaints import papers as complaint_papers
from deskapp.services.complaints.clocks import clock_list
from deskapp.services.desk import Desk
from deskapp.services.movein import day_end, register
from deskapp.services.movein.arrivals import arrive
from deskapp.services.residents.search import find
from deskapp.services.sample import fill

SIZE = (1366, 768)
OTHERS = ("1#1单元101", "1#1单元102", "1#1单元201", "1#1单元202", "1#1单元301")
"""Houses whose people arrive too, so that a station has a queue."""


def morning() -> Clock:
    """The clock of the first move-in day, running from nine o'clock on."""
    began, start = time.monotonic(), datetime.combine(FIRST_DAY, hour(9), CHINA)

    def clock() -> datetime:
        return datetime.fromtimestamp(start.timestamp() + time.monotonic() - began, CHINA)

    return clock


def run(out: Path, language: str | None = None) -> dict[str, Any]:
    """The tour.

    Args:
        out: folder for ``*.pdf`` and ``*.png``, made if need be.
        language: of the window; None for the system's.

    Returns:
        ``documents`` and ``screenshots`` (paths), ``steps`` (name, seconds).

    Raises:
        WorldError: ``tour.folder``: the folder cannot be written.
    """
    from deskapp.base.i18n import use_language

    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / ".writable").touch()
        (out / ".writable").unlink()
    except OSError as error:
        raise WorldError("tour.folder", folder=str(out)) from error
    with tempfile.TemporaryDirectory(prefix="deskapp-tour-") as folder:
        return _Tour(out, Path(folder), use_language(language)).run()


class _Tour:
    def __init__(self, out: Path, folder: Path, language: str) -> None:
        self._out, self._folder, self._language = out, folder, language
        self._steps: list[dict[str, Any]] = []
        self._documents: list[Path] = []
        self._pictures: list[Path] = []

    def run(self) -> dict[str, Any]:
        desk = self._step("import", self._estate)
        log_qt_messages()
        try:
            self._household(desk)
            self._station(desk)
            self._step("papers", lambda: self._papers(desk))
        finally:
            desk.engine.dispose()
        return {
            "documents": [str(path) for path in self._documents],
            "screenshots": [str(path) for path in self._pictures],
            "steps": self._steps,
        }

    def _step(self, name: str, act: Callable[[], Any]) -> Any:
        began = time.monotonic()
        answer = act()
        self._steps.append({"name": name, "seconds": round(time.monotonic() - began, 2)})
        return answer

    def _estate(self) -> Desk:
        desk = opening.create(opening.Place(self._folder), clock=morning())
        fill(desk.staffed_by(replace(opening.PROGRAM, role=Role.MANAGER)))
        return opening.named(opening.seat(desk, "1001"), "前台1")

    def _household(self, desk: Desk) -> None:
        workplace = self._open(desk)
        hand = Hand(workplace, self._out)
        try:
            way = Way(hand, self._folder)
            for name in ("find", "arrive", "notice", "documents", "inspection", "papers", "fees", "keys"):
                self._step(name, getattr(way, name))
            issued = self._issued(desk, "handover")
            self._step("receipt", lambda: way.receipt(issued[0]))
            self._step("complaint", way.complaint)
            self._step("archive", way.archive)
        finally:
            self._pictures += hand.pictures
            workplace.window.close()
            workplace.scanner.deleteLater()

    def _open(self, desk: Desk, station: Station | None = None, *, dark: bool = False) -> Workplace:
        workplace = Workplace(desk, Taste(self._language, dark), station=station)
        workplace.window.resize(*SIZE)
        workplace.window.show()
        return workplace

    def _station(self, desk: Desk) -> None:
        """A station's own window, in the dark look, with people waiting."""
        for number, label in enumerate(OTHERS):
            house = next(hit for hit in find(desk, label) if hit.label == label)
            priority = "elderly" if number == 3 else ""
            arrive(desk, "", house.house_id, attendee=house.people[0].name, role="owner", priority=priority)
        for dark in (False, True):
            workplace = self._open(desk, Station.NOTICE, dark=dark)
            hand = Hand(workplace, self._out)
            hand.pictures = list(self._pictures)
            if not dark:
                self._step("station", partial(hand.click, "movein.station.next"))
                hand.click("movein.station.serve")
            hand.picture("station-dark" if dark else "station")
            self._pictures = hand.pictures
            workplace.window.close()
            workplace.scanner.deleteLater()

    def _issued(self, desk: Desk, form: str) -> list[str]:
        since = datetime.combine(FIRST_DAY, hour(0), CHINA)
        return [paper.number for paper in documents.issued_since(desk, form, since)]

    def _papers(self, desk: Desk) -> None:
        """Every paper of the day, as it would print."""
        supervisor = opening.seat(desk, "2001")
        day_end.issue_day_end(supervisor, "", FIRST_DAY, {})
        register.issue_register(supervisor, "")
        for ticket in {row.ticket_id for row in clock_list(desk)}:
            complaint_papers.issue(desk, "", ticket, "complaint")
        for form in documents.forms(desk):
            for number in self._issued(desk, form):
                path = self._out / f"{form}-{number}.pdf"
                path.write_bytes(documents.preview(desk, number).pdf)
                self._documents.append(path)
