"""Documents as JSON and back without loss, and the digest that the printed QR carries.

A field that holds its empty default is left out. So a field added later, which must have an empty
default, changes neither the JSON nor the digest of what was issued before it was thought of.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from deskapp.domain.documents.record import Issue, Record


class MisfitError(ValueError):
    """The JSON does not hold such a document.

    Attributes:
        where: dotted path of the first field that does not fit.
    """

    def __init__(self, where: str) -> None:
        super().__init__(f"does not fit at {where or 'the top'}")
        self.where = where


def freeze(value: Any) -> Any:
    """A document value as JSON-able data: Decimal as its exact text, times in ISO 8601 with offset."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [freeze(item) for item in value]
    if isinstance(value, (date, Decimal)):
        return _freeze_exact(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = ((name, getattr(value, name), default) for name, default in _fields(type(value)))
        return {name: freeze(item) for name, item, default in held if not _left_out(item, default)}
    raise TypeError(f"{type(value).__name__} has no place on a document")


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def _left_out(item: Any, default: Any) -> bool:
    return not item and type(item) is type(default) and item == default


def _freeze_exact(value: date | Decimal) -> str:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("an amount on a document must be finite")
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a time on a document needs its zone")
    return value.isoformat()


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """The declared types of a document type's fields, resolved."""
    return typing.get_type_hints(kind)


def thaw(kind: Any, data: Any, where: str = "") -> Any:
    """The value of type ``kind`` that `freeze` made ``data`` of.

    Raises:
        MisfitError: names the first field that does not fit.
    """
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None:
            return None
        (inner,) = (a for a in typing.get_args(kind) if a is not type(None))
        return thaw(inner, data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise MisfitError(where)
        row = typing.get_args(kind)[0]
        return tuple(thaw(row, item, f"{where}.{i}") for i, item in enumerate(data))
    if dataclasses.is_dataclass(kind):
        return _thaw_fields(typing.cast("type", kind), data, where)
    return _thaw_plain(kind, data, where)


def _thaw_fields(kind: type, data: Any, where: str) -> Any:
    known = hints(kind)
    if not isinstance(data, dict) or (stray := next((k for k in data if k not in known), None)):
        raise MisfitError(where if not isinstance(data, dict) else f"{where}.{stray}".strip("."))
    held = {name: thaw(known[name], item, f"{where}.{name}".strip(".")) for name, item in data.items()}
    try:
        return kind(**held)
    except TypeError as error:
        raise MisfitError(where) from error


def _thaw_plain(kind: Any, data: Any, where: str) -> Any:
    try:
        if kind in (Decimal, date, datetime):
            if not isinstance(data, str):
                raise MisfitError(where)
            return Decimal(data) if kind is Decimal else kind.fromisoformat(data)
    except (InvalidOperation, ValueError) as error:
        raise MisfitError(where) from error
    if type(data) is not kind:
        raise MisfitError(where)
    return data


def canonical(record: Record) -> bytes:
    """The record as canonical JSON: keys sorted, no spaces, UTF-8."""
    data = {"issue": freeze(record.issue), "values": freeze(record.values)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(record: Record) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits; its first twelve are in the printed QR."""
    return hashlib.sha256(canonical(record)).hexdigest()


def thaw_issue(data: Any) -> Issue:
    """The heading that `freeze` made ``data`` of.

    Raises:
        MisfitError: names the first field that does not fit.
    """
    found: Issue = thaw(Issue, data, "issue")
    return found
