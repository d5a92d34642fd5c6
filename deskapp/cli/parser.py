"""What the command line understands (cli.md). Global options stand before or after the command's name."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from deskapp import __version__
from deskapp.base.i18n import LANGUAGES, say
from deskapp.cli.usage import Formatter, sentence_of
from deskapp.domain.movein.stations import Station
from deskapp.domain.staff import Role


class UsageError(Exception):
    """The arguments cannot be understood (exit status 2); holds what is wrong and the usage."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving the program and speaks the language shown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, add_help=False, formatter_class=Formatter, **options)
        self._positionals.title = say("cli.help.positionals")
        self._optionals.title = say("cli.help.options")
        self.add_argument("-h", "--help", action="help", help=say("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        """Wrong usage, to be said by whoever called."""
        raise UsageError(sentence_of(message), self.format_usage())


def plain(text: str) -> str:
    """An argument as text: bytes that are no UTF-8 become a visible mark instead of a fault later."""
    return text.encode("utf-8", "replace").decode()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(say("cli.not_a_day", value=plain(text))) from None


def _moment(text: str) -> datetime:
    """A moment with its offset: without one, a program in another zone would ask for another hour."""
    moment = None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
    if moment is None or moment.tzinfo is None or not 2000 <= moment.year < 2100:
        raise argparse.ArgumentTypeError(say("cli.not_a_moment", value=plain(text)))
    return moment


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1000:
        return int(text[:9])
    raise argparse.ArgumentTypeError(say("cli.not_a_count", value=plain(text)))


def _pair(text: str) -> tuple[str, str]:
    heading, mark, field = plain(text).rpartition("=")
    if not mark or not heading.strip() or not field.strip():
        raise argparse.ArgumentTypeError(say("cli.not_a_pair", value=plain(text)))
    return heading.strip(), field.strip()


def _global_options(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", default=default, help=say("cli.help.data"))
    parser.add_argument("--database", metavar="URL", default=default, help=say("cli.help.database"))
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=say("cli.help.lang"))
    parser.add_argument("--json", action="store_true", default=default or False, help=say("cli.help.json"))


class Commands:
    """The commands by name, each with its help and the global options."""

    def __init__(self, parser: Parser) -> None:
        self._group = parser.add_subparsers(dest="command", metavar="COMMAND", title=say("cli.help.commands"))

    def add(self, name: str) -> argparse.ArgumentParser:
        """A command; its options follow."""
        summary = say(f"cli.help.{name}")
        added = self._group.add_parser(name, help=summary, description=summary)
        _global_options(added, argparse.SUPPRESS)
        return added


def build(*, tour: bool) -> Parser:
    """The whole command line.

    Args:
        tour: whether the tour can be offered: only where the window is installed.
    """
    parser = Parser(prog="deskapp", description=say("cli.help.deskapp"))
    _global_options(parser, None)
    parser.add_argument(
        "--version", action="version", version=f"deskapp {__version__}", help=say("cli.help.version")
    )
    parser.add_argument("--station", choices=[s.value for s in Station], help=say("cli.help.station"))
    commands = Commands(parser)
    if tour:
        commands.add("tour").add_argument("--out", type=Path, metavar="DIR", required=True)
    for describe in (_estate, _residents, _paper, _complaints, _keeping, _accounts):
        describe(commands)
    return parser


def _estate(commands: Commands) -> None:
    init = commands.add("init")
    init.add_argument("--sample", action="store_true", help=say("cli.help.sample"))
    roster = commands.add("import")
    roster.add_argument("file", type=Path, metavar="FILE")
    roster.add_argument("--dry-run", action="store_true", help=say("cli.help.dry_run"))
    roster.add_argument("--good-rows", action="store_true", help=say("cli.help.good_rows"))
    roster.add_argument("--sheet", type=plain, metavar="S", help=say("cli.help.sheet"))
    roster.add_argument(
        "--map", type=_pair, action="append", default=[], metavar='"heading=field"', help=say("cli.help.map")
    )


def _residents(commands: Commands) -> None:
    find = commands.add("find")
    find.add_argument("text", type=plain, metavar="TEXT")
    find.add_argument("--limit", type=_count, default=20, metavar="N", help=say("cli.help.limit"))
    commands.add("household").add_argument("label", type=plain, metavar="LABEL")


def _paper(commands: Commands) -> None:
    printed = commands.add("print")
    printed.add_argument("form", type=plain, metavar="FORM")
    which = printed.add_mutually_exclusive_group()
    which.add_argument("--household", type=plain, metavar="L", help=say("cli.help.print_household"))
    which.add_argument("--number", type=plain, metavar="N", help=say("cli.help.print_number"))
    printed.add_argument("--date", type=_day, metavar="D", help=say("cli.help.print_date"))
    printed.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    forms = commands.add("forms")
    forms.add_argument("act", nargs="?", choices=["check"], metavar="check", help=say("cli.help.forms_check"))
    forms.add_argument("folder", nargs="?", type=Path, metavar="DIR", help=say("cli.help.forms_folder"))
    export = commands.add("export")
    export.add_argument("register", type=plain, metavar="REGISTER", help=say("cli.help.register"))
    export.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)


def _complaints(commands: Commands) -> None:
    commands.add("clocks").add_argument("--at", type=_moment, metavar="TIME", help=say("cli.help.clocks_at"))
    commands.add("calendar").add_argument(
        "file", type=Path, metavar="FILE", help=say("cli.help.calendar_file")
    )


def _keeping(commands: Commands) -> None:
    commands.add("backup").add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=say("cli.help.backup_file")
    )
    commands.add("restore").add_argument("file", type=Path, metavar="FILE")
    commands.add("check")


def _accounts(commands: Commands) -> None:
    user = commands.add("user")
    acts = user.add_subparsers(dest="act", metavar="add|list|disable", required=True)

    def act(name: str) -> argparse.ArgumentParser:
        added = acts.add_parser(name, help=say(f"cli.help.user_{name}"))
        _global_options(added, argparse.SUPPRESS)
        return added

    add = act("add")
    add.add_argument("number", type=plain, metavar="NUMBER")
    add.add_argument("name", type=plain, metavar="NAME")
    add.add_argument("--role", choices=[role.value for role in Role], required=True)
    add.add_argument("--escort", action="store_true", help=say("cli.help.user_escort"))
    act("list").add_argument("--all", action="store_true", help=say("cli.help.user_all"))
    act("disable").add_argument("number", type=plain, metavar="NUMBER")


def wants_json(arguments: Iterable[str]) -> bool:
    """Whether JSON was asked for, even by arguments that cannot be understood."""
    return "--json" in arguments


def language_in(arguments: list[str]) -> str | None:
    """The language asked for, found before the sentences of the parser are made."""
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return None
