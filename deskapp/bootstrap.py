"""The one place that builds things and joins them: command line, services, window, log."""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deskapp.base.errors import DeskError, WorldError
from deskapp.cli.run import Windows, run

LOG_BYTES = 2_000_000
"""Size after which the log begins anew; five old ones are kept."""

log = logging.getLogger("deskapp")


def main(arguments: Sequence[str]) -> int:
    """One command from its arguments to its exit status."""
    journal = Journal()
    root = logging.getLogger()
    root.addHandler(journal)
    try:
        return run(arguments, Windows(open_window, tour if tour_is_there() else None, journal.keep_in))
    finally:
        root.removeHandler(journal)
        journal.close()


class Journal(logging.Handler):
    """The log in the data folder: opened at the first line, long numbers in it masked (design rule 6)."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._folder: Path | None = None
        self._file: logging.Handler | None = None

    def keep_in(self, data: Path | None) -> None:
        """Says which data folder it lies in; None for the user's own."""
        self._folder = data

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line; where the folder cannot be written nothing is, and nothing breaks."""
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.emit(record)
        except OSError:
            return

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        from deskapp.services.opening import default_folder

        folder = (self._folder or default_folder()) / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "deskapp.log", maxBytes=LOG_BYTES, backupCount=5, encoding="utf-8", errors="replace"
        )
        file.setFormatter(_Masked("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return file

    def close(self) -> None:
        """Closes the file, if one was opened."""
        if self._file is not None:
            self._file.close()
        super().close()


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        from deskapp.domain.people import mask_digits

        return mask_digits(super().format(record))


def open_window(asked: Namespace) -> int:
    """The window, or that of one station; a first start makes the sample estate to practise with.

    Raises:
        WorldError: ``window.no_screen``, or as `services.opening.open_desk`.
    """
    require_screen()
    from deskapp.services import keeping, opening

    place = opening.place_of(asked.data, asked.database)
    try:
        desk = opening.open_desk(place) if opening.exists(place) else sample_estate(place)
    except DeskError as error:
        _tell_in_a_window(error)
        raise
    from deskapp.gui.app import run as show

    status = show(workplace(place, desk, asked.lang, asked.station))
    try:
        if not place.database:  # a server's own operator keeps its backups
            keeping.backup_of_today(desk)
    except WorldError:
        log.warning("the copy of the day could not be made", exc_info=True)
    finally:
        desk.engine.dispose()
    return status


def workplace(place: Any, desk: Any, language: str | None = None, station: str | None = None) -> Any:
    """A desk with its window, not shown yet, as this workstation remembers it.

    Args:
        place: `services.opening.Place`; desk: `services.desk.Desk` on it.
        language: for this time only; None for the remembered or the system's.
        station: code of the one station it is the window of.
    """
    from deskapp.base.i18n import LANGUAGES, use_language
    from deskapp.domain.movein.stations import Station
    from deskapp.gui.app import Workplace
    from deskapp.gui.shell.taste import taste_of
    from deskapp.services import opening

    kept = opening.remembered(place)
    remembered = kept.get("language") if kept.get("language") in LANGUAGES else None
    return Workplace(
        opening.seat(desk, str(kept.get("staff", ""))),
        taste_of(kept, use_language(language or remembered)),
        station=Station(station) if station else None,
        remember=lambda **values: opening.remember(place, **values),
    )


def sample_estate(place: Any) -> Any:
    """The sample estate in a new data folder, and its desk."""
    from dataclasses import replace

    from deskapp.domain.staff import Role
    from deskapp.services import opening
    from deskapp.services.sample import fill

    desk = opening.create(place)
    fill(desk.staffed_by(replace(opening.PROGRAM, role=Role.MANAGER)))
    return desk


def require_screen() -> None:
    """Refuses a window where there is no screen to show it: Qt itself would end the program.

    Raises:
        WorldError: ``window.no_screen``.
    """
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise WorldError("window.no_screen")


def _tell_in_a_window(error: DeskError) -> None:
    """Says why there is no window, to whoever started it by a click and has no console."""
    if sys.stderr is not None and sys.stderr.isatty():
        return
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QMessageBox

    from deskapp.gui.app import application

    application()
    if QGuiApplication.platformName() not in ("offscreen", "minimal"):
        QMessageBox.critical(None, "deskapp", error.sentence())


def tour_is_there() -> bool:
    """Whether this installation has the tour."""
    gui = Path(__file__).parent / "gui"
    return (gui / "tour.py").exists() or (gui / "tour").is_dir()


def tour(asked: Namespace) -> dict[str, Any]:
    """The tour into ``--out``: ``documents``, ``screenshots`` and ``steps`` with their seconds."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from deskapp.gui.tour import run as walk

    return walk(asked.out, asked.lang)
