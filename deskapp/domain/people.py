"""Parties of a house (P2), their names (P3), several owners in one cell (A6), and masking (design rule 6)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from deskapp.base.errors import Refused
from deskapp.domain import surnames

NAME_LIMIT = 60
"""Longest name in characters (P3)."""


class PartyRole(StrEnum):
    """What a person or company is to a house, over time (P2); the values are stored."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    FAMILY = "family"
    TENANT = "tenant"
    OCCUPANT = "occupant"
    GUARDIAN = "guardian"
    AGENT = "agent"
    COMPANY_OWNER = "company_owner"


# Line and direction marks change how the text around a name is shown, so they are refused like controls.
_REFUSED = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_TEXT = re.compile(f"[{_HAN}]+(?:[·•・‧][{_HAN}]+)*[\ufe00-\ufe0f\U000e0100-\U000e01ef]?")
_LATIN_NAME = re.compile(r"[^\W\d_][\w .'’-]*[\w.]")
_COMPANY = re.compile(
    r"公司|集团|有限|合伙|事务所|工作室|商行|中心|学校|医院|银行|研究院|委员会|基金会|协会|商会|幼儿园"
    r"|[\u4e00-\u9fff]{2,}[厂店]$"
    r"|\b(?:ltd|limited|inc|co|llc|llp|plc|gmbh|corp|corporation|company|ag|s\.?a)\b\.?",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\s*[(\uff08]\s*(?:占|份额|产权)?\s*(\d{1,3}(?:\.\d+)?\s*[%\uff05]|\d{1,3}\s*[/\uff0f]\s*\d{1,3})\s*[)\uff09]"
)
_ALWAYS = re.compile(r"[、\n\r|]+|(?<!&lt)(?<!&gt)(?<!&amp)(?<!&quot)(?<!&apos)(?<!&#39)[;\uff1b]+")
_PERHAPS = re.compile(r"[,\uff0c/\uff0f]")
_COMMA = re.compile(r"[,\uff0c]")
_LONG_DIGITS = re.compile(r"[0-9Xx]{7,}")


def name_problem(name: str) -> str | None:
    """Why a text is no name (P3): ``name.empty``, ``name.too_long``, ``name.control``; None if it is one."""
    if not name.strip():
        return "name.empty"
    if any(unicodedata.category(character) == "Cc" for character in name) or _REFUSED.search(name):
        return "name.control"
    return "name.too_long" if len(name) > NAME_LIMIT else None


def tidy_name(text: str) -> str:
    """The name without outer spaces, invisible marks and double spaces; its characters stay as they are."""
    return re.sub(r"[ \u00a0\u3000]+", " ", _INVISIBLE.sub("", text)).strip()


def checked_name(text: str) -> str:
    """The tidied name.

    Raises:
        Refused: ``name.empty``, ``name.too_long`` or ``name.control`` (P3).
    """
    name = tidy_name(text)
    if problem := name_problem(name):
        raise Refused(problem, limit=NAME_LIMIT, length=len(name))
    return name


def is_company(name: str) -> bool:
    """Whether the name reads as that of a company or institution."""
    return _COMPANY.search(name) is not None


def is_han(name: str) -> bool:
    """Whether the name is written in Chinese characters only (with · between parts)."""
    return _HAN_TEXT.fullmatch(name) is not None


def split_owners(cell: str) -> tuple[str, ...]:
    """The owners that one cell names, in order (A6).

    Commas, slashes and spaces part names only where both sides are whole names: ``Smith, John O'Neil``,
    ``KIM MIN-JI``, ``陈<b>强</b>`` and company names stay one. Shares ``(50%)`` are taken off (`shares_of`).
    """
    if is_han(cell) or not cell:
        return (cell,) if cell else ()
    text = _SHARE.sub("", _INVISIBLE.sub("", cell))
    found: list[str] = []
    for piece in _ALWAYS.split(text):
        for part in _at_marks(tidy_name(piece)):
            found.extend(_at_spaces(part))
    return tuple(name for name in found if name)


