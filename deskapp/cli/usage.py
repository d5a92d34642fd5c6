"""What argparse says, in the language shown: its own sentences exist in English alone."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any

from deskapp.base.i18n import say

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"the following arguments are required: (?P<names>.+)", "cli.usage.required"),
        (r"unrecognized arguments: (?P<names>.+)", "cli.usage.unknown"),
        (r"argument COMMAND: invalid choice: '?(?P<value>.*?)'? \(choose from .+\)", "cli.usage.no_command"),
        (
            r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)",
            "cli.usage.no_choice",
        ),
        (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "cli.usage.not_with"),
        (r"argument (?P<name>.+?): expected .+", "cli.usage.value_needed"),
        (r"argument (?P<name>.+?): ignored explicit argument '?(?P<value>.*?)'?", "cli.usage.no_value"),
        (r"argument (?P<name>.+?): (?P<reason>.+)", "cli.usage.argument"),
    )
)


def sentence_of(message: str) -> str:
    """What argparse found wrong, in the language shown; as it stands where it is not known."""
    for pattern, key in _SAID:
        if found := pattern.fullmatch(message):
            values = found.groupdict()
            if "choices" in values:
                values["choices"] = values["choices"].replace("'", "")
            return say(key, **values)
    return message


class Formatter(argparse.HelpFormatter):
    """Help whose one English word, the heading of the usage, is in the language shown."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The line of the usage, under its heading."""
        super().add_usage(usage, actions, groups, say("cli.help.usage") if prefix is None else prefix)
