"""What the installer says while it works: the same catalogue as the program's (it needs no package)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deskapp.base.i18n import say as say  # the path to it had to be laid first
from deskapp.base.i18n import use_language

use_language()
for _stream in (sys.stdout, sys.stderr):
    if hasattr(_stream, "reconfigure"):
        _stream.reconfigure(errors="replace", line_buffering=True)  # a console of another code page


class Stopped(Exception):
    """The machine is in the way; the text is the sentence for the person at it."""


def progress(sentence: str) -> None:
    """One line of what is being done now."""
    print(f"· {sentence}", flush=True)
