"""What goes out: one JSON document or lines for a person, files in one step, reasons on standard error."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from deskapp.base.clock import as_text
from deskapp.base.errors import DeskError, Refused, WorldError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers.

    Attributes:
        data: the JSON document.
        lines: the same for a person.
        error: why it was refused although there is an answer, such as the rows of a roster.
    """

    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    error: DeskError | None = field(default=None)


def plain_data(value: Any) -> Any:
    """Views as JSON-able data: times in ISO 8601 with offset, amounts as exact texts, codes as texts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain_data(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return as_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_data(item) for item in value]
    return value


def error_data(code: str, message: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An error as other programs get it."""
    data: dict[str, Any] = {"code": code, "message": message}
    if values and "candidates" in values:
        data["candidates"] = str(values["candidates"]).rstrip("…").split("、")
    return {"error": data}


def show(answer: Answer, *, as_json: bool) -> None:
    """Prints an answer; the reason of a refusal goes to standard error."""
    data = plain_data(answer.data)
    if answer.error is not None:
        data |= error_data(answer.error.code, answer.error.sentence(), answer.error.values)
    if as_json:
        print(json.dumps(data, ensure_ascii=False))
    else:
        for line in answer.lines:
            print(line)
    if answer.error is not None:
        print(answer.error.sentence(), file=sys.stderr)
    sys.stdout.flush()


def show_error(code: str, message: str, *, as_json: bool, values: Mapping[str, Any] | None = None) -> None:
    """Prints why nothing was done."""
    if as_json:
        print(json.dumps(error_data(code, message, values), ensure_ascii=False))
        sys.stdout.flush()
    print(message, file=sys.stderr)


def speak_utf8() -> None:
    """Both streams in UTF-8 whatever the system's locale says; what it cannot hold is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def hush(stream: TextIO) -> None:
    """After the reader has gone: nothing more is written, and Python does not complain when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all.

    Raises:
        WorldError: ``file.not_written``.
    """
    fresh = path.with_name(f".{path.name}.part")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise WorldError("file.not_written", file=str(path), reason=error.strerror or str(error)) from error


def read_file(path: Path) -> bytes:
    """The bytes of a file that was named.

    Raises:
        Refused: ``file.not_found``, ``file.is_folder``.
        WorldError: ``file.not_read``.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("file.not_found", file=str(path)) from None
    except IsADirectoryError:
        raise Refused("file.is_folder", file=str(path)) from None
    except (OSError, ValueError) as error:
        raise WorldError("file.not_read", file=str(path), reason=str(error)) from error
