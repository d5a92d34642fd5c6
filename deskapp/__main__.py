"""``python -m deskapp`` and the ``deskapp`` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command, or the window where none is named.

    Args:
        arguments: without the program's name; None for those of the process.

    Returns:
        The exit status of cli.md.
    """
    from deskapp import bootstrap

    return bootstrap.main(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    raise SystemExit(main())