def shares_of(cell: str) -> tuple[str, ...]:
    """The share written after each owner of a cell, in the order of `split_owners`; "" where none is (P2)."""
    if not _SHARE.search(cell):
        return ("",) * len(split_owners(cell))
    text = tidy_name(cell)
    shares = []
    for name in split_owners(cell):
        written = _SHARE.match(text, text.find(name) + len(name)) if name in text else None
        share = unicodedata.normalize("NFKC", written[1]) if written else ""
        shares.append(share.replace(" ", "").replace("\u2044", "/"))
    return tuple(shares)


def split_numbers(cell: str) -> tuple[str, ...]:
    """The document numbers that one cell holds, in order (A6); ``军官证 000123`` with a space is one."""
    pieces: list[str] = []
    for piece in re.split(r"[、,\uff0c;\uff1b/\uff0f|\n\r]+", cell):
        words = piece.split()
        pieces.extend(words if len(words) > 1 and all(len(word) >= 8 for word in words) else [piece.strip()])
    return tuple(piece for piece in pieces if piece)


def role_of(name: str, position: int) -> PartyRole:
    """The role of the owner at a position in the cell: the first owns, the others own with him (P2)."""
    if is_company(name):
        return PartyRole.COMPANY_OWNER
    return PartyRole.OWNER if position == 0 else PartyRole.CO_OWNER


def mask_phone(phone: str) -> str:
    """``199****0007``; of a short number the last four stay (design rule 6)."""
    if phone.count("-") and (area := phone.split("-")[0]).startswith("0"):
        number = phone.split("-")[1]
        return f"{area}-****{number[-4:]}"
    if len(phone) < 7:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    if len(phone) < 10:  # a landline without its area: seven of eight digits would be no mask
        return f"****{phone[-4:]}"
    return f"{phone[:3]}****{phone[-4:]}"


def mask_id(number: str) -> str:
    """Region and the last two characters stay: ``420111**********06``; of a short number the outer ones."""
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 8)}{number[-2:]}"
    return f"{number[:1]}{'*' * max(len(number) - 3, 1)}{number[-2:]}" if number else ""


def mask_name(name: str) -> str:
    """The surname stays: ``王*``, ``诸葛**``, ``S***``; a company's name is no secret."""
    if not name or is_company(name):
        return name
    if not is_han(name):
        return f"{name[0]}***"
    keep = 2 if name[:2] in surnames.COMPOUND and len(name) > 2 else 1
    return f"{name[:keep]}{'*' * min(len(name) - keep, 3)}"


def mask_digits(text: str) -> str:
    """A free text with every long number in it masked, for messages and logs."""
    return _LONG_DIGITS.sub(lambda run: mask_id(run[0]) if len(run[0]) > 12 else mask_phone(run[0]), text)


def _at_marks(text: str) -> list[str]:
    """Parted at commas and slashes, where every part is a whole name and at least one of two is Chinese."""
    parts = [part.strip() for part in _PERHAPS.split(text)]
    if len(parts) < 2:
        return [text]
    filled = [part for part in parts if part]
    slashes_only = _COMMA.search(text) is None
    whole = all(_whole_name(part, latin=slashes_only) for part in filled)
    return filled if whole else [text]


def _whole_name(text: str, *, latin: bool) -> bool:
    if all(is_han(part) for part in text.split()):
        return len(text) >= 2
    return latin and " " in text and _LATIN_NAME.fullmatch(text) is not None


def _at_spaces(text: str) -> list[str]:
    """Parted at spaces between Chinese names; ``王 强`` is one name with a space in it."""
    parts = text.split(" ")
    if len(parts) < 2 or not all(is_han(part) for part in parts) or is_company(text):
        return [text]
    if all(2 <= len(part) <= 4 and surnames.begins_a_name(part) for part in parts):
        return parts
    joined = "".join(parts)
    padded = len(joined) <= 4 and (len(parts[0]) == 1 or parts[0] in surnames.COMPOUND)
    return [joined] if padded else [text]
