"""Card numbers and PINs have no place in what is written at the fee station (F2, Z9)."""

from __future__ import annotations

import re
import unicodedata

_CARD_START = re.compile(r"62|4|5[1-5]|2[2-7]|3[4-7]|6011|65|9")
_SECRET_WORD = re.compile(
    r"密\s*码|口\s*令|验证码|\b(pin|pwd|password|passcode|cvv2?|cvc2?)\b", re.IGNORECASE
)
_CARD_RUN = re.compile(r"\d(?:[ \-·.]?\d){12,}")
_PIN_AFTER = re.compile(r"(?<!\d)\d{6}(?!\d)")


def _luhn(digits: str) -> bool:
    doubled = (int(d) * 2 if at % 2 else int(d) for at, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_card_number(digits: str) -> bool:
    return 13 <= len(digits) <= 19 and bool(_CARD_START.match(digits)) and _luhn(digits)


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
        whole = re.sub(r"\D", "", run.group())
        if _is_card_with_pin(whole):
            return "reference_pin"
        if _is_card_number(whole):
            rest = plain[: run.start()] + " " + plain[run.end() :]
            return "reference_pin" if _PIN_AFTER.search(rest) else "reference_card"
    return ""
