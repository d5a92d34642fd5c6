"""Runs one command: its answer on standard output, its reason on standard error, its exit status (cli.md)."""

from __future__ import annotations

import logging
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.base.errors import DeskError, WorldError
from deskapp.base.i18n import LANGUAGES, say, use_language
from deskapp.base.later import later
from deskapp.base.tomlfile import BadDataFile
from deskapp.cli.out import Answer, hush, show, show_error, speak_utf8
from deskapp.cli.parser import UsageError, build, language_in, wants_json

if TYPE_CHECKING:
    from deskapp.cli import commands
else:
    (commands,) = later("deskapp.cli", "commands")

USAGE, WORLD, BUG = 2, 3, 70

log = logging.getLogger("deskapp")


@dataclass(frozen=True, slots=True)
class Windows:
    """What needs the screen, handed in by the one place that may know the window.

    Attributes:
        open: shows the window, or that of one station; returns the exit status.
        tour: the tour into a folder; its answer. None where it cannot be offered.
        log_to: lets the log be written into a data folder; called once it is known.
    """

    open: Callable[[Namespace], int]
    tour: Callable[[Namespace], dict[str, Any]] | None
    log_to: Callable[[Path | None], None]


def run(arguments: Sequence[str], windows: Windows) -> int:
    """One command from its arguments to its exit status; no input makes it raise."""
    speak_utf8()
    given = list(arguments)
    asked_for = language_in(given)
    use_language(asked_for if asked_for in LANGUAGES else None)
    as_json = wants_json(given)
    try:
        asked = build(tour=windows.tour is not None).parse_args(given)
        if asked.command is None and asked.json:
            raise UsageError(say("cli.json_needs_command"), "")
        return _answered(asked, windows)
    except UsageError as error:
        if not as_json:
            sys.stderr.write(error.usage)
        show_error("usage", say("cli.usage", reason=str(error)), as_json=as_json)
        return USAGE
    except SystemExit as left:  # --help and --version
        return left.code if isinstance(left.code, int) else 0
    except DeskError as error:
        show_error(error.code, error.sentence(), as_json=as_json, values=error.values)
        return error.exit_status
    except BadDataFile as error:
        first = error.problems[0]
        values = {"file": first.file, "line": first.line, "key": first.key}
        fault = WorldError("data.damaged", **values, reason=say(f"data.{first.code}", **dict(first.values)))
        show_error(fault.code, fault.sentence(), as_json=as_json)
        return WORLD
    except BrokenPipeError:
        hush(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - a bug is logged whole and told with a number
        return _bug(error, as_json=as_json)


def _answered(asked: Namespace, windows: Windows) -> int:
    windows.log_to(asked.data)
    if asked.command is None:
        return windows.open(asked)
    if asked.command == "tour":
        assert windows.tour is not None
        data = windows.tour(asked)
        lines = tuple(str(path) for path in (*data["documents"], *data["screenshots"]))
        answer = Answer(data, lines)
    else:
        answer = commands.COMMANDS[asked.command](asked)
    show(answer, as_json=asked.json)
    return answer.error.exit_status if answer.error is not None else 0


def _bug(error: Exception, *, as_json: bool) -> int:
    number = secrets.token_hex(3).upper()
    log.error("incident %s", number, exc_info=error)
    show_error("bug", say("cli.bug", number=number), as_json=as_json)
    return BUG
