"""Card numbers and PINs have no place in what is written at the fee station (F2, Z9)."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_CARD = 19
_CARD_START = re.compile(r"62|4|5[1-5]|2[2-7]|3[4-7]|6011|65|9")
_SECRET_WORD = re.compile(
    r"密\s*码|口\s*令|验证码|\b(pin|pwd|password|passcode|cvv2?|cvc2?)\b", re.IGNORECASE
)
_CARD_RUN = re.compile(r"\d(?:[ \-·.]?\d){12,}")
_PIN_BESIDE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def _luhn(digits: str) -> bool:
    doubled = (int(d) * 2 if at % 2 else int(d) for at, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_card_number(digits: str) -> bool:
    return 13 <= len(digits) <= _LONGEST_CARD and bool(_CARD_START.match(digits)) and _luhn(digits)


def _is_card_with_pin(digits: str) -> bool:
    return 22 <= len(digits) <= 25 and _is_card_number(digits[:-6])


def reference_problem(text: str) -> str:
    """Why a payment's reference or a note at the fee station cannot stand, or "" (F2, Z9).

    A card is recorded by the number of the slip, at most with the card's last four digits.

    Returns:
        ``reference_pin`` if a PIN or its like seems to be written, ``reference_card`` if a whole card
        number is; the sentence's key stands under ``error.fees.``.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _SECRET_WORD.search(plain):
        return "reference_pin"
    for run in _CARD_RUN.finditer(plain):
        groups = re.findall(r"\d+", run.group())
        if _is_card_with_pin("".join(groups)):
            return "reference_pin"
        others = _beside_card(groups)
        if others is not None:
            rest = " ".join((plain[: run.start()], *others, plain[run.end() :]))
            return "reference_pin" if _PIN_BESIDE.search(rest) else "reference_card"
    return ""


def _beside_card(groups: list[str]) -> list[str] | None:
    """The groups of digits beside those that make up a card number; None if no neighbours do."""
    for first in range(len(groups)):
        digits = ""
        for last, group in enumerate(groups[first:], first + 1):
            digits += group
            if len(digits) > _LONGEST_CARD:
                break
            if _is_card_number(digits):
                return groups[:first] + groups[last:]
    return None
